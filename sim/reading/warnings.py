"""What is possible in a world and yet most likely not meant: told in plain sentences, and nothing is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sim.moments import day_of, moment
from sim.reading.blocks import Channel, blocks_of_world
from sim.reading.colleagues import wait_for_each_other
from sim.reading.correspondence import case_takes
from sim.reading.load import world_of
from sim.reading.mistakes import key_of
from sim.reading.overflow import in_vain
from sim.reading.reach import (
    Ways,
    cases_opened,
    channels_tried,
    open_slots,
    reached,
    served_at_once,
    ways_of,
    worked_on,
    written_to,
)
from sim.reading.unread import unread
from sim.units import DAY, DAYS, HOURS_A_SLOT, SLOT, SLOTS_A_DAY, SLOTS_A_WEEK, duration
from sim.world import Desk, Message, Team, World
from sim.world.channels import PHONE
from sim.world.distributions import Distribution
from sim.world.population import CAUSES, Population
from sim.world.profile import Profile

_FOLLOWED = 3.0
"""Usual delays that a follow-up has to hold: an exponential delay is over in 95 of 100 cases after three means."""
_FEW_ATTEMPTS, _MANY_STOPPED = 10, 0.05
_MOST = 0.5
"""Part of a day's problems that may well appear while the line is closed: the night's."""


def warnings_of(world: World | str | Path) -> tuple[str, ...]:
    """Return what a planner would want to know of a world that is good, each a sentence that begins with its key.

    Parameters
    ----------
    world : World, str or Path
        A world, or its name or path.

    Examples
    --------
    >>> warnings_of("base")
    ()
    """
    world = world_of(world)
    of_the_line = (_unreached, _idle_hours, in_vain, _days_without, _while_closed, _never_open, wait_for_each_other)
    of_the_people = (_outside, _uncorrelated, _strikes_nobody, _follow_up, _few_attempts)
    found = (*of_the_line, *of_the_people, _solves_all, _two_roundings, unread)
    return tuple(itertools.chain.from_iterable(warn(world) for warn in found))


def _ways(world: World) -> Ways:
    return ways_of(world.line, blocks_of_world(world))


def _unreached(world: World) -> Iterator[str]:
    opened, ways = world.line.open_slots(), _ways(world)
    queues, teams = reached(ways)
    for name, team in world.teams.items():
        hours = sum(team.by_slot(opened)) * HOURS_A_SLOT
        if name not in teams and hours:
            euros = hours * (team.hourly_wage() + world.levers.cost_per_hour())
            yield f"teams.{name} is reached by no route and no path: its {hours:,.4g} h a week cost {euros:,.0f} EUR"
    for name in world.queues:
        if name in queues or (name in world.teams and name not in teams):
            continue
        if name in written_to(ways):
            written = f"{ways.asked(name)[0]} answers in writing, and that takes no time of its agents"
            yield f"queues.{name} is reached by tickets alone: nobody ever waits there; {written}"
        else:
            yield f"queues.{name} is reached by no route, no path and no choice: nobody ever waits there"
    tried = channels_tried(ways)
    for name, channel in ways.channels.items():
        if name not in tried:
            yield f"{key_of((_table_of(channel), name))} is never tried: contacts and sends_on name it nowhere"
    for name in world.cases:
        if name not in cases_opened(ways):
            yield f"{key_of(('cases', name))} is opened by no path: nothing is ever done for it"


def _solves_all(world: World) -> Iterator[str]:
    """Where other teams say what they solve: who only decides, or advises, is not asked for it."""
    if not any(team.solve for team in world.teams.values()):
        return
    ways, known = _ways(world), world.levers.knowledge.solve
    asked = {world.levers.authority.supervisors, *(its.advice.team for its in world.teams.values() if its.advice)}
    apart = {team for queue in asked if queue is not None for team in ways.asked(queue)}
    for name in reached(ways).teams:
        if name not in apart and not world.teams[name].solve and not known.get(name):
            yield f"teams.{name} says nothing of what it solves, and so solves all it may: write teams.{name}.solve"


def _table_of(channel: Channel) -> str:
    """Return the table in which a channel stands."""
    if isinstance(channel, Message):
        return "messages"
    return "desks" if isinstance(channel, Desk) else "chats"


def _idle_hours(world: World) -> Iterator[str]:
    opened, ways = world.line.open_slots(), _ways(world)
    written, channels = worked_on(ways).teams, [open_slots(ways, channel) for channel in served_at_once(ways)]
    anything = [any(there) for there in zip(*channels, strict=True)]
    for name in (team for team in reached(ways, live_only=True).teams if team not in written):
        for key, agents in _schedules(name, world.teams[name], opened):
            closed = sum(many for many, is_open in zip(agents, anything, strict=True) if not is_open) * HOURS_A_SLOT
            if closed:
                hours = f"{closed:,.4g} of {sum(agents) * HOURS_A_SLOT:,.4g} agent hours a week"
                yield f"{key}: {hours} are paid while the line is closed"
    first = ways.asked(world.line.team) if PHONE in channels_tried(ways) else ()
    there = [sum(agents) for agents in zip(*(world.teams[team].by_slot(opened) for team in first), strict=True)]
    empty = [is_open and not many for many, is_open in zip(there, opened, strict=True)] if there else []
    alone = sum(empty) * HOURS_A_SLOT
    if alone:
        yield (
            f"line.open: during {alone:,.4g} of {sum(opened) * HOURS_A_SLOT:,.4g} h a week nobody of "
            f"{' or '.join(first)} is at work, and callers wait for the next who comes"
        )


def _schedules(name: str, team: Team, opened: tuple[bool, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the agents at work by slot of the week, under the key that says so: of each shift, or of the staff."""
    for shift, its in team.shifts.items():
        yield key_of(("teams", name, "shifts", shift)), tuple(its.agents * there for there in its.at_work())
    if not team.shifts:
        yield f"teams.{name}.staff", team.by_slot(opened)


