"""The least-cost shifts that cover what is needed, by a program in whole numbers (HiGHS)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.study.staffing.pattern import Pattern
from sim.study.staffing.program import counted, solved
from sim.study.staffing.shifts import ShiftError, Way

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_PROVEN = 1e-5
_LISTED = 8


@dataclass(frozen=True, eq=False)
class Slopes:
    """What targets bear, near a staff, so that a covering may leave an agent out here and have one more there.

    Attributes
    ----------
    losses, gains : arrays, shape (constraints, places)
        What an agent less takes from each constraint, and one more gives; of those alone that bind.
    room : array
        What each has to spare, in the same unit.
    fewer, more : arrays
        By how many agents each place may go down, and up.
    """

    losses: Floats
    gains: Floats
    room: Floats
    fewer: Floats
    more: Floats


@dataclass(frozen=True, eq=False)
class Cover:
    """Shifts that cover what is needed.

    Attributes
    ----------
    agents : array of int
        Who work each way.
    cost : float
        A week (EUR).
    bound : float
        What no covering of the same need costs less than; the cost itself where it is proven to be the least.
    fewer, more : arrays of int
        By how many agents it leaves each place below its need, as targets bear it, or above.
    """

    agents: Ints
    cost: float
    bound: float
    fewer: Ints
    more: Ints


class Covering:
    """What is to be covered: agents needed at each place of a pattern, by ways in which shifts may be worked."""

    def __init__(self, pattern: Pattern, ways: tuple[Way, ...]) -> None:
        self.pattern, self.ways = pattern, ways
        self.costs = np.array([way.cost for way in ways])
        self.rows, self.place_of = self._rows()

    def _rows(self) -> tuple[Floats, Ints]:
        """Return which ways cover what, a row for each slot that is unlike all others, and the place it lies in."""
        found: dict[tuple[int, bytes], npt.NDArray[np.bool_]] = {}
        at_work = np.array([way.at_work for way in self.ways], bool).reshape(len(self.ways), -1 if self.ways else 0)
        for at, (place, slots) in enumerate(zip(self.pattern.places, self.pattern.slots_of, strict=True)):
            its = np.array([way.team == place.team for way in self.ways], bool)
            for slot in slots:
                row = at_work[:, slot] & its if len(its) else its
                found.setdefault((at, row.tobytes()), row)
        rows = np.array(list(found.values()), np.float64).reshape(len(found), len(self.ways))
        return rows, np.array([at for at, _ in found], np.int64)

    def check(self, need: Ints) -> None:
        """Refuse what no shift covers.

        Raises
        ------
        ShiftError
            With every place where agents are needed and no shift is worked.
        """
        bare = list(dict.fromkeys(self._bare(need)))
        if bare:
            named = ", ".join(self.pattern.called(self.pattern.places[at]) for at in bare[:_LISTED])
            more = f" and {len(bare) - _LISTED} more" if len(bare) > _LISTED else ""
            raise ShiftError(
                f"shifts: none covers the whole of {named}{more}, where agents are needed; allow shorter ones, other "
                "starts, or breaks elsewhere"
            )

    def _bare(self, need: Ints) -> Iterator[int]:
        most = self._most(need)
        for row, at in zip(self.rows, self.place_of, strict=True):
            if need[at] > 0 and (row @ most if len(most) else 0.0) < 1:
                yield int(at)

    def _most(self, need: npt.NDArray[Any]) -> Floats:
        """Return how many may work each way: never more than are needed where most are."""
        limit = float(max(need.max(initial=0), 1))
        return np.array([limit if way.allowed.most is None else way.allowed.most for way in self.ways])

    def covered(self, need: Ints, slopes: Slopes | None = None) -> Cover | None:
        """Return the least-cost shifts that cover a need, or, with slopes, one that targets bear instead; None if none.

        Parameters
        ----------
        need : array of int
            Agents at each place of the pattern.
        """
        many, places = len(self.ways), len(need)
        fewer, more = (np.zeros(places), np.zeros(places)) if slopes is None else (slopes.fewer, slopes.more)
        inside = (self.place_of[:, None] == np.arange(places)[None, :]).astype(np.float64)
        rows: list[Any] = [(np.hstack([self.rows, inside, -inside]), need[self.place_of], np.inf)]
        if slopes is not None and len(slopes.room):
            effects = np.hstack([np.zeros((len(slopes.room), many)), slopes.losses, -slopes.gains])
            rows.append((effects, -np.inf, slopes.room))
        asked = counted(self.costs)
        costs = np.concatenate([asked, np.zeros(2 * places)])
        found = solved(costs, np.concatenate([self._most(need + more), fewer, more]), rows)
        if found is None:
            return None
        agents, down, up = np.split(found[0], [many, many + places])
        cost, bound = float(self.costs @ agents), found[1] - float((asked - self.costs) @ agents)
        return Cover(agents, cost, cost if cost - bound < _PROVEN * max(cost, 1.0) else bound, down, up)

    def least_at(self, agents: Ints) -> Ints:
        """Return how many are at work at each place, in the slot of it where they are fewest."""
        at_work = self.rows @ agents
        found = np.full(len(self.pattern.places), np.iinfo(np.int64).max)
        np.minimum.at(found, self.place_of, np.rint(at_work).astype(np.int64))
        return found
