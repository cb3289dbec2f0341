"""What the pages tell a reader to type works, page by page, in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pictures import draw_nothing
from tests.site.pages import ROOT, Block, blocks, commands, is_printed, run_command, run_page, smaller

#: Guides that change the engine itself: followed in a copy of it.
FOR_CONTRIBUTORS = ("add-a-mechanism", "change-a-rule")
#: Guides without a command that could be run here: a page that a browser drives, a computer elsewhere.
REFERENCE = ("dashboard", "office")
GUIDES = [
    page
    for page in sorted((ROOT / "docs/guides").glob("*.md"))
    if page.stem not in (*FOR_CONTRIBUTORS, *REFERENCE)
    and not page.stem.endswith(".zh")  # the same commands as in English
]
RUN = [ROOT / "README.md", ROOT / "docs/quick-start.md", *GUIDES]
#: Pages that are followed with their pictures: the first that a reader follows, and what reads pictures.
DRAWN = ("quick-start", "report")
PRINTED = [block for page in RUN for block in blocks(page) if block.command]
#: Blocks that are shown only, for all pages together: few, each with its reason. Three need a cluster.
NOT_RUN_AT_MOST = 12


@pytest.mark.parametrize("page", RUN, ids=[page.stem for page in RUN])
def test_a_page_can_be_followed(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if page.stem not in DRAWN:
        draw_nothing(monkeypatch)
    assert run_page(page, tmp_path) > 0


@pytest.mark.parametrize("name", FOR_CONTRIBUTORS)
def test_the_engine_can_be_changed_as_a_guide_says(name: str, tmp_path: Path) -> None:
    """In a copy of the sources, uncompiled: an edit that no longer fits the engine fails here."""
    assert run_page(ROOT / "docs" / "guides" / f"{name}.md", tmp_path, own_sources=True) > 0


@pytest.mark.slow
@pytest.mark.parametrize("block", PRINTED, ids=[block.command.split()[1] for block in PRINTED])
def test_what_a_page_shows_is_what_the_command_prints(block: Block, tmp_path: Path) -> None:
    """At full size, unlike the other commands."""
    program, *words = block.command.split()
    assert program == "cogov"
    done = subprocess.run(
        [sys.executable, ROOT / "cogov_start.py", *words],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not is_printed(block, done.stdout)


def test_the_output_shown_for_the_demo_is_of_the_demos_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = PRINTED[0].command.replace("cogov", "$(COGOV)", 1)
    assert f"demo: setup\n\t{shown}\n" in makefile


def test_output_that_is_not_printed_is_seen() -> None:
    block = Block("a page", "text", "printed by: cogov run", "one\n two …\nfour", 1)
    assert not is_printed(block, "one two three\nfour\n")
    assert is_printed(block, "four\none two three\n") == "four"
    assert is_printed(block, "one three four\n") == "one two"


def test_few_blocks_are_not_run_and_each_says_why() -> None:
    pages = [*RUN, *(ROOT / "docs" / "guides" / f"{name}.md" for name in (*FOR_CONTRIBUTORS, *REFERENCE))]
    marked = [block for page in pages for block in blocks(page) if block.mark]
    assert all(block.file or block.command or len(block.reason) > 10 for block in marked), "unknown marks"
    assert sum(bool(block.reason) for block in marked) <= NOT_RUN_AT_MOST


def test_every_file_that_a_page_prints_is_saved_and_used() -> None:
    """A mapping, a scenario or a table that nobody reads may be wrong for years."""
    pages = [*sorted((ROOT / "docs").rglob("*.md")), *ROOT.glob("README*.md")]
    printed = [block for page in pages for block in blocks(page) if not block.mark]
    data = [block for block in printed if block.language in ("yaml", "csv", "json") or is_table(block.text)]
    assert not [f"{block.page}, line {block.line}" for block in data]


def is_table(text: str) -> bool:
    """Say whether a block looks like a file of columns: as many commas in each line, and more than one."""
    counts = {line.count(",") for line in text.splitlines()}
    return len(counts) == 1 and counts.pop() > 1 and len(text.splitlines()) > 1


def test_a_table_that_a_page_prints_is_seen() -> None:
    assert is_table("a,b,c\n1,2,3\n")
    assert not is_table("used, not used\nand, then, more\n")


def test_a_command_that_fails_is_seen() -> None:
    with pytest.raises(AssertionError, match="status 2"):
        run_command("cogov explain staff.per_10", "a page, line 1")
    with pytest.raises(AssertionError, match="status 3"):
        run_command("exit 3", "a page, line 2")


def test_commands_are_read_as_a_shell_reads_them() -> None:
    text = "cogov run a=1 \\\n    b=2   # why\n\n# nothing\ncogov explain x\n"
    assert list(commands(text)) == ["cogov run a=1 b=2", "cogov explain x"]
    assert smaller(["run", "replications=9"]) == ["run", "replications=9", "community.residents=1500"]


@pytest.mark.parametrize(("guide", "sources"), [("add-a-mechanism", 4), ("change-a-rule", 5)])
def test_a_guide_stays_in_a_few_files(guide: str, sources: int) -> None:
    text = (ROOT / "docs" / "guides" / f"{guide}.md").read_text(encoding="utf-8")
    touched = set(re.findall(r"(?m)^ *\+\+\+ b/(\S+)", text))
    assert len({name for name in touched if name.startswith("sim/")}) <= sources
    # With docs/model.md and CHANGELOG.md seven in all; docs/odd.md is generated.
    assert len(touched) <= 5
