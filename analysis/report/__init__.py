"""Reports: one HTML file each, of a comparison, one scenario or a sweep.

The top layer: nothing else in `analysis` imports it.
"""
