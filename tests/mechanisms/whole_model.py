"""What belongs to no mechanism: the tape, the calendar, queues, the model as a whole."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, CoveringRun, Neutral

NEUTRAL = {
    "surges of no days, or of no more than usual": Neutral(
        ("shocks.surges=[{start_day: 30, days: 0, factor: 9}, {start_day: 30, days: 20, factor: 1}]",), ()
    ),
    "weeks that are alike, however they depend on each other": Neutral(
        ("demand.weekly_correlation=.8",),
        ("demand.weekly_correlation=0",),
        ("demand.weekly_cv=0", "demand.local_cv=0"),
    ),
    # So small that it rounds away: each community's effects are drawn, and are 1.
    "weeks of a community's own that are alike": Neutral(("demand.local_cv=1e-300",), ("demand.local_cv=0",)),
    "weeks that are alike, however late they are reported": Neutral(
        ("demand.report_delay_days=5",),
        ("demand.report_delay_days=0",),
        ("demand.weekly_cv=0", "demand.local_cv=0"),
    ),
    "holidays round the clock": Neutral(
        ("calendar.holidays=china",), ("calendar.holidays=none",), ("calendar.round_the_clock=true",)
    ),
    "one community has the size it has": Neutral(("county.size_sigma=1",), ()),
}
AT_WORK = {
    "surges": ("shocks.surges=[{start_day: 30, days: 20, factor: 3}]", "shocks.surges=[]"),
    "weeks that depend on each other": ("demand.weekly_correlation=.8", "demand.weekly_correlation=0"),
    "weeks of a community's own": ("demand.local_cv=.3", "demand.local_cv=0"),
    "weeks that are reported late": ("demand.report_delay_days=5", "demand.report_delay_days=0"),
    "holidays": ("calendar.holidays=china", "calendar.holidays=none"),
    "sizes": ("county.size_sigma=1", "county.size_sigma=0", "county.communities=2"),
}
COVERING: dict[str, CoveringRun] = {
    "co_governance": ("co_governance", TINY, 1),
    "co_governance, seed 2": ("co_governance", TINY, 2),
    "co_governance, ledger of a sample": (
        "co_governance",
        (*TINY, "ledger=sample", "ledger_sample_share=.5"),
        3,
    ),
    "administration_led": ("administration_led", TINY, 1),
    "round the clock": ("co_governance", (*TINY, "calendar.round_the_clock=true"), 1),
    "weeks of a community's own": (
        "administration_led",
        (*TINY, "county.communities=2", "demand.local_cv=.3", "demand.report_delay_days=3"),
        1,
    ),
    "queue, erlang, classes, patience, feedback": (
        "verification/queue",
        (
            "horizon_days=60",
            "verification.arrival_rate=4",
            "verification.servers=2",
            "verification.service_mean=.45",
            "verification.service_distribution=erlang",
            "verification.service_cv=.5",
            "verification.priority_shares=[.3,.7]",
            "verification.patience_mean=1",
            "verification.feedback=.2",
        ),
        1,
    ),
    "queue, lognormal, second stage": (
        "verification/queue",
        (
            "horizon_days=60",
            "verification.arrival_rate=3",
            "verification.service_mean=.3",
            "verification.service_distribution=lognormal",
            "verification.service_cv=1.5",
            "verification.second_stage={servers: 2, mean: .5}",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "service 5 % too long",
        "engine/distributions.py",
        "return mean * exponential(",
        "return 1.05 * mean * exponential(",
        "M/M/1, load 0.6",
        part="queues",
    ),
    Break(
        "arrivals 5 % too many",
        "demand/queue_arrivals.py",
        "exponential(key, NEED_TIME, 0, 0, 0, n) / rate",
        "exponential(key, NEED_TIME, 0, 0, 0, n) / (1.05 * rate)",
        "M/M/1, load 0.6",
        part="queues",
    ),
    Break(
        "last come first served",
        "mechanisms/staff/order_of_work.py",
        '    best = s.line[at]["head"]',
        '    best = s.line[at]["tail"]',
        "M/M/3, load 0.8",
        part="queues",
    ),
    Break(
        "last come first served, seen in the second moment",
        "mechanisms/staff/order_of_work.py",
        '    best = s.line[at]["head"]',
        '    best = s.line[at]["tail"]',
        "deterministic, load 0.6",
        part="queues",
    ),
    Break(
        "urgent cases last",
        "mechanisms/staff/queues_and_hours.py",
        "for k in range(CLASSES):",
        "for k in range(CLASSES - 1, -1, -1):",
        "M/M/3 with priorities",
        part="queues",
    ),
    Break(
        "priority ignored",
        "mechanisms/staff/queues_and_hours.py",
        """        for k in range(CLASSES):
            if s.line[queue * CLASSES + k]["length"] > 0:
                return k
""",
        """        earliest = CLASSES
        since = 1e18
        for k in range(CLASSES):
            head = s.line[queue * CLASSES + k]["head"]
            if head >= 0 and s.track[head]["queued_at"] < since:
                since = s.track[head]["queued_at"]
                earliest = k
        return earliest
""",
        "M/M/1 with priorities",
        part="queues",
    ),
    Break(
        "Erlang with the square root of its phases",
        "engine/distributions.py",
        "math.floor(1.0 / (cv * cv) + 0.5)",
        "math.floor(1.0 / cv + 0.5)",
        "M/G/1 erlang, load 0.8",
        part="queues",
    ),
    Break(
        "lognormal without its mean correction",
        "engine/distributions.py",
        "z - 0.5 * variance",
        "z",
        "M/G/1 lognormal",
        part="queues",
    ),
    Break(
        "feedback ignored",
        "mechanisms/field_service/service_end.py",
        'if draw < s.par[0]["verification_feedback"]:',
        "if draw < 0.0:",
        "M/M/1 with bounces",
        part="queues",
    ),
    Break(
        "a bounced case keeps its first service time",
        "mechanisms/field_service/field_service.py",
        'if s.track[n]["passes"] > 0:',
        'if s.track[n]["passes"] > 0 and s.track[n]["routing_step"] > 0:',
        "M/M/1 with bounces",
        part="queues",
    ),
    Break(
        "second stage works at the speed of the first",
        "mechanisms/field_service/field_service.py",
        '* s.par[0]["verification_second_mean"]',
        '* s.par[0]["verification_service_mean"]',
        "tandem",
        part="queues",
    ),
    Break(
        "a surge adds its whole factor",
        "demand/surges.py",
        "surge.factor - 1.0",
        "surge.factor",
        "tests/truth/test_surges.py",
    ),
    Break(
        "needs of a surge take the luck of others",
        "demand/needs.py",
        "(surges, FIRST_ORDINAL)",
        "(surges, 0)",
        "tests/truth/test_surges.py",
    ),
    Break(
        "weeks of every community are the first one's",
        "demand/bursts.py",
        "DEMAND_LOCAL, row, weeks",
        "DEMAND_LOCAL, 0, weeks",
        "tests/truth/test_bursts.py",
    ),
    Break(
        "a delay counts as if every week's reports were its own",
        "demand/bursts.py",
        "return own * own + apart + 2.0 * crossed",
        "return own * own + 2.0 * crossed",
        "tests/truth/test_bursts.py",
    ),
    Break(
        "effects of weeks forget their spread",
        "demand/bursts.py",
        "correlation * z + fresh * own",
        "correlation * z + own",
        "tests/truth/test_surges.py",
    ),
]
