"""The pattern in which staff is sought: agents of each team, in each interval of days that are alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import COUNT, nearest, numbers
from sim.luck.keys import AGENTS_AT_MOST
from sim.people.rates import all_cells
from sim.quoting import short
from sim.study.searching.staffing import staff_slots, with_hours_written, with_staff
from sim.units import DAYS, HOURS_A_SLOT, SLOT, SLOTS_A_DAY, WEEK, minutes
from sim.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
HOURS = ("own", "open")


@dataclass(frozen=True)
class Place:
    """One number that is sought: the agents of a team in an interval of days that are alike.

    Attributes
    ----------
    team : str
    group : int
        The days, by their place in `Pattern.groups`.
    period : int
        The interval of the day, counted from 0.
    """

    team: str
    group: int
    period: int


@dataclass(frozen=True, eq=False)
class Pattern:
    """What is sought, and what it costs.

    Attributes
    ----------
    world : World
        Whose staff it is.
    every : int
        Length of an interval (min): whole quarters of an hour that part a day evenly.
    teams : tuple of str
        Whose agents are sought; all others keep theirs.
    groups : tuple of tuple of int
        Days of the week that have the same staff, Monday being 0.
    places : tuple of Place
        The numbers sought, in the order of teams, days and hours.
    least, most : arrays of int
        Bounds of each.
    """

    world: World
    every: int
    teams: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    places: tuple[Place, ...]
    least: Ints
    most: Ints
    hours: str

    @property
    def periods(self) -> int:
        """Intervals of a day."""
        return 1440 // self.every

    @cached_property
    def slots_of(self) -> tuple[tuple[int, ...], ...]:
        """Return the slots of the week that each place stands for."""
        there = {team: on_duty(self.world, team, self.hours) for team in self.teams}
        many = self.every // SLOT
        return tuple(
            tuple(
                slot
                for day in self.groups[place.group]
                for slot in range(
                    day * SLOTS_A_DAY + place.period * many, day * SLOTS_A_DAY + (place.period + 1) * many
                )
                if there[place.team][slot]
            )
            for place in self.places
        )

    @cached_property
    def costs(self) -> Floats:
        """What an agent more at each place costs a week, at wages, premiums and levers' cost (EUR)."""
        world = with_hours_written(self.world)
        levers = world.levers.cost_per_hour()
        eur = {}
        for name in self.teams:
            team = world.teams[name]
            premium = np.array(team.premium_by_slot())
            wage = team.hourly_wage()
            eur[name] = HOURS_A_SLOT / (1.0 - team.shrinkage) * (wage + levers + premium * wage)
        pairs = zip(self.places, self.slots_of, strict=True)
        return np.array([float(eur[place.team][list(slots)].sum()) for place, slots in pairs])

    @cached_property
    def hours_a_week(self) -> Floats:
        """Hours at work in a week that each place stands for, an agent."""
        return np.array([HOURS_A_SLOT * len(slots) for slots in self.slots_of])

    def world_with(self, staff: Ints) -> World:
        """Return the world with these agents at work."""
        slots = dict(staff_slots(self.world))
        for team in self.teams:
            agents = [0] * (7 * SLOTS_A_DAY)
            for place, number, its in zip(self.places, staff, self.slots_of, strict=True):
                if place.team == team:
                    for slot in its:
                        agents[slot] = int(number)
            slots[team] = tuple(agents)
        return with_staff(self.world, slots)

    def of_world(self, world: World) -> Floats:
        """Return the mean agents that a world has at each place."""
        slots = {name: np.array(its, np.float64) for name, its in staff_slots(world).items()}
        pairs = zip(self.places, self.slots_of, strict=True)
        return np.array([float(slots[place.team][list(its)].mean()) for place, its in pairs])

    def days(self, group: int) -> str:
        """Return what days that are alike are called: ``mon-fri``."""
        return named_days(self.groups[group])

    def times(self, period: int) -> tuple[str, str]:
        """Return when an interval of the day begins and ends."""
        return clock(period * self.every), clock((period + 1) * self.every)

    def called(self, place: Place) -> str:
        """Return what a place is called: ``front, mon-fri 08:00-08:30``."""
        return f"{place.team}, {self.days(place.group)} {'-'.join(self.times(place.period))}"


