"""The machine and its operating system: files and locks, signals, progress bars, printing.

Imports nothing of `experiments`; every folder may import it.
"""
