"""Every figure that the project draws, of one to four scenarios with names as long as names may be."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis import figures
from analysis.comparison.by_group import by_group_table
from analysis.comparison.table import compare_summaries
from analysis.figures.forecasts import Panel
from analysis.figures.page.style import Provenance, scenario_titles
from analysis.figures.sweep import design_figure
from analysis.figures.turning import tornado_figure, turning_figure
from analysis.findings.turning import swing, widest_first
from analysis.forecasts.window import Forecast
from analysis.report.request_file_figures import breaks_figure, weeks_figure
from analysis.statistics.scenario_discovery import Box, Limit
from analysis.summaries.run_summary import RunSummary, summarise_run
from experiments.designs.sweep_tables import point_rows
from experiments.published.entry import load_cells, load_entry
from tests.analysis.forecasts.synthetic import exponential, made_window
from tests.analysis.test_by_group import varied

SOURCE = Provenance("0123456789abcdef", "cogov compare seed=1", "0.1.0")
#: Titles of scenarios: as shipped, and as long as they are drawn.
TITLES = {
    "plain": {
        "en": (
            "Administration-led service", "Digital multi-party co-governance", "On-call sessions",
            "Platform alone",
        ),
        "zh": ("行政主导服务", "数字化多元共治", "随叫随到的会商", "仅有平台"),
    },
    "long": {
        "en": tuple(
            f"{word} with joint sessions on working MONDAYS, 2026"
            for word in ("Reform A", "Reform B", "Office", "WWWWMMMM")
        ),
        "zh": tuple(f"{word}街道办事处牵头的数字化多元共治联席会商改革试点方案" for word in "甲乙丙丁"),
    },
}  # fmt: skip
NAMES = ("administration_led", "co_governance", "third", "fourth")
CATEGORIES = (
    "Sewer back-up in a building of several owners, by night",
    "道路积水与下水道堵塞（含小区内部道路）的处置",
    "Lamp",
)
#: Published experiments that are drawn: of those of one kind the fullest.
PUBLISHED = {
    "en": ("break_even", "burden_boundary", "claims", "decisions", "regime_map"),
    "zh": ("claims", "regime_map"),
}  # fmt: skip
Draw = Callable[[], Figure]


@cache
def runs() -> dict[str, list[RunSummary]]:
    """Two replications of each of two ways of governing."""
    return {
        name: [summarise_run(varied(name, number, 800, 400)) for number in range(2)] for name in NAMES[:2]
    }


def arms(number: int, length: str, language: str) -> dict[str, list[RunSummary]]:
    """So many scenarios: the two, and again."""
    titles = TITLES[length][language]
    return {
        name: [
            replace(one, scenario=name, title={language: titles[place]}) for one in runs()[NAMES[place % 2]]
        ]
        for place, name in enumerate(NAMES[:number])
    }


def of_scenarios(number: int, length: str, language: str) -> Iterator[tuple[str, Draw]]:
    """The figures that have something for each scenario."""
    shown = arms(number, length, language)
    titles = scenario_titles(shown, language)
    for name in ("answer", "main", "incidence", "participation", "workload"):
        draw = getattr(figures, f"{name}_figure")
        yield name, lambda draw=draw: draw(shown, language, SOURCE)
    if number > 1:
        table = compare_summaries(shown)
        yield (
            "differences",
            lambda: figures.forest_figure(table, titles, language=language, provenance=SOURCE),
        )
    yield "groups", lambda: figures.groups_figure(by_group_table(shown), titles, language, SOURCE)
    called = [titles[name] for name in shown]
    if number == 2:
        yield from _turning(titles, called, language)
    for kind, levels, rows in SWEEPS:
        frame = sweep_table(levels, called, rows)
        yield (
            f"sweep, {kind}",
            lambda frame=frame, levels=levels: design_figure(
                frame, list(levels), "solved_30d_from_report", language, SOURCE
            ),
        )


def _turning(titles: dict[str, str], called: list[str], language: str) -> Iterator[tuple[str, Draw]]:
    key, metric = "joint_session.preparation_hours", "solved_30d_from_report"
    frame = sweep_table({key: [0.5, 2.0, 3.5, 6.0]}, called, None)
    named = {title: title for title in titles.values()}
    yield (
        "turning",
        lambda: turning_figure(frame, key, metric, named, (2.0, 2.5), language, SOURCE),
    )
    generator = np.random.default_rng(1)
    keys = ("closing.load_slope", "intake.repeat_recognised", "reporting.published_factor", "roster.absence")
    swings = []
    for one in keys:
        values = generator.normal(0.5, 0.05, (4, 6))
        rows = point_rows(metric, values, called, {})
        swings.append(swing(one, (0.0, 0.125), rows, values))
    yield "tornado", lambda: tornado_figure(widest_first(swings), metric, 0.01, language, SOURCE)


#: Kinds of a sweep's figure, the levels varied, and points if not all.
SWEEPS: tuple[tuple[str, dict[str, list[Any]], int | None], ...] = (
    ("lines", {"joint_session.preparation_hours": [1.0, 2.0, 3.0]}, None),
    ("named", {"referral.session_trigger": ["organisations", "refusals"]}, None),
    ("map", {"staff.per_10k": list(range(8, 20)), "joint_session.capacity": [2, 6, 20]}, None),
    ("lines by level", {"staff.per_10k": [8.0, 9.0, 10.0], "referral.convener": [True, False]}, None),
    ("panels", {key: [0.0, 0.5, 1.0] for key in (
        "paperwork.base_share", "reporting.phone_share_60plus", "intake.merge_probability",
        "staff.case_share", "community.share_60plus", "referral.shelved_cost_share",
        "roster.absence_common")}, 40),
)  # fmt: skip


def sweep_table(levels: dict[str, list[Any]], called: list[str], rows: int | None) -> pd.DataFrame:
    """A table of a sweep, with numbers by chance."""
    generator = np.random.default_rng(1)
    found = []
    for number, point in enumerate(list(itertools.product(*levels.values()))[:rows]):
        for arm in called:
            mean = float(generator.normal(0.5, 0.1))
            apart = float("nan") if arm == called[0] else float(generator.normal(0, 0.03))
            found.append(
                {"point": number, **dict(zip(levels, point, strict=True)), "arm": arm, "unit": "share",
                 "metric": "solved_30d_from_report", "mean": mean, "low": mean - 0.02, "high": mean + 0.02,
                 "difference": apart, "difference_low": apart - 0.02, "difference_high": apart + 0.02}
            )  # fmt: skip
    return pd.DataFrame(found)


def of_others(language: str) -> Iterator[tuple[str, Draw]]:
    """The figures whose number of scenarios is fixed; that of the validation has a test of its own."""
    yield from _published(language)
    yield from _staffing(language)
    yield from _rankings(language)
    yield from _boxes(language)
    yield from _forecasts(language)


def _published(language: str) -> Iterator[tuple[str, Draw]]:
    for name in PUBLISHED[language]:
        entry = load_cells(name)
        table = pd.read_csv(entry.expected, comment="#")
        yield f"published {name}", _published_figure(table, entry.figure, language)


def _published_figure(table: pd.DataFrame, spec: Any, language: str) -> Draw:
    return lambda: figures.published_figure(table, spec, language, SOURCE)


def _staffing(language: str) -> Iterator[tuple[str, Draw]]:
    sizes = np.arange(8, 18)
    share = 1.0 - np.exp(-0.25 * (sizes - 6.0))
    met = (share > 0.8).astype(float)
    table = pd.DataFrame(
        {"counts": [str(size) for size in sizes], "cost": sizes * 1.0, "years": 20, "share": share,
         "share_low": share - 0.05, "share_high": np.minimum(share + 0.05, 1.0), "years_met": met,
         "years_met_low": met * 0.9, "years_met_high": np.maximum(met, 0.1), "utilisation": 9.0 / sizes}
    )  # fmt: skip
    yield "staffing", lambda: figures.staffing_figure(table, 0.8, 0.95, language, SOURCE)
    kinds = {
        f"utilisation_{kind}": table["utilisation"] * factor
        for kind, factor in (("community_worker", 1.0), ("grid_worker", 1.2), ("embedded", 0.7))
    }
    mixes = table.assign(counts=[f"{size}+2+1" for size in sizes], **kinds)
    yield "staffing of mixes", lambda: figures.staffing_figure(mixes, 0.8, 0.95, language, SOURCE)


def _rankings(language: str) -> Iterator[tuple[str, Draw]]:
    note = "bars: 95 % intervals"
    attributed = pd.read_csv(load_entry("attribution").expected, comment="#")
    pairs = pd.read_csv(load_entry("attribution").expected, comment="#")
    pairs["mechanism"] = [f"{name} × published status and channels" for name in pairs["mechanism"]]
    value = {"value": ("value_low", "value_high")}
    for name, table in (("attribution", attributed), ("interactions", pairs)):
        yield (
            name,
            lambda table=table: figures.ranking_figure(
                table, value, "mechanism", note, language, SOURCE, outcome="rmst180"
            ),
        )
    found = pd.read_csv(load_entry("sensitivity").expected, comment="#")
    found = found[found["metric"] == "rmst180"].assign(noise_mu_star=0.1)
    mu_star = {"mu_star": ("mu_star_low", "mu_star_high")}
    yield (
        "sensitivity",
        lambda: figures.ranking_figure(
            found, mu_star, "parameter", note, language, SOURCE, {"mu_star": "noise_mu_star"}, "rmst180"
        ),
    )
    shares = found.assign(
        first=0.1, first_low=0.0, first_high=0.2, total=0.2, total_low=0.1, total_high=0.3, noise_total=0.1
    )
    both = {name: (f"{name}_low", f"{name}_high") for name in ("first", "total")}
    yield (
        "sensitivity, shares of variance",
        lambda: figures.ranking_figure(
            shares, both, "parameter", note, language, SOURCE, {"total": "noise_total"}
        ),
    )


def _boxes(language: str) -> Iterator[tuple[str, Draw]]:
    generator = np.random.default_rng(1)
    keys = ("referral.convener_effect", "reporting.phone_share_60plus", "joint_session.preparation_hours")
    points = pd.DataFrame({key: generator.random(60) for key in keys})
    points["difference"] = generator.normal(0, 1, 60)
    points["worse"] = points["difference"] > 0
    found = [
        Box(tuple(Limit(key, 0.123456, 0.654321) for key in keys), 0.5, 0.8, 0.3, 20),
        Box((Limit(keys[0], None, 0.3),), 0.2, 0.7, 0.1, 8),
    ]
    titles = TITLES["long"][language]
    for name, boxes in (("boxes", found), ("no box", [])):
        yield name, lambda boxes=boxes: figures.boxes_figure(points, boxes, titles[:2], language, SOURCE)


def _forecasts(language: str) -> Iterator[tuple[str, Draw]]:
    window = made_window(exponential(5.0), per_day=3.0, categories=3)
    generator = np.random.default_rng(2)
    days = [
        generator.exponential(5.0, (20, len(part)))
        for part in (window.asked.arisen_at, np.flatnonzero(window.known.open))
    ]
    parts = [(window, Forecast(*days))]
    panels = [Panel(code, name) for code, name in enumerate(CATEGORIES)]
    yield (
        "forecast, weeks",
        lambda: figures.weekly_figure(parts, [Panel(None, "all"), *panels], language, SOURCE),
    )
    methods = {"calibrated city": parts, "closing times as they were, by category": parts}
    yield "forecast, durations", lambda: figures.durations_figure(methods, panels, 60.0, language, SOURCE)
    yield from _request_file(language)


def _request_file(language: str) -> Iterator[tuple[str, Draw]]:
    generator = np.random.default_rng(3)
    arisen = np.sort(generator.random(400) * 200.0)
    closed = arisen + generator.exponential(5.0, 400)
    stream = SimpleNamespace(
        file="a file of the city with a name that is rather long, requests of the year 2024.csv",
        arisen_at=arisen, closed_at=closed, category=generator.integers(0, 3, 400),
    )  # fmt: skip
    before, after = (SimpleNamespace(closed_1_day=x, closed_7_days=x, closed_30_days=x) for x in (0.2, 0.6))
    breaks = [
        SimpleNamespace(category=code, day=80 + code, p_value=0.01, before=before, after=after)
        for code in range(3)
    ]
    found: Any = SimpleNamespace(
        start_date=date(2024, 1, 1), until=200.0, has_closings=True, breaks=breaks,
        weekly=SimpleNamespace(by_weekday=np.full(7, 1 / 7), by_hour=np.full(24, 1 / 24), has_hours=True),
        label=lambda code: CATEGORIES[code],
    )  # fmt: skip
    yield "request file, weeks", lambda: weeks_figure(found, stream, language, SOURCE)
    yield "request file, breaks", lambda: breaks_figure(found, stream, language, SOURCE)
