"""Studies over many points: factors, sampling, the plan of a sweep, its runs and its tables.

Builds on `store`; every folder above may import it.
"""
