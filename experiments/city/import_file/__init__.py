"""From any hotline's export to a mapping that its owner corrects, and an account of what is in it."""
