"""How large the staff is, and the same staff made larger or smaller: whole agents, the rounding carried on."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from numbers import Real
from pathlib import Path

from sim.luck.keys import AGENTS_AT_MOST
from sim.reading import world_of
from sim.units import HOURS_A_SLOT, SLOT, SLOTS_A_DAY
from sim.world import Team, World

HOURS_A_POST = 35.0
"""Hours of a full post in a week (the legal week in France since 2000), none of them off for leave or sickness."""
_HALF_HOUR = 30 // SLOT
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Slots = tuple[int, ...]
"""Agents at work in each quarter of an hour of the week."""


def staff_slots(world: World) -> dict[str, Slots]:
    """Return the agents scheduled in each quarter of an hour of the week, by team."""
    opened = world.line.open_slots()
    return {name: team.by_slot(opened) for name, team in world.teams.items()}


def paid_hours(world: World) -> float:
    """Return the agent hours that are paid in a week, idle ones included."""
    opened = world.line.open_slots()
    return sum(sum(team.paid_by_slot(opened)) for team in world.teams.values()) * HOURS_A_SLOT


def posts(world: World) -> float:
    """Return the full posts of 35 hours a week that the scheduled hours come to."""
    return paid_hours(world) / HOURS_A_POST


def paid_eur(world: World) -> float:
    """Return what the hours scheduled in a week cost, at wages and levers' cost (EUR)."""
    levers, opened = world.levers.cost_per_hour(), world.line.open_slots()
    return sum(_paid_eur(team, team.paid_by_slot(opened), levers) for team in world.teams.values())


def _paid_eur(team: Team, paid: tuple[float, ...], levers: float) -> float:
    plain = sum(paid) * HOURS_A_SLOT * (team.hourly_wage() + levers)
    premium = sum(agents * share for agents, share in zip(paid, team.premium_by_slot(), strict=True))
    return plain + premium * HOURS_A_SLOT * team.hourly_wage()


def with_staff(world: World, slots: Mapping[str, Slots]) -> World:
    """Return the world with these agents at work; a team whose agents are the same is left as it was written."""
    now = staff_slots(world)
    teams = {
        name: team if tuple(slots[name]) == now[name] else _with_hours(team, slots[name])
        for name, team in world.teams.items()
    }
    return world.model_copy(update={"teams": teams})


def with_staff_of(world: World, other: World) -> World:
    """Return the world with the staff of another one that has teams of the same names, in its shifts if it has any."""
    there, now = staff_slots(other), staff_slots(world)
    teams = {
        name: team if there[name] == now[name] else _in_shifts_of(team, other.teams[name], there[name])
        for name, team in world.teams.items()
    }
    return world.model_copy(update={"teams": teams})


def _in_shifts_of(team: Team, other: Team, slots: Slots) -> Team:
    staff = 0 if other.shifts else week_hours(slots)
    return team.model_copy(update={"staff": staff, "shifts": other.shifts})


def with_hours_written(world: World) -> World:
    """Return the world with its staff written in one and the same way: agents by hours of the week."""
    slots = staff_slots(world)
    teams = {name: _with_hours(team, slots[name]) for name, team in world.teams.items()}
    return world.model_copy(update={"teams": teams})


def _with_hours(team: Team, slots: Slots) -> Team:
    """Give a team these agents by hours of the week; paid breaks of shifts stay a part of what is paid beside them."""
    changes = {"staff": week_hours(slots), "shifts": {}, "shrinkage": shrinkage_by_hours(team)}
    return team.model_copy(update=changes)


def shrinkage_by_hours(team: Team) -> float:
    """Return the share of its paid time that a team is not at work, the paid breaks of its shifts among it."""
    never: tuple[bool, ...] = ()
    at_work = sum(team.by_slot(never)) if team.shifts else 0
    return 1.0 - at_work / sum(team.paid_by_slot(never)) if at_work else team.shrinkage


