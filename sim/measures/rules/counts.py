"""Counts of what happened, by the code of the event: an account and a sum have a place for each."""

from __future__ import annotations

import numpy as np

from sim.history.rows import Event

CODES = len(Event) + 1
"""Places of a count by code: that of code 0 stays empty."""

COUNT = np.int16
MOST = 32_767
"""How often one thing can be counted of one customer: all that a `COUNT` holds. The fold refuses any row beyond it.

An attempt has `sim.luck.keys.LEGS` rows of one kind at most, one a leg: 511 attempts cannot come to it. Of the 4,000
that a world may allow at most, each would have to take nine legs. Wider counts would make accounts two fifths longer.
"""

CUTS = (Event.CUT, Event.HUNG_UP, Event.TRANSFER_LOST)
"""What breaks a call off: the clock, an agent, or that nobody was there to whom it could be passed on."""
CONTACTS = (Event.DIALLED, Event.WROTE, Event.SET_OUT, Event.CHAT_OPENED)
"""What begins a contact: a call, a message, the way to a desk, a chat."""
TRANSFERS = (Event.TRANSFERRED_COLD, Event.TRANSFERRED_WARM)
"""A customer is passed on while he holds."""


class Counts(tuple[float, ...]):
    """How often each thing happened, by the code of its event."""

    __slots__ = ()

    def of(self, *events: Event) -> float:
        """Return how often any of these happened."""
        return sum(self[event] for event in events)
