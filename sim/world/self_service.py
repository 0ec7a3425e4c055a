"""Self-service: what customers find by themselves before they turn to the firm, and how hard its number is to find."""

from __future__ import annotations

from pydantic import Field, field_validator

from sim.units import Share
from sim.world.channels import PHONE
from sim.world.facts import ChannelName, ClassName, Harmless, UpToADay, Whole
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw
from sim.world.shares import part


class SelfService(Frozen):
    """Before the first contact one reads what help there is, and then looks for the number or the form."""

    reads: Share = 0.0
    """Share of the problems whose customer reads the help: questions and answers, a clear page, a booklet."""
    reading: UpToADay[DurationLaw] = Field(default="5 min", validate_default=True)
    """Customer's time to read it."""
    solves: Harmless[Share | dict[ClassName, Share]] = 0.0
    """Share of those who read it whose problem it solves, or those by difficulty class; a class without one: none."""
    search: UpToADay[DurationLaw] = Field(default="0 min", validate_default=True)
    """Customer's time to find the telephone number, or a form."""
    gives_up_search: Share = 0.0
    """Share of those who look for it who do not find it: they give up, but for those of `instead`."""
    instead: Whole[dict[ChannelName, Share]] = Field(default={})
    """Shares of those who do not find it who go on through another channel."""

    @field_validator("instead")
    @classmethod
    def _part(cls, shares: dict[str, float]) -> dict[str, float]:
        part(shares)
        if PHONE in shares:
            raise ValueError(f"who has not found the number cannot call: name other channels than {PHONE}")
        return shares
