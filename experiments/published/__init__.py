"""Published experiments: each a definition (YAML), the table it must give (CSV) and a figure.

`cogov reproduce NAME` runs one again and compares. An entry lists *arms* (a scenario and what is changed in
it), what *varies* (every combination is a cell), and the *metrics* to keep; all runs of an entry share seed
and replications, so every difference is paired.

Builds on `output` and `executors`; `command_line` and `break_even` import it.
"""
