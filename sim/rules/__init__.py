"""What each kind of agent decides: numbers in, a number out. Engine and agents call the same function."""
