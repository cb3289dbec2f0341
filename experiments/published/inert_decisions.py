"""Why a decision of `decision_list` moves neither times nor participation, where it does not."""

#: Why a decision moves neither times nor participation in the default pair, where it does not.
INERT: dict[str, str] = {
    "trust": (
        "on average trust moves by less than a hundredth until the end of the counted year, and a "
        "hundredth of trust moves the readiness to report by 1 %. The level of trust counts "
        "(`report_trust`), what changes it hardly does."
    ),
    "report_learning": (
        "who has had an outcome of their own is a small part of those who could report next."
    ),
    "report_known": "problems that several see are known within days in either case.",
    "report_again": "few problems stay open until the person who reported them may report again.",
    "call_first": (
        "what the company takes on are problems that staff, who have hours to spare at the default load, "
        "would solve about as soon."
    ),
    "take_call": "as `call_first`.",
    "say_satisfied": (
        "what is said moves scores, and cards go to the lowest in rank: where all say so, ranks stay."
    ),
    "mend_trust": "merchants' trust lies about one half, where it counts for nothing, and differs little.",
    "front_report": "fewer than one need in a hundred lies before a shop, and others report part of them.",
    "give_up": "mean patience is 240 days, and few cases wait that long for service to begin.",
    "rate": (
        "satisfaction is an outcome: no rule reads it. What people do next follows from trust and "
        "from their own last report."
    ),
    "stay_active": (
        "activity decides only who is asked for help, and five are found in either case; an account "
        "that sleeps still reports in the app."
    ),
    "help": "few needs are small enough for a neighbour, and few calls are answered.",
    "help_tie": "among the five who are asked there is seldom one who is both tied and active.",
    "help_fatigue": "nearly all who help do so once in a year, so fatigue keeps nobody from helping.",
    "help_bystander": (
        "five people are asked, and five is the number at which the effect is one by definition. It "
        "decides where everybody active is asked."
    ),
    "help_dilemma": (
        "with five asked and a cost of .8 of the benefit about as many calls are answered under both forms."
    ),
    "help_returned": "about one resident in a hundred is ever helped.",
    "points": "what is traded in raises the readiness to help by a tenth, and for thirty days.",
    "seat_propensity": (
        "a member's earlier acts weigh far more than propensity, and this counts people, not acts."
    ),
    "listen": (
        "a council decides a handful of cases a year, and all owners vote, most of whom were not there."
    ),
    "learn": "few come to a second council.",
    "approve": "a council decides a handful of cases a year.",
    "help_merchant": (
        "a call reaches one shop beside four or more residents; a few shops a year answer one."
    ),
    "give_to_joint": "it takes a flooded market and a session that decides on it.",
    "give_trust": (
        "300 merchants are asked until the community's hours are covered, two hours each: thirty "
        "who are willing are always found, and only who they are changes."
    ),
    "give_loss": "as `give_trust`: thirty of 300 are always found.",
    "accept_link": "letters have authority behind them after an escalation only.",
    "accept_others": "most cases take one other organisation, and by letter one is asked after another.",
    "accept_convener": "a session has six places a week; most acceptances are by letter.",
    "come": "about one in five stays away, and is asked again at the next session.",
    "come_load": "at the loads that units have it is a few points of attendance, at six places a week.",
    "leave_out": (
        "one unit in six stays away from a session, seldom twice in a row, and a telephone call has no "
        "convener behind it."
    ),
    "together": (
        "most cases in a session take one other organisation, so that there is nothing to do side by side."
    ),
    "send": "few cases go to a wrong unit, and they come back within days.",
    "merge": (
        "staff have hours to spare at the default load, so that what merging saves makes nobody faster."
    ),
    "visit_again": "as `merge`: the hours saved make nobody faster.",
    "menu": "suppliers have the same hours under both menus, and serve other cases in them.",
    "close_rank": "every closing is called back there, which leaves rank and deadlines little to move.",
    "vote": "councils put a few matters a year to the vote; who is asked differs widely between runs.",
    "off_the_shelf": (
        "a case is asked for again after 90 days, when it is late by most measures, and a unit that "
        "refused then mostly refuses again."
    ),
    "apply_for_time": ("nothing but trust and closing on paper looks at the date, and both hardly at this."),
    "strike_off": (
        "nobody works on what is on the shelf: all that is saved is half an hour of chasing a month."
    ),
    "enter_for_others": (
        "cadres enter one in five of the small needs of people without an account, and few of these "
        "find a helper."
    ),
    "close_load": "load stays near the reference load, at which the slope does nothing.",
    "close_due": "of the closings, few fall near the date.",
    "say_solved": "few cases are closed on paper there, so few are left that a true answer would bring back.",
    "part_by_date": "one part in eight waits for an officer at all, and seldom behind one that is due later.",
    "work_by_date": "at the default load few cases wait behind others that are due later.",
    "close_card": "few cases are closed on paper there, so that little is left to deter from.",
    "do_it_themselves": (
        "of three thousand parts that units are asked for fewer than twenty come to the last resort."
    ),
}