def scaled_staff(world: World | str | Path, factor: float) -> World:
    """Multiply every team's staff by a factor, in whole agents.

    The agent-hours of a team over the week are the wanted ones to the nearest half-hour, or quarter where it changes
    at quarters. Within a stretch
    of equal staff the agent who is left over works part of it: from its beginning on one day, until its end
    on the next, so that no time of day is favoured; what rounding leaves is carried to the next stretch.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    factor : float
        1.1 is a tenth more.

    Returns
    -------
    World
        Which differs in its staff alone.

    Raises
    ------
    ValueError
        If the factor is not a positive number, or makes more agents than a team can have.
    """
    world = world_of(world)
    return with_staff(world, scaled_slots(world, factor))


def scaled_slots(world: World, factor: float) -> dict[str, Slots]:
    """Return the agents in each quarter of an hour of the week, by team, when their staff is multiplied.

    Raises
    ------
    ValueError
        As `scaled_staff`.
    """
    if isinstance(factor, bool) or not isinstance(factor, Real) or not (math.isfinite(factor) and factor > 0):
        raise ValueError(f"factor is {factor!r}: staff is multiplied by a positive number")
    factor, slots = float(factor), staff_slots(world)
    most = max(map(max, slots.values())) * factor
    if most > AGENTS_AT_MOST:
        raise ValueError(f"factor is {factor:g}: a team would come to {most:g} agents, {AGENTS_AT_MOST} are possible")
    return {name: _scaled(mine, factor) for name, mine in slots.items()}


def _scaled(slots: Slots, factor: float) -> Slots:
    halves = slots[::_HALF_HOUR]
    if _by_half_hour(halves) == slots:
        return _by_half_hour(_scaled_grid(halves, factor))
    return _scaled_grid(slots, factor)


def _by_half_hour(halves: Slots) -> Slots:
    return tuple(itertools.chain.from_iterable(zip(*[halves] * _HALF_HOUR, strict=True)))


def _scaled_grid(slots: Slots, factor: float) -> Slots:
    agents = [0] * len(slots)
    wanted, given = 0.0, 0
    for start, end, number in _stretches(slots):
        wanted += factor * number * (end - start)
        here = math.floor(wanted + 0.5) - given
        given += here
        everywhere, left_over = divmod(here, end - start)
        early = start // (len(slots) // 7) % 2 == 0
        agents[start:end] = [everywhere] * (end - start)
        for slot in range(start, start + left_over) if early else range(end - left_over, end):
            agents[slot] += 1
    return tuple(agents)


def _stretches(slots: Slots) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and agents of each stretch of equal staff within a day; without those of none."""
    a_day = len(slots) // 7
    for start in range(0, 7 * a_day, a_day):
        for number, same in itertools.groupby(slots[start : start + a_day]):
            end = start + sum(1 for _ in same)
            if number:
                yield start, end, number
            start = end


def week_hours(slots: Slots) -> dict[str, int]:
    """Write agents by quarter of an hour as a scenario holds them, equal days in a row together.

    Examples
    --------
    >>> week_hours(tuple(2 if 32 <= slot % 96 < 48 and slot < 480 else 0 for slot in range(672)))
    {'mon-fri 08:00-12:00': 2}
    """
    days: dict[tuple[int, int, int], list[int]] = {}
    for start, end, number in _stretches(slots):
        day, first = divmod(start, SLOTS_A_DAY)
        days.setdefault((first, first + end - start, number), []).append(day)
    return {
        f"{_in_words(run)} {_clock(first)}-{_clock(last)}": number
        for (first, last, number), worked in days.items()
        for run in _in_a_row(worked)
    }


def _in_a_row(days: list[int]) -> Iterator[list[int]]:
    for _, run in itertools.groupby(enumerate(days), key=lambda placed: placed[1] - placed[0]):
        yield [day for _, day in run]


def _in_words(days: list[int]) -> str:
    return _DAYS[days[0]] if len(days) == 1 else f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}"


def _clock(slot: int) -> str:
    hour, minute = divmod(slot * SLOT, 60)
    return f"{hour:02d}:{minute:02d}"
