"""The tab on a hotline's own file: five steps from the file to a what-if.

Builds on `dashboard.panels`; the page alone may import it.
"""
