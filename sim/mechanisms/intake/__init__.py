"""A report becomes a case, is merged with others, and finds who takes it."""
