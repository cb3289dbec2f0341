"""The schema of parameters and one file of them a mechanism; `scenario` assembles them. Pydantic only."""
