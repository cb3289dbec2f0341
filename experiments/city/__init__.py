"""What is asked of a city's own file: simulated calibration, changes tried on it; free of the command line.

Builds on `executors` and `output`; the command line and the page may import it.
"""

#: Files of a calibrated city. Here, so that a question can be checked without loading what makes them.
CITY_FILE, POSTERIOR_FILE, IDENTIFIED_FILE = "city.json", "posterior.parquet", "identified.csv"
