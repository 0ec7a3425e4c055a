"""Contacts spared: what customers did in one world for the problems of which another world's firm never hears."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.history.rows import Event, History
from sim.measures.customers import check_same_customers
from sim.measures.rules.counts import CONTACTS

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
WHY = ("prevented", "solved_unasked", "solved_on_the_forum", "solved_by_help", "no_contact_otherwise")
"""Why there is no contact, the first that holds: the world prevents the problem; the firm noticed it by itself; another
customer answered; help was read that solved it; or nobody turned to the firm all the same."""


class Spared(NamedTuple):
    """What became in a second world of the contacts of a first, of the problems that appeared in the horizon.

    Attributes
    ----------
    problems : dict of int
        By `WHY`, the problems without a contact in the second world that had one in the first.
    contacts : dict of int
        By `WHY`, the contacts that they had there: spared.
    more, fewer : int
        Contacts that the second world has more, and fewer, of the problems with a contact in both, or in it alone.
    first, second : int
        All contacts of each world: the first less those spared, those fewer, and with those more, is the second.
    """

    problems: dict[str, int]
    contacts: dict[str, int]
    more: int
    fewer: int
    first: int
    second: int


def contacts_spared(first: History, second: History) -> Spared:
    """Say how many contacts of a first world belong to problems with which nobody turns to the firm in a second.

    A world that prevents a problem leaves nothing of which a contact could be counted; what is spared is what the same
    customer did for the same problem in the other world. Those spared make the lines of the others shorter, who try
    less often: that is in ``fewer``, and is no contact prevented.

    Parameters
    ----------
    first, second : History
        Of the same customers (`sim.populate`), with the horizon of the first.

    Returns
    -------
    Spared
        Problems and contacts by why nobody turns to the firm in the second, and what the others have more or fewer.

    Raises
    ------
    ValueError
        If the histories are not of the same customers.

    Examples
    --------
    >>> import sim
    >>> world = sim.load("base")
    >>> booklet = sim.variant("base", {"prevention": {"booklet": {"share": 1.0}}})
    >>> people = sim.populate(world, seed=1)
    >>> found = contacts_spared(sim.run(world, people), sim.run(booklet, people))
    >>> found.contacts["prevented"] == found.first, found.second
    (True, 0)
    """
    check_same_customers(first, second)
    appeared, time = first.customers.rows["appeared"], first.world.time
    counted = (appeared >= time.warm_up) & (appeared < time.warm_up + time.horizon)
    here, there = _contacts(first), _contacts(second)
    spared = counted & (here > 0) & (there == 0)
    problems, contacts = {}, {}
    for why, so in zip(WHY, _reasons(second), strict=True):
        problems[why], contacts[why] = int((spared & so).sum()), int(here[spared & so].sum())
        spared = spared & ~so
    left = (there - here)[counted & (there > 0)]
    more, fewer = int(left[left > 0].sum()), int(-left[left < 0].sum())
    return Spared(problems, contacts, more, fewer, int(here[counted].sum()), int(there[counted].sum()))


def _contacts(history: History) -> Ints:
    """Return how many contacts each customer has."""
    return _times(history, *CONTACTS)


def _times(history: History, *events: Event) -> Ints:
    those = np.isin(history.rows["event"], events)
    return np.bincount(history.rows["customer"][those], minlength=len(history.customers)).astype(np.int64)


def _reasons(history: History) -> tuple[Bools, ...]:
    """Return of which customers each of `WHY` holds; the last holds of all that are left."""
    solved = _times(history, Event.SOLVED) > 0
    unasked, forum, read = (
        solved & (_times(history, event) > 0) for event in (Event.DETECTED, Event.FORUM_ANSWERED, Event.HELP_READ)
    )
    return _times(history, Event.PREVENTED) > 0, unasked, forum, read, np.ones(len(solved), np.bool_)
