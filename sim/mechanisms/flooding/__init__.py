"""A market flooded again and again until its cause is removed."""
