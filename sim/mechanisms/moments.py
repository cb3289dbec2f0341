"""The moments at which mechanisms meet: who calls one need not know who follows."""

from sim.engine.moments import moment


@moment
def run_begins(s):
    """Time 0: file what is known to come."""


@moment
def day_ends(s, day):
    """The last event of a day is over, the daily series kept."""


@moment
def need_arisen(s, n, t):
    """A need has arisen and nobody has made it known."""


@moment
def need_made_known(s, n, t):
    """A need was reported, again or for the first time, or found."""


@moment
def need_gone(s, n):
    """Nothing is left to be reported of a need: it is solved, or the water has gone."""


@moment
def case_taken_in(s, n, t):
    """A case has come in, new or again, and waits to be looked at."""


@moment
def case_looked_into(s, n, t):
    """A cadre has been there for the first time and knows what it takes; others must do their part."""


@moment
def field_work_done(s, n, t):
    """Cadres have done their part of a case that takes others as well."""


@moment
def unit_work_done(s, server, job, t):
    """An officer of a unit is free; `job` is the part of a case just done, negative if none of ours."""


@moment
def officer_comes(s, server, t):
    """A shift begins: an idle officer of a unit turns to what waits."""


@moment
def readiness_changed(s, p, factor, t):
    """A person reports at another pace from now on, `factor` times the pace before."""


@moment
def report_ended(s, n, outcome, t):
    """Whoever reported need `n` learns how that ended, for now: 1 truly solved, −1 not."""


@moment
def person_registered(s, p, t):
    """A person has registered on the platform."""
