"""Links to files outside `docs/`: on the site they lead to the page that shows the file.

In the repository `[changes](../CHANGELOG.md)` opens the file; on the site it opens the page that
holds it. Some pages
are such files as they stand, so that README and site cannot say different things.
"""

import posixpath
import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
#: File of the repository, from its root: the page that shows it.
PAGES = {
    "README.md": "readme",
    "README.zh.md": "readme.zh",
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
    "SECURITY.md": "security",
    "CITATION.cff": "cite",
}
#: Pages whose text is the file itself.
SHOWN = {page: file for file, page in PAGES.items() if file.endswith(".md")}
_LINK = re.compile(r"(\]\()([^)\s#]+)((?:#[^)\s]*)?\))")


def on_the_site(text: str, folder: str) -> str:
    """Return Markdown with its links to files of the repository changed to links to pages.

    Parameters
    ----------
    folder
        Where the text lies, from the root of the repository.
    """

    def changed(link: re.Match[str]) -> str:
        target = link[2]
        if "://" in target or target.startswith(("mailto:", "/")):
            return link[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        if path in PAGES:
            return f"{link[1]}/{PAGES[path]}.md{link[3]}"
        return f"{link[1]}/{path.removeprefix('docs/')}{link[3]}" if path.startswith("docs/") else link[0]

    return _LINK.sub(changed, text)


def read(app: Sphinx, page: str, source: list[str]) -> None:
    """Give Sphinx the text of a page."""
    if page in SHOWN:
        file = ROOT / SHOWN[page]
        app.env.note_dependency(str(file), docname=page)
        source[0] = on_the_site(file.read_text(encoding="utf-8"), "")
    else:
        source[0] = on_the_site(source[0], posixpath.join("docs", posixpath.dirname(page)))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
