"""`fit`: from a log of calls to values, each with what it was fitted to, how, of how many, and how surely."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.asked import AMOUNT, SIZE, numbers
from sim.bars import Progress, Shown, given, shows_progress
from sim.data.call_log import CallLog, Outcome
from sim.fitting.again import Followed, next_calls, repeats
from sim.fitting.arrivals import INTERVALS, Arrivals, arrivals
from sim.fitting.fitted import Fitted
from sim.fitting.found import UNKNOWN, Floats, Found, Whole, around, share
from sim.fitting.laws import FEWEST, Durations, LawFit, all_equal, fitted
from sim.fitting.moved import moved
from sim.fitting.parts import Callers, Parts, Queue, Waits
from sim.fitting.patience import (
    at_once,
    beside,
    exponential_mean,
    hazards,
    kaplan_meier,
)
from sim.fitting.prepared import (
    Flags,
    Prepared,
    opened,
    prepare,
)
from sim.fitting.redials import redials, told
from sim.fitting.speeds import spread
from sim.fitting.staff import seen
from sim.fitting.stretches import stretches
from sim.fitting.told import interval
from sim.fitting.values import AFTER
from sim.quoting import short
from sim.units import DAY

REPEATS = (1, 7, 30)
"""Days within which repeats are counted."""
_PATIENCE = ("exponential", "weibull")
_WHOLE_DAYS = 14
"""Days that have to be left where the first ones are not counted."""
_HALF_A_SECOND = 0.5 / 60.0
"""Of times cut to the second a second at most is seen where a second and a half has passed, on average at the edge."""
_TO_TELL_HOURS = 500
"""Calls of a queue from which on they tell its hours."""
_AFTERWARDS = 120.0
"""Minutes of after-call work beyond which a log's figure is taken for a pause."""


@shows_progress("fit", unit="steps")
def fit(
    log: CallLog,
    *,
    queues: Sequence[str] | str | None = None,
    interval: int = 30,
    short_service: float = 1.0 / 6.0,
    at_once_within: float = 1.0 / 60.0,
    same_problem: float = 7 * DAY,
    progress: Shown = None,
) -> Fitted:
    """Fit what a log of calls tells.

    Parameters
    ----------
    log : CallLog
        As `sim.call_log` and `sim.queue_log` read.
    queues : sequence of str, optional
        Only these.
    interval : int
        Minutes of an interval of the profile: 15, 30 or 60.
    short_service : float
        Services shorter than this (min) are taken for hang-ups of the agent, counted, and left out of the talk.
    at_once_within : float
        Who hangs up within this time (min) has not waited at all.
    same_problem : float
        A call by the same caller within this time (min) of the last is about the same problem.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told the steps done and those to do.

    Returns
    -------
    Fitted

    Raises
    ------
    ValueError
        With everything that was asked wrongly, or why nothing can be fitted.
    """
    short_service, at_once_within, same_problem = numbers(
        short_service=(short_service, AMOUNT),
        at_once_within=(at_once_within, AMOUNT),
        same_problem=(same_problem, SIZE),
    )
    if interval not in INTERVALS:
        raise ValueError(f"interval is {short(repr(interval))}: it has to be 15, 30 or 60 minutes")
    calls = prepare(log, queues)
    steps = _Steps(len(calls.queues) + 4, given(progress))
    callers = steps.done(_callers(calls, same_problem, short_service))
    volume = steps.done(_volume(calls, callers, interval))
    waits = steps.done(_waits(calls, np.ones(len(calls.rows), bool), at_once_within))
    begins = calls.first & callers.begins
    every = range(len(calls.queues))
    each = tuple(steps.done(_queue(calls, begins, at, short_service, at_once_within)) for at in every)
    at_work = steps.done(_staff(calls))
    parts = Parts(calls, interval, volume, waits, each, callers, at_work, opened(calls))
    warnings = (*log.warnings, *calls.warnings, *_missing(calls, callers, volume, waits, each), *_doubts(parts))
    return Fitted(parts, warnings, _left_out(calls, short_service))


class _Steps:
    """Steps that are told when they are done."""

    def __init__(self, many: int, progress: Progress | None) -> None:
        self._done, self._many, self._progress = 0, many, progress

    def done(self, what: Any) -> Any:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._many)
        return what


