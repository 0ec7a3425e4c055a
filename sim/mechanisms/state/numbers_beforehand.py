"""From a world to numbers: what customers, other customers and the firm do before the first contact."""

from __future__ import annotations

from collections.abc import Mapping

from sim.mechanisms.state.hours import hours
from sim.mechanisms.state.numbers_of_writing import AT_ONCE, cumulated
from sim.mechanisms.state.plans import BeforehandPlan, ForumPlan, SelfServicePlan
from sim.people import difficulty_names
from sim.units import SLOTS_A_WEEK
from sim.world import Forum, SelfService, World

_NO_CASE = -1


def beforehand_of(world: World) -> BeforehandPlan:
    """Return what may happen before the first contact."""
    awake, detection = world.population.awake_slots(), world.detection
    return BeforehandPlan(
        awake=hours([slot in awake for slot in range(SLOTS_A_WEEK)]),
        classes=len(difficulty_names(world.population)),
        help=_help(world, world.self_service or SelfService()),
        forum=_forum(world, world.forum or Forum()),
        noticed=tuple(0.0 if detection is None else detection.share_of(name) for name in world.population.reasons),
        noticed_after=AT_ONCE if detection is None else detection.delay.numbers(),
        case=_NO_CASE if detection is None else [*world.cases].index(detection.case),
    )


def _help(world: World, its: SelfService) -> SelfServicePlan:
    return SelfServicePlan(
        reads=its.reads,
        reading=its.reading.numbers(),
        solves=_chances(world, its.solves),
        search=its.search.numbers(),
        lost=its.gives_up_search,
        instead=cumulated(its.instead, world.channel_names()),
    )


def _forum(world: World, its: Forum) -> ForumPlan:
    return ForumPlan(
        asked=world.forum is not None,
        answered=its.answered,
        delay=its.delay.numbers(),
        solves=_chances(world, its.solves),
        patience=its.patience.numbers(),
        asking=its.asking.numbers(),
        helping=its.helping.numbers(),
    )


def _chances(world: World, solves: float | Mapping[str, float]) -> tuple[float, ...]:
    """Return the chance of being solved by reason and class: "reason.class" before "class", none where neither is."""
    levels = difficulty_names(world.population)
    return tuple(_chance(solves, name, level) for name in world.population.reasons for level in levels)


def _chance(solves: float | Mapping[str, float], reason: str, level: str) -> float:
    if isinstance(solves, Mapping):
        return solves.get(f"{reason}.{level}", solves.get(level, 0.0))
    return solves
