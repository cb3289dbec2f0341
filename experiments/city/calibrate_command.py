"""The command `cogov calibrate`: reads the question, calibrates, writes and tells."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.calibration import SWEEPS
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import language_of, split_words, whole_number
from experiments.arguments.run_plan import EXECUTORS, ExecutorChoice, executor_choice
from experiments.city import CITY_FILE, IDENTIFIED_FILE, POSTERIOR_FILE
from experiments.city.keys import date_key, request_file
from experiments.output.output_folder import OutputFolder
from sim.errors import InputError
from sim.input_files.documents import user_path
from sim.scenario.seeds import LARGEST_SEED

# What reads the file and samples loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.city.calibrating import Calibration
    from experiments.city.reference_runs import KeptRuns
    from sim.request_file.loading import RequestStream

KEYS = (
    "demand.stream", "demand.mapping", "calibrate.until", "calibrate.sweeps", "calibrate.runs", "draws",
    "seed", "out", "executor", "jobs", "language",
)  # fmt: skip
SIMULATED_FILE = "simulated.csv"
FILES = (CITY_FILE, POSTERIOR_FILE, IDENTIFIED_FILE, SIMULATED_FILE)
#: Fewer runs than this say nothing.
FEWEST_RUNS = 200

_WORDS = {
    "en": {
        "known": "{requests:,} requests opened before {until}; {closed:,} closed by then, {open:,} open. "
        "No later closing was looked at.",
        "read": "Read were the requests opened since {since}; earlier ones say next to nothing of today.",
        "teams": "Teams: {teams}; categories: {categories}; draws of the posterior: {draws}.",
        "break": "Practice changed: {category} on {day}; what was opened earlier is left out.",
        "told": "Told by the file: {names}.",
        "not_told": "Not told by the file, so as assumed before it: {names}.",
        "gamma": "How closing answers to a backlog (gamma; 0 pure delay, 1 fixed capacity): {mean:.2f}, "
        "{low:.2f} to {high:.2f}.",
        "checked": "The same from {runs:,} simulated windows, beside the likelihood:",
        "drift": "Practice drifts: a category's level two months on varies by {cv:.0%} (drift_cv).",
        "written": "Written to {out}: {files}.",
        "answer": "Answer: calibrated on {closed:,} closings (teams: {teams}); the file tells {told} of {of} "
        "numbers of the whole city. Closing answers to a backlog with gamma {mean:.2f}, 90 % interval "
        "{low:.2f} to {high:.2f} (0 pure delay, 1 fixed capacity).",
    },
    "zh": {
        "known": "{until}之前提出的诉求{requests:,}件；其中{closed:,}件当时已办结，{open:,}件未结。"
        "此后的办结没有看。",
        "read": "计入的是{since}以来提出的诉求；更早的几乎不能说明现在的情况。",
        "teams": "{teams}个办理队伍，{categories}类诉求，后验抽样{draws}组。",
        "break": "办理方式有变：{category}，自{day}起；此前提出的不计入。",
        "told": "文件可以说明的：{names}。",
        "not_told": "文件不能说明、仍按事先假定的：{names}。",
        "gamma": "办结速度对积压的反应（gamma；0为纯等待，1为固定能力）：{mean:.2f}，{low:.2f}至{high:.2f}。",
        "checked": "由{runs:,}次模拟所得，与似然所得并列：",
        "drift": "办理方式会渐变：两个月后某类诉求的快慢约有{cv:.0%}的变动（drift_cv）。",
        "written": "已写入{out}：{files}。",
        "answer": "答案：用{closed:,}件办结校准了{teams}支队；全市的{of}个数值中，文件可说明{told}个。"
        "办结对积压的反应gamma为{mean:.2f}，90%区间{low:.2f}至{high:.2f}（0为纯延迟，1为固定能力）。",
    },
}


def carry_out(words: Sequence[str]) -> None:
    """Calibrate, write the folder, tell what was found."""
    one = calibrated(words)
    for line in lines_of(one, one.language):
        print(line)


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What came of the command."""

    stream: "RequestStream"
    found: "Calibration"
    checked: "pd.DataFrame | None"
    """The simulated stage beside the likelihood, where it was asked for."""
    runs: int
    out: Path
    language: str


def lines_of(one: Calibrated, language: str) -> list[str]:
    """Return what is told of a calibration, the answer last."""
    words = _WORDS[language]
    lines = told(one.stream, one.found, language)
    if one.checked is not None:
        lines.append(words["checked"].format(runs=one.runs))
        lines.append(one.checked.round(3).to_string(index=False))
    files = FILES if one.runs else FILES[:-1]
    lines.append(words["written"].format(out=visible(one.out), files=", ".join(files)))
    lines.append(answer(one.found, language))
    return lines


