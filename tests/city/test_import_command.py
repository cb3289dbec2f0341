"""`cogov import`: what it writes, what it leaves out, and one clear line for each broken export."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from experiments import cli
from sim.request_file.loading import load_stream
from sim.request_file.mapping import load_mapping
from tests.city.layouts import LAYOUTS, text

HEADER = "id,opened,closed,category,place,unit,channel\n"


def day(n: int) -> str:
    return f"{n % 28 + 1:02d}"


ROWS = "".join(
    f"{n},2024-03-{day(n)} 09:{n % 60:02d},2024-03-{day(n)} 19:00,Lamp {n % 5},P,U,phone\n" for n in range(60)
)


def imported(tmp_path: Path, content: str | bytes, *words: str, name: str = "export.csv") -> Path:
    file, out = tmp_path / name, tmp_path / "out"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert cli.main(["import", str(file), f"out={out}", *words]) == 0
    return out


@pytest.mark.parametrize("name", ["guide", "cologne", "shanghai_codes"])
def test_the_mapping_reads_the_file_and_the_account_adds_up(tmp_path: Path, name: str, capsys) -> None:
    layout = LAYOUTS[name]
    content = text(layout, rows=150)
    out = imported(tmp_path, content, "residents=20000")
    said = capsys.readouterr().out
    stream = load_stream(tmp_path / "export.csv", out / "mapping.yaml")
    with (out / "account.csv").open(encoding="utf-8") as lines:
        header, *rows = csv.reader(lines)
    used = dict(rows)["used"]
    assert said.splitlines()[-1].startswith(f"Answer: {used} of 150 rows can be used (")
    assert header == ["reason", "rows"]
    assert {reason: int(rows) for reason, rows in rows} == dict(stream.counts)
    assert sum(int(rows) for _, rows in rows) == 150
    rules = load_mapping(out / "mapping.yaml")
    assert rules.residents == 20000
    roles = {role: names[0] for role, names in rules.columns.named().items() if "." not in role}
    assert roles == {role: heading for role, heading in layout.roles.items() if role != "status"}
    # Nothing about a person is anywhere, and what is left out is named by its heading.
    places = {heading: number for number, heading in enumerate(layout.header)}
    records = list(csv.reader(io.StringIO(content)))[1:]
    written = said + "".join(
        path.read_text(encoding="utf-8") for path in (out / "mapping.yaml", out / "report.html")
    )
    for heading in layout.personal:
        assert heading in written
        cells = {record[places[heading]] for record in records} - {""}
        assert not [
            cell
            for cell in cells
            if cell in written and len(cell) > 2 and heading not in ("Straße", "联系人")
        ]


def test_residents_are_marked_as_a_guess(tmp_path: Path, capsys) -> None:
    out = imported(tmp_path, HEADER + ROWS)
    written = (out / "mapping.yaml").read_text(encoding="utf-8")
    assert "GUESSED: correct it" in written
    assert "guessed by cogov import" in load_mapping(out / "mapping.yaml").residents_source
    assert "is a guess: correct it in mapping.yaml" in capsys.readouterr().out


def test_the_staff_s_own_logging_is_proposed_and_not_applied(tmp_path: Path) -> None:
    more = "".join(
        f"{n},2024-03-{day(n)} 09:00:00,2024-03-{day(n)} 09:00:10,Lamp 1,P,U,网格员上报\n"
        for n in range(100, 140)
    )
    out = imported(tmp_path, HEADER + ROWS + more, "language=zh")
    written = (out / "mapping.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(written).get("exclude") is None
    assert "100行中的40行（40.0%）；其办结中100%在一分钟之内，其余来源为0%" in written
    active = "\n".join(
        line.removeprefix("# ") if line.startswith(("# exclude:", "#   - {column")) else line
        for line in written.split("\n")
    )
    (out / "active.yaml").write_text(active, encoding="utf-8")
    stream = load_stream(tmp_path / "export.csv", out / "active.yaml")
    assert stream.counts == {"used": 60, "excluded: 工作人员自行登记": 40}


def test_a_report_tells_what_is_odd_in_both_languages(tmp_path: Path) -> None:
    draw = "".join(
        f"{n},2024-0{n // 250 + 1}-{day(n)} 09:{n % 60:02d},2024-06-30 23:17,Lamp {n % 3},P,U,phone\n"
        for n in range(1000)
    )
    page = (imported(tmp_path, HEADER + draw + ROWS) / "report.html").read_text(encoding="utf-8")
    for told in ("unusable: duplicate id", "Batches", "2024-06-30 23:17"):
        assert told in page
    page = (imported(tmp_path, HEADER + draw, "language=zh") / "report.html").read_text(encoding="utf-8")
    for told in ("批量办结", "办法变更", "2024-06-30 23:17", "每一行的去向"):
        assert told in page


def test_an_export_in_a_code_page_is_read_once_that_is_said(tmp_path: Path, capsys) -> None:
    content = text(LAYOUTS["cologne"], rows=60, delimiter=";").encode("cp1252")
    (tmp_path / "koeln.csv").write_bytes(content)
    assert cli.main(["import", str(tmp_path / "koeln.csv"), f"out={tmp_path / 'out'}"]) == 2
    assert "state encoding=, such as cp1252" in capsys.readouterr().err
    out = imported(tmp_path, content, "encoding=cp1252")
    assert "Straßenbeleuchtung" in load_stream(tmp_path / "export.csv", out / "mapping.yaml").categories


def test_offsets_from_the_world_s_time_name_a_zone(tmp_path: Path) -> None:
    rows = "".join(
        f"2024-{m:02d}-{day(n)}T09:00:00+0{3 if 3 < m < 11 else 2}:00,Lamp {n % 5}\n"
        for m in range(1, 13)
        for n in range(9)
    )
    out = imported(tmp_path, "requested_datetime,service_name\n" + rows)
    assert load_mapping(out / "mapping.yaml").time_zone == "Europe/Helsinki"
    stream = load_stream(tmp_path / "export.csv", out / "mapping.yaml")
    assert set((stream.arisen_at % 1.0 * 24).round(3)) == {9.0}


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def lines(header: str, line: Callable[[int], str], count: int = 60) -> str:
    return header + "\n" + "".join(line(n) + "\n" for n in range(count))


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "the file is empty"),
    "a header alone": (HEADER, "there is a header, but no row"),
    "a web page": ("<!doctype html><html></html>", "this is a web page"),
    "a gzip file cut off": (gzip.compress((HEADER + ROWS).encode())[:-40], "the gzip file is truncated"),
    "two files in one zip": (zipped(a=HEADER + ROWS, b=HEADER + ROWS), "the zip file holds 2 files"),
    "no header": (ROWS, "no header line found"),
    "no times": (lines("id,category", lambda n: f"{n},Lamp {n % 5}"), "opened=HEADING"),
    "no category": (lines("id,opened", lambda n: f"{n},2024-03-{day(n)} 09:00"), "category=HEADING"),
    "times nobody reads": (
        HEADER + ROWS.replace("2024-03-", "the day "),
        "no time of opening in export.csv fits",
    ),
    "day and month undecided": (
        lines("opened,category", lambda n: f"0{n % 9 + 1}/0{n % 8 + 1}/2024 09:00,Lamp {n % 5}"),
        "no row tells them apart",
    ),
    "times of the world": (
        lines("opened,category", lambda n: f"2024-03-{day(n)}T09:00:00Z,Lamp {n % 5}"),
        "must be the city's zone",
    ),
    "more cells than columns": (
        lines("id,opened,category", lambda n: f"{n},2024-03-01 09:00,a,b"),
        "no row as long",
    ),
    "two columns of one name": (
        lines("opened,opened,category", lambda n: f"2024-03-{day(n)},2024-03-{day(n)},Lamp {n % 5}"),
        "two columns of the request file have this name",
    ),
    "JSON cut off": ('[{"requested_datetime":"2024-01-01","service_name":"x"},{"ser', "damaged or cut off"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_export_gets_one_clear_answer(tmp_path: Path, name: str, capsys) -> None:
    content, told = BROKEN[name]
    file = tmp_path / "export.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert cli.main(["import", str(file), f"out={tmp_path / 'out'}"]) == 2
    line = capsys.readouterr().err
    assert told in line
    assert line.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_wrong_words_are_answered(tmp_path: Path, capsys) -> None:
    file = tmp_path / "export.csv"
    file.write_text(HEADER + ROWS, encoding="utf-8")
    for words, told in (
        ([], "FILE is missing: must be one file of requests"),
        ([str(file), "residnts=5"], "did you mean residents?"),
        ([str(file), "residents=0"], "a whole number from 1"),
        ([str(file), "keep=[nobody]"], "keep = 'nobody' is not allowed: must be the heading of a column"),
        ([str(file), "time_zone=Mars/Olympus"], "a zone has a name such as"),
        ([str(file), "language=fi"], "one of en, zh"),
    ):
        assert cli.main(["import", *words, f"out={tmp_path / 'out'}"]) == 2
        assert told in capsys.readouterr().err
