"""What a run leaves behind, and what each column means."""
