"""Agents' time: what is scheduled, what is worked, and what runs past the end of a duty.

Agent number i of a team is on duty in a quarter of an hour of the week when i is below the team's staff there; the
week repeats from Monday 00:00. An agent who is still busy when his duty ends finishes his call: that time is
worked and paid beside the schedule, and stands in the denominator of the occupancy.

Of an agent who may hold several chats at once a minute of each is that part of a minute of his: he is busy a quarter of
a minute in one of four, and paid as much for one that runs past his duty.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.machine.compiling import rule
from sim.units import SLOT, SLOTS_A_WEEK, WEEK
from sim.world import World

Floats = npt.NDArray[np.float64]

TIMETABLE = np.dtype([("agent", np.int64), ("off", np.float64, (SLOTS_A_WEEK + 1,))])
"""The agents of a team from number ``agent`` on: minutes off duty from Monday 00:00 up to each quarter of an hour."""

TEAM_TIME = np.dtype(
    [
        ("busy", np.float64),
        ("overtime", np.float64),
        ("in_breaks", np.float64),
        ("while_absent", np.float64),
        ("absent", np.float64),
        ("per_minute", np.float64),
        ("chats", np.float64),
        ("timetables", np.int64),
        ("many", np.int64),
    ],
    align=True,
)
"""A team's minutes so far, the share of days that its agents are absent, what a minute of theirs is paid (EUR, without
premiums), and how many chats each of them may hold at once; where its timetables begin and how many they are; as many
of its paid breaks follow them."""


class AgentTime(NamedTuple):
    """Minutes of a team's agents in the horizon, and what they are paid beyond their wage (EUR)."""

    scheduled: float
    overtime: float
    busy: float
    absent: float = 0.0
    """Scheduled, and lost to those who were absent."""
    extra: float = 0.0
    """Paid beside the schedule: breaks, leave, training."""
    premium_eur: float = 0.0
    in_breaks: float = 0.0
    """The part of what runs past the schedule that lies in breaks, which are paid whether they are taken or not."""
    while_absent: float = 0.0
    """The part of what is lost to the absent in which they finish what they began the day before; paid once."""

    @property
    def at_work(self) -> float:
        """Minutes at work: the schedule without those absent, and what runs past it or into a day of absence."""
        return self.scheduled - self.absent + self.overtime + self.while_absent

    @property
    def paid(self) -> float:
        """Minutes paid: the schedule, idle, absent or not, what runs past it, and what is paid beside it."""
        return self.scheduled + self.overtime - self.in_breaks + self.extra


def staff_of(world: World) -> dict[str, npt.NDArray[np.int64]]:
    """Return each team's agents at work, by quarter of an hour of the week."""
    opened = world.line.open_slots()
    return {name: np.array(team.by_slot(opened), np.int64) for name, team in world.teams.items()}


def timetables(staff: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    """Return the timetables of a team, by the first agent they hold for; the first is that of who is never off.

    Agents between the same two levels of staff share one: few serve any number of agents.
    """
    levels = np.unique(staff)
    found = np.zeros(len(levels) + 1, TIMETABLE)
    found["agent"][0], found["agent"][1:] = -1, levels
    found["off"][1:, 1:] = np.cumsum((staff <= levels[:, None]) * SLOT, axis=1)
    return found


@rule
def off_duty_minutes(timetable: Any, time: float) -> float:
    """Return the minutes from time zero up to ``time`` that are off duty by a record of `TIMETABLE`."""
    weeks = math.floor(time / WEEK)
    rest = time - weeks * WEEK
    slot = min(int(rest / SLOT), SLOTS_A_WEEK - 1)
    share = (rest - slot * SLOT) / SLOT
    off = timetable.off
    minutes: float = weeks * off[SLOTS_A_WEEK] + off[slot] + (off[slot + 1] - off[slot]) * share
    return minutes


@rule
def slot_of_week(time: float) -> int:
    """Return the quarter of an hour of the week of a time (min from a Monday 00:00)."""
    slot = int(time / SLOT)
    if slot * SLOT > time:  # the division has rounded up
        slot -= 1
    return slot % SLOTS_A_WEEK


def scheduled_between(staff: npt.NDArray[Any], starts: Floats, stops: Floats) -> Floats:
    """Return the agent minutes scheduled in each of several intervals (min); ``staff`` by slot of the week."""
    return _minutes_up_to(staff, stops) - _minutes_up_to(staff, starts)


def _minutes_up_to(staff: npt.NDArray[Any], times: Floats) -> Floats:
    weeks, rest = np.divmod(times, WEEK)
    upto = np.concatenate(([0], np.cumsum(staff * SLOT)))
    minutes: Floats = weeks * upto[-1] + np.interp(rest, np.arange(len(upto)) * SLOT, upto)
    return minutes
