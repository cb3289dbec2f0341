"""A calibrated city's teams: they close its requests at the hazard their own file shows."""
