"""The cut: at `cut_after` on the world's clock the call is broken off, wherever it is."""

from __future__ import annotations

import math

from sim.history.codes import CUT, HUNG_UP
from sim.machine.compiling import rule
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import at_birth
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.verbs import note

CONNECTION, FIRST_AGENT, CURRENT_AGENT = 0, 1, 2


class Clocked(Life):
    """When the clock will cut the call, as far as is known."""

    cut_at: float = at_birth(math.inf)


@rule
def comes_to(me: Clocked, ended: int, onward: int) -> tuple[int, int]:
    """Return how a leg ends and where it leads on to; one that was broken off is noted, by the clock or the agent."""
    if ended != outcome.CUT:
        return ended, onward
    note(me, CUT if me.now >= me.cut_at else HUNG_UP)
    return outcome.CUT, NO_TEAM


@rule
def cut_at_pick_up(clock: int, cut_after: float, now: float) -> float:
    """Return when the call will be cut, as known when the line is picked up (min; infinite for not yet)."""
    return now + cut_after if clock == CONNECTION else math.inf


@rule
def cut_at_answer(clock: int, cut_after: float, planned: float, now: float) -> float:
    """Return when the call will be cut, as known when an agent answers: the clock may start, or start anew."""
    if clock == CURRENT_AGENT or (clock == FIRST_AGENT and planned == math.inf):
        return now + cut_after
    return planned
