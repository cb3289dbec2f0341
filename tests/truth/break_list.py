"""The breaks: for each mechanism an edit of `sim` that leaves it running, and wrong."""

from typing import NamedTuple


class Break(NamedTuple):
    """One edit of one file of `sim`, and the experiment (part of its name) or test file that is to notice."""

    name: str
    file: str
    old: str
    new: str
    noticed_by: str


_QUEUES = [
    Break(
        "service 5 % too long",
        "engine/distributions.py",
        "return mean * exponential(",
        "return 1.05 * mean * exponential(",
        "M/M/1, load 0.6",
    ),
    Break(
        "arrivals 5 % too many",
        "demand/queue_arrivals.py",
        "exponential(key, NEED_TIME, 0, 0, 0, n) / rate",
        "exponential(key, NEED_TIME, 0, 0, 0, n) / (1.05 * rate)",
        "M/M/1, load 0.6",
    ),
    Break(
        "last come first served",
        "mechanisms/field_service/field_service.py",
        'n = s.line[line * CLASSES + chosen]["head"]',
        'n = s.line[line * CLASSES + chosen]["tail"]',
        "M/M/3, load 0.8",
    ),
    Break(
        "last come first served, seen in the second moment",
        "mechanisms/field_service/field_service.py",
        'n = s.line[line * CLASSES + chosen]["head"]',
        'n = s.line[line * CLASSES + chosen]["tail"]',
        "deterministic, load 0.6",
    ),
    Break(
        "urgent cases last",
        "mechanisms/staff/queues_and_hours.py",
        "for k in range(CLASSES):",
        "for k in range(CLASSES - 1, -1, -1):",
        "M/M/3 with priorities",
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
    ),
    Break(
        "Erlang with the square root of its phases",
        "engine/distributions.py",
        "math.floor(1.0 / (cv * cv) + 0.5)",
        "math.floor(1.0 / cv + 0.5)",
        "M/G/1 erlang, load 0.8",
    ),
    Break(
        "lognormal without its mean correction",
        "engine/distributions.py",
        "normal(key, stream, occasion, a, b, c) - 0.5 * variance",
        "normal(key, stream, occasion, a, b, c)",
        "M/G/1 lognormal",
    ),
    Break(
        "patience a fifth too long",
        "mechanisms/intake/intake.py",
        "wait = mean * exponential(",
        "wait = 1.2 * mean * exponential(",
        "Erlang-A, 4",
    ),
    Break(
        "withdrawal takes nobody out of the line",
        "mechanisms/intake/intake.py",
        "        remove(s, n)\n        serve_those_behind(s, n, t)\n    withdraw(s, n, t)",
        "        return\n    withdraw(s, n, t)",
        "Erlang-A, 10",
    ),
    Break(
        "feedback ignored",
        "mechanisms/field_service/service_end.py",
        'if draw < s.par[0]["verification_feedback"]:',
        "if draw < 0.0:",
        "M/M/1 with bounces",
    ),
    Break(
        "a bounced case keeps its first service time",
        "mechanisms/field_service/field_service.py",
        'if s.track[n]["passes"] > 0:',
        'if s.track[n]["passes"] > 0 and s.track[n]["routing_step"] > 0:',
        "M/M/1 with bounces",
    ),
    Break(
        "second stage works at the speed of the first",
        "mechanisms/field_service/field_service.py",
        '* s.par[0]["verification_second_mean"]',
        '* s.par[0]["verification_service_mean"]',
        "tandem",
    ),
]

_DIFFUSION = [
    Break(
        "shared clock forgets the hazard used up",
        "mechanisms/platform/adoption.py",
        '["remaining"] - s.clock[0]["hazard"]) / rate',
        '["remaining"]) / rate',
        "Bass",
    ),
    Break(
        "imitation half as strong",
        "rules/resident.py",
        "innovation + imitation * registered_share",
        "innovation + 0.5 * imitation * registered_share",
        "logistic",
    ),
    Break(
        "own clocks forget the hazard used up",
        "mechanisms/platform/adoption.py",
        'max(0.0, a[p]["remaining"] - a[p]["rate"] * (t - a[p]["anchor"]))',
        'a[p]["remaining"]',
        "each with own clock",
    ),
]

