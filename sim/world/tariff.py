"""What a call costs the caller."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from sim.units import Euros, Share, billing_steps, week_hours
from sim.world.facts import Label, OrNone, Usual
from sim.world.frozen import Frozen


class Billed(Frozen):
    """Which parts of a call the meter charges."""

    menu: bool = True
    """The time in the voice server."""
    hold: bool = True
    """The hold before the first agent."""
    transfer_hold: bool = True
    """Every later hold, until the next agent takes over."""
    approval_hold: bool = True
    """The hold while a supervisor is asked."""
    talk: bool = True
    """Identification, explanation and talk."""


Price = Annotated[Euros, Field(le=100)]


class Tariff(Frozen):
    """What a call costs the caller, and what the firm keeps of it."""

    regime: Label[OrNone[str]] = None
    """A named regime whose values stand where this block gives none: see ``scenarios/tariffs/``."""
    price_per_call: Price = 0.0
    """Charged when the meter starts (EUR)."""
    price_per_minute: Annotated[Price, Usual(0.0, 1.0, 0.01)] = 0.0
    """Charged for the minutes that are billed (EUR); 0 makes them free, and the rest of the tariff stays."""
    off_peak_price_per_minute: OrNone[Price] = None
    """Outside `peak`; absent: the same at all times. The price is that of the time of dialling."""
    peak: tuple[str, ...] = ("mon-fri 08:00-19:00",)
    """Hours of the week in which `price_per_minute` is charged where there is an off-peak price."""
    rounding: Literal["second", "minute"] = "second"
    """Billed to the second, or by started minute."""
    steps: OrNone[Annotated[str, Field(examples=["60/60", "30/6", "60/1"])]] = None
    """Billing steps in place of `rounding`: seconds of the first, always whole, and of each next one (``"30/6"``)."""
    starts: Literal["pick_up", "first_agent"] = "pick_up"
    """The meter starts when the voice server picks up, or with the first agent."""
    hold_billed: Literal["always", "never", "own_network_free"] = "always"
    """Menu and every hold: charged, free, or free only from the firm's own network."""
    billed: Billed = Field(default_factory=Billed)
    """Which parts of a call the meter charges."""
    cap: OrNone[Euros] = None
    """Most that one call may cost (EUR)."""
    firm_share: Share = 0.0
    """Part of the toll that the firm receives."""

    @field_validator("steps")
    @classmethod
    def _seconds(cls, written: str | None) -> str | None:
        return None if written is None else "{}/{}".format(*billing_steps(written))

    @field_validator("peak")
    @classmethod
    def _times(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(week_hours(written) for written in hours)
