"""The life of a case in both regimes side by side, and the reasons of a person, as HTML."""

from collections.abc import Sequence
from typing import Any

from analysis.report.html_page import escape
from experiments.dashboard.words.history_words import known, sentence, solver
from experiments.dashboard.words.page_words import category, word

Row = dict[str, Any]


def events(row: Row, language: str) -> list[tuple[float, str]]:
    """Return what happened to a case, with the day, in order."""
    channel = row["channel"]
    how = known(f"channel_{channel}", language, str(channel)) if channel else ""
    reported = sentence("reported", language).format(
        sentence("by_channel", language).format(how) if how else ""
    )
    if row["found_by"]:
        reported = sentence("found", language).format(sentence(f"found_{row['found_by']}", language))
    closing = "withdrawn" if row["status"] == "withdrawn" else "closed"
    named = [
        ("arisen_at", sentence("arisen", language)),
        ("reported_at", reported),
        ("accepted_at", sentence("accepted", language)),
        ("first_response_at", sentence("responded", language)),
        ("service_started_at", sentence("served", language)),
        ("due_at", sentence("due", language)),
        ("closed_at", sentence(closing, language)),
        ("solved_at", sentence("solved", language).format(solver(row["solved_by"], language))),
    ]
    found = [(float(row[key]), text) for key, text in named if row[key] is not None]
    # The book is closed in the moment of the solution: one line says both.
    if row["solved_at"] is not None and row["closed_at"] == row["solved_at"]:
        found = [item for item in found if item[1] != sentence("closed", language)]
    order = {text: place for place, (_, text) in enumerate(named)}
    return sorted(found, key=lambda item: (item[0], order[item[1]]))


def case_html(rows: Sequence[Row], titles: Sequence[str], language: str) -> str:
    """Return the life of one need in both regimes: the same number in both ledgers."""
    first = rows[0]
    need = sentence("need", language).format(
        category=category(first["category"], language),
        organisations=first["organisations_needed"],
        level=first["level_needed"],
        hours=first["work_hours"] or 0.0,
        kind=sentence("public" if first["public"] else "private", language),
    )
    sides = "".join(_life(row, titles[side], side, language) for side, row in enumerate(rows))
    return (
        f"<p>{escape(need)}</p><div class='cogov-lives'>{sides}</div>"
        f"<p class='cogov-answer'>{escape(verdict(rows, language))}</p>"
    )


def verdict(rows: Sequence[Row], language: str) -> str:
    """Say in one line what the difference is."""
    solved = [row["solved_at"] for row in rows]
    if None not in solved:
        difference = solved[1] - solved[0]
        if abs(difference) < 0.05:
            return sentence("same", language)
        return sentence("sooner" if difference < 0 else "later", language).format(abs(difference))
    if solved[0] is None and solved[1] is None:
        return sentence("neither", language)
    return sentence("only", language).format(word("side_b" if solved[0] is None else "side_a", language))


def _life(row: Row, title: str, side: int, language: str) -> str:
    start = row["arisen_at"]
    lines = [
        f"<tr><td>{escape(sentence('day', language).format(day))}</td>"
        f"<td>{escape(sentence('after', language).format(day - start))}</td><td>{escape(text)}</td></tr>"
        for day, text in events(row, language)
    ]
    if row["reported_at"] is None:
        lines.append(f"<tr><td></td><td></td><td>{escape(sentence('never_reported', language))}</td></tr>")
    if row["solved_at"] is None:
        lines.append(f"<tr><td></td><td></td><td>{escape(sentence('never_solved', language))}</td></tr>")
    status = sentence("status", language).format(sentence(f"status_{row['status']}", language))
    counts = sentence("counts", language).format(
        row["handoffs"], row["bounces"], row["duplicates"], row["reopened"]
    )
    hours = sentence("hours", language).format(
        row["staff_hours"] or 0.0, row["unit_hours"] or 0.0, row["volunteer_hours"] or 0.0
    )
    after = "".join(f"<div>{escape(text)}</div>" for text in (status, counts, hours))
    return (
        f"<div class='cogov-life cogov-life-{'ab'[side]}'><h3>{escape(title)}</h3>"
        f"<table>{''.join(lines)}</table>{after}</div>"
    )


def person_html(states: Sequence[dict[str, Any]], titles: Sequence[str], last_day: int, language: str) -> str:
    """Return a person's state and reasons in both regimes."""
    sides = ""
    for side, state in enumerate(states):
        inside = _state_html(state, language) + _watching_html(state, last_day, language)
        inside += _own_html(state, language)
        head = f"<h3>{escape(titles[side])}</h3>"
        sides += f"<div class='cogov-life cogov-life-{'ab'[side]}'>{head}{inside}</div>"
    return f"<div class='cogov-lives'>{sides}</div>"


