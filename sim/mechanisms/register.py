"""The register of the compiled mechanisms: one line each."""

from __future__ import annotations

from typing import Any

from sim.compiling import inlined
from sim.mechanisms.call import call_step, talks_step
from sim.mechanisms.codes import CALL, HOLD, JOURNEY, RING_BACK, TALKS, TICKET
from sim.mechanisms.hold import hold_step, ring_back_step
from sim.mechanisms.journey import discovery_step, journey_step, ticket_step


@inlined
def step(mechanism: int, stage: int, me: Any, office: Any) -> int:
    """Let a mechanism take its step at a stage; return what comes of it (`sim.kernel.strands`)."""
    if mechanism == TALKS:
        return talks_step(stage, me, office)
    if mechanism == CALL:
        return call_step(stage, me, office)
    if mechanism == JOURNEY:
        return journey_step(stage, me, office)
    if mechanism == HOLD:
        return hold_step(stage, me, office)
    if mechanism == RING_BACK:
        return ring_back_step(stage, me, office)
    if mechanism == TICKET:
        return ticket_step(stage, me, office)
    return discovery_step(stage, me, office)
