"""What every report has: what it rests on, by grade of evidence, and how to make it again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.findings.parameter_names import parameter_name
from analysis.findings.parameter_names_zh import units_zh
from analysis.findings.parameter_texts import sentences_zh, sources_zh
from analysis.report import html_page as page
from analysis.report.html_page import Page
from analysis.report.words import GRADES, WORDS

Evidence = Sequence[Mapping[str, Any]]
"""Parameters: name, value (in each scenario), differs (between them), grade ("assumed" if none) and, if
known, low, high, unit, source, text."""


def evidence_section(rest: Page, evidence: Evidence) -> list[str]:
    """Return what is assumed: counts by grade, what differs between the scenarios, then all by grade."""
    words = WORDS[rest.language]
    parts = [page.heading(words["assumed"])]
    if not evidence:
        return [*parts, page.paragraph(words["assumed_missing"])]
    grades = [grade for grade in GRADES if any(grade_of(item) == grade for item in evidence)]
    counted = counted_grades(evidence, rest.language)
    listed = words["comma"].join(f"{number} {grade}" for grade, number in counted)
    if listed:
        parts.append(page.paragraph(words["grades"].format(listed)))
    different = [item for item in evidence if item.get("differs")]
    if different:
        parts.append(page.paragraph(words["different"]))
        parts.append(_table(different, rest.language, graded=True))
    for grade in grades:
        if grade != "setting":
            chosen = [item for item in evidence if grade_of(item) == grade]
            summary = words["of_grade"].format(GRADES[grade][rest.language], len(chosen))
            parts.append(rest.folded(summary, _table(chosen, rest.language)))
    return [*parts, page.paragraph(words["assumed_text"])]


def counted_grades(evidence: Evidence, language: str) -> list[tuple[str, int]]:
    """Return how many numbers there are of each grade of evidence, in the order of grades."""
    found = {grade: sum(grade_of(item) == grade for item in evidence) for grade in GRADES}
    return [(GRADES[grade][language], number) for grade, number in found.items()
            if number and grade != "setting"]  # fmt: skip


def grade_of(item: Mapping[str, Any]) -> str:
    """Return the grade of a parameter, assumed unless it says otherwise."""
    return str(item.get("grade") or "assumed")


def span(item: Mapping[str, Any]) -> str:
    """Return the plausible range of a parameter, empty where none is known."""
    low, high = item.get("low"), item.get("high")
    return f"{low:g}\u00a0–\u00a0{high:g}" if low is not None and high is not None else ""


def _table(evidence: Evidence, language: str, graded: bool = False) -> str:
    words = WORDS[language]
    lines = [
        [
            _called(str(item.get("name", "")), language),
            plain(item.get("value")),
            span(item),
            _unit(str(item.get("unit") or ""), language),
            *([GRADES[grade_of(item)][language]] if graded else []),
            ("；" if language == "zh" else "; ").join(
                filter(None, (_source(item, language), _meaning(item, language)))
            ),
        ]
        for item in evidence
    ]
    keys = ("parameter", "value", "range", "unit", *(["grade"] if graded else []), "source")
    head = [words[key] for key in keys]
    return page.table(head, lines, words=True)


def _called(key: str, language: str) -> str:
    """Return a parameter's key; in Chinese its name before it, which the English note says already."""
    name = parameter_name(key, language)
    return f"{name} {key}" if language == "zh" and name != key else key


def _meaning(item: Mapping[str, Any], language: str) -> str:
    """Return what a parameter means: in Chinese where there is a sentence, else as the schema says it."""
    own = sentences_zh().get(str(item.get("name", ""))) if language == "zh" else None
    return own or str(item.get("text") or "")


def _source(item: Mapping[str, Any], language: str) -> str:
    """Return where a value comes from; one that only an earlier version knew stays as that wrote it."""
    said = str(item.get("source") or "")
    return sources_zh().get(said, said) if language == "zh" else said


def _unit(unit: str, language: str) -> str:
    return units_zh().get(unit, unit) if language == "zh" else unit


def reproduce_section(rest: Page, manifest: Mapping[str, Any], replications: int | None = None) -> list[str]:
    """Return command, seed, hashes, versions and the whole manifest."""
    words = WORDS[rest.language]
    parts = [page.heading(words["reproduce"])]
    command = manifest.get("command")
    if command:
        text = command if isinstance(command, str) else " ".join(str(part) for part in command)
        parts += [page.paragraph(words["command"]), page.code(text)]
    if maker := manifest.get("made_by"):
        parts.append(page.paragraph(words["made_by"].format(maker)))
    if again := manifest.get("report_command"):
        parts += [page.paragraph(words["report_command"]), page.code(str(again))]
    names = ("status", "seed", "config_hash", "code_hash", "started", "finished")
    facts = {"replications": replications} | {key: manifest[key] for key in names if key in manifest}
    lines = [
        [str(words.get(f"fact_{key}", key)), plain(value)]
        for key, value in facts.items()
        if value is not None
    ]
    versions = manifest.get("versions")
    if isinstance(versions, Mapping):
        lines += [[str(key), plain(value)] for key, value in versions.items()]
    parts.append(page.table([words["fact"], words["value"]], lines, words=True))
    whole = json.dumps(manifest, indent=1, ensure_ascii=False, default=str)
    # Not unfolded on paper: it is in the folder.
    summary = f"<summary>{page.escape(words['manifest'])}</summary>"
    parts.append(f'<details class="manifest">{summary}{page.code(whole)}</details>')
    return parts


def plain(value: Any) -> str:
    """Return a value as text."""
    listed = isinstance(value, (dict, list, tuple))
    return json.dumps(value, ensure_ascii=False, default=str) if listed else str(value)
