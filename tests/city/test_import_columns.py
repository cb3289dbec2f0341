"""Columns of twenty-two layouts and the real file: guessed by heading and content; persons are left out."""

import csv
import gzip
import io
import os
import time
from itertools import islice, pairwise
from pathlib import Path

import pytest

from analysis.request_files.column_content import profile, profiles, spread_rows
from analysis.request_files.column_roles import guess_roles
from analysis.request_files.headings import ROLES, heading_score, plain
from analysis.request_files.personal import by_content, by_heading, holds_person
from sim.errors import InputError
from tests.city.american_layouts import AMERICAN_LAYOUTS
from tests.city.further_layouts import FURTHER_LAYOUTS
from tests.city.layouts import LAYOUTS, text

ALL_LAYOUTS = LAYOUTS | AMERICAN_LAYOUTS | FURTHER_LAYOUTS


def guessed(content: str, **how):
    header, *rows = csv.reader(io.StringIO(content))
    return guess_roles(profiles(header, rows), **how)


@pytest.mark.parametrize("name", ALL_LAYOUTS)
def test_columns_are_guessed_right(name: str) -> None:
    layout = ALL_LAYOUTS[name]
    roles = guessed(text(layout, rows=250))
    assert {role: one.heading for role, one in roles.choices.items()} == layout.roles
    assert {role: one.clock for role, one in roles.choices.items() if one.clock} == layout.clocks
    assert set(layout.personal) <= set(roles.personal)
    assert not set(roles.personal) & set(layout.roles.values())


def test_columns_of_boston_are_guessed_right() -> None:
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("COGOV_SHARED", root.parent / "shared"))
    path = shared / "data" / "boston_311_2011" / "requests.csv.gz"
    if not path.is_file():
        pytest.skip(f"the Boston file is not at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        header, *rows = islice(csv.reader(lines), 0, None, 40)
    found = {role: one.heading for role, one in guess_roles(profiles(header, rows)).choices.items()}
    renamed = {"unit": "agency", "place": "district", "latitude": "lat", "longitude": "lon"}
    named = ("opened", "closed", "due", "category", "group", "team", "channel", "id", "status")
    assert found == renamed | {name: name for name in named}


def test_what_the_user_names_stands_and_a_wrong_name_is_told() -> None:
    content = text(LAYOUTS["san_francisco"], rows=120)
    roles = guessed(content, stated={"category": "request type", "closed": "Updated"})
    assert roles.choices["category"].heading == "Request Type"
    assert roles.choices["closed"].heading == "Updated"
    assert roles.choices["closed"].stated
    with pytest.raises(InputError, match=r"closed = 'Fixed' is not allowed: must be the heading of a column"):
        guessed(content, stated={"closed": "Fixed"})


def test_a_personal_column_plays_a_role_only_if_kept() -> None:
    rows = "".join(
        f"2024-01-{n % 28 + 1:02d} 09:00,Lamp {n % 9},{n % 40 + 1} Oak Street\n" for n in range(200)
    )
    content = "opened,category,Location\n" + rows
    assert "place" not in guessed(content).choices
    assert guessed(content).personal == {"Location": "address"}
    assert guessed(content, keep=["Location"]).choices["place"].heading == "Location"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("telephone", [f"13{n % 10}0000{n:04d}" for n in range(40)]),
        ("telephone", [f"(617) 555-{n:04d}" for n in range(40)]),
        ("telephone", [f"0221 / 55{n:04d}" for n in range(40)]),
        ("telephone", [f"138****{n:04d}" for n in range(40)]),
        ("e-mail", [f"x{n}@post.example" for n in range(40)]),
        ("identity number", [f"11010119900307{n:04d}" for n in range(40)]),
        ("name", [f"{'王李张刘'[n % 4]}{'伟芳娜敏静丽强磊军洋'[n % 10]}" for n in range(40)]),
        ("name", [f"{'王李张刘'[n % 4]}先生" for n in range(40)]),
        ("name", [f"{chr(65 + n % 26)}nna {chr(65 + n // 2 % 26)}eber" for n in range(40)]),
        ("address", [f"幸福路{n}号" for n in range(40)]),
        ("address", [f"{n} N Oak Ave" for n in range(40)]),
        ("address", [f"Bergstraße {n}" for n in range(40)]),
        (
            "free text",
            [f"The lamp in front of my house number {n} has been broken for weeks" for n in range(40)],
        ),
        ("free text", [f"路口的灯不亮已经有好几天了，编号为{n}，请尽快派人来处理" for n in range(40)]),
        ("", [f"Lamp {n % 7}" for n in range(40)]),
        ("", ["路灯不亮", "违章搭建", "政策咨询", "井盖松动"] * 10),
        ("", ["North End", "West Park", "Hill Side"] * 14),
        ("", ["供电公司", "综合执法队", "水务局"] * 14),
    ],
)
def test_persons_are_told_from_labels(kind: str, cells: list[str]) -> None:
    assert by_content(cells) == kind
    assert profile(0, "F1", cells).personal == kind


