"""The command `cogov backtest`: reads the question, forecasts, writes and tells."""

import importlib.util
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.forecasts.rivals.method import Method
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import EXECUTORS, ExecutorChoice, executor_choice
from experiments.city.backtests.calibrated_at import Made, files, given
from experiments.city.backtests.city_forecast import Calibrated, CityForecast
from experiments.city.backtests.words import answer, told, word
from experiments.city.backtests.work import RIVALS, Backtest, Question, backtest, forecast_table, windows_of
from experiments.city.keys import date_key, request_file
from experiments.output.manifest import brief_manifest, code_hash
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.progress import progress_bar
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
from sim.input_files.file_errors import naming
from sim.request_file.loading import RequestStream
from sim.scenario.seeds import LARGEST_SEED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.figures import Provenance

#: In place of a folder: rivals alone.
_NO_CITY = "none"
KEYS = (
    "demand.stream", "demand.mapping", "backtest.origin", "backtest.until", "backtest.every_days",
    "backtest.horizon_days", "backtest.largest", "backtest.rivals", "draws", "calibrated", "seed", "out",
    "executor", "jobs", "language",
)  # fmt: skip
FORECAST = "forecast.parquet"
FILES = ("scores.csv", FORECAST, "surges.csv", *pictures("weeks", "durations"))
#: What needs the extra `forecast`.
_NEEDS_SKLEARN = ("boosted", "boosted_backlog")
#: Values of the city that the question decides.
_DECIDED = ("city.folder", "city.origin", "city.until", "city.draw")
#: Drawn beside ours.
_PLAIN = "kaplan_meier"


@dataclass(frozen=True, eq=False)
class Scored:
    """What came of the command."""

    result: Backtest
    ours: str
    """Name of the method that is told first."""
    asked: Question
    left_out: list[str]
    """Rivals that cannot be had here."""
    out: Path
    command: str
    language: str


def carry_out(words: Sequence[str]) -> None:
    """Forecast, write tables and figures, print the summary."""
    found = scored(words)
    for line in told(found.result, found.ours, found.asked, found.left_out, found.language):
        print(line)
    print("\n" + word("written", found.language).format(visible(found.out), f"scores.csv, {FORECAST}"))
    print(answer(found.result, found.ours, found.language))


def scored(words: Sequence[str]) -> Scored:
    """Forecast, write tables and figures."""
    own, overrides = split_words(words, KEYS)
    language = language_of(own)
    asked = question(own)
    stream = request_file(own)
    windows = windows_of(stream, asked)
    rivals, left_out = _rivals(own.get("backtest.rivals"))
    choice = executor_choice(own, "processes", EXECUTORS)
    out = user_path(own.get("out", "out/backtest"), "out")
    started = datetime.now().astimezone()
    days = [stream.start_date + timedelta(days=int(window.known.origin)) for window in windows]
    made = [] if "calibrated" in own else files(days)
    with OutputFolder(out, [*FILES, *made]) as output:
        ours = _ours(own, overrides, stream, asked, choice, len(windows), output)
        methods = [*ours, *rivals]
        with progress_bar(len(windows) * len(methods), "forecast") as bar:
            result = backtest(stream, asked, methods, bar.update)
        output.add_table("scores.csv", result.table)
        if len(result.surges):
            output.add_table("surges.csv", result.surges)
        first = methods[0].name
        _write_forecast(output.partial / FORECAST, result, first)
        command = shlex.join(["cogov", "backtest", *words])
        _draw(result, first, asked, output.partial, command, language)
        output.finish(brief_manifest(command, started, **_facts(stream, asked, result, first)))
    return Scored(result, first, asked, left_out, out, command, language)


def question(own: dict[str, str]) -> Question:
    """Read what is asked for from the command's own keys."""
    origin, until = date_key(own, "backtest.origin"), date_key(own, "backtest.until")
    if until <= origin:
        raise InputError("backtest.until", until.isoformat(), f"a date after backtest.origin ({origin})")
    every = own.get("backtest.every_days")
    return Question(
        origin=origin,
        until=until,
        draws=whole_number("draws", own.get("draws"), 100, 2, 10_000),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        horizon_days=float(
            whole_number("backtest.horizon_days", own.get("backtest.horizon_days"), 60, 1, 180)
        ),
        largest=whole_number("backtest.largest", own.get("backtest.largest"), 10, 1, 1000),
        every_days=None if every is None else whole_number("backtest.every_days", every, 7, 7, 366),
    )


