"""The staffing question: the smallest team, or the cheapest mix, that meets a service target.

Builds on `designs` and `store`; `command_line` and `dashboard` import it.
"""
