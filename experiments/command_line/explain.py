"""cogov explain: what a scenario changes, what a parameter means, which scenarios there are.

Usage:   cogov explain                      the shipped scenarios and the groups of parameters
         cogov explain scenario=NAME        what it changes against the baseline
         cogov explain KEY                  one parameter, or all parameters of a group
         cogov explain WORD                 parameters and commands that a Chinese word names (人员)
         cogov explain events               what can happen in a run, in order, and what handles it
Example: cogov explain scenario=co_governance_equal_acceptance
         cogov explain referral.convener_effect

Overrides are taken into account: cogov explain scenario=co_governance staff.per_10k=12
"""

import textwrap
from collections.abc import Sequence
from typing import Any

from analysis.findings.parameter_names_zh import names_zh, units_zh
from analysis.findings.parameter_texts import meaning, note, source
from analysis.findings.wrapping import beside, wrapped
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import shown, split_words
from experiments.chinese.error_lines import said
from experiments.chinese.terminal_words import tell
from experiments.system.language import language
from sim.errors import InputError
from sim.parameters.scenario import GRADES, Parameter, Scenario, describe, flatten, parameters_by_key
from sim.scenario.loading import BASELINE, load_scenario, scenario_names
from sim.scenario.overrides import check_key
from sim.scenario.remarks import Remarks, remarks

_WIDTH = 100
_EVENTS = "events"
_DRAWS = "draws"
_ABOUT = ("name", "title.en", "title.zh", "description", "evidence")


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    keys = [word for word in words if "=" not in word and not word.startswith("-")]
    own, overrides = split_words([word for word in words if word not in keys], ("scenario",))
    if keys:
        if own or overrides:
            raise InputError("explain", " ".join(words), "either a KEY or scenario=NAME")
        if keys in ([_EVENTS], [_DRAWS]):
            print(explain_events() if keys == [_EVENTS] else explain_draws())
            return
        print("\n\n".join(_found(key) or explain_key(key) for key in keys))
    elif own or overrides:
        name = own.get("scenario", BASELINE)
        # This one first: a wrong word is told before anything is worked out.
        scenario = load_scenario(name, overrides)
        plain = load_scenario(name) if overrides else None
        print(explain_scenario(scenario, remarks(name), plain))
    else:
        print(list_scenarios())


def _found(word: str) -> str:
    """Return what a Chinese word finds: commands and parameters."""
    if word.isascii():
        return ""
    from experiments.chinese.command_words import found

    return found(word)


