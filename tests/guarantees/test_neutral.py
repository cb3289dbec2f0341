"""A mechanism at its neutral value changes no bit of any record."""

from typing import NamedTuple

import pytest

from tests.guarantees.runs import REGIMES, assert_same_bits, differing_columns, run, scenario

#: Nobody ever registers: a platform without users, invitations without anybody to invite.
NO_USERS = (
    "adoption.initial_registered=0",
    "adoption.innovation_per_year=0",
    "adoption.imitation_per_year=0",
    "adoption.contact_probability=0",
)
#: Clocks for registering run for most people through most of the run.
MANY_JOIN = ("platform.enabled=true", "adoption.initial_registered=.02", "adoption.innovation_per_year=3")
#: A market that floods often.
RAINY = ("shocks.rain_per_year=30", "shocks.flood_merchants=40", "shocks.flood_work_hours=8")
NO_LOSS = (*RAINY, "shocks.give_loss_weight=0")
#: Every unit takes every case on at once and comes to every session.
WILLING = (
    "referral.accept_probability=0.9999999999",
    "referral.frailty_sd=0",
    "referral.load_slope=0",
    "joint_session.absence_intercept=-50",
    "joint_session.absence_slope=0",
    "units.session_hours_per_week=168",
)
#: Councils often, with much that is stuck, of owners who mostly agree.
COUNCILS = (
    "deliberation.enabled=true",
    "deliberation.every_weeks=2",
    "deliberation.stuck_after_days=5",
    "deliberation.turnout=.9",
    "deliberation.support_mean=.6",
)


class Neutral(NamedTuple):
    """Overrides for both runs; those that switch the mechanism on at its neutral value, and off."""

    on: tuple[str, ...]
    off: tuple[str, ...]
    both: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()


