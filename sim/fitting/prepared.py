"""A log of calls made ready to be fitted: legs put together, days told apart, what says nothing counted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.data.call_log import CallLog, Outcome
from sim.fitting.found import Floats, Whole
from sim.fitting.staff import HALF_HOUR, HALVES_A_DAY
from sim.luck.keys import REASONS_AT_MOST
from sim.quoting import short
from sim.units import DAY, SLOT

Flags = npt.NDArray[np.bool_]

FEWEST_CALLS = 20
"""Calls below which nothing is fitted."""
SAME_CALL = 1.0
"""Minutes after a transfer within which the caller's next row is the next leg of the same call."""
USUAL = (1.0 / 3.0, 3.0)
"""Days with fewer or more calls than these multiples of their weekday's median are left out of the profile."""
_BY_CHANCE = 5.0
"""Standard deviations of a Poisson count: a day nearer to its median than that is never left out."""
_LONGEST = 20 * 366 * DAY
_HOLE = 2
"""Half-hours in a row without a call that are an hour at which the line was closed."""
_EXPECTED = 10.0
"""Calls that are usual before the log's first on its first day, from which on that day was not whole."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The rows of a log, and its calls: a call of several legs has several rows.

    Attributes
    ----------
    log : CallLog
    rows : structured array
        In order of arrival, of the queues asked for.
    queues : tuple of str
        Their names; the rows' numbers point to them.
    first : array of bool, one a row
        The first leg of a call; the others are later ones.
    ended, outcome : arrays, one a row
        Of a first leg the end and the outcome of its whole call.
    days : array of int
        The days that the profile is made of, from the first Monday, in order.
    odd : tuple of int
        The days that were left out of it.
    begin, end : float
        The first arrival and the last instant of the log (min).
    """

    log: CallLog
    rows: npt.NDArray[np.void]
    queues: tuple[str, ...]
    first: Flags
    ended: Floats
    outcome: npt.NDArray[np.int8]
    days: Whole
    odd: tuple[int, ...]
    begin: float
    end: float
    warnings: tuple[str, ...]

    @property
    def arrived(self) -> Floats:
        """When each row began to wait (min)."""
        return np.asarray(self.rows["arrived"], np.float64)

    def whole_seconds(self) -> bool:
        """Say whether the log's times are cut to the second."""
        seconds = self.arrived * 60.0
        return bool((np.abs(seconds - np.round(seconds)) < 1e-4).all())

    def hung_up(self) -> Flags:
        """Say of each row whether the caller hung up while waiting."""
        return np.asarray((self.rows["outcome"] == Outcome.ABANDONED) & ~np.isnan(self.rows["left"]))

    def answered(self) -> Flags:
        """Say of each row whether an agent took it."""
        return ~np.isnan(np.asarray(self.rows["answered"], np.float64))

    def waited(self) -> Flags:
        """Say of each row whether it waited, and for how long is known."""
        blocked = self.rows["outcome"] == Outcome.BLOCKED
        return np.asarray((self.answered() | ~np.isnan(self.rows["left"])) & ~blocked)

    def wait(self) -> Floats:
        """Return how long each row waited, to the answer or in vain (min); nan where it is not known."""
        until = np.where(self.answered(), self.rows["answered"], self.rows["left"])
        return np.asarray(until - self.arrived)

    def talked(self) -> Floats:
        """Return how long each row talked (min); nan where nobody answered or the end is not known."""
        return np.asarray(self.rows["left"] - self.rows["answered"])


def prepare(log: CallLog, queues: Sequence[str] | None = None) -> Prepared:
    """Make a log ready to be fitted.

    Raises
    ------
    ValueError
        If it is no log, has none of the queues asked for, or too few calls: each in words.
    """
    if not isinstance(log, CallLog):
        raise ValueError(f"log is {short(repr(log))}: it has to be a call log, as sim.call_log or sim.queue_log reads")
    rows, names = _of_queues(log, queues)
    if len(names) > REASONS_AT_MOST:
        most = f"a world has {REASONS_AT_MOST} at most, one a reason to call"
        raise ValueError(f"the log has calls of {len(names):,} queues, and {most}: name those to fit (queues)")
    if len(rows) < FEWEST_CALLS:
        whose = f" of {', '.join(map(short, names))}" if queues else ""
        raise ValueError(f"the log has {len(rows)} calls{whose}: {FEWEST_CALLS} at least are needed to fit anything to")
    warnings = []
    order = np.argsort(rows["arrived"], kind="stable")
    unordered = int((np.diff(rows["arrived"]) < 0.0).sum())
    if unordered:
        warnings.append(f"{unordered:,} calls stood before one that arrived earlier: they were put in order")
    rows = rows[order]
    first, ended, outcome = _legs(rows)
    days, odd, said = _days(rows["arrived"][first])
    last = np.nanmax(np.concatenate([rows["arrived"], rows["answered"], rows["left"]]))
    return Prepared(
        log, rows, names, first, ended, outcome, days, odd, float(rows["arrived"][0]), float(last), (*warnings, *said)
    )


def _of_queues(log: CallLog, queues: Sequence[str] | None) -> tuple[npt.NDArray[np.void], tuple[str, ...]]:
    if queues is None:
        used = np.unique(log.calls["queue"])
        used = used[used >= 0]
        names = tuple(log.queues[at] for at in used)
    else:
        names = tuple(one_of("queue", name, log.queues) for name in dict.fromkeys(_listed(queues)))
        used = np.array([log.queues.index(name) for name in names], np.int64)
    rows = log.calls[np.isin(log.calls["queue"], used)].copy()
    place = np.zeros(max(len(log.queues), 1), np.int32)
    place[used] = np.arange(len(used))
    rows["queue"] = place[rows["queue"]]
    return rows, names


