"""Results read back from a folder or a store, and presented as figures, report and closing words.

Builds on `output` and `store`; every folder above may import it.
"""
