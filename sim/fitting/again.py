"""Who calls again: followed by the caller's number, as far as the log goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.fitting.found import Floats, Found, Whole, share
from sim.fitting.stretches import Stretch, Stretches


@dataclass(frozen=True, eq=False)
class Followed:
    """Calls with what came after them.

    Attributes
    ----------
    gap : array
        Minutes from the end of the call to the caller's next; infinity where none came.
    until : array
        Minutes from the end of the call to the end of the log.
    caller : array of int
        Whose call it was.
    watched : array
        Minutes from the end of the call for which next calls can have been seen to come, whenever in an open stretch
        those meant for a closed time come: to the last closing before the end.
    stretch : Stretch
        Of the next calls, in minutes from the end of the call; of no meaning where none came.
    """

    gap: Floats
    until: Floats
    caller: Whole
    watched: Floats
    stretch: Stretch

    @classmethod
    def of(
        cls, gap: Floats, ended: Floats, caller: Whole, *, end: float, within: float, stretches: Stretches
    ) -> Followed:
        """Return calls that ended at these minutes, in a log up to ``end``, followed for ``within`` minutes at most."""
        upto = np.minimum(ended + within, end)
        stretch = stretches.of(np.where(np.isfinite(gap), ended + gap, ended), ended)
        return cls(gap, end - ended, caller, stretches.watched(ended, upto), stretch)

    @classmethod
    def together(cls, parts: Sequence[Followed], order: npt.NDArray[np.intp]) -> Followed:
        """Return the calls of several, brought into an order."""
        columns = zip(*((one.gap, one.until, one.caller, one.watched, *one.stretch) for one in parts), strict=True)
        gap, until, caller, watched, *stretch = (np.concatenate(column)[order] for column in columns)
        return cls(gap, until, caller, watched, Stretch(*stretch))

    def __len__(self) -> int:
        return len(self.gap)

    def only(self, these: npt.NDArray[np.bool_]) -> Followed:
        """Return some of them."""
        stretch = Stretch(*(part[these] for part in self.stretch))
        return Followed(self.gap[these], self.until[these], self.caller[these], self.watched[these], stretch)

    def came(self) -> npt.NDArray[np.bool_]:
        """Say of each whether a next call came while it was watched."""
        return np.asarray(self.gap <= self.watched)

    def beyond(self) -> npt.NDArray[np.bool_]:
        """Say of each whether a closing lies before its next call, which may have been meant for a closed time."""
        return np.asarray(self.came() & (self.stretch.begun > 0.0))


def next_calls(caller: npt.ArrayLike, arrived: npt.ArrayLike, left: npt.ArrayLike) -> tuple[Floats, Whole]:
    """Return the minutes from the end of each call to its caller's next, and the place of that next call.

    Parameters
    ----------
    caller : array of int
        -1 where unknown: nothing follows.
    arrived, left : array_like
        In min; in the order of arrival. An end that is unknown is taken for the arrival.

    Returns
    -------
    array, array of int
        Infinity and -1 where no call follows.
    """
    who, came = np.asarray(caller, np.int64), np.asarray(arrived, np.float64)
    ended = np.where(np.isnan(left), came, left).astype(np.float64)
    order = np.lexsort((came, who))
    gap, place = np.full(len(who), math.inf), np.full(len(who), -1, np.int64)
    this, following = order[:-1], order[1:]
    same = (who[this] == who[following]) & (who[this] >= 0)
    gap[this[same]] = np.maximum(came[following[same]] - ended[this[same]], 0.0)
    place[this[same]] = following[same]
    return gap, place


def repeats(calls: Followed, days: float) -> Found:
    """Estimate the share of calls whose caller calls again within so many days.

    Only calls are counted of which the log still holds all these days.
    """
    within = days * 1440.0
    whole = calls.only(calls.until >= within)
    return share(whole.gap <= within, whole.caller)
