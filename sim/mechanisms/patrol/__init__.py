"""Staff on foot find what nobody reports."""
