"""Work that other organisations must do: letters, acceptance, joint sessions."""
