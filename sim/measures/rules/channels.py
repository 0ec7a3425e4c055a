"""What goes through a channel in the horizon: contacts, answers, and how long they were waited for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

CHANNEL_SUMS = np.dtype([(name, np.float64) for name in ("contacts", "replies", "waited", "unanswered")])
"""Contacts begun, answers read while they were waited for, the minutes of that, and waits that ended in vain.

An answer is of the channel through which its own message went, and is counted when it has been read. At a desk and in
a chat an answer is the first agent.
"""

CHANNEL = np.dtype([*CHANNEL_SUMS.descr, ("public", np.bool_)], align=True)
"""The same of a channel, and whether others can read what is sent through it."""


class Through(NamedTuple):
    """What went through a channel in the horizon (waited: min)."""

    contacts: float
    replies: float
    waited: float
    unanswered: float
