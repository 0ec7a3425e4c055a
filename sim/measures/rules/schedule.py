"""What a team's schedule comes to: minutes at work, paid beside them, premiums, and what is lost to the absent."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, Kind, uniforms
from sim.measures.rules.staff import TIMETABLE, scheduled_between, timetables
from sim.mechanisms.state.hours import working_day
from sim.units import HOUR, SLOT, SLOTS_A_WEEK
from sim.world import Team, World
from sim.world.shift import Shift

_AT_ONCE = 1000
"""Agents looked at together."""


Floats = npt.NDArray[np.float64]


class Scheduled(NamedTuple):
    """What a team's schedule comes to: minutes at work, minutes paid beside them, premiums (EUR)."""

    minutes: float
    extra: float
    premium_eur: float


class ScheduledBetween(NamedTuple):
    """The same of each of several intervals."""

    minutes: Floats
    extra: Floats
    premium_eur: Floats


def scheduled_of(team: Team, opened: tuple[bool, ...], start: float, stop: float) -> Scheduled:
    """Return what a team's schedule comes to between two times (min)."""
    return Scheduled(*(float(of_all[0]) for of_all in schedule_between(team, opened, *_one(start, stop))))


def _one(start: float, stop: float) -> tuple[Floats, Floats]:
    return np.array([start]), np.array([stop])


def schedule_between(team: Team, opened: tuple[bool, ...], starts: Floats, stops: Floats) -> ScheduledBetween:
    """Return what a team's schedule comes to in each of several intervals (min)."""
    staff, paid = np.array(team.by_slot(opened)), np.array(team.paid_by_slot(opened))
    minutes, nothing = scheduled_between(staff, starts, stops), np.zeros(len(starts))
    extra = nothing if np.array_equal(paid, staff) else scheduled_between(paid, starts, stops) - minutes
    by_slot = paid * np.array(team.premium_by_slot())
    premiums = scheduled_between(by_slot, starts, stops) if team.wage_premiums else nothing
    return ScheduledBetween(minutes, extra, premiums / HOUR * team.hourly_wage())


def eur_per_hour(world: World, team: Team) -> float:
    """Return what an hour of a team's agent costs, what levers cost included and premiums not (EUR)."""
    return team.hourly_wage() + world.levers.cost_per_hour()


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
    return float(absent_between(team, number, opened, seed, replication, *_one(start, stop))[0])


def absent_between(
    team: Team, number: int, opened: tuple[bool, ...], seed: int, replication: int, starts: Floats, stops: Floats
) -> Floats:
    """Return the same of each of several intervals (min)."""
    if not team.absent:
        return np.zeros(len(starts))
    slots = np.arange(int(starts.min() // SLOT), math.ceil(stops.max() / SLOT))
    upto = np.append(0, np.cumsum(_absent_in(team, number, opened, seed, replication, slots) * SLOT))
    edges = np.append(slots, slots[-1] + 1) * SLOT
    minutes: Floats = np.interp(stops, edges, upto) - np.interp(starts, edges, upto)
    return minutes


def _absent_in(
    team: Team, number: int, opened: tuple[bool, ...], seed: int, replication: int, slots: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return how many agents are on duty and absent in each of several slots counted from the beginning of the run."""
    days = np.array([working_day(slot) for slot in slots.tolist()])
    duty, lost = _on_duty(team, opened), np.zeros(len(slots), np.int64)
    for first in range(0, len(duty), _AT_ONCE):
        there = duty[first : first + _AT_ONCE][:, slots % SLOTS_A_WEEK]
        numbers = number * AGENTS_AT_MOST + first + np.arange(len(there))
        luck = uniforms(
            seed, replication, Kind.AGENT, numbers[:, None], purposes.ABSENCE, np.arange(days[-1] + 1)[None, :]
        )
        lost += (there & (luck < team.absent)[:, days]).sum(axis=0)
    return lost


def _on_duty(team: Team, opened: tuple[bool, ...]) -> npt.NDArray[np.bool_]:
    """Say of each agent and each slot of the week whether he is to be at work: shape (agents, slots)."""
    shifts = team.shifts.values()
    if shifts:
        return np.repeat([shift.at_work() for shift in shifts], [shift.agents for shift in shifts], axis=0)
    staff = np.array(team.by_slot(opened))
    return np.arange(staff.max())[:, None] < staff
