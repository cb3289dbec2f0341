"""cogov report: from a folder of results to a page; what it says follows from the runs in the folder."""

import base64
import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from analysis.comparison.table import compare_tables
from analysis.findings.finding import finding
from analysis.report.robustness import changes, differing, needed
from analysis.report.sweep_report import strongest, sweep_answer
from experiments.cli import main
from experiments.command_line.report import OWN_KEYS
from experiments.results.reading import read_results, runs_of, scenarios_of
from experiments.results.store_tables import varying
from experiments.system.pdf import find_browser
from sim.errors import InputError

SMALL = ["community.residents=400", "warmup_days=30", "horizon_days=60", "followup_days=30"]
ARMS = ("administration_led", "co_governance")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "对比"
    assert main(["compare", f"scenarios=[{','.join(ARMS)}]", "replications=3", f"out={out}", *SMALL]) == 0
    return out


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    words = ["staff.per_10k=8,16", f"scenarios=[{','.join(ARMS)}]", "replications=2", "executor=serial"]
    assert main(["sweep", *words, f"out={folder / 'out'}", f"store={folder / 'store'}", *SMALL]) == 0
    return folder


class Reader(HTMLParser):
    """Text, tags and whatever a browser would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.fetched, self.tags = "", [], set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value for key, value in attrs if key in ("src", "href") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(folder: Path, *words: str, name: str = "report.html") -> str:
    assert main(["report", str(folder), *words]) == 0
    return (folder / name).read_text(encoding="utf-8")


# --- what is read back ------------------------------------------------------------------------------------


def test_estimates_from_the_files_are_those_of_the_comparison(compared: Path) -> None:
    from analysis.comparison.table import compare

    results = read_results(compared)
    scenarios = scenarios_of(results)
    records: dict[str, list[Any]] = {name: [] for name in scenarios}
    for runs in runs_of(results, scenarios):
        for run in runs:
            records[run.scenario].append(run)
            for table in (run.cases, run.daily, run.people, run.units):
                assert set(table["replication"]) == {run.replication}
                assert set(table["scenario"]) == {run.scenario}
    again = compare(records).set_index("metric")
    before = pd.read_csv(compared / "comparison.csv").set_index("metric")
    assert list(again.index) == list(before.index)
    for column in before.columns.drop("unit"):
        if not column.startswith("variance"):  # a ratio of two small numbers
            assert again[column].to_numpy(float) == pytest.approx(
                before[column].to_numpy(float), rel=1e-9, abs=1e-9, nan_ok=True
            )


def test_a_report_has_the_numbers_and_all_its_parts(compared: Path) -> None:
    page = page_of(compared, "question=Does it pay?")
    reader = Reader(page)
    table = pd.read_csv(compared / "comparison.csv").set_index("metric")
    difference = table.loc["rmst180", "difference"]
    assert f"{abs(difference):.1f}" in reader.text
    parts = [
        "Does it pay?",
        "What this rests on",
        "What would change it",
        "What is assumed",
        "How to reproduce",
    ]
    for part in (*parts, "published", "cogov compare", "cogov report", "plausible"):
        assert part in reader.text
    assert re.search(r"\b[1-9]\d measured", reader.text)
    assert not {"script", "link", "iframe"} & reader.tags
    assert all(address.startswith("data:image/png;base64,") for address in reader.fetched)
    assert "http" not in re.sub('base64,[^"]*', "", page)
    # Each picture in the page carries where it came from.
    told = json.loads((compared / "manifest.json").read_text(encoding="utf-8"))
    for address in reader.fetched:
        picture = base64.b64decode(address.partition(",")[2])
        assert told["config_hash"].encode() in picture
        assert b"cogov compare" in picture
    assert (compared / "figures" / "en" / "main.svg").is_file()


def test_a_chinese_report_brings_every_character_it_shows(compared: Path) -> None:
    page = page_of(compared, "language=zh", name="report.zh.html")
    text = Reader(re.sub("<style>.*?</style>", "", page, flags=re.S)).text
    assert 'lang="zh-CN"' in page
    for part in ("数字化多元协同共治", "什么会改变它", "证据等级", "如何复现"):
        assert part in text
    found = re.search(r"font-family:'Cogov Sans SC';[^}]*url\(data:font/woff;base64,([^)]*)\)", page)
    assert found is not None
    known = TTFont(io.BytesIO(base64.b64decode(found[1]))).getBestCmap()
    assert {character for character in text if ord(character) > 0x2E7F} <= set(map(chr, known))
    # First in line, or browsers draw boxes while they look elsewhere.
    assert re.search(r"font: [^;]*?'Cogov Sans SC', 'Segoe UI'", page)
    assert "unicode-range" in page


def test_a_report_on_one_scenario(tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert main(["run", "scenario=co_governance", "replications=2", f"out={out}", *SMALL]) == 0
    text = Reader(page_of(out)).text
    mean = pd.read_csv(out / "summary.csv").set_index("metric").loc["rmst180", "mean"]
    assert f"{mean:.1f}" in text
    assert "replications: 2" in text
    assert "cogov sensitivity scenario=co_governance" in text


def test_reports_on_a_sweep_and_on_its_store(swept: Path, tmp_path: Path) -> None:
    text = Reader(page_of(swept / "out")).text
    assert "at 2 points" in text
    assert "staff.per_10k" in text
    page = page_of(swept / "out", "language=zh", name="report.zh.html")
    assert "staff.per_10k" in page
    assert main(["report", str(swept / "store"), f"out={tmp_path}", "metric=[solved_7wd,rmst180]"]) == 0
    text = Reader((tmp_path / "report.html").read_text(encoding="utf-8")).text
    assert "Solved within 7 working days of arising" in text
    assert "over 4 points" in text
    assert not list((swept / "store").glob("report*"))


def test_a_pdf_is_printed_by_a_browser_of_the_machine(compared: Path, tmp_path: Path) -> None:
    try:
        find_browser()
    except InputError:
        pytest.skip("no browser that prints to PDF")
    assert main(["report", str(compared), "format=both", f"out={tmp_path}"]) == 0
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert {path.name for path in tmp_path.iterdir()} == {
        "report.pdf",
        "report.html",
        "figures",
        "manifest.json",
    }


def test_what_later_results_replace_is_gone(compared: Path, tmp_path: Path) -> None:
    out = tmp_path / "again"
    shutil.copytree(compared, out)
    assert main(["report", str(out), "language=zh"]) == 0
    assert (out / "report.zh.html").exists()
    assert main(["run", f"out={out}", *SMALL]) == 0
    assert not (out / "report.zh.html").exists()
    assert not (out / "figures" / "zh").exists()


# --- bad input --------------------------------------------------------------------------------------------


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["report", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


def test_what_is_no_result_is_refused_in_one_line(
    compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert "FOLDER is missing: must be one folder of results" in refused(capsys)
    assert "there is no such folder" in refused(capsys, str(tmp_path / "nothing"))
    assert "that is a file" in refused(capsys, str(compared / "manifest.json"))
    assert "it has no manifest.json" in refused(capsys, str(tmp_path))
    assert "one of en, zh" in refused(capsys, str(compared), "language=fr")
    assert "did you mean both?" in refused(capsys, str(compared), "format=bth")
    assert "one of html, pdf, both" in refused(capsys, str(compared), "format=docx")
    assert "a report changes no run" in refused(capsys, str(compared), "staff.per_10k=8")
    assert "it is for a store" in refused(capsys, str(compared), "metric=rmst180")
    assert "no program of that name" in refused(
        capsys, str(compared), "format=pdf", "browser=nothing-like-it"
    )
    for text, hint in (
        ("{", "cannot be read"),
        ('{"command": "cogov staffing"}', "written by cogov staffing"),
    ):
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        assert hint in refused(capsys, str(tmp_path))
    assert OWN_KEYS[0] == "language"


def test_damaged_and_incomplete_results_are_refused_in_one_line(
    compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(compared, broken)
    capsys.readouterr()
    (broken / "cases.parquet").write_bytes(b"no parquet")
    assert "damaged" in refused(capsys, str(broken))
    (broken / "cases.parquet").unlink()
    assert "cases.parquet is missing" in refused(capsys, str(broken))
    told = json.loads((broken / "manifest.json").read_text(encoding="utf-8"))
    told["scenarios"]["co_governance"]["unheard_of"] = 1
    (broken / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert "scenarios that this version knows" in refused(capsys, str(broken))
    assert not list(broken.glob(".partial*"))


def test_a_bare_queue_and_an_empty_store_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "scenario=verification/queue", "horizon_days=20", f"out={tmp_path / 'q'}"]) == 0
    capsys.readouterr()
    assert "not a bare queue" in refused(capsys, str(tmp_path / "q"))
    (tmp_path / "store" / "parts").mkdir(parents=True)
    (tmp_path / "store" / "store.json").write_text('{"format": 1}', encoding="utf-8")
    assert "store" in refused(capsys, str(tmp_path / "store"))


# --- what is said -----------------------------------------------------------------------------------------


def comparison(rmst: np.ndarray, single: np.ndarray, multi: np.ndarray) -> pd.DataFrame:
    """A comparison whose second scenario differs by these amounts, replication by replication."""
    base = pd.DataFrame(
        {"rmst180": 100.0, "rmst180_single": 80.0, "rmst180_multi": 140.0}, index=range(len(rmst))
    )
    apart = base + np.column_stack([rmst, single, multi])
    return compare_tables({"a": base, "b": apart})


def test_what_would_change_the_answer_follows_from_the_numbers() -> None:
    spread = np.array([-1.0, 0.0, 1.0, 0.0])
    called = {"a": "Before", "b": "After"}
    turned = changes(comparison(-5 + spread, -9 + spread, 4 + spread), called)
    assert (
        "The other way round for needs of two or more organisations: their mean time is 4.0 days longer "
        "under After." in turned
    )
    assert not any("one organisation" in line for line in turned)
    same = changes(comparison(-5 + spread, -9 + spread, -4 + spread), called)
    assert not any("other way round" in line for line in same)
    evidence = [
        {"name": "x.y", "value": "0 / 1", "differs": True, "grade": "assumed", "low": 0.0, "high": 2.5},
        {"name": "x.z", "value": "0 / 1", "differs": True, "grade": "published"},
        {"name": "x.w", "value": "1", "differs": False, "grade": "assumed"},
    ]
    (line,) = differing(evidence)
    assert line.startswith("The scenarios differ in 1 of the assumed numbers")
    assert "`x.y` 0 / 1 (plausible 0\u00a0–\u00a02.5)" in line
    assert "x.z" not in line


def test_how_many_replications_an_unclear_difference_would_take() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(0.0, 1.0, 16)
    values += 0.25 - values.mean()
    table = comparison(values, values, values)
    found = finding(table, "rmst180")
    assert found.verdict == "unclear"
    more = needed(found, 16)
    # With so many replications of the same mean and spread the interval would just end at zero.
    assert 0.5 * (found.high - found.low) * np.sqrt(16 / more) == pytest.approx(
        abs(found.difference), rel=0.01
    )
    (line,) = [
        one for one in changes(table, {"a": "A", "b": "B"}) if one.startswith("More replications than 16")
    ]
    assert f"about {more} for Mean time to true solution" in line


def test_the_sentence_on_a_sweep_counts_what_is_clear() -> None:
    rows = [
        {"k": k, "arm": arm, "metric": "rmst180", "unit": "days", "mean": 50.0, "low": 49.0, "high": 51.0,
         "replications": 5, "difference": middle, "difference_low": middle - 1, "difference_high": middle + 1}
        for k, other in enumerate([-3.0, -2.0, 0.5, 4.0])
        for arm, middle in (("a", np.nan), ("b", other))
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    (sentence,) = sweep_answer(table, ["k"], "rmst180", {"a": "A", "b": "B"})
    assert "at 4 points, B is clearly lower than A at 2, clearly higher at 1; at 1 the 95 %" in sentence
    assert "from −3.0 d [−4.0, −2.0] at k=0 to +4.0 d [+3.0, +5.0] at k=3" in sentence
    (alone,) = sweep_answer(
        table[table["arm"] == "b"].assign(mean=[1.0, 2, 3, 4]), ["k"], "rmst180", {"b": "B"}
    )
    assert "over 4 points" in alone
    spread = pd.DataFrame({"x": [0, 0, 1, 1], "y": [0, 1, 0, 1], "mean": [1.0, 2.0, 9.0, 10.0]})
    assert strongest(spread, ["y", "x"], "mean") == ("x", 1.5, 9.5)


def test_what_varies_together_in_a_store_is_one_column() -> None:
    configurations = [
        {"a": {"on": False, "size": 1}, "b": 1.0},
        {"a": {"on": True, "size": 2}, "b": 1.0},
        {"a": {"on": True, "size": 2}, "b": 3.0},
    ]
    assert varying(configurations) == {"a.on (+1)": ["false", "true", "true"], "b": [1.0, 1.0, 3.0]}
