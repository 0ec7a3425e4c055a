"""A life of more calls than can be drawn: its first calls and its last, and what is left out between, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.figures.life import Life

MOST = 14
"""Calls of one life that can be drawn beside each other."""
_LAST = 4
"""Of these, how many are its last."""


@dataclass(frozen=True)
class LeftOut:
    """Contacts of one life that are not drawn: from when to when (min), how many, the minutes they took."""

    begin: float
    end: float
    contacts: int
    minutes: float


def shortened(one: Life) -> tuple[Life, LeftOut | None]:
    """Return a life as it can be drawn, and what is not drawn of it.

    The money is that of the whole life. What happened at the edges of the calls left out, and between them, is left
    out too.
    """
    contacts = list(dict.fromkeys(one.spells["contact"].tolist()))
    if len(contacts) <= MOST:
        return one, None
    hidden = contacts[MOST - _LAST : -_LAST]
    mine = [contact in hidden for contact in one.spells["contact"].tolist()]
    spells = one.spells[mine]
    begin, end = float(spells["start"].min()), float(spells["end"].max())
    marks = tuple((time, name) for time, name in one.marks if not begin <= time <= end)
    kept = one.spells[[not away for away in mine]]
    minutes = float((spells["end"] - spells["start"]).sum())
    return replace(one, spells=kept, marks=marks), LeftOut(begin, end, len(hidden), minutes)
