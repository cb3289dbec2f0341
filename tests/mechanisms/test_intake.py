"""Intake: merging, routing, patience, separate apps, who operates the platform, a new convener."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

NEUTRAL = {
    "a convener who begins after the run": Neutral(
        ("joint_session.enabled=true", "joint_session.start_day=1000000"), ("joint_session.enabled=false",)
    ),
    "several apps that share their data": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "paperwork.integration=1")
    ),
    "several apps that merge nothing": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "intake.merge_probability=0")
    ),
    "authority table where nothing goes astray": Neutral(
        ("routing.authority_table=true", "routing.misroute_hours=5"),
        ("routing.authority_table=false",),
        ("routing.misroute=0", "routing.misroute_with_table=0"),
    ),
    "authority table no better than without": Neutral(
        ("routing.authority_table=true", "routing.misroute_with_table=.3"),
        ("routing.authority_table=false",),
        ("routing.misroute=.3",),
    ),
    "patience beyond the run": Neutral(("staff.patience_days=1000000",), ("staff.patience_days=null",)),
    "merging never": Neutral(
        ("intake.merged_minutes=60",), ("intake.merged_minutes=1",), ("intake.merge_probability=0",)
    ),
    "cases entered again in further platforms, of which there are none": Neutral(
        ("paperwork.entry_minutes=60",), ("paperwork.entry_minutes=0",), ("paperwork.platforms=1",)
    ),
    "cases entered again in integrated platforms": Neutral(
        ("paperwork.entry_minutes=60",), ("paperwork.entry_minutes=0",), ("paperwork.integration=1",)
    ),
    "one entry, as integration and table": Neutral(
        ("operation.integrated=true",), ("paperwork.integration=1", "routing.authority_table=true")
    ),
    "one entry where there is nothing to integrate": Neutral(
        ("operation.integrated=true",),
        ("operation.integrated=false",),
        ("paperwork.platforms=1", "routing.misroute=.1", "routing.misroute_with_table=.1"),
    ),
    "partner without a platform": Neutral(
        ("operation.operator=partner",), ("operation.operator=government",), ("platform.enabled=false",)
    ),
    "partner without minutes, audit and signature": Neutral(
        ("operation.operator=partner",),
        ("operation.operator=government",),
        (
            "operation.audit_share=0",
            "operation.countersign_days=0",
            "intake.minutes=0",
            "intake.merged_minutes=0",
            "intake.triage_hours=0",
            "paperwork.platforms=1",
        ),
    ),
    "government without a partner to audit": Neutral(
        ("operation.audit_share=.5", "operation.countersign_days=2"), (), ("operation.operator=government",)
    ),
}
AT_WORK = {
    "new convener": ("joint_session.start_day=60", "joint_session.start_day=0"),
    "apps": ("platform.apps=4", "platform.apps=1", "paperwork.integration=0"),
    "table": ("routing.authority_table=true", "routing.authority_table=false"),
    "patience": ("staff.patience_days=10", "staff.patience_days=null"),
    "merging": ("intake.merge_probability=.5", "intake.merge_probability=0"),
    "entry": ("paperwork.entry_minutes=10", "paperwork.entry_minutes=0"),
    "one entry": ("operation.integrated=true", "operation.integrated=false"),
    "partner": ("operation.operator=partner", "operation.operator=government"),
    "audit": ("operation.audit_share=.5", "operation.audit_share=0", "operation.operator=partner"),
    "countersign": (
        "operation.countersign_days=2",
        "operation.countersign_days=0",
        "operation.operator=partner",
    ),
}
COVERING = {
    "three apps, a convener from the twelfth day on": (
        "co_governance",
        (
            *TINY,
            "platform.apps=3",
            "joint_session.start_day=12",
            "referral.accept_probability=.2",
            "referral.escalation=false",
            "referral.retries=0",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "patience a fifth too long",
        "mechanisms/intake/intake.py",
        "wait = mean * exponential(",
        "wait = 1.2 * mean * exponential(",
        "Erlang-A, 4",
        part="queues",
    ),
    Break(
        "withdrawal takes nobody out of the line",
        "mechanisms/intake/intake.py",
        "        remove(s, n)\n        serve_those_behind(s, n, t)\n    withdraw(s, n, t)",
        "        return\n    withdraw(s, n, t)",
        "Erlang-A, 10",
        part="queues",
    ),
    Break(
        "a case goes wrong once at most",
        "mechanisms/intake/routing.py",
        "if draw >= p:",
        "if draw >= p or step > 0:",
        "misroutes",
        part="coordination",
    ),
    Break(
        "wrong dispatches cost no hours",
        "mechanisms/intake/routing.py",
        'charge_handling(s, n, s.par[0]["routing_misroute_hours"], t)',
        "charge_handling(s, n, 0.0, t)",
        "misroutes",
        part="coordination",
    ),
    Break(
        "sent back whenever it pleases",
        "mechanisms/intake/routing.py",
        "if limit >= 0.0:",
        "if False:",
        "sent back within",
        part="staffing",
    ),
    Break(
        "every app shows what is in the others",
        "mechanisms/intake/separate_apps.py",
        'merges *= s.par[0]["platform_shared_data"]',
        "merges *= 1.0",
        "number of apps 3",
        part="takeup",
    ),
    Break(
        "a new convener calls in one case alone",
        "mechanisms/intake/new_convener.py",
        "            push(s, t, EV_CONVENE, n + 1, 0)\n",
        "",
        "tests/truth/test_convening.py",
        part="takeup",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
