"""A third arm beside the two of the page: the runs, the table, and its files.

Builds on `dashboard.panels`; the page alone may import it.
"""
