"""A textbook question of staff, asked on the command line: how many agents for ten erlangs."""

import contextlib
import io
import tempfile

from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, clock

OFFERED, SERVICE_MEAN_DAYS, WITHIN_DAYS, SHARE = 10.0, 180 / 86400, 20 / 86400, 0.8
#: Thirteen reach 79.56 %.
ERLANG_C = 14


def measure(quick: bool = False) -> list[Row]:
    """Ask once; a year of 1.75 million calls, or in the quick version a month of it."""
    from experiments.cli import main

    days = 30 if quick else 365
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as told:
        words = [
            "scenario=verification/queue",
            "staffing.team=verification.servers",
            f"verification.arrival_rate={OFFERED / SERVICE_MEAN_DAYS!r}",
            f"verification.service_mean={SERVICE_MEAN_DAYS!r}",
            f"horizon_days={days}",
            "staffing.target.metric=wait",
            f"staffing.target.within_days={WITHIN_DAYS!r}",
            f"staffing.target.share={SHARE}",
            f"out={folder}",
        ]
        seconds, status = clock(lambda: main(["staffing", *words]))
    answer = [int(word) for word in told.getvalue().strip().splitlines()[-1].split() if word.isdigit()]
    if status or ERLANG_C not in answer:
        raise RuntimeError(f"staffing answered {answer} with status {status}, Erlang C says {ERLANG_C}")
    calls = round(OFFERED / SERVICE_MEAN_DAYS * days)
    return [
        Row(
            key="staffing",
            work=f"cogov staffing, ten erlangs, {calls:,} calls a year, 80 % within 20 s",
            peer="",
            figure=Spread.of([seconds]),
            unit="s",
            goal=None if quick else Goal(60.0, 20.0, more_is_better=False),
            check=f"the smallest team is {ERLANG_C}, as Erlang C says",
        )
    ]