def calibrated(words: Sequence[str]) -> Calibrated:
    """Calibrate and write the folder."""
    own, overrides = split_words(words, KEYS)
    if overrides:
        key, _, value = overrides[0].partition("=")
        raise InputError(key, value, f"one of {', '.join(KEYS)}")
    language = language_of(own)
    until = date_key(own, "calibrate.until")
    draws = whole_number("draws", own.get("draws"), 200, 20, 400)
    seed = whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED)
    sweeps = whole_number("calibrate.sweeps", own.get("calibrate.sweeps"), SWEEPS, SWEEPS, 100_000)
    runs = whole_number("calibrate.runs", own.get("calibrate.runs"), 0, 0, 100_000)
    if 0 < runs < FEWEST_RUNS:
        raise InputError("calibrate.runs", runs, f"0, or at least {FEWEST_RUNS}")
    choice = executor_choice(own, "processes", EXECUTORS)
    out = user_path(own.get("out", "out/calibrated"), "out")
    command = shlex.join(["cogov", "calibrate", *words])
    started = datetime.now().astimezone()
    with OutputFolder(out, FILES) as output:
        stream = request_file(own)
        from experiments.city.calibrating import calibrate_directly
        from experiments.city.reference_runs import KeptRuns
        from experiments.output.manifest import brief_manifest
        from experiments.system.progress import progress_bar

        with progress_bar(100, "%") as bar:
            found = calibrate_directly(
                stream,
                until,
                draws,
                seed,
                lambda done, of: bar.update(100 * done // of - bar.n),
                sweeps=sweeps,
            )
        checked = None
        if runs:
            found.write(output, drift=False)  # the window that is run again has been seen
            kept = KeptRuns(out.with_name(f"{out.name}-runs"), _identity(found, seed, draws, sweeps), command)
            checked = _simulated(output, found, seed, choice, kept, runs)
        found.write(output)
        more: dict[str, Any] = {"calibrated_until": until.isoformat(), "seed": seed, "source": found.source}
        output.finish(brief_manifest(command, started, **more))
    return Calibrated(stream, found, checked, runs, out, language)


def answer(found: "Calibration", language: str) -> str:
    """Return in a line what the file tells, with how sure that is."""
    import numpy as np

    from analysis.calibration.reference_checks import NOT_IDENTIFIED

    table, gamma = found.identified(), found.posterior.gamma
    city = table[table["scope"] == "city"]
    low, high = np.quantile(gamma, [0.05, 0.95])
    return _WORDS[language]["answer"].format(
        teams=len(found.known.teams),
        closed=found.source["closings_before_origin"],
        told=int((~city["verdict"].str.startswith(NOT_IDENTIFIED)).sum()),
        of=len(city),
        mean=gamma.mean(),
        low=low,
        high=high,
    )


def _identity(found: "Calibration", seed: int, draws: int, sweeps: int) -> str:
    """Return what shapes the runs of the simulated stage."""
    from experiments.output.manifest import code_hash

    digest = found.source["sha256_of_content_and_mapping"]
    return f"{digest} {found.origin} {seed} {draws} {sweeps} {code_hash()}"


def _simulated(
    output: OutputFolder,
    found: "Calibration",
    seed: int,
    choice: ExecutorChoice,
    kept: "KeptRuns",
    runs: int,
) -> "pd.DataFrame":
    """Carry out the simulated stage and set it beside the likelihood; writes `simulated.csv`."""
    from experiments.city.simulated_stage import (
        against_direct,
        simulated_stage,
        simulated_table,
        training_window,
    )
    from sim.city.folder import read_city

    city = read_city(output.partial)
    draws = [city.draw(number) for number in range(city.draws)]
    known, direct = found.known, found.posterior
    window = training_window(
        monday=date.fromordinal(found.origin.toordinal() - int(known.until)),
        until=int(known.until),
        opened=known.opened,
        closed=known.closed,
        due=known.due,
        category=known.category,
        categories=known.categories,
        team=known.team,
        urgent=known.urgent,
    )
    stage = simulated_stage(window, draws, simulated_table(window, draws, seed, choice, kept, runs))
    beside = against_direct(
        stage,
        {
            "gamma": direct.gamma,
            "weekly_cv": direct.weekly_cv.mean(axis=1),
            "mobilisation": direct.mobilisation,
            "put_off": direct.put_off,
            "due_effect": direct.due_effect,
        },
    )
    table = stage.identified.merge(beside, on="parameter", how="left")
    output.add_table(SIMULATED_FILE, table)
    return table[
        ["parameter", "posterior_mean", "posterior_width", "verdict", "direct_mean", "direct_sd", "apart"]
    ]


def told(stream: "RequestStream", found: "Calibration", language: str) -> list[str]:
    """Return what was found, in lines for the terminal."""
    import numpy as np

    from analysis.calibration.reference_checks import NOT_IDENTIFIED

    words, known = _WORDS[language], found.known
    source = found.source
    lines = [
        words["known"].format(
            requests=source["requests_opened_before_origin"],
            until=found.origin,
            closed=source["closings_before_origin"],
            open=source["open_at_origin"],
        ),
        words["teams"].format(
            teams=len(known.teams), categories=len(known.categories), draws=len(found.posterior.gamma)
        ),
    ]
    if "read_from" in source:
        lines.insert(1, words["read"].format(since=source["read_from"]))
    for one in found.breaks:
        day = date.fromordinal(stream.start_date.toordinal() + int(one.day))
        lines.append(words["break"].format(category=visible(known.categories[one.category]), day=day))
    table = found.identified()
    city = table[table["scope"] == "city"]
    untold = city["verdict"].str.startswith(NOT_IDENTIFIED)
    between = "、" if language == "zh" else ", "
    for key, names in (("told", city[~untold]), ("not_told", city[untold])):
        if len(names):
            lines.append(words[key].format(names=between.join(names["parameter"])))
    gamma = found.posterior.gamma
    low, high = np.quantile(gamma, [0.05, 0.95])
    lines.append(words["gamma"].format(mean=gamma.mean(), low=low, high=high))
    lines.append(words["drift"].format(cv=found.drift_cv))
    return lines
