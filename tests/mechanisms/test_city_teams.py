"""A calibrated city's teams: neutral values, known answers, calendar, backlog, and what it leaves alone."""

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.city.draw import CityDraw, city_draw, city_requests
from sim.city_run import city_state, run_city
from sim.rules.city_team import capacity, load_speed, still_never, urgency
from tests.city.synthetic import START, closings, true_draw
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.city_systems import OFFICE_HOURS, experiments, mobilised_city, poisson

_FOLDER = Path(__file__).parent / "city"
#: A made city of some 300 requests in six weeks, calibrated: with noise, load and due times.
CITY = (
    f"city.folder={_FOLDER / 'calibrated'}",
    f"demand.stream={_FOLDER / 'requests.csv'}",
    f"demand.mapping={_FOLDER / 'mapping.yaml'}",
    "city.origin=2023-01-18",
    "city.until=2023-02-10",
    "followup_days=30",
)

NEUTRAL = {
    "a calibrated city's values, without a folder": Neutral(
        (
            "city.gamma=1",
            "city.mobilisation=1",
            "city.put_off=1",
            "city.due_effect=1",
            "city.weekly_noise=2",
            "city.staff={Roads: 2.0}",
            "city.priority={litter: 3}",
            "city.officers={Roads: 2}",
            "city.origin=2023-01-18",
            "city.until=2023-02-10",
        ),
        (),
    ),
}
COVERING = {
    "a calibrated city": ("city", CITY, 1),
    "a calibrated city with officers, staff, priorities and a merged team": (
        "city",
        (
            *CITY,
            "city.officers={Roads: 2, Parks: 1}",
            "city.order=due",
            "city.staff={Roads: 1.5}",
            "city.staff_from=2023-01-25",
            "city.priority={litter: 2.0}",
            "city.merge={Night watch: Parks}",
        ),
        1,
    ),
    "a calibrated city with officers at random": (
        "city",
        (*CITY, "city.officers={Roads: 1}", "city.order=random", "city.work=exponential"),
        2,
    ),
}
#: On, off, then what both runs share.
AT_WORK = {
    "load": ("city.gamma=1", "city.gamma=0", *CITY),
    "mobilisation": ("city.mobilisation=2", "city.mobilisation=0", *CITY),
    "putting off": ("city.put_off=2", "city.put_off=0", *CITY),
    "due times": ("city.due_effect=2", "city.due_effect=0", *CITY),
    "weekly noise": ("city.weekly_noise=1", "city.weekly_noise=0", *CITY),
    "staff": ("city.staff={Roads: 2.0}", "city.staff={}", *CITY),
    "staff from a date on": (
        "city.staff_from=2023-01-30",
        "city.staff_from=null",
        "city.staff={Roads: 2.0}",
        *CITY,
    ),
    "priorities": ("city.priority={litter: 5.0}", "city.priority={}", *CITY),
    "officers": ("city.officers={Roads: 1}", "city.officers={}", *CITY),
    "their order": ("city.order=random", "city.order=age", "city.officers={Roads: 1}", *CITY),
    "their hours": ("city.week_hours=20", "city.week_hours=40", "city.officers={Roads: 1}", *CITY),
    "merged teams": ("city.merge={Roads: Parks}", "city.merge={}", *CITY),
    "another draw": ("city.draw=1", "city.draw=0", *CITY),
}
LIMITS = experiments()
BREAKS = [
    Break(
        "a request loses nothing of its threshold in a bin",
        "mechanisms/city_teams/city_teams.py",
        '        s.city_case[n]["remaining"] = max(0.0, left)',
        '        s.city_case[n]["remaining"] = max(s.city_case[n]["remaining"], left)',
        "city: hazard by working age",
    ),
    Break(
        "the load of a team is never reduced",
        "mechanisms/city_teams/city_teams.py",
        "    _set_load(s, n, 0.0)",
        "    _set_load(s, n, 1.0)",
        "city: fixed capacity, M/M/1",
    ),
    Break(
        "what comes earlier is not filed anew",
        "mechanisms/city_teams/city_teams.py",
        '    if next_at < s.city_lane[lane]["filed_at"]:',
        '    if s.city_lane[lane]["filed_at"] == math.inf:',
        "city: delay alone",
    ),
    Break(
        "the backlog is of no age",
        "mechanisms/city_teams/city_teams.py",
        '    s.city_case[n]["begun"] = age_clock(s, k, s.need[n]["arisen_at"] + s.city[0]["start_days"])',
        '    s.city_case[n]["begun"] = age_clock(s, k, t)',
        "city: starting backlog",
    ),
    Break(
        "who is open at the origin has the share of never of a new request",
        "mechanisms/city_teams/initial_state.py",
        "            chance = still_never(chance, outlived)",
        "            chance = still_never(chance, 0.0 * outlived)",
        "city: starting backlog",
    ),
    Break(
        "officers work by the calendar day",
        "mechanisms/city_teams/city_teams.py",
        'age_reached(s, k, age_clock(s, k, t) + s.city_case[n]["work"], t)',
        't + s.city_case[n]["work"]',
        "city: officers with a calendar",
    ),
    Break(
        "due times count a day late",
        "mechanisms/city_teams/city_teams.py",
        "_NOTICE = 1.0",
        "_NOTICE = 0.0",
        "city: due times",
    ),
    Break(
        "others are not put off",
        "mechanisms/city_teams/initial_state.py",
        "urgency(urgent_load, city.usual_urgent_load, -city.put_off)",
        "urgency(urgent_load, city.usual_urgent_load, 0.0 * city.put_off)",
        "city: mobilisation",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


# --- neutral values within the city: the same bits ------------------------------------------------


def _closed(city: CityDraw, **values: object) -> np.ndarray:
    """Return the closings of a busy city with everything else at work that `city` has."""
    opened = poisson(5, 0, 12.0, 40.0) - 10.0
    category = np.arange(opened.size) % len(city.categories)
    requests = city_requests(opened, category, due_at=opened + 4.0, work_hours=2.0, start=date(2023, 4, 3))
    return run_city(city.with_values(**values), requests, 90, 3, 1)


#: Everything but the value in question is at work.
_BUSY: dict[str, object] = {
    "gamma": 0.7, "mobilisation": 0.4, "put_off": 0.3, "due_effect": 0.6, "weekly_cv": np.full(3, 0.4),
}  # fmt: skip


@pytest.mark.parametrize(
    ("neutral", "changes"),
    [
        ({"gamma": 0.0}, {"usual_load": np.full(3, 3.0), "staff_ratio": np.full(3, 2.0)}),
        ({"mobilisation": 0.0, "put_off": 0.0}, {"usual_urgent_load": 0.1}),
        ({"due_effect": 0.0}, {}),
        ({}, {"order": "random", "week_hours": 10.0, "work_cv": 2.0}),
        ({}, {"staff_since": date(2023, 4, 20)}),
        ({"weekly_cv": np.zeros(3)}, {}),
    ],
    ids=["gamma 0", "no mobilisation", "no due effect", "no officers", "the same staff", "no noise"],
)
def test_at_a_neutral_value_what_it_would_use_changes_no_bit(
    neutral: dict[str, object], changes: dict[str, object]
) -> None:
    city = true_draw(**_BUSY).with_values(**neutral)
    plain = _closed(city)
    assert np.isfinite(plain).sum() > 300
    np.testing.assert_array_equal(_closed(city, **changes), plain)
    busy = _closed(true_draw(**_BUSY))
    if neutral:
        assert not np.array_equal(busy, plain, equal_nan=True)


def test_without_a_due_effect_due_times_change_no_bit() -> None:
    city = true_draw(**{**_BUSY, "due_effect": 0.0})
    opened = poisson(5, 0, 12.0, 40.0)
    due, none = (run_city(city, city_requests(opened, 1, due_at=at), 90) for at in (opened + 3.0, None))
    np.testing.assert_array_equal(due, none)
    city = city.with_values(due_effect=0.5)
    due, none = (run_city(city, city_requests(opened, 1, due_at=at), 90) for at in (opened + 3.0, None))
    assert not np.array_equal(due, none, equal_nan=True)


def test_equal_priorities_are_none_and_more_of_one_is_less_of_the_other() -> None:
    np.testing.assert_array_equal(_closed(true_draw(**_BUSY), weight=np.ones(6)), _closed(true_draw(**_BUSY)))
    city = city_draw([[1.0], [1.0]], categories=("first", "*"), gamma=1.0, usual_load=20.0)
    opened = poisson(3, 0, 18.0, 300.0)
    kind = np.arange(opened.size) % 2
    requests = city_requests(opened, kind)
    weights = np.array([1.0, 1.0]), np.array([3.0, 1.0])
    alike, ahead = (run_city(city.with_values(weight=w), requests, 400) - opened for w in weights)
    assert np.nanmean(ahead[kind == 0]) < 0.8 * np.nanmean(alike[kind == 0])
    assert np.nanmean(ahead[kind == 1]) > 1.1 * np.nanmean(alike[kind == 1])


def test_another_team_is_not_touched() -> None:
    """What is only the Night watch's leaves the closings of the others as they were, bit for bit."""
    city = true_draw(gamma=0.8, weekly_cv=np.full(3, 0.3))
    plain = _closed(city)
    more = _closed(city, usual_load=np.array([6.0, 6.0, 0.3]), staff_ratio=np.array([1.0, 1.0, 3.0]))
    watch = np.arange(plain.size) % 6 == 4
    np.testing.assert_array_equal(more[~watch], plain[~watch])
    assert not np.array_equal(more[watch], plain[watch], equal_nan=True)


def test_luck_is_a_requests_own() -> None:
    """With delay alone one request more changes no other's closing."""
    city = true_draw(gamma=0.0)
    opened = poisson(1, 0, 20.0, 30.0)
    rows = np.arange(opened.size)
    whole = run_city(city, city_requests(opened, 0, row=rows), 60)
    without = run_city(city, city_requests(opened[1:], 0, row=rows[1:]), 60)
    np.testing.assert_array_equal(whole[1:], without)


# --- the calendar, the fates, the load -------------------------------------------------------------


def test_teams_close_in_their_hours_only_and_on_holidays_as_on_sundays() -> None:
    holiday = date(2023, 4, 5)
    city = city_draw([[2.0]], clock=OFFICE_HOURS, holidays=(holiday,), at_once_minutes=0.0, gamma=0.5)
    closed = run_city(city, city_requests(poisson(2, 0, 60.0, 28.0), start=date(2023, 4, 3)), 60)
    closed = closed[np.isfinite(closed)]
    day, hour = np.floor(closed).astype(int) % 7, (closed % 1.0) * 24.0
    weekday = (day < 5) & (hour > 8.0 - 1e-9) & (hour < 16.0 + 1e-9)
    saturday = (day == 5) & (hour > 8.0 - 1e-9) & (hour < 12.0 + 1e-9)
    assert closed.size > 1500
    assert (weekday | saturday).all()
    assert saturday.any()
    wednesdays = np.floor(closed).astype(int)
    assert not np.isin(wednesdays, (holiday - date(2023, 4, 3)).days).any()
    assert np.isin(wednesdays, (holiday + timedelta(7) - date(2023, 4, 3)).days).sum() > 20


@pytest.mark.parametrize("category", range(6))
def test_without_load_closings_are_those_of_a_plain_simulation(category: int) -> None:
    """Against NumPy alone: two-sample Kolmogorov–Smirnov of the times to closing, at the .001 level."""
    city, days, each_day = true_draw(), 60, 40.0
    opened = poisson(category, 1, each_day, days)
    kinds = np.full(opened.size, category)
    mine = run_city(city, city_requests(opened, kinds, start=START), days, 7) - opened
    rng = np.random.default_rng(category)
    team = (rng.random(opened.size)[:, None] > np.cumsum(city.team_shares[kinds], axis=1)).sum(axis=1)
    theirs = closings(rng, city, opened, kinds, team, START, days) - opened
    never = [float(np.isnan(x).mean()) for x in (mine, theirs)]
    assert abs(never[0] - never[1]) < 4.0 * math.sqrt(0.5 / opened.size)
    assert stats.ks_2samp(*(np.nan_to_num(x, nan=1e3) for x in (mine, theirs))).pvalue > 0.001


def test_a_change_of_practice_holds_for_what_is_opened_from_its_date_on() -> None:
    slow, fast = [0.05], [5.0]
    city = city_draw([slow, fast, slow], categories=("*", "x", "y"), since=(date.min,) * 3)
    opened = poisson(4, 0, 40.0, 20.0)
    category = np.where(opened < 10.0, 0, 1)
    took = run_city(city, city_requests(opened, category), 60) - opened
    assert np.nanmedian(took[opened >= 10.0]) < 0.3
    assert np.nanmedian(took[opened < 10.0]) > 5.0


def test_the_urgent_backlog_of_each_morning_counts() -> None:
    """On the second day the factor is that of who is still open: the share closed follows it, within 4 sd."""
    m = 1.0
    city, requests = mobilised_city(mobilisation=m)
    closed = run_city(city, requests, 3)
    urgent = requests.category == 0
    first = int((closed[urgent] <= 1.0).sum())
    still = 800 - first
    expected = -math.expm1(-0.2 * (still / 200.0) ** m)
    second = int(((closed[urgent] > 1.0) & (closed[urgent] <= 2.0)).sum())
    assert abs(second / still - expected) < 4.0 * math.sqrt(expected * (1 - expected) / still)


def test_officers_take_first_whom_the_order_says() -> None:
    """One officer, a line of ten at the start: by age, by due time, at random."""
    opened = -1.0 - np.arange(10.0)[::-1] / 10.0
    due = np.array([5, 3, 9, 1, 7, 2, 8, 4, 6, 10.0])
    begun = {}
    for order in ("age", "due", "random"):
        city = city_draw([[1e9]], officers=1, order=order, at_once_minutes=0.0)
        case = city_state(city, city_requests(opened, due_at=due, work_hours=1.0), 20).built.state.case
        begun[order] = np.argsort(case["service_started_at"])
        assert np.isfinite(case["closed_at"]).all()
    # Whoever comes first is taken at once; the line behind is in order.
    assert begun["age"].tolist() == list(range(10))
    assert begun["due"][1:].tolist() == [n for n in np.argsort(due).tolist() if n != begun["due"][0]]
    assert begun["random"].tolist() not in (begun["age"].tolist(), begun["due"].tolist())


def test_books_are_closed() -> None:
    """Every request is open or closed; loads and lanes are those of what is open."""
    city = true_draw(**_BUSY)
    opened = poisson(5, 0, 12.0, 40.0)
    run = city_state(city, city_requests(opened, np.arange(opened.size) % 6), 45)
    state = run.built.state
    own, open_now = state.city_case, np.isnan(state.case["closed_at"])
    waits = open_now & (own["fate"] == 0)
    assert state.city_team["open"].sum() == waits.sum() == state.city_lane["size"].sum()
    asked = city.hazard[own["practice"], own["bin"]] * city.pace[own["practice"], own["team"]] * waits
    np.testing.assert_allclose(state.city_team["load"], np.bincount(own["team"], asked, 3), atol=1e-9)
    assert state.city["urgent"][0] == pytest.approx(asked[own["urgent"] == 1].sum(), abs=1e-9)
    assert state.clock["in_system"][0] == open_now.sum()
    assert (own["fate"][~open_now] != 1).all()
    assert run.records().daily["closed"].iloc[-1] == (~open_now).sum()


def test_rules_have_their_neutral_values() -> None:
    assert load_speed(7.0, 3.0, 0.0) == 1.0
    assert load_speed(0.0, 4.0, 1.0) == load_speed(0.2, 4.0, 1.0) == 20.0
    assert load_speed(8.0, 4.0, 0.5) == pytest.approx(2.0**-0.5)
    assert urgency(1.0, 4.0, 2.0) == 1.0
    assert urgency(8.0, 4.0, 2.0) == 4.0
    assert capacity(1.0, 0.7) == capacity(2.0, 0.0) == 1.0
    assert still_never(0.0, 9.0) == 0.0
    assert still_never(0.2, 0.0) == pytest.approx(0.2)
    assert still_never(0.2, 50.0) == pytest.approx(1.0)
