"""What is possible in a world and yet most likely not meant: told in plain sentences, and nothing is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.reading.load import world_of
from sim.reading.sense import reached
from sim.units import DAY, DAYS, SLOT, duration
from sim.world import World
from sim.world.distributions import Distribution

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
    found = (_unreached, _idle_hours, _days_without, _while_closed, _follow_up, _few_attempts, _two_roundings)
    return tuple(itertools.chain.from_iterable(warn(world) for warn in found))


def _unreached(world: World) -> Iterator[str]:
    opened = world.line.open_slots()
    found = reached(world.line, world.paths)
    for name, team in world.teams.items():
        hours = sum(team.by_slot(opened)) / 2
        if name not in found and hours:
            euros = hours * (team.wage + world.levers.cost_per_hour())
            yield f"teams.{name} is reached by no route and no path: its {hours:,.4g} h a week cost {euros:,.0f} EUR"


def _idle_hours(world: World) -> Iterator[str]:
    opened = world.line.open_slots()
    for name in reached(world.line, world.paths, live_only=True):
        agents = world.teams[name].by_slot(opened)
        closed = sum(many for many, is_open in zip(agents, opened, strict=True) if not is_open) / 2
        if closed:
            hours = f"{closed:,.4g} of {sum(agents) / 2:,.4g} agent hours a week"
            yield f"teams.{name}.staff: {hours} are paid while the line is closed"
    first = world.teams[world.line.team].by_slot(opened)
    alone = sum(is_open and not many for many, is_open in zip(first, opened, strict=True)) / 2
    if alone:
        yield (
            f"line.open: during {alone:,.4g} of {sum(opened) / 2:,.4g} h a week nobody of {world.line.team} is at "
            "work, and callers wait for the next who comes"
        )


def _days_without(world: World) -> Iterator[str]:
    days = world.population.problems_by_weekday()
    empty = [name for name, many in days.items() if not many]
    if empty:
        yield (
            f"population.profile.days gives {', '.join(empty)} no problem: the {sum(days.values()):,.4g} a week appear "
            f"on the other days, {max(days.values()):,.4g} on the fullest"
        )


def _while_closed(world: World) -> Iterator[str]:
    """Yield the days on which the line is open, but not when most of the day's problems appear."""
    profile, opened = world.population.profile, np.array(world.line.open_slots()).reshape(7, -1)
    for day, weight, shape, slots in zip(DAYS, profile.days, profile.shapes(), opened, strict=True):
        by_minute, open_minutes = np.repeat(shape, int(DAY) // len(shape)), np.repeat(slots, SLOT)
        closed = float(by_minute[~open_minutes].sum() / by_minute.sum()) if weight and slots.any() else 0.0
        if closed > _MOST:
            key = day if getattr(profile, day) else "intervals"
            yield (
                f"population.profile.{key} lets {100 * closed:.0f} % of the problems of a {day} appear while the line "
                f"is closed: its {len(shape)} values stand for {duration(DAY / len(shape))} each, from midnight on"
            )


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
    if again.persistence == 0:
        laws = {}
    if follow.known_now < 1:
        laws["levers.follow_through.discovery"] = follow.discovery
    laws |= {f"paths.{name}.delay": path.delay for name, path in world.paths.items() if path.by == "ticket"}
    yield "no delay", 0.0
    yield from ((key, law.mean_value()) for key, law in laws.items())


def _few_attempts(world: World) -> Iterator[str]:
    again = world.population.again
    stopped = again.persistence**again.most_attempts
    if again.most_attempts < _FEW_ATTEMPTS and stopped > _MANY_STOPPED:
        yield (
            f"population.again.most_attempts is {again.most_attempts}: {100 * stopped:.0f} % of those whom every call "
            "fails would go on, and are stopped there"
        )


def _two_roundings(world: World) -> Iterator[str]:
    tariff = world.tariff
    if tariff.steps is not None and tariff.rounding == "minute":
        yield f'tariff.rounding "minute" is not read: tariff.steps "{tariff.steps}" stands in its place'
