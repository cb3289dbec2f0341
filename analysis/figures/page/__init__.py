"""What every figure's page has in common: room for legends and headings, and names of parameters on axes."""