_COORDINATION = [
    Break(
        "session works one after another",
        "scenario/compiled_parameters.py",
        '    fields.update({name: ("i8", value)',
        '    fields["joint_session_parallel_work"] = ("i8", 0)\n    fields.update({name: ("i8", value)',
        "5 parts together",
    ),
    Break(
        "units 10 % too slow",
        "demand/needs.py",
        "= mean_hours * exponential(",
        "= 1.1 * mean_hours * exponential(",
        "two units one after another",
    ),
    Break(
        "letters do not wait for the work",
        "mechanisms/referral/referral.py",
        """            else:
                after_refusal(s, n, t)
        return
    final_part(s, n, t)""",
        """                continue
            else:
                after_refusal(s, n, t)
        else:
            continue
        return
    if s.track[n]["legs_done"] == s.need[n]["leg_count"]:
        final_part(s, n, t)""",
        "5 parts one after another",
    ),
    Break(
        "convener without effect",
        "mechanisms/referral/joint_session.py",
        'convened = 1.0 if s.par[0]["joint_session_convener"] else 0.0',
        "convened = 0.0",
        "session, convener effect 1",
    ),
    Break(
        "load makes units readier",
        "rules/unit.py",
        "- load_slope * (unit_load",
        "+ load_slope * (unit_load",
        "session, convener effect 0",
    ),
    Break(
        "commitment of others ignored",
        "rules/unit.py",
        "+ share_effect * share",
        "+ 0.0 * share_effect * share",
        "session, others' commitment",
    ),
    Break(
        "intercept ignores the spread of readiness",
        "scenario/compiled_parameters.py",
        "(middle + frailty_sd * nodes)",
        "(middle + 0.0 * frailty_sd * nodes)",
        "letter, readiness spread 1.5",
    ),
    Break(
        "link of authority dropped",
        "rules/unit.py",
        "return 1.0 if backed_by > 0 and backed_by >= unit_level else 0.0",
        "return 0.0",
        "escalation, readiness spread 0",
    ),
    Break(
        "one retry too few",
        "mechanisms/referral/referral.py",
        'if s.track[n]["refusals"] <= allowed:',
        'if s.track[n]["refusals"] < allowed:',
        "escalation, readiness spread 0",
    ),
    Break(
        "one level too many",
        "mechanisms/referral/referral.py",
        "asker < TOP_LEVEL",
        "asker <= TOP_LEVEL",
        "escalation, readiness spread 0",
    ),
    Break(
        "the same luck at every ask",
        "mechanisms/referral/acceptance.py",
        'draw = uniform(key, ACCEPT, s.leg[leg]["asks"]',
        "draw = uniform(key, ACCEPT, 0",
        "escalation, readiness spread 0",
    ),
    Break(
        "readiness new at every ask",
        "mechanisms/referral/acceptance.py",
        "key, FRAILTY, 0,",
        'key, FRAILTY, s.leg[leg]["asks"],',
        "escalation, readiness spread 1",
    ),
    Break(
        "a case goes wrong once at most",
        "mechanisms/intake/routing.py",
        "if draw >= p:",
        "if draw >= p or step > 0:",
        "misroutes",
    ),
    Break(
        "wrong dispatches cost no hours",
        "mechanisms/intake/routing.py",
        'charge_handling(s, n, s.par[0]["routing_misroute_hours"], t)',
        "charge_handling(s, n, 0.0, t)",
        "misroutes",
    ),
]

_PEOPLE = [
    Break(
        "helpers rest half as long again",
        "rules/resident.py",
        "return fatigue * math.exp(-math.log(2.0) * days / half_life)",
        "return fatigue * math.exp(-math.log(2.0) * days / (1.5 * half_life))",
        "fatigue of helpers",
    ),
    Break(
        "channel costs nothing",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity + trust_weight * (trust - 0.5))",
        "reporting, propensity spread 0",
    ),
    Break(
        "trust does not move reporting",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity - cost)",
        "reporting, propensity spread 0",
    ),
    Break(
        "everybody reports once only",
        "mechanisms/reporting/reporting.py",
        "    restart_clock(s, q, t)\n",
        '    s.pair[q]["rate"] = 0.0\n',
        "reporting, propensity spread 0",
    ),
    Break(
        "published status without effect",
        "mechanisms/reporting/reporting_clocks.py",
        '_scale_need(s, n, s.par[0]["reporting_published_factor"], t)',
        "_scale_need(s, n, 1.0, t)",
        "reporting, published status",
    ),
    Break(
        "trust lost as slowly as won",
        "rules/resident.py",
        "step = gain if outcome >= 0.5 else loss",
        "step = gain",
        "trust, 60% solved",
    ),
    Break(
        "an overdue case counts as solved in time",
        "mechanisms/intake/intake.py",
        "    judge(s, n, 0.0, t)",
        "    judge(s, n, 1.0, t)",
        "trust, 85% solved",
    ),
    Break(
        "activity fades too fast in the last stretch",
        "rules/resident.py",
        "return 90.0 + 90.0 *",
        "return 90.0 + 75.0 *",
        "retention",
    ),
    Break(
        "bystander effect from ten people on",
        "rules/resident.py",
        "math.log(invited / 5.0)",
        "math.log(invited / 10.0)",
        "help, 20",
    ),
    Break(
        "helpers come however late",
        "mechanisms/mutual_aid/mutual_aid.py",
        "soonest = wait",
        "soonest = 100.0 * wait",
        "help, 5",
    ),
]

