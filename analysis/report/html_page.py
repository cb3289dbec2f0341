"""A page that needs nothing else: HTML with pictures and font inside, no script, no outside address.

Every text goes through `escape`; should one not, the page's own policy lets nothing run and nothing load.
"""

import base64
import html
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.safe_text.plain_text import visible

FONT_FILE = Path(__file__).resolve().parents[1] / "fonts" / "cogov-sans-sc.otf"
FONT_NAME = "Cogov Sans SC"
FONT_RANGE = "U+2E80-FFEF"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
#: Stands for a backquote of somebody's text, which does not mark code.
_BACKQUOTE = "\x1a"
STYLE_FILE = Path(__file__).resolve().parent / "report.css"


class Page:
    """Sections one after the other.

    Parameters
    ----------
    unfolded
        Whether what can be folded lies open, as on paper.
    headed
        Whether the title stands above everything; otherwise a section has it.
    """

    def __init__(self, title: str, language: str, unfolded: bool = False, headed: bool = True) -> None:
        self.title = title
        self.language = language
        self.unfolded = unfolded
        self._sections = [f"<h1>{escape(title)}</h1>"] if headed else []

    def add(self, *sections: str) -> None:
        """Add pieces of HTML; empty ones are left out."""
        self._sections += [section for section in sections if section]

    def folded(self, summary: str, content: str) -> str:
        """Return something that is shown on demand; nothing where there is nothing."""
        state = " open" if self.unfolded else ""
        return f"<details{state}><summary>{escape(summary)}</summary>\n{content}</details>" if content else ""

    def render(self) -> str:
        """Return the whole page."""
        body = "\n".join(self._sections)
        style = STYLE_FILE.read_text(encoding="utf-8")
        return (
            f'<!doctype html>\n<html lang="{"zh-CN" if self.language == "zh" else "en"}">\n'
            '<head>\n<meta charset="utf-8">\n'
            f'<meta HTTP-EQUIV="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.title)}</title>\n"
            f"<style>{font_face(body)}{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
        )


def font_face(text: str) -> str:
    """Return the style that brings the Chinese characters of a text along; nothing where there are none."""
    wanted = frozenset(character for character in text if ord(character) > 0x2E7F)
    if not wanted:
        return ""
    data = base64.b64encode(_subset(wanted)).decode("ascii")
    return (
        f"@font-face{{font-family:'{FONT_NAME}';"
        f"unicode-range:{FONT_RANGE};src:url(data:font/woff;base64,{data})}}"
    )


@cache
def _subset(characters: frozenset[str]) -> bytes:
    # Loaded only for Chinese: it takes a fifth of a second.
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = []
    font = subset.load_font(str(FONT_FILE), options)
    maker = subset.Subsetter(options)
    maker.populate(text="".join(characters))
    maker.subset(font)
    packed = io.BytesIO()
    subset.save_font(font, packed, options)
    return packed.getvalue()


def heading(text: str) -> str:
    """Return a heading of a section."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph; nothing for an empty text. `kind` is a class of the style sheet."""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{escape(text)}</p>" if text else ""


def definitions(lines: Sequence[tuple[str, str, str]]) -> str:
    """Return a list of what is said first: head, verdict (stressed; may be empty) and text of each line."""
    said = []
    for head, verdict, text in lines:
        # A full-width colon has its own space.
        space = "" if verdict.endswith("：") else " "
        stressed = f"<strong>{escape(verdict)}</strong>{space}" if verdict else ""
        # A head that is set in belongs to the one above it.
        mark = ' class="part"' if head.startswith(" ") else ""
        kept = escape(text).replace(" →", "&nbsp;→").replace(" %", "&nbsp;%")
        said.append(f"<dt{mark}>{escape(head.strip())}</dt><dd>{stressed}{kept}</dd>")
    return f'<dl class="first">{"".join(said)}</dl>' if said else ""


def items(lines: Sequence[str]) -> str:
    """Return a list; nothing without lines. Text between backquotes is set as code; see `quoted`."""
    listed = "".join(f"<li>{_with_code(line)}</li>" for line in lines)
    return f"<ul>{listed}</ul>" if lines else ""


def code(text: str) -> str:
    """Return a command, or a text of several lines."""
    return "<pre>" + "\n".join(map(escape, text.split("\n"))) + "</pre>"


def table(head: Sequence[str], lines: Sequence[Sequence[str]], words: bool = False, kind: str = "") -> str:
    """Return a table; nothing without lines. `words`: of texts rather than numbers. `kind`: a class."""
    if not lines:
        return ""
    kind = "words" if words else kind
    mark = f' class="{kind}"' if kind else ""
    top = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_in_cell(cell, words)}</td>" for cell in line) + "</tr>" for line in lines
    )
    return (
        f'<div class="wide"><table{mark}><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table></div>'
    )


def _in_cell(text: str, words: bool) -> str:
    """Return a cell's text; an interval is not broken at its comma."""
    return escape(text) if words or "[" not in text else escape(text).replace(", ", ",&nbsp;")


def figure(file: Path, caption: str) -> str:
    """Return a picture with its caption, the file inlined with its metadata."""
    kind = "image/svg+xml" if file.suffix == ".svg" else "image/png"
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    return (
        f'<figure><img alt="{escape(caption)}" src="data:{kind};base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def escape(text: object) -> str:
    """Return text that cannot be taken for markup, and in which every character can be seen."""
    return html.escape(visible(text))


def quoted(text: object) -> str:
    """Return somebody's text for a line of `items`: its backquotes are no marks of code."""
    return visible(text).replace("`", _BACKQUOTE)


def _with_code(line: str) -> str:
    parts = [escape(part.replace(_BACKQUOTE, "`")) for part in line.split("`")]
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
