"""Published experiments: their files are sound, a rerun gives the same table, and a difference is seen."""

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from analysis.figures import published_figure
from experiments.cli import main
from experiments.published import reproduction as published
from experiments.published.command_entry import CommandEntry
from experiments.published.entry import entry_names, load_cells, load_entry
from sim.errors import InputError
from tests.each import each

TINY = """
# A tiny experiment.
title: {en: Tiny, zh: 小}
question: Does a rerun give the same?
replications: 2
arms:
  administration_led:
    set: &small {community.residents: 300, warmup_days: 10, horizon_days: 60, followup_days: 30}
  co_governance:
    set: {<<: *small, joint_session.capacity: 3}
vary:
  paperwork: {key: paperwork.base_share, values: [0.2, 0.4], arms: [co_governance]}
  volume:
    levels:
      free:
      less: {reporting.trust_weight: 0}
metrics: [rmst180, utilisation]
figure: {kind: sweep, x: paperwork, lines: volume, value: difference}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    return path


@each("name", entry_names())
def test_every_entry_is_sound(name: str) -> None:
    from analysis.metrics import DIFFERENCES, METRICS

    entry = load_entry(name)
    assert {"en", "zh"} <= set(entry.title)
    if isinstance(entry, CommandEntry):
        table = pd.read_csv(entry.expected, comment="#")
        ends = [end for pair in entry.intervals().values() for end in pair]
        assert {*entry.keys, *entry.numbers, *ends} == set(table.columns)
        assert not table.duplicated(list(entry.keys)).any()
        return
    assert set(entry.metrics) <= set(METRICS)
    cells = list(entry.cells())
    for run in dict.fromkeys(run for _, runs in cells for run in runs.values()):
        run.load()
    assert entry.file.read_text(encoding="utf-8").startswith("# ")
    table = pd.read_csv(entry.expected, comment="#")
    assert len(table) == len(cells) * len(entry.arms) * len(entry.metrics)
    # A quantile that is not reached is infinite.
    assert table[~table["metric"].isin(DIFFERENCES)]["mean"].notna().mean() > 0.99


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_that_only_a_difference_has_add_up(tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "parts.yaml"
    path.write_text(
        "title: {en: Parts, zh: 部分}\nquestion: How?\narms:\n"
        "  administration_led:\n    set: &small {community.residents: 400, horizon_days: 60}\n"
        "  co_governance: {set: *small}\n"
        "vary: {staff: {key: staff.per_10k, values: [12, 25], arms: [co_governance]}}\nreplications: 2\n"
        "metrics: [rmst180, reporting_part, service_part]\nfigure: {kind: sweep, x: staff, lines: arm}\n",
        encoding="utf-8",
    )
    table = published.run_entry(load_cells(str(path)), jobs)
    wide = table.pivot_table(index=["staff", "arm"], columns="metric", values="difference")
    assert len(wide) == 2
    np.testing.assert_allclose(wide["reporting_part"] + wide["service_part"], wide["rmst180"], atol=1e-9)
    assert table[table["metric"] == "service_part"]["mean"].isna().all()


def test_cells_are_all_combinations_and_a_factor_keeps_to_its_arms(tiny: Path) -> None:
    cells = list(load_cells(str(tiny)).cells())
    assert [at for at, _ in cells] == [
        {"paperwork": p, "volume": v} for p in (0.2, 0.4) for v in ("free", "less")
    ]
    _, runs = cells[-1]
    assert runs["administration_led"].load().paperwork.base_share == 0.2
    assert runs["administration_led"].load().reporting.trust_weight == 0
    assert runs["co_governance"].load().paperwork.base_share == 0.4
    # Two of the four cells share the first arm's run.
    assert len({run for _, arms in cells for run in arms.values()}) == 2 + 4


def test_same_then_different(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = f"out={tmp_path / 'out'}"
    assert main(["reproduce", str(tiny), out, "jobs=1"]) == 2
    assert "expected table" in capsys.readouterr().err
    assert main(["reproduce", str(tiny), out, "jobs=1", "record=true"]) == 0
    assert main(["reproduce", str(tiny), out, "jobs=1"]) == 0
    assert "Same: all" in capsys.readouterr().out
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".png", ".svg", ".json"}

    text = tiny.with_suffix(".csv").read_text(encoding="utf-8")
    cell = text.splitlines()[3].split(",")[5]
    tiny.with_suffix(".csv").write_text(
        text.replace(cell, f"{float(cell) * 1.001:.10g}", 1), encoding="utf-8"
    )
    assert main(["reproduce", str(tiny), out, "jobs=1"]) == 1
    said = capsys.readouterr()
    assert "Different: 1 of" in said.out
    assert "Furthest off, by 0.10%" in said.err
    assert "mean expected" in said.err

    tiny.with_suffix(".csv").write_text("# nothing\n", encoding="utf-8")
    assert main(["reproduce", str(tiny), out, "jobs=1"]) == 2
    assert "record=true" in capsys.readouterr().err


COMMAND = """
title: {en: Tiny, zh: 小}
question: Does a command give the same?
command: attribute
words: [replications=2, "players=[paperwork]", community.residents=300, warmup_days=0, horizon_days=40,
  followup_days=20]
