"""What the documents count is what the repository holds."""

import re

from tests.mechanisms.collect import BREAKS
from tests.site.pages import ROOT
from tests.truth.evidence import experiments

PAGE = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")


def test_every_system_of_the_verification_has_its_row() -> None:
    rows = {line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ")}
    names = [experiment.name for experiment in experiments()]
    assert not [name for name in names if name not in rows], "these have no row in docs/verification.md"
    counted = re.search(r"consists of (\d+) systems", PAGE)
    assert counted
    assert int(counted[1]) == len(names)


def test_the_breaks_that_were_tried_are_on_the_lists() -> None:
    counted = re.search(r"The first (\d+) breaks were tried", PAGE)
    assert counted
    assert int(counted[1]) <= len(BREAKS)


def test_every_deliberate_break_has_something_to_notice_it() -> None:
    """A break put to an experiment that no list holds would be tried on nothing."""
    names = [experiment.name for experiment in experiments()]
    for one in BREAKS:
        if one.noticed_by.startswith("tests/"):
            file, _, test = one.noticed_by.partition("::")
            assert f"def {test or 'test_'}" in (ROOT / file).read_text(encoding="utf-8"), one.name
        else:
            assert any(one.noticed_by in name for name in names), f"{one.name}: nothing is {one.noticed_by!r}"


def test_what_is_replaced_by_a_break_is_there_once() -> None:
    for one in BREAKS:
        text = (ROOT / "sim" / one.file).read_text(encoding="utf-8")
        assert text.count(one.old) == 1, f"{one.name}: {one.file}"


def test_no_page_speaks_of_a_file_that_is_gone() -> None:
    missing = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page.stem in ("add-a-mechanism", "change-a-rule"):  # what the reader makes
            continue
        text = page.read_text(encoding="utf-8")
        for path in re.findall(
            r"`((?:sim|analysis|experiments|tests|scenarios|docs|benchmarks)/[\w./-]+)`", text
        ):
            if not (ROOT / path).exists():
                missing.append(f"{page.relative_to(ROOT)}: {path}")
    assert not missing


def test_no_page_names_a_test_file_that_is_gone() -> None:
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    made = {"test_reminders.py"}  # by whoever follows a guide
    gone = {
        f"{page.relative_to(ROOT)}: {name}"
        for page in pages
        for name in re.findall(r"\btest_\w+\.py\b", page.read_text(encoding="utf-8"))
        if name not in there | made
    }
    assert not gone
