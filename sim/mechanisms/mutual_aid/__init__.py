"""What residents do for each other: help, ties, gifts, goods, visits."""
