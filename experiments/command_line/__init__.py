"""The commands, one a module: its docstring is the help, `main` does the work.

The top layer: only `experiments.cli` and the modules beside it import it.
"""
