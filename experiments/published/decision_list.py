"""What the experiment `decisions` takes away: whose decision it is, on what they decide, by which rule.

An arm of `decisions.yaml` is called SCENARIO.DECISION, and the names here are those decisions.
"""

from dataclasses import dataclass

KINDS = ("residents", "merchants", "units", "cadres")


@dataclass(frozen=True)
class Decision:
    """A decision of one kind of agent.

    `what` is decided and `on` what it depends; `instead` is what the arm does in its place; `rules` are
    functions of `sim.rules` (module.function). `counts` limits the measures where the arm, named by `arm`,
    takes the decisions of others away as well.
    """

    name: str
    kind: str
    what: str
    on: str
    instead: str
    rules: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    arm: str = ""


_HELP = ("resident.help_probability",)
_ACCEPT = ("unit.accept_probability",)
_MEND = ("merchant.mend_probability",)

DECISIONS: tuple[Decision, ...] = (
    # residents
    Decision(
        "report", "residents", "whether and when to report",
        "propensity, severity, trust, cost of the cheapest channel",
        "half as ready: every channel costs ln 2 more", ("resident.report_rate",),
    ),
    Decision(
        "report_trust", "residents", "to report as far as one trusts", "trust", "trust counts for nothing",
        ("resident.report_rate", "resident.trust_factor"),
    ),
    Decision(
        "trust", "residents", "to trust after what happened",
        "how cases ended: one's own, those of ties, published ones", "trust stays as it was at the start",
        ("resident.updated_trust",),
    ),
    Decision(
        "report_learning", "residents", "to report again after what came of it",
        "how one's own last report ended", "it counts for nothing", ("resident.learned_factor",),
    ),
    Decision(
        "forget", "residents", "to forget how one's own report ended", "nothing: a mean time",
        "nobody forgets",
    ),
    Decision(
        "call_first", "residents", "to call the property company first",
        "the kind of problem: a share of those it may act on", "nobody calls it",
    ),
    Decision(
        "stay_ready", "residents", "how long to stay ready to report", "days since the problem was seen",
        "readiness fades half as fast",
    ),
    Decision(
        "channel", "residents", "which channel to use",
        "costs of office, telephone and app; what one can use", "all channels cost the same",
        ("resident.cheapest_channel", "resident.channel_cost"),
    ),
    Decision(
        "seen_again", "residents", "to be ready anew", "nothing: at the defaults no problem is seen anew",
        "once in a hundred days a problem strikes everybody anew",
    ),
    Decision(
        "report_again", "residents", "to report the same problem again",
        "days since the own report of a problem that is still open", "never again",
    ),
    Decision(
        "report_known", "residents", "to leave what others reported",
        "reports of the same problem that are published", "one reports what is known already as readily",
    ),
    Decision(
        "give_up", "residents", "to withdraw", "time waited for service to begin", "nobody withdraws",
    ),
    Decision(
        "rate", "residents", "how satisfied to be", "speed, outcome, expectation",
        "expectations stay as they were",
        ("resident.performance", "resident.satisfaction", "resident.updated_expectation"),
    ),
    Decision(
        "join", "residents", "to join the platform", "ties who have joined, campaigns, contact with staff",
        "nobody ever joins", ("resident.adoption_rate",),
    ),
    Decision(
        "stay_active", "residents", "to stay active there", "time, and success", "who is active stays so",
        ("resident.spell_length",),
    ),
    Decision(
        "help", "residents", "to answer a neighbour's call", "propensity, tie, fatigue, number asked",
        "nobody answers a neighbour's call", _HELP,
    ),
    Decision(
        "help_tie", "residents", "to help whom one knows", "whether one knows who asks",
        "a tie counts for nothing", _HELP,
    ),
    Decision(
        "help_fatigue", "residents", "to rest after helping", "one's own help of the last weeks",
        "helping tires nobody", ("resident.present_fatigue",),
    ),
    Decision(
        "help_bystander", "residents", "to leave it to others", "number of others asked",
        "others count for nothing", _HELP,
    ),
    Decision(
        "help_dilemma", "residents", "to weigh costs of helping",
        "cost over benefit, number of others asked", "the equilibrium of the volunteer's dilemma",
        ("resident.dilemma_probability",),
    ),
    Decision(
        "help_returned", "residents", "to return help", "having been helped",
        "who was helped is three times as ready", ("resident.readiness",),
    ),
    Decision(
        "organise", "residents", "to organise events", "nothing: so many do", "nobody organises anything",
        ("volunteer.seats_of",),
    ),
    Decision(
        "come_back", "residents", "to come again to a crew's events", "earlier acts, days since the last",
        "earlier acts count for nothing", ("volunteer.habit", "volunteer.log_weight"),
    ),
    Decision(
        "seat_propensity", "residents", "to come as readily as one acts", "propensity",
        "propensity counts for nothing", ("volunteer.log_weight", "volunteer.place_in_line"),
    ),
    Decision(
        "newcomers", "residents", "to offer seats to newcomers", "nothing: a share of the seats",
        "newcomers come only where a crew has nobody left",
        ("volunteer.seat_goes_to", "volunteer.beyond_the_crew"),
    ),
    Decision(
        "points", "residents", "to collect and trade points", "rewards for using the app and for help",
        "no points", ("giving.daily_points", "giving.help_points", "resident.readiness"),
    ),
    Decision(
        "sale", "residents", "to bring things to a charity sale", "propensity",
        "nobody brings anything to a sale",
    ),
    Decision(
        "gift", "residents", "to give money to a named person", "propensity, tie, number asked",
        "nobody gives to a person in hardship", _HELP,
    ),
    Decision(
        "pair", "residents", "to take on a standing pair", "propensity, tie",
        "nobody takes a standing pair on", _HELP,
    ),
    Decision(
        "ask_goods", "residents", "when to ask for goods", "days the own stock lasts",
        "one asks when there is nothing left", ("giving.needed_units", "giving.asked_units"),
    ),
    Decision(
        "give_goods", "residents", "to give goods", "propensity, tie, what one can spare", "nobody gives",
        _HELP,
    ),
    Decision(
        "keep_goods", "residents", "how much to keep", "own need until the shortage is over",
        "no reserve beyond the own need", ("giving.spare_units",),
    ),
    Decision(
        "come_to_council", "residents", "to come to a council",
        "propensity, motivation from earlier councils, kind of invitation", "nobody comes",
        ("council_member.attend_probability",),
    ),
    Decision(
        "learn", "residents", "to come again", "councils attended", "nobody gains motivation or skill",
        ("council_member.learned",),
    ),
    Decision(
        "listen", "residents", "to listen and move", "distance of opinions", "nobody moves",
        ("council_member.listens", "council_member.moved", "council_member.confidence"),
    ),
    Decision(
        "vote", "residents", "to vote", "a stake in the matter", "every owner votes",
        ("council_member.turnout_probability",),
    ),
    Decision(
        "approve", "residents", "how to vote", "opinion", "owners say yes from an opinion of .3 on",
        ("council_member.approves", "council_member.first_opinion"),
    ),
    Decision("answer_call", "residents", "to answer the office's call", "whether the case is solved",
             "every second person answers", ("resident.answer_probability",)),
    Decision("say_solved", "residents", "to say truly whether it is solved", "nothing: at the default all do",
             "one in five says solved of what is not"),
    Decision("say_satisfied", "residents", "to say that one is satisfied", "nothing: a share of the others",
             "they say what they think"),
    # merchants
    Decision(
        "help_merchant", "merchants", "to answer a neighbour's call",
        "propensity, fatigue, number asked; the nearest shop is asked after ties", "nobody answers a call",
        (*_HELP, "merchant.neighbouring_shop"), counts=("merchants_delivering",), arm="help",
    ),
    Decision(
        "give_to_joint", "merchants", "to give to a joint solution",
        "trust, what was lost so far; only for a flooded market", "no merchant gives",
        ("merchant.give_probability",),
    ),
    Decision(
        "give_trust", "merchants", "to give as far as one trusts", "trust", "trust counts for nothing",
        ("merchant.give_probability",),
    ),
    Decision(
        "give_loss", "merchants", "to give after losses", "what was lost so far",
        "losses count for nothing", ("merchant.give_probability",),
    ),
    Decision(
        "mend", "merchants", "to mend what lies before the shop",
        "trust, hours it takes, whether shops are rated",
        "nobody mends, and nearly all is left to be reported", _MEND,
    ),
    Decision(
        "mend_trust", "merchants", "to mend as far as one trusts", "trust", "trust counts for nothing", _MEND,
    ),
    Decision(
        "mend_hours", "merchants", "to mend what is soon done", "hours it takes",
        "hours count for nothing", _MEND,
    ),
    Decision(
        "mend_rated", "merchants", "to mend for the rating", "whether shops are rated for their front",
        "shops are rated", _MEND,
    ),
    Decision(
        "front_report", "merchants", "to report what lies before the shop",
        "nothing: a share of what was not mended and nobody has reported", "nobody reports it",
    ),
    # units
    Decision(
        "accept", "units", "whether to take a case on", "all of what follows",
        "99 in 100 letters are accepted", _ACCEPT,
    ),
    Decision(
        "accept_load", "units", "to refuse under load", "the own load", "load counts for nothing",
        (*_ACCEPT, "unit.load"),
    ),
    Decision(
        "accept_own_work", "units", "to refuse for cases in hand",
        "cases in hand, beside the load from outside", "cases of the communities do not add to the load",
        ("unit.load",),
    ),
    Decision(
        "accept_case", "units", "to take what suits", "how well case and unit fit (drawn once for both)",
        "every case suits alike", _ACCEPT,
    ),
    Decision(
        "accept_link", "units", "to obey authority",
        "authority behind the call: after an escalation, with embedded cadres",
        "authority counts for nothing", (*_ACCEPT, "unit.authority", "unit.has_link"),
    ),
    Decision(
        "accept_others", "units", "to join those who have committed",
        "share of the others who have committed", "others count for nothing", _ACCEPT,
    ),
    Decision(
        "accept_convener", "units", "to follow a convener", "that somebody with standing convenes",
        "a convener counts for nothing", _ACCEPT,
    ),
    Decision(
        "answer", "units", "when to answer a letter",
        "nothing: at the defaults a letter is answered at once", "a letter takes ten working days",
    ),
    Decision(
        "come", "units", "to come to a session", "the own load, hours left for sessions",
        "all come while they have hours", ("unit.absence_probability",),
    ),
    Decision(
        "come_load", "units", "to stay away under load", "the own load", "load counts for nothing",
        ("unit.absence_probability",),
    ),
    Decision(
        "together", "units", "when to begin", "nothing: who has committed begins",
        "one after another, as by letter",
    ),
    Decision(
        "supply", "units", "to take on a case as a supplier",
        "as for a letter, with a readiness of their own", "no supplier takes a case on", _ACCEPT,
    ),
    Decision(
        "take_call", "units", "to take on what residents call about first",
        "as for a letter, with a readiness of their own and the weeks promised",
        "next to nothing is taken on, and nearly all comes to the community", _ACCEPT,
    ),
    Decision(
        "menu", "units", "what suppliers take on", "what is most asked for lately",
        "three categories fixed above",
    ),
    Decision(
        "accept_oversight", "units", "to act where superiors may hear", "whether superiors may hear of it",
        "they never hear of it", _ACCEPT,
    ),
    Decision("accept_card", "units", "to accept for fear of a card", "cards so far",
             "cards count for nothing", _ACCEPT),
    Decision("answer_card", "units", "to answer sooner for fear of a card", "cards so far",
             "cards count for nothing"),
    Decision("part_by_date", "units", "which part to do first", "nothing: the one promised first",
             "the one due first", ("cadre.turn",)),
    # cadres
    Decision("work_by_date", "cadres", "which case to do first", "urgency, then the time of coming",
             "urgency, then the due date", ("cadre.turn",)),
    Decision("close_card", "cadres", "to write off less for fear of a card", "nothing: at 0 no card does",
             "each card deters", ("cadre.paper_probability",)),
    Decision("insist", "cadres", "to insist after a refusal", "that refusals are reviewed",
             "nobody insists"),
    Decision("do_it_themselves", "cadres", "to do what units refuse", "refusals so far",
             "never"),
    Decision(
        "take_over", "cadres", "to take over from a colleague",
        "an own queue that is empty, a colleague's that is not", "everybody serves the own grid",
    ),
    Decision(
        "close_on_paper", "cadres", "to close a case on paper", "load of the team, due date",
        "no case is closed on paper", ("cadre.paper_probability",),
    ),
    Decision(
        "close_load", "cadres", "to do so under load", "load of the last 20 working days",
        "load counts for nothing", ("cadre.paper_probability",),
    ),
    Decision(
        "close_due", "cadres", "to do so near the date", "due date", "dates count for nothing",
        ("cadre.paper_probability",),
    ),
    Decision(
        "close_rank", "cadres", "to do so for the rank", "rank and deadlines", "rank counts for nothing",
        ("cadre.paper_probability",),
    ),
    Decision(
        "close_callback", "cadres", "to refrain where closings are called back",
        "whether closings are called back", "calls deter nobody", ("cadre.paper_probability",),
    ),
    Decision(
        "send", "cadres", "to whom to send a case", "what they know of who is responsible",
        "never to the wrong unit",
    ),
    Decision(
        "merge", "cadres", "to merge reports", "whether a report is recognised as one of a known problem",
        "recognised as on a platform (administration-led); never (co-governance)",
    ),
    Decision(
        "visit_again", "cadres", "to visit again for a repeated report",
        "a repeated report that was not recognised", "no second visit for it",
    ),
    Decision(
        "convene", "cadres", "to convene", "units needed, room on the list",
        "sessions are held (administration-led); none are (co-governance)",
    ),
    Decision(
        "when_to_convene", "cadres", "when to convene", "nothing: once a week, at the same hour",
        "units are called when a case is ready", ("unit.absence_probability",),
    ),
    Decision(
        "which_first", "cadres", "which waiting case to take to the session first",
        "nothing: first come, first served", "the more severe, and those that affect more people",
        ("cadre.precedence",),
    ),
    Decision(
        "leave_out", "cadres", "to leave a unit out that does not come",
        "nothing: at the defaults every unit is called", "asked by telephone after two absences in a row",
        ("cadre.leaves_out",),
    ),
    Decision(
        "wait_for_session", "cadres", "session or letter", "length of the list",
        "the case always waits for its place",
    ),
    Decision(
        "ask_again", "cadres", "to ask again after a refusal", "refusals so far",
        "a refusal is not asked about again",
    ),
    Decision("escalate", "cadres", "to escalate", "refusals so far", "no case goes up a level"),
    Decision(
        "off_the_shelf", "cadres", "to take a case off the shelf", "time on the shelf",
        "what is shelved stays there",
    ),
    Decision(
        "strike_off", "cadres", "to strike a case off the list", "time on the shelf",
        "what is shelved stays on the list, and is chased",
    ),
    Decision(
        "apply_for_time", "cadres", "to apply for more time", "days left until the date", "nobody applies",
    ),
    Decision(
        "enter_for_others", "cadres", "to enter a need for somebody",
        "small need of somebody without an account", "never entered",
    ),
    Decision(
        "patrol", "cadres", "to walk the grid", "nothing: at the defaults nobody walks",
        "two hours a week on the own grid", ("cadre.find_rate",),
    ),
    Decision(
        "visit_whom", "cadres", "whom to visit there", "age, account",
        "homes of the old three times as often, accounts count for nothing", ("cadre.visit_factor",),
    ),
)  # fmt: skip
