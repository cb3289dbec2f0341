"""What was asked on the command line, as words `key=value`, checked.

Imports nothing of `experiments`; every folder above may import it.
"""
