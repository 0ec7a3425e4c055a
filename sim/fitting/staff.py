"""Who was seen at work: from a log of calls an upper guide to the roster, and a lower one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.fitting.found import Floats, Whole

HALF_HOUR = 30
"""Minutes for which agents are seen: in less than that many who are there have no call."""
HALVES_A_DAY = 48
_HALVES = 7 * HALVES_A_DAY


class Seen(NamedTuple):
    """Agents by half-hour of the week, means over the days of the log.

    Attributes
    ----------
    agents : array (queues, 336)
        Different agents who were with a caller in the half-hour: who came or left during it counts whole, who had no
        call does not.
    busy : array (queues, 336)
        Agent-minutes with callers, over the length of the half-hour.
    """

    agents: Floats
    busy: Floats


def seen(
    agent: npt.ArrayLike,
    queue: npt.ArrayLike,
    answered: npt.ArrayLike,
    ended: npt.ArrayLike,
    queues: int,
    days: npt.ArrayLike,
) -> Seen:
    """Count the agents seen at work, and the minutes they were busy.

    An agent seen in several queues in one half-hour counts for that in which he was busy longest.

    Parameters
    ----------
    agent, queue : array of int
        Of each answered call; -1 for an agent who is not named, who is busy and yet not counted.
    answered, ended : array of min
        The talk and what followed it.
    queues : int
        How many there are.
    days : array of int
        The days that count, from the first Monday; calls of other days are left out.
    """
    place, minutes, who = _parts(np.asarray(answered, np.float64), np.asarray(ended, np.float64))
    agents, where = np.asarray(agent, np.int64)[who], np.asarray(queue, np.int64)[who]
    counted = np.isin(place // HALVES_A_DAY, np.asarray(days, np.int64))
    place, minutes, agents, where = place[counted], minutes[counted], agents[counted], where[counted]
    many = _days_of(np.asarray(days, np.int64))
    busy = np.zeros((queues, _HALVES))
    np.add.at(busy, (where, place % _HALVES), minutes / HALF_HOUR)
    heads = np.zeros((queues, _HALVES))
    named = agents >= 0
    for slot, home in _homes(place[named], agents[named], where[named], minutes[named]):
        heads[home, slot % _HALVES] += 1.0
    scale = np.divide(1.0, many, out=np.zeros(_HALVES), where=many > 0)
    return Seen(heads * scale, busy * scale)


def _days_of(days: Whole) -> Floats:
    """Return how often each half-hour of the week was there."""
    return np.repeat(np.bincount(days % 7, minlength=7), HALVES_A_DAY).astype(np.float64)


def _parts(begin: Floats, end: Floats) -> tuple[Whole, Floats, Whole]:
    """Cut calls at the half-hours: the half-hour of each part, its minutes, and whose part it is."""
    first = np.floor(begin / HALF_HOUR).astype(np.int64)
    last = np.maximum(np.ceil(end / HALF_HOUR).astype(np.int64) - 1, first)
    many = last - first + 1
    who = np.repeat(np.arange(len(begin)), many)
    place = first[who] + np.arange(len(who)) - np.repeat(np.cumsum(many) - many, many)
    minutes = np.minimum(end[who], (place + 1.0) * HALF_HOUR) - np.maximum(begin[who], place * float(HALF_HOUR))
    return place, np.maximum(minutes, 0.0), who


def _homes(place: Whole, agents: Whole, where: Whole, minutes: Floats) -> list[tuple[int, int]]:
    """Return the half-hour and the queue of each agent seen in it."""
    keys, group = np.unique(np.stack([place, agents, where]), axis=1, return_inverse=True)
    busy = np.bincount(group.ravel(), minutes)
    order = np.lexsort((busy, keys[1], keys[0]))
    keys = keys[:, order]
    last = np.ones(keys.shape[1], bool)
    last[:-1] = (keys[0, 1:] != keys[0, :-1]) | (keys[1, 1:] != keys[1, :-1])
    return [(int(slot), int(home)) for slot, _, home in keys[:, last].T]
