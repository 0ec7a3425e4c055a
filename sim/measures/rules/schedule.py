"""What a team's schedule comes to: minutes at work, paid beside them, premiums, and what is lost to the absent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, Kind, uniforms
from sim.measures.rules.staff import TIMETABLE, scheduled_minutes, timetables
from sim.mechanisms.state.hours import working_day
from sim.units import HOUR, SLOT, SLOTS_A_WEEK
from sim.world import Team
from sim.world.shift import Shift

_AT_ONCE = 1000
"""Agents looked at together."""


class Scheduled(NamedTuple):
    """What a team's schedule comes to: minutes at work, minutes paid beside them, premiums (EUR)."""

    minutes: float
    extra: float
    premium_eur: float


def scheduled_of(team: Team, opened: tuple[bool, ...], start: float, stop: float) -> Scheduled:
    """Return what a team's schedule comes to between two times (min)."""
    staff, paid = np.array(team.by_slot(opened)), np.array(team.paid_by_slot(opened))
    minutes = scheduled_minutes(staff, start, stop)
    extra = 0.0 if np.array_equal(paid, staff) else scheduled_minutes(paid, start, stop) - minutes
    premiums = scheduled_minutes(paid * np.array(team.premium_by_slot()), start, stop) if team.wage_premiums else 0.0
    return Scheduled(minutes, extra, premiums / HOUR * team.hourly_wage())


def timetables_of(team: Team, staff: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    """Return the timetables of a team: of who is off duty, then as many of the breaks that are paid all the same."""
    off = _off_duty(team, staff)
    breaks = np.zeros_like(off)
    breaks["agent"] = off["agent"]
    for timetable, shift in zip(breaks[1:], filter(_is_worked, team.shifts.values()), strict=False):
        timetable["off"][1:] = np.cumsum((np.array(shift.paid()) & ~np.array(shift.at_work())) * SLOT)
    return np.concatenate([off, breaks])


def _off_duty(team: Team, staff: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    """Return the timetables of who is off duty: by shift, or by level of the staff."""
    shifts = [*filter(_is_worked, team.shifts.values())]
    if not team.shifts:
        return timetables(staff)
    many = np.array([shift.agents for shift in shifts], np.int64)
    found = np.zeros(1 + len(shifts), TIMETABLE)
    found["agent"][0], found["agent"][1:] = -1, np.cumsum(many) - many
    for timetable, shift in zip(found[1:], shifts, strict=True):
        timetable["off"][1:] = np.cumsum(~np.array(shift.at_work()) * SLOT)
    return found


def _is_worked(shift: Shift) -> bool:
    return shift.agents > 0


def absent_minutes(
    team: Team, number: int, opened: tuple[bool, ...], seed: int, replication: int, start: float, stop: float
) -> float:
    """Return the scheduled minutes between two times (min) lost to the agents of team ``number`` who are absent."""
    slots = np.arange(int(start // SLOT), int(stop // SLOT))
    days = np.array([working_day(slot) for slot in slots.tolist()])
    duty, lost = _on_duty(team, opened), 0
    for first in range(0, len(duty), _AT_ONCE):
        there = duty[first : first + _AT_ONCE][:, slots % SLOTS_A_WEEK]
        numbers = number * AGENTS_AT_MOST + first + np.arange(len(there))
        luck = uniforms(
            seed, replication, Kind.AGENT, numbers[:, None], purposes.ABSENCE, np.arange(days[-1] + 1)[None, :]
        )
        lost += int((there & (luck < team.absent)[:, days]).sum())
    return float(lost * SLOT)


def _on_duty(team: Team, opened: tuple[bool, ...]) -> npt.NDArray[np.bool_]:
    """Say of each agent and each slot of the week whether he is to be at work: shape (agents, slots)."""
    shifts = team.shifts.values()
    if shifts:
        return np.repeat([shift.at_work() for shift in shifts], [shift.agents for shift in shifts], axis=0)
    staff = np.array(team.by_slot(opened))
    return np.arange(staff.max())[:, None] < staff
