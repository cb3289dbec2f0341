"""What workers do for a hotline's own file: calibrate, backtest, what-if, by the functions of the commands.

Each task gets the words of its command and returns plain values. Bars of progress tell the page instead of
the terminal; the task stops at the next step of one where nobody waits for it any more.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work import worker_tasks
from experiments.system.progress import bars_by

#: What is being done, by the unit that a bar counts.
STAGES = ("%", "forecast", "draw", "pair")


class Bar:
    """Stands in for a bar of the terminal; sees to it, at each step, that somebody still waits."""

    def __init__(self, total: float, unit: str, place: int, number: int) -> None:
        self.total, self.n = total, 0.0
        self._stage = STAGES.index(unit) if unit in STAGES else 0
        self._place, self._number = place, number
        self.update(0)

    def update(self, more: float = 1) -> None:
        """Count further ones as done."""
        self.n += more
        worker_tasks.look(self._place, self._number)
        share = self.n / self.total if self.total else 0.0
        worker_tasks.tell(self._place, 1000 * self._stage + min(999, int(999 * share)))

    def set_description(self, text: str) -> None:
        """Nothing: the page says what is done in its own words."""


def calibrated_city(words: Sequence[str], place: int, number: int) -> dict[str, Any]:
    """Carry out `cogov calibrate`; return its lines by language, the answer last, and the teams."""
    from experiments.city.calibrate_command import calibrated, lines_of

    with bars_by(lambda total, unit: Bar(total, unit, place, number)):
        one = calibrated([*words, "executor=serial"])
    return {
        "teams": list(one.found.known.teams),
        "lines": {language: lines_of(one, language) for language in LANGUAGES},
    }


def backtested(words: Sequence[str], place: int, number: int) -> dict[str, Any]:
    """Carry out `cogov backtest`; return by language its answer and verdict, scores, figure of durations."""
    from analysis.figures import Provenance, save
    from analysis.forecasts.summary import means
    from experiments.city.backtests.command import durations_drawn, scored
    from experiments.city.backtests.words import answer, score_lines, verdict_lines
    from experiments.output.manifest import code_hash

    with bars_by(lambda total, unit: Bar(total, unit, place, number)):
        one = scored([*words, "executor=serial"])
    source = Provenance(code_hash()[:12], one.command)
    found: dict[str, Any] = {"changed": [change.category for change in one.result.changed]}
    with tempfile.TemporaryDirectory(prefix="cogov-backtest-") as folder:
        for language in LANGUAGES:
            figure = durations_drawn(one.result, one.ours, one.asked, source, language)
            drawn = save(figure, Path(folder) / language, source, title="durations", formats=("png",))
            found[language] = {
                "answer": answer(one.result, one.ours, language),
                "verdict": list(verdict_lines(one.result, one.ours, language)),
                "scores": score_lines(means(one.result.table), language),
                "picture": drawn["png"].read_bytes(),
            }
    return found


def city_changed(words: Sequence[str], place: int, number: int) -> dict[str, Any]:
    """Carry out `cogov what-if`; return by language what to know first, the table, its basis, the answers."""
    from experiments.city import what_if_command as command

    with bars_by(lambda total, unit: Bar(total, unit, place, number)):
        asked = command.what_is_asked(words)
        table = command.compared(asked)
    return {
        language: {
            "about": command.about(asked.question, language),
            "first": command.told_first(asked, language),
            "table": command.rendered(table, language),
            "basis": command.basis_lines(asked, language),
            "answers": list(command.answers(table, language)),
        }
        for language in LANGUAGES
    }
