"""Transfers and escalation paths: who passes the customer to whom, cold or warm, and how often at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.chance import LEGS
from sim.compiling import rule
from sim.mechanisms.life import note, taken_at, uniform
from sim.mechanisms.notes import TRANSFERRED_COLD, TRANSFERRED_WARM
from sim.mechanisms.records import PATH_SIZE, path_at, target_at

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.plan import PathPlan
    from sim.mechanisms.telling import Team

WRONG_PERSON, ABOVE_LIMIT, UNSOLVED = 0, 1, 2


def chosen(targets: tuple[tuple[float, int], ...], u: float) -> int:
    """Return the receiving team: targets are (upper cumulated share, team)."""
    for upto, team in targets:
        if u < upto:
            return team
    return targets[-1][1]


def way_on(me: Life, team: Team, why: int) -> PathPlan | None:
    """Return the path that leads on from here, if there is one and it has not been taken too often in this call."""
    path = team.plan.paths[why]
    if path is None or me.taken.get(path.number, 0) >= path.tries or me.leg + 2 >= LEGS:
        return None
    return path


def pass_on(me: Life, path: PathPlan) -> int:
    """Pass the customer on and return the receiving team."""
    me.taken[path.number] = me.taken.get(path.number, 0) + 1
    me.note(TRANSFERRED_WARM if path.warm else TRANSFERRED_COLD)
    me.briefing = path.briefing if path.warm else None
    return chosen(path.targets, me.uniform(purposes.TARGET))


# The compiled telling ------------------------------------------------------------------------------------------------


@rule
def chosen_step(me: Any, office: Any, path: Any) -> int:
    """Do as `chosen`."""
    u = uniform(me, office, purposes.TARGET)
    which = 0
    while which < path.many - 1 and u >= target_at(path.targets, which).upto:
        which += 1
    return target_at(path.targets, which).team


@rule
def way_on_step(me: Any, team: Any, office: Any, why: int) -> int:
    """Return the address of the path that leads on from here, 0 for none."""
    path = path_at(team.plan.paths, why)
    if path.number < 0 or taken_at(me, office, path.number).value >= path.tries or me.leg + 2 >= LEGS:
        return 0
    return team.plan.paths + why * PATH_SIZE


@rule
def pass_on_step(me: Any, office: Any, way: int) -> int:
    """Do as `pass_on`."""
    path = path_at(way, 0)
    taken_at(me, office, path.number).value += 1
    note(me, office, TRANSFERRED_WARM if path.warm else TRANSFERRED_COLD)
    me.briefing = way if path.warm else 0
    return chosen_step(me, office, path)