def list_scenarios() -> str:
    """Names and titles of the shipped scenarios, and the groups of parameters."""
    names = scenario_names()
    wide = max(len(name) for name in names) + 2
    lines = [tell("Scenarios")]
    for name in names:
        title = load_scenario(name).title
        lines.append(f"  {name:<{wide}}{_both(title)}")
    groups: dict[str, int] = {}
    for row in describe():
        if "." in row.key and not row.key.startswith("title."):
            group = row.key.split(".")[0]
            groups[group] = groups.get(group, 0) + 1
    lines += ["", tell("Groups of parameters (number of parameters)")]
    listed = ", ".join(f"{group} ({count})" for group, count in groups.items())
    lines += textwrap.wrap(listed, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += ["", tell("cogov explain scenario=NAME, cogov explain GROUP or cogov explain KEY tell more.")]
    return "\n".join(lines)


def explain_events() -> str:
    """Every kind of event: which function handles it, on what condition, what it means; every moment."""
    from analysis.findings.text_table import layout
    from experiments.chinese import of_engine
    from sim.engine.declare import all_events
    from sim.engine.dispatch import handlers
    from sim.engine.moments import MOMENTS
    from sim.mechanism_list import MECHANISMS

    chinese = language() == "zh"
    lines = [[tell(head) for head in ("event", "handled by", "if the case is", "meaning")]]
    for handler, one in zip(handlers(MECHANISMS), all_events().values(), strict=True):
        condition = of_engine.condition(handler.condition) if chinese else handler.condition
        text = of_engine.events()[one.name] if chinese else one.text
        lines.append([one.name, handler.name, condition or "–", text])
    events = tell("Events, in the order in which they happen at the same instant")
    events += "\n\n" + layout(lines, left=4)
    lines = [[tell(head) for head in ("moment", "followed by, in this order", "meaning")]]
    for name, moment in MOMENTS.items():
        first, *others = [one.name for one in moment.listeners] or ["–"]
        text = of_engine.moments()[name] if chinese else moment.meaning
        lines += [[name, first, text], *(["", other, ""] for other in others)]
    moments = tell("Moments, at which one mechanism lets others act")
    return f"{events}\n\n{moments}\n\n{layout(lines, left=3)}"


def explain_draws() -> str:
    """Every question that is drawn: the number of its stream, and what each of its draws is about."""
    from analysis.findings.text_table import layout
    from experiments.chinese import of_engine
    from sim.engine.declare import all_draws

    chinese = language() == "zh"
    lines = [[tell(head) for head in ("stream", "question", "a", "b, c", "occasion")]]
    for number, one in all_draws().items():
        # In Chinese the name alone would say nothing of what is asked.
        asked = f"{one.name} {of_engine.questions()[one.name]}" if chinese else one.name
        lines += [
            [str(number), asked, *(map(of_engine.about, about) if chinese else about)] for about in one.about
        ]
    head = tell(
        "Draws, each a function of seed, replication, stream, what it is about (a, b, c) and the occasion"
    )
    return f"{head}\n\n{layout(lines, left=5)}"


def explain_scenario(scenario: Scenario, said: Remarks | None = None, plain: Scenario | None = None) -> str:
    """What a scenario is, and every parameter in which it differs from the baseline.

    Parameters
    ----------
    said
        What its file says in comments: printed as the reason of the scenario and of each change.
    plain
        The scenario without overrides, where there are any.
    """
    said = said or Remarks()
    values, baseline = flatten(scenario), flatten(Scenario())
    filed = flatten(plain or scenario)
    lines = [scenario.name, f"  {_both(scenario.title)}".rstrip()]
    if scenario.description:
        lines += _indented(_entry(scenario, "description"), 2)
    if said.header:
        lines += ["", *(f"  {line}".rstrip() for line in _header(scenario, said))]
    changed = [row for row in describe() if row.key not in _ABOUT and values[row.key] != baseline[row.key]]
    lines.append("")
    if scenario.evidence:
        lines += _indented(tell("Evidence: {}.", _entry(scenario, "evidence")), 0)
    if not changed:
        lines.append(tell("Changes nothing against {}: all parameters have their defaults.", BASELINE))
        return "\n".join(lines)
    lines += _indented(
        tell("Changes {} parameters against {}; {}.", len(changed), BASELINE, _grades(changed)), 0
    )
    for row in changed:
        value, before = shown(values[row.key]), shown(baseline[row.key])
        lines += ["", tell("{} = {}{} (baseline {})", row.key, value, _unit(row), before)]
        lines += _meaning(row)
        why, origin = _reason(said, row.key), said.of(row.key)[1]
        if values[row.key] != filed[row.key]:
            lines += _indented(tell("Set on the command line."), 4)
        else:
            lines += _indented(tell("Why: {}", why), 4) if why else []
            elsewhere = origin and origin != scenario.name
            lines += _indented(tell("Taken from {}.", origin), 4) if elsewhere else []
        lines += _about(row)
    return "\n".join(lines)


def _entry(scenario: Scenario, what: str) -> str:
    from experiments.chinese import of_scenarios

    return of_scenarios.entry(scenario, what) if language() == "zh" else str(getattr(scenario, what))


def _header(scenario: Scenario, said: Remarks) -> list[str]:
    """Return the first comment of a scenario's file; a file of one's own has no other language."""
    from experiments.chinese import of_scenarios

    parts = of_scenarios.header(scenario, said) if language() == "zh" else []
    if not parts:
        return said.header
    (_, first), *rest = parts
    told = [line for head, text in rest for line in beside(head, text, 6, _WIDTH - 2)]
    return [*wrapped(first, _WIDTH - 2), "", *told]


def _reason(said: Remarks, key: str) -> str:
    from experiments.chinese import of_scenarios

    return of_scenarios.reason(said, key) if language() == "zh" else said.of(key)[0]


def _grades(rows: Sequence[Parameter]) -> str:
    """What the changed parameters rest on: how many of each grade."""
    counts = {grade: sum(row.grade == grade for row in rows) for grade in GRADES}
    between, each = ("、", "{}项{}") if language() == "zh" else (", ", "{} {}")
    known = between.join(each.format(number, _grade(grade)) for grade, number in counts.items() if number)
    if counts["measured"] + counts["published"] + counts["calibrated"] == 0:
        return tell("assumptions only ({})", known)
    return tell("by grade {}", known)


def _grade(grade: str) -> str:
    from analysis.report.words import GRADES as IN_WORDS

    return IN_WORDS[grade][language()]


def _both(title: Any) -> str:
    """Return a title; in English with the Chinese one behind it, by which many of the systems are known."""
    told = (title.zh or title.en,) if language() == "zh" else (title.en, title.zh)
    return "  ".join(visible(one) for one in told if one)


def _unit(row: Parameter) -> str:
    unit = units_zh()[row.unit] if language() == "zh" else row.unit
    return f" {unit}" if unit else ""


def _meaning(row: Parameter) -> list[str]:
    """Return what a parameter means; in Chinese also what it is called, which the English sentence says."""
    called = f"{names_zh()[row.key]}：" if language() == "zh" else ""
    return _indented(f"{called}{meaning(row, language())}", 4)


def explain_key(key: str) -> str:
    """One parameter, or all parameters of a group."""
    rows = parameters_by_key()
    if key in rows:
        return "\n".join(_full(rows[key]))
    group = [row for name, row in rows.items() if name.startswith(f"{key}.")]
    if group:
        return "\n\n".join("\n".join(_full(row)) for row in group)
    if key in scenario_names():
        raise InputError("explain", key, "a parameter", hint=f"did you mean scenario={key}?")
    check_key(key)
    return "\n".join(_full(rows[key.rpartition(".")[0]]))


def _full(row: Parameter) -> list[str]:
    lines = [tell("{} = {}{} (default)", row.key, shown(row.default), _unit(row)), *_meaning(row)]
    lines += _about(row)
    lines += _indented(tell("Allowed: {}.", said(row.allowed) if language() == "zh" else row.allowed), 4)
    return lines


def _about(row: Parameter) -> list[str]:
    lines: list[str] = []
    if row.low is not None and row.high is not None:
        lines += _indented(tell("Plausible: {:g} to {:g}.", row.low, row.high), 4)
    grade = tell("Grade: {} ({}).", _grade(row.grade), tell(GRADES[row.grade]))  # type: ignore[index]
    origin = tell("Source: {}.", source(row, language())) if row.source else ""
    lines += _indented(("" if language() == "zh" else " ").join(filter(None, (grade, origin))), 4)
    if row.note:
        lines += _indented(note(row, language()), 4)
    if row.tape:
        lines += _indented(
            tell("Decides which needs and people there are: must be the same in a comparison."), 4
        )
    return lines


def _indented(text: str, by: int) -> list[str]:
    return [" " * by + line for line in wrapped(text, _WIDTH - by)]