def _days_without(world: World) -> Iterator[str]:
    if world.population.replay is not None:
        return
    days = world.population.problems_by_weekday()
    opened = world.line.open_slots()
    is_open = [any(opened[slot : slot + SLOTS_A_DAY]) for slot in range(0, SLOTS_A_WEEK, SLOTS_A_DAY)]
    empty = [name for (name, many), there in zip(days.items(), is_open, strict=True) if there and not many]
    if empty:
        yield (
            f"population.profile.days gives {', '.join(empty)} no problem: the {sum(days.values()):,.4g} a week appear "
            f"on the other days, {max(days.values()):,.4g} on the fullest"
        )


def _while_closed(world: World) -> Iterator[str]:
    """Yield the days on which the line is open, but not when most of the day's problems appear.

    Of a day with one value nothing is said: it has no hours that could be mistaken.
    """
    opened = np.array(world.line.open_slots()).reshape(7, -1)
    for name, profile in _own_profiles(world.population):
        for day, weight, shape, slots in zip(DAYS, profile.days, profile.shapes(), opened, strict=True):
            closed = _closed_part(shape, slots) if weight and slots.any() else 0.0
            if closed > _MOST and len(shape) > 1:
                key = day if getattr(profile, day) else "intervals"
                yield (
                    f"{name}.{key} lets {100 * closed:.0f} % of the problems of a {day} appear while the line is "
                    f"closed: its {len(shape)} values stand for {duration(DAY / len(shape))} each, from midnight on"
                )


