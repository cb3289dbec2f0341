"""The answers of the tab for sweeps are those of `cogov sweep`, from runs that are made once."""

import io
import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from analysis.findings.parameter_names import parameter_name
from analysis.safe_text.spreadsheet import read_csv
from experiments.cli import main
from experiments.dashboard.panels.sweep.charts import ends_chart, values_charts
from experiments.dashboard.panels.sweep.files import Held, file_rows, make_file
from experiments.dashboard.panels.sweep.html import table_html
from experiments.dashboard.panels.sweep.sentences import ends_sentences, values_sentences
from experiments.dashboard.serving.sweep_state import Shown
from experiments.dashboard.state.saving import write_files
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.state.sweep_commands import commands
from experiments.dashboard.state.sweep_fields import Ask, Fields, ask_of, present
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work.comparison import Kept, pairs_of
from experiments.dashboard.work.few_ahead import MissingError
from experiments.dashboard.work.point_runs import PointRuns, kept_points
from experiments.dashboard.work.sweeping import Ends, Swept, answered
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.system.language import spoken
from tests.dashboard.conftest import SMALL, HereAndNow

TITLES = ("A =HYPERLINK(1)", "B <b>")
# A side with something changed on it, so that the commands name files.
VIEW = View(("administration_led", "co_governance"), words=SMALL, pairs=2).with_change(
    1, "joint_session.capacity", 4
)
VALUES = Fields(values=3, pairs=3)
ENDS = Fields(question="ends", pairs=3, ticked=("paperwork.base_share", "closing.load_slope"))


class Page:
    """What pages share: runs, and workers that work at once."""

    def __init__(self) -> None:
        self.workers = HereAndNow()
        self.points, self.compared = kept_points(), Kept[Any]()

    def runs(self, with_workers: bool = True, **further: Any) -> PointRuns:
        workers = cast(WorkerPool, self.workers) if with_workers else None
        return PointRuns(VIEW.seed, self.points, self.compared, workers, **further)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page()


@pytest.fixture(scope="module")
def both(page: Page) -> dict[str, tuple[Ask, Any]]:
    asks = {fields.question: ask_of(VIEW, fields) for fields in (VALUES, ENDS)}
    return {question: (ask, answered(ask, page.runs())) for question, ask in asks.items()}


@pytest.mark.parametrize("question", ["values", "ends"])
def test_the_command_shown_gives_the_same_numbers(
    both: dict[str, tuple[Ask, Any]], question: str, tmp_path: Path
) -> None:
    ask, answer = both[question]
    write_files(VIEW, tmp_path)
    tables, hashes = [], []
    for number, line in enumerate(commands(ask, tmp_path)):
        cogov, *words = shlex.split(line)
        out = tmp_path / f"out{number}"
        with spoken("en"):
            assert main([*words, "executor=serial", f"out={out}", f"store={tmp_path / 'store'}"]) == 0
        assert cogov == "cogov"
        tables.append(read_csv((out / "sweep.csv").read_text(encoding="utf-8")))
        hashes.append(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["config_hash"])
    mine = answer.table
    whole = pd.concat(tables, ignore_index=True)
    for column in ("arm", "mean", "low", "high", "difference", "difference_low", "difference_high"):
        np.testing.assert_array_equal(mine[column].to_numpy(), whole[column].to_numpy(), column)
    # A file of the page names the configuration that the command writes into its own manifest.
    held = Held(Shown(ask, answer, 0), TITLES, "en", tmp_path)
    if question == "values":
        assert hashes[0] in make_file(held, "sweep-figure", "svg").content.decode()


def test_runs_that_are_there_are_not_made_again(page: Page, both: dict[str, tuple[Ask, Any]]) -> None:
    ask, before = both["values"]
    again = page.runs(with_workers=False)
    assert answered(ask, again).table.equals(before.table)
    # Another measure asks for nothing; one more pair does.
    other = answered(ask_of(VIEW, replace(VALUES, measure="voice")), again)
    assert not other.table["mean"].equals(before.table["mean"])
    more = ask_of(VIEW, replace(VALUES, pairs=4))
    with pytest.raises(MissingError):
        answered(more, again)
    made = page.runs()
    answered(more, made)
    assert made.simulated == 2 * VALUES.values


