"""The cut: at `cut_after` on the world's clock the call is broken off, wherever it is."""

from __future__ import annotations

import math

from sim.compiling import rule

CONNECTION, FIRST_AGENT, CURRENT_AGENT = 0, 1, 2


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
