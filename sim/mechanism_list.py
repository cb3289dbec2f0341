"""The mechanisms of a run: every module that handles an event or follows a moment. A new one is a line."""

from sim.engine.modules import expect

MECHANISMS = (
    "sim.mechanisms.staff.cards",
    "sim.mechanisms.staff.mobilisation",
    "sim.mechanisms.staff.team_load",
    "sim.mechanisms.case.closing",
    "sim.mechanisms.platform.adoption",
    "sim.mechanisms.platform.rollout",
    "sim.mechanisms.mutual_aid.charity_sale",
    "sim.mechanisms.mutual_aid.donation",
    "sim.mechanisms.mutual_aid.mutual_aid",
    "sim.mechanisms.mutual_aid.shortage",
    "sim.mechanisms.mutual_aid.standing_pair",
    "sim.mechanisms.mutual_aid.ties",
    "sim.mechanisms.crews.crews",
    "sim.mechanisms.plural_supply.menu",
    "sim.mechanisms.plural_supply.supply",
    "sim.mechanisms.plural_supply.first_call",
    "sim.mechanisms.field_service.field_service",
    "sim.mechanisms.field_service.service_end",
    "sim.mechanisms.field_service.shifts",
    "sim.mechanisms.referral.convening_on_call",
    "sim.mechanisms.referral.joint_session",
    "sim.mechanisms.referral.referral",
    "sim.mechanisms.referral.unit_work",
    "sim.mechanisms.deliberation.decision",
    "sim.mechanisms.deliberation.deliberation",
    "sim.mechanisms.intake.intake",
    "sim.mechanisms.intake.new_convener",
    "sim.mechanisms.intake.routing",
    "sim.mechanisms.patrol.discovery_clocks",
    "sim.mechanisms.patrol.patrol",
    "sim.mechanisms.flooding.flood",
    "sim.mechanisms.city_teams.city_teams",
    "sim.mechanisms.reporting.reporting",
    "sim.mechanisms.reporting.reporting_clocks",
    "sim.mechanisms.reporting.learning",
    "sim.mechanisms.reporting.shop_fronts",
)

expect(*MECHANISMS)