def test_what_the_comparison_has_kept_is_taken() -> None:
    page = Page()
    sides = arms(VIEW)
    workers = cast(WorkerPool, page.workers)
    *_, result = pairs_of(workers, page.compared, sides, VIEW.seed, 3)
    found = page.runs(with_workers=False).values(sides, 3, "rmst180")
    for side, row in zip(sides, found, strict=True):
        assert [one.estimates["rmst180"] for one in result.summaries[side.name]] == list(row)


def test_a_run_that_nobody_waits_for_is_given_up() -> None:
    page, told = Page(), list[tuple[int, int]]()
    wanted = 2 * VALUES.values * VALUES.pairs
    with pytest.raises(StoppedError):
        answered(
            ask_of(VIEW, VALUES),
            page.runs(stopped=lambda: len(told) > 2, tell=lambda *facts: told.append(facts)),
        )
    assert len(page.workers.runs) < wanted
    assert {of for _, of in told} == {wanted}
    # The next one goes on from what there is.
    rest = page.runs()
    answered(ask_of(VIEW, VALUES), rest)
    assert 0 < rest.simulated < wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_tables_and_sentences_have_the_numbers(
    both: dict[str, tuple[Ask, Any]], language: str
) -> None:
    ask, swept = both["values"]
    measure = ask.fields.measure
    charts = values_charts(swept, measure, TITLES, present(VIEW, swept.key), language)
    drawn = [point[1] for point in charts["sweep_difference"]["series"][0]["data"]]
    expected = swept.table["difference"].dropna().to_numpy()
    np.testing.assert_allclose(drawn, expected, rtol=1e-3)
    marks = charts["sweep_values"]["series"][0]["markLine"]["data"]
    assert [mark["xAxis"] for mark in marks] == [0.2]
    assert parameter_name(swept.key, language) in values_sentences(swept, measure, language)[0]
    assert "<b>" not in table_html(swept, measure, TITLES, language)

    ask, ends = both["ends"]
    chart = ends_chart(ends, measure, language)["sweep_ends"]
    # The widest on top, by a name that may be cut short.
    top = chart["rows"][-1].rpartition(" ")[0].removesuffix("…")
    assert parameter_name(ends.swings[0].key, language).startswith(top)
    for name, ends_of in (("low", 2), ("high", 4)):
        points = chart["series"][ends_of]["data"][::-1]
        found = [getattr(one, name).found.difference for one in ends.swings]
        np.testing.assert_allclose([x for x, _ in points], found, rtol=1e-5)
    # Every parameter is told once.
    told = " ".join(ends_sentences(ends, measure, language))
    assert all(told.count(parameter_name(key, language)) == 1 for key in ENDS.ticked)


@pytest.mark.parametrize("question", ["values", "ends"])
def test_files_open_and_no_text_is_a_formula(both: dict[str, tuple[Ask, Any]], question: str) -> None:
    calamine = pytest.importorskip("python_calamine")
    ask, answer = both[question]
    held = Held(Shown(ask, answer, 0), TITLES, "zh", Path("out"))
    assert [row["kinds"] for row in file_rows(question, "zh")] == [["svg", "png"], ["csv", "xlsx"]]
    text = make_file(held, "sweep-numbers", "csv").content.decode("utf-8-sig")
    plain = read_csv(text)
    file = make_file(held, "sweep-numbers", "xlsx")
    assert file.name.endswith(".zh.xlsx")
    head, *rows = (
        calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    )
    assert head == list(plain.columns)
    assert len(rows) == len(answer.table)
    at = head.index("mean")
    # A sheet has sixteen digits.
    assert [row[at] for row in rows] == pytest.approx(list(answer.table["mean"]), rel=1e-15)
    assert {row[head.index("scenario")] for row in rows} == set(TITLES)
    assert set(plain["parameter"]) == ({VALUES.parameter} if question == "values" else set(ENDS.ticked))
    with pytest.raises(KeyError):
        make_file(held, "sweep-numbers", "svg")


def test_the_kind_of_answer_follows_the_question(both: dict[str, tuple[Ask, Any]]) -> None:
    assert isinstance(both["values"][1], Swept)
    found = both["ends"][1]
    assert isinstance(found, Ends)
    widths = [one.width for one in found.swings]
    assert widths == sorted(widths, reverse=True)
    # The present difference is that of the comparison with as many pairs.
    assert found.now.found.difference == pytest.approx(found.now.found.other - found.now.found.base)
