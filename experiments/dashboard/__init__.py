"""The page in the browser: two ways of governing side by side, and what happens inside them.

From the bottom up: `words`, `state` (what is compared), `work` (worker processes and what they compute),
`serving` (the server, and what it holds for each open page), `parts` (drawn by Vue), `panels`, and `page`,
the page itself. `experiments.command_line.dashboard` starts it. What is computed and what is said is plain
Python: it needs neither browser nor Solara.
"""
