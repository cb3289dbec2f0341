"""The mapping that an import proposes: keys that are read, and comments that say why and what to correct.

A comment names headings, counts and labels of channels; never a cell of a column that is left out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.request_files.column_roles import Choice, Roles
from analysis.request_files.findings import shown
from analysis.request_files.headings import TIMES
from analysis.request_files.staff_logging import StaffChannel
from analysis.safe_text.plain_text import visible
from experiments.city.import_file.mapping_words import WORDS


@dataclass(frozen=True)
class Draft:
    """What the keys of a proposed mapping say."""

    file: str
    roles: Roles
    residents: int
    residents_given: bool
    time_formats: tuple[str, ...] = ()
    time_zone: str = ""
    time_zone_given: bool = False
    encoding: str = ""
    closed_like: str = ""
    """Heading of a column of changes that was not taken for the closing."""


def quoted(text: str) -> str:
    """Return a text as YAML reads it back, in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def mapping_text(
    draft: Draft,
    language: str = "en",
    staff: Sequence[StaffChannel] = (),
    used: int = 0,
    channels: Sequence[str] = (),
) -> str:
    """Return the YAML; what is known of the rows only after reading them makes comments alone."""
    words = WORDS[language]
    lines = [*_comment(words["head"].format(visible(draft.file))), ""]
    lines += [
        f"residents: {draft.residents}" + ("" if draft.residents_given else f"   # {words['residents']}")
    ]
    if not draft.residents_given:
        lines.append(f"residents_source: {quoted(words['residents_source'])}")
    if draft.encoding:
        lines.append(f"encoding: {quoted(draft.encoding)}")
    if draft.time_formats:
        listed = ", ".join(map(quoted, draft.time_formats))
        lines.append(f"time_format: [{listed}]   # {words['time_format']}")
    if draft.time_zone:
        why = "" if draft.time_zone_given else f"   # {words['time_zone']}"
        lines.append(f"time_zone: {draft.time_zone}{why}")
    lines += ["", *_columns(draft, words)]
    lines += ["", *_exclusions(staff, used, words)] if staff else []
    lines += ["", *_channel_names(channels, words)] if channels else []
    lines += ["", *_comment(words["needs"]), "defaults: {organisations: 1, level: 0, work_hours: 2}", ""]
    return "\n".join(lines)


def reasons(roles: Roles, language: str = "en") -> dict[str, str]:
    """Return why each role's column was chosen."""
    return {role: _because(choice, WORDS[language]) for role, choice in roles.choices.items()}


def kind_word(kind: str, language: str = "en") -> str:
    """Return what a column about persons holds, in words."""
    return WORDS[language][kind]


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.split("\n")]


def _columns(draft: Draft, words: Mapping[str, str]) -> list[str]:
    lines = ["columns:"]
    choices = draft.roles.choices
    for role, choice in choices.items():
        if role == "status":
            continue
        heading = quoted(choice.heading)
        if role in TIMES and choice.clock:
            heading = f"{{date: {heading}, time: {quoted(choice.clock)}}}"
        lines.append(f"  {role}: {heading}   # {_why(choice, words)}")
    if "status" in choices:
        lines.append("  # " + words["status"].format(_named(choices["status"].heading)))
    if "closed" not in choices:
        like = (
            words["closed_like"].format(_named(draft.closed_like))
            if draft.closed_like
            else words["no_closed"]
        )
        lines.append(f"  # {like}")
    if draft.roles.personal:
        kinds = [f"{_named(name)} ({words[kind]})" for name, kind in draft.roles.personal.items()]
        lines.append("  # " + words["personal"].format(words["comma"].join(kinds)))
    if draft.roles.others:
        lines.append("  # " + words["others"].format(words["comma"].join(map(_named, draft.roles.others))))
    return lines


def _named(heading: str) -> str:
    return visible(shown(heading))


def _because(choice: Choice, words: Mapping[str, str]) -> str:
    told = words["comma"].join(words[f"reason_{reason}"] for reason in choice.reasons) or words["reason_left"]
    return told if choice.is_sure else words["doubtful"] + told


def _why(choice: Choice, words: Mapping[str, str]) -> str:
    text = _because(choice, words)
    if choice.runners_up:
        text += words["next"].format(words["comma"].join(map(_named, choice.runners_up)))
    return text


def _exclusions(staff: Sequence[StaffChannel], used: int, words: Mapping[str, str]) -> list[str]:
    lines = [*_comment(words["exclude"]), "# exclude:"]
    for one in staff:
        reason = words["by_machine"] if one.by_machine else words["by_staff"]
        rule = f"{{column: channel, values: [{quoted(shown(one.label))}], reason: {quoted(reason)}}}"
        figures = words["exclude_rows"].format(one.rows, used, one.share)
        if (
            one.within_a_minute == one.within_a_minute
            and one.others_within_a_minute == one.others_within_a_minute
        ):
            figures += words["exclude_quick"].format(one.within_a_minute, one.others_within_a_minute)
        lines.append(f"#   - {rule}   # {figures}")
    return lines


_KNOWN = {
    "phone": ("phone", "call", "电话", "来电", "热线", "telefon", "anruf", "puhelin"),
    "app": ("app", "mobile", "小程序", "微信", "客户端", "随手拍", "sovellus"),
    "office": ("walk", "counter", "in person", "来访", "大厅", "窗口", "persönlich", "bürgerbüro", "käynti"),
}


def _channel_names(channels: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Propose what of the model's own channels the file's labels are."""
    pairs = []
    for label in channels:
        known = [name for name, parts in _KNOWN.items() if any(part in label.lower() for part in parts)]
        if known and shown(label) == label:
            pairs.append(f"{quoted(label)}: {known[-1]}")
    return [*_comment(words["channels"]), f"# channels: {{{', '.join(pairs)}}}"] if pairs else []
