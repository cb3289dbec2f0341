"""Readers' questions on the screen, with how many people it takes searched for while the page rests."""

from typing import Any

import solara

from experiments.dashboard.parts import Questions
from experiments.dashboard.serving.page_state import NUMBERS, PageState
from experiments.dashboard.serving.people_state import People
from experiments.dashboard.state.address import TABS
from experiments.dashboard.state.target_fields import Ask, Fields, both_sides, target_of
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.question_words import question_word
from experiments.dashboard.work.team_years import Answer
from experiments.staffing.sentences import target_text
from experiments.system.language import spoken


@solara.component
def Readers(page_state: PageState, cards: list[dict[str, str]]) -> None:
    """Show the questions with their answers; search while this is all that anybody waits for.

    Parameters
    ----------
    cards
        As `experiments.dashboard.panels.questions.cards` returns them.
    """
    language, people = page_state.language.value, page_state.people
    fields = page_state.target.fields.value
    ask = both_sides(page_state.view.value, fields)
    still = at_rest(page_state)

    def work(cancel: Any) -> None:
        if still:
            people.look(ask, next(NUMBERS), cancel)

    solara.use_thread(work, dependencies=[ask, still], intrusive_cancel=False)
    said = sentence(ask, fields, people.found.value, people.simulated.value, language)
    shown = [{**one, "answer": _joined(said, one["answer"], language)} for one in cards]
    Questions(
        title=question_word("title", language),
        cards=[new if new["name"] == "people" else old for new, old in zip(shown, cards, strict=True)],
        event_open=page_state.tab.set,
    )


def at_rest(page_state: PageState) -> bool:
    """Whether a whole comparison is looked at, and nothing is being computed for this page."""
    (standing, working), shown = page_state.standing(), page_state.result.value
    # Whoever cancelled a comparison wants no other work.
    if standing != "current" or working or shown is None or not shown[1].whole:
        return False
    if page_state.tab.value != TABS[0]:
        return False
    others = (page_state.target, page_state.sweep, page_state.third)
    return all(one.progress.value is None for one in others)


def sentence(ask: Ask, fields: Fields, found: People | None, simulated: int | None, language: str) -> str:
    """Return how many people the target takes, or how far the search is; empty where there is no answer."""
    with spoken(language):
        target = target_text(target_of(fields))
    if found is not None and found.ask == ask:
        if found.late:
            return question_word("people_late", language).format(target)
        if not found.answers:
            return ""
        between = "；" if language == "zh" else ", "
        sides = between.join(_side(*one, language) for one in zip("ab", found.answers, strict=True))
        communities = found.answers[0].scenario.county.communities
        each = question_word("people_each", language).format(communities) if communities > 1 else ""
        return question_word("people_found", language).format(target, sides + each)
    if simulated is None:
        return question_word("people_waiting", language).format(target)
    return question_word("people_searching", language).format(target, simulated)


def _side(side: str, answer: Answer, language: str) -> str:
    """Return the smallest team of a side, with the one that it has."""
    teams = answer.search.question.teams
    letter = word(f"side_{side}", language)
    now = " + ".join(str(team.count(answer.scenario)) for team in teams)
    if answer.counts is None:
        return question_word("people_none", language).format(letter, answer.most, now)
    return question_word("people_side", language).format(letter, " + ".join(map(str, answer.counts)), now)


def _joined(said: str, answer: str, language: str) -> str:
    return ("" if language == "zh" else " ").join(text for text in (said, answer) if text)
