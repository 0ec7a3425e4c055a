"""How long a world is lived, and how much of it is measured."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from sim.units import SLOT, Minutes
from sim.world.frozen import Frozen


class Horizon(Frozen):
    """How long a replication lasts. Problems appear through all three stretches without a break."""

    warm_up: Minutes
    """Before anything is measured."""
    horizon: Annotated[Minutes, Field(gt=0)]
    """Problems that appear here are measured, and calls made here."""
    follow_up: Minutes
    """After the horizon, so that its journeys come to their end."""

    @field_validator("warm_up", "horizon", "follow_up")
    @classmethod
    def _whole_slots(cls, minutes: float) -> float:
        if minutes % SLOT:
            raise ValueError("the stretches of a run are whole quarters of an hour")
        return minutes

    @property
    def end(self) -> float:
        """End of the run (min from Monday 00:00 of the first week)."""
        return self.warm_up + self.horizon + self.follow_up
