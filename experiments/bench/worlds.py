"""The worlds that are measured, and how long a run of each has to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.scenario import World, load, variant
from sim.units import DAY

_FOLDER = Path(__file__).resolve().parents[1]
NATIONAL = 100_000
"""Problems a day of a national operator."""


def m1() -> World:
    """Return Erlang A: ten hours of ten calls a minute, 42 agents."""
    return load(_FOLDER / "m1.toml")


def m2() -> World:
    """Return the reference day of about 5,000 problems."""
    return load(_FOLDER / "m2.toml")


def m2_days(days: float) -> World:
    """Return the reference day again and again, each followed by a night without new problems."""
    return lasting(m2(), days)


def crowded(days: float) -> World:
    """Return the same days with a third of the first tier, callers of endless patience nearly, and no cut."""
    changes = {
        "teams": {"first": {"staff": {"mon-sun 00:00-24:00": 20}}},
        "line": {"lines": "none"},
        "population": {"patience": {"law": "exponential", "mean": "24 h"}},
        "levers": {"time": {"cut_after": "none"}},
    }
    return lasting(variant(m2(), changes, name="crowded"), days)


def uncut() -> World:
    """Return the reference day without the cut, to be compared with it."""
    return variant(m2(), {"levers": {"time": {"cut_after": "none"}}}, name="uncut")


def national(world: World, days: float) -> World:
    """Return a world with the problems of a national operator and as many more agents, from its first day on."""
    from sim.study.staffing import scaled_staff

    factor = NATIONAL / world.population.problems_per_day
    grown = variant(world, {"population": {"problems_per_day": NATIONAL}, "line": {"lines": "none"}})
    return lasting(scaled_staff(grown, factor), days)


def lasting(world: World, days: float) -> World:
    """Return a world that is lived for so many days, all of them counted."""
    changed = {"warm_up": 0.0, "horizon": days * DAY, "follow_up": 0.0}
    return world.model_copy(update={"time": world.time.model_copy(update=changed)})


LASTING: dict[str, Callable[[float], World]] = {
    "m2": m2_days,
    "national m2": lambda days: national(m2(), days),
    "national double_peine": lambda days: national(load("double_peine"), days),
}
"""The worlds that another process is asked to live, by name."""