def test_an_id_of_eleven_figures_is_no_telephone() -> None:
    assert profile(0, "case", [str(13800000000 + n) for n in range(300)]).personal == ""


def test_a_label_that_gives_a_person_away_is_known() -> None:
    assert holds_person("call 13800000001")
    assert holds_person("anna@post.example")
    assert not holds_person("12345热线")
    assert not holds_person("Zone 2024-03")


def test_rows_are_spread_over_a_file_of_any_length() -> None:
    for count in (0, 5, 100, 1234):
        rows, total = spread_rows(([str(n)] for n in range(count)), 50)
        assert total == count
        assert len(rows) <= 100
        numbers = [int(row[0]) for row in rows]
        assert len({b - a for a, b in pairwise(numbers)}) <= 1
        assert not count or count - numbers[-1] <= max(1, count // 25)


@pytest.mark.parametrize(
    ("role", "headings"),
    [
        (
            "opened",
            "open_dt, ADDDATE, date_requested, SR CREATE DATE, 工单创建时间, Datum Eingang, Luontipäivä",
        ),
        (
            "closed",
            "RESOLUTIONDATE, Case Close Date, DATE CLOSED, 工单办结时间, Datum Abschluss, Sulkemispäivä",
        ),
        ("due", "sla_target_dt, SERVICEDUEDATE, DueDate, 要求办结时间, Zieltermin, Eräpäivä"),
        ("category", "SRType, issue_type, service_name, 诉求三级分类, Unterkategorie, Palautteen aihe"),
        ("group", "reason, 诉求一级分类, Themenbereich, Aiheryhmä"),
        (
            "unit",
            "agency_responsible, OWNER_DEPARTMENT, Responsible unit, 主办单位名称, Zuständiges Amt, "
            "Vastuutaho",
        ),
        ("team", "WORK GROUP, queue, 责任网格, Kolonne, Työryhmä"),
        ("channel", "MethodReceived, case_origin, RequestSource, 诉求渠道, Meldeweg, Tulotapa"),
        ("place", "NEIGHBORHOOD, ward_name, 所属街道, Ortsteil, Suurpiiri"),
        ("id", "SRNumber, ServiceRequestNum, case_enquiry_id, 工单号, Aktenzeichen, Palaute-ID"),
        ("status", "SRStatus, SERVICEORDERSTATUS, 当前状态, Bearbeitungsstatus, Käsittelytila"),
    ],
)
def test_headings_of_further_exports_name_their_role_before_any_other(role: str, headings: str) -> None:
    for heading in headings.split(", "):
        scores = {other: heading_score(other, heading) for other in ROLES}
        assert max(scores, key=lambda one: scores[one]) == role, (heading, scores)
        assert by_heading(heading) == ""


@pytest.mark.parametrize(
    ("kinds", "headings"),
    [
        (
            {"", "address"},
            "ETA, Nom du quartier, Nom de la rue ou place, Nombre del barrio, Nombre del servicio, "
            "Nome do bairro, Nome do órgão, Nome del quartiere, Naam van de wijk",
        ),
        (
            {"name", "person"},
            "Nom du demandeur, Prénom, Nom et prénom, Nombre del solicitante, Nombre y apellido, "
            "Nome do requerente, Nome del segnalante, Naam van de melder, Età, Età del segnalante",
        ),
    ],
)
def test_persons_are_told_from_places_and_times(kinds: set[str], headings: str) -> None:
    for heading in headings.split(", "):
        assert by_heading(heading) in kinds, heading


def test_no_heading_takes_long_to_be_taken_apart() -> None:
    assert plain("createddate") == "created date"
    assert plain("requesteddatetime") in {"requested datetime", "requested date time"}
    # Each "datetime" may be one word or two, and what it begins with is none: a million ways to fail.
    word = "q" + "datetime" * 20
    begun = time.process_time()
    assert plain(word) == word
    assert time.process_time() - begun < 1.0
