"""A request file through the program: the same rows in every regime, accounted for, nothing half done."""

import csv
import gzip
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.cli import main
from sim import load_scenario, simulate
from sim.demand.surges import FIRST_ORDINAL
from sim.errors import InputError
from sim.initial_state import build
from sim.request_file.loading import load_stream

REGIMES = ("administration_led", "co_governance", "co_governance_equal_acceptance")
EXOGENOUS = [
    "case_id",
    "incident_id",
    "community",
    "requester_id",
    "category",
    "organisations_needed",
    "level_needed",
    "priority",
    "work_hours",
    "arisen_at",
    "reported_at",
    "channel",
]
ENDINGS = {"open", "solved", "paper_closed", "shelved", "withdrawn", "silent"}
CHINESE_MAPPING = """\
residents: 3000
columns: {id: 编号, opened: 受理时间, category: 类别, unit: 单位, place: 社区, channel: 来源}
channels: {12345热线: phone, 微信小程序: app}
exclude:
  - {column: channel, values: [网格员上报], reason: 并非居民诉求}
needs:
  - {category: 路灯*, organisations: 2, level: 1, work_hours: 3}
  - {category: 树木, organisations: 1, level: 1, work_hours: 4}
  - {category: 违建, organisations: 3, level: 2, work_hours: 14}
"""
HEADER = ("编号", "受理时间", "类别", "单位", "社区", "来源", "联系人")
#: Rows of the made file that can be used, and why the others cannot.
USABLE = 60
UNUSABLE = {
    "unusable: missing time": 1,
    "unusable: unparsable time": 1,
    "unusable: missing category": 1,
    "unusable: duplicate id": 1,
    "excluded: 并非居民诉求": 2,
}


def made_rows() -> list[tuple[str, ...]]:
    kinds = ("路灯不亮", "邻里噪音", "违建", "树木")
    rows = [
        (
            f"{n}",
            f"2023-07-{3 + n // 3:02d} {8 + n % 9:02d}:{n % 60:02d}:00",
            kinds[n % 4],
            ("供电公司", "执法局", "")[n % 3],
            ("松涛社区", "海城社区", "")[n % 3],
            ("12345热线", "微信小程序", "来访")[n % 3],
            "王秀英",
        )
        for n in range(USABLE)
    ]
    return [
        *rows,
        ("a", "", "路灯不亮", "", "松涛社区", "来访", ""),
        ("b", "昨天", "路灯不亮", "", "松涛社区", "来访", ""),
        ("c", "2023-07-05 09:00:00", "", "", "松涛社区", "来访", ""),
        ("7", "2023-07-05 09:00:00", "树木", "", "松涛社区", "来访", ""),
        ("d", "2023-07-05 09:00:00", "树木", "", "松涛社区", "网格员上报", ""),
        ("e", "2023-07-05 09:00:00", "树木", "", "松涛社区", "网格员上报", ""),
    ]


@pytest.fixture(params=["热线.csv", "热线 导出.csv.gz"])
def made(request, tmp_path: Path) -> Path:
    """A hotline's export of 66 rows with gaps, in Chinese, packed or not."""
    path = tmp_path / request.param
    text = "\n".join(",".join(row) for row in [HEADER, *made_rows()]) + "\n"
    data = text.encode("gb18030")
    path.write_bytes(gzip.compress(data) if path.name.endswith(".gz") else data)
    (tmp_path / f"{path.name.split('.')[0]}.yaml").write_text(CHINESE_MAPPING, encoding="utf-8")
    return path


def ledgers(path: Path, *more: str) -> dict[str, pd.DataFrame]:
    return {name: simulate(load_scenario(name, [f"demand.stream={path}", *more])).cases for name in REGIMES}


def check_same_rows_in_every_regime(cases: dict[str, pd.DataFrame], rows: int) -> None:
    first = cases[REGIMES[0]]
    for ledger in cases.values():
        assert len(ledger) == rows
        pd.testing.assert_frame_equal(ledger[EXOGENOUS], first[EXOGENOUS])
        assert (ledger["reported_at"] == ledger["arisen_at"]).all()
        assert set(ledger["origin"]) == {"stream"}
        # Conservation: every need ends in exactly one of the states, and only the solved have a solver.
        counts = ledger["status"].value_counts()
        assert set(counts[counts > 0].index) <= ENDINGS - {"silent"}
        assert counts.sum() == rows
        solved = ledger["solved_at"].notna()
        assert (solved == (ledger["status"] == "solved")).all()
        assert (solved == ledger["solved_by"].notna()).all()
        assert (ledger["solved_at"][solved] >= ledger["arisen_at"][solved]).all()


# --- the real file ---------------------------------------------------------------------------------


