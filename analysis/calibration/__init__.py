"""What a city's own file says of the model's parameters.

Builds on `statistics`; the runs it needs are made by others.
"""
