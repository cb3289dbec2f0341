"""Who solves: the cumulative incidence of a true solution by each kind of solver.

    F_k(t) = P(solved by k within t of arising), over all needs,

competing ways of ending, so that sum_k F_k(t) = 1 - S(t), the share truly solved. A need that is silent,
withdrawn, shelved or closed on paper has not been solved and stays at risk until the run ends, as in
`analysis.statistics.survival`. Where every need was watched for the whole range F_k is the plain share;
elsewhere the Aalen-Johansen estimate, which assumes that when a run ends says nothing about who would have
solved what.

References
----------
.. [1] Aalen & Johansen (1978), Scand. J. Statist. 5, 141-150.
.. [2] Putter, Fiocco & Geskus (2007), Statist. Med. 26, 2389-2430.
"""

import numpy as np

from analysis.inputs.ledger import Floats, Needs
from analysis.metrics import SOLVERS
from analysis.statistics.survival import aalen_johansen, censor

INCIDENCE_AT = np.linspace(0.0, 180.0, 181)


def incidence_by_solver(needs: Needs, at: Floats = INCIDENCE_AT) -> dict[str, Floats]:
    """Return F_k at each time for the solvers that solved anything, in the order of `SOLVERS`."""
    if len(needs) == 0:
        return {}
    duration = needs.solved - needs.arisen
    present = [code for code in range(len(SOLVERS)) if (needs.solved_by == code).any()]
    if needs.followed.min() >= at.max():
        return {
            SOLVERS[code]: np.searchsorted(np.sort(duration[needs.solved_by == code]), at, side="right")
            / len(needs)
            for code in present
        }
    time, seen = censor(duration, needs.followed)
    result = aalen_johansen(time, np.where(seen, needs.solved_by + 1, 0))
    within = at <= needs.followed.max()
    return {
        SOLVERS[code]: np.where(within, result.at(code + 1, at), np.nan)
        for code in present
        if code + 1 in result.causes
    }
