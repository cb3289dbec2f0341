"""The smallest team for a service target: the tab for it, and the answer for the first screen.

Builds on `dashboard.panels`.
"""
