"""What follows when somebody has worked on a case: the case goes on, and so does whoever worked."""

from sim.engine.declare import draw
from sim.engine.dispatch import on
from sim.engine.event_queue import EV_SERVER_FREE
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import BY_CADRE, FIELD_DONE, INVESTIGATED, ON_PAPER
from sim.engine.tables.run import MODE_QUEUE
from sim.mechanisms.case.closing import conclude, solve
from sim.mechanisms.case.trust import concerned
from sim.mechanisms.field_service.field_service import free_cadre, queue_in_pool
from sim.mechanisms.moments import case_looked_into, field_work_done, unit_work_done
from sim.mechanisms.platform.adoption import meet_cadre
from sim.mechanisms.staff.visits import note_end

FEEDBACK = draw(25, "FEEDBACK", ("0", "need", "pass"))


@on(EV_SERVER_FREE)
def end_service(s, server, t):
    """Go on with the case whose work ends, and let whoever did it turn to what waits."""
    job = s.server[server]["job"]
    if s.pool[s.server[server]["pool"]]["unit"] >= 0:
        unit_work_done(s, server, job, t)
    else:
        if job >= 0:
            note_end(s, server, job, t)
            _visit_done(s, job, t)
        free_cadre(s, server, t)


@inner
def _visit_done(s, n, t):
    """Go on after a cadre has worked on need `n`."""
    if s.par[0]["verification_mode"] == MODE_QUEUE:
        _queue_pass_done(s, n, t)
        return
    if not s.track[n]["flags"] & ON_PAPER:
        meet_cadre(s, concerned(s, n), n, t)
    if s.need[n]["leg_count"] == 0:
        s.track[n]["flags"] |= FIELD_DONE
        conclude(s, n, BY_CADRE, t)
    elif not s.track[n]["flags"] & INVESTIGATED:
        s.track[n]["flags"] |= INVESTIGATED
        case_looked_into(s, n, t)
    else:
        s.track[n]["flags"] |= FIELD_DONE
        field_work_done(s, n, t)


@inner
def _queue_pass_done(s, n, t):
    """In the verification queue: come back, go on to the second stage, or leave."""
    passes = s.track[n]["passes"]
    first_stage = s.track[n]["routing_step"] == 0
    s.track[n]["passes"] = passes + 1
    draw = 1.0
    if first_stage and s.par[0]["verification_feedback"] > 0.0:
        draw = uniform(s.clock[0]["key"], FEEDBACK, passes, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if draw < s.par[0]["verification_feedback"]:
        queue_in_pool(s, n, 0, t)
    elif first_stage and s.pool.shape[0] > 1:
        s.track[n]["routing_step"] = 1
        queue_in_pool(s, n, 1, t)
    else:
        solve(s, n, BY_CADRE, t)