_SUPPLY = [
    Break(
        "suppliers work twice as fast",
        "mechanisms/plural_supply/supply.py",
        'pace = s.supplier[u]["hours_per_week"] /',
        'pace = 2.0 * s.supplier[u]["hours_per_week"] /',
        "supplier's line",
    ),
    Break(
        "a supplier answers as a bureau would",
        "mechanisms/plural_supply/supply.py",
        's.par[0]["plural_accept_intercept"]',
        's.par[0]["referral_accept_intercept"]',
        "supplier, readiness spread 0",
    ),
    Break(
        "a supplier forgets what it has promised",
        "mechanisms/plural_supply/supply.py",
        'max(t, s.supplier[u]["free_at"])',
        "t",
        "supplier's line",
    ),
]

_ASKING = [
    Break(
        "dilemma with all for the others",
        "rules/resident.py",
        "/ (invited - 1.0))",
        "/ invited)",
        "volunteer's dilemma, 5",
    ),
    Break(
        "a broadcast counts everybody twice",
        "mechanisms/mutual_aid/mutual_aid.py",
        "invited += 1",
        "invited += 2",
        "broadcast to 59",
    ),
    Break(
        "neighbours sought to one side only",
        "mechanisms/mutual_aid/invitation.py",
        "for side in (-1, 1):",
        "for side in (1, 1):",
        "nearest helper, density 0.3",
    ),
    Break(
        "in person only users are asked",
        "mechanisms/mutual_aid/invitation.py",
        "return by_tie or s.account",
        "return s.account",
        "ties asked in person",
    ),
]

_GIVING = [
    Break(
        "pairs last a third longer",
        "mechanisms/mutual_aid/standing_pair.py",
        "life = exponential(",
        "life = 1.33 * exponential(",
        "standing pairs",
    ),
    Break(
        "worth rounded up",
        "mechanisms/mutual_aid/charity_sale.py",
        "math.ceil(worth - 0.5)",
        "math.ceil(worth)",
        "charity sale",
    ),
    Break(
        "gifts beyond what is asked",
        "mechanisms/mutual_aid/donation.py",
        'gift = min(missing, s.par[0]["donation_gift_yuan"])\n            missing -= gift',
        'gift = s.par[0]["donation_gift_yuan"]\n            missing = max(0, missing - gift)',
        "gifts to a named person",
    ),
    Break(
        "a unit in use is thrown away when somebody looks",
        "mechanisms/mutual_aid/shortage.py",
        '["wear"] = due - whole',
        '["wear"] = 0.0',
        "shortage, nobody gives",
    ),
]

_LASTING = [
    Break(
        "ties fade half as fast",
        "mechanisms/mutual_aid/ties.py",
        "end = t + mean * exponential(",
        "end = t + 2.0 * mean * exponential(",
        "ties that fade",
    ),
    Break(
        "communities imitate half as much",
        "mechanisms/mutual_aid/initial_state.py",
        "innovation + imitation * started",
        "innovation + 0.5 * imitation * started",
        "roll-out among communities",
    ),
]