def test_boston_enters_whole_in_every_regime(boston_file: Path) -> None:
    cases = ledgers(boston_file)
    check_same_rows_in_every_regime(cases, 40206)
    first = cases[REGIMES[0]]
    assert first["channel"].value_counts().to_dict() == {
        **dict.fromkeys(first["channel"].cat.categories, 0),
        "phone": 28136,
        "web": 8160,
        "app": 3907,
        "twitter": 3,
    }
    with gzip.open(boston_file, "rt", encoding="utf-8", newline="") as text:
        kinds = pd.Series(
            [
                " ".join(row["category"].split())
                for row in csv.DictReader(text)
                if row["channel"] not in ("Employee Generated", "Maximo Integration")
            ]
        )
    assert first["category"].astype(str).value_counts().to_dict() == kinds.value_counts().to_dict()
    assert first["community"].nunique() == 18
    # The regimes do something about them, and not the same.
    assert not cases[REGIMES[0]]["solved_at"].equals(cases[REGIMES[1]]["solved_at"])


def test_the_window_of_boston_follows_from_the_file(boston_file: Path) -> None:
    scenario = load_scenario("co_governance", [f"demand.stream={boston_file}"])
    assert (scenario.warmup_days, scenario.horizon_days, scenario.followup_days) == (0, 188, 180)
    assert scenario.calendar.start_date == "2011-06-27"
    assert load_stream(boston_file, "boston_311").arisen_at[-1] > 187


