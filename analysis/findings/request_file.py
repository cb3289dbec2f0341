"""What an import finds, in a line for each matter: for the terminal, and for the head of its report."""

from datetime import datetime, timedelta

import numpy as np

from analysis.findings.request_file_rows import reason_text
from analysis.findings.request_file_words import WORDS
from analysis.request_files.column_roles import Roles
from analysis.request_files.findings import Findings, shown
from analysis.safe_text.plain_text import display_width

Line = tuple[str, str]
_LISTED = 3


def day_text(found: Findings, days: float) -> str:
    """Return the date of a time in days."""
    return (found.start_date + timedelta(int(np.floor(days)))).isoformat()


def minute_text(found: Findings, days: float) -> str:
    """Return date and minute of a time in days."""
    start = datetime.combine(found.start_date, datetime.min.time())
    return (start + timedelta(minutes=round(days * 1440))).strftime("%Y-%m-%d %H:%M")


def span_text(days: float, language: str) -> str:
    """Return a length of time."""
    words = WORDS[language]
    if not np.isfinite(days):
        return words["never"]
    return words["days"].format(f"{days:.3g}" if days < 100 else f"{days:,.0f}")


def headlines(found: Findings, roles: Roles, language: str = "en") -> list[Line]:
    """Return head and text of what is said first."""
    words = WORDS[language]
    comma = words["comma"]
    others = [one for one in found.account[1:] if one[1]]
    rest = ""
    if others:
        listed = comma.join(_ended(reason, rows, why, language) for reason, rows, why in others)
        rest = words["rows_rest"].format(found.rows - found.used, listed)
    lines = [(words["rows"], words["rows_text"].format(rows=found.rows, used=found.used, rest=rest))]
    weeks = (found.last_day - found.first_day) / 7.0
    ends = (day_text(found, found.first_day), day_text(found, found.last_day), weeks)
    if found.has_closings:
        lines.append((words["period"], words["period_text"].format(*ends, day_text(found, found.until))))
        age = (
            words["closings_age"].format(span_text(found.open_ages[0.5], language)) if found.open_ages else ""
        )
        lines.append(
            (
                words["closings"],
                words["closings_text"].format(found.closed, found.within_a_minute, found.open, age),
            )
        )
        lines.append((words["batches"], _batches(found, words)))
        lines.append((words["breaks"], _breaks(found, words)))
    else:
        lines.append((words["period"], words["period_open"].format(*ends)))
    if found.due_share > 0 and found.on_time == found.on_time:
        lines.append((words["due"], words["due_text"].format(found.due_share, found.on_time)))
    if found.staff:
        listed = comma.join(words["staff_one"].format(shown(one.label), one.share) for one in found.staff)
        lines.append((words["staff"], words["staff_text"].format(listed)))
    lines.append((words["weekly"], _weekly(found, words)))
    if found.look_alikes:
        lines.append((words["alike"], words["alike_text"].format(found.look_alikes)))
    if roles.personal:
        listed = comma.join(map(shown, roles.personal))
        lines.append((words["personal"], words["personal_text"].format(len(roles.personal), listed)))
    return lines


def headline_text(found: Findings, roles: Roles, language: str = "en") -> str:
    """Return the same as lines of text, heads aligned."""
    lines = headlines(found, roles, language)
    width = max(display_width(head) for head, _ in lines)
    return "\n".join(f"{head}{' ' * (width - display_width(head))}  {text}" for head, text in lines)


def _ended(reason: str, rows: int, why: str, language: str) -> str:
    return f"{reason_text(reason, why, language)}{rows:,}行" if language == "zh" else f"{reason} {rows:,}"


def _batches(found: Findings, words: dict[str, str]) -> str:
    here = found.batches
    if here.without_clock:
        return words["batches_clock"]
    if not here.largest:
        return words["batches_none"]
    largest = here.largest[0]
    return words["batches_text"].format(
        here.closings, here.share, here.minutes, largest.closings, minute_text(found, largest.minute)
    )


def _breaks(found: Findings, words: dict[str, str]) -> str:
    if not found.breaks:
        return words["breaks_none"].format(found.tested)
    surest = sorted(found.breaks, key=lambda one: (one.p_value, -one.before.requests))[:_LISTED]
    listed = words["comma"].join(
        words["break_short"].format(found.label(one.category), day_text(found, one.day)) for one in surest
    )
    more = len(found.breaks) - len(surest)
    if more:
        listed += words["comma"] + words["more"].format(more)
    return words["breaks_text"].format(
        len(found.breaks), len({one.category for one in found.breaks}), found.tested, listed
    )


def _weekly(found: Findings, words: dict[str, str]) -> str:
    here = found.weekly
    if here.variance_over_mean != here.variance_over_mean:
        return words["weekly_short"]
    return words["weekly_text"].format(here.weeks.mean(), here.variance_over_mean, here.from_week_to_week)
