"""The report of a comparison: one HTML file that needs nothing else, also without a network.

It says what was asked, what came out and how sure that is, shows the headline table and the figures, names
the assumptions, and tells how to make it again. Pictures are inlined; there is no script and no outside
address.
"""

import base64
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import arms, difference_columns
from analysis.metrics import HEADLINE, METRICS, metric
from analysis.report_text import CAPTIONS, STYLE, WORDS
from analysis.text_table import cell, interval_text, unit_text, value_text
from analysis.wording import answer, overview


def write_report(
    path: Path | str,
    comparison: pd.DataFrame,
    figures: Mapping[str, Path | str],
    manifest: Mapping[str, Any],
    *,
    assumed: Sequence[Mapping[str, Any]] = (),
    titles: Mapping[str, str] | None = None,
    pairs: pd.DataFrame | None = None,
    language: str = "en",
    question: str | None = None,
) -> Path:
    """Write the report.

    Parameters
    ----------
    comparison
        What `analysis.comparison.compare` returned.
    figures
        Figure name to its PNG or SVG file, in the order shown; names with a caption of their own are main,
        differences, participation, workload and break_even.
    manifest
        What the run wrote down about itself. Used if present: command, seed, replications, config_hash,
        code_hash, versions, started, finished, configuration; all of it is appended.
    assumed
        Parameters without a source: mappings with name, value and, if known, low, high, unit, source.
    titles
        Scenario name to what the report calls it.
    pairs
        What `analysis.twins.pair_summary` returned.
    question
        Replaces the standard question.

    Returns
    -------
    Path
        The file written.
    """
    if language not in WORDS:
        raise ValueError(f"language must be one of {', '.join(WORDS)}, not {language!r}")
    words = WORDS[language]
    names = arms(comparison)
    called = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
    replications = _replications(comparison, manifest)
    sections = [
        f"<h1>{_text(words['title'].format(' / '.join(called.values())))}</h1>",
        _heading(words["question"]),
        _paragraph(question or words["question_text"].format(*_first_two(called, names))),
        _heading(words["answer"]),
        f'<p class="answer">{_text(answer(comparison, called, language, replications))}</p>',
        _overview(comparison, names, called, language),
        _paragraph(words["assumed_warning"]),
        "" if "break_even" in figures else _paragraph(words["no_break_even"]),
        _fairness(comparison, names, words),
        _overload(comparison, called, words),
        _heading(words["table"]),
        _paragraph(words["table_note"]),
        _table(comparison, HEADLINE, called, language),
        _pairs(pairs, words, language),
        _heading(words["figures"]),
        *[_figure(name, Path(file), language) for name, file in figures.items()],
        _heading(words["detail"]),
        _details(comparison, called, language, words),
        _heading(words["assumed"]),
        _assumed(assumed, words),
        _heading(words["reproduce"]),
        _reproduce(manifest, replications, words),
    ]
    body = "\n".join(section for section in sections if section)
    page = (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(words['title'].format(' / '.join(called.values())))}</title>\n"
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _overview(
    comparison: pd.DataFrame, names: Sequence[str], called: Mapping[str, str], language: str
) -> str:
    parts = []
    for name in names[1:]:
        head = WORDS[language]["overview"].format(called[name], called[names[0]])
        items = "".join(
            f"<li><b>{_text(heading)}:</b> {_text('; '.join(labels))}</li>"
            for heading, labels in overview(comparison, language, name)
        )
        parts.append(f"<p>{_text(head)}</p>\n<ul>{items}</ul>")
    return "\n".join(parts)


def _fairness(comparison: pd.DataFrame, names: Sequence[str], words: Mapping[str, str]) -> str:
    """Say whether both had the same staff hours, which a comparison of ways of organising presumes."""
    table = comparison.set_index("metric")
    if "staff_hours_available_per_week" not in table.index:
        return ""
    hours = [cell(table, "staff_hours_available_per_week", f"{name}_mean") for name in names]
    if not np.isfinite(hours).all() or hours[0] <= 0:
        return ""
    equal = max(abs(value / hours[0] - 1.0) for value in hours) <= 0.01
    if equal:
        return _paragraph(words["hours_equal"].format(hours[0]))
    listed = ", ".join(f"{value:.1f}" for value in hours)
    return f'<p class="warning">{_text(words["hours_differ"].format(listed))}</p>'


