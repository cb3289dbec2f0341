"""Staff by the hour: shifts of a file, in the verification queue and for the teams of communities."""

from pathlib import Path

import numpy as np
import pytest

from sim import InputError, Scenario, load_scenario, simulate
from sim.input_files.roster_file import is_fixed_form, shifts
from sim.world.rosters import of_team, staffed
from tests.each import each
from tests.guarantees.runs import STAFF_ALONE, TINY, assert_same_bits, run, scenario
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.by_the_hour import experiments, systems

_FOLDER = Path(__file__).parent / "rosters"
#: What the calendar says by default, as a file; and shifts that differ, one of which passes midnight.
OFFICE_HOURS, SHIFTS = (f"roster.file={_FOLDER / name}" for name in ("office_hours.csv", "shifts.csv"))

NEUTRAL = {
    "a file that says what the calendar says": Neutral((OFFICE_HOURS,), ()),
    "the same, with cases closed on paper and embedded cadres": Neutral(
        (OFFICE_HOURS,), (), ("closing.enabled=true", "staff.embedded=4", "patrol.hours_per_week=4")
    ),
    "work finished after shifts that no file has": Neutral(("roster.at_shift_end=finish",), ()),
}
AT_WORK = {
    "shifts of a file": (SHIFTS, "roster.file=null"),
    "work finished after the shift": ("roster.at_shift_end=finish", "roster.at_shift_end=pause", SHIFTS),
}
COVERING = {
    "shifts of a file": (
        "co_governance",
        (*TINY, SHIFTS, "closing.enabled=true", "staff.embedded=300", "staff.take_over_per_hour=1"),
        1,
    ),
    "shifts of a file round the clock, finishing": (
        "administration_led",
        (
            *TINY,
            SHIFTS,
            "roster.at_shift_end=finish",
            "calendar.round_the_clock=true",
            "closing.enabled=true",
        ),
        1,
    ),
}
LIMITS = experiments()
BREAKS = [
    Break(
        "the end of a shift is not noticed",
        "mechanisms/staff/roster.py",
        'row >= s.server[server]["shift_first"] and t < s.shift[row]["end"]',
        'row >= s.server[server]["shift_first"]',
        "roster: two by day",
    ),
    Break(
        "nobody looks at what waits when a shift of the file begins",
        "mechanisms/field_service/shifts.py",
        '        if s.shift[row]["opens"] and 0.0 <= begin < days:',
        '        if s.shift[row]["opens"] and days <= begin < days:',
        "roster: two until noon",
    ),
    Break(
        "work put aside is done as if nobody had gone",
        "mechanisms/staff/roster.py",
        "    target = _hours_by(s, server, row, t) + hours",
        "    return t + hours / 24.0",
        "roster: three shifts",
    ),
    Break(
        "one person takes all shifts",
        "world/rosters.py",
        "            hours[k] += end - begin",
        "            hours[k] += 0",
        "tests/mechanisms/test_roster.py::test_who_is_on_which_shift_is_what_the_exact_answer_supposes",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


def _rostered(base: Scenario, text: str) -> Scenario:
    roster = base.roster.model_copy(update={"file": "shifts.csv", "shifts": text})
    return base.model_copy(update={"roster": roster})


@pytest.mark.parametrize("at_end", ["pause", "finish"])
@pytest.mark.parametrize("posts", ["3", "all"])
def test_constant_posts_are_the_servers_of_the_queue(posts: str, at_end: str) -> None:
    """Bit for bit: as many posts at all hours as there are servers change nothing."""
    words = ["verification.servers=3", "verification.arrival_rate=3", "verification.patience_mean=1"]
    plain = load_scenario("verification/queue", [*words, "horizon_days=60", f"roster.at_shift_end={at_end}"])
    text = "; ".join(f"{day} 00:00-24:00 team=all posts={posts}" for day in range(1, 8))
    assert_same_bits(_rostered(plain, text), plain)


@pytest.mark.parametrize("system", systems(), ids=lambda system: system.name)
def test_who_is_on_which_shift_is_what_the_exact_answer_supposes(system) -> None:  # type: ignore[no-untyped-def]
    own = staffed(of_team(system.roster, 0), len(system.on))

    def hours(mine: tuple[tuple[int, int], ...], unit: int) -> set[int]:
        return {hour % 168 for a, b in mine for hour in range(a // unit, b // unit)}

    assert [hours(mine, 60) for mine in own] == [hours(mine, 1) for mine in system.on]


def test_a_team_begins_nothing_between_its_shifts_and_has_the_hours_of_its_posts() -> None:
    """A team of a community: what begins, begins on a shift, and hours follow the posts."""
    place = (*TINY, *STAFF_ALONE)
    own = scenario("administration_led", SHIFTS, "roster.at_shift_end=finish", place=place)
    records = simulate(own, 1, 0)
    begun = records.cases["service_started_at"].dropna().to_numpy()
    hour, day = (begun % 1.0) * 24.0, np.floor(begun) % 7
    weekday = (day < 5) & (hour >= 8.0) & (hour < 20.0)
    weekend = (day >= 5) & (hour >= 10.0) & (hour < 14.0)
    night = ((day == 6) & (hour >= 22.0)) | ((day == 0) & (hour < 6.0))
    assert begun.size > 80
    assert (weekday | weekend | night).all()
    assert night.any()
    assert weekend.any()
    # Weekdays: two posts of 4.5 h, one of 7.5 h; the weekend: one of 4 h a day, and 8 h in the night.
    hours = records.daily["staff_hours_available"].to_numpy()
    plain = run("administration_led", *place).daily["staff_hours_available"].to_numpy()
    per_hour = plain[-1] / (records.cadres.shape[0] * 8.0 * sum(k % 7 < 5 for k in range(plain.size)))
    assert (hours[20] - hours[13]) / per_hour == pytest.approx(5 * 16.5 + 2 * 4.0 + 8.0)
    assert records.cadres["hours_available"].sum() == pytest.approx(hours[-1])
    assert records.daily["hours_overtime"].iloc[-1] > 0.0
    assert records.daily["hours_overtime"].iloc[-1] == pytest.approx(records.cadres["hours_overtime"].sum())
    paused = simulate(scenario("administration_led", SHIFTS, place=place), 1, 0)
    assert paused.daily["hours_overtime"].iloc[-1] == 0.0


def test_a_team_with_rows_of_its_own_follows_these_alone() -> None:
    base = scenario("administration_led", "county.communities=2", place=TINY)
    every = "; ".join(f"{day} 09:00-17:00 team=all posts=all" for day in range(1, 6))
    own = simulate(_rostered(base, f"{every}; 6 09:00-17:00 team=1 posts=2"), 1, 0).daily
    begun = own.pivot_table(index="day", columns="community", values="staff_hours_available").diff().loc[7:13]
    assert (begun[0] > 0.0).tolist() == [True] * 5 + [False] * 2
    assert (begun[1] > 0.0).tolist() == [False] * 5 + [True, False]


def _file(folder: Path, text: str | bytes) -> Path:
    path = folder / "shifts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


_HEADER = "weekday,from,to,team,posts\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{_HEADER}Mon-Tue,08:00,16:00,,2\nsun,22:00,6:00,all,all\n",
        b"\xef\xbb\xbf" + f"{_HEADER}1-2,8:00,16:00,all,2\n\n7,22:00,06:00,,all\n".encode(),
        "posts;to;from;weekday\n2;16:00;08:00;MON\n2;16:00;08:00;Tue\nall;06:00;22:00;7\n",
        "星期,开始,结束,班组,人数\n周一-周二,08:00,16:00,全部,2\n周日,22:00,06:00,,全部\n",
    ],
)
def test_a_file_is_read(tmp_path: Path, text: str | bytes) -> None:
    own = load_scenario("administration_led", [f"roster.file={_file(tmp_path, text)}"])
    said = "1 08:00-16:00 team=all posts=2; 2 08:00-16:00 team=all posts=2; 7 22:00-06:00 team=all posts=all"
    assert own.roster.shifts == said
    assert is_fixed_form(said)
    assert [(s.begin, s.end) for s in shifts(said)][-1] == (22 * 60, 30 * 60)


@each(
    ("text", "said"),
    [
        ("weekday,from,to,team\n1,08:00,16:00,\n", "no column named posts"),
        (f"{_HEADER}8,08:00,16:00,,2\n", "row 1 after the header, column weekday: is 8, must be 1 to 7"),
        (f"{_HEADER}Fri-Mon,08:00,16:00,,2\n", "column weekday"),
        (f"{_HEADER}1,08:00,16:00,,2\n1,24:00,06:00,,2\n", "row 2 after the header, column from: is 24:00,"),
        (f"{_HEADER}1,08:00,24:30,,2\n", "column to: is 24:30, must be a time from 00:00 to 24:00"),
        (f"{_HEADER}1,8,16,,2\n", "column from: is 8,"),
        (f"{_HEADER}1,08:00,16:00,,-1\n", "column posts: is -1, must be a whole number from 0 to 100000"),
        (f"{_HEADER}1,08:00,16:00,,1.5\n", "column posts: is 1.5,"),
        (f"{_HEADER}1,08:00,16:00,,\n", "column posts"),
        (f"{_HEADER}1,08:00,16:00,Wang Fang,1\n", "column team: must be"),
        (f"{_HEADER}1,08:00,16:00,13800001111,1\n", "column team: must be"),
        (f"{_HEADER}1,08:00,16:00,7,1\n", "teams are from 0 to 0, or all; it has a team 7"),
        (f"{_HEADER}1,08:00,16:00\n", "too few columns"),
        (_HEADER, "no shifts"),
        ("", "empty"),
        (_HEADER.encode("utf-16"), "UTF-8"),
        (f'{_HEADER}"1,08:00,16:00,,2\n', "quotation"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as found:
        load_scenario("administration_led", [f"roster.file={_file(tmp_path, text)}"])
    line = str(found.value)
    assert said in line
    assert line.startswith("roster.file = ")
    assert "\n" not in line
    assert "Wang" not in line
    assert "1380" not in line


@each(
    ("name", "words", "said"),
    [
        ("administration_led", ["roster.file=missing.csv"], "no such file"),
        ("administration_led", ["roster.file=shifts.txt"], "CSV"),
        ("administration_led", ["roster.shifts=1 09:00-17:00 team=all posts=1"], "left to roster.file"),
        ("administration_led", [SHIFTS, "roster.absence=.1"], r"roster\.absence"),
        ("administration_led", [SHIFTS, "roster.on_call=1"], r"roster\.on_call"),
        ("administration_led", [SHIFTS, "roster.overtime_hours_per_week=1"], "overtime"),
        ("administration_led", [SHIFTS, "calendar.holidays=china"], r"calendar\.holidays"),
        ("verification/adoption", [SHIFTS], r"roster\.file"),
        ("verification/queue", [SHIFTS], "at most 1 posts"),
    ],
)
def test_what_a_roster_cannot_go_with_is_refused(name: str, words: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_scenario(name, words)


def test_results_know_a_roster_by_its_shifts(tmp_path: Path) -> None:
    """The same shifts in another file are the same run; other shifts are another."""
    from experiments.runs.run_identity import configuration

    (tmp_path / "other").mkdir()
    one = _file(tmp_path, f"{_HEADER}1-2,08:00,16:00,,2\n")
    same = _file(tmp_path / "other", f"{_HEADER}Tue,08:00,16:00,,2\nMon,08:00,16:00,all,2\n")
    first, second = (
        configuration(load_scenario("administration_led", [f"roster.file={path}"])) for path in (one, same)
    )
    assert first == second
    _file(tmp_path, f"{_HEADER}1-2,08:00,16:00,,3\n")
    assert configuration(load_scenario("administration_led", [f"roster.file={one}"])) != first
