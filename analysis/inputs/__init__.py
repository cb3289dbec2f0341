"""What the analysis reads: the case ledger as arrays, the working-day clock, what estimates rest on.

Imports `metrics` alone; every folder above may import it.
"""
