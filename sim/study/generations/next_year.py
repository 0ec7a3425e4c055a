"""The world of a year: that of the first one, with the customers who are left and the problems they have by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from sim.study.changing.changed import changed
from sim.study.searching.staffing import scaled_staff
from sim.world import World

Staff = Literal["kept", "follows"]
STAFF: tuple[Staff, ...] = get_args(Staff)
"""Agents stay as many as they were, or there are as many as the problems of the year ask for, in proportion."""
LEAST_VOLUME = 1e-3
"""Of the first year's problems: a firm with fewer is lived as one with so many, whose tolls count in proportion."""


class Causes(NamedTuple):
    """How many problems of each reason a customer has, in shares of all that he had in the first year."""

    by_reason: Mapping[str, float]

    @classmethod
    def of(cls, world: World) -> Causes:
        """Return those of the first year."""
        return cls({name: reason.share for name, reason in world.population.reasons.items()})

    @property
    def all(self) -> float:
        """All problems of a customer, as a multiple of those of the first year."""
        return sum(self.by_reason.values())

    def after_a_year(self, world: World) -> Causes:
        """Return what they are a year later: here prevention has its place.

        Of a reason's problems the part `recurrence` comes from a cause that struck a year before, the rest is new. A
        cause that was found strikes no more: ``rate' = (1 - recurrence) first + recurrence (1 - found) rate``. A world
        that finds none has the same problems every year.
        """
        said = world.generations.root_causes_found
        found = world.levers.follow_through.root_cause if said is None else said
        if not found:
            return self
        reasons = world.population.reasons
        return Causes(
            {
                name: (1.0 - reason.recurrence) * reason.share
                + reason.recurrence * (1.0 - found) * self.by_reason[name]
                for name, reason in reasons.items()
            }
        )


class Year(NamedTuple):
    """A year to be lived: the world, and of how much of it there really is less (1: it is as it was lived)."""

    world: World
    part: float


def year_of(first: World, customers: float, causes: Causes, staff: Staff) -> Year:
    """Return the world of a year.

    Parameters
    ----------
    first : World
        Of the first year.
    customers : float
        At its beginning, for each initial customer.
    causes : Causes
        What problems they have.
    """
    volume = customers * causes.all
    if volume == 1.0 and causes == Causes.of(first):
        return Year(first, 1.0)
    lived = max(volume, LEAST_VOLUME)
    changes: dict[str, object] = {"population.problems_per_day": first.population.problems_per_day * lived}
    if causes != Causes.of(first):
        changes |= _shares(causes)
    world = changed(first, changes, name=first.name)
    return Year(scaled_staff(world, lived) if staff == "follows" else world, volume / lived)


def _shares(causes: Causes) -> dict[str, object]:
    """Return the reasons' shares, which have to add up to 1: the last one takes what rounding leaves."""
    *names, last = causes.by_reason
    shares: dict[str, float] = {name: causes.by_reason[name] / causes.all for name in names}
    return {
        **{f"population.reasons.{name}.share": share for name, share in shares.items()},
        f"population.reasons.{last}.share": max(0.0, 1.0 - sum(shares.values())),
    }
