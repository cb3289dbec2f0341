"""The comparison on the page as files: the numbers of the page, and where they come from."""

import io
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest

from analysis.findings.text_table import value_text
from analysis.safe_text.spreadsheet import read_csv, to_csv
from experiments.command_line.compare import prepare
from experiments.dashboard.panels.export_files import (
    FIGURES,
    REPORT,
    TABLE,
    Shown,
    figure_names,
    make,
    measures_table,
    source_of,
)
from experiments.dashboard.panels.export_panel import Asked, made, rows, sent, status
from experiments.dashboard.panels.summary import measures, table_html
from experiments.dashboard.state.saving import command, write_files
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work.comparison import Kept, pairs_of
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.output.manifest import config_hash, version
from tests.dashboard.conftest import SMALL, HereAndNow

SVG = "{http://www.w3.org/2000/svg}"
TITLES = ("=HYPERLINK(1)", "B <b>")


@pytest.fixture(scope="module")
def shown() -> Shown:
    view = View(("administration_led", "co_governance"), words=SMALL, pairs=3)
    workers = cast(WorkerPool, HereAndNow())
    *_, result = pairs_of(workers, Kept(), arms(view), view.seed, view.pairs)
    return Shown(view, result, TITLES, "en", Path("out"))


def test_the_table_has_the_numbers_of_the_page(shown: Shown) -> None:
    text = to_csv(measures_table(shown, source_of(shown.view, shown.out)))
    # What a program for tables would run is marked as text, and reads back as it was.
    assert ",'=HYPERLINK" in text
    found = read_csv(text)
    page = shown.result.table.set_index("metric")
    assert list(found["metric"]) == measures(shown.result)
    html = table_html(shown.result, shown.titles, arms(shown.view), "en")
    for row in found.to_dict("records"):
        for letter, side in zip("ab", shown.result.names, strict=True):
            value = float(page.loc[row["metric"], f"{side}_mean"])
            np.testing.assert_equal(float(row[f"{letter}_mean"]), value)
            assert value_text(value, row["unit"] if isinstance(row["unit"], str) else "") in html
        np.testing.assert_equal(float(row["difference"]), float(page.loc[row["metric"], "difference"]))
        assert (row["scenario_a"], row["scenario_b"]) == TITLES
        assert row["source"].startswith(f"cogov {version()} · configuration ")
        assert row["source"].endswith(" · seed 1 · 3 pairs")


@pytest.mark.parametrize("changed", [False, True])
def test_the_configuration_is_that_of_the_command(view: View, tmp_path: Path, changed: bool) -> None:
    asked = view.with_change(1, "staff.per_10k", 7.0) if changed else view
    write_files(asked, tmp_path)
    plan = prepare(shlex.split(command(asked, tmp_path))[2:])
    wanted = config_hash(plan.scenarios, plan.seed, plan.replications)
    assert source_of(asked, tmp_path).config_hash == wanted
    assert source_of(replace(asked, seed=2), tmp_path).config_hash != wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_drawn_and_say_where_they_come_from(
    shown: Shown, language: str, coarse_pictures: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    monkeypatch.setattr("analysis.figures.page.style.PRINT_DPI", coarse_pictures)
    here = replace(shown, language=language)
    source = source_of(here.view, here.out)
    assert figure_names(here.result) == list(FIGURES)
    names = FIGURES if language == "en" else ("answer", "participation")
    for name in names:
        file = make(here, name, "svg")
        assert file.name == f"cogov-{name}-{source.config_hash[:12]}{'' if language == 'en' else '.zh'}.svg"
        root = ElementTree.fromstring(file.content)
        assert root.tag == f"{SVG}svg"
        assert not list(root.iter(f"{SVG}script"))
        assert source.config_hash in file.content.decode()
        assert version() in file.content.decode()
    picture = Image.open(io.BytesIO(make(here, "answer", "png").content))
    picture.load()
    assert picture.size[0] > 1000
    assert source.config_hash in cast(Any, picture).text["Description"]


def test_what_there_is_not_is_not_made(shown: Shown) -> None:
    for name, kind in (("incidence", "svg"), ("answer", "pdf"), (TABLE, "svg"), ("../answer", "png")):
        with pytest.raises(KeyError):
            make(shown, name, kind)
        asked = Asked(1, name, kind, shown)
        assert made(asked) is None
        assert "a fault" in status(asked, (asked, None), "en")
        assert sent((asked, None))["number"] == 0


def test_what_is_offered_follows_the_result(shown: Shown) -> None:
    bare = replace(shown.result, groups=shown.result.groups.iloc[:0])
    assert [row["name"] for row in rows(bare, "en")] == [
        REPORT,
        *(name for name in FIGURES if name != "groups"),
        TABLE,
    ]
    assert [row["name"] for row in rows(None, "zh")] == [REPORT, *FIGURES, TABLE]
