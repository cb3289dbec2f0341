"""Who supplies service beside the staff, at time 0: rows of `State.supplier`.

They are apart from the units of the world: which units a need takes never depends on them.
"""

import numpy as np

from sim.mechanisms.plural_supply.menu import EVERYTHING, heaviest
from sim.mechanisms.plural_supply.supply import ALL_CATEGORIES, SUPPLIER
from sim.parameters.scenario import CATEGORIES, Scenario
from sim.world.organisations import FIRST_RECEIVERS, SUPPLIERS, Organisation, authority
from sim.world.population import unit_key

#: Numbers of suppliers in the keys of units, above those of a community's units.
FIRST_NUMBER = 512
#: Numbers of those who are called first, above those of other suppliers.
FIRST_CALLED = 256


def suppliers(scenario: Scenario, community: np.ndarray, from_file: bool) -> np.ndarray:
    """Return the suppliers of all communities, those without hours left out, and enter them there.

    First those whom the community asks, then those whom residents call before it.

    Parameters
    ----------
    scenario
        Its groups `plural` and `first_call` are used.
    community
        The communities; which suppliers are theirs is entered.
    from_file
        Whether needs come from a request file, whose categories nobody has a table of authority over.
    """
    rows: list[tuple[float, int, int, Organisation]] = []
    if scenario.plural.enabled and scenario.verification.mode == "none":
        for c in range(community.shape[0]):
            community["supplier_start"][c] = len(rows)
            for number, (organisation, hours) in enumerate(SUPPLIERS):
                weekly = getattr(scenario.plural, hours) * int(community["observers"][c]) / 1e4
                if weekly > 0.0:
                    rows.append((weekly, c, number, organisation))
            community["suppliers"][c] = len(rows) - community["supplier_start"][c]
    asked = len(rows)
    if scenario.first_call.share > 0.0 and scenario.verification.mode == "none":
        for c in range(community.shape[0]):
            community["first_start"][c] = len(rows)
            for number, (organisation, hours) in enumerate(FIRST_RECEIVERS):
                weekly = getattr(scenario.first_call, hours) * int(community["observers"][c]) / 1e4
                if weekly > 0.0:
                    rows.append((weekly, c, FIRST_CALLED + number, organisation))
            community["first_receivers"][c] = len(rows) - community["first_start"][c]
    supplier = np.zeros(len(rows), SUPPLIER)
    supplier["first"][asked:] = 1
    for u, (weekly, c, number, organisation) in enumerate(rows):
        supplier[u]["hours_per_week"] = weekly
        supplier[u]["key"] = unit_key(0, c, FIRST_NUMBER + number)
        supplier[u]["community"] = c
        supplier[u]["kind"] = organisation.kind
        supplier[u]["authority"] = ALL_CATEGORIES if from_file else authority(organisation)
    return supplier


def menu(scenario: Scenario, community: np.ndarray, from_file: bool) -> np.ndarray:
    """Enter what suppliers offer at time 0; return the tally of what is asked for, empty where none is kept.

    Before anything was asked for, a menu that is learned is the one fixed above.
    """
    p = scenario.plural
    community["menu"] = EVERYTHING
    if not p.enabled or p.menu == "all" or from_file or scenario.verification.mode != "none":
        return np.zeros((0, 0))
    above = scenario.deliberation.topics_above
    weights = np.array([above.get(name, 0.0) for name in CATEGORIES])
    community["menu"] = heaviest(weights, p.menu_size)
    learned = community.shape[0] if p.menu == "learned" else 0
    return np.zeros((learned, len(CATEGORIES)))