def _listed(queues: Any) -> Sequence[str]:
    return [queues] if isinstance(queues, str) else list(queues)


def _legs(rows: npt.NDArray[np.void]) -> tuple[Flags, Floats, npt.NDArray[np.int8]]:
    """Find the later legs of transferred calls, and give first legs the end and the outcome of the whole call."""
    first, ended, outcome = np.ones(len(rows), bool), rows["left"].astype(np.float64), rows["outcome"].astype(np.int8)
    passed_on = np.flatnonzero((outcome == Outcome.TRANSFERRED) & (rows["caller"] >= 0) & ~np.isnan(ended))
    if not len(passed_on):
        return first, ended, outcome
    order = np.lexsort((rows["arrived"], rows["caller"]))
    after = np.full(len(rows), -1, np.int64)
    same = rows["caller"][order[:-1]] == rows["caller"][order[1:]]
    after[order[:-1][same]] = order[1:][same]
    for row in passed_on[::-1]:
        leg = int(after[row])
        if leg >= 0 and -1e-6 <= rows["arrived"][leg] - rows["left"][row] <= SAME_CALL:
            first[leg], ended[row], outcome[row] = False, ended[leg], outcome[leg]
    return first, ended, outcome


def _days(arrived: Floats) -> tuple[Whole, tuple[int, ...], list[str]]:
    """Return the days that count, those left out, and why."""
    if arrived[-1] - arrived[0] > _LONGEST:
        years = (arrived[-1] - arrived[0]) / (365.25 * DAY)
        raise ValueError(f"the log goes over {years:,.0f} years: one of its dates has to be wrong")
    day = np.floor(arrived / DAY).astype(np.int64)
    span = np.arange(day[0], day[-1] + 1)
    totals = np.bincount(day - day[0], minlength=len(span))
    ordinary = _ordinary(span, totals)
    warnings = []
    if not ordinary.all():
        those = ", ".join(f"day {at + 1} ({totals[at]:,} calls)" for at in np.flatnonzero(~ordinary)[:8])
        more = " ..." * bool((~ordinary).sum() > 8)
        warnings.append(
            f"{int((~ordinary).sum())} of {len(span)} days have fewer than a third or more than three times the calls "
            f"usual on their weekday, and were left out of profile, volume and busyness: {those}{more}"
        )
    for at, said in ((0, "first"), (len(span) - 1, "last")):
        if ordinary[at] and len(span) > 7 and _cut_off(arrived, day, span, ordinary, at):
            ordinary[at] = False
            warnings.append(f"the log's {said} day is not whole: left out of profile, volume and busyness")
    kept = span[ordinary] if ordinary.any() else span
    return kept, tuple(span[~ordinary].tolist()), warnings


def _ordinary(span: Whole, totals: Whole) -> Flags:
    """Say which days have about as many calls as is usual on their weekday; all, where a weekday is there but twice."""
    ordinary = np.ones(len(span), bool)
    for weekday in range(7):
        these = span % 7 == weekday
        busy = totals[these & (totals > 0)]  # a weekday that is closed has a single call now and then, or none
        median = float(np.median(busy)) if len(busy) else 0.0
        far = np.abs(totals - median) > _BY_CHANCE * math.sqrt(max(median, 1.0))
        odd = (totals < USUAL[0] * median) | (totals > USUAL[1] * median)
        if these.sum() > 2:
            ordinary[these & far & odd] = False
    return ordinary


def _cut_off(arrived: Floats, day: Whole, span: Whole, ordinary: Flags, at: int) -> bool:
    """Say whether the log begins or ends in the middle of a day: as many calls are missing as never by chance."""
    mine = arrived[day == span[at]] % DAY
    alike = np.flatnonzero((span % 7 == span[at] % 7) & ordinary & (np.arange(len(span)) != at))
    if not len(alike) or not len(mine):
        return False
    others = np.isin(day, span[alike])
    missed = (arrived[others] % DAY < mine.min()) if at == 0 else (arrived[others] % DAY > mine.max())
    return bool(missed.sum() / len(alike) > _EXPECTED)


def _holes(halves: Whole) -> list[range]:
    """Return the half-hours of a day between calls, of which more calls are usual than may be missing by chance."""
    usual = len(halves) / len(np.unique(halves))
    between = [range(int(low) + 1, int(high)) for low, high in itertools.pairwise(np.unique(halves))]
    return [hole for hole in between if len(hole) >= _HOLE and len(hole) * usual > _EXPECTED]


def opened(prepared: Prepared) -> Flags:
    """Say of each quarter of an hour of the week whether the line was open.

    It was from each weekday's first call to its last, in whole half-hours, but for an hour or more without a call that
    is not empty by chance: of a line that closes after midnight, or at noon.
    """
    halves = np.floor(prepared.arrived[prepared.first] % (7 * DAY) / HALF_HOUR).astype(np.int64)
    day, half = np.divmod(halves, HALVES_A_DAY)
    result = np.zeros(7 * HALVES_A_DAY, bool)
    for weekday in np.unique(day):
        mine = half[day == weekday]
        result[weekday * HALVES_A_DAY + mine.min() : weekday * HALVES_A_DAY + mine.max() + 1] = True
        for hole in _holes(np.sort(mine)):
            result[weekday * HALVES_A_DAY + hole.start : weekday * HALVES_A_DAY + hole.stop] = False
    return np.repeat(result, HALF_HOUR // SLOT)
