"""Measures of service, over the calls dialled in the horizon, and of the agents' occupancy."""

from __future__ import annotations

from collections.abc import Callable

from sim.history import Activity
from sim.measures.calls import answered, hold_minutes, minutes_after_answer
from sim.measures.measure import Answer, Measure, of_family
from sim.measures.rows import Array
from sim.measures.service import DEFINITIONS, service_level
from sim.measures.tables import Tables
from sim.scenario import World

_served = of_family("service")
LONG_HOLD = 10.0
"""The hold that the 2005 survey calls long (min)."""
AT_ONCE = 0.25
"""A hold that customers call none (min)."""

_ANSWERED = "over the answered calls dialled in the horizon"
_DIALLED = "over the calls dialled in the horizon"


def over_answered(amount: Callable[[Array], Array]) -> Callable[[Tables], Answer]:
    """Sum what is asked of the answered calls of the horizon, over their number."""
    return lambda tables: (float(amount(tables.answered).sum()), float(len(tables.answered)))


def over_dialled(fact: Callable[[Array], Array]) -> Callable[[Tables], Answer]:
    """Count the calls of the horizon of which a fact is true, over all of them."""
    return lambda tables: (float(fact(tables.dialled).sum()), float(len(tables.dialled)))


def occupancy(*teams: str) -> Callable[[Tables], Answer]:
    """Divide busy by paid agent minutes of the horizon, of the teams named or of all."""

    def of(tables: Tables) -> Answer:
        times = [tables.agents[team] for team in teams or tables.world.teams]
        return sum(time.busy for time in times), sum(time.paid for time in times)

    return of


SERVED = (
    _served(
        "hold_minutes_per_call",
        "min",
        "lower",
        f"Minutes on the line from pick-up to the first agent, menu included, {_ANSWERED}.",
        over_answered(hold_minutes),
    ),
    _served(
        "hold_over_10_share",
        "share",
        "lower",
        f"Calls with more than {LONG_HOLD:g} minutes on the line before the first agent, menu included, {_ANSWERED}.",
        over_answered(lambda calls: hold_minutes(calls) > LONG_HOLD),
    ),
    _served(
        "answered_at_once_share",
        "share",
        "higher",
        f"Calls with a wait of 15 s or less beyond the menu, {_ANSWERED}.",
        over_answered(lambda calls: calls["wait"] <= AT_ONCE),
    ),
    _served(
        "talk_minutes_per_call",
        "min",
        "neither",
        "Minutes from the first agent on: identification, explanation, talk, transfer and approval hold, "
        + _ANSWERED
        + ".",
        over_answered(minutes_after_answer),
    ),
    _served(
        "transfer_hold_minutes_per_call",
        "min",
        "lower",
        f"Minutes of hold between two agents, briefings included, {_ANSWERED}.",
        over_answered(lambda calls: calls["minutes"][:, Activity.TRANSFER_HOLD]),
    ),
    _served(
        "answered_share",
        "share",
        "higher",
        f"Calls that an agent took, {_DIALLED}.",
        over_dialled(answered),
    ),
    _served(
        "abandoned_share",
        "share",
        "lower",
        f"Calls whose customer hung up before the first agent, at once or when patience ended, {_DIALLED}.",
        over_dialled(lambda calls: calls["abandoned"] & ~answered(calls)),
    ),
    _served(
        "blocked_share",
        "share",
        "lower",
        f"Calls that found no free line, {_DIALLED}.",
        over_dialled(lambda calls: calls["blocked"]),
    ),
    _served(
        "cut_share",
        "share",
        "lower",
        f"Calls broken off by the clock or by an agent who hung up, {_DIALLED}.",
        over_dialled(lambda calls: calls["cut"]),
    ),
    _served(
        "service_level",
        "share",
        "higher",
        "The service level by the world's own definition and threshold, " + _DIALLED + ".",
        service_level,
    ),
    _served(
        "speed_of_answer",
        "min",
        "lower",
        f"Wait beyond the menu until the first agent (a ring waited for included), {_ANSWERED}.",
        over_answered(lambda calls: calls["wait"]),
    ),
    _served(
        "occupancy",
        "share",
        "neither",
        "Minutes in which agents serve or do after-call work over minutes paid, those past the end of a duty included.",
        occupancy(),
    ),
)


def service_level_of(world: World) -> str:
    """Return the definition of the service level as this world has it."""
    chosen = world.service_level
    return (
        f'"{chosen.definition}" within {chosen.within * 60:g} s of wait beyond the menu: '
        f"{DEFINITIONS[chosen.definition]}; calls dialled in the horizon."
    )


def occupancy_of(team: str) -> Measure:
    """Return the occupancy of one team."""
    return _served(
        f"occupancy.{team}",
        "share",
        "neither",
        f"Minutes in which agents of {team} serve or do after-call work over minutes paid, those past "
        "the end of a duty "
        "included.",
        occupancy(team),
    )
