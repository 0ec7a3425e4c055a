"""Detection: the firm notices problems by itself, and acts before the customer does."""

from __future__ import annotations

from pydantic import Field

from sim.units import Euros, Share
from sim.world.facts import CaseName, ReasonName
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw


class Detection(Frozen):
    """What the firm notices before the first contact becomes a case, and the customer is told so."""

    case: CaseName
    """The case that is opened; it is registered, whatever its `registered` says."""
    share: Share = 0.0
    """Share of the problems that the firm notices."""
    share_for: dict[ReasonName, Share] = Field(default={})
    """The same by reason, in place of `share`."""
    delay: DurationLaw = Field(default="0 min", validate_default=True)
    """How long after it appears a problem is noticed; nothing is where the customer comes to the firm first."""
    false_alarms: float = Field(default=0.0, ge=0, le=1e6)
    """Alarms without a problem, for each problem that is noticed."""
    alarm: Euros = 0.0
    """What each of these costs the firm (EUR)."""

    def share_of(self, reason: str) -> float:
        """Return the share of the problems of a reason that the firm notices."""
        return self.share_for.get(reason, self.share)

    def alarms_eur(self) -> float:
        """Return what alarms without a problem cost the firm, for each problem that is noticed (EUR)."""
        return self.false_alarms * self.alarm
