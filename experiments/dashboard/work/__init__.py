"""Worker processes of the page and what they compute: comparisons, maps, histories.

Builds on `dashboard.state`; `serving` and `panels` may import it.
"""