def test_compare_tells_where_every_row_went(boston_file: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "结果"
    assert main(["compare", f"demand.stream={boston_file}", "replications=1", f"out={out}"]) == 0
    printed = capsys.readouterr().out
    assert "40,206  used" in printed
    assert "17,925  excluded: logged by city employees" in printed
    assert "warm-up 0, counted 188, follow-up 180 days" in printed
    assert "617,594 residents shared out in proportion to requests (assumed" in printed
    account = pd.read_csv(out / "stream_account.csv")
    assert account["rows"].sum() == 58251
    assert account.set_index("reason").at["used", "rows"] == 40206
    facts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    stream = load_stream(boston_file, "boston_311")
    assert facts["stream"]["sha256_of_content_and_mapping"] == stream.digest
    assert facts["stream"]["account"] == dict(stream.counts)
    places = pd.read_csv(out / "communities.csv")
    assert list(places["name"]) == list(stream.places)
    assert places["residents"].sum() == 617594
    assert places["requests"].sum() == 40206
    cases = pd.read_parquet(out / "cases.parquet", columns=["scenario", "community"])
    assert cases["scenario"].value_counts().to_dict() == dict.fromkeys(REGIMES[:2], 40206)
    per_place = cases[cases["scenario"] == REGIMES[0]]["community"].value_counts().sort_index()
    assert list(per_place) == list(places["requests"])


# --- made files ------------------------------------------------------------------------------------


def test_a_made_export_enters_whole_in_every_regime(made: Path) -> None:
    cases = ledgers(made)
    check_same_rows_in_every_regime(cases, USABLE)
    first = cases[REGIMES[0]]
    # By hand from the rows: row n is opened on day n // 3 after Monday 3 July, at 8 + n % 9 o'clock.
    expected = sorted(n // 3 + (8 + n % 9) / 24 + (n % 60) / 1440 for n in range(USABLE))
    np.testing.assert_allclose(first["arisen_at"], expected, atol=1e-9)
    assert first["category"].value_counts().to_dict() == dict.fromkeys(
        ["路灯不亮", "邻里噪音", "违建", "树木"], USABLE // 4
    )
    assert set(first["channel"]) == {"phone", "app", "来访"}


def test_a_surge_comes_on_top_of_the_file_and_is_like_its_days(boston_file: Path) -> None:
    words = [f"demand.stream={boston_file}"]
    surge = "shocks.surges=[{start_day: 30, days: 10, factor: 2.5}]"
    plain = build(load_scenario("co_governance", words), 1, 0).state.need
    stream = load_stream(boston_file, "boston_311")
    counts = []
    for seed in range(10):
        more = build(load_scenario("co_governance", [*words, surge]), seed + 1, 0).state.need
        added = more["ordinal"] >= FIRST_ORDINAL
        counts.append(int(added.sum()))
        if seed > 0:
            continue
        own = more[~added]
        for name in set(plain.dtype.names or ()) - {"pair_start", "leg_start", "incident"}:
            assert own[name].tobytes() == plain[name].tobytes(), name
        assert np.all(np.diff(more["arisen_at"]) >= 0.0)
        keys = list(zip(more["owner_key"].tolist(), more["ordinal"].tolist(), strict=True))
        assert len(set(keys)) == len(keys)
        for day in range(30, 40):
            theirs = more[added & (np.floor(more["arisen_at"]) == day)]
            files = plain[np.floor(plain["arisen_at"]) == day]
            for name in ("arisen_at", "category", "community", "channel"):
                assert set(theirs[name].tolist()) <= set(files[name].tolist()), name
        assert ((more["arisen_at"][added] >= 30.0) & (more["arisen_at"][added] < 40.0)).all()
    days = np.floor(stream.arisen_at)
    expected = 1.5 * int(((days >= 30) & (days < 40)).sum())
    assert np.mean(counts) == pytest.approx(expected, abs=4.0 * np.sqrt(expected / len(counts)))
    z = (np.array(counts) - expected) / np.sqrt(expected)
    assert 0.0005 < stats.chi2.cdf((z**2).sum(), len(z)) < 0.9995


def test_a_surge_of_no_more_than_usual_changes_no_bit(made: Path) -> None:
    words = [f"demand.stream={made}"]
    same = "shocks.surges=[{start_day: 2, days: 5, factor: 1}, {start_day: 3, days: 0, factor: 4}]"
    beyond = "shocks.surges=[{start_day: 100, days: 30, factor: 4}]"
    plain = build(load_scenario("co_governance", words), 1, 0).state.need
    for surge in (same, beyond):
        assert (
            build(load_scenario("co_governance", [*words, surge]), 1, 0).state.need.tobytes()
            == plain.tobytes()
        )


def test_the_account_of_a_made_export(made: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    assert main(["run", f"demand.stream={made}", f"out={out}"]) == 0
    printed = capsys.readouterr().out
    assert f"{USABLE + sum(UNUSABLE.values())}  rows in {made.name}" in printed
    account = pd.read_csv(out / "stream_account.csv").set_index("reason")["rows"].to_dict()
    assert account == {"used": USABLE, **UNUSABLE}
    places = pd.read_csv(out / "communities.csv")
    assert sorted(places["name"]) == sorted(["(unknown place)", "松涛社区", "海城社区"])
    assert (places["residents"] == 1000).all()
    names = pd.read_parquet(out / "units.parquet")["name"]
    assert {"供电公司", "执法局"} <= set(names)
    # What personal data the file holds stays in the file.
    for file in out.rglob("*"):
        assert not file.is_file() or "王秀英".encode() not in file.read_bytes()


def test_the_account_of_an_earlier_file_does_not_stay(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["run", f"demand.stream={made}", f"out={out}"]) == 0
    few = ["community.residents=300", "warmup_days=0", "horizon_days=30", "followup_days=0"]
    assert main(["run", *few, f"out={out}"]) == 0
    assert not (out / "stream_account.csv").exists()
    assert not (out / "communities.csv").exists()
    assert "stream" not in json.loads((out / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("overrides", "window"),
    [
        ([], (0, 20, 180)),
        (["followup_days=30"], (0, 20, 30)),
        (["warmup_days=7"], (7, 13, 180)),
        (["horizon_days=300"], (0, 300, 180)),
        (["warmup_days=1", "horizon_days=2", "followup_days=17"], (1, 2, 17)),
    ],
)
def test_what_is_set_of_the_window_wins(made: Path, overrides: list[str], window: tuple[int, ...]) -> None:
    scenario = load_scenario("administration_led", [f"demand.stream={made}", *overrides])
    assert (scenario.warmup_days, scenario.horizon_days, scenario.followup_days) == window
    assert scenario.calendar.start_date == "2023-07-03"


def test_what_a_scenario_file_sets_of_the_window_wins(made: Path, tmp_path: Path) -> None:
    plain = tmp_path / "mine.yaml"
    plain.write_text(f"horizon_days: 40\ndemand: {{stream: '{made.name}'}}\n", encoding="utf-8")
    based = tmp_path / "based.yaml"
    based.write_text("based_on: mine.yaml\nfollowup_days: 9\n", encoding="utf-8")
    for file, followup in ((plain, 180), (based, 9)):
        scenario = load_scenario(file)
        assert (scenario.warmup_days, scenario.horizon_days, scenario.followup_days) == (0, 40, followup)


def test_a_run_that_ends_before_the_file_names_the_days_it_needs(made: Path, capsys) -> None:
    short = ["warmup_days=0", "horizon_days=12", "followup_days=0"]
    assert main(["compare", f"demand.stream={made}", *short]) == 2
    message = one_line(capsys)
    assert "at least 20 days" in message
    # Days 12 to 19 hold three requests each.
    assert "24 requests would be left out" in message
    scenario = load_scenario("administration_led", [f"demand.stream={made}"])
    too_short = scenario.model_copy(update={"horizon_days": 12, "followup_days": 0})
    with pytest.raises(InputError, match="at least 20 days"):
        simulate(too_short)


def test_one_skilled_organisation_does_the_hours_of_the_mapping(made: Path) -> None:
    records = simulate(load_scenario("administration_led", [f"demand.stream={made}", "demand.work_cv=0"]))
    cases = records.cases
    trees = cases[(cases["category"] == "树木") & (cases["status"] == "solved")]
    assert len(trees) > 5
    assert (trees["solved_by"] == "unit").all()
    np.testing.assert_allclose(trees["unit_hours"], 4.0)


def test_a_file_is_read_once_and_again_when_it_changes(made: Path) -> None:
    from sim.request_file.loading import cached_stream

    first = cached_stream(made)
    assert cached_stream(made) is first
    mapping = made.with_name(f"{made.name.split('.')[0]}.yaml")
    mapping.write_text(CHINESE_MAPPING.replace("residents: 3000", "residents: 60000"), encoding="utf-8")
    assert cached_stream(made).residents == 60000


def test_more_people_than_one_place_can_hold(made: Path, capsys) -> None:
    mapping = made.with_name(f"{made.name.split('.')[0]}.yaml")
    mapping.write_text(CHINESE_MAPPING.replace("3000", "1800000"), encoding="utf-8")
    assert main(["run", f"demand.stream={made}"]) == 2
    message = one_line(capsys)
    assert "residents" in message
    assert mapping.name in message


# --- bad input -------------------------------------------------------------------------------------


def one_line(capsys) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 1, captured.err
    assert lines[0].startswith("cogov: ")
    return lines[0]


def refused(capsys, folder: Path, *words: str) -> str:
    """One line and status 2, and nothing in the folder of results."""

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("simulated in spite of bad input")

    out = folder / "out"
    for command in ("run", "compare"):
        assert main([command, *words, f"out={out}"], never) == 2
        message = one_line(capsys)
        assert not out.exists()
    return message


def test_bad_files_are_refused_before_anything_is_simulated(write, tmp_path: Path, capsys) -> None:
    row = ("1", "2024-05-01 08:00:00", "light", "phone", "north")
    whole = write([row] * 1, name="good.csv.gz").read_bytes()
    assert "no such file" in refused(capsys, tmp_path, f"demand.stream={tmp_path}/none.csv")
    empty = write(b"", name="empty.csv")
    assert "empty.csv" in refused(capsys, tmp_path, f"demand.stream={empty}")
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    (tmp_path / "cut.yaml").write_bytes((tmp_path / "good.yaml").read_bytes())
    assert "cut.csv.gz" in refused(capsys, tmp_path, f"demand.stream={cut}")
    headless = write("id,opened,channel,place\n1,2024-05-01 08:00:00,phone,north\n", name="headless.csv")
    message = refused(capsys, tmp_path, f"demand.stream={headless}")
    assert "columns.category" in message
    assert "id, opened, channel, place" in message


def test_bad_mappings_are_refused_before_anything_is_simulated(write, tmp_path: Path, capsys) -> None:
    rows = [("1", "2024-05-01 08:00:00", "light", "phone", "north")]
    strange = write(rows, mapping=None, name="strange.csv")
    assert "demand.mapping" in refused(capsys, tmp_path, f"demand.stream={strange}")
    words = (f"demand.stream={strange}", "demand.mapping=bostn_311")
    assert "did you mean boston_311" in refused(capsys, tmp_path, *words)
    wrong = write(rows, "residents: many\ncolumns: {opened: opened, category: category}\n", "wrong.csv")
    message = refused(capsys, tmp_path, f"demand.stream={wrong}")
    assert "residents" in message
    assert "wrong.yaml" in message


@pytest.mark.parametrize("name", ["数据(1).csv", "my requests, May.csv", "it's.csv", "a=b [2].csv"])
def test_paths_need_no_quotes(write, tmp_path: Path, name: str) -> None:
    path = write([("1", "2024-05-01 08:00:00", "light", "phone", "north")], name=name)
    out = tmp_path / "out"
    assert main(["run", f"demand.stream={path}", f"out={out}"]) == 0
    assert len(pd.read_parquet(out / "cases.parquet")) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(write, tmp_path: Path, capsys) -> None:
    path = write([("1", "2024-05-01 08:00:00", "light", "phone", "north")])
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert main(["run", f"demand.stream={path}", f"out={locked}/out"]) == 2
    assert "out" in capsys.readouterr().err


def test_results_cannot_go_where_a_file_is(write, tmp_path: Path, capsys) -> None:
    path = write([("1", "2024-05-01 08:00:00", "light", "phone", "north")])
    before = path.read_bytes()
    assert main(["run", f"demand.stream={path}", f"out={path}"]) == 2
    message = capsys.readouterr().err.splitlines()
    assert len(message) == 1
    assert "folder that can be written" in message[0]
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".partial-*"))
