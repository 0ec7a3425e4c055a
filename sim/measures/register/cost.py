"""Euros: what problems cost the customers who have them, and the firm. The parts add up to the whole.

The customers' euros are those of the journeys measured. The firm's staff, prevention, gestures and toll income are
those of the horizon, divided by the problems that appeared in it: staff is paid by the hour, not by the problem.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.measures.accounts.tables import Asked, totals_of
from sim.world import World


def customer_parts(asked: Asked) -> dict[str, float]:
    """Return what the journeys measured cost their customers in all (EUR), part by part.

    An outage costs only the hours in which the service would have been used and which were not spent on the
    telephone. Gestures received count against the rest.
    """
    journeys = totals_of(asked).journeys
    return {
        "toll": journeys.toll,
        "time": journeys.time_eur,
        "outage": journeys.outage_eur,
        "own repair": journeys.repair,
        "advance lost": journeys.advance_lost,
        "gestures received": -journeys.gestures,
    }


def customer_eur(asked: Asked) -> float:
    """Return what the journeys measured cost their customers in all (EUR)."""
    return sum(customer_parts(asked).values())


def firm_parts(asked: Asked) -> dict[str, float]:
    """Return what the horizon cost the firm in all (EUR); its share of the toll counts against it."""
    totals = totals_of(asked)
    return {
        "staff": totals.staff_eur,
        "prevention": totals.prevention_eur,
        "gestures": totals.gestures,
        "visits": totals.visits_eur,
        "news": totals.news_eur,
        "forum": totals.forum_eur,
        "alarms": totals.alarms_eur,
        "lost margin": totals.journeys.lost_margin,
        "toll income": -totals.toll_income_eur,
    }


def firm_cash_eur(asked: Asked) -> float:
    """Return what the firm paid out in the horizon, less what it took in (EUR): the margin it may lose left out."""
    return sum(amount for part, amount in firm_parts(asked).items() if part != "lost margin")


def firm_eur(asked: Asked) -> float:
    """Return what the horizon cost the firm in all (EUR)."""
    return sum(firm_parts(asked).values())


def has_part(part: str, *worlds: World) -> bool:
    """Say whether any of the worlds has what a part of a cost is paid for: most have nothing of some.

    Parameters
    ----------
    part : str
        As in `firm_parts` and `customer_parts`, or the id of a measure that begins with it.
    """
    asked = _ONLY_SOMETIMES.get(part.removesuffix("_eur_per_problem").replace("_", " "))
    return asked is None or any(map(asked, worlds))


def _visited(world: World) -> bool:
    return any(step.visit is not None for case in world.cases.values() for step in case.steps.values())


def _advanced(world: World) -> bool:
    return any(reason.advanced is not None for reason in world.population.reasons.values())


_ONLY_SOMETIMES: dict[str, Callable[[World], bool]] = {
    "advance lost": _advanced,
    "prevention": lambda world: bool(world.prevention),
    "visits": _visited,
    "news": lambda world: world.levers.follow_through.news is not None,
    "forum": lambda world: world.forum is not None,
    "alarms": lambda world: world.detection is not None,
}
