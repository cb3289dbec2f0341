"""The command `cogov backtest`: reads the question, forecasts, writes and tells."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.city.backtests.calibrated_at import Made, files, given
from experiments.city.backtests.question import Question, Words, read_words
from experiments.city.keys import request_file
from experiments.output.output_folder import OutputFolder, pictures
from sim.input_files.file_errors import naming

# What reads the file and forecasts loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.figures import Provenance
    from analysis.forecasts.rivals.method import Method
    from experiments.city.backtests.city_forecast import Calibrated
    from experiments.city.backtests.work import Backtest
    from sim.request_file.loading import RequestStream

FORECAST = "forecast.parquet"
FILES = ("scores.csv", FORECAST, "surges.csv", *pictures("weeks", "durations"))
#: Drawn beside ours.
_PLAIN = "kaplan_meier"


@dataclass(frozen=True, eq=False)
class Scored:
    """What came of the command."""

    result: "Backtest"
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
    from experiments.city.backtests.words import answer, told, word

    for line in told(found.result, found.ours, found.asked, found.left_out, found.language):
        print(line)
    print("\n" + word("written", found.language).format(visible(found.out), f"scores.csv, {FORECAST}"))
    print(answer(found.result, found.ours, found.language))


def scored(words: Sequence[str]) -> Scored:
    """Forecast, write tables and figures."""
    read = read_words(words)
    asked, out, language = read.asked, read.out, read.language
    if read.calibrated is not None:
        given(read.calibrated, asked.origin)
    stream = request_file(read.files)
    from experiments.city.backtests.work import RIVALS, backtest, windows_of
    from experiments.output.manifest import brief_manifest
    from experiments.system.progress import progress_bar

    windows = windows_of(stream, asked)
    started = datetime.now().astimezone()
    days = [stream.start_date + timedelta(days=int(window.known.origin)) for window in windows]
    made = files(days) if read.with_city and read.calibrated is None else []
    with OutputFolder(out, [*FILES, *made]) as output:
        ours = _ours(read, stream, len(windows), output)
        methods = [*ours, *(RIVALS[name] for name in read.rivals)]
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
    return Scored(result, first, asked, read.left_out, out, command, language)


def _ours(words: Words, stream: "RequestStream", origins: int, output: OutputFolder) -> "list[Method]":
    """Return the calibrated city as a method."""
    from experiments.city.backtests.city_forecast import CityForecast

    if not words.with_city:
        return []
    calibrated = _calibrated(words, stream, origins, output)
    method = CityForecast(stream, calibrated, words.choice, words.overrides)
    if words.calibrated is not None:
        # What is wrong with folder or values is told before anything is computed.
        method.scenario(words.asked.origin, words.asked.until)
    return [method]


def _calibrated(words: Words, stream: "RequestStream", origins: int, output: OutputFolder) -> "Calibrated":
    """Return what gives the folder of the city calibrated on what is known at an origin."""
    asked, folder = words.asked, words.calibrated
    if folder is None:
        return Made(stream, output, asked.draws, asked.seed, origins)
    return lambda origin: folder


def _write_forecast(path: Path, result: "Backtest", method: str) -> None:
    from experiments.city.backtests.work import forecast_table

    with naming(path):
        forecast_table(result.parts[method]).to_parquet(path, index=False, compression="zstd")


def _draw(
    result: "Backtest", method: str, asked: Question, folder: Path, command: str, language: str
) -> None:
    from analysis.figures import Provenance, save, weekly_figure
    from analysis.figures.forecasts import Panel
    from experiments.city.backtests.words import word
    from experiments.output.manifest import code_hash

    source = Provenance(code_hash()[:12], command)
    panels = [Panel(code, name) for code, name in zip(result.categories, result.names(), strict=True)]
    city = Panel(None, word("city", language))
    weeks = weekly_figure(result.parts[method], [city, *panels], language, source)
    save(weeks, folder / "weeks", source, title="backtest: weeks")
    drawn = durations_drawn(result, method, asked, source, language)
    save(drawn, folder / "durations", source, title="backtest: durations")


def durations_drawn(
    result: "Backtest", method: str, asked: Question, source: "Provenance", language: str
) -> "Figure":
    """Return the figure of durations: the file's own, a method's and the plain curve, by category."""
    from analysis.figures import durations_figure
    from analysis.figures.forecasts import Panel
    from experiments.city.backtests.words import word

    panels = [Panel(code, name) for code, name in zip(result.categories, result.names(), strict=True)]
    shown = {word(name, language): result.parts[name] for name in (method, _PLAIN) if name in result.parts}
    return durations_figure(shown, panels, asked.horizon_days, language, source)


def _facts(stream: "RequestStream", asked: Question, result: "Backtest", method: str) -> dict[str, Any]:
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
