"""Who lives where, with which ties, staff and organisations."""
