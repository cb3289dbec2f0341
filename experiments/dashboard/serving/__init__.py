"""The server of the page, its guard, and what it holds for each open page.

Builds on `dashboard.work`; `panels` and the page may import it.
"""
