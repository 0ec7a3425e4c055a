"""What makes a comparison fair: each its own staff, the same staff, the same money for staff, or the same service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.asked import nearest
from sim.reading import digest
from sim.study.searching.staffing import (
    paid_eur,
    paid_hours,
    scaled_staff,
    staff_slots,
    with_hours_written,
    with_staff_of,
)
from sim.world import World

Equal = Literal["none", "staff", "service", "staff_eur", "least_cost"]
Asked = Literal["all", "both", "none", "staff", "service", "staff_eur", "least_cost"]
LABELS: dict[Equal, str] = {
    "none": "own staff",
    "staff": "equal staff",
    "service": "equal service",
    "staff_eur": "equal money",
    "least_cost": "equal service, least cost",
}
"""The ways to staff the second world, and what each is called."""
ASKED: tuple[Asked, ...] = ("all", "both", *LABELS)
SCALED: tuple[Asked, ...] = tuple(how for how in ASKED if how != "least_cost")
"""Those for which a schedule is scaled as a whole, at most."""

SERVICE = "speed_of_answer"
"""The measure that is made equal when nothing else is said."""


@dataclass(frozen=True)
class Equality:
    """How two worlds were made comparable.

    Attributes
    ----------
    second : World
        The second world with the staff it is given.
    factor : float
        By which its staff, or that of the first, was multiplied.
    meaning : str
        In a sentence, with the paid hours of both.
    """

    how: Equal
    second: World
    factor: float
    meaning: str

    @property
    def label(self) -> str:
        """What the way is called."""
        return LABELS[self.how]


class EqualServiceError(ValueError):
    """No staff was found that makes the service equal, or it is undefined in one of the worlds."""


def ways(asked: str, first: World, second: World, among: tuple[Asked, ...] = ASKED) -> tuple[Equal, ...]:
    """Return the ways to staff the second world that are asked for, in the order in which they are shown.

    ``all`` is equal staff and equal service, after each its own staff wherever that is another, and own staff alone
    where staff is all that separates the worlds; ``both`` is equal staff and equal service.

    Raises
    ------
    ValueError
        If there is no such way.
    """
    if asked not in among:
        raise ValueError(f'equal is "{asked}": {nearest(str(asked), among, "use one of")}')
    if asked == "both":
        return "staff", "service"
    if asked == "all":
        if not staff_differs(first, second):
            return "staff", "service"
        return ("none",) if _differ_in_staff_alone(first, second) else ("none", "staff", "service")
    return (next(how for how in LABELS if how == asked),)


def staff_differs(first: World, second: World) -> bool:
    """Say whether the second world's own staff is another than the one that equal staff gives it."""
    if not (paid_hours(first) and paid_hours(second)):
        return staff_slots(first) != staff_slots(second)
    return staff_slots(staff_to_scale(first, second)[0]) != staff_slots(second)


def _differ_in_staff_alone(first: World, second: World) -> bool:
    if set(first.teams) != set(second.teams):
        return False
    given = staff_to_scale(first, second)[0]
    return digest(with_hours_written(first)) == digest(with_hours_written(given))


def as_written(first: World, second: World) -> Equality:
    """Leave both worlds the staff they have."""
    return Equality("none", second, 1.0, f"Own staff, {_hours(first, second)}: each world the agents it has.")


def equal_staff(first: World, second: World) -> Equality:
    """Give the second world the first's paid agent-minutes, by team and interval where the teams bear the same names.

    With other teams its own schedule is scaled until the paid minutes agree. Each world keeps its own wages.

    Raises
    ------
    ValueError
        If one of them has nobody at work.
    """
    given, factor = staff_to_scale(first, second)
    said = (
        "the same agents at the same times"
        if set(first.teams) == set(second.teams)
        else f"the teams differ, so the second's own schedule is multiplied by {factor:.4g}"
    )
    meaning = f"Equal staff, {_hours(first, given)}: {said}, each at its own wages."
    return Equality("staff", given, factor, meaning + _unused(first, second) + _left_empty(first, second, given))


def equal_money(first: World, second: World) -> Equality:
    """Scale the second world's staff until a week of it costs what the first's does, levers' cost included.

    Raises
    ------
    ValueError
        If one of them costs nothing.
    """
    given, before = staff_to_scale(first, second)
    costs = paid_eur(first), paid_eur(given)
    if not all(costs):
        raise ValueError("staff cannot cost the same: one of the worlds pays its agents nothing")
    factor = costs[0] / costs[1]
    scaled = scaled_staff(given, factor)
    meaning = (
        f"Equal money for staff, {costs[0]:,.0f} and {paid_eur(scaled):,.0f} EUR scheduled a week: "
        f"{whose(first, second)} staff is multiplied by {factor * before:.4g} ({_hours(first, scaled)})."
        f"{_unused(first, second)}"
    )
    return Equality("staff_eur", scaled, factor * before, meaning)


def with_service(first: World, second: World, scaled: World, factor: float, found: str) -> Equality:
    """Say with which staff the second world's service was found to be the first's; `found` says how near it comes."""
    meaning = (
        f"Equal service: {found}, {whose(first, second)} staff multiplied by {factor:.4g} ({_hours(first, scaled)})."
        f"{_unused(first, second)}"
    )
    return Equality("service", scaled, factor, meaning)


def least_cost(first: World, second: World, factor: float, found: str) -> Equality:
    """Say with which staff, sought by interval and team, the second world's service is as good as the first's.

    Parameters
    ----------
    factor : float
        Its agent hours, over those of the second's own.
    """
    meaning = f"Equal service at the least cost: {found} ({_hours(first, second)}), {factor:.4g} times its own hours."
    return Equality("least_cost", second, factor, meaning)


def staff_to_scale(first: World, second: World) -> tuple[World, float]:
    """Return the second world with the first's paid minutes, and the factor that took.

    Raises
    ------
    ValueError
        If one of them has nobody at work.
    """
    one, other = staff_slots(first), staff_slots(second)
    if set(one) == set(other):
        return with_staff_of(second, first), 1.0
    hours = paid_hours(first), paid_hours(second)
    if not all(hours):
        raise ValueError("staff cannot be made equal: one of the worlds has nobody at work")
    return scaled_staff(second, hours[0] / hours[1]), hours[0] / hours[1]


def whose(first: World, second: World) -> str:
    """Say whose schedule is scaled: the first's where the teams bear the same names."""
    if staff_slots(first) == staff_slots(second):
        return "the"
    return "the first's" if set(first.teams) == set(second.teams) else "the second's"


def _left_empty(first: World, second: World, given: World) -> str:
    """Say in how much of the time in which teams have agents they have none when the schedule is scaled."""
    if set(first.teams) == set(second.teams):
        return ""
    own, scaled = staff_slots(second), staff_slots(given)
    manned = sum(1 for name in own for agents in own[name] if agents)
    empty = sum(1 for name in own for agents, left in zip(own[name], scaled[name], strict=True) if agents and not left)
    if not empty:
        return ""
    return f" Agents are whole: {100 * empty / manned:.0f} % of the hours in which its teams had any have none so."


def _unused(first: World, second: World) -> str:
    """Say that the second's own schedule is not used, where it has another than the first."""
    one, other = staff_slots(first), staff_slots(second)
    if one == other or set(one) != set(other):
        return ""
    return f" {second.name}'s own schedule, {paid_hours(second):,.1f} agent hours a week, is not used in it."


def _hours(first: World, second: World) -> str:
    return f"{paid_hours(first):,.1f} and {paid_hours(second):,.1f} agent hours scheduled a week"
