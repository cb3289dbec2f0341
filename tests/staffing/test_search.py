"""The verdict and the search, on years whose law is known."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.staffing.question import Question, Target, Team, question
from experiments.staffing.search import Search, square_root_staffing
from experiments.staffing.table import teams_table
from experiments.staffing.verdict import (
    EARLY,
    EARLY_ERROR,
    FEWEST,
    proportion_interval,
    tolerance_factor,
    verdict,
)
from experiments.staffing.year import Year
from sim.engine.tables.staff import CADRE_KINDS
from sim.errors import InputError
from tests.each import each


def _year(share: float) -> Year:
    return Year(share, 100, 1.0, 0.5, 0.5, 50.0, 100.0, 10.0)


def _search(mean_of, spread: float, costs=(1.0,), years: int = 100, target: float = 0.8) -> Search:
    teams = tuple(Team(f"team{k}", None, True, cost) for k, cost in enumerate(costs))
    asked = Question("x", (), teams, Target("wait", 1.0, "calendar", target, 0.95), None, 0)

    def simulate(counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
        luck = [np.random.default_rng(number).standard_normal() for number in numbers]
        return [_year(mean_of(counts) + spread * z) for z in luck]

    return Search(asked, simulate, years)


@pytest.mark.parametrize("start", [0, 1, 7, 12, 13, 14, 40, 200])
def test_the_search_finds_the_smallest_from_wherever_it_starts(start: int) -> None:
    search = _search(lambda counts: 0.5 + 0.025 * counts[0], 0.001)
    # The .05-quantile is mean − 1.645 · .001: 12 has .7984, 13 has .8234.
    assert search.smallest(start, 200) == 13
    assert (12,) in search.years
    assert not search.judge((12,)).met


def test_where_no_team_is_enough_there_is_no_answer() -> None:
    assert _search(lambda counts: 0.5, 0.01).smallest(5, 60) is None


def test_a_team_of_nobody_can_be_enough() -> None:
    assert _search(lambda counts: 0.9, 0.01).smallest(5, 60) == 0


def test_the_cheapest_mix_is_that_of_trying_all() -> None:
    def mean_of(counts: tuple[int, ...]) -> float:
        return min(1.0, 0.02 * counts[0] + 0.033 * counts[1])

    for costs in ((1.0, 1.0), (1.0, 1.5), (1.0, 2.0), (3.0, 1.0)):
        search = _search(mean_of, 1e-4, costs)
        found = search.cheapest(10, 60)
        assert found is not None
        good = [(a, b) for a in range(61) for b in range(61) if mean_of((a, b)) - 1.7e-4 >= 0.8]
        best = min(costs[0] * a + costs[1] * b for a, b in good)
        assert search.cost(found) == pytest.approx(best)


def test_no_mix_is_looked_for_where_no_end_is_enough() -> None:
    search = _search(lambda counts: 0.5, 0.01, (1.0, 1.0, 1.0))
    assert search.cheapest(5, 40) is None
    assert set(search.years) == {(a, b, c) for a in (0, 40) for b in (0, 40) for c in (0, 40)}


def test_a_kind_of_which_more_do_harm_hides_no_answer() -> None:
    """As grid workers do, whose queues nobody shares: the largest mix is not enough, others are."""
    search = _search(
        lambda counts: 0.02 * counts[0] + 0.1 * (counts[1] > 0) - 0.02 * counts[1], 1e-4, (1.0, 1.0)
    )
    assert not search.judge((50, 50)).met
    assert search.cheapest(5, 50) == (37, 1)


def test_the_cheapest_mix_of_three_teams() -> None:
    def mean_of(counts: tuple[int, ...]) -> float:
        return min(1.0, 0.02 * counts[0] + 0.05 * counts[1] + 0.11 * counts[2])

    costs = (1.0, 2.2, 5.2)
    search = _search(mean_of, 1e-4, costs)
    found = search.cheapest(10, 45)
    assert found is not None
    every = [(a, b, c) for a in range(46) for b in range(46) for c in range(46)]
    good = [mix for mix in every if mean_of(mix) - 1.7e-4 >= 0.8]
    assert search.cost(found) == pytest.approx(min(search.cost(mix) for mix in good))
    assert len(search.years) < 700


def test_the_figure_of_mixes_draws_those_that_no_cheaper_one_beats() -> None:
    from analysis.figures.staffing import frontier, staffing_figure

    search = _search(lambda counts: min(1.0, 0.02 * counts[0] + 0.03 * counts[1]), 1e-3, (1.0, 2.0))
    for counts in ((30, 0), (0, 16), (28, 2), (20, 10), (45, 0)):
        search.judge(counts)
    table = teams_table(search)
    assert list(frontier(table)["counts"]) == ["30+0", "28+2", "20+10", "45+0"]
    staffing_figure(table, 0.8, 0.95, "zh").draw_without_rendering()


def test_the_table_says_what_one_more_adds() -> None:
    search = _search(lambda counts: 0.5 + 0.025 * counts[0], 0.01)
    search.smallest(10, 100)
    table = teams_table(search).set_index("team0")
    for count in table.index:
        if count + 1 in table.index:
            assert table.loc[count, "one_more_adds"] == pytest.approx(0.025)
    # Fifty hours a week left over, and a month's work of 50 · 4.345.
    assert table["recovery_weeks"].iloc[0] == pytest.approx(365 / 7 / 12)


def test_square_root_staffing() -> None:
    assert square_root_staffing(100.0) == 110
    assert square_root_staffing(0.0) == 1


def test_the_tolerance_factor_is_the_published_one() -> None:
    # Hahn & Meeker, table A.12d: one-sided, 95 % confidence, n = 10: 2.911 (95 %), 2.355 (90 %).
    assert tolerance_factor(10, 0.95, 0.95) == pytest.approx(2.911, abs=5e-4)
    assert tolerance_factor(10, 0.90, 0.95) == pytest.approx(2.355, abs=5e-4)


def test_the_proportion_interval_is_exact() -> None:
    low, high = proportion_interval(7, 20)
    assert (low, high) == (pytest.approx(0.1539, abs=5e-5), pytest.approx(0.5922, abs=5e-5))
    assert proportion_interval(0, 10) == (0.0, pytest.approx(0.3085, abs=5e-5))


@pytest.mark.parametrize(("mean", "met"), [(0.80 + 1.9 * 0.01, True), (0.80 + 1.4 * 0.01, False)])
def test_a_sure_verdict_is_seldom_wrong(mean: float, met: bool) -> None:
    """Years are normal; the .05-quantile lies .25 sd to either side of the target."""
    wrong = 0
    for study in range(400):
        rng = np.random.default_rng([study, met])
        found = verdict(list(mean + 0.01 * rng.standard_normal(FEWEST)), 0.8, 0.95)
        wrong += found.sure and found.met != met
    assert wrong <= 0.05 * 400


#: Yearly shares of which 95 % are at least 0: as many as asked for, by law.
_LAWS = {
    "normal": lambda rng, size: rng.standard_normal(size) + 1.6449,
    "uniform": lambda rng, size: rng.random(size) - 0.05,
    "seldom good": lambda rng, size: rng.exponential(size=size) - 0.0513,
    "long bad tail": lambda rng, size: 2.9957 - rng.exponential(size=size),
}


@pytest.mark.parametrize("law", list(_LAWS))
@pytest.mark.parametrize("met", [True, False])
def test_few_years_seldom_mislead(law: str, met: bool) -> None:
    """The target lies a little to either side of what 95 % of years reach; a million reports a year.

    A long tail of bad years misleads the tolerance bound, a few years less often than ten.
    """
    studies, scale = 3000, 0.01
    rng = np.random.default_rng([12, met])
    years = 0.8 + scale * (_LAWS[law](rng, (studies, FEWEST)) + (0.01 if met else -0.01))
    wrong = at_ten = 0
    for study in years:
        early, ten = [verdict(list(study[:look]), 0.8, 0.95, 1e6) for look in (EARLY, FEWEST)]
        wrong += early.sure and early.met != met
        at_ten += ten.sure and ten.met != met
    allowed = EARLY_ERROR * studies
    if law == "long bad tail" and not met:
        assert allowed < wrong < at_ten / 5
        return
    assert wrong <= allowed + 3.0 * math.sqrt(allowed)


def test_few_years_decide_what_is_clear_and_nothing_else() -> None:
    clear, spread = [0.8884, 0.8892, 0.8879], [0.93, 0.87, 0.9]
    assert verdict(clear, 0.8, 0.95, 1.75e6).sure
    # With as few reports a year as these, years could differ by more than three of them show.
    assert not verdict(clear, 0.8, 0.95, 5000).sure
    assert not verdict(clear, 0.8, 0.95).sure
    assert not verdict([1.0] * 3, 0.95, 0.95, 2000).sure
    assert not verdict(spread, 0.8, 0.95, 1e6).sure
    missed = verdict([0.7956, 0.7949, 0.7961], 0.8, 0.95)
    assert (missed.sure, missed.met) == (True, False)
    # Missed once in three years is not seldom enough to tell.
    assert not verdict([0.79, 0.81, 0.82], 0.8, 0.95).sure
    assert not verdict([0.79] * 3, 0.8, 0.5).sure


def test_the_search_stops_early_where_the_answer_is_clear() -> None:
    search = _search(lambda counts: 0.5 + 0.025 * counts[0], 0.0001, target=0.81)
    assert search.smallest(14, 200) == 13
    assert len(search.years[12,]) == EARLY
    # With a hundred reports a year three years do not show that enough are in time.
    assert len(search.years[13,]) == FEWEST


def test_no_team_below_the_smallest_asked_for_is_tried() -> None:
    search = _search(lambda counts: 0.5 + 0.025 * counts[0], 0.001)
    teams = (replace(search.question.teams[0], fewest=15),)
    search = replace(search, question=replace(search.question, teams=teams))
    assert search.smallest(3, 200) == 15
    assert min(search.years) == (15,)
    own = {"staffing.team": "staff.per_10k", "staffing.fewest": "3"}
    assert question(own, "administration_led", []).teams[0].fewest == 3


def test_years_without_reports_meet_any_target() -> None:
    assert verdict([float("nan")] * 12, 0.9, 0.95).met


@each(
    ("words", "blamed"),
    [
        ([], "staffing.team"),
        (["staffing.team=staff.per_100"], "staffing.team"),
        (["staffing.team=joint_session.enabled"], "staffing.team"),
        (["staffing.team=demand.rate"], "staffing.team"),
        (["staffing.team=staff.per_10k", "staffing.target.share=1.2"], "staffing.target.share"),
        (["staffing.team=staff.per_10k", "staffing.target.within_days=nan"], "staffing.target.within_days"),
        (["staffing.team=staff.per_10k", "staffing.target.metric=waiting"], "staffing.target.metric"),
        (["staffing.team=staff.per_10k", "staffing.cost=[1,2]"], "staffing.cost"),
        (["staffing.team=staff.per_10k", "staffing.confidence=0.2"], "staffing.confidence"),
        (["staffing.team=staff.per_10k", "staffing.most=0"], "staffing.most"),
        (["staffing.team=staff.per_10k", "staffing.mots=9"], "staffing.mots"),
        (["staffing.team=staff.per_10k", "staffing.fewest=-1"], "staffing.fewest"),
        (["staffing.team=staff.per_10k", "staffing.fewest=5", "staffing.most=4"], "staffing.most"),
    ],
)
def test_bad_input_names_the_key(words: list[str], blamed: str, tmp_path) -> None:
    from experiments.command_line.staffing import main

    with pytest.raises(InputError) as caught:
        main([*words, f"out={tmp_path}"])
    assert str(caught.value).startswith(blamed)


def test_what_is_in_the_store_is_not_simulated_again(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same question costs nothing; another share of the same years only the teams not yet tried."""
    from experiments.cli import main
    from experiments.store.store import manifests

    words = [
        "staffing", "scenario=verification/queue", "staffing.team=verification.servers", "horizon_days=20",
        "verification.arrival_rate=40", "verification.service_mean=0.05", "staffing.target.metric=wait",
        "staffing.target.within_days=0.02", "replications=10", "executor=serial", f"out={tmp_path}",
    ]  # fmt: skip
    computed, told = [], []
    for share in ("0.8", "0.8", "0.85"):
        assert main([*words, f"staffing.target.share={share}"]) == 0
        computed.append([facts["computed"] for facts in manifests(tmp_path / "store")][-1])
        told.append(capsys.readouterr().out.splitlines()[-1])
    assert computed[0] > 20
    assert computed[1] == 0
    assert computed[2] < computed[0] / 2
    assert told[0] == told[1]
    assert main([*words, "staffing.target.share=0.8", "staffing.target.within_days=0.03"]) == 0
    assert [facts["computed"] for facts in manifests(tmp_path / "store")][-1] > 0


