"""The mechanisms, one a module. Each acts on `State` when the loop hands it an event."""
