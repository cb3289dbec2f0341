"""Those who serve: cadres, officers, their teams and lines, units."""

from sim.engine.declare import Record, number, whole

#: A cadre, or an officer of a unit. `debt`: hours of other duties waiting to be worked off before cases.
#: `hours_on_call` and `hours_overtime` are part of the others; `overtime_used`: hours on the clock this week.
#: `patrol_hours`: to be walked in a week. `days_per_week`, `phase`: of an embedded cadre, who comes on some
#: days only; 0 for all others.
SERVER = Record(
    "server",
    "a cadre, or an officer of a unit",
    debt=number("hours of other duties to work off before cases", "hours"),
    hours_cases=number("hours on cases", "hours"),
    hours_sessions=number("hours in sessions", "hours"),
    hours_duplicates=number("hours on unmerged repeat reports", "hours"),
    hours_chasing=number("hours chasing shelved cases", "hours"),
    hours_handling=number("hours taking in and routing", "hours"),
    hours_mobilisation=number("hours taken by campaigns", "hours"),
    hours_travel=number("hours on the way to visits", "hours"),
    hours_on_call=number("of the hours, those worked on call", "hours"),
    hours_overtime=number("of the hours, those worked after the shift", "hours"),
    overtime_used=number("hours over on the clock in the week of the last overtime", "hours"),
    last_end=number("when the last visit ended", "days"),
    last_grid=whole("grid of the last visit, −1 none"),
    overtime_week=whole("week of the last overtime"),
    hours_council=number("hours preparing councils and sitting in them", "hours"),
    hours_patrol=number("hours walked", "hours"),
    patrol_hours=number("hours to be walked in a week", "hours per week"),
    days_per_week=number("days on which an embedded cadre comes, 0 for all others", "days per week"),
    phase=number("which of the days those are"),
    pool=whole("team"),
    queue=whole("queue of an own grid, −1 none"),
    job=whole("need or part in hand"),
    idle_next=whole("next idle member of the team"),
    idle_previous=whole("previous idle member of the team"),
    number=whole("stable number"),
    looking=whole("1 while it is settled when an idle cadre looks for work in colleagues' queues"),
    looks=whole("looks for work drawn so far"),
    rostered=whole("1 for whoever follows shifts of a file, 0 for whoever follows the calendar"),
    shift_first=whole("first of the shifts of whoever is rostered"),
    shift_count=whole("number of those shifts"),
)

#: Shifts of a roster's file, those of one schedule together and by time; no rows without a file.
SHIFT = Record(
    "shift",
    "a shift of a roster's file, once for each time it comes",
    day=number("day on which it begins", "days"),
    hour=number("hour of that day at which it begins", "hours"),
    hours=number("its length", "hours"),
    before=number("hours of this schedule from time 0 until it begins", "hours"),
    begin=number("when it begins", "days"),
    end=number("when it ends", "days"),
    opens=whole("1 for the first of those that begin at one instant"),
    pad=whole("unused"),
)

NO_JOB, OTHER_DUTIES, AWAY = -1, -2, -3

CADRE_KINDS = ("community_worker", "grid_worker", "embedded")

COMMUNITY_WORKER, GRID_WORKER, EMBEDDED = range(3)

#: A team with one queue: the cadres of a community, the officers of a unit. `speed`: the share of a
#: working hour that goes to cases. `home`: for posts on call the team that fills them, otherwise -1.
#: `skill_queue`: the line of cases that take a skill, -1 where there is none.
POOL = Record(
    "pool",
    "a team with one queue: a community's cadres, a unit's officers",
    speed=number("share of a working hour that goes to cases"),
    community=whole("community, for cadres"),
    unit=whole("unit, −1 for cadres"),
    queue=whole("the team's queue"),
    server_start=whole("first member"),
    server_count=whole("members"),
    idle_head=whole("first idle member"),
    idle_count=whole("idle members"),
    waiting=whole("cases or parts waiting"),
    home=whole("for posts on call the team that fills them, otherwise −1"),
    skill_queue=whole("line of cases that take a skill, −1 none"),
    owners=whole("members with a queue of their own, the first of the team"),
)

#: One first-come-first-served line, per queue and priority class.
LINE = Record(
    "line",
    "one first-come-first-served line, per queue and priority class",
    head=whole("first in line"),
    tail=whole("last in line"),
    length=whole("length of the line"),
    pad=whole("unused"),
)

UNIT = Record(
    "unit",
    "an organisation other than the community",
    background_load=number("share of officers' time taken by work outside the model"),
    session_hours=number("hours spent in sessions this week", "hours"),
    session_budget=number("hours its officers can give to sessions a week", "hours"),
    hours=number("hours worked for communities", "hours"),
    key=whole("stable number in keyed draws"),
    session_week=whole("week that `session_hours` belongs to"),
    community=whole("community it belongs to, −1 above"),
    level=whole("0 community, 1 street, 2 county"),
    kind=whole("bureau, utility, property company, owners' committee, social organisation, enterprise"),
    pool=whole("its officers"),
    authority=whole("categories it is responsible for, as bits"),
    next_officer=whole("officer whose turn it is"),
    asks=whole("times asked"),
    commitments=whole("times it accepted"),
    delivered=whole("parts done"),
    sessions_asked=whole("sessions it was called to"),
    sessions_attended=whole("sessions it came to"),
    pad=whole("unused"),
)

UNIT_KINDS = (
    "bureau",
    "utility",
    "property_company",
    "owners_committee",
    "social_organisation",
    "enterprise",
)

BUREAU, UTILITY, PROPERTY_COMPANY, OWNERS_COMMITTEE, SOCIAL_ORGANISATION, ENTERPRISE = range(6)