def _overload(comparison: pd.DataFrame, called: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Say where staff were charged with more hours than they had."""
    table = comparison.set_index("metric")
    if "utilisation" not in table.index:
        return ""
    loads = {name: cell(table, "utilisation", f"{name}_mean") for name in called}
    return "\n".join(
        f'<p class="warning">{_text(words["overloaded"].format(called[name], load))}</p>'
        for name, load in loads.items()
        if load > 1.0
    )


def _table(comparison: pd.DataFrame, metrics: Sequence[str], called: Mapping[str, str], language: str) -> str:
    words = WORDS[language]
    names = list(called)
    head = [words["metric"], words["unit"], *called.values()]
    for name in names[1:]:
        suffix = "" if len(names) == 2 else f" ({called[name]})"
        head += [words["difference"] + suffix, words["interval"], words["pairing"]]
    lines = []
    for _, line in comparison[comparison["metric"].isin(list(metrics))].iterrows():
        unit = metric(str(line["metric"])).unit
        cells = [metric(str(line["metric"])).label(language), unit_text(unit, language)]
        for name in names:
            low, high = float(line[f"{name}_low"]), float(line[f"{name}_high"])
            cells.append(
                f"{value_text(float(line[f'{name}_mean']), unit)} {_interval(low, high, unit)}".strip()
            )
        for name in names[1:]:
            middle, low_column, high_column = difference_columns(comparison, name)
            gain = float(line[middle.replace("difference", "variance_reduction", 1)])
            cells.append(value_text(float(line[middle]), unit, sign=True))
            cells.append(interval_text(float(line[low_column]), float(line[high_column]), unit, sign=True))
            cells.append(f"{gain:.1f}×" if np.isfinite(gain) else "–")
        lines.append(cells)
    return _html_table(head, lines)


def _details(
    comparison: pd.DataFrame, called: Mapping[str, str], language: str, words: Mapping[str, str]
) -> str:
    parts = []
    for group in ("detail", "secondary", "social", "selected"):
        chosen = [name for name, entry in METRICS.items() if entry.group == group]
        if comparison["metric"].isin(chosen).any():
            table = _table(comparison, chosen, called, language)
            parts.append(f"<details><summary>{_text(words[f'group_{group}'])}</summary>\n{table}</details>")
    return "\n".join(parts)


def _pairs(pairs: pd.DataFrame | None, words: Mapping[str, str], language: str) -> str:
    if pairs is None or pairs.empty:
        return ""
    lines = [
        [
            str(line["label"]),
            unit_text(str(line["unit"]), language),
            value_text(float(line["mean"]), str(line["unit"])),
            interval_text(float(line["low"]), float(line["high"]), str(line["unit"])),
        ]
        for _, line in pairs.iterrows()
    ]
    head = [words["metric"], words["unit"], words["mean"], words["interval"]]
    return f"<details><summary>{_text(words['pairs'])}</summary>\n{_html_table(head, lines)}</details>"


def _figure(name: str, file: Path, language: str) -> str:
    kind = "image/svg+xml" if file.suffix == ".svg" else "image/png"
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    caption = CAPTIONS[language].get(name, name.replace("_", " "))
    return (
        f'<figure><img alt="{_text(caption)}" src="data:{kind};base64,{data}">'
        f"<figcaption>{_text(caption)}</figcaption></figure>"
    )


def _assumed(assumed: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> str:
    if not assumed:
        return _paragraph(words["assumed_missing"])
    lines = []
    for item in assumed:
        low, high = item.get("low"), item.get("high")
        span = f"{low} – {high}" if low is not None and high is not None else ""
        lines.append(
            [
                str(item.get("name", "")),
                _plain(item.get("value")),
                span,
                str(item.get("unit") or ""),
                str(item.get("source") or ""),
            ]
        )
    head = [words[key] for key in ("parameter", "value", "range", "unit", "source")]
    return _paragraph(words["assumed_text"]) + _html_table(head, lines)


def _reproduce(manifest: Mapping[str, Any], replications: int | None, words: Mapping[str, str]) -> str:
    parts = []
    command = manifest.get("command")
    if command:
        text = command if isinstance(command, str) else " ".join(str(part) for part in command)
        parts.append(f"{_paragraph(words['command'])}\n<pre>{_text(text)}</pre>")
    facts = {"replications": replications} | {
        key: manifest[key]
        for key in ("seed", "config_hash", "code_hash", "started", "finished")
        if key in manifest
    }
    lines = [[key.replace("_", " "), _plain(value)] for key, value in facts.items() if value is not None]
    versions = manifest.get("versions")
    if isinstance(versions, Mapping):
        lines += [[str(key), _plain(value)] for key, value in versions.items()]
    parts.append(_html_table([words["fact"], words["value"]], lines))
    whole = json.dumps(manifest, indent=1, ensure_ascii=False, default=str)
    parts.append(f"<details><summary>{_text(words['manifest'])}</summary><pre>{_text(whole)}</pre></details>")
    return "\n".join(parts)


def _replications(comparison: pd.DataFrame, manifest: Mapping[str, Any]) -> int | None:
    number = comparison.attrs.get("replications", manifest.get("replications"))
    return int(number) if isinstance(number, (int, float)) else None


def _first_two(called: Mapping[str, str], names: Sequence[str]) -> tuple[str, str]:
    return called[names[0]], " / ".join(called[name] for name in names[1:])


def _html_table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{_text(title)}</th>" for title in head)
    body = "\n".join("<tr>" + "".join(f"<td>{_text(item)}</td>" for item in line) + "</tr>" for line in lines)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table></div>'


def _interval(low: float, high: float, unit: str) -> str:
    return interval_text(low, high, unit) if np.isfinite(low) and np.isfinite(high) else ""


def _plain(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, (dict, list, tuple))
        else str(value)
    )


def _heading(text: str) -> str:
    return f"<h2>{_text(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _text(value: str) -> str:
    return html.escape(str(value))
