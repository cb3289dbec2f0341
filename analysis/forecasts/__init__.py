"""Forecasts of when requests are closed: what was known, plain rivals, and scores against what happened."""
