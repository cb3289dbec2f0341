"""The groups of parameters, by what they describe; `sim.parameters` assembles them into a `Scenario`."""
