"""How the site is built: `make docs` (Sphinx; a warning is an error).

Pages are Markdown and read on their own; parameters, scenarios, commands and docstrings come from the code.
Nothing that a page loads comes from another machine.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]
# Docstrings are read, nothing is run: no need to compile the engine for it.
os.environ.setdefault("NUMBA_DISABLE_JIT", "1")

from experiments.output import manifest  # noqa: E402

project = "cogov"
author = "the authors of cogov"
copyright = "the authors of cogov, Apache-2.0"
release = manifest.version()

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "_site.reference",
    "_site.links",
    "_site.docstrings",
]
root_doc = "index"
exclude_patterns = ["_site"]
myst_enable_extensions = ["deflist"]
# Anchors as on the usual hosts of repositories, so that one link works there and here.
myst_heading_anchors = 4

napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False

html_theme = "furo"
html_title = "cogov"
html_static_path = ["_site/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
