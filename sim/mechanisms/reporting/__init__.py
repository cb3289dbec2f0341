"""Who speaks up, and when."""