def _state_html(state: dict[str, Any], language: str) -> str:
    platform = (
        "active"
        if state["active"]
        else "registered"
        if state["registered"]
        else "able"
        if state["eligible"]
        else "none"
    )
    ties = ", ".join(str(tie) for tie in state["ties"][:12])
    if state["tie_count"] > 12:
        ties += f" {sentence('more', language).format(state['tie_count'] - 12)}"
    cost = state["channel_cost"]
    rows = [
        ("age", sentence(f"age_{state['age']}", language)),
        ("origin", sentence("migrant" if state["migrant"] else "local", language)),
        ("trust", f"{state['trust']:.2f}"),
        ("expectation", f"{state['expectation']:.2f}"),
        ("propensity", f"{state['propensity']:.2f}"),
        ("platform", sentence(f"platform_{platform}", language)),
        ("channel", f"{cost:.2f}" if cost < 1e6 else "–"),
        ("reports", str(state["reports"])),
        ("helps", str(state["contributions"])),
        ("ties", f"{state['tie_count']}" + (f": {ties}" if ties else "")),
    ]
    cells = "".join(
        f"<tr><td>{escape(sentence(f'state_{key}', language))}</td><td>{escape(value)}</td></tr>"
        for key, value in rows
    )
    return f"<table class='cogov-state'>{cells}</table>"


def reasons(state: dict[str, Any], last_day: int, language: str) -> list[str]:
    """Say, for each open problem the person sees, why they have or have not reported it."""
    found = []
    for seen in state["watching"]:
        whose = sentence("own_watch" if seen["own"] else "others_watch", language)
        text = f"{seen['case_id']} {category(seen['category'], language)} ({whose}, "
        text += f"{sentence('day', language).format(seen['since'])}). "
        text += sentence("pace", language).format(
            rate=seen["rate"],
            base=state["base_rate"],
            propensity=state["propensity"],
            severity=seen["severity"],
            trust=state["trust_weight"] * (state["trust"] - 0.5),
            cost=state["channel_cost"],
            learned=_factor("learned", state["learned"], language),
            readiness=_factor("readiness", seen["readiness"], language),
            published=_factor("published", seen["published"], language),
        )
        text += " "
        if seen["by_me"] and seen["known"] is not None:
            text += sentence("again", language).format(seen["known"], seen["rings_at"])
        else:
            if seen["known"] is not None:
                text += sentence("known_already", language).format(seen["known"]) + " "
            late = seen["rings_at"] > last_day
            text += sentence("rings_late" if late else "rings", language).format(seen["rings_at"])
        found.append(text)
    return found


def _factor(what: str, factor: float, language: str) -> str:
    """Say by what a published status, or what was learned, has multiplied a hazard, where it has."""
    return "" if abs(factor - 1.0) < 1e-9 else sentence(what, language).format(factor)


def _watching_html(state: dict[str, Any], last_day: int, language: str) -> str:
    head = f"<h4>{escape(sentence('watching', language).format(state['day']))}</h4>"
    if state["age"] == "under14":
        return head + f"<p>{escape(sentence('under14_silent', language))}</p>"
    lines = reasons(state, last_day, language)
    if not lines:
        return head + f"<p>{escape(sentence('watching_none', language))}</p>"
    return head + "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def own_lines(state: dict[str, Any], language: str) -> list[str]:
    """Say what became of the person's own problems, and whose voice made them known."""
    found = []
    for row in state["own"]:
        if row["reported_at"] is not None:
            key = "own_reported" if row["by_me"] else "own_by_other"
            voice = sentence(key, language).format(row["reported_at"])
        elif row["solved_at"] is not None:
            voice = sentence("own_silent_solved", language).format(row["solved_at"])
        else:
            voice = sentence("own_silent", language)
        line = f"{row['case_id']} {category(row['category'], language)}, "
        line += f"{sentence('day', language).format(row['arisen_at'])}: {voice}"
        if row["reported_at"] is not None:
            end = row["solved_at"]
            line += "; " + (
                sentence("own_unsolved", language)
                if end is None
                else sentence("own_solved", language).format(end)
            )
        found.append(line)
    return found


def _own_html(state: dict[str, Any], language: str) -> str:
    head = f"<h4>{escape(sentence('own', language))}</h4>"
    lines = own_lines(state, language)
    if not lines:
        return head + f"<p>{escape(sentence('own_none', language))}</p>"
    return head + "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
