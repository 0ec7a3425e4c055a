"""The register of measures: each has a unit, a better direction and a definition with its denominator."""

from __future__ import annotations

import copyreg
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import nearest
from sim.measures.accounts.tables import Asked, totals_of
from sim.measures.register.measure import Measure
from sim.measures.register.of_channels import asked_of, channel_measures, measure_of_channel
from sim.measures.register.of_customers import FELT, LIVED, LOYAL, PAID
from sim.measures.register.of_service import SERVED, occupancy_of, service_level_of
from sim.measures.register.of_the_firm import RESOLVED, SPENT
from sim.measures.register.of_volume import COUNTED
from sim.reading import world_of
from sim.world import World

MEASURES: dict[str, Measure] = {
    measure.id: measure for measure in (*LIVED, *PAID, *SPENT, *FELT, *RESOLVED, *SERVED, *LOYAL, *COUNTED)
}
"""The measures every world has, by id, in the order in which they are printed."""
_OF_TEAMS = "occupancy."


def measures_of(world: World | str | Path) -> dict[str, Measure]:
    """Return the measures of one world: its service level spelt out, each team's occupancy, and what is of channels.

    Who has the telephone alone has none of channels: of its calls are those of service.
    """
    world = world_of(world)
    register = _with((*map(occupancy_of, world.teams), *channel_measures(world)))
    register["service_level"] = replace(register["service_level"], definition=service_level_of(world))
    return register


def _with(own: Iterable[Measure]) -> dict[str, Measure]:
    """Return the register with what is of one team, one channel or one queue in it, behind what is of all."""
    register: dict[str, Measure] = {}
    for name, measure in MEASURES.items():
        register[name] = measure
        if name == "occupancy":
            register.update((one.id, one) for one in own)
    return register


def of_all(registers: Iterable[dict[str, Measure]]) -> list[str]:
    """Return the ids in any of the registers of several worlds, in the order in which one of all of them would have."""
    own = dict.fromkeys(name for register in registers for name in register if name not in MEASURES)
    return list(_with(measure_named(name) for name in sorted(own, key=lambda id: not id.startswith(_OF_TEAMS))))


def measure_named(id: str) -> Measure:
    """Return the measure with this id, of one team, channel or queue too."""
    team = id.removeprefix(_OF_TEAMS)
    if team not in ("", id):
        return occupancy_of(team)
    return measure_of_channel(id) or MEASURES[id]


def _found_again(id: str, definition: str) -> Measure:
    return replace(measure_named(id), definition=definition)


def _to_be_found(measure: Measure) -> tuple[Any, ...]:
    return _found_again, (measure.id, measure.definition)


copyreg.pickle(Measure, _to_be_found)  # by name: its question is a function, which cannot be stored


def chosen(register: dict[str, Measure], ids: Iterable[str] | None = None) -> list[Measure]:
    """Return the measures with these ids, or all; a text is one id.

    Raises
    ------
    ValueError
        If an id is not in the register; the message names the nearest one.
    """
    if ids is None:
        return list(register.values())
    if not isinstance(ids, Iterable):
        raise ValueError(f"ids is {ids!r}: it has to be one id, several, or None for all")
    wanted: list[Any] = [ids] if isinstance(ids, str) else list(ids)
    wrong = [name for name in wanted if not isinstance(name, str) or name not in register]
    told = [f'measure "{name}" is not known; {nearest(name, register, "known are")}' for name in wrong]
    if told:
        raise ValueError("; ".join(told))
    return [register[name] for name in wanted]


def measure(asked: Asked, ids: Iterable[str] | None = None) -> dict[str, tuple[float, float]]:
    """Answer measures from one replication: numerator and denominator of each, by id.

    Parameters
    ----------
    asked : History, Tables or Totals
        What has been made of a history already is used again.
    ids : str or iterable of str, optional
        Which measure or measures; all of the world's by default.

    Returns
    -------
    dict of str to pair of float
        By id: the value is the first over the second, undefined where that is 0.

    Raises
    ------
    ValueError
        If an id is not known; the message names the nearest one.
    """
    totals = totals_of(asked)
    register = _with((*map(occupancy_of, totals.agents), *asked_of(totals)))
    return {one.id: one.of(totals) for one in chosen(register, ids)}
