"""What goes through a channel in the horizon: contacts, answers, and how long they were waited for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

CHANNEL_SUMS = np.dtype([(name, np.float64) for name in ("contacts", "replies", "waited", "unanswered")])
"""Contacts begun, answers read while they were waited for, the minutes of that, and waits that ended in vain.

At a desk and in a chat an answer is the first agent.
"""


class Through(NamedTuple):
    """What went through a channel in the horizon (waited: min)."""

    contacts: float
    replies: float
    waited: float
    unanswered: float
