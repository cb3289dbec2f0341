"""What is known at time 0 of what is to come."""

from sim.compiled import inner
from sim.events import push
from sim.handle import state_entry
from sim.processes.adoption import begin_account, cost_now, mean_field_next, start_campaigns
from sim.processes.convening import next_start
from sim.processes.donation import next_appeal
from sim.processes.menu import file_menu
from sim.processes.patrol import begin_patrol
from sim.processes.rollout import file_launches
from sim.processes.shortage import begin_shortage
from sim.processes.standing_pair import file_visit
from sim.state import (
    COMPLETE,
    EV_CONVENE,
    EV_COUNCIL,
    EV_DUTY,
    EV_MOBILISE,
    EV_SALE,
    EV_SESSION,
    EV_SHIFT,
    MODE_ADOPTION,
)


@state_entry
def begin(s):
    """File what is known to come at time 0: shifts, sessions, campaigns, thresholds for registering."""
    days = int(s.clock[0]["days"])
    if not s.par[0]["calendar_round_the_clock"]:
        for day in range(days):
            if s.worked[day + 1] > s.worked[day]:
                start = s.par[0]["calendar_shift_start_hour"]
                push(s, day + start / 24.0, EV_SHIFT, 0, 0)
                if s.par[0]["roster_on_call"] > 0:
                    push(s, day + (start + s.worked[day + 1] - s.worked[day]) / 24.0, EV_DUTY, 0, 0)
    elif s.par[0]["staff_embedded"] > 0.0:
        for day in range(days):
            push(s, float(day), EV_SHIFT, 0, 0)
    for day in range(s.mobilised.shape[0]):
        if s.mobilised[day] > 0.0:
            # Before the shift, so that it comes before any case.
            push(s, float(day), EV_MOBILISE, day, 0)
    begin_patrol(s)
    if s.par[0]["joint_session_enabled"] and s.par[0]["joint_session_capacity"] > 0:
        for c in range(s.community.shape[0]):
            push(s, next_start(s), EV_SESSION, c, 0)
        if s.par[0]["joint_session_start_day"] > 0.0:
            push(s, s.par[0]["joint_session_start_day"], EV_CONVENE, 0, 0)
    for c in range(s.community.shape[0]):
        file_menu(s, c, 0.0)
    weeks = s.par[0]["deliberation_every_weeks"]
    first = 7.0 * weeks + s.par[0]["deliberation_weekday"] + s.par[0]["deliberation_hour"] / 24.0
    for c in range(s.council.shape[0]):
        push(s, first, EV_COUNCIL, c, 0)
    if s.par[0]["verification_mode"] == MODE_ADOPTION and s.par[0]["verification_network"] == COMPLETE:
        mean_field_next(s, 0.0)
        return
    for p in range(s.person.shape[0]):
        s.person[p]["cost"] = cost_now(s, p)
    if s.par[0]["platform_enabled"]:
        start_campaigns(s)
        for p in range(s.account.shape[0]):
            begin_account(s, p)
        file_launches(s)
    _begin_exchange(s)


@inner
def _begin_exchange(s):
    """File what people will do for each other, as far as it is known at time 0."""
    if s.par[0]["charity_sale_enabled"]:
        for c in range(s.community.shape[0]):
            push(s, s.par[0]["charity_sale_every_days"], EV_SALE, c, 0)
    for r in range(s.appeal.shape[0]):
        next_appeal(s, r, 0, 0.0)
    for r in range(s.recurring.shape[0]):
        file_visit(s, r, 0)
    begin_shortage(s)
