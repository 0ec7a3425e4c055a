"""Values as a file holds them, multiplied: numbers, durations, laws with their shape kept, shares by odds, agents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.reading.trees import Tree
from sim.study.searching.staffing import scaled_slots, shrinkage_by_hours, week_hours
from sim.units import minutes
from sim.world import World

DIGITS = 4
"""Significant digits that a value is written with: more say nothing, and fewer are not lived as they are written."""
_LAWS = {
    "constant": ("value",),
    "exponential": ("mean",),
    "lognormal": ("mean",),
    "weibull": ("scale",),
    "gamma": ("mean",),
    "erlang": ("mean",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
}
"""What of a law is multiplied so that its mean is, and its shape stays."""


def multiplied(value: Any, factor: float, digits: int = DIGITS) -> Any:
    """Return a value as a file holds it, multiplied: a number, a duration, or a law whose mean is.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> multiplied({"law": "erlang", "mean": "20 min", "stages": 4}, 1.5)
    {'law': 'erlang', 'mean': '30 min', 'stages': 4}
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _rounded(value * factor, digits)
    if isinstance(value, str):
        return _lasting(_rounded(minutes(value) * factor, digits), digits)
    law = value.get("law") if isinstance(value, dict) else None
    if law == "empirical":
        return {**value, "values": [multiplied(one, factor, digits) for one in value["values"]]}
    if law == "mixture":
        return {**value, "parts": [{**part, "of": multiplied(part["of"], factor, digits)} for part in value["parts"]]}
    if law in _LAWS:
        return {**value, **{name: multiplied(value[name], factor, digits) for name in _LAWS[law]}}
    raise ValueError("it is no number, no duration and no law")


def _lasting(length: float, digits: int) -> str:
    """Write minutes in minutes, and what is shorter than one in seconds."""
    number, unit = (length, "min") if length >= 1.0 else (_rounded(60.0 * length, digits), "s")
    return f"{number:.{max(digits, 6)}f}".rstrip("0").rstrip(".") + f" {unit}"


def by_odds(value: float, factor: float) -> float:
    """Return a share whose odds are multiplied."""
    odds = value / (1.0 - value) * factor
    return _rounded(odds / (1.0 + odds), DIGITS)


def _rounded(value: float, digits: int) -> float:
    """Keep the digits that a file shows: what is lived is what is written."""
    if 0.9 < value < 1.0:  # a share near 1 by what it lacks of it
        return round(1.0 - float(f"{1.0 - value:.{digits}g}"), 15)
    return float(f"{value:.{digits}g}")


def staff_written(world: World, factor: float) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what a file says, place by place, so that agents are multiplied: whole ones, the rounding carried on.

    Shifts become agents by hours, with the breaks that are paid as a part of the hours. Nothing where the factor is 1.

    Raises
    ------
    ValueError
        If the factor is no positive number, or makes more agents than a team can have.
    """
    if factor == 1.0:
        return
    for name, slots in scaled_slots(world, factor).items():
        yield ("teams", name, "staff"), week_hours(slots)
        for shift in world.teams[name].shifts:
            yield ("teams", name, "shifts", shift), "none"
            yield ("teams", name, "shrinkage"), shrinkage_by_hours(world.teams[name])


def write(tree: Tree, place: tuple[str, ...], value: Any) -> None:
    """Write a value at its place, making the tables that lead there."""
    for part in place[:-1]:
        tree = tree.setdefault(part, {})
    tree[place[-1]] = value
