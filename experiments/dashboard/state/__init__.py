"""What a page compares: the two scenarios, the sliders, the view as files and as a command.

Builds on `dashboard.words`; every folder of the dashboard above may import it.
"""