def _rivals(text: str | None) -> tuple[list[Method], list[str]]:
    """Return the rivals asked for, and those that cannot be had here."""
    wanted = list(RIVALS) if text is None else name_list(text)
    for name in wanted:
        if name not in RIVALS:
            hint = did_you_mean(name, RIVALS)
            raise InputError("backtest.rivals", name, f"of {', '.join(RIVALS)}", hint=hint)
    missing = importlib.util.find_spec("sklearn") is None
    left_out = [name for name in wanted if missing and name in _NEEDS_SKLEARN]
    return [RIVALS[name] for name in wanted if name not in left_out], left_out


def _ours(
    own: dict[str, str],
    overrides: Sequence[str],
    stream: RequestStream,
    asked: Question,
    choice: ExecutorChoice,
    origins: int,
    output: OutputFolder,
) -> list[Method]:
    """Return the calibrated city as a method."""
    for word_ in overrides:
        key, _, value = word_.partition("=")
        if not key.startswith("city.") or key in _DECIDED:
            allowed = f"one of {', '.join(KEYS)}, or another value of the calibrated city (city.gamma=0)"
            raise InputError(key, value, allowed, hint=did_you_mean(key, KEYS))
    if own.get("calibrated") == _NO_CITY:
        return []
    method = CityForecast(stream, _calibrated(own, stream, asked, origins, output), choice, overrides)
    if "calibrated" in own:
        # What is wrong with folder or values is told before anything is computed.
        method.scenario(asked.origin, asked.until)
    return [method]


def _calibrated(
    own: dict[str, str], stream: RequestStream, asked: Question, origins: int, output: OutputFolder
) -> Calibrated:
    """Return what gives the folder of the city calibrated on what is known at an origin."""
    if "calibrated" not in own:
        return Made(stream, output, asked.draws, asked.seed, origins)
    folder = given(user_path(own["calibrated"], "calibrated"), asked.origin)
    return lambda origin: folder


def _write_forecast(path: Path, result: Backtest, method: str) -> None:
    with naming(path):
        forecast_table(result.parts[method]).to_parquet(path, index=False, compression="zstd")


def _draw(result: Backtest, method: str, asked: Question, folder: Path, command: str, language: str) -> None:
    from analysis.figures import Provenance, save, weekly_figure
    from analysis.figures.forecasts import Panel

    source = Provenance(code_hash()[:12], command)
    panels = [Panel(code, name) for code, name in zip(result.categories, result.names(), strict=True)]
    city = Panel(None, word("city", language))
    weeks = weekly_figure(result.parts[method], [city, *panels], language, source)
    save(weeks, folder / "weeks", source, title="backtest: weeks")
    drawn = durations_drawn(result, method, asked, source, language)
    save(drawn, folder / "durations", source, title="backtest: durations")


def durations_drawn(
    result: Backtest, method: str, asked: Question, source: "Provenance", language: str
) -> "Figure":
    """Return the figure of durations: the file's own, a method's and the plain curve, by category."""
    from analysis.figures import durations_figure
    from analysis.figures.forecasts import Panel

    panels = [Panel(code, name) for code, name in zip(result.categories, result.names(), strict=True)]
    shown = {word(name, language): result.parts[name] for name in (method, _PLAIN) if name in result.parts}
    return durations_figure(shown, panels, asked.horizon_days, language, source)


def _facts(stream: RequestStream, asked: Question, result: Backtest, method: str) -> dict[str, Any]:
    """Return what the manifest says beside command and versions."""
    return {
        "backtest": {
            **{
                key: value.isoformat() if isinstance(value, date) else value
                for key, value in vars(asked).items()
            },
            "methods": list(result.parts),
            "forecast_of": method,
            "requests_known": [len(window.known.row) for window in result.windows],
            "starting_backlog": [len(window.known.open) for window in result.windows],
            "requests_forecast": [len(window.asked.row) for window in result.windows],
            "largest": result.names(),
            "changed_practice": {one.category: one.reason for one in result.changed},
        },
        "stream": {
            "file": stream.file,
            "mapping": stream.mapping_file,
            "sha256_of_content_and_mapping": stream.digest,
        },
    }
