"""Text that somebody else wrote, made fit for a screen, a figure or a spreadsheet.

Imports nothing of `analysis`; every folder may import it.
"""
