"""The page in the browser: two ways of governing side by side, and what happens inside them.

`command` starts it. What is computed and what is said (`arms`, `charts`, `comparison`, `controls`, `lives`,
`place`, `requests`, `saved`, `stories`, `summary`, `words`) is plain Python: it needs neither browser nor
Solara. `tasks` runs in the worker processes that `workers` keeps. `session` and `upload` hold what one open
page knows; `page`, `running`, the panels and `parts` put it on the screen; `server` serves it.
"""
