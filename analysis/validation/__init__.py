"""What the model is held against, in three tables that are kept apart.

*calibrated*: inputs and targets that parameters were chosen to meet; agreement shows no more than that.
*verification*: arithmetic and limits with exactly known answers that the engine must reproduce.
*genuine*: findings of others that no parameter was chosen to meet. A row that predicts a place or a period
that nothing was fitted to says so (`predicts`).

A row (`row.Row`) is declared once, in the module of its subject, with its target, the range that counts as
met, the source, the setting to run, and a function from the records of one run to a number. Nothing else
knows about it: a new row is one entry. `verdict.judge` compares; no row knows its outcome beforehand.

Builds on `estimates` and `statistics`; `figures` may import it.
"""

from analysis.validation.calibrated import CALIBRATED
from analysis.validation.crews import PREDICTIONS
from analysis.validation.hotline import HOTLINE
from analysis.validation.independent import GENUINE
from analysis.validation.limits import VERIFICATION
from analysis.validation.participation import FINDINGS, INPUTS
from analysis.validation.row import KINDS, Row
from analysis.validation.verdict import Judgement, judge, table
from analysis.validation.waterlogging import WATERLOGGING

__all__ = ["KINDS", "ROWS", "Judgement", "Row", "judge", "table"]

ROWS: tuple[Row, ...] = (
    *CALIBRATED,
    *INPUTS,
    *VERIFICATION,
    *FINDINGS,
    *PREDICTIONS,
    *GENUINE,
    *WATERLOGGING,
    *HOTLINE,
)
