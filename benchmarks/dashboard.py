"""The dashboard: from letting go of a slider to the comparison on the screen, in a real browser."""

import tempfile
from pathlib import Path

from benchmarks.browser import opened, seconds_to_pictures, seconds_to_redraw, served, wait_drawn
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread

PAIRS = 20
#: Places on the slider that no run is kept for yet.
SHARES = (0.2, 0.35, 0.55, 0.8, 0.27, 0.43, 0.66, 0.9, 0.13)


def measure(quick: bool = False) -> list[Row]:
    """Move the slider for staff on one side, again and again, to places it has not been."""
    pairs = 4 if quick else PAIRS
    shares = SHARES[:3] if quick else SHARES
    with (
        tempfile.TemporaryDirectory() as folder,
        served([f"replications={pairs}"], Path(folder)) as dashboard,
    ):
        with opened(dashboard.address) as (page, seen):
            wait_drawn(page, pairs, patience=300.0)
            # The first movement warms the browser's code for drawing.
            seconds_to_redraw(page, "staff.per_10k", "b", 0.5, pairs)
            both = [seconds_to_pictures(page, "staff.per_10k", "b", share, pairs) for share in shares]
            firsts, times = zip(*both, strict=True)
            back = [seconds_to_redraw(page, "staff.per_10k", "b", share, pairs) for share in shares[:3]]
        assert not seen.errors, seen.errors
    return [
        Row(
            key="dashboard",
            work=f"dashboard: slider let go, to {pairs} pairs of a 9,000-resident year drawn in the browser",
            peer="",
            figure=Spread.of(times),
            unit="s",
            goal=Goal(0.9, 0.5, more_is_better=False),
            check=f"{pairs} new runs of the side that was changed, all curves and the table drawn",
            parts={"a first picture": Spread.of(firsts), "moved back, nothing to run": Spread.of(back)},
        )
    ]
