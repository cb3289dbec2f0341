"""A third arm beside the two of the page: another scenario, or B with equal acceptance.

With equal acceptance a convener makes no unit more willing than a letter does: what is left of the difference
from A comes from how cases are handled, and not from an assumed readiness.
"""

import shlex
from pathlib import Path

from experiments.arguments.key_values import list_of
from experiments.dashboard.state.saving import file_name, named_sides, put, scenario_text
from experiments.dashboard.state.scenario_pair import View, arms, identity, title
from experiments.dashboard.words.third_words import third_word
from sim.errors import InputError
from sim.parameters.scenario import Scenario

#: What is chosen where there is no third arm, and for B with equal acceptance; else a scenario's name.
NONE, EQUAL = "", "equal_acceptance"
READINESS = "referral.convener_effect"


def third_view(view: View, choice: str) -> View:
    """Return the view whose second side is the third arm."""
    return view.with_change(1, READINESS, 0.0) if choice == EQUAL else view.with_name(1, choice)


def three(view: View, choice: str) -> tuple[Scenario, Scenario, Scenario]:
    """Return the arms, the third last.

    Raises
    ------
    InputError
        If a scenario or a value cannot be used, or the third arm is one of the other two.
    """
    first, second = arms(view)
    third = arms(third_view(view, choice))[1]
    if identity(third) in (identity(first), identity(second)):
        raise InputError("third", choice, "an arm that differs from A and from B")
    return first, second, third


def third_title(view: View, choice: str, second: str, language: str) -> str:
    """Return what the third arm is called; `second` is what B is called."""
    if choice == EQUAL:
        return third_word("equal_title", language).format(second)
    return title(arms(third_view(view, choice))[1], language)


def command(view: View, choice: str, folder: Path) -> str:
    """Return the command that gives the numbers of the three arms, all of them files of a folder."""
    names = [*named_sides(view, folder), named_sides(third_view(view, choice), folder)[1]]
    words = ["cogov", "compare", f"scenarios={list_of(names)}"]
    words += [f"seed={view.seed}", f"replications={view.pairs}"]
    return " ".join(shlex.quote(word) for word in words)


def write_arms(view: View, choice: str, folder: Path) -> None:
    """Write the files that the command names."""
    texts = {file_name(view, side): scenario_text(view, side) for side in range(2)}
    apart = third_view(view, choice)
    # Under the name of its file: B may be a changed one of the same scenario.
    own = file_name(apart, 1)
    put(texts | {own: scenario_text(apart, 1, own_file=own)}, folder)
