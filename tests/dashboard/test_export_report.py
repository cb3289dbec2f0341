"""The report that the page hands out: the numbers of `cogov compare`, nothing that the page cannot know."""

import json
import re
import shlex
import tempfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import cast

import pytest

from experiments.cli import main
from experiments.dashboard.panels.export_files import REPORT, Shown, figure_names, make
from experiments.dashboard.panels.export_panel import Asked, made, rows, status
from experiments.dashboard.state.saving import command, write_files
from experiments.dashboard.state.scenario_pair import View, arms, title
from experiments.dashboard.words.page_words import LANGUAGES, word
from experiments.dashboard.work import report
from experiments.dashboard.work.comparison import Kept, pairs_of
from experiments.dashboard.work.worker_pool import WorkerPool
from sim.errors import InputError
from tests.dashboard.conftest import HereAndNow

#: What only the manifest of a command's own run tells.
OF_A_RUN = {"executor", "jobs", "started", "finished", "seconds"}
#: Of the cells between two tags.
CELLS = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)


@pytest.fixture
def shown(view: View, tmp_path: Path) -> Shown:
    return shown_of(view, tmp_path, "en")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> str:
    """Stands in for a browser: what it prints holds the page."""

    def print_page(page: Path, target: Path, name: str) -> None:
        target.write_bytes(b"%PDF " + name.encode() + page.read_bytes())

    monkeypatch.setattr(report, "printer", lambda: "a browser")
    monkeypatch.setattr(report, "print_page", print_page)
    return "a browser"


def shown_of(view: View, folder: Path, language: str) -> Shown:
    *_, result = pairs_of(cast(WorkerPool, HereAndNow()), Kept(), arms(view), view.seed, view.pairs)
    titles = [title(arm, language, bool(view.changes[side])) for side, arm in enumerate(arms(view))]
    return Shown(view, result, tuple(titles), language, folder / "files")


def page_of(shown: Shown) -> str:
    return make(shown, REPORT, "html").content.decode()


def lines(page: str) -> list[tuple[str, ...]]:
    """The lines of all tables, as they are read."""
    found = (CELLS.findall(line) for line in re.findall(r"<tr.*?</tr>", page, re.DOTALL))
    return [tuple(unescape(re.sub("<[^>]+>", "", cell)) for cell in line) for line in found]


def manifest(page: str) -> dict[str, object]:
    *_, text = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    return dict(json.loads(unescape(text)))


@pytest.mark.parametrize(("language", "changed"), [("en", False), ("zh", True)])
def test_its_numbers_are_those_of_the_command(
    view: View, tmp_path: Path, language: str, changed: bool
) -> None:
    asked = view.with_change(1, "staff.per_10k", 40.0) if changed else view
    here = shown_of(asked, tmp_path, language)
    write_files(asked, here.out)
    words = shlex.split(command(asked, here.out))[1:]
    assert main([*words, f"out={tmp_path / 'out'}", f"language={language}"]) == 0
    page, theirs = page_of(here), (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    # The command has further measures; what the page has is there digit by digit.
    found, wanted = lines(page), lines(theirs)
    assert len(found) > 400
    assert not [line for line in found if line not in wanted]
    for part in (r'<p class="answer">.*?</p>', r'<div class="remarks">.*?</div>'):
        (first, *_), (same, *_) = (re.findall(part, one, re.DOTALL) for one in (page, theirs))
        assert first == same
    told, command_told = manifest(page), manifest(theirs)
    assert told.pop("made_by") == "cogov dashboard"
    assert shlex.split(str(told.pop("command"))) == ["cogov", *words]
    command_told.pop("command")
    assert told == {key: value for key, value in command_told.items() if key not in OF_A_RUN}
    assert told["remarks"]


def test_it_says_what_it_is_and_has_every_figure(shown: Shown) -> None:
    for language in LANGUAGES:
        file = make(replace(shown, language=language), REPORT, "html")
        ending = "" if language == "en" else ".zh"
        assert re.fullmatch(rf"cogov-report-[0-9a-f]{{12}}{re.escape(ending)}\.html", file.name)
        page = file.content.decode()
        assert page.count("<figure>") == len(figure_names(shown.result))
        assert {"en": "made by cogov dashboard", "zh": "本报告由cogov dashboard"}[language] in page
        assert "<details open>" not in page


def test_whole_titles_stand_in_it_and_twins_keep_apart(view: View, tmp_path: Path) -> None:
    twice = View((view.names[1], view.names[1]), words=view.words, pairs=2)
    sides = list(arms(twice))
    assert report.titles_of(sides, ("P (A)", "P (B)"), "en") == ("P (A)", "P (B)")
    sides = list(arms(view))
    whole = sides[0].title.en
    assert report.titles_of(sides, (f"{whole[:9]}…", "B"), "en") == (whole, sides[1].title.en)


def test_on_paper_all_lies_open_and_nothing_is_left_behind(
    shown: Shown, browser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = tmp_path / "temporary"
    used.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(used))
    monkeypatch.chdir(tmp_path)
    content = make(shown, REPORT, "pdf").content
    assert content.startswith(b"%PDF " + browser.encode())
    assert content.count(b"<details open>") > 5
    assert list(used.iterdir()) == []
    assert list(tmp_path.iterdir()) == [used]


def test_without_a_browser_no_pdf_is_offered(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def none() -> str:
        looked.append(1)
        raise InputError("format", "pdf", "a browser")

    monkeypatch.setattr(report, "find_browser", none)
    report.printer.cache_clear()
    try:
        for language, said in zip(LANGUAGES, ("in any browser", "任一浏览器"), strict=True):
            first, *others = rows(None, language)
            assert first["kinds"] == ["html"]
            assert said in first["note"]
            assert not any(row["note"] for row in others)
        with pytest.raises(KeyError):
            make(shown, REPORT, "pdf")
        assert len(looked) == 1
    finally:
        report.printer.cache_clear()


def test_a_browser_that_prints_none_is_told_in_a_line(
    shown: Shown, browser: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(page: Path, target: Path, name: str) -> None:
        raise InputError("browser", name, "one that prints to PDF", hint="it wrote no file")

    monkeypatch.setattr(report, "print_page", fail)
    assert rows(None, "en")[0]["kinds"] == ["html", "pdf"]
    assert rows(None, "en")[0]["note"] == ""
    asked = Asked(1, REPORT, "pdf", shown)
    assert made(asked) is None
    assert "it wrote no file" in caplog.text
    for language in LANGUAGES:
        assert status(asked, (asked, None), language) == word("export_not_printed", language)
