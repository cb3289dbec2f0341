"""Forecasts from the file alone, which a model of the city has to beat: all with the same interface."""
