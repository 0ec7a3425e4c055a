"""Transfers and escalation paths: who passes the customer to whom, cold or warm, and how often at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chance import LEGS, Purpose
from sim.mechanisms.notes import TRANSFERRED_COLD, TRANSFERRED_WARM

if TYPE_CHECKING:
    from sim.engines.life import Life
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
    return chosen(path.targets, me.uniform(Purpose.TARGET))
