"""How long a world is lived, and how much of it is measured."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from sim.moments import monday
from sim.units import SLOT, Minutes
from sim.world.facts import OrNone
from sim.world.frozen import Frozen


def _as_text(written: Any) -> Any:
    """Let a date of TOML stand for its text."""
    return written.isoformat() if type(written) is date else written


Date = Annotated[str, BeforeValidator(_as_text), WithJsonSchema({"type": "string", "format": "date"})]


class Horizon(Frozen):
    """How long a replication lasts. Problems appear through all three stretches without a break."""

    warm_up: Minutes
    """Before anything is measured."""
    horizon: Annotated[Minutes, Field(gt=0)]
    """Problems that appear here are measured, and calls made here."""
    follow_up: Minutes
    """After the horizon, so that its journeys come to their end."""
    first_monday: OrNone[Date] = None
    """Date of the Monday on which the run begins, such as ``"2026-11-02"``: special days may then be named by their
    dates, and reports carry them. Absent: it is the Monday of week 1."""

    @field_validator("warm_up", "horizon", "follow_up")
    @classmethod
    def _whole_slots(cls, minutes: float) -> float:
        if minutes % SLOT:
            raise ValueError("the stretches of a run are whole quarters of an hour")
        return minutes

    @field_validator("first_monday")
    @classmethod
    def _is_a_monday(cls, written: str | None) -> str | None:
        return None if written is None else monday(written).isoformat()

    @property
    def end(self) -> float:
        """End of the run (min from Monday 00:00 of the first week)."""
        return self.warm_up + self.horizon + self.follow_up