_COUNCILS = [
    Break(
        "majority of all owners instead of those voting",
        "mechanisms/deliberation/decision.py",
        """        voting,
        yes,
        area_voting,
        area_yes,
""",
        """        owners,
        yes,
        area,
        area_yes,
""",
        "vote, turnout",
    ),
    Break(
        "every other invitation is lost",
        "mechanisms/deliberation/deliberation.py",
        's.person[p]["key"], 0, 0) < probability',
        's.person[p]["key"], 0, 0) < 0.5 * probability',
        "attendance",
    ),
    Break(
        "what is misfiled is lost",
        "mechanisms/deliberation/agenda.py",
        "                category = min(categories - 1, int(u / misfiled * categories))\n",
        "                continue\n",
        "channel, 40%",
    ),
    Break(
        "quorum of owners without that of area",
        "rules/council_member.py",
        "        and area_voting >= quorum * area * (1.0 - slack)\n",
        "",
        "test_councils.py",
    ),
    Break(
        "in talks of two one side moves",
        "mechanisms/deliberation/opinions.py",
        "moved(there, here, step)",
        "there",
        "test_councils.py",
    ),
    Break(
        "solved needs stay in the opinion database",
        "mechanisms/deliberation/agenda.py",
        "        if _unsolved(s, n):\n            s.docket",
        "        if n >= 0:\n            s.docket",
        "test_councils.py",
    ),
    Break(
        "funds without end",
        "mechanisms/deliberation/decision.py",
        '        s.council[c]["spent"] += cost\n',
        "",
        "test_councils.py",
    ),
    Break(
        "those who came learn nothing",
        "rules/council_member.py",
        "    return value + step * (1.0 - value)\n",
        "    return value\n",
        "test_councils.py",
    ),
]

#: Tried alone: each is noticed by exact tests of its own.
_SHOCKS = [
    Break(
        "rain without a season",
        "mechanisms/flooding/initial_state.py",
        "1.0 + h.rain_season_amplitude *",
        "1.0 + 0.0 * h.rain_season_amplitude *",
        "test_shocks.py",
    ),
    Break(
        "rain on water counts twice",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    s.incident[i]["present"] = n',
        '    s.incident[i]["present"] = n',
        "test_shocks.py",
    ),
    Break(
        "pumping out removes the cause",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    lead = s.incident[i]["lead"]\n',
        '    _subside(s, i, t)\n    lead = n\n    s.incident[i]["fixed_at"] = t\n',
        "test_shocks.py",
    ),
    Break(
        "a recurrence leaves the case on the shelf",
        "mechanisms/flooding/flood.py",
        'if s.case[lead]["status"] == SHELVED:',
        'if s.case[lead]["status"] == OPEN:',
        "test_shocks.py",
    ),
    Break(
        "what merchants bring spares nobody",
        "mechanisms/field_service/field_service.py",
        'first += s.incident[incident_of(s, n)]["given_hours"]',
        "first += 0.0",
        "test_shocks.py",
    ),
    Break(
        "the market answers as anybody",
        "mechanisms/referral/acceptance.py",
        'intercept = s.par[0]["shocks_flood_accept_intercept"]',
        'intercept = s.par[0]["referral_accept_intercept"]',
        "test_shocks.py",
    ),
    Break(
        "a surge adds its whole factor",
        "demand/surges.py",
        "surge.factor - 1.0",
        "surge.factor",
        "test_shocks.py",
    ),
    Break(
        "needs of a surge take the luck of others",
        "demand/needs.py",
        "(surge_intensity(scenario, np.diff(usual)), FIRST_ORDINAL)",
        "(surge_intensity(scenario, np.diff(usual)), 0)",
        "test_shocks.py",
    ),
    Break(
        "mobilised hours at the clock's pace",
        "mechanisms/staff/mobilisation.py",
        '* hours * s.pool[pool]["speed"]',
        "* hours",
        "test_shocks.py",
    ),
    Break(
        "effects of weeks forget their spread",
        "demand/needs.py",
        "correlation * z + fresh * own",
        "correlation * z + own",
        "test_shocks.py",
    ),
]

