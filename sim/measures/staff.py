"""Agents' time: what is scheduled, what is worked, and what runs past the end of a duty.

Agent number i of a team is on duty in a half-hour of the week when i is below the team's staff there; the
week repeats from Monday 00:00. An agent who is still busy when his duty ends finishes his call: that time is
worked and paid beside the schedule, and stands in the denominator of the occupancy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measures.rows import Array
from sim.scenario import World
from sim.units import SLOT, WEEK

Floats = npt.NDArray[np.float64]


class AgentTime(NamedTuple):
    """Minutes of a team's agents in the horizon."""

    scheduled: float
    overtime: float
    busy: float

    @property
    def paid(self) -> float:
        """Minutes paid: the schedule, idle or not, and what runs past it."""
        return self.scheduled + self.overtime


def agent_times(world: World, busy: Array) -> dict[str, AgentTime]:
    """Return the agents' minutes in the horizon, by team.

    Parameters
    ----------
    busy : structured array of `sim.measures.legs.BUSY`
        The stretches that keep agents; what lies outside the horizon does not count.
    """
    start, stop = world.time.warm_up, world.time.warm_up + world.time.horizon
    times = {}
    for number, (name, team) in enumerate(world.teams.items()):
        staff = np.array(team.by_slot(world.line.open_slots()), np.int64)
        mine = busy[busy["team"] == number]
        since, until = np.clip(mine["start"], start, stop), np.clip(mine["end"], start, stop)
        off = off_duty_minutes(staff, mine["agent"], until) - off_duty_minutes(staff, mine["agent"], since)
        scheduled = _minutes_up_to(staff, stop) - _minutes_up_to(staff, start)
        times[name] = AgentTime(scheduled, float(off.sum()), float((until - since).sum()))
    return times


def off_duty_minutes(staff: npt.NDArray[np.int64], agent: Array, time: Floats) -> Floats:
    """Return the minutes from time zero up to ``time`` that lie outside each agent's duty.

    Parameters
    ----------
    staff : array of 336 agents at work, by half-hour of the week
    agent, time : arrays of equal length (min)
    """
    # Agents between the same two levels of staff share one timetable: few tables serve any number of agents.
    levels, level_of_slot = np.unique(staff, return_inverse=True)
    timetable = np.searchsorted(levels, agent, side="right")
    off = level_of_slot[None, :] < np.arange(len(levels) + 1)[:, None]
    upto = np.concatenate((np.zeros((len(off), 1)), np.cumsum(off * SLOT, axis=1)), axis=1)
    weeks, rest = np.divmod(time, WEEK)
    slot = (rest // SLOT).astype(np.int64)
    inside = upto[timetable, slot] + off[timetable, slot] * (rest - slot * SLOT)
    minutes: Floats = weeks * upto[timetable, -1] + inside
    return minutes


def _minutes_up_to(staff: npt.NDArray[np.int64], time: float) -> float:
    weeks, rest = divmod(time, WEEK)
    upto = np.concatenate(([0], np.cumsum(staff * SLOT)))
    return float(weeks * upto[-1] + np.interp(rest, np.arange(len(upto)) * SLOT, upto))