def clock(minute: int) -> str:
    """Write a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def named_days(days: Iterable[int]) -> str:
    """Write days of the week, runs of three or more with a dash.

    Examples
    --------
    >>> named_days([0, 1, 2, 3, 4]), named_days([5]), named_days([0, 2])
    ('mon-fri', 'sat', 'mon, wed')
    """
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def on_duty(world: World, team: str, hours: str) -> tuple[bool, ...]:
    """Say of each slot of the week whether agents of a team may be on duty in it.

    ``own``: in the hours in which it has staff in the world; ``open``: whenever the line is open.
    """
    opened = world.line.open_slots()
    return opened if hours == "open" else tuple(number > 0 for number in staff_slots(world)[team])


def pattern_of(
    world: World,
    *,
    every: Any = 30.0,
    teams: str | Iterable[str] | None = None,
    alike: Any = "profile",
    hours: str = "own",
    least: Any = 1,
    most: Any = None,
) -> Pattern:
    """Return the pattern asked for, looked at.

    Parameters
    ----------
    every : float or str
        Length of an interval: minutes, or such as "30 min", "1 h", "day".
    teams : str or iterable of str, optional
        Whose staff is sought; by default all that have any.
    alike : str
        Days with the same staff: ``profile``, those with the same hours and the same problems; ``none``, each day its
        own; or such as ``"mon-fri, sat"``.
    hours : {"own", "open"}
        When a team may be on duty: in the hours in which it has staff in the world, or whenever the line is open.
    least, most : int or mapping by team, optional
        Agents at least and at most where a team is on duty; at least one by default.

    Raises
    ------
    ValueError
        With all that is wrong, one a line.
    """
    wrong: list[str] = []
    length = _length(every, wrong)
    if not isinstance(hours, str) or hours not in HOURS:
        wrong.append(f"hours is {short(repr(hours))}: {nearest(hours, HOURS, 'use one of')}")
        hours = "own"
    sought = _teams(world, teams, hours, wrong)
    groups = _groups(world, alike, hours, sought, wrong)
    low, high = (_bounds(name, given, sought, world, wrong) for name, given in (("least", least), ("most", most)))
    wrong += [f"least of {team} is {low[team]}, and most {high[team]}" for team in sought if low[team] > high[team]]
    if wrong:
        raise ValueError("\n".join(wrong))
    per_day, there = 1440 // length, {team: np.array(on_duty(world, team, hours)) for team in sought}
    places = tuple(
        Place(team, group, period)
        for team in sought
        for group, days in enumerate(groups)
        for period in range(per_day)
        if any(there[team].reshape(7, per_day, -1)[day, period].any() for day in days)
    )
    return Pattern(
        world,
        length,
        sought,
        groups,
        places,
        np.array([low[place.team] for place in places], np.int64),
        np.array([high[place.team] for place in places], np.int64),
        hours,
    )


def _length(every: Any, wrong: list[str]) -> int:
    said = f"every is {short(repr(every))}: staff changes at quarters of an hour, in intervals that part a day evenly: "
    try:
        length = 1440.0 if every == "day" else minutes(every) if isinstance(every, str) else float(every)
        if isinstance(every, bool) or not SLOT <= length <= 1440 or length % SLOT or 1440 % length:
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        wrong.append(said + 'such as "15 min", "30 min", "1 h", "4 h" or "day"')
        return 30
    return int(length)


def _teams(world: World, teams: Any, hours: str, wrong: list[str]) -> tuple[str, ...]:
    staffed = tuple(team for team in world.teams if any(on_duty(world, team, hours)))
    if teams is None:
        if not staffed:
            wrong.append('no team has any staff: nobody may ever be on duty; write staff, or hours = "open"')
        return staffed
    named = [teams] if isinstance(teams, str) else list(teams) if isinstance(teams, Iterable) else [teams]
    for name in named:
        if name not in world.teams:
            wrong.append(f"team {short(str(name))} is not known; {nearest(name, world.teams, 'the teams are')}")
        elif name not in staffed:
            wrong.append(f'team {short(name)} has no staff, so that nobody of it may be on duty; ask for hours "open"')
    if not named:
        wrong.append(f"no team is named; the teams are {', '.join(map(short, world.teams))}")
    return tuple(name for name in world.teams if name in named and name in staffed)


def _groups(world: World, alike: Any, hours: str, teams: tuple[str, ...], wrong: list[str]) -> tuple[Any, ...]:
    """Return the days that are alike; those on which nobody may be on duty are left out of groups that have others."""
    if alike == "none":
        return tuple((day,) for day in range(7))
    if alike == "profile":
        return _by_profile(world, hours, teams)
    listed = alike.split(",") if isinstance(alike, str) else list(alike) if isinstance(alike, Iterable) else [alike]
    groups: list[tuple[int, ...]] = []
    for one in listed:
        first, _, last = (one.strip().lower() if isinstance(one, str) else "").partition("-")
        if first not in DAYS or (last and last not in DAYS) or (last and DAYS.index(last) < DAYS.index(first)):
            wrong.append(
                f'alike: {short(repr(one))} is not known; it is "profile", "none", or days such as "mon-fri, sat"'
            )
            continue
        groups.append(tuple(range(DAYS.index(first), DAYS.index(last or first) + 1)))
    given = [day for days in groups for day in days]
    twice = sorted({day for day in given if given.count(day) > 1})
    if twice:
        wrong.append(f"alike: {named_days(twice)} stands there twice")
    return (*groups, *((day,) for day in range(7) if day not in given))


def _by_profile(world: World, hours: str, teams: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Put days together on which the same problems come, the line is open and teams are on duty at the same times."""
    opened = np.array(world.line.open_slots()).reshape(7, -1)
    there = [np.array(on_duty(world, team, hours)).reshape(7, -1) for team in teams]
    pay = [np.array(world.teams[team].premium_by_slot()).reshape(7, -1) for team in teams]
    plain = world.population.model_copy(update={"special_days": {}})
    if plain.replay is not None:
        return tuple((day,) for day in range(7))
    rates = all_cells(plain, WEEK)["rate"][:, :-1]
    by_day = rates.reshape(len(rates), 7, -1)
    groups: dict[Any, list[int]] = {}
    for day in range(7):
        key = (
            np.round(by_day[:, day], 12).tobytes(),
            opened[day].tobytes(),
            *(its[day].tobytes() for its in (*there, *pay)),
        )
        groups.setdefault(key, []).append(day)
    return tuple(tuple(days) for days in groups.values())


