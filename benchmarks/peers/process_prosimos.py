"""Requests of a city as a business process in Prosimos: an activity for each category, teams as resources.

What it may know is what any method of a backtest may: openings and closings before the origin with category
and team, and opening and category of those to be forecast. A file does not say when work began, so there are
three readings of it:

one_at_a_time
    A team does one thing after another: work on a request began when the team closed the one before, or at
    its opening if that was later. This is how Simod estimates starts from closings.
all_at_once
    A team works on as many requests as it ever had open, each as long as it was open; closed ones count.
all_at_once_censored
    The same, with open ones as open until the origin (Kaplan–Meier); what is never closed leaves by a
    gateway.

Durations are the best of Prosimos' own families, fitted as its own library does; they are clock time, so
calendars are always open. Prosimos starts empty: the requests open at the origin come in at the origin, in
the order of opening.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import prosimos.simulation_engine as engine
from pix_framework.statistics.distribution import DurationDistribution, get_best_fitting_distribution
from prosimos.simulation_properties_parser import parse_datetime
from prosimos.simulation_setup import SimDiffSetup

Floats = np.ndarray
DAY = 86400.0
#: Fewer closings are fitted together with all others.
FEWEST = 20
#: Durations fitted at most, and share of a category's closings from which on a team has it.
FITTED_AT_MOST, TEAM_FROM = 1000, 0.01
READINGS = ("one_at_a_time", "all_at_once", "all_at_once_censored")


class Known:
    """What is known at the origin, in days."""

    def __init__(self, path: str) -> None:
        with np.load(path) as held:
            self.origin = float(held["origin"])
            self.arisen, self.closed = held["arisen_at"], held["closed_at"]
            self.category, team = held["category"], held["team"]
            self.asked, self.asked_category = held["asked_at"], held["asked_category"]
        self.seen = ~np.isnan(self.closed)
        # Nobody named is a team of its own.
        self.teams = int(team.max()) + 2
        self.team = np.where(team < 0, self.teams - 1, team)
        self.categories = int(max(self.category.max(), self.asked_category.max())) + 1

    def teams_of(self, category: int) -> list[int]:
        """Return the teams that do a category."""
        mine = self.category == category
        if (mine & self.seen).any():
            mine &= self.seen
        if not mine.any():
            return [self.teams - 1]
        teams, number = np.unique(self.team[mine], return_counts=True)
        return [int(team) for team in teams[number >= max(1.0, TEAM_FROM * mine.sum())]]

    def most_open(self, team: int) -> int:
        """Return how many requests a team had open at once."""
        mine = self.team == team
        ends = np.where(self.seen[mine], self.closed[mine], np.inf)
        order = np.argsort(np.concatenate([self.arisen[mine], ends]), kind="stable")
        steps = np.repeat([1, -1], mine.sum())[order]
        return max(1, int(np.cumsum(steps).max(initial=0)))

    def worked(self) -> Floats:
        """Return how long each closed request was worked on, if teams do one thing after another."""
        days = np.full(len(self.arisen), np.nan)
        for team in range(self.teams):
            mine = np.flatnonzero((self.team == team) & self.seen)
            mine = mine[np.argsort(self.closed[mine], kind="stable")]
            before = np.concatenate([[-np.inf], self.closed[mine][:-1]])
            days[mine] = self.closed[mine] - np.maximum(self.arisen[mine], before)
        return days


class Process:
    """The process: durations by category and team, servers by team, share never closed by category."""

    def __init__(self, known: Known, reading: str) -> None:
        self.known = known
        self.rng = np.random.default_rng(1)
        self.teams = [known.teams_of(category) for category in range(known.categories)]
        self.never = np.zeros(known.categories)
        self.durations: dict[tuple[int, int], DurationDistribution] = {}
        if reading == "one_at_a_time":
            self.servers = [1] * known.teams
            self._one_at_a_time()
        else:
            self.servers = [known.most_open(team) for team in range(known.teams)]
            self._all_at_once(censored=reading == "all_at_once_censored")

    def _fit(self, days: Floats) -> DurationDistribution:
        seconds = np.maximum(days, 0.0) * DAY
        if len(seconds) > FITTED_AT_MOST:
            seconds = self.rng.choice(seconds, FITTED_AT_MOST, replace=False)
        if np.ptp(seconds) < 1e-6:
            same = float(seconds[0])
            return DurationDistribution("fix", mean=same, minimum=same, maximum=same)
        return get_best_fitting_distribution(seconds.tolist())

    def _one_at_a_time(self) -> None:
        known, worked = self.known, self.known.worked()
        everything = self._fit(worked[known.seen])
        for category, teams in enumerate(self.teams):
            mine = (known.category == category) & known.seen
            usual = self._fit(worked[mine]) if mine.sum() >= FEWEST else everything
            for team in teams:
                here = mine & (known.team == team)
                self.durations[category, team] = self._fit(worked[here]) if here.sum() >= FEWEST else usual

    def _all_at_once(self, censored: bool) -> None:
        known = self.known
        open_for = np.where(known.seen, known.closed, known.origin) - known.arisen
        for category, teams in enumerate(self.teams):
            mine = known.category == category
            if (mine & known.seen).sum() < FEWEST:
                mine = np.ones(len(known.category), dtype=bool)
            if censored:
                days, self.never[category] = _quantiles(open_for[mine], known.seen[mine])
            else:
                days = open_for[mine & known.seen]
            fitted = self._fit(days)
            for team in teams:
                self.durations[category, team] = fitted

    def write(self, folder: Path) -> tuple[str, str]:
        """Write the process and its parameters; return where."""
        elements = [
            '<startEvent id="start"/><endEvent id="end"/>',
            '<exclusiveGateway id="which"/><exclusiveGateway id="join"/>',
        ]
        flows = [("first", "start", "which"), ("last", "join", "end")]
        equal = 1.0 / len(self.teams)
        gates = {"which": {f"c{category}": equal for category in range(len(self.teams))}}
        for category, share in enumerate(self.never):
            task, gate = f"t{category}", f"n{category}"
            elements.append(f'<task id="{task}" name="category {category}"/>')
            flows.append((f"d{category}", task, "join"))
            flows.append((f"c{category}", "which", gate if share > 0.0 else task))
            if share > 0.0:
                elements.append(f'<exclusiveGateway id="{gate}"/>')
                flows += [(f"y{category}", gate, task), (f"x{category}", gate, "join")]
                gates[gate] = {f"y{category}": 1.0 - share, f"x{category}": share}
        arcs = (f'<sequenceFlow id="{a}" sourceRef="{b}" targetRef="{c}"/>' for a, b, c in flows)
        model, parameters = folder / "process.bpmn", folder / "process.json"
        model.write_text(
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p">'
            f"{''.join(elements)}{''.join(arcs)}</process></definitions>",
            encoding="utf-8",
        )
        parameters.write_text(json.dumps(self._parameters(gates)), encoding="utf-8")
        return str(model), str(parameters)

    def _parameters(self, gates: dict[str, dict[str, float]]) -> dict[str, Any]:
        always = [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}]
        resources = [
            {"id": f"r{team}", "name": f"r{team}", "cost_per_hour": 1, "amount": amount, "calendar": "always"}
            for team, amount in enumerate(self.servers)
        ]
        return {
            "resource_profiles": [{"id": "teams", "name": "teams", "resource_list": resources}],
            "resource_calendars": [{"id": "always", "name": "always", "time_periods": always}],
            "arrival_time_calendar": always,
            # Not drawn from: arrivals are given.
            "arrival_time_distribution": {"distribution_name": "fix", "distribution_params": [{"value": 1}]},
            "gateway_branching_probabilities": [
                {"gateway_id": gate, "probabilities": [{"path_id": a, "value": b} for a, b in ways.items()]}
                for gate, ways in gates.items()
            ],
            "task_resource_distribution": [
                {
                    "task_id": f"t{category}",
                    "resources": [
                        {
                            "resource_id": f"r{team}",
                            **self.durations[category, team].to_prosimos_distribution(),
                        }
                        for team in teams
                    ],
                }
                for category, teams in enumerate(self.teams)
            ],
        }


class _Told:
    """A gateway that sends each case, in the order of arrival, where its category is done."""

    def __init__(self, flows: Iterator[str]) -> None:
        self._flows = flows

    def get_outgoing_flow(self) -> str:
        return next(self._flows)


def _quantiles(days: Floats, seen: Floats) -> tuple[Floats, float]:
    """Return a thousand quantiles of what closes, by Kaplan–Meier, and the share that has not at its end."""
    order = np.argsort(days, kind="stable")
    days, seen = days[order], seen[order]
    left = np.cumprod(1.0 - seen / (len(days) - np.arange(len(days))))
    wanted = (np.arange(1000) + 0.5) / 1000 * (1.0 - left[-1])
    return days[np.minimum(np.searchsorted(1.0 - left, wanted), len(days) - 1)], float(left[-1])


def forecast(known: str, reading: str, draws: int, out: str) -> None:
    """Draw days to closing, of those asked and of the starting backlog, and write them to a file."""
    held = Known(known)
    waiting = np.flatnonzero(~held.seen)
    queue = waiting[np.argsort(held.arisen[waiting], kind="stable")]
    at = np.concatenate([np.zeros(len(queue)), (held.asked - held.origin) * DAY])
    flows = [f"c{code}" for code in np.concatenate([held.category[queue], held.asked_category])]
    model, parameters = Process(held, reading).write(Path(out).parent)
    days = np.full((draws, len(at)), np.inf, dtype=np.float32)
    for draw in range(draws):
        random.seed(draw)
        np.random.seed(draw)  # noqa: NPY002 (what Prosimos draws from)
        setup = SimDiffSetup(model, parameters, False, len(at))
        # Any Tuesday 00:00, as the calendar is always open.
        setup.start_datetime = parse_datetime("2011-11-01T00:00:00.000000+00:00", True)
        setup.bpmn_graph.element_probability["which"] = _Told(iter(flows))
        done = engine.run_simpy_simulation(setup, None, None, at.tolist())
        for trace in done.log_info.trace_list:
            if trace.event_list:
                days[draw, trace.p_case] = (trace.event_list[-1].completed_at - at[trace.p_case]) / DAY
    backlog = np.empty((draws, len(waiting)), dtype=np.float32)
    backlog[:, np.searchsorted(waiting, queue)] = days[:, : len(queue)]
    np.savez(out, days=days[:, len(queue) :], backlog=backlog)