def _volume(calls: Prepared, callers: Callers, interval: int) -> Arrivals:
    """Fit the arrivals of first calls: where callers are not known, of all."""
    first, days = calls.first, calls.days
    if not callers.first_share.n:
        return arrivals(calls.arrived[first], days, interval)
    begins = first & callers.begins
    later = days[days * DAY >= calls.begin + callers.within]
    days = later if len(later) >= _WHOLE_DAYS else days  # before them the log may hide the first call about a problem
    kept = np.isin(np.floor(calls.arrived / DAY).astype(np.int64), days)
    found = arrivals(calls.arrived[begins], days, interval)
    some = float((begins & kept).sum())
    return found.scaled(callers.first_share.value * float((first & kept).sum()) / some) if some else found


def _waits(calls: Prepared, these: Flags, within: float) -> Waits:
    """Fit patience to the waits of some rows."""
    wait, hung_up, waited = calls.wait(), calls.hung_up() & these, calls.waited() & these
    left, others = wait[hung_up], wait[waited & ~hung_up]
    balking = at_once(left, others, within)
    edge = within + (_HALF_A_SECOND if calls.whole_seconds() else 0.0)
    left, others = left[left > within], others[others > within]
    laws: tuple[LawFit, ...] = ()
    if len(left) >= FEWEST and not all_equal(left):
        laws = fitted(Durations.of(left, others, over=edge), _PATIENCE)
    if laws:
        balking = beside(balking, float(1.0 - laws[0].survival(edge)))
    return Waits(
        left,
        others,
        balking,
        exponential_mean(left - edge, others - edge),
        laws,
        kaplan_meier(left, others),
        hazards(left, others),
    )


def _queue(calls: Prepared, begins: Flags, at: int, short_service: float, within: float) -> Queue:
    mine = calls.rows["queue"] == at
    talks, agents, over = _talks(calls, mine, short_service)
    laws: tuple[LawFit, ...] = ()
    if len(talks) >= FEWEST and not all_equal(talks):
        laws = fitted(Durations.of(talks, whose=agents, over=over))
    known = agents >= 0
    speed = spread(talks[known], agents[known]) if known.any() else spread([], [])
    answered = calls.answered() & mine
    passed_on = calls.rows["outcome"][answered] == Outcome.TRANSFERRED
    services = calls.talked()[answered & ~np.isnan(calls.rows["left"])]
    return Queue(
        calls.queues[at],
        int(mine.sum()),
        share(calls.rows["queue"][begins] == at),
        talks,
        laws,
        speed.between,
        speed.within,
        *_after_call(calls, answered),
        share(services < short_service),
        share(passed_on, calls.rows["agent"][answered]) if answered.any() else UNKNOWN,
        _passed_to(calls, at),
        _waits(calls, mine, within),
    )


def _talks(calls: Prepared, mine: Flags, short_service: float) -> tuple[Any, Any, float]:
    """Return the talks that came to their end, whose they were, and above what they were kept."""
    ended = mine & (calls.rows["outcome"] == Outcome.ANSWERED) & ~np.isnan(calls.talked())
    talk, agent = calls.talked()[ended], calls.rows["agent"][ended]
    kept = (talk >= short_service) & (talk > 0.0)
    return talk[kept], agent[kept].astype(np.int64), short_service


def _after_call(calls: Prepared, answered: Flags) -> tuple[Found, Found, tuple[LawFit, ...]]:
    """Return the mean after-call work, the share of calls without any, and the laws fitted to the others."""
    work = calls.rows["after_call"][answered]
    work = work[~np.isnan(work) & (work <= _AFTERWARDS)]
    if len(work) < 2:
        return UNKNOWN, UNKNOWN, ()
    some = work[work > 0.0]
    laws = fitted(Durations.of(some)) if len(some) >= FEWEST and not all_equal(some) else ()
    mean = around(float(work.mean()), float(work.std(ddof=1)) / math.sqrt(len(work)), len(work))
    return mean, share(work <= 0.0), laws


