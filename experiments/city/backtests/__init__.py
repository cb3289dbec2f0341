"""Backtests of a city: the calibrated city and its rivals, forecasting from what was known at a date."""
