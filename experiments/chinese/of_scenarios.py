"""A shipped scenario in Chinese: what its file says of it, of what it rests on, and why each value is.

Files of one's own have the texts that they have: those of `scenario_texts` are told only where a shipped
file says, word for word, what they are the pair of.
"""

import functools

from sim.parameters.scenario import Scenario
from sim.scenario.loading import load_scenario
from sim.scenario.remarks import Remarks, remarks

#: How the parts of a file's first comment begin, and what they are called.
PARTS = {"Represents": "代表", "Evidence": "证据", "Assumes": "假设"}


@functools.cache
def texts() -> dict[str, dict[str, str]]:
    """Return for each shipped scenario its Chinese texts by what they are."""
    from experiments.chinese.scenario_texts import places, regimes

    blocks = (regimes.TEXTS + regimes.CELLS + places.TEXTS).strip().split("\n\n")
    found = {}
    for block in blocks:
        name, *lines = block.strip().splitlines()
        rows = (line.partition(" | ") for line in lines)
        found[name] = {what: said for what, _, said in rows}
    return found


def entry(scenario: Scenario, what: str) -> str:
    """Return the `description` or the `evidence` of a scenario."""
    own = str(getattr(scenario, what))
    if own and scenario.name in texts() and getattr(load_scenario(scenario.name), what) == own:
        return texts()[scenario.name][what]
    return own


def header(scenario: Scenario, said: Remarks) -> list[tuple[str, str]]:
    """Return the parts of a file's first comment with their heads; empty where it has no pair."""
    if not said.header or scenario.name not in texts() or remarks(scenario.name).header != said.header:
        return []
    own = texts()[scenario.name]
    return [("", own["header"]), *((head, own[part]) for part, head in PARTS.items())]


def reason(said: Remarks, key: str) -> str:
    """Return why a parameter is what it is, as the file says that sets it."""
    why, origin = said.of(key)
    if why and origin in texts() and remarks(origin).of(key) == (why, origin):
        return texts()[origin][key]
    return why
