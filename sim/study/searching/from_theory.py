"""Where a search for staff begins: the staff that a formula gives for the load that was seen."""

from __future__ import annotations

import math

from sim.study.running.replications import Replications
from sim.theory import erlang_a

_WAITS = ("speed_of_answer", "hold_minutes_per_call")
_FURTHEST = 8.0
"""By how much more, or less, staff a formula is believed."""
_AGENTS = 400
"""Agents up to which the formula is asked; beyond it the queue is as good as a fluid."""


def staff_from_theory(first: Replications, second: Replications, measure: str) -> float:
    """Return the factor by which the second world's staff comes about to the first's service, by formula.

    Occupancy goes with one over the staff. A mean wait is that of an Erlang A queue with the load that a world was
    seen to have, or of a fluid with that load (those who wait w stay with probability exp(-w/patience); Whitt, "Fluid
    models for multiserver queues with abandonments", Operations Research 54, 2006). Neither knows of busy hours: by
    as much as the formula misses the first world's own staff, it is corrected for the second. For other measures the
    factor is 1.

    Parameters
    ----------
    second : Replications
        With the staff that the factor multiplies.
    """
    wanted = first.estimate(measure).mean
    found = None
    if wanted and measure == "occupancy":
        mean = second.estimate(measure).mean
        found = mean / wanted if mean else None
    elif wanted and measure in _WAITS:
        here, there = (_for_a_wait(lived, wanted) for lived in (first, second))
        found = there / here if here and there else None
    return 1.0 if found is None else min(max(found, 1 / _FURTHEST), _FURTHEST)


def _for_a_wait(lived: Replications, wanted: float) -> float | None:
    """Return the factor of a world's staff at which the mean wait is the one that is wanted (min), by formula."""
    busy, paid = lived.totals["occupancy"].sum(axis=0)
    answered, dialled = lived.totals["answered_share"].sum(axis=0)
    line, time = lived.world.line.open_slots(), lived.world.time
    minutes = time.horizon * sum(line) / len(line) * len(lived.numbers)
    patience = lived.world.population.patience.mean_value()
    if not (busy > 0 and answered > 0 and paid > 0 and 0 < patience < math.inf):
        return None
    load = busy / answered * dialled / minutes
    return _agents_for(float(dialled / minutes), float(load), patience, wanted) / float(paid / minutes)


def _agents_for(rate: float, load: float, patience: float, wanted: float) -> float:
    """Return the agents, whole ones and a part, with whom those who are answered wait so long on average."""
    fluid = load * math.exp(-wanted / patience)
    if not 1.0 <= load <= _AGENTS:
        return fluid
    shorter = math.floor(fluid) + 1
    wait = before = erlang_a(rate, load / rate, shorter, patience).mean_wait_served
    while wait > wanted and shorter < 2 * _AGENTS:
        shorter, before = shorter + 1, wait
        wait = erlang_a(rate, load / rate, shorter, patience).mean_wait_served
    if before <= wanted:
        return fluid
    return shorter - (wanted - wait) / (before - wait)