def _passed_to(calls: Prepared, at: int) -> dict[str, int]:
    """Return to which queues calls were transferred, and how often, as far as the log shows the next leg."""
    rows = calls.rows
    order = np.lexsort((rows["arrived"], rows["caller"]))
    this, after = order[:-1], order[1:]
    legs = ~calls.first[after] & (rows["queue"][this] == at) & (rows["outcome"][this] == Outcome.TRANSFERRED)
    targets, many = np.unique(rows["queue"][after[legs]], return_counts=True)
    return {calls.queues[target]: int(count) for target, count in zip(targets, many, strict=True)}


def _callers(calls: Prepared, within: float, short_service: float) -> Callers:
    """Follow callers from call to call."""
    first, rows = calls.first, calls.rows[calls.first]
    caller, arrived, ended = rows["caller"], rows["arrived"], calls.ended[first]
    gap, following = next_calls(caller, arrived, ended)
    ended = np.where(np.isnan(ended), arrived, ended)
    known = caller >= 0
    if not known.any():
        return Callers.unknown(len(calls.rows), within)
    followed = _followed(calls, gap, ended, caller.astype(np.int64), within)
    outcome, talk = calls.outcome[first], calls.talked()[first]
    hung_up_on = known & ~np.isnan(talk) & (talk < short_service)
    served = known & np.isin(outcome, (Outcome.ANSWERED, Outcome.TRANSFERRED)) & ~hung_up_on
    groups = {
        "abandoned": known & (outcome == Outcome.ABANDONED),
        "served": served,
        "cut": hung_up_on & (outcome == Outcome.ANSWERED),
        "dismissed": known & np.isin(outcome, (Outcome.TURNED_AWAY, Outcome.TIMED_OUT)),
        "blocked": known & (outcome == Outcome.BLOCKED),
    }
    begins = np.ones(len(rows), bool)
    begins[following[(following >= 0) & (gap <= within)]] = False
    settled = known & (arrived - calls.begin >= within)  # before them the log may hide an earlier call
    settled = settled if settled.sum() >= FEWEST else known
    always = repeats(followed.only(served), within / DAY)
    seen_again = {days: repeats(followed.only(served), float(days)) for days in REPEATS}
    laws = {name: redials(followed.only(these)) for name, these in groups.items()}
    law = told(laws["served"])
    ever = always if law is None else law.share
    if not begins[settled].any() or (ever.n >= FEWEST and ever.value == 1.0):  # problems are not told apart
        return replace(Callers.unknown(len(calls.rows), within), known=share(known), repeats=seen_again)
    whole = np.ones(len(calls.rows), bool)
    whole[np.flatnonzero(first)] = begins & known
    sure = [(followed.only(groups[name]), law) for name in groups if (law := told(laws[name])) is not None]
    return Callers(
        share(known),
        share(begins[settled], caller[settled]),
        whole,
        laws,
        moved(sure),
        {name: int(these.sum()) for name, these in groups.items()},
        {name: repeats(followed.only(these), within / DAY) for name, these in groups.items()},
        seen_again,
        within,
    )


def _followed(calls: Prepared, gap: Floats, ended: Floats, caller: Whole, within: float) -> Followed:
    """Follow calls up to what comes next, each by the hours of its queue: of all, where a queue has few calls."""
    queue, usual = calls.rows["queue"][calls.first], stretches(calls)
    parts, places = [], []
    for at in np.unique(queue):
        its = queue == at
        own = replace(calls, first=calls.first & (calls.rows["queue"] == at))
        hours = usual if its.all() or its.sum() < _TO_TELL_HOURS else stretches(own)
        parts.append(Followed.of(gap[its], ended[its], caller[its], end=calls.end, within=within, stretches=hours))
        places.append(np.flatnonzero(its))
    return Followed.together(parts, np.argsort(np.concatenate(places)))


def _staff(calls: Prepared) -> Any:
    rows = calls.rows
    used = calls.answered() & ~np.isnan(rows["left"])
    after = np.nan_to_num(rows["after_call"][used])
    after = np.where(after <= _AFTERWARDS, after, 0.0)
    return seen(
        rows["agent"][used], rows["queue"][used], rows["answered"][used], rows["left"][used] + after,
        len(calls.queues), calls.days,
    )  # fmt: skip


