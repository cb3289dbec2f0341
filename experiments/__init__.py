"""Many runs: the command line, replications in one or several processes, files that hold the results.

Builds on `sim` (one run) and `analysis` (records to answers), and is imported by neither.
"""
