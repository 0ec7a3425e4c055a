"""Shifts: when agents come and go, and when they pause."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from sim.quoting import quoted
from sim.units import SLOTS_A_DAY, SLOTS_A_WEEK, day_slots, slots_of_all, week_hours, week_slots
from sim.world.facts import Whole
from sim.world.frozen import Frozen


class Shift(Frozen):
    """Agents who come and go together. One who is on the telephone when it ends, or when a break begins, finishes."""

    agents: Annotated[int, Field(ge=0, le=100_000)]
    """How many work this shift."""
    hours: Whole[tuple[str, ...]] = Field(min_length=1)
    """When they are there, breaks included, such as ``["mon-fri 08:00-16:00"]``."""
    breaks: Whole[tuple[str, ...]] = ()
    """Breaks that are paid, by time of day, such as ``["10:00-10:15"]``."""
    lunches: Whole[tuple[str, ...]] = ()
    """Breaks that are not paid."""

    @field_validator("hours")
    @classmethod
    def _some_time(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        taken: dict[int, str] = {}
        for written in hours:
            for slot in week_slots(written):
                if slot in taken:
                    raise ValueError(f"{quoted(written)} overlaps {quoted(taken[slot])}")
                taken[slot] = written
        return tuple(week_hours(written) for written in hours)

    @model_validator(mode="after")
    def _breaks_lie_within(self) -> Shift:
        taken: dict[int, str] = {}
        there = {slot % SLOTS_A_DAY for slot in slots_of_all(self.hours)}
        for written in (*self.breaks, *self.lunches):
            for slot in day_slots(written):
                if slot in taken:
                    raise ValueError(f"the break {quoted(written)} overlaps {quoted(taken[slot])}")
                if slot not in there:
                    raise ValueError(f"the break {quoted(written)} lies outside the shift, {', '.join(self.hours)}")
                taken[slot] = written
        if there <= taken.keys():
            raise ValueError(f"its breaks leave nothing of the shift, {', '.join(self.hours)}; shorten one of them")
        return self

    def at_work(self) -> tuple[bool, ...]:
        """Say of each slot of the week whether its agents take calls."""
        away = {slot for written in (*self.breaks, *self.lunches) for slot in day_slots(written)}
        return self._there_but(away)

    def paid(self) -> tuple[bool, ...]:
        """Say of each slot of the week whether its agents are paid."""
        return self._there_but({slot for written in self.lunches for slot in day_slots(written)})

    def _there_but(self, away: set[int]) -> tuple[bool, ...]:
        there = slots_of_all(self.hours)
        return tuple(slot in there and slot % SLOTS_A_DAY not in away for slot in range(SLOTS_A_WEEK))
