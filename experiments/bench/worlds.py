"""The worlds that are measured, and how long a run of each has to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sim.reading import load, variant
from sim.units import DAY
from sim.world import Levers, Queue, World

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


def pooled() -> World:
    """Return a day of thirty reasons and one team of a hundred agents who serve all of them."""
    return _with_teams("pooled", {"all": (100, None)}, queues=0)


def skilled() -> World:
    """Return the same day with thirty queues, one a reason, and fifty teams of two: each serves six queues by score."""
    teams = {
        f"team_{number}": (2, tuple(f"queue_{(number + 5 * step) % 30}" for step in range(6))) for number in range(50)
    }
    return _with_teams("skilled", teams, queues=30)


def _with_teams(name: str, teams: Mapping[str, tuple[int, tuple[str, ...] | None]], *, queues: int) -> World:
    day = m2()
    first, reasons = day.teams["first"], [f"reason_{number}" for number in range(30)]
    of_one = next(iter(day.population.reasons.values()))
    made = {
        team: first.model_copy(update={"staff": agents, "serves": serves, "takes": "by_score", "competent": 1.0})
        for team, (agents, serves) in teams.items()
    }
    routes = {reason: f"queue_{number}" for number, reason in enumerate(reasons)} if queues else {}
    changes = {
        "name": name,
        "population": day.population.model_copy(
            update={"reasons": {reason: of_one.model_copy(update={"share": 1 / 30}) for reason in reasons}}
        ),
        "line": day.line.model_copy(update={"team": routes.get(reasons[0], "all"), "routes": routes, "lines": None}),
        "teams": made,
        "queues": {f"queue_{number}": Queue() for number in range(queues)},
        "paths": {},
        "levers": Levers(memory=day.levers.memory),
    }
    return day.model_copy(update=changes)


def national(world: World, days: float) -> World:
    """Return a world with the problems of a national operator and as many more agents, from its first day on."""
    from sim.study.searching.staffing import scaled_staff

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
