"""Methods that know no community: intervals, survival, inequality, Sobol indices, Shapley values, boxes.

Imports nothing of `analysis`; every folder above may import it.
"""
