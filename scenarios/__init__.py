"""Scenarios as YAML files; `sim.scenario` reads them. A package so that the files are installed."""
