"""A forum: customers who would rather ask other customers, and what it takes those who answer."""

from __future__ import annotations

from pydantic import Field

from sim.units import Euros, Share
from sim.world.facts import ClassName, Harmless, UpToADay
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw


class Forum(Frozen):
    """Those who are autonomous (`population.segments.NAME.autonomy`) ask other customers before they ask the firm."""

    answered: Share = 0.95
    """Share of the questions that other customers answer."""
    delay: DurationLaw = Field(default={"law": "lognormal", "mean": "4.3 h", "cv": 1.02}, validate_default=True)
    """How long the answer takes."""
    solves: Harmless[Share | dict[ClassName, Share]] = 0.5
    """Share of the answers that solve the problem, or those by difficulty class; a class without one: none."""
    patience: DurationLaw = Field(default="24 h", validate_default=True)
    """How long one waits for an answer before one turns to the firm."""
    asking: UpToADay[DurationLaw] = Field(default="20 min", validate_default=True)
    """Customer's time to ask."""
    helping: UpToADay[DurationLaw] = Field(default="10 min", validate_default=True)
    """Unpaid time of the customer who answers."""
    cost: Euros = 0.0
    """What an answer costs the firm, which keeps the forum (EUR)."""