MECHANISMS = {
    "joint session without room": Neutral(
        ("joint_session.enabled=true", "joint_session.capacity=0"), ("joint_session.enabled=false",)
    ),
    "joint session without room, cases that would always wait": Neutral(
        ("joint_session.enabled=true", "joint_session.capacity=0", "joint_session.longest_wait_weeks=null"),
        ("joint_session.enabled=false",),
    ),
    "a convener who begins after the run": Neutral(
        ("joint_session.enabled=true", "joint_session.start_day=1000000"), ("joint_session.enabled=false",)
    ),
    "several apps that share their data": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "paperwork.integration=1")
    ),
    "several apps that merge nothing": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "intake.merge_probability=0")
    ),
    "a menu from above with everything on it": Neutral(
        ("plural.menu=above", "plural.menu_size=9"),
        ("plural.menu=all",),
        ("plural.enabled=true",),
    ),
    "a learned menu with everything on it": Neutral(
        ("plural.menu=learned", "plural.menu_size=9"), ("plural.menu=all",), ("plural.enabled=true",)
    ),
    "a menu with nothing on it": Neutral(
        ("plural.enabled=true", "plural.menu=learned", "plural.menu_size=0"), ("plural.enabled=false",)
    ),
    "mutual aid that nobody gives": Neutral(
        ("mutual_aid.enabled=true", "mutual_aid.act_probability=0"), ("mutual_aid.enabled=false",)
    ),
    "mutual aid without users or entries by staff": Neutral(
        ("mutual_aid.enabled=true",),
        ("mutual_aid.enabled=false",),
        (*NO_USERS, "mutual_aid.cadre_entry_probability=0"),
    ),
    "mutual aid without helpable needs": Neutral(
        ("mutual_aid.enabled=true",), ("mutual_aid.enabled=false",), ("demand.helpable_share=0",)
    ),
    "published status that moves nobody": Neutral(
        ("reporting.published_status=true",),
        ("reporting.published_status=false",),
        ("reporting.published_factor=1", "trust.published_weight=0"),
    ),
    "convener without effect": Neutral(
        ("joint_session.convener=true",), ("joint_session.convener=false",), ("referral.convener_effect=0",)
    ),
    "authority links without effect": Neutral(
        ("referral.authority_links=true",), ("referral.authority_links=false",), ("referral.link_effect=0",)
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
    "trust that outcomes do not move": Neutral(
        ("trust.enabled=true", "trust.gain=0", "trust.loss=0"), ("trust.enabled=false",)
    ),
    "trust that nobody learns": Neutral(
        ("trust.enabled=true", "trust.own_weight=0", "trust.story_weight=0", "trust.published_weight=0"),
        ("trust.enabled=false",),
    ),
    "platform without users": Neutral(("platform.enabled=true",), ("platform.enabled=false",), NO_USERS),
    "platform that nobody can use": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("adoption.net_use=0", "adoption.net_use_60plus=0"),
    ),
    "app as dear as the office": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("reporting.cost_app=1", "mutual_aid.enabled=false", "reporting.published_status=false"),
        ("registered", "active", "adopters"),
    ),
    "campaign of no days": Neutral(("adoption.campaigns=[{start_day: 40, days: 0}]",), (), MANY_JOIN),
    "campaign that wins nobody": Neutral(
        ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaign_rate_per_day=0"),
        (),
        MANY_JOIN,
    ),
    "load that cases do not move, against load that does not matter": Neutral(
        ("units.load_response=0",),
        ("units.load_response=1",),
        ("referral.load_slope=0", "joint_session.absence_slope=0"),
    ),
    "patience beyond the run": Neutral(("staff.patience_days=1000000",), ("staff.patience_days=null",)),
    "spilling never, or after the run": Neutral(
        ("staff.spill_probability=0",), ("staff.spill_probability=1", "staff.spill_after_working_days=3650")
    ),
    "escalation where nobody refuses": Neutral(
        ("referral.escalation=true",),
        (
            "referral.escalation=false",
            "referral.retries=0",
            "referral.retries_escalated=5",
            "referral.escalation_delay_days=50",
        ),
        WILLING,
    ),
    "chasing and reopening where nothing is shelved": Neutral(
        ("referral.chasing_hours_per_month=2",), ("referral.chasing_hours_per_month=0",), WILLING
    ),
    "merging never": Neutral(
        ("intake.merged_minutes=60",), ("intake.merged_minutes=1",), ("intake.merge_probability=0",)
    ),
    "integration of the only platform": Neutral(
        ("paperwork.integration=1", "paperwork.share_per_platform=.12"),
        ("paperwork.integration=0",),
        ("paperwork.platforms=1",),
    ),
    "platforms fully integrated": Neutral(
        ("paperwork.platforms=5",), ("paperwork.platforms=1",), ("paperwork.integration=1",)
    ),
    "closing on paper with probability 0": Neutral(
        ("closing.enabled=true", "closing.base_probability=0", "closing.load_slope=8"),
        ("closing.enabled=false",),
    ),
    "closing on paper without call-backs": Neutral(
        ("closing.callback_minutes=60", "closing.callback_effect=2", "closing.callback_after_days=1"),
        (),
        ("closing.enabled=true", "closing.callback_share=0"),
    ),
    "call-backs that cost nothing where nothing is on paper": Neutral(
        ("closing.callback_share=1", "closing.callback_minutes=0"),
        ("closing.callback_share=0",),
        leave_out=("called_back",),
    ),
    "evaluation without pressure": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=0"),
        ("closing.evaluated=false",),
        ("closing.enabled=true",),
    ),
    "ranking of one community's staff alone, no units": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=5"),
        ("closing.evaluated=false",),
        ("closing.enabled=true", "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]"),
    ),
    "oversight without effect": Neutral(
        ("closing.oversight=true", "closing.oversight_effect=0"), ("closing.oversight=false",)
    ),
    "burden gate that sends nothing back": Neutral(("paperwork.screen_rate=0",), ()),
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
    "success where activity never fades": Neutral(
        ("adoption.success_factor=.5",),
        ("adoption.success_factor=1",),
        ("platform.enabled=true", "mutual_aid.enabled=true", "adoption.retention=[1, 1, 1]"),
    ),
    "ties without help": Neutral(
        ("ties.after_help=1",), ("ties.after_help=0",), ("mutual_aid.enabled=false",)
    ),
    "bystanders where five are asked": Neutral(
        ("mutual_aid.bystander_exponent=1",),
        ("mutual_aid.bystander_exponent=0",),
        # With a room for 5 and everybody active the number asked is always 5.
        (
            "platform.enabled=true",
            "mutual_aid.enabled=true",
            "adoption.initial_registered=1",
            "adoption.initial_active=1",
            "adoption.retention=[1, 1, 1]",
            "adoption.net_use=1",
            "adoption.able=1",
        ),
    ),
    "rain that never falls": Neutral(
        ("shocks.flood_merchants=40", "shocks.loss_per_day=1000", "shocks.give_hours=10"),
        (),
        ("shocks.rain_per_year=0",),
    ),
    "rain where no market floods": Neutral(
        ("shocks.rain_per_year=20", "shocks.flooded_markets=0"), ("shocks.rain_per_year=0",)
    ),
    "merchants who bring nothing": Neutral(
        ("shocks.give_hours=0",), ("shocks.give_intercept=-50", "shocks.give_trust_weight=0"), NO_LOSS
    ),
    "authority over the market's organisations that counts as any other": Neutral(
        ("shocks.flood_link_effect=.5",), ("shocks.flood_link_effect=null",), RAINY
    ),
    "organisations that answer about the market as about anything else": Neutral(
        ("shocks.flood_accept_probability=.55",), ("shocks.flood_accept_probability=null",), RAINY
    ),
    "losses, as long as nobody gives for them": Neutral(
        ("shocks.loss_per_day=2000",),
        ("shocks.loss_per_day=0",),
        (*RAINY, "shocks.give_loss_weight=0"),
        ("losses",),
    ),
    "mobilisation of no days, or of no hours": Neutral(
        ("shocks.mobilisation=[{start_day: 30, days: 0, share: 1}, {start_day: 30, days: 20, share: 0}]",), ()
    ),
    "surges of no days, or of no more than usual": Neutral(
        ("shocks.surges=[{start_day: 30, days: 0, factor: 9}, {start_day: 30, days: 20, factor: 1}]",), ()
    ),
    "weeks that are alike, however they depend on each other": Neutral(
        ("demand.weekly_correlation=.8",), ("demand.weekly_correlation=0",), ("demand.weekly_cv=0",)
    ),
    "plural support that nobody gives": Neutral(
        ("plural.enabled=true", "plural.accept_probability=0"), ("plural.enabled=false",)
    ),
    "plural support without hours": Neutral(
        (
            "plural.enabled=true",
            "plural.property_company_hours=0",
            "plural.owners_committee_hours=0",
            "plural.social_organisation_hours=0",
            "plural.enterprise_hours=0",
        ),
        ("plural.enabled=false",),
    ),
    "plural support that is not switched on": Neutral(
        ("plural.accept_probability=1", "plural.property_company_hours=80"), ("plural.enabled=false",)
    ),
    "standards as long as those of trust": Neutral(
        ("standards.enabled=true", "standards.working_days=[3, 7, 20]"),
        ("standards.enabled=false",),
        (
            "trust.standard_days=[3, 7, 20]",
            "demand.urgent_share=0",
            "standards.pause_shelved=false",
            "standards.extension_probability=0",
        ),
        ("due_at", "on_time"),
    ),
    "posts on call where nothing is urgent": Neutral(
        ("roster.on_call=2",), ("roster.on_call=0",), ("demand.urgent_share=0",)
    ),
    "overtime where there is no end of a shift": Neutral(
        ("roster.overtime_hours_per_week=9",),
        ("roster.overtime_hours_per_week=0",),
        ("calendar.round_the_clock=true",),
    ),
    # Two grids: two of nine staff are grid workers, or two beside seven.
    "grid workers counted apart": Neutral(
        ("staff.per_10k=46.6667", "staff.grid_workers=2"), ("staff.per_10k=60",)
    ),
    "a way of no length": Neutral(("staff.travel_repeat_share=1",), ("staff.travel_repeat_share=0",)),
    "a skill that no case takes": Neutral(("staff.skill_cadres=.5",), ("staff.skill_cadres=.1",)),
    "a skill that everybody has, against none": Neutral(
        ("staff.skill_needs=.000000001",), ("staff.skill_needs=0",)
    ),
    "absence that nobody has": Neutral(
        ("roster.absence=0", "roster.absence_week=.9", "roster.absence_common=.1"), ()
    ),
    "holidays round the clock": Neutral(
        ("calendar.holidays=china",), ("calendar.holidays=none",), ("calendar.round_the_clock=true",)
    ),
    "letters answered at once where nobody is written to": Neutral(
        ("referral.answer_days=7",),
        ("referral.answer_days=0",),
        (
            "demand.organisations_shares=[1, 0, 0]",
            "demand.level_given_organisations=[[1, 0, 0], [1, 0, 0], [1, 0, 0]]",
        ),
    ),
    "councils from after the end of the run on": Neutral(
        ("deliberation.enabled=true", "deliberation.every_weeks=100"), ("deliberation.enabled=false",)
    ),
    "councils to which nobody is invited and that cost nothing": Neutral(
        (
            "deliberation.enabled=true",
            "deliberation.every_weeks=2",
            "deliberation.invited=0",
            "deliberation.topics=0",
            "deliberation.preparation_hours=0",
            "deliberation.hours=0",
        ),
        ("deliberation.enabled=false",),
        leave_out=("councils",),
    ),
    "councils of no length that decide nothing": Neutral(
        (
            "deliberation.enabled=true",
            "deliberation.every_weeks=2",
            "deliberation.quorum=1.01",
            "deliberation.preparation_hours=0",
            "deliberation.hours=0",
            "deliberation.tie_probability=0",
        ),
        ("deliberation.enabled=false",),
        # Who came, and who voted, is still told.
        leave_out=(
            "councils",
            "attendances",
            "contributions",
            "contributions_counted",
            "votes",
            "votes_counted",
        ),
    ),
    "facilitator who adds nothing": Neutral(
        (
            "deliberation.facilitator=true",
            "deliberation.facilitator_confidence=0",
            "deliberation.facilitator_focus=0",
            "deliberation.facilitator_hours=0",
        ),
        ("deliberation.facilitator=false",),
        COUNCILS,
    ),
    "practice that changes nothing": Neutral(
        ("deliberation.learning=.6",),
        ("deliberation.learning=0",),
        (*COUNCILS, "deliberation.motivation_gain=0", "deliberation.skill_confidence=0"),
    ),
    "whom petitions hear, where they do not count": Neutral(
        ("deliberation.coverage_petitions=1", "deliberation.petition_factor_young=1"),
        ("deliberation.coverage_petitions=0",),
        (*COUNCILS, "deliberation.weight_petitions=0"),
    ),
    "patrol of no hours": Neutral(
        ("patrol.homes_visited_per_hour=50", "patrol.homes_passed_per_hour=500", "patrol.elder_factor=3"),
        (),
        ("patrol.hours_per_week=0",),
    ),
    "couriers without a platform": Neutral(
        ("patrol.couriers_per_10k=50",), (), ("platform.enabled=false", "patrol.courier_report_probability=1")
    ),
    "couriers who report nothing": Neutral(
        ("patrol.couriers_per_10k=50", "patrol.courier_report_probability=0"), ()
    ),
    "visits that ask for no account": Neutral(
        ("patrol.registered_factor=0",),
        ("patrol.registered_factor=1",),
        (*NO_USERS, "patrol.hours_per_week=3"),
    ),
    "nobody embedded": Neutral(
        ("embedded.authority_level=2", "embedded.allocation=need", "embedded.displaced=true"), ()
    ),
    "embedded without labour and authority": Neutral(
        ("staff.embedded=4", "embedded.displaced=true"),
        (),
        ("embedded.labour=false", "embedded.authority=false"),
    ),
    "embedded authority without effect": Neutral(
        ("staff.embedded=4",), (), ("embedded.labour=false", "referral.link_effect=0")
    ),
    "embedded authority of the county is that of authority links": Neutral(
        ("staff.embedded=1", "embedded.labour=false", "embedded.authority_level=2"),
        ("referral.authority_links=true",),
    ),
    "links of a convener without effect": Neutral(
        ("joint_session.convener_links=county",), (), ("joint_session.enabled=true", "referral.link_effect=0")
    ),
    "links of a convener where nobody convenes": Neutral(
        ("joint_session.convener_links=county",),
        (),
        ("joint_session.enabled=true", "joint_session.convener=false"),
    ),
    "one community has the size it has": Neutral(("county.size_sigma=1",), ()),
    "session after session, or side by side, where one unit is needed": Neutral(
        ("joint_session.parallel_work=true",),
        ("joint_session.parallel_work=false",),
        ("demand.organisations_shares=[1, 0, 0]",),
    ),
    "a request to everybody where some to be asked are everybody": Neutral(
        ("mutual_aid.invitation=broadcast",),
        ("mutual_aid.invitation=ranked",),
        ("mutual_aid.invited=1000", "community.residents=350", "community.merchants=0"),
    ),
    "reciprocity where nobody was helped": Neutral(
        ("mutual_aid.reciprocity_factor=5",),
        ("mutual_aid.reciprocity_factor=1",),
        ("mutual_aid.act_probability=0",),
    ),
    "neighbours asked in person where nobody knows anybody": Neutral(
        ("mutual_aid.offline_ties=true",),
        ("mutual_aid.offline_ties=false",),
        ("ties.mean_degree=0", "ties.after_help=0"),
    ),
    "fading of ties where none are made": Neutral(
        ("ties.fading_days=10",), ("ties.fading_days=null",), ("ties.after_help=0",)
    ),
    "ties from meetings without events": Neutral(("ties.after_meeting=.5",), ("ties.after_meeting=0",)),
    "a sale to which nobody comes": Neutral(
        ("charity_sale.enabled=true", "charity_sale.take_part_probability=0"), ("charity_sale.enabled=false",)
    ),
    "appeals to which nobody gives": Neutral(
        ("donation.enabled=true", "donation.give_probability=0", "donation.hardship_share=.5"),
        ("donation.enabled=false", "donation.hardship_share=.5"),
    ),
    "pairs to which nobody commits": Neutral(
        ("standing_pair.enabled=true", "standing_pair.commit_probability=0"),
        ("standing_pair.enabled=false",),
        leave_out=("visits",),
    ),
    "points that move nobody": Neutral(
        (
            "points.enabled=true",
            "points.activity_factor=1",
            "points.help_factor=1",
            "points.redeem_at=10",
            "points.gaming_share=.1",
        ),
        ("points.enabled=false",),
    ),
    "points never traded in": Neutral(
        ("points.enabled=true", "points.redeem_at=1e9"), ("points.enabled=false",)
    ),
    "a shortage in which nobody runs short": Neutral(
        ("shortage.enabled=true", "shortage.start_day=30"),
        ("shortage.enabled=false",),
        ("shortage.stock_median=100000", "shortage.stock_sigma=0"),
    ),
    "a shortage without a platform or anybody to ask in person": Neutral(
        ("shortage.enabled=true", "shortage.start_day=30"),
        ("shortage.enabled=false",),
        ("platform.enabled=false", "mutual_aid.offline_ties=false"),
    ),
    "a platform that starts after the run": Neutral(
        ("platform.enabled=true", "platform.start_day=1000000"),
        ("platform.enabled=false",),
        ("reporting.published_status=false", "intake.merge_probability=0", "mutual_aid.enabled=false"),
        ("eligible",),
    ),
    "roll-out that nobody begins, so that all start at once": Neutral(
        ("platform.rollout_imitation_per_year=5",), ("platform.rollout_imitation_per_year=0",)
    ),
    "identity checks that refuse nobody there is": Neutral(
        ("adoption.verified_share_migrants=.1",),
        ("adoption.verified_share_migrants=1",),
        ("community.migrant_share=0",),
    ),
}


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_mechanism_at_its_neutral_value_changes_no_bit(mechanism: str, regime: str) -> None:
    neutral = MECHANISMS[mechanism]
    assert_same_bits(
        scenario(regime, *neutral.both, *neutral.on),
        scenario(regime, *neutral.both, *neutral.off),
        neutral.leave_out,
    )