def _closed_part(shape: tuple[float, ...], slots: Any) -> float:
    by_minute = np.repeat(shape, int(DAY) // len(shape))
    return float(by_minute[~np.repeat(slots, SLOT)].sum() / by_minute.sum())


def _own_profiles(population: Population) -> Iterator[tuple[str, Profile]]:
    if population.replay is None:
        yield "population.profile", population.profile
        for name, reason in population.reasons.items():
            if reason.profile is not None:
                yield f"{key_of(('population', 'reasons', name))}.profile", reason.profile


def _never_open(world: World) -> Iterator[str]:
    """Yield the profiles that are zero whenever the line is open."""
    opened = np.array(world.line.open_slots()).reshape(7, -1)
    for name, profile in _own_profiles(world.population):
        days = zip(profile.days, profile.shapes(), opened, strict=True)
        if not any(weight and _closed_part(shape, slots) < 1.0 for weight, shape, slots in days):
            yield f"{name} is zero at all times at which the line is open: every problem waits for the next opening"


def _outside(world: World) -> Iterator[str]:
    """Yield the special days and the replayed calls that no run comes to."""
    population, time = world.population, world.time
    for written in population.special_days:
        day = day_of(written, time.first_monday) * DAY
        if not 0 <= day < time.end:
            when = (
                "before the run begins" if day < 0 else f"after it has ended, on {moment(time.end, time.first_monday)}"
            )
            yield f"{key_of(('population', 'special_days', written))} is never lived: it lies {when}"
    if population.replay is not None:
        late = sum(at >= time.end for at in population.replay.at)
        if late:
            calls, end = len(population.replay.at), moment(time.end, time.first_monday)
            yield f"population.replay: {late:,} of {calls:,} calls come after the end of the run, {end}"


def _uncorrelated(world: World) -> Iterator[str]:
    """Yield correlations of factors that are not there."""
    for name in ("busyness_day", "busyness_interval"):
        if getattr(world.population, f"{name}_correlation") and getattr(world.population, name) is None:
            yield f"population.{name}_correlation is of no effect: there is no population.{name}"


def _strikes_nobody(world: World) -> Iterator[str]:
    """Yield shocks on reasons that no problem has."""
    reasons = world.population.reasons
    for name, shock in world.population.shocks.items():
        if not any(reason.share for of, reason in reasons.items() if shock.strikes(of)):
            yield f"{key_of(('population', 'shocks', name))} strikes nobody: its reasons have no share of the problems"


def _follow_up(world: World) -> Iterator[str]:
    key, usual = max(_delays(world), key=lambda delay: delay[1])
    if world.time.follow_up < _FOLLOWED * usual:
        yield (
            f"time.follow_up is {duration(world.time.follow_up)}, under three times the usual delay of {key} "
            f"({usual / 60:,.3g} h): journeys still open at the end of the run count too few calls and too little cost"
        )


def _delays(world: World) -> Iterator[tuple[str, float]]:
    again, follow = world.population.again, world.levers.follow_through
    laws: dict[str, Distribution] = {
        f"population.again.{name}": getattr(again, name)
        for name in ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")
    }
    if world.messages:
        laws["population.again.after_unanswered"] = again.after_unanswered
    population = world.population
    if not any(population.persistence_of(*kind, cause, later=False) for kind in population.kinds() for cause in CAUSES):
        laws = {}
    if follow.known_now < 1:
        laws["levers.follow_through.discovery"] = follow.discovery
    tickets = {name: path for name, path in world.paths.items() if path.by == "ticket" and path.case is None}
    laws |= {f"paths.{name}.delay": path.delay for name, path in tickets.items()}
    laws |= {key_of(("messages", name, "lies")): message.lies for name, message in world.messages.items()}
    yield "no delay", 0.0
    for name, case in world.cases.items():
        yield key_of(("cases", name, "steps")), case_takes(case)
    yield from ((key, law.mean_value()) for key, law in laws.items())


def _few_attempts(world: World) -> Iterator[str]:
    population, again = world.population, world.population.again
    persistence = max(population.persistence_of(*kind, "unsolved", later=True) for kind in population.kinds())
    stopped = persistence**again.most_attempts
    if again.most_attempts < _FEW_ATTEMPTS and stopped > _MANY_STOPPED:
        yield (
            f"population.again.most_attempts is {again.most_attempts}: {100 * stopped:.0f} % of those whom every call "
            "fails would go on, and are stopped there"
        )


def _two_roundings(world: World) -> Iterator[str]:
    tariff = world.tariff
    if tariff.steps is not None and tariff.rounding == "minute":
        yield f'tariff.rounding "minute" is not read: tariff.steps "{tariff.steps}" stands in its place'
