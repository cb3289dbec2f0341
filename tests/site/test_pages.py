"""What the pages tell a reader to type works, page by page, in an empty folder."""

from pathlib import Path

import pytest

from tests.site.pages import ROOT, blocks, commands, run_page, smaller

#: Guides that change the engine itself: followed in a copy of it.
FOR_CONTRIBUTORS = ("add-a-mechanism", "change-a-rule")
GUIDES = [page for page in sorted((ROOT / "docs/guides").glob("*.md")) if page.stem not in FOR_CONTRIBUTORS]
RUN = [ROOT / "docs/quick-start.md", *GUIDES]
#: Blocks that are shown only, for all pages together: few, each with its reason.
NOT_RUN_AT_MOST = 12


@pytest.mark.parametrize("page", RUN, ids=[page.stem for page in RUN])
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    assert run_page(page, tmp_path) > 0


def test_few_blocks_are_not_run_and_each_says_why() -> None:
    marked = [block for page in RUN for block in blocks(page) if block.mark]
    assert all(block.file or len(block.reason) > 10 for block in marked), "unknown marks"
    assert sum(bool(block.reason) for block in marked) <= NOT_RUN_AT_MOST


def test_a_page_that_is_wrong_is_seen(tmp_path: Path) -> None:
    page = ROOT / "docs" / "guides" / "change-a-rule.md"
    assert blocks(page), "this page has blocks"
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    from tests.site.pages import run_command

    with pytest.raises(AssertionError, match="status 2"):
        run_command("cogov explain staff.per_10", "a page, line 1")
    with pytest.raises(AssertionError, match="status 3"):
        run_command("exit 3", "a page, line 2")


def test_commands_are_read_as_a_shell_reads_them() -> None:
    text = "cogov run a=1 \\\n    b=2   # why\n\n# nothing\ncogov explain x\n"
    assert list(commands(text)) == ["cogov run a=1 b=2", "cogov explain x"]
    assert smaller(["run", "replications=9"]) == ["run", "replications=9", "community.residents=1500"]
