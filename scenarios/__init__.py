"""Scenarios as YAML files; `sim.scenario.loading` reads them. A package so that the files are installed."""
