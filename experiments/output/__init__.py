"""Folders of results as they are written: whole or not at all, only what is ours, with a manifest.

Builds on `system`, `arguments` and `executors`; every folder above may import it.
"""
