"""A staff covered by shifts, verified by simulation, and made cheaper or mended by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.study.staffing.covering import Cover, Covering, Slopes
from sim.study.staffing.search import GAIN, Search, rows_that_bind, steps
from sim.study.staffing.shifts import ShiftError, Way, world_in_shifts
from sim.study.staffing.trials import WHOLE_DAY, Lived
from sim.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_PROPOSALS, _RAISED = 12, 6
_PART = 4
"""One in so many places gets an agent more where a target over a day or the whole is missed."""


class InShifts:
    """Shifts for a staff that was found.

    Attributes
    ----------
    need : array of int
        Agents that the shifts have to cover at each place.
    cover : Cover
    lived : Lived
        With these shifts, on the replications of the search.
    bound : float
        What no covering of that need costs less than.
    """

    def __init__(self, search: Search, ways: tuple[Way, ...], need: Ints) -> None:
        self.search, self.pattern, self.trials = search, search.pattern, search.trials
        self.covering = Covering(self.pattern, ways)
        self.covering.check(need)
        self.need = need
        self.cover = self._covered(need)
        self.bound = self.cover.bound
        self.lived = self._live(self.cover)
        self.losses: Floats = np.zeros((len(self.trials.constraints), len(need)))

    @property
    def world(self) -> World:
        """The world in these shifts."""
        return self._in_shifts(self.cover)

    def _in_shifts(self, cover: Cover) -> World:
        return world_in_shifts(self.pattern.world, self.covering.ways, cover.agents, self.pattern.teams)

    def _covered(self, need: Ints) -> Cover:
        found = self.covering.covered(need)
        if found is None:
            raise ShiftError("shifts: no number of them covers what is needed; allow more of them, or more ways")
        return found

    def _live(self, cover: Cover, numbers: Sequence[int] | None = None) -> Lived:
        staff = self.covering.least_at(cover.agents)
        return self.trials.of_world(self._in_shifts(cover), staff, numbers)

    def seen(self, numbers: Sequence[int]) -> Lived:
        """Live with these shifts on other replications."""
        return self._live(self.cover, numbers)

    def least_at_work(self) -> Ints:
        """Return how many are at work at each place, where they are fewest in it."""
        return self.covering.least_at(self.cover.agents)

    def improve(self) -> None:
        """Make the shifts meet what is wanted, then let the program leave agents out where simulation bears it."""
        best = self.search.best
        if best is not None:
            self.losses = self.search.losses_at(best)
        for _ in range(_RAISED):
            if self.lived.met:
                break
            if not self.mend(np.flatnonzero(self.lived.slack < 0.0)):
                return
            self.lived = self._live(self.cover)
        if best is None or not self.lived.met:
            return
        room = np.where(np.isfinite(best.slack), best.slack, 1e9)
        for _ in range(_PROPOSALS):
            fewer, more = steps(self.pattern, self.need, self.losses, room)
            scaled, left = rows_that_bind(self.losses, room)
            slopes = Slopes(scaled, GAIN * scaled, left, fewer, more)
            found = self.covering.covered(self.need, slopes)
            if found is None or found.cost > self.cover.cost - 1e-6:
                return
            there = self._live(found)
            if there.met:
                self.cover, self.lived = found, there
                room = np.maximum(room, 0.0) + 0.5 * np.minimum(np.maximum(there.slack, 0.0), 1e9)
                continue
            foreseen = self.losses @ found.fewer - GAIN * (self.losses @ found.more)
            short = np.minimum(np.maximum(-there.slack, 1e-9), 1e6)
            room = np.where(there.slack < 0.0, np.minimum(room, foreseen) - short, room)

    def mend(self, missed: Ints) -> bool:
        """Ask for an agent more where a target is missed, of the team that bears most on it; say if there is one."""
        there, need = self.least_at_work(), self.need.copy()
        for at in missed:
            one = self.trials.constraints[at]
            its = [
                place for place, its in enumerate(self.pattern.places) if one.touches(its.group, its.period, 1)
            ] or list(range(len(need)))
            felt = self.losses[at, its]
            teams = {self.pattern.places[place].team for place in its}
            if len(teams) > 1 and felt.max() > 0.0:
                bears = self.pattern.places[its[int(np.argmax(felt))]].team
                its = [place for place in its if self.pattern.places[place].team == bears]
            if one.period == WHOLE_DAY:  # an agent more at all hours would be too many: where one bears most
                its = sorted(its, key=lambda place: -self.losses[at, place])[: max(1, len(its) // _PART)]
            for place in its:
                need[place] = max(need[place], min(there[place] + 1, self.pattern.most[place]))
        if (need == self.need).all():
            return False
        self.need, self.cover = need, self._covered(need)
        self.bound = self.cover.bound
        return True
