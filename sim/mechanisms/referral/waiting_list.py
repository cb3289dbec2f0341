"""The cases that wait for units to be asked together, and which of them whoever convenes takes first."""

from sim.engine.jit import inner
from sim.rules.cadre import precedence


@inner
def case_precedence(s, n, t):
    """Return how much need `n` matters to whoever convenes at `t`: the highest is taken first."""
    return precedence(
        s.par[0]["joint_session_severity_weight"],
        s.need[n]["severity"],
        s.par[0]["joint_session_affected_weight"],
        float(max(1, s.need[n]["pair_count"])),
        s.par[0]["joint_session_age_weight"],
        (t - s.case[n]["reported_at"]) / 7.0,
    )


@inner
def _chosen(s):
    """Whether somebody chooses: with all weights at 0 the list is gone through as it stands."""
    return (
        s.par[0]["joint_session_severity_weight"] != 0.0
        or s.par[0]["joint_session_affected_weight"] != 0.0
        or s.par[0]["joint_session_age_weight"] != 0.0
    )


@inner
def put(s, c, n, first):
    """Put need `n` at the end of the list of community `c`, or at its head."""
    tail = s.community[c]["session_tail"]
    s.community[c]["session_waiting"] += 1
    if first and tail >= 0:
        s.track[n]["next"] = s.community[c]["session_head"]
        s.community[c]["session_head"] = n
        return
    s.track[n]["next"] = -1
    if tail >= 0:
        s.track[tail]["next"] = n
    else:
        s.community[c]["session_head"] = n
    s.community[c]["session_tail"] = n


@inner
def take_next(s, c, t):
    """Take the case whose turn it is off the list of community `c`, and return it; there must be one."""
    n = s.community[c]["session_head"]
    before = -1
    if _chosen(s):
        highest = case_precedence(s, n, t)
        last = n
        other = s.track[n]["next"]
        while other >= 0:
            value = case_precedence(s, other, t)
            if value > highest:
                highest = value
                n = other
                before = last
            last = other
            other = s.track[other]["next"]
    if before >= 0:
        s.track[before]["next"] = s.track[n]["next"]
    else:
        s.community[c]["session_head"] = s.track[n]["next"]
    if s.community[c]["session_tail"] == n:
        s.community[c]["session_tail"] = before
    s.community[c]["session_waiting"] -= 1
    return n