def _bounds(name: str, given: Any, teams: tuple[str, ...], world: World, wrong: list[str]) -> dict[str, int]:
    usual = {"least": 1, "most": AGENTS_AT_MOST}[name]
    if given is None:
        return dict.fromkeys(teams, usual)
    if not isinstance(given, Mapping):
        given = dict.fromkeys(teams, given)
    found = dict.fromkeys(teams, usual)
    for team, number in given.items():
        if team not in world.teams:
            wrong.append(f"{name}: team {short(str(team))} is not known; {nearest(team, world.teams, 'there are')}")
            continue
        try:
            (found[team],) = numbers(**{f"{name} of {team}": (number, COUNT)})
            if found[team] > AGENTS_AT_MOST:
                raise ValueError(f"{name} of {team} is {found[team]:,}: {AGENTS_AT_MOST:,} are possible")
        except ValueError as mistake:
            wrong.append(str(mistake))
    return found


def periods_with_demand(world: World, groups: tuple[tuple[int, ...], ...], every: int) -> list[tuple[int, int]]:
    """Return the intervals in which the line is open on any of the days, by group and place in the day."""
    opened = np.any(np.array(world.line.open_slots()).reshape(7, 1440 // every, -1), axis=2).tolist()
    return [
        (group, period)
        for group, days in enumerate(groups)
        for period in range(1440 // every)
        if any(opened[day][period] for day in days)
    ]


def at_least_nobody(low: float) -> int:
    """Round up to whole agents, none where it is nothing."""
    return max(0, math.ceil(low - 1e-9))