def test_each_kind_of_staff_is_a_team_of_its_own() -> None:
    from sim import simulate

    place = ("community.residents=4000", "warmup_days=0", "horizon_days=7", "followup_days=0")
    words = {"staffing.team": "[staff.per_10k,staff.grid_workers,staff.embedded]"}
    asked = question(words, "administration_led", place)
    found = {}
    for counts in ((4, 3, 2), (0, 3, 0), (4, 0, 1)):
        kinds = simulate(asked.scenario(counts), seed=1, replication=0).cadres["kind"].astype(str)
        found[counts] = tuple(int((kinds == kind).sum()) for kind in CADRE_KINDS)
    assert found == {counts: counts for counts in found}
    # More grid workers than grids: five have one each, the others help everywhere.
    kinds = simulate(asked.scenario((0, 7, 0)), seed=1, replication=0).cadres["kind"].astype(str)
    assert sorted(kinds) == ["community_worker"] * 2 + ["grid_worker"] * 5


def test_the_use_of_each_kind_is_that_of_its_own_hours() -> None:
    from experiments.staffing.year import measured_year
    from sim import load_scenario, simulate

    place = ["county.communities=2", "county.residents=4000", "warmup_days=7", "horizon_days=28"]
    busy = ["followup_days=14", "staff.embedded=3", "demand.rate=3"]
    scenario = load_scenario("cangnan_embedded_cadres", [*place, *busy])
    records = simulate(scenario, seed=1, replication=0)
    year = measured_year(records, Target("resolution", 7.0, "calendar", 0.9, 0.95))
    staff = records.cadres
    spent = staff.filter(regex="^hours_(?!available)").sum(axis=1).groupby(staff["kind"].astype(str)).sum()
    room = staff["hours_available"].groupby(staff["kind"].astype(str)).sum()
    assert set(spent.index) == {"community_worker", "grid_worker", "embedded"}
    for kind in spent.index:
        assert getattr(year, f"utilisation_{kind}") == pytest.approx(spent[kind] / room[kind])
    assert year.utilisation == pytest.approx(spent.sum() / room.sum())
    assert len({round(value, 6) for value in year[-3:]}) == 3


