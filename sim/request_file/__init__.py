"""A hotline's own export as the tape. The only place that judges a row of a file."""
