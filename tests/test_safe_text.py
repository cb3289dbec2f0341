"""Texts from outside are shown as they stand: figures, pages, tables, terminal, spreadsheets."""

import ast
import html
import io
import re
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.figures.page import style
from analysis.figures.page.style import LONGEST_LABEL, Provenance, label, new_figure, save, styled
from analysis.figures.scenario_discovery import boxes_figure
from analysis.figures.sweep import design_figure
from analysis.findings.text_table import layout
from analysis.report.html_page import Page, items, paragraph, quoted, table
from analysis.safe_text import spreadsheet
from analysis.safe_text.plain_text import shortened, visible
from analysis.safe_text.workbook import to_xlsx
from experiments.cli import main
from experiments.dashboard.state.scenario_pair import title
from sim.parameters.scenario import Scenario, Title
from tests.each import each
from tests.fake_simulation import simulate

ROOT = Path(__file__).resolve().parents[1]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MATHS = r"Cost \$5 or $\frac{1}{$"
HOSTILE = [
    MATHS,
    "from $5 to $6",
    "<script>document.title='PWNED'</script><img src=x onerror=alert(1)>",
    "red \x1b[31mred\x1b[0m \x1b]0;owned\x07 \x9b31m",
    "left \u202eright\u202c zero\u200bwidth\ufeff",
    "two\nlines\r\nand\ttab\u2028end",
    "100% {0} {title} ${HOME} %s %(x)s",
    "**bold** [a](javascript:alert(1)) `tick` _u_ &lt;b&gt; &amp;",
    "\\alpha \\n back\\slash",
    "x" * 500,
    "一" * 300,
    "🚲 \U0001faf8 bike",
    "_hidden",
    "=cmd|' /C calc'!A0",
]
#: What no screen may be sent: controls, marks of direction, what has no width.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def written(folder: Path, name: str, text: str, zh: str = "") -> str:
    """A scenario file with a title; the texts in the quotation marks of YAML, which are JSON's."""
    import json

    lines = [f"name: {name}", "title:", f"  en: {json.dumps(text)}", f"  zh: {json.dumps(zh or text)}"]
    lines += [f"description: {json.dumps(text)}", "joint_session: {enabled: true}"]
    path = folder / f"{name}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


# --- one function each ------------------------------------------------------------------------------------


def test_what_steers_is_seen() -> None:
    assert visible(MATHS) == MATHS
    assert visible("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert visible("two\r\nlines\u2028end") == "two lines end"
    assert visible("\ud800 x\u200dy") == "\\ud800 x\\u200dy"
    # Emoji and scripts keep their joiners; a name in Chinese stays as it is.
    assert visible("👩\u200d👧 می\u200cخواهم 路灯") == "👩\u200d👧 می\u200cخواهم 路灯"
    for text in HOSTILE:
        assert not STEERING.search(visible(text))
        assert visible(visible(text)) == visible(text)
    assert shortened("a" * 50 + "z" * 50, 10) == "aaaaaa…zzz"


@each("text", HOSTILE)
def test_a_label_can_be_drawn_and_is_no_formula(text: str) -> None:
    drawn = label(text)
    assert drawn.isprintable()
    assert style.drawable(drawn, "zh")
    assert not drawn.startswith("_")
    assert len(shortened(visible(text), LONGEST_LABEL)) <= LONGEST_LABEL
    if len(text) < 40 and text.isascii() and text.isprintable():
        assert drawn.strip() == text


def texts(figure: mpl.figure.Figure) -> list[str]:
    figure.draw_without_rendering()
    return [one.get_text() for one in figure.findobj(Text) if one.get_text()]


def test_figures_draw_texts_as_they_stand(tmp_path: Path) -> None:
    with styled("en"), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure, body = new_figure(3.0)
        axes = body.subplots()
        axes.plot([0, 1], [0, 1], label=label("_hidden"))
        axes.set_xticks([0, 1], [label("$a$"), label("🚲")])
        axes.set_title(label(MATHS))
        body.legend(loc="outside upper left")
        assert not any(one.get_parse_math() for one in figure.findobj(Text))
        shown = texts(figure)
        # A formula that is none ends the drawing where formulas are on.
        source = Provenance("hash", "cogov run out='\x1b[31m<x>' -- $ \ud800", "1")
        files = save(figure, tmp_path / "x", source, "title \x00 --> <b>")
    assert {MATHS, " _hidden", "$a$", "\\U0001f6b2"} <= set(shown)
    told = ElementTree.parse(files["svg"]).getroot()
    assert any("\\x1b[31m<x>" in (one.text or "") for one in told.iter())
    assert not STEERING.search(files["svg"].read_text(encoding="utf-8"))
    assert b"\\x1b[31m<x>" in files["png"].read_bytes()


def test_a_users_settings_do_not_change_a_figure(tmp_path: Path) -> None:
    def drawn(name: str) -> bytes:
        with styled("en"):
            figure, body = new_figure(2.0)
            body.subplots().plot([0, 1], [0, 1], label="line")
            body.legend()
        return save(figure, tmp_path / name, Provenance(), formats=("svg",))["svg"].read_bytes()

    plain = drawn("plain")
    odd = {"text.usetex": True, "font.size": 30, "figure.autolayout": True, "savefig.bbox": "tight",
           "axes.linewidth": 9, "font.sans-serif": ["Nothing"], "axes.prop_cycle": mpl.cycler(color=["k"]),
           "savefig.transparent": True, "svg.image_inline": False, "lines.marker": "x"}  # fmt: skip
    with mpl.rc_context(odd):
        backend = mpl.get_backend()
        assert drawn("odd") == plain
        assert mpl.rcParams["font.size"] == 30
        assert mpl.get_backend() == backend


def test_levels_and_names_of_a_design_are_drawn_as_they_stand() -> None:
    rows = [
        {"x": level, "y": other, "arm": "a", "metric": "rmst180", "unit": "days", "mean": 1.0, "low": 0.5,
         "high": 1.5, "difference": float("nan"), "difference_low": float("nan"),
         "difference_high": float("nan")}
        for level in HOSTILE[:4]
        for other in ("_u", "v")
    ]  # fmt: skip
    for varied in (["x"], ["x", "y"]):
        frame = pd.DataFrame(rows if len(varied) == 2 else rows[::2])
        shown = texts(design_figure(frame, varied, "rmst180"))
        assert any("$5" in text for text in shown)
        assert not any(STEERING.search(text) for text in shown)
    points = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": ["$x$", "\x1b[0m", "$"], "difference": [1.0, -1.0, 0.0],
                           "worse": [True, False, False]})  # fmt: skip
    shown = texts(boxes_figure(points, [], (MATHS, "_b")))
    assert any(MATHS in text for text in shown)
    assert not any(STEERING.search(text) for text in shown)