table: attribution.csv
keys: [mechanism]
numbers: {value: [low, high]}
figure: attribution.png
"""


def test_a_command_is_the_same_then_different(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "tiny.yaml", f"out={tmp_path / 'out'}"
    path.write_text(COMMAND, encoding="utf-8")
    assert main(["reproduce", str(path), out, "jobs=1", "record=true"]) == 0
    capsys.readouterr()
    assert main(["reproduce", str(path), out, "jobs=1"]) == 0
    assert "Same: all 6 numbers agree" in capsys.readouterr().out
    assert {"tiny.csv", "tiny.png"} <= {file.name for file in (tmp_path / "out").iterdir()}
    kept = path.with_suffix(".csv")
    cell = kept.read_text(encoding="utf-8").splitlines()[3].split(",")[1]
    changed = kept.read_text(encoding="utf-8").replace(cell, f"{float(cell) * 1.001:.10g}", 1)
    kept.write_text(changed, encoding="utf-8")
    assert main(["reproduce", str(path), out, "jobs=1"]) == 1
    assert "Different: 1 of 6" in capsys.readouterr().out


@pytest.mark.parametrize("origin", [None, "elsewhere"])
def test_a_median_without_bound_is_the_same_in_both_only(tmp_path: Path, origin: str | None) -> None:
    """Of which fewer than half are solved: infinite, with no interval."""
    row = {"arm": "a", "metric": "report_to_solution_median", "unit": "days"}
    ends = dict.fromkeys(["low", "high", "difference", "difference_low", "difference_high"], math.nan)
    table = pd.DataFrame([{**row, "mean": math.inf, **ends}])
    path = tmp_path / "table.csv"
    text = published.write_table("table", "by hand", table)
    path.write_text(text.replace(published.made_with(), origin or published.made_with()), encoding="utf-8")
    assert published.compare_with_file(table, path).same
    verdict = published.compare_with_file(table.assign(mean=9.0), path)
    assert not verdict.same
    assert "expected inf, found 9" in verdict.worst


def test_elsewhere_means_must_lie_within_each_others_intervals(tiny: Path) -> None:
    entry = load_entry(str(tiny))
    table = pd.DataFrame(
        {"arm": ["a"], "metric": ["m"], "unit": ["days"], "mean": [10.0], "low": [9.0], "high": [11.0]}
    ).assign(difference=math.nan, difference_low=math.nan, difference_high=math.nan)
    kept = published.write_table(entry.name, entry.how, table)
    elsewhere = kept.replace(published.made_with(), "python 3.1, another machine")
    path = tiny.with_suffix(".csv")
    for text, by, same in (
        (kept, 1e-9, True),
        (kept, 0.1, False),
        (elsewhere, 1.9, True),
        (elsewhere, 2.1, False),
    ):
        path.write_text(text, encoding="utf-8")
        moved = table.assign(mean=10.0 + by, low=9.0 + by, high=11.0 + by)
        verdict = published.compare_with_file(moved.assign(low=9.0, high=11.0) if by < 1e-3 else moved, path)
        assert verdict.same is same, (by, verdict.text)


def test_the_clamped_experiment_holds_equal_what_it_says() -> None:
    table = pd.read_csv(load_entry("clamped").expected, comment="#")
    table = table[table["arm"] == "co_governance"].set_index(["volume", "capacity", "metric"])["difference"]
    for capacity in ("free", "clamped"):
        assert abs(table["clamped", capacity, "reported_180d"]) < 2e-4
        assert abs(table["free", capacity, "reported_180d"]) > 0.01
    for volume in ("free", "clamped"):
        assert table[volume, "clamped", "hours_per_solved_volunteer"] == 0
        assert table[volume, "free", "hours_per_solved_volunteer"] > 0
        for capacity in ("free", "clamped"):
            assert table[volume, capacity, "staff_hours_available_per_week"] == 0


def map_table() -> pd.DataFrame:
    """Return what a map is drawn of: faster where units are slow, slower with many staff, else unclear."""
    rows = []
    for load, answer, paperwork in itertools.product((10, 18), (0, 15), (0.2, 0.4)):
        for name, unit, size in (("service_part", "days", 3.0), ("participation", "share", 0.02)):
            middle = size * (-1.0 if answer == 15 else 1.0 if load == 18 else 0.1)
            at = {"staff": load, "answer": answer, "paperwork": paperwork, "metric": name, "unit": unit}
            rows.append({**at, "arm": "a", "mean": 1.0})
            ends = {"difference_low": middle - 0.2 * size, "difference_high": middle + 0.2 * size}
            rows.append({**at, "arm": "b", "mean": 1.0, "difference": middle, **ends})
        at = {
            "staff": load,
            "answer": answer,
            "paperwork": paperwork,
            "metric": "utilisation",
            "unit": "share",
        }
        rows += [{**at, "arm": arm, "mean": 0.5 + paperwork} for arm in "ab"]
    return pd.DataFrame(rows)


MAP = {
    "kind": "map",
    "x": "staff",
    "y": "answer",
    "panels": "paperwork",
    "metrics": ["service_part", "participation"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_map_numbers_what_can_be_told_apart_and_leaves_the_rest_blank(language: str) -> None:
    from matplotlib.patches import Rectangle

    figure = published_figure(map_table(), MAP, language)
    panels = [axes for axes in figure.findobj(Axes) if axes.get_label() != "<colorbar>"]
    assert len(panels) == 4
    days, _, share, _ = panels
    # Three of four cells are clear; the sign is that of the difference, points are percentage points.
    assert sorted(text.get_text() for text in days.texts) == ["+3.0", "−3.0", "−3.0"]
    assert sorted(text.get_text() for text in share.texts) == ["+2.0", "−2.0", "−2.0"]
    for axes in panels:
        (blank,) = [patch for patch in axes.findobj(Rectangle) if patch.get_hatch()]
        assert blank.get_xy() == (-0.5, -0.5)  # few staff, units that answer at once
    # How busy staff are stands below how many there are, for each share of paperwork.
    assert [label.get_text() for label in share.get_xticklabels()] == ["10\n70 %", "18\n70 %"]
    words = " ".join(text.get_text() for text in figure.findobj(Text))
    assert ("nothing can be told apart" if language == "en" else "无法区分") in words


def test_a_map_is_darker_where_it_is_better() -> None:
    figure = published_figure(map_table(), MAP)
    days, _, share, _ = (axes for axes in figure.findobj(Axes) if axes.get_label() != "<colorbar>")

    def lightness(axes: Axes, number: float) -> float:
        (mesh,) = axes.collections
        return sum(mesh.cmap(mesh.norm(number))[:3])

    assert lightness(days, -3.0) < lightness(days, 3.0)
    assert lightness(share, 2.0) < lightness(share, -2.0)


def test_a_map_says_where_a_quantile_is_not_reached() -> None:
    table = map_table()
    chosen = (table["metric"] == "service_part") & (table["arm"] == "b") & (table["answer"] == 15)
    table.loc[chosen, "difference"] = [-np.inf, -np.inf, np.nan, np.nan]
    table.loc[chosen, ["difference_low", "difference_high"]] = np.nan
    figure = published_figure(table, MAP)
    first = next(axes for axes in figure.findobj(Axes) if axes.get_label() != "<colorbar>")
    assert {"−∞", "n.r."} <= {text.get_text() for text in first.texts}
    assert "not reached" in " ".join(text.get_text() for text in figure.findobj(Text))


def test_the_regime_map_makes_channels_and_paperwork_equal() -> None:
    for at, runs in load_cells("regime_map").cells():
        first, second = (run.load() for run in runs.values())
        assert first.reporting.cost_app == first.reporting.cost_phone == second.reporting.cost_app
        assert first.paperwork == second.paperwork
        assert first.paperwork.base_share == at["paperwork"]
        assert (first.staff, first.referral) == (second.staff, second.referral)
        assert first.staff.per_10k == at["staff"]


@pytest.mark.slow
def test_the_main_comparison_is_reproduced() -> None:
    entry = load_cells("main_comparison")
    verdict = published.compare_with_file(published.run_entry(entry), entry.expected)
    assert verdict.same, (
        f"{verdict.text} {verdict.worst} (record=true keeps new results, with a line in CHANGELOG)"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reproduce", "mian_comparison"], "did you mean main_comparison?"),
        (["reproduce", "main_comparison", "staff.per_10k=3"], "rerun as it was published"),
        (["reproduce", "main_comparison", "record=perhaps"], "true or false"),
    ],
)
def test_bad_input_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@each(
    ("old", "new", "said"),
    [
        ("arms:", "arms: []\nx:", "arms"),
        ("replications: 2", "replications: '2'", "replications = '2'"),
        ("replications: 2", "replications: many", "replications = 'many'"),
        ("replications: 2", "replications: 0", "replications = 0"),
        ("replications: 2", "seed: [1]", "seed = [1]"),
        ("replications: 2", "seed: " + "9" * 5000, "seed"),
        ("replications: 2", "replications: 2011-02-30", "replications = '2011-02-30'"),
        ("title: {en: Tiny, zh: 小}", "title: Tiny", "title = 'Tiny'"),
        ("title: {en: Tiny, zh: 小}", "title: {en: Tiny}", "title.zh"),
        ("title: {en: Tiny, zh: 小}", "title: !!python/name:os.system x", "title"),
        ("question: Does", "question: [Does]\nreading: Does", "question"),
        ("metrics: [rmst180, utilisation]", "metrics: []", "metrics = []"),
        ("metrics: [rmst180, utilisation]", "metrics: rmst180", "metrics = 'rmst180'"),
        ("metrics: [rmst180, utilisation]", "metrics: [rmst18]", "did you mean rmst180?"),
        ("metrics: [rmst180, utilisation]", "metrics: [rmst180, rmst180]", "different"),
        ("values: [0.2, 0.4]", "values: []", "vary.paperwork.values"),
        ("values: [0.2, 0.4]", "values: [[0.2]]", "vary.paperwork.values[0]"),
        ("values: [0.2, 0.4]", "values: [0.2, 0.2]", "values that differ"),
        ("values: [0.2, 0.4]", "valus: [0.2]", "did you mean values?"),
        ("arms: [co_governance]", "arms: [nobody]", "vary.paperwork.arms = 'nobody'"),
        ("arms: [co_governance]", "arms: 5", "vary.paperwork.arms"),
        ("  volume:", "  mean:", "vary.mean"),
        ("    levels:", "    levels: 3\n    x:", "vary.volume"),
        ("x: paperwork", "x: papers", "figure.x = 'papers'"),
        ("kind: sweep, x: paperwork", "kind: sweep", "figure.x"),
        ("figure: {kind: sweep, x: paperwork, lines: volume, value: difference}", "figure: sweep", "figure"),
        ("kind: sweep", "kind: differences", "figure.kind"),
        ("kind: sweep", "kind: break_even", "figure.kind"),
        ("kind: sweep", "kind: map", "figure.y"),
        ("kind: sweep", "kind: map, y: volume, panels: paperwork", "over three things"),
        ("joint_session.capacity: 3", "joint_session.capacity: x", "joint_session.capacity = 'x'"),
        ("joint_session.capacity: 3", "joint_session: {capacity: {}}", "joint_session"),
        ("set: {<<: *small, joint_session.capacity: 3}", "set: 3", "arms.co_governance.set"),
        ("  co_governance:\n", "  nowhere:\n", "nowhere"),
    ],
)
def test_a_definition_at_fault_is_one_line_before_anything_runs(
    old: str, new: str, said: str, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in TINY
    tiny.write_text(TINY.replace(old, new, 1), encoding="utf-8")
    assert main(["reproduce", str(tiny), f"out={tmp_path / 'out'}", "jobs=1"]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert str(tiny) in line or "nowhere" in said
    assert line.count("\n") == 1
    assert len(line) < 1000
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("command: attribute", "command: [attribute]", "command"),
        ("command: attribute", "command: run", "command = 'run'"),
        ("keys: [mechanism]", "keys: mechanism", "keys = 'mechanism'"),
        ("numbers: {value: [low, high]}", "numbers: [value]", "numbers"),
        ("numbers: {value: [low, high]}", "numbers: {value: [low]}", "numbers.value"),
        ("table: attribution.csv", "table: ../../etc/passwd", "table"),
        ("figure: attribution.png", "figure: /etc/passwd", "figure"),
        ("words: [", "words: {a: 1}\nreading: x #[", "words"),
    ],
)
def test_a_command_at_fault_is_one_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    listed = COMMAND[COMMAND.index("words: [") : COMMAND.index("table:")]
    content = COMMAND.replace(listed, "words: [replications=2]\n")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        load_entry(str(path))
    assert str(path) in str(caught.value)


def test_a_file_that_says_something_unknown_is_refused(tiny: Path) -> None:
    tiny.write_text(TINY.replace("question:", "qestion:"), encoding="utf-8")
    with pytest.raises(InputError, match="did you mean question"):
        load_entry(str(tiny))
    tiny.write_text(TINY.replace("kind: sweep", "kind: pie"), encoding="utf-8")
    with pytest.raises(InputError, match=r"figure\.kind"):
        load_entry(str(tiny))
