"""From YAML and overrides to a checked scenario, and to the record that compiled code reads."""
