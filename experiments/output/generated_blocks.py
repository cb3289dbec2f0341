"""Documents with generated parts, between `<!-- generated: NAME -->` and `<!-- end -->`; the rest by hand."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.errors import InputError

_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def with_sections(text: str, sections: Mapping[str, Callable[[], str]]) -> str:
    """Return a document with its generated parts as the sections give them now."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{sections[block[2]]()}\n\n{block[3]}", text)


def write_or_check(
    words: Sequence[str], file: Path, renewed: Callable[[str], str], name: str, command: str
) -> int:
    """Write a document anew, or with `--check` only say whether it is up to date; returns the exit status."""
    unknown = [word for word in words if word != "--check"]
    if unknown:
        print(f"cogov: {InputError('', unknown[0], 'nothing, or --check')}", file=sys.stderr)
        return 2
    text = file.read_text(encoding="utf-8")
    new = renewed(text)
    if words:
        if new != text:
            print(f"{name} is out of date: {command}", file=sys.stderr)
        return int(new != text)
    file.write_text(new, encoding="utf-8")
    return 0
