"""Prevention: a world may prevent a problem before anything of it is lived. Nothing waits, so it is told once."""

from __future__ import annotations

from sim import purposes
from sim.history import codes
from sim.luck.keys import LEGS
from sim.machine.compiling import rule
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.records import number_in
from sim.mechanisms.state.verbs import note, office_of, uniform_at

_OF_THE_PROBLEM = LEGS
"""The leg with which the luck before the first call, whose number is -1, is that of the problem: its occasion is 0."""


@rule
def is_prevented(me: Life) -> bool:
    """Say whether the problem is prevented, by the first of what would have done it: one uniform tells of all."""
    plan = office_of(me).plan
    first = (me.reason * plan.classes + me.difficulty) * plan.preventions
    for one in range(plan.preventions):
        if uniform_at(me, _OF_THE_PROBLEM, purposes.PREVENTED) < number_in(plan.prevented, first + one):
            note(me, codes.PREVENTED, number_in(plan.prevention_eur, one))
            return True
    return False
