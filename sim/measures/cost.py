"""Euros: what problems cost the customers who have them, and the firm. The parts add up to the whole.

The customers' euros are those of the journeys measured. The firm's staff, gestures and toll income are those
of the horizon, divided by the problems that appeared in it: staff is paid by the hour, not by the problem.
"""

from __future__ import annotations

from sim.measures.tables import Tables
from sim.units import HOUR


def customer_parts(tables: Tables) -> dict[str, float]:
    """Return what the journeys measured cost their customers in all (EUR), part by part.

    An outage costs only the hours in which the service would have been used and which were not spent on the
    telephone. Gestures received count against the rest.
    """
    journeys = tables.journeys
    parts = {name: float(journeys[name].sum()) for name in ("toll", "time_eur", "outage_eur", "repair", "gestures")}
    return {
        "toll": parts["toll"],
        "time": parts["time_eur"],
        "outage": parts["outage_eur"],
        "own repair": parts["repair"],
        "gestures received": -parts["gestures"],
    }


def customer_eur(tables: Tables) -> float:
    """Return what the journeys measured cost their customers in all (EUR)."""
    return sum(customer_parts(tables).values())


def firm_parts(tables: Tables) -> dict[str, float]:
    """Return what the horizon cost the firm in all (EUR); its share of the toll counts against it."""
    return {
        "staff": staff_eur(tables),
        "gestures": gestures_eur(tables),
        "lost margin": float(tables.journeys["lost_margin"].sum()),
        "toll income": -toll_income_eur(tables),
    }


def firm_eur(tables: Tables) -> float:
    """Return what the horizon cost the firm in all (EUR)."""
    return sum(firm_parts(tables).values())


def staff_eur(tables: Tables) -> float:
    """Return what the agents of the horizon cost (EUR): every paid hour at the wage and the levers' cost."""
    levers = tables.world.levers.cost_per_hour()
    teams = tables.world.teams.items()
    return sum(tables.agents[name].paid / HOUR * (team.wage + levers) for name, team in teams)


def gestures_eur(tables: Tables) -> float:
    """Return the gestures granted in the calls dialled in the horizon (EUR)."""
    return float(tables.dialled["gestures"].sum())


def toll_income_eur(tables: Tables) -> float:
    """Return the firm's share of the toll of the calls dialled in the horizon (EUR)."""
    return tables.world.tariff.firm_share * float(tables.tolls.total[tables.calls["counted"]].sum())
