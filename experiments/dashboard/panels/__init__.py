"""One tab, or one part of the page, a module: charts, table, map, histories, requests, saving.

Builds on `dashboard.serving` and `dashboard.parts`; the page alone imports it.
"""
