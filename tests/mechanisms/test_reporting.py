"""Reporting: who speaks up about what they see, and when."""

from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

NEUTRAL = {
    "published status that moves nobody": Neutral(
        ("reporting.published_status=true",),
        ("reporting.published_status=false",),
        ("reporting.published_factor=1", "trust.published_weight=0"),
    ),
}
AT_WORK = {
    "published factor": ("reporting.published_factor=.4", "reporting.published_factor=1"),
    "trust weight": ("reporting.trust_weight=2", "reporting.trust_weight=0"),
}
COVERED_BY = (
    "patrol, couriers, embedded cadres",
    "co_governance",
)
BREAKS = [
    Break(
        "channel costs nothing",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity + trust_weight * (trust - 0.5))",
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "trust does not move reporting",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity - cost)",
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "everybody reports once only",
        "mechanisms/reporting/reporting.py",
        "    restart_clock(s, q, t)\n",
        '    s.pair[q]["rate"] = 0.0\n',
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "published status without effect",
        "mechanisms/reporting/reporting_clocks.py",
        '_scale_need(s, n, s.par[0]["reporting_published_factor"], t)',
        "_scale_need(s, n, 1.0, t)",
        "reporting, published status",
        part="people",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
