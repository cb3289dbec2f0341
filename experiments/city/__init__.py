"""What is asked of a city's own file: simulated calibration, changes tried on it; free of the command line.

Builds on `executors` and `output`; the command line and the page may import it.
"""