def test_no_figure_makes_text_where_formulas_are_on() -> None:
    """All drawing goes through `styled`, where formulas are off; pyplot, which would not, is used nowhere."""
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert "pyplot as" not in path.read_text(encoding="utf-8"), path
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        made = [call.id for call in calls if isinstance(call, ast.Name)]
        if "new_figure" in made:
            assert "styled" in made, path
        assert "Figure" not in made or path.name == "style.py", path


# --- pages ------------------------------------------------------------------------------------------------


@each("text", HOSTILE)
def test_a_page_shows_texts_as_they_stand(text: str) -> None:
    page = Page(text, "en")
    page.add(paragraph(text), items([f"`code` of {quoted(text)}"]), table([text], [[text]]))
    made = page.render()
    shown = html.escape(visible(text))
    assert made.count(shown) >= 5
    assert not STEERING.search(made)
    assert "<script" not in made
    assert "<img" not in made
    assert made.count("<code>") == 1
    made.encode("utf-8")


def test_tables_and_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    drawn = layout([["name", "value"], *[[text, "1"] for text in HOSTILE]])
    assert len(drawn.splitlines()) == len(HOSTILE) + 2
    assert not STEERING.search(drawn)
    file = written(tmp_path, "x_script_", "\x1b]0;owned\x07 \x9b31m <b> \u202e $5\n{0}")
    assert main(["explain", f"scenario={file}"]) == 0
    said = capsys.readouterr().out
    assert not STEERING.search(said)
    assert "\\x1b]0;owned\\x07 \\x9b31m <b> \\u202e $5 {0}" in said


def test_the_page_calls_a_side_by_what_is_written() -> None:
    scenario = Scenario(title=Title(en=HOSTILE[3], zh="_" + "长" * 300))
    assert not STEERING.search(title(scenario, "en"))
    zh = title(scenario, "zh", changed=True)
    assert zh.startswith(" _")
    assert len(zh) < 100


def test_markup_is_escaped_in_one_place() -> None:
    for folder in ("experiments", "analysis", "sim"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "html_page.py":
                assert "html.escape" not in path.read_text(encoding="utf-8"), path


def test_names_of_files_are_short_plain_and_inside_their_folder() -> None:
    from experiments.dashboard.state.saving import file_name
    from experiments.dashboard.state.scenario_pair import View

    for name in ("../../etc/passwd", "CON", "a/b", "长" * 120, ". .", "aux.yaml"):
        scenario = Scenario.model_construct(**{**dict(Scenario()), "name": name})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("experiments.dashboard.state.saving.arms", lambda view, made=scenario: (made, made))
            made = file_name(View(("administration_led", "co_governance")), 0)
        assert re.fullmatch(r"[\w-]{1,60}\.yaml", made), made
        assert len(made.encode()) < 200
        assert made.split(".")[0].upper() not in {"CON", "AUX", "NUL", "PRN"}


# --- spreadsheets -----------------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''=1", "-",
            "=cmd|' /C calc'!A0"]  # fmt: skip
