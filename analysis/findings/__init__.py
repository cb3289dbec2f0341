"""A table of results in words and as aligned text, with the remarks that must be read first.

Builds on `comparison`; `figures` and `report` may import it.
"""