_OUTREACH = [
    Break(
        "patrol a tenth too keen",
        "rules/cadre.py",
        "return homes_per_hour * patrol_hours /",
        "return 1.1 * homes_per_hour * patrol_hours /",
        "patrol against one observer",
    ),
    Break(
        "couriers see private problems alone",
        "mechanisms/patrol/discovery_clocks.py",
        'if passing > 0.0 and s.need[n]["flags"] & PUBLIC:',
        'if passing > 0.0 and not s.need[n]["flags"] & PUBLIC:',
        "patrol and couriers",
    ),
    Break(
        "a registered owner's clock begins anew",
        "mechanisms/patrol/discovery_clocks.py",
        '["remaining"] = max(0.0, f[n]["remaining"] - done)',
        '["remaining"] = max(0.0, f[n]["remaining"] + 0.0 * done)',
        "patrol, owners register",
    ),
    Break(
        "who registers is visited as before",
        "mechanisms/platform/adoption.py",
        "        person_registered(s, p, t)\n",
        "",
        "patrol, owners register",
    ),
    Break(
        "patrol visits the young less",
        "rules/cadre.py",
        "    return registered_factor if registered else 1.0",
        "    return registered_factor if registered else 0.8",
        "patrol, age gradient",
    ),
    Break(
        "a convener's links dropped",
        "rules/unit.py",
        "max(links_of_community, links_of_convener)",
        "links_of_community",
        "convener with links of county",
    ),
    Break(
        "a link reaches every level",
        "rules/unit.py",
        "if backed_by > 0 and backed_by >= unit_level",
        "if backed_by > 0",
        "test_outreach.py",
    ),
    Break(
        "patrol costs no hours",
        "mechanisms/patrol/patrol.py",
        "            add_duty(s, server, t, hours)\n",
        "",
        "test_outreach.py",
    ),
    Break(
        "embedded cadres come every day",
        "mechanisms/staff/queues_and_hours.py",
        "    here = _comes_on(s, server, int(t))",
        "    here = True",
        "test_outreach.py",
    ),
    Break(
        "displaced hours taken from every level",
        "mechanisms/staff/embedded_cadres.py",
        'sending = (unit["level"] >= 1) &',
        'sending = (unit["level"] >= 0) &',
        "test_outreach.py",
    ),
]

_CLOSING = [
    Break(
        "load of the last working days ignored",
        "rules/cadre.py",
        "+ load_slope * (load - load_reference)",
        "+ 0.0 * load_slope * (load - load_reference)",
        "closing on paper, load 1.2",
    ),
    Break(
        "call-backs deter nobody",
        "rules/cadre.py",
        "- callback_effect * called_back",
        "- 0.0 * callback_effect * called_back",
        "closing on paper, half called back",
    ),
    Break(
        "what is demanded on one day is forgotten the next",
        "mechanisms/staff/team_load.py",
        's.demanded[pool, s.team[pool]["days"] % LOAD_DAYS] =',
        "s.demanded[pool, 0] =",
        "load of a team",
    ),
    Break(
        "a call finds nothing",
        "mechanisms/intake/intake.py",
        "        reopen(s, n, t)\n        _take_in(s, n, t)\n\n\n@on(EV_DUE, stage=ANY)\ndef due",
        "        first = n\n\n\n@on(EV_DUE, stage=ANY)\ndef due",
        "call-back of 0.5",
    ),
    Break(
        "closing on paper ends the need",
        "mechanisms/case/closing.py",
        '    s.case[n]["status"] = PAPER_CLOSED\n',
        '    s.case[n]["status"] = PAPER_CLOSED\n    need_gone(s, n)\n',
        "return of what was closed on paper",
    ),
    Break(
        "oversight forgotten",
        "scenario/compiled_parameters.py",
        "scenario.referral.accept_probability + more",
        "scenario.referral.accept_probability",
        "letter under oversight",
    ),
    Break(
        "paperwork takes no time",
        "rules/cadre.py",
        "presence * (1.0 - paperwork) * case_share",
        "presence * case_share",
        "burden, 35%",
    ),
    Break(
        "deadlines weigh nothing",
        "mechanisms/field_service/closing_on_paper.py",
        "due = 1.0 if due_date(s, n)",
        "due = 0.0 if due_date(s, n)",
        "closing on paper, due soon",
    ),
]

_BOOKS = [
    Break(
        "what was done on paper stays done",
        "mechanisms/case/closing.py",
        "&= ~(ON_PAPER | FIELD_DONE | FINAL_PART)",
        "&= ~ON_PAPER",
        "test_books.py",
    ),
    Break(
        "nobody sees that a closing was on paper",
        "mechanisms/case/closing.py",
        "    experience(s, n, False, t)\n    judge(s, n, 0.0, t)\n",
        "",
        "test_books.py",
    ),
    Break(
        "units given stay with the giver",
        "mechanisms/mutual_aid/shortage.py",
        '    s.household[g]["stock"] -= units\n',
        "",
        "test_exchange.py",
    ),
    Break(
        "a faded tie still counts at one end",
        "mechanisms/mutual_aid/ties.py",
        "    _one_way(s, b, a, -1, t)\n",
        "",
        "test_exchange.py",
    ),
    Break(
        "help earns points beyond the cap",
        "rules/giving.py",
        "min(per_help, cap - usual - awarded_today)",
        "min(per_help, cap - awarded_today)",
        "test_exchange.py",
    ),
    Break(
        "shelving not counted",
        "mechanisms/case/closing.py",
        '    s.community[s.need[n]["community"]]["shelved"] += 1\n',
        "",
        "test_books.py",
    ),
    Break(
        "stay counted from the first report",
        "mechanisms/case/closing.py",
        't - s.track[n]["entered_at"]',
        't - s.case[n]["reported_at"]',
        "test_books.py",
    ),
    Break(
        "what is solved can be reported again",
        "mechanisms/case/closing.py",
        "    need_gone(s, n)\n",
        "",
        "test_books.py",
    ),
    Break(
        "chasing not charged to the case",
        "mechanisms/case/closing.py",
        '        s.case[n]["staff_hours"] += hours\n',
        "",
        "test_books.py",
    ),
    Break(
        "hours of suppliers not charged to the case",
        "mechanisms/plural_supply/supply.py",
        '    s.case[n]["unit_hours"] += hours\n',
        "",
        "test_books.py",
    ),
    Break(
        "asks not counted by the unit",
        "mechanisms/referral/acceptance.py",
        '    s.unit[u]["asks"] += 1\n',
        "",
        "test_books.py",
    ),
]