PLAIN = ["-3.5", "+2", "1e-3", "-1E+5", "a=b", "'quoted'", "路灯", "a,b", 'with "quotes"', "−5", ""]


def test_formulas_are_texts_in_a_spreadsheet_and_come_back_as_they_were() -> None:
    for text in FORMULAS:
        assert spreadsheet.neutral(text) == f"'{text}"
    for value in (*PLAIN, -3.5, None, True):
        assert spreadsheet.neutral(value) == value
    frame = pd.DataFrame({"=name": FORMULAS, "number": [-3.5 * n for n in range(len(FORMULAS))]})
    frame["kind"] = pd.Categorical(["=x", "y"] * (len(FORMULAS) // 2))
    text = spreadsheet.to_csv(frame)
    assert "\n-" not in text
    assert text.splitlines()[0].replace('"', "") == "'=name,number,kind"
    assert "-3.5," in text
    back = spreadsheet.read_csv(text)
    assert list(back.columns) == list(frame.columns)
    assert list(back["=name"]) == FORMULAS
    assert list(back["number"]) == list(frame["number"])
    assert list(back["kind"]) == list(frame["kind"])


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    texts = [*FORMULAS, *PLAIN, *HOSTILE, "a\x00b\x1b", "\ud800"]
    frame = pd.DataFrame({"=name": pd.Series(texts, dtype=object)})
    frame["number"] = [-3.5 * n for n in range(len(texts))]
    frame["whole"], frame["beside"] = (
        range(len(texts)),
        [float("nan"), float("inf"), *[1e-9] * (len(texts) - 2)],
    )
    frame["yes"] = [n % 2 == 0 for n in range(len(texts))]
    made = to_xlsx(frame)
    assert made == to_xlsx(frame)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(f"{SHEET}f"))
    # What begins as a formula does is marked as typed text too, for whoever edits the cell.
    marked = {cell.get("r") for cell in sheet.iter(f"{SHEET}c") if cell.get("s") == "2"}
    assert {f"A{n}" for n in range(2, 2 + len(FORMULAS))} <= marked
    assert not {f"A{n + 2}" for n, text in enumerate(texts) if text in PLAIN} & marked
    read = calamine.CalamineWorkbook.from_filelike(io.BytesIO(made))
    (name,) = read.sheet_names
    assert not set("[]:*?/\\'") & set(name)
    head, *rows = read.get_sheet_by_index(0).to_python()
    assert head == list(frame.columns)
    # A sheet has one kind of line end, and no character that XML has not.
    kept = [one.replace("\r\n", "\n").replace("\r", "\n") for one in texts[:-2]]
    assert [str(row[0]).replace("\r\n", "\n").replace("\r", "\n") for row in rows[: len(kept)]] == [
        re.sub("[\x00-\x08\x0b-\x1f]", lambda one: f"\\x{ord(one[0]):02x}", text) for text in kept
    ]
    assert [row[0] for row in rows[-2:]] == ["a\\x00b\\x1b", "\\ud800"]
    assert [row[1] for row in rows] == list(frame["number"])
    assert [row[4] for row in rows] == list(frame["yes"])
    assert rows[0][3] == ""
    assert rows[1][3] == "inf"
    assert to_xlsx(frame.iloc[:0])


def test_every_table_of_results_is_written_so() -> None:
    """Nothing but `safe_text.spreadsheet` writes CSV for people; the reduced file of requests is for us."""
    for folder in ("experiments", "analysis"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name == "spreadsheet.py":
                continue
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"\.to_csv\(", source), path
            assert "csv.writer" not in source or path.name == "request_file.py", path


# --- a whole comparison -----------------------------------------------------------------------------------


def test_a_comparison_of_hostile_titles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(tmp_path, "a", MATHS, "<script>alert(2)</script>")
    other = "<script>document.title='PWNED'</script><img src=x onerror=a()> `t` \x1b[31m\u202e {0} ${HOME} $6"
    second = written(tmp_path, "b", other)
    out = tmp_path / "out \x1b[31m<b>"
    words = [f"scenarios=[{first},{second}]", "replications=2", f"out={out}", "executor=serial"]
    words += ["warmup_days=10", "horizon_days=30", "followup_days=190"]
    assert main(["compare", *words], simulate) == 0
    said = capsys.readouterr()
    assert not STEERING.search(said.out + said.err)
    assert MATHS in said.out
    page = (out / "report.html").read_text(encoding="utf-8")
    assert html.escape(MATHS) in page
    assert html.escape(visible(other)) in page
    assert "<script" not in page
    assert not STEERING.search(page)
    svg = (out / "figures" / "main.svg").read_text(encoding="utf-8")
    ElementTree.parse(io.StringIO(svg))
    # Drawn as paths, each text stands in a comment beside them.
    assert r"\frac{1}{$" in svg
    assert not STEERING.search(svg)
