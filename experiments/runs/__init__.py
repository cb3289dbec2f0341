"""One run: the simulation, functions by name with their version, what makes two runs the same.

Imports nothing of `experiments`; every folder above may import it.
"""
