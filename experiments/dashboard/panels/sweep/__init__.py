"""The tab for sweeps: one parameter over many values, many parameters at both ends of their ranges.

Builds on `dashboard.panels`; the page alone may import it.
"""
