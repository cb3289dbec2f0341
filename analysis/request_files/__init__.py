"""What a city's request file holds, before anything is simulated: which column is which, and what is odd.

No command line and no HTML; `breaks` is also what calibration and backtests ask about changes of practice.
"""