_STAFFING = [
    Break(
        "letters answered twice as late",
        "mechanisms/referral/referral.py",
        'days = s.par[0]["referral_answer_days"] * exponential(',
        'days = 2.0 * s.par[0]["referral_answer_days"] * exponential(',
        "two letters answered",
    ),
    Break(
        "clock not stopped outside",
        "mechanisms/case/standards.py",
        'if s.par[0]["standards_pause_outside"]:',
        "if False:",
        "on time, clock stopped",
    ),
    Break(
        "sent back whenever it pleases",
        "mechanisms/intake/routing.py",
        "if limit >= 0.0:",
        "if False:",
        "sent back within",
    ),
    Break(
        "absence of each day on its own",
        "world/attendance.py",
        "lean = math.sqrt(common_share) * shared[week] + own",
        "lean = math.sqrt(common_share) * normal(key, CADRE_AWAY, d, who, 3, 0) + own",
        "absence 0.1, together by 0.5",
    ),
    Break(
        "one case in ten never spills",
        "mechanisms/field_service/field_service.py",
        'if u < s.par[0]["staff_spill_probability"]:',
        'if u < 0.9 * s.par[0]["staff_spill_probability"]:',
        "spilling",
    ),
    Break(
        "units come to sessions whatever their load",
        "rules/unit.py",
        "return logistic(intercept + slope * (unit_load - load_reference))",
        "return logistic(intercept)",
        "absence from a session",
    ),
    Break(
        "absence not made up on other days",
        "initial_state.py",
        "return share if absence <= 0.0 else min(1.0, share / (1.0 - absence))",
        "return share",
        "absence 0.1, together by 0 ",
    ),
    Break(
        "posts on call take what came last",
        "mechanisms/staff/on_call.py",
        's.track[n]["queued_at"] < s.track[best]["queued_at"]',
        's.track[n]["queued_at"] > s.track[best]["queued_at"]',
        "test_visits.py",
    ),
]

_TAKEUP = [
    Break(
        "a campaign a tenth too weak",
        "rules/resident.py",
        "imitation * registered_share + campaign",
        "imitation * registered_share + 0.9 * campaign",
        "campaign",
    ),
    Break(
        "every app shows what is in the others",
        "mechanisms/intake/separate_apps.py",
        'merges *= s.par[0]["platform_shared_data"]',
        "merges *= 1.0",
        "number of apps 3",
    ),
    Break(
        "a new convener calls in one case alone",
        "mechanisms/intake/new_convener.py",
        "            push(s, t, EV_CONVENE, n + 1, 0)\n",
        "",
        "test_convening.py",
    ),
    Break(
        "what was asked for is never forgotten",
        "mechanisms/plural_supply/menu.py",
        "s.wanted[c, k] = 0.0",
        "s.wanted[c, k] += 0.0",
        "test_menu.py",
    ),
]

#: Breaks of one list touch each other's experiments, those of different lists do not: one of each list can be
#: tried in the same copy of the engine. The books notice everything, so theirs are tried alone.
LISTS: list[list[Break]] = [
    _QUEUES,
    _DIFFUSION,
    _COORDINATION,
    _PEOPLE,
    _SUPPLY,
    _STAFFING,
    _ASKING,
    _GIVING,
    _LASTING,
    _COUNCILS,
    _CLOSING,
    _TAKEUP,
]
ALONE: list[Break] = [*_BOOKS, *_SHOCKS, *_OUTREACH]
