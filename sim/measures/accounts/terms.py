"""The terms of a world: what has to be known of it to measure what is lived in it, as plain numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from sim.history.rows import ACTIVITY_OF, Activity, Event
from sim.luck.keys import REASONS_AT_MOST
from sim.machine.kernel.latest import latest
from sim.measures.rules.counts import CODES
from sim.measures.rules.drift import stretches
from sim.measures.rules.effort import WEIGHTS
from sim.measures.rules.levels import DEFINITIONS
from sim.measures.rules.loyalty import LOYALTY
from sim.measures.rules.meter import TARIFF, meter
from sim.measures.rules.schedule import Scheduled, eur_per_hour, scheduled_of, timetables_of
from sim.measures.rules.staff import TEAM_TIME, staff_of
from sim.units import HOUR
from sim.world import World

TERMS = np.dtype(
    [
        ("start", np.float64),
        ("stop", np.float64),
        ("end", np.float64),
        ("middle", np.float64),
        ("last", np.float64),
        ("service_level", np.int64),
        ("within", np.float64),
        ("short", np.float64),
        ("long_hold_after", np.float64),
        ("lives_with_it", np.float64),
        ("owned", np.bool_),
        ("weights", WEIGHTS),
        ("loyalty", LOYALTY),
        ("tariff", TARIFF),
        ("deadline", np.float64, (REASONS_AT_MOST,)),
        ("advanced", np.float64, (REASONS_AT_MOST,)),
        ("begins", np.int8, (CODES, 2)),
        ("beside", np.int8, (CODES,)),
    ],
    align=True,
)
"""start, stop, end: of the horizon, and of the run; middle, last: where the stretches of its drift begin (min).
service_level: which of `DEFINITIONS`, by place. deadline, advanced: by reason, the time after the appearance until
which the customer has back what he has advanced (min; infinite where there is nothing), and that money (EUR). begins:
the activity that a row begins, by event and by whether its leg is a later one; -1 for none. beside: whether it happens
beside the customer, by event.
"""


class Ground(NamedTuple):
    """What every fold of a world begins with.

    Attributes
    ----------
    terms : array of one record of `TERMS`
    teams : array of `sim.measures.rules.staff.TEAM_TIME`
        In the world's order, with no minute in them.
    timetables : array of `sim.measures.rules.staff.TIMETABLE`
        Those of all teams, one after the other.
    scheduled : tuple of Scheduled
        What each team's schedule comes to in the horizon.
    """

    terms: npt.NDArray[np.void]
    teams: npt.NDArray[np.void]
    timetables: npt.NDArray[np.void]
    scheduled: tuple[Scheduled, ...]


@latest
def ground_of(world: World) -> Ground:
    """Return what every fold of a world begins with; to be copied where it is written to."""
    time, staff = world.time, staff_of(world)
    tables = [timetables_of(world.teams[name], agents) for name, agents in staff.items()]
    teams = np.zeros(len(tables), TEAM_TIME)
    teams["many"] = [len(table) // 2 for table in tables]
    teams["absent"] = [team.absent for team in world.teams.values()]
    teams["per_minute"] = [eur_per_hour(world, team) / HOUR for team in world.teams.values()]
    teams["chats"] = [team.chats for team in world.teams.values()]
    teams["timetables"] = np.cumsum(2 * teams["many"]) - 2 * teams["many"]
    opened, stop = world.line.open_slots(), time.warm_up + time.horizon
    scheduled = [scheduled_of(team, opened, time.warm_up, stop) for team in world.teams.values()]
    return Ground(terms_of(world), teams, np.concatenate(tables), tuple(scheduled))


def terms_of(world: World) -> npt.NDArray[np.void]:
    """Return the terms of a world as one record of `TERMS`."""
    terms = np.zeros(1, TERMS)
    time = world.time
    terms["start"], terms["stop"], terms["end"] = time.warm_up, time.warm_up + time.horizon, time.end
    terms["middle"], terms["last"], _ = stretches(world)
    terms["service_level"] = list(DEFINITIONS).index(world.service_level.definition)
    terms["within"], terms["short"] = world.service_level.within, world.service_level.short
    terms["long_hold_after"] = world.effort.long_hold_after
    terms["lives_with_it"] = world.population.again.lives_with_it
    terms["owned"] = world.levers.follow_through.owned
    terms["weights"] = _numbers(world.effort, WEIGHTS.names or ())
    terms["loyalty"] = _numbers(world.loyalty, LOYALTY.names or ())
    terms["tariff"] = meter(world.tariff_in_force())
    terms["deadline"] = math.inf
    for number, reason in enumerate(world.population.reasons.values()):
        if reason.deadline is not None and reason.advanced is not None:
            terms["deadline"][:, number], terms["advanced"][:, number] = reason.deadline, reason.advanced
    terms["begins"] = ACTIVITY_OF
    terms["beside"][:, [int(event) for event in Event if event.beside]] = 1
    terms["begins"][:, Event.DIALLED] = Activity.AWAY  # whatever was said before: no spell goes on into another call
    return terms


def _numbers(block: BaseModel, names: Iterable[str]) -> tuple[float, ...]:
    return tuple(getattr(block, name) for name in names)