def test_the_cheapest_mix_with_embedded_cadres(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """A county with cadres sent down: no cheaper mix is enough, and the use of each team is told."""
    from experiments.cli import main
    from experiments.staffing.year import measured_year
    from sim import load_scenario, simulate

    place = [
        "county.communities=2", "county.residents=3000", "county.size_sigma=0", "community.merchants=40",
        "warmup_days=14", "horizon_days=56", "followup_days=28",
    ]  # fmt: skip
    words = [
        "staffing", "scenario=cangnan_embedded_cadres", "staffing.team=[staff.per_10k,staff.embedded]",
        "staffing.cost=[1,.4]", "staffing.target.metric=first_response", "staffing.target.within_days=5",
        "staffing.target.share=.85", "staffing.most=4", "staffing.around=1", "staffing.surge.factor=1",
        "staffing.confidence=.5", "replications=10", "executor=serial", *place, f"out={tmp_path}",
    ]  # fmt: skip
    assert main(words) == 0
    told = capsys.readouterr().out
    table = pd.read_csv(tmp_path / "staffing.csv").set_index("counts")
    target = Target("first_response", 5.0, "calendar", 0.85, 0.5)

    def meets(staff: int, embedded: int) -> bool:
        changes = [f"staff.per_10k={staff * 1e4 / 1500!r}", f"staff.embedded={float(embedded)}"]
        scenario = load_scenario("cangnan_embedded_cadres", [*place, *changes])
        years = [measured_year(simulate(scenario, 1, number), target) for number in range(10)]
        return sum(year.share >= 0.85 for year in years) >= 5

    answer = tuple(map(int, told.strip().splitlines()[-1].rpartition(":")[2].split("+")))
    assert answer[1] > 0
    assert meets(*answer)
    cost = answer[0] + 0.4 * answer[1]
    assert not any(meets(a, b) for a in range(5) for b in range(5) if a + 0.4 * b < cost - 1e-9)
    row = table.loc["+".join(map(str, answer))]
    assert 0.0 < row["utilisation_embedded"] < 2.0
    assert row["cost"] == pytest.approx(cost)
    for fewer in ((answer[0] - 1, answer[1]), (answer[0], answer[1] - 1)):
        assert min(fewer) < 0 or not table.loc["+".join(map(str, fewer)), "meets_target"]


@pytest.mark.parametrize(("confidence", "met"), [(0.95, False), (0.85, False), (0.75, True), (0.5, True)])
def test_a_target_must_be_met_in_as_many_years_as_asked(confidence: float, met: bool) -> None:
    """Eight years in ten reach it."""
    found = verdict([0.95] * 80 + [0.85] * 20, 0.9, confidence)
    assert found.years_met == 0.8
    assert found.met is met


def test_years_without_reports_are_counted_and_left_out_of_the_share() -> None:
    search = _search(lambda counts: 0.9, 0.01)
    search.years[3,] = [_year(0.8), _year(math.nan), _year(1.0)]
    search.years[4,] = [_year(math.nan)] * 3
    table = teams_table(search).set_index("counts")
    assert table.loc["3", "years_without_reports"] == 1
    assert table.loc["3", "share"] == pytest.approx(0.9)
    assert 0.8 <= table.loc["3", "share_low"] <= table.loc["3", "share_high"] <= 1.0
    assert table.loc["4", "years_without_reports"] == 3
    assert math.isnan(table.loc["4", "share"])
    assert math.isnan(table.loc["4", "share_low"])
    assert math.isnan(table.loc["3", "one_more_adds"])
