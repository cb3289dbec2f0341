"""Several runs as a table: one scenario, scenarios side by side, twins case by case.

Builds on `summaries`; every folder above may import it.
"""
