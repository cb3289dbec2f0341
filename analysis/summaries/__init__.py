"""One run reduced to a few kilobytes: all estimates and curves, or those a page shows.

Builds on `estimates`; every folder above may import it.
"""