#: Points that are often traded in.
POINTS = ("points.enabled=true", "points.redeem_at=10")
#: Away from its neutral value each of them does something: otherwise the tests above prove nothing.
AT_WORK = {
    "joint session": ("joint_session.enabled=true", "joint_session.enabled=false"),
    "new convener": ("joint_session.start_day=60", "joint_session.start_day=0"),
    "apps": ("platform.apps=4", "platform.apps=1", "paperwork.integration=0"),
    "menu": ("plural.menu=above", "plural.menu=all", "plural.enabled=true"),
    "menu, learned": ("plural.menu=learned", "plural.menu=above", "plural.enabled=true"),
    "mutual aid": ("mutual_aid.enabled=true", "mutual_aid.enabled=false"),
    "published factor": ("reporting.published_factor=.4", "reporting.published_factor=1"),
    "published weight": ("trust.published_weight=1", "trust.published_weight=0"),
    "convener": ("referral.convener_effect=2", "referral.convener_effect=0"),
    "links": ("referral.link_effect=5", "referral.link_effect=0"),
    "table": ("routing.authority_table=true", "routing.authority_table=false"),
    "trust": ("trust.loss=.3", "trust.loss=0"),
    "platform": ("platform.enabled=true", "platform.enabled=false"),
    "campaign": ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaigns=[]"),
    "load": ("units.load_response=1", "units.load_response=0"),
    "patience": ("staff.patience_days=10", "staff.patience_days=null"),
    "spill": ("staff.spill_probability=1", "staff.spill_probability=0"),
    "escalation": ("referral.escalation=true", "referral.escalation=false"),
    "chasing": ("referral.chasing_hours_per_month=2", "referral.chasing_hours_per_month=0"),
    "merging": ("intake.merge_probability=.5", "intake.merge_probability=0"),
    "integration": ("paperwork.integration=1", "paperwork.integration=0"),
    "closing": ("closing.enabled=true", "closing.enabled=false"),
    "closing, load": ("closing.load_slope=8", "closing.load_slope=0", "closing.enabled=true"),
    "closing, due": ("closing.due_effect=2", "closing.due_effect=0", "closing.enabled=true"),
    "call-back": ("closing.callback_share=.5", "closing.callback_share=0", "closing.enabled=true"),
    "call-back effect": (
        "closing.callback_effect=2",
        "closing.callback_effect=0",
        "closing.enabled=true",
        "closing.callback_share=.5",
    ),
    "deadline pressure": (
        "closing.deadline_pressure=2",
        "closing.deadline_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
    ),
    "ranking pressure": (
        "closing.ranking_pressure=5",
        "closing.ranking_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
        "county.communities=3",
    ),
    "oversight": ("closing.oversight=true", "closing.oversight=false"),
    "burden gate": ("paperwork.screen_rate=.5", "paperwork.screen_rate=0"),
    "entry": ("paperwork.entry_minutes=10", "paperwork.entry_minutes=0"),
    "one entry": ("operation.integrated=true", "operation.integrated=false"),
    "partner": ("operation.operator=partner", "operation.operator=government"),
    "audit": ("operation.audit_share=.5", "operation.audit_share=0", "operation.operator=partner"),
    "countersign": (
        "operation.countersign_days=2",
        "operation.countersign_days=0",
        "operation.operator=partner",
    ),
    "success": ("adoption.success_factor=.1", "adoption.success_factor=1"),
    "ties": ("ties.after_help=1", "ties.after_help=0"),
    "bystanders": (
        "mutual_aid.bystander_exponent=1.2",
        "mutual_aid.bystander_exponent=0",
        "mutual_aid.invited=20",
    ),
    "parallel": ("joint_session.parallel_work=true", "joint_session.parallel_work=false"),
    "rain": ("shocks.rain_per_year=30", "shocks.rain_per_year=0"),
    "giving": ("shocks.give_intercept=50", "shocks.give_intercept=-50", *RAINY),
    "answers about the market": (
        "shocks.flood_accept_probability=.9",
        "shocks.flood_accept_probability=.01",
        *RAINY,
    ),
    "orders about the market": (
        "shocks.flood_link_effect=8",
        "shocks.flood_link_effect=0",
        *RAINY,
        "referral.authority_links=true",
        "shocks.flood_accept_probability=.1",
    ),
    "mobilisation": ("shocks.mobilisation=[{start_day: 30, days: 20, share: .5}]", "shocks.mobilisation=[]"),
    "surges": ("shocks.surges=[{start_day: 30, days: 20, factor: 3}]", "shocks.surges=[]"),
    "weeks that depend on each other": ("demand.weekly_correlation=.8", "demand.weekly_correlation=0"),
    "plural support": ("plural.enabled=true", "plural.enabled=false"),
    "plural hours": (
        "plural.social_organisation_hours=80",
        "plural.social_organisation_hours=0",
        "plural.enabled=true",
    ),
    "councils": ("deliberation.enabled=true", "deliberation.enabled=false", *COUNCILS[1:]),
    "facilitator": ("deliberation.facilitator=true", "deliberation.facilitator=false", *COUNCILS),
    "learning": ("deliberation.learning=.6", "deliberation.learning=0", *COUNCILS),
    "confidence": ("deliberation.confidence=.5", "deliberation.confidence=0", *COUNCILS),
    "petitions": ("deliberation.weight_petitions=50", "deliberation.weight_petitions=0", *COUNCILS),
    "agenda": ("deliberation.agenda=above", "deliberation.agenda=data", *COUNCILS),
    "electorate": ("deliberation.electorate=community", "deliberation.electorate=building", *COUNCILS),
    "outreach": ("deliberation.outreach=.6", "deliberation.outreach=0", *COUNCILS),
    "funds": ("deliberation.budget_per_year=0", "deliberation.budget_per_year=100000", *COUNCILS),
    "acquaintances": ("deliberation.tie_probability=.5", "deliberation.tie_probability=0", *COUNCILS),
    "frailty": ("referral.frailty_sd=2", "referral.frailty_sd=0"),
    "share": ("referral.share_effect=3", "referral.share_effect=0"),
    "trust weight": ("reporting.trust_weight=2", "reporting.trust_weight=0"),
    "tie factor": ("mutual_aid.tie_factor=8", "mutual_aid.tie_factor=1"),
    "broadcast": ("mutual_aid.invitation=broadcast", "mutual_aid.invitation=ranked"),
    "dilemma": ("mutual_aid.answer=dilemma", "mutual_aid.answer=propensity"),
    "reciprocity": ("mutual_aid.reciprocity_factor=5", "mutual_aid.reciprocity_factor=1"),
    "in person": ("mutual_aid.offline_ties=true", "mutual_aid.offline_ties=false"),
    "fading": ("ties.fading_days=10", "ties.fading_days=null"),
    "sale": ("charity_sale.enabled=true", "charity_sale.enabled=false"),
    "meetings": (
        "ties.after_meeting=1",
        "ties.after_meeting=0",
        "charity_sale.enabled=true",
        "charity_sale.take_part_probability=.5",
    ),
    "appeals": ("donation.enabled=true", "donation.enabled=false", "donation.appeals_per_year=5"),
    "pairs": ("standing_pair.enabled=true", "standing_pair.enabled=false"),
    "points, activity": ("points.activity_factor=.2", "points.activity_factor=1", *POINTS),
    "points, help": ("points.help_factor=5", "points.help_factor=1", *POINTS),
    "shortage": ("shortage.enabled=true", "shortage.enabled=false", "shortage.start_day=30"),
    "roll-out": ("platform.start_day=50", "platform.start_day=0"),
    "identity": ("adoption.verified_share=.5", "adoption.verified_share=1"),
    "standards": ("standards.enabled=true", "standards.enabled=false"),
    "extensions": (
        "standards.extension_probability=.5",
        "standards.extension_probability=0",
        "standards.enabled=true",
    ),
    "pauses": ("standards.pause_outside=true", "standards.pause_outside=false", "standards.enabled=true"),
    "on call": ("roster.on_call=1", "roster.on_call=0"),
    "overtime": ("roster.overtime_hours_per_week=9", "roster.overtime_hours_per_week=0"),
    "travel": ("staff.travel_hours=.5", "staff.travel_hours=0"),
    "further visits": (
        "staff.travel_repeat_share=1",
        "staff.travel_repeat_share=0",
        "staff.travel_hours=.5",
    ),
    "skill": ("staff.skill_needs=.5", "staff.skill_needs=0"),
    "two": ("staff.two_person_share=.3", "staff.two_person_share=0"),
    "absence": ("roster.absence=.08", "roster.absence=0"),
    "holidays": ("calendar.holidays=china", "calendar.holidays=none"),
    "answers": ("referral.answer_days=2", "referral.answer_days=0"),
    "patrol": ("patrol.hours_per_week=2", "patrol.hours_per_week=0"),
    "homes passed": (
        "patrol.homes_passed_per_hour=5",
        "patrol.homes_passed_per_hour=80",
        "patrol.hours_per_week=2",
    ),
    "elders": ("patrol.elder_factor=3", "patrol.elder_factor=1", "patrol.hours_per_week=2"),
    "accounts": ("patrol.registered_factor=0", "patrol.registered_factor=1", "patrol.hours_per_week=2"),
    "couriers": ("patrol.couriers_per_10k=50", "patrol.couriers_per_10k=0"),
    "embedded": ("staff.embedded=4", "staff.embedded=0"),
    "embedded labour": ("embedded.labour=true", "embedded.labour=false", "staff.embedded=4"),
    "embedded authority": ("embedded.authority=true", "embedded.authority=false", "staff.embedded=4"),
    "embedded level": ("embedded.authority_level=2", "embedded.authority_level=1", "staff.embedded=4"),
    "displaced": ("embedded.displaced=true", "embedded.displaced=false", "staff.embedded=4"),
    "links of a convener": ("joint_session.convener_links=county", "joint_session.convener_links=none"),
    "sizes": ("county.size_sigma=1", "county.size_sigma=0", "county.communities=2"),
    "contact": ("adoption.contact_probability=1", "adoption.contact_probability=0"),
}


@pytest.mark.parametrize("mechanism", AT_WORK)
def test_away_from_its_neutral_value_it_does_something(mechanism: str) -> None:
    on, off, *both = AT_WORK[mechanism]
    assert differing_columns(run("co_governance", *both, on), run("co_governance", *both, off))
