"""What a parameter is called: in the report, in the terminal, on axes and beside the sliders of the page.

The Chinese names are in `parameter_names_zh`. English ones are here where a short name is needed; all others
are what the schema's sentence begins with. The pairs of the schema's sentences, notes and sources are in
`parameter_texts_zh`.
"""

import functools
import re

from analysis.findings.parameter_names_zh import names_zh, units_zh
from sim.parameters.scenario import parameters_by_key

#: Units that the words say already: a share of something, a probability that something happens.
_SAID = ("share", "probability", "correlation")

_SHORT = """
staff.per_10k | Community staff
staff.case_share | Time left for cases
roster.absence | Absence
staff.embedded | Embedded cadres
patrol.hours_per_week | Patrol
paperwork.base_share | Paperwork with one platform
platform.enabled | Platform for residents
adoption.initial_registered | Registered at the start
intake.merge_probability | Duplicates merged
reporting.published_status | Status published
paperwork.platforms | Platforms to feed
paperwork.integration | Integration
mutual_aid.enabled | Mutual aid
routing.authority_table | Authority table
joint_session.enabled | Joint sessions
joint_session.capacity | Session capacity
joint_session.on_call | Convening on call
referral.convener_effect | Effect of the convener
referral.accept_probability | Acceptance of a letter
plural.enabled | Plural support
deliberation.enabled | Councils of residents
closing.enabled | Closing on paper possible
community.residents | Residents
demand.rate | Needs
horizon_days | Days counted
"""


@functools.cache
def short_names() -> dict[str, str]:
    """Return the short English names by dotted key, of the parameters that have one."""
    return _table(_SHORT)


def parameter_name(key: str, language: str = "en") -> str:
    """Return what a parameter is called in words; a name that is none of a parameter stays."""
    row = parameters_by_key().get(key)
    if row is None:
        return key
    # What follows explains; the name is what comes before.
    began = re.split(r"[;:(]|, ", row.text)[0].strip().rstrip(".")
    return names_zh()[key] if language == "zh" else short_names().get(key, began)


def name_and_unit(key: str, language: str = "en") -> str:
    """Return a parameter in words with its unit in brackets, where the words do not say it already."""
    row, words = parameters_by_key().get(key), parameter_name(key, language)
    if row is None or not row.unit or parameter_name(key).lower().startswith(_SAID):
        return words
    return f"{words}（{units_zh().get(row.unit, row.unit)}）" if language == "zh" else f"{words} ({row.unit})"


def _table(text: str) -> dict[str, str]:
    rows = (line.partition(" | ") for line in text.strip().splitlines())
    return {key: said for key, _, said in rows}
