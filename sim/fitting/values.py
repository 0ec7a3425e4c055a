"""What was fitted, value by value: name, number, interval, of how many, and how."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.fitting.found import Found
from sim.fitting.laws import LawFit
from sim.fitting.parts import Callers, Parts, Queue, Waits
from sim.units import DAYS

AFTER = {
    "abandoned": "an abandoned call",
    "served": "a service",
    "cut": "an agent's hang-up",
    "dismissed": "being turned away",
    "blocked": "a busy line",
}
"""After what callers call again, in words."""


class Value(NamedTuple):
    """One fitted value.

    Attributes
    ----------
    name : str
        Such as ``patience.mean``.
    queue : str
        Of which queue; empty: of all.
    found : Found
        The number, its interval, its standard error, and of how many it is.
    unit : str
        min, share, calls a day, cv; empty for a plain number.
    method : str
        How it was estimated.
    goodness : str
        How well it fits; may be empty.
    """

    name: str
    queue: str
    found: Found
    unit: str
    method: str
    goodness: str = ""


def values_of(parts: Parts) -> tuple[Value, ...]:
    """Return all values that the log told, in the order of a call's life."""
    listed = [*_arrivals(parts), *_waits(parts.waits, ""), *_callers(parts.callers), *_solved(parts)]
    alone = len(parts.queues) == 1
    for queue in parts.queues:
        listed += _queue(queue, alone=alone)
    return tuple(value for value in listed if not math.isnan(value.found.value))


def _arrivals(parts: Parts) -> Iterator[Value]:
    found = parts.arrivals
    what = "first calls" if parts.callers.first_share.n else "calls"
    yield Value("problems_per_day", "", found.per_day, f"{what} a day", "mean of the weekdays' means")
    for day, one in zip(DAYS, found.by_weekday, strict=True):
        yield Value(f"problems_{day}", "", one, f"{what} a day", "mean of its days")
    pearson = "Pearson's statistic equal to its degrees of freedom (Breslow 1984)"
    yield Value("busyness_day.seen", "", found.raw_busyness_day, "shape", pearson)
    yield Value("busyness_day", "", found.busyness_day, "shape", "the same, the intervals' factor taken out")
    moments = "moments, given the day's total; by day"
    yield Value("busyness_interval", "", found.busyness_interval, "shape", moments)
    yield Value("correlation.days", "", found.correlation_days, "correlation", "of days in a row, weekday taken out")
    yield Value("correlation.intervals", "", found.correlation_intervals, "correlation", moments)


def _waits(waits: Waits, queue: str) -> Iterator[Value]:
    yield Value(
        "balking",
        queue,
        waits.balking,
        "share",
        "hang-ups at once over those not answered at once, those of the law taken out (Wilson)",
    )
    if not len(waits.hung_up):
        return
    yield Value("patience.mean", queue, waits.mean, "min", "minutes waited over hang-ups (Garwood 1936)")
    yield from _laws("patience", queue, waits.laws, "likelihood, answered waits cut short")
    for seconds in (30, 60, 180, 300, 600):
        if waits.survival.at.size and seconds / 60.0 <= waits.survival.at[-1]:
            left = waits.survival.beyond(seconds / 60.0)
            yield Value(f"patience.over_{seconds}s", queue, left, "share", "Kaplan and Meier, Greenwood's interval")
    for band in waits.hazards:
        if band.hazard.n:
            name = f"patience.hazard_{band.low}_{band.high}s"
            yield Value(name, queue, band.hazard, "a minute", "hang-ups over minutes waited in the band")


def _laws(what: str, queue: str, laws: Sequence[LawFit], method: str) -> Iterator[Value]:
    """Yield the parameters of each law, and by how much it is worse than the best."""
    for law in laws:
        behind = law.aic - laws[0].aic
        chosen = "chosen" if law is laws[0] else f"AIC {behind:,.1f} more"
        for name, found in law.parameters.items():
            goodness = f"{chosen}, KS distance {law.distance:.3f}"
            unit = {"mean": "min", "scale": "min", "cv": "cv"}.get(name, name)
            yield Value(f"{what}.{law.law}.{name}", queue, found, unit, f"maximum {method}", goodness)


def _callers(callers: Callers) -> Iterator[Value]:
    yield Value("callers.known", "", callers.known, "share", "calls that name their caller (Wilson)")
    days = callers.within / 1440.0
    linked = f"no earlier call of the same caller in {days:g} days (Wilson, callers as groups)"
    yield Value("callers.first", "", callers.first_share, "share", linked)
    for after, words in AFTER.items():
        redial = callers.best(after)
        if redial is not None:
            method = f"likelihood, those who never would, closed hours and the log's end in it; after {words}"
            goodness = f"{redial.again:,} came again"
            yield Value(f"again.{after}.share", "", redial.share, "share", method, goodness)
            yield Value(f"again.{after}.gap.mean", "", redial.mean, "min", method, redial.law)
            if redial.law == "lognormal":
                yield Value(f"again.{after}.gap.cv", "", redial.cv, "cv", method, redial.law)
    if callers.moved is not None and callers.moved.is_near():
        said = "likelihood, from the opening to calls meant for a closed time, given the laws of the gaps"
        goodness = f"{callers.moved.law}, KS distance {callers.moved.distance:.3f}"
        yield Value(
            "moved.mean",
            "",
            callers.moved.mean,
            "min",
            said,
            f"{callers.moved.law}, KS distance {callers.moved.distance:.3f}",
        )
    for after, words in AFTER.items():
        if after in callers.shares and callers.shares[after].n:
            said = f"{days:g} whole days after {words} (Wilson, callers as groups)"
            yield Value(f"again.{after}.in_{days:g}d", "", callers.shares[after], "share", said)
    for within, found in callers.repeats.items():
        whole = f"served calls with {within} whole days after them (Wilson, callers as groups)"
        yield Value(f"repeats_{within}d", "", found, "share", whole)


def _solved(parts: Parts) -> Iterator[Value]:
    said = (
        "1 - share again after a service over share again after an abandoned call; variance estimates recovery (Donner "
        "and Zou 2012)"
    )
    yield Value("solve", "", parts.solved(), "share", said)


def _queue(queue: Queue, *, alone: bool) -> Iterator[Value]:
    name = queue.name
    yield Value("share", name, queue.share, "share", "of first calls about a problem (Wilson)")
    yield from _laws("talk", name, queue.laws, "likelihood, agents as groups")
    spread = "variance component of the logarithms (Thomas and Hultquist 1978)"
    yield Value("speed_cv", name, queue.speed, "cv", spread, f"{queue.speed.n} agents" if queue.speed.n else "")
    yield Value("talk.within_agent_cv", name, queue.within, "cv", "of the logarithms within agents")
    yield Value("short_services", name, queue.short_services, "share", "services shorter than the threshold (Wilson)")
    yield Value("after_call.mean", name, queue.after_call, "min", "mean")
    yield Value("after_call.none", name, queue.no_after_call, "share", "calls without any (Wilson)")
    yield from _laws("after_call", name, queue.after_call_laws, "likelihood")
    passed = ", ".join(f"{many:,} to {target}" for target, many in queue.passed_to.items())
    yield Value("transferred", name, queue.transferred, "share", "of answered rows (Wilson, agents as groups)", passed)
    if not alone:
        yield from _waits(queue.waits, name)
