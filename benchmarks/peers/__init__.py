"""The same work with the tools one would otherwise use, each in the fastest idiom its users would write."""
