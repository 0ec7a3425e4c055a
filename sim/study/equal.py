"""What makes a comparison fair: the same staff, the same money for staff, or the same service."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.engines import Engine
from sim.measures import MEASURES, chosen
from sim.scenario import World
from sim.study.progress import Progress
from sim.study.replicate import together
from sim.study.sizes import paid_eur, paid_hours, scaled_staff, staff_slots, with_staff

Equal = Literal["staff", "service", "staff_eur", "none"]
EQUALS: tuple[Equal, ...] = ("staff", "service", "staff_eur", "none")

SERVICE = "speed_of_answer"
"""The measure that is made equal when nothing else is said."""
FEW = 4
"""Replications of the search: what is found is checked by the comparison itself."""
_STEP, _FURTHEST = 1.3, 6
"""The bracket grows by this factor, so often at most: to about five times the staff, or a fifth of it."""
_NEAR, _CLOSE = 0.004, 0.01
"""The search ends when the factor is known to this part of itself, or the measures agree to this part."""


@dataclass(frozen=True)
class Equality:
    """How two worlds were made comparable.

    Attributes
    ----------
    second : World
        The second world with the staff it is given.
    factor : float
        By which its staff was multiplied.
    meaning : str
        In a sentence, with the paid hours of both.
    """

    how: Equal
    second: World
    factor: float
    meaning: str


class EqualServiceError(ValueError):
    """No staff was found that makes the service equal, or it is undefined in one of the worlds."""


def equal_staff(first: World, second: World) -> Equality:
    """Give the second world the first's paid agent-minutes, by team and interval where the teams bear the same names.

    With other teams its own schedule is scaled until the paid minutes agree. Each world keeps its own wages.
    """
    given, factor = _same_hours(first, second)
    said = (
        "the same agents at the same times"
        if set(first.teams) == set(second.teams)
        else f"the teams differ, so the second's own schedule is multiplied by {factor:.4g}"
    )
    meaning = f"Equal staff, {_hours(first, given)}: {said}, each at its own wages."
    return Equality("staff", given, factor, meaning + _unused(first, second))


def equal_money(first: World, second: World) -> Equality:
    """Scale the second world's staff until a week of it costs what the first's does, levers' cost included.

    Raises
    ------
    ValueError
        If one of them costs nothing.
    """
    given, before = _same_hours(first, second)
    costs = paid_eur(first), paid_eur(given)
    if not all(costs):
        raise ValueError("staff cannot cost the same: one of the worlds pays its agents nothing")
    factor = costs[0] / costs[1]
    scaled = scaled_staff(given, factor)
    meaning = (
        f"Equal money for staff, {costs[0]:,.0f} and {paid_eur(scaled):,.0f} EUR scheduled a week: "
        f"{_whose(first, second)} staff is multiplied by {factor * before:.4g} ({_hours(first, scaled)})."
        f"{_unused(first, second)}"
    )
    return Equality("staff_eur", scaled, factor * before, meaning)


def equal_service(
    first: World,
    second: World,
    *,
    measure: str = SERVICE,
    replications: int = FEW,
    seed: int = 1,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Equality:
    """Scale the second world's staff until a measure equals the first's, on the same customers.

    Raises
    ------
    EqualServiceError
        If the measure is undefined in one of the worlds, or cannot be made equal by staff alone.
    ValueError
        If it is not known.
    """
    chosen(MEASURES, [measure])
    start, before = _same_hours(first, second)
    lived: dict[tuple[tuple[int, ...], ...], float] = {}

    def value(world: World) -> float:
        slots = tuple(staff_slots(world).values())
        if world is first or slots not in lived:
            numbers = range(replications)
            study = (numbers, seed, engine, workers, progress, (measure,))
            (answer,) = together((world,), *study, least=replications)
            mean = answer.estimate(measure).mean
            if mean is None:
                raise EqualServiceError(f"{measure} is undefined in {world.name}: it cannot be made equal")
            if world is first:
                return mean
            lived[slots] = mean
        return lived[slots]

    wanted = value(first)
    factor = _root(lambda factor: value(scaled_staff(start, factor)) - wanted, wanted, (first, second), measure)
    scaled = scaled_staff(start, factor)
    unit = MEASURES[measure].unit
    meaning = (
        f"Equal service: {measure} {wanted:.3g} and {value(scaled):.3g} {unit} in {replications} replications, "
        f"{_whose(first, second)} staff multiplied by {factor * before:.4g} ({_hours(first, scaled)})."
        f"{_unused(first, second)}"
    )
    return Equality("service", scaled, factor * before, meaning)


def as_written(first: World, second: World) -> Equality:
    """Leave both worlds the staff they have."""
    return Equality("none", second, 1.0, f"Staff as each world has it: {_hours(first, second)}.")


def _root(above: Callable[[float], float], wanted: float, worlds: tuple[World, World], measure: str) -> float:
    """Find the factor at which the second's measure is no longer above the first's: a bracket, then Brent's method."""
    from scipy.optimize import brentq

    def excess(power: float) -> float:
        found = above(math.exp(power))
        return 0.0 if abs(found) <= _CLOSE * abs(wanted) else found

    near, at_near = 0.0, excess(0.0)
    if at_near == 0.0:
        return 1.0
    more = (at_near > 0) != (MEASURES[measure].better == "higher")
    for step in range(1, _FURTHEST + 1):
        far = step * math.log(_STEP) * (1 if more else -1)
        at_far = excess(far)
        if at_far == 0.0 or (at_far > 0) != (at_near > 0):
            return math.exp(brentq(excess, near, far, xtol=_NEAR)) if at_far else math.exp(far)
        near, at_near = far, at_far
    first, second = worlds
    raise EqualServiceError(
        f"with its staff multiplied by {math.exp(near):.3g}, {measure} of {second.name} is "
        f"{wanted + at_near:.4g} against {wanted:.4g} in {first.name}: up to there no staff was found that makes it "
        f"equal; another measure may be (speed_of_answer, occupancy)"
    )


def _same_hours(first: World, second: World) -> tuple[World, float]:
    """Return the second world with the first's paid minutes, and the factor that took."""
    one, other = staff_slots(first), staff_slots(second)
    if set(one) == set(other):
        return with_staff(second, one), 1.0
    hours = paid_hours(first), paid_hours(second)
    if not all(hours):
        raise ValueError("staff cannot be made equal: one of the worlds has nobody at work")
    return scaled_staff(second, hours[0] / hours[1]), hours[0] / hours[1]


def _whose(first: World, second: World) -> str:
    """Say whose schedule is scaled: the first's where the teams bear the same names."""
    if staff_slots(first) == staff_slots(second):
        return "the"
    return "the first's" if set(first.teams) == set(second.teams) else "the second's"


def _unused(first: World, second: World) -> str:
    """Say that the second's own schedule is not used, where it has another than the first."""
    one, other = staff_slots(first), staff_slots(second)
    if one == other or set(one) != set(other):
        return ""
    own = f"{paid_hours(second):,.1f} agent hours a week"
    return f" {second.name}'s own schedule, {own}, is not used: to keep it, make nothing equal (--equal none)."


def _hours(first: World, second: World) -> str:
    return f"{paid_hours(first):,.1f} and {paid_hours(second):,.1f} agent hours scheduled a week"
