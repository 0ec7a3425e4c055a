"""What goes through a channel, and through the queue of written work: contacts, answers, and how long they took.

Contacts begun, and work filed, in the horizon count, whenever the answer comes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.machine.compiling import rule

CHANNEL = np.dtype(
    [(name, np.float64) for name in ("within", "contacts", "replies", "waited", "unanswered", "in_time")]
)
"""One channel: the time within which an answer is in time (min), and what `Through` says."""
FILED_WORK = np.dtype(
    [
        (name, np.float64)
        for name in ("within", "filed", "taken_up", "waited", "in_time", "queueing", "in_the_middle", "at_last")
    ]
)
"""One queue of written work: the time within which it is taken up in time (min), what `Filed` says, and of its minutes
in the queue those of the middle and of the last third of the horizon (`sim.measures.rules.drift.stretches`).
"""

KIND = np.dtype([("public", np.bool_)])
"""What a channel is: whether others can read what is sent through it."""

_ROUNDING = 1e-9
"""Minutes by which a difference of two times may miss a time of exactly so long."""


@rule
def in_time(waited: float, within: float) -> bool:
    """Say whether a wait was no longer than is acceptable (min)."""
    it_is: bool = waited <= within + _ROUNDING
    return it_is


class Through(NamedTuple):
    """What became of the contacts that were begun through a channel in the horizon.

    At a desk and in a chat an answer is the first agent, and the wait for him begins in the queue. Of the telephone
    only the contacts stand here.

    Attributes
    ----------
    contacts : float
        Contacts begun.
    replies : float
        Those of them whose own answer was read while the customer still waited for it.
    waited : float
        For how long he had waited then (min).
    unanswered : float
        Those whose wait ended in vain. What is in neither was overtaken: by the end of the case or of the run, or by
        another answer.
    in_time : float
        Those answered in the channel's time.
    """

    contacts: float
    replies: float = 0.0
    waited: float = 0.0
    unanswered: float = 0.0
    in_time: float = 0.0


class Filed(NamedTuple):
    """What became of the written work that came into a queue in the horizon.

    Attributes
    ----------
    filed : float
        Pieces of work that came into it: a message, or a case at one of its steps.
    taken_up, waited : float
        Those of them that an agent took up, and how long they had waited in the queue then (min).
    in_time : float
        Those taken up in the queue's time.
    queueing : float
        Minutes in the queue that lie in the horizon, of all that waited there then, whenever it was filed.
    """

    filed: float
    taken_up: float
    waited: float
    in_time: float
    queueing: float
