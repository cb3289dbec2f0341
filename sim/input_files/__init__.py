"""What is read from outside is data: YAML and JSON with limits, errors of files."""
