"""Tables for a terminal: aligned, also with Chinese labels, whose characters take two columns each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns
from analysis.metrics import METRICS, metric
from analysis.safe_text.plain_text import display_width, visible

#: Columns of a terminal that a table is made for.
WIDTH = 100
UNIT_TEXT = {
    "days": ("d", "天"),
    "share": ("%", "%"),
    "hours": ("h", "小时"),
    "working days": ("wd", "工作日"),
    "count": ("", ""),
    "index": ("", ""),
    "per week": ("/wk", "/周"),
    "": ("", ""),
}
#: Days to be held against exact theory, as the tables of verification runs show them.
EXACT_DAYS = "days, exact"
HEADERS = {
    "metric": ("metric", "指标"),
    "unit": ("unit", "单位"),
    "difference": ("difference", "差"),
    "mean": ("mean", "均值"),
    "interval": ("95 % interval", "95%区间"),
    "pairing": ("var. reduction", "方差缩减"),
}


def render(comparison: pd.DataFrame, metrics: Sequence[str] | None = None, language: str = "en") -> str:
    """Render a comparison: one line per metric, with each scenario's mean and the paired difference.

    Parameters
    ----------
    metrics
        Which to show; default the headline estimands and their parts that are not all zero or undefined.

    Notes
    -----
    Scenarios go by letters, with a key above the table: their names would make it too wide. Of three or more,
    differences come with the wider half of their interval instead of its ends.
    """
    names = arms(comparison)
    table = comparison.set_index("metric")
    shown = [f"{name}_mean" for name in names]
    shown += [difference_columns(comparison, name)[0] for name in names[1:]]
    chosen = list(metrics) if metrics is not None else _interesting(table, shown)
    several = len(names) > 2
    called = {name: letter(number, language) for number, name in enumerate(names)}
    header = [_head("metric", language), _head("unit", language), *called.values()]
    for name in names[1:]:
        difference = f"{called[name]} − {called[names[0]]}"
        header += [f"{difference} ± 95 %"] if several else [difference, _head("interval", language)]
    key_lines = [f"{letter} {visible(name)}" for name, letter in called.items()]
    if display_width("   ".join(key_lines)) <= WIDTH:
        key_lines = ["   ".join(key_lines)]
    body = []
    for key in chosen:
        unit = metric(key).unit
        line = [metric(key).label(language), unit_text(unit, language)]
        line += [value_text(cell(table, key, f"{name}_mean"), unit) for name in names]
        for name in names[1:]:
            middle, low, high = (cell(table, key, column) for column in difference_columns(table, name))
            if several:
                line.append(_with_margin(middle, low, high, unit))
            else:
                line += [value_text(middle, unit, sign=True), interval_text(low, high, unit, sign=True)]
        body.append(line)
    return "\n".join([*key_lines, "", layout([header, *body], left=2)])


def render_summary(summary: pd.DataFrame, metrics: Sequence[str] | None = None, language: str = "en") -> str:
    """Render the summary of one scenario: one line per metric, its mean and interval."""
    table = summary.set_index("metric")
    chosen = list(metrics) if metrics is not None else _interesting(table, ["mean"])
    lines = [[_head(key, language) for key in ("metric", "unit", "mean", "interval")]]
    for key in chosen:
        unit = metric(key).unit
        named = unit_text(unit, language)
        if unit == "days" and metric(key).group == "verification":
            unit = EXACT_DAYS
        low, high = cell(table, key, "low"), cell(table, key, "high")
        lines.append(
            [
                metric(key).label(language),
                named,
                value_text(cell(table, key, "mean"), unit),
                interval_text(low, high, unit),
            ]
        )
    return layout(lines, left=2)


def note_lines(
    table: pd.DataFrame,
    metrics: Sequence[str],
    called: Mapping[str, str] | None = None,
    language: str = "en",
    constant: bool = True,
) -> list[str]:
    """Return what is to be said of the numbers of a comparison or a summary; several that share it, one line.

    That one replication has no interval is said of the whole; what no arm has is left out with its row.

    Parameters
    ----------
    constant
        Whether it is said of numbers that are the same in all replications.
    """
    notes = [note for note in table.attrs.get("notes", ()) if note.metric in set(metrics)]
    mean = [column for column in table.columns if column == "mean" or str(column).endswith("_mean")]
    rows = table.set_index("metric")[mean] if "metric" in table else table[mean]
    found: dict[str, list[str]] = {}
    for note in notes:
        if note.key == "constant" and not constant:
            continue
        if note.key == "single" or rows.loc[note.metric].isna().all():
            continue
        who = [(called or {}).get(name, name.replace("_", " ")) for name in (note.arm, note.minus) if name]
        brackets = "（{}）" if language == "zh" else " ({})"
        told = metric(note.metric).label(language) + (brackets.format(" − ".join(who)) if who else "")
        found.setdefault(note.text(language), []).append(told)
    between, after = ("；", "：") if language == "zh" else ("; ", ": ")
    return [f"{text[:1].upper()}{text[1:]}{after}{between.join(told)}" for text, told in found.items()]


def letter(place: int, language: str = "en") -> str:
    """Return what the scenario at a place of a comparison goes by: A, or 甲."""
    stems = "甲乙丙丁戊己庚辛壬癸"
    return stems[place] if language == "zh" and place < len(stems) else chr(ord("A") + place)


def cell(table: pd.DataFrame, key: str, column: str) -> float:
    """Return one number of a table indexed by metric."""
    value: Any = table.at[key, column]
    return float(value)


def layout(lines: Sequence[Sequence[str]], left: int = 1) -> str:
    """Align a table, the first `left` columns to the left, the others to the right."""
    lines = [[visible(cell) for cell in line] for line in lines]
    widths = [max(display_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    rendered = []
    for line in lines:
        cells = []
        for column, cell in enumerate(line):
            room = " " * (widths[column] - display_width(cell))
            cells.append(cell + room if column < left else room + cell)
        rendered.append("  ".join(cells).rstrip())
    rendered.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(rendered)


def unit_text(unit: str, language: str = "en") -> str:
    """Return a unit as it is shown beside a number."""
    return UNIT_TEXT.get(unit, (unit, unit))[1 if language == "zh" else 0]


def number_text(value: float, digits: int, sign: bool = False) -> str:
    """Format a number with a true minus sign; what rounds to zero has none; a dash for what is undefined."""
    if np.isinf(value):
        return f"{'+' if sign and value > 0 else ''}{'−' if value < 0 else ''}∞"
    if not np.isfinite(value):
        return "–"
    rounded = round(value, digits) + 0.0
    return f"{rounded:{'+' if sign and rounded else ''},.{digits}f}".replace("-", "−")


def value_text(value: float, unit: str, sign: bool = False) -> str:
    """Format a value of a metric; shares as percentages, a difference of shares as percentage points."""
    scaled, digits = scaled_digits(value, unit)
    return number_text(scaled, digits, sign)


def interval_text(low: float, high: float, unit: str, sign: bool = False) -> str:
    """Format an interval; a dash where there is none."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return "–"
    return f"[{value_text(low, unit, sign)}, {value_text(high, unit, sign)}]"


def scaled_digits(value: float, unit: str) -> tuple[float, int]:
    """Return a value as it is shown, and after how many decimals."""
    if unit == "share":
        return 100.0 * value, 1
    if unit == "days":
        return value, 1
    if unit == EXACT_DAYS:
        return value, 3
    if unit == "count" and abs(value) >= 100:
        return value, 0
    return value, 2


def _with_margin(middle: float, low: float, high: float, unit: str) -> str:
    """Return a difference with the wider half of its interval, which is uneven only where it was cut."""
    text = value_text(middle, unit, sign=True)
    if not (np.isfinite(low) and np.isfinite(high)):
        return text
    return f"{text} ± {value_text(max(middle - low, high - middle), unit)}"


def _interesting(table: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    values = table[list(columns)].to_numpy(float)
    shown = np.isfinite(values).any(axis=1) & (np.nan_to_num(values) != 0).any(axis=1)
    return [
        str(key)
        for key, wanted in zip(table.index, shown, strict=True)
        if wanted and (key not in METRICS or METRICS[str(key)].group != "secondary")
    ]


def _head(key: str, language: str) -> str:
    return HEADERS[key][1 if language == "zh" else 0]