def _left_out(calls: Prepared, short_service: float) -> dict[str, int]:
    """Count what was left out of something, by what and why."""
    rows, talk = calls.rows, calls.talked()
    answered = calls.answered()
    counted = {
        **{f"{what} (reading)": many for what, many in calls.log.left_out.items()},
        "calls of other queues": len(calls.log) - len(rows),
        "answered calls without an end (not in the talk)": int((answered & np.isnan(rows["left"])).sum()),
        f"services under {short_service * 60:g} s (not in the talk)": int((talk < short_service).sum()),
        "transferred services (not in the talk)": int((rows["outcome"] == Outcome.TRANSFERRED).sum()),
        "hang-ups without a time (not in the patience)": int(
            ((rows["outcome"] == Outcome.ABANDONED) & np.isnan(rows["left"])).sum()
        ),
        "after-call work over 2 h, taken for a pause": int((rows["after_call"] > _AFTERWARDS).sum()),
        "calls of callers unknown (not followed)": int((rows["caller"][calls.first] < 0).sum()),
        "answered calls without an agent (not in speed and staff)": int((answered & (rows["agent"] < 0)).sum()),
    }
    return {what: many for what, many in counted.items() if many}


def _missing(
    calls: Prepared, callers: Callers, volume: Arrivals, waits: Waits, queues: Sequence[Queue]
) -> Iterator[str]:
    """Yield what the log does not tell, and what would."""
    whole = len(calls.days)
    if whole < 7:
        yield (
            f"the log has {whole} {'day' if whole == 1 else 'days'}: the weekdays it lacks are taken to be like those "
            "it has; a week at least tells them apart, and four tell how much days differ"
        )
    elif math.isnan(volume.busyness_day.value):
        yield "the log has no weekday twice: how much days differ in busyness is not told"
    if not len(waits.hung_up):
        more = f"; with 95 % confidence its mean is above {waits.mean.low:,.3g} min" if waits.mean.low > 0.0 else ""
        yield f"nobody hung up while waiting: patience is not told{more}"
    elif not waits.laws:
        many = len(waits.hung_up)
        why = f"too few to choose a law of patience ({FEWEST})" if many < FEWEST else "all after the same, of no law"
        yield f"{many} callers hung up after a wait: {why}"
    if not calls.answered().any():
        yield "no call was answered: talk, speed, after-call work and staff are not told"
    for queue in queues:
        if calls.answered().any() and not queue.laws:
            yield f"queue {short(queue.name)} {_no_law_of(queue)}"
    if calls.answered().any() and not (calls.rows["agent"][calls.answered()] >= 0).any():
        yield "the log names no agents: their speeds and the staff at work are not told"
    if not callers.known.value > 0.0:
        yield "the log names no callers: redials and repeats are not told, and each call stands for a problem"
    elif not callers.first_share.n:
        yield (
            f"every caller calls again, within {callers.within / DAY:g} days or by the law of the gap: "
            "problems are not told apart, and each call stands for one"
        )
    elif callers.known.value < 0.5:
        yield f"only {callers.known.value:.0%} of the calls name their caller: redials and repeats are those of these"


def _doubts(parts: Parts) -> Iterator[str]:
    """Yield what was fitted and is not to be trusted, and what is written in its place."""
    callers = parts.callers
    for after, words in AFTER.items():
        if callers.doubt(after):
            seen = callers.shares[after]
            days = f"{callers.within / DAY:g} days"
            known = f"{interval(seen)} of {seen.n:,} called again within {days}" if seen.n else f"it has no {days}"
            yield (
                f"how many call again after {words}, and after which gap, the log does not tell by a law, for "
                f"{callers.doubt(after)}; what it has: {known}"
            )
    if callers.moved is not None and not callers.moved.is_near():
        yield (
            f"how long after the opening those come who had meant to call before it is near to no law (KS distance "
            f"{callers.moved.distance:.3f}): base's is left; shares and gaps do not rest on it"
        )
    if parts.more_after_a_service():
        again, persistence = callers.again("served"), callers.again("abandoned")
        yield (
            f"more call again after a service ({interval(again)}) than after an abandoned call "
            f"({interval(persistence)}): what services solve is not told by who calls again"
        )


def _no_law_of(queue: Queue) -> str:
    """Say why no law was fitted to a queue's talks."""
    many = len(queue.talks)
    if many < FEWEST:
        return f"has {many} talks to fit a law to: {FEWEST} at least, not all equal"
    return f"has {many:,} talks, all of {queue.talks.mean():,.3g} min: taken for all, without a spread"
