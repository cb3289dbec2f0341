"""A city as its own file shows it: teams, clocks, hazards of closing; read from a calibrated folder."""
