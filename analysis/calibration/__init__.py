"""What a city's own file says of the model's parameters.

Builds on `statistics`; the runs it needs are made by others.
"""

#: How often the sampler goes round unless more is asked for. Here, so that a question can be checked without
#: loading the sampler.
SWEEPS = 400
