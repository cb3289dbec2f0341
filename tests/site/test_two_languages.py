"""English and Chinese pages say the same: commands, headings, numbers, pictures, links."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.site.pages import ROOT, blocks

PAIRS = [
    ROOT / name
    for name in (
        "README.md",
        "docs/quick-start.md",
        "docs/concepts.md",
        "docs/guides/dashboard.md",
        "docs/guides/office.md",
        "docs/guides/your-own-city.md",
    )
]


def in_chinese(page: Path) -> Path:
    return page.with_suffix(".zh.md")


def differences(english: str, chinese: str) -> list[str]:
    """What one text has and the other has not."""
    found = []
    for name, facts in (("headings", headings), ("numbers", numbers), ("links", links), ("tables", rows)):
        first, second = facts(english), facts(chinese)
        if first != second:
            found.append(f"{name}: {first - second} only in English, {second - first} only in Chinese")
    return found


def prose(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> Counter[str]:
    return Counter(re.findall(r"^#+(?= )", prose(text), re.MULTILINE))


def rows(text: str) -> Counter[int]:
    return Counter(line.count("|") for line in prose(text).splitlines() if line.startswith("|"))


def numbers(text: str) -> Counter[str]:
    plain = re.sub(r"\]\([^)]*\)|`[^`]*`", "", prose(text))
    return Counter(re.findall(r"[−+-]?\d+(?:[.,]\d+)*", plain))


def links(text: str) -> Counter[str]:
    targets = re.findall(r"\]\(([^)#\s]+)", prose(text))
    return Counter(target.replace(".zh.md", ".md") for target in targets)


@pytest.mark.parametrize("page", PAIRS, ids=[page.stem for page in PAIRS])
def test_both_languages_say_the_same(page: Path) -> None:
    english, chinese = page.read_text(encoding="utf-8"), in_chinese(page).read_text(encoding="utf-8")
    assert not differences(english, chinese)


@pytest.mark.parametrize("page", PAIRS, ids=[page.stem for page in PAIRS])
def test_both_languages_give_the_same_commands(page: Path) -> None:
    def bare(path: Path) -> list[tuple[str, str, str]]:
        """Blocks without their comments, which are in the reader's language."""
        return [
            (block.language, block.mark, re.sub(r"[ ]*#[^\n]*", "", block.text)) for block in blocks(path)
        ]

    assert bare(page) == bare(in_chinese(page))


def test_a_difference_is_seen() -> None:
    text = "# a\n\nIn 20 years [see](b.md).\n\n| x | 1.5 |\n"
    assert not differences(text, text)
    for changed in ("20", "[see](b.md)", "| x | 1.5 |\n", "# a"):
        assert differences(text, text.replace(changed, "")), changed
