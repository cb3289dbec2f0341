"""One estimand, or one group of them, a module: each a function of the records of one run.

Builds on `inputs` and `statistics`; every folder above may import it.
"""
