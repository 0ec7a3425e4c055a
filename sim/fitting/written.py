"""A world written of what was fitted: each value with what it was fitted to, the others marked as guesses."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sim.fitting.arrivals import Arrivals
from sim.fitting.found import Found
from sim.fitting.lines import GUESS, LARGEST_CV, beyond, key, law_of, lognormal, minutes, remark, said, text
from sim.fitting.parts import Parts
from sim.fitting.redials import Redial
from sim.fitting.told import interval, named, number
from sim.fitting.written_teams import forget, paths, team, teams_of
from sim.quoting import short
from sim.units import DAYS, hours_of_slots

_GAPS = {
    "abandoned": "after_abandoned",
    "served": "after_unsolved",
    "cut": "after_cut",
    "dismissed": "after_dismissed",
    "blocked": "after_blocked",
}


def toml_of(parts: Parts, *, of: str, about: str) -> str:
    """Return a fitted world as a file that extends base.

    Parameters
    ----------
    of : str
        What the log is called.
    about : str
        The line that says what this world is.
    """
    names = teams_of(parts)
    lines = [*_head(parts, of), "", f"about = {text(about)}", 'extends = "base"', ""]
    lines += [*_population(parts), "", *_profile(parts), "", *_reasons(parts, names), "", *_again(parts), ""]
    lines += [*_line(parts, names), ""]
    for queue, name in zip(parts.queues, names, strict=True):
        lines += [*team(parts, queue, name), ""]
    lines += [*paths(parts, names), *_levers()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(parts: Parts, of: str) -> Iterator[str]:
    calls = parts.calls
    days = len(calls.days) + len(calls.odd)
    queues = "1 queue" if len(parts.queues) == 1 else f"{len(parts.queues)} queues"
    queues = "1 queue" if len(parts.queues) == 1 else f"{len(parts.queues)} queues"
    words = (
        f"Fitted to {short(of, 80)}: {int(calls.first.sum()):,} calls of {queues} on {days:,} days{_dates(parts)}. "
        "Each value says what it was fitted to, with its 95 % interval; "
        f'"{GUESS}" marks what has to come from elsewhere, and all that is not here is as in the world base.'
    )
    yield from remark(words)


def _dates(parts: Parts) -> str:
    from datetime import timedelta

    monday = parts.calls.log.first_monday
    if monday is None:
        return ""
    ends = [monday + timedelta(days=int(instant // 1440)) for instant in (parts.calls.begin, parts.calls.end)]
    return f", {ends[0]:%d %B %Y} to {ends[1]:%d %B %Y}"


def _population(parts: Parts) -> Iterator[str]:
    found, waits = parts.arrivals, parts.waits
    what = "calls" if not parts.callers.first_share.n else "first calls about a problem"
    days = f"{found.per_day.n:,} days"
    yield "[population]"
    yield from said(
        "problems_per_day", number(found.per_day.value), f"{what}, {days}: {interval(found.per_day)}; mean of the week"
    )
    yield from _shape("busyness_day", found.busyness_day, f"Gamma shape of the days' factor, {days}")
    cells = f"Gamma shape of the intervals' factor, given the day's total, {days}"
    yield from _shape("busyness_interval", found.busyness_interval, cells)
    yield from _correlations(found)
    yield from said("work", "1.0", f"{GUESS}: how the spread splits; all of it stands in handling")
    yield from _handling(parts)
    yield from _patience(parts)
    if waits.laws:
        yield from said("temper_cv", "0.0", GUESS)
    yield from said("awake", '"mon-sun 00:00-24:00"', "calls come when they came")
    yield from _moved(parts)


def _moved(parts: Parts) -> Iterator[str]:
    """Write how long after the opening those come who had meant to call before it, where the log tells."""
    found = parts.callers.moved
    if found is None or not found.is_near():
        return
    law = f'mean = "{minutes(found.mean.value)}"'
    if found.law == "uniform":
        law = f'low = "0 min", high = "{minutes(2.0 * found.mean.value)}"'
    yield from said(
        "moved", f'{{ law = "{found.law}", {law} }}',
        f"{found.n:,} calls again with a closing before them, those meant for when they came among them: {found.law}, "
        f"the better by AIC of two, KS distance {found.distance:.3f}; mean {interval(found.mean)} min",
    )  # fmt: skip


def _shape(name: str, found: Found, what: str) -> Iterator[str]:
    if math.isnan(found.value):
        yield from said(name, '"none"', f"{GUESS}: it takes two days of a weekday")
    elif math.isinf(found.value) or found.value > 1e6:
        yield from said(name, '"none"', f"{what}: no more spread than Poisson's (shape above {number(found.low)})")
    else:
        yield from said(name, number(max(found.value, 0.0101)), f"{what}: {interval(found)}")


def _correlations(found: Arrivals) -> Iterator[str]:
    """Write how busy days and intervals follow one another: of totals freed of Poisson's part, and of factors."""
    days, shape = found.correlation_days, found.busyness_day.value
    if math.isfinite(days.value) and 0.0 < shape <= 1e6:
        freed = days.value * (1.0 + shape / found.per_day.value)
        of = f"of the days' totals {interval(days)}, Poisson's part of their variance taken out"
        yield from said("busyness_day_correlation", number(_within(freed)), of)
    intervals, shape = found.correlation_intervals, found.busyness_interval.value
    if math.isfinite(intervals.value) and 0.0 < shape <= 1e6:
        of = f"of neighbouring intervals' factors: {interval(intervals)}"
        yield from said("busyness_interval_correlation", number(_within(intervals.value)), of)


def _within(correlation: float) -> float:
    return min(max(correlation, -0.99), 0.99)


def _handling(parts: Parts) -> Iterator[str]:
    fit = [queue for queue in parts.queues if queue.laws]
    fixed = [queue for queue in parts.queues if queue.is_fixed()]
    if not fit and fixed:
        queue = max(fixed, key=lambda one: len(one.talks))
        yield from said("handling", "1.0", f"all {len(queue.talks):,} talks of {short(queue.name)} are equal")
        return
    if not fit:
        yield from said("handling", '{ law = "lognormal", mean = 1.0, cv = 1.2 }', f"{GUESS}: Brown et al. 2005")
        return
    queue = max(fit, key=lambda one: len(one.talks))
    law, cv = queue.laws[0], queue.handling_cv()
    others = f", the largest of {len(fit)} queues" if len(fit) > 1 else ""
    less = f", the agents' own spread taken out of {number(law.cv.value)}" if queue.speed.value > 0.0 else ""
    yield from said(
        "handling",
        _of_mean_one(law.law, cv.value),
        f"shape of {len(queue.talks):,} talks of {short(queue.name)}{others}: {named(law.law)}, best by AIC of "
        f"{len(queue.laws)}, KS distance {law.distance:.3f}; cv {interval(cv)}{less}",
    )


def _of_mean_one(law: str, cv: float) -> str:
    """Write the law of mean one and this coefficient of variation."""
    cv = min(max(cv, 0.01), LARGEST_CV)
    if law == "lognormal":
        return f'{{ law = "lognormal", mean = 1.0, cv = {number(cv)} }}'
    if law == "weibull":
        scale, shape = _weibull(cv)
        return f'{{ law = "weibull", scale = {scale:.9f}, shape = {shape!r} }}'
    if law == "erlang" and round(1.0 / cv**2) >= 1:
        return f'{{ law = "erlang", mean = 1.0, stages = {min(round(1.0 / cv**2), 10_000)} }}'
    if law == "exponential" and abs(cv - 1.0) < 1e-3:
        return '{ law = "exponential", mean = 1.0 }'
    return f'{{ law = "gamma", mean = 1.0, shape = {number(max(1.0 / cv**2, 0.0101))} }}'


def _weibull(cv: float) -> tuple[float, float]:
    """Return scale and shape of the Weibull law of mean one."""
    from scipy import optimize

    def over(log_shape: float) -> float:
        shape = math.exp(log_shape)
        return math.lgamma(1.0 + 2.0 / shape) - 2.0 * math.lgamma(1.0 + 1.0 / shape) - math.log1p(cv * cv)

    shape = round(math.exp(float(optimize.brentq(over, math.log(0.1), math.log(99.0)))), 4)
    return 1.0 / math.gamma(1.0 + 1.0 / shape), shape


def _patience(parts: Parts) -> Iterator[str]:
    waits = parts.waits
    many = f"{len(waits.hung_up):,} hang-ups, {len(waits.others):,} waits cut short by an answer"
    if not len(waits.hung_up):
        yield from said(
            "patience", '{ law = "exponential", mean = "8 min" }', f"{GUESS}: nobody hung up ({many}); base's"
        )
        return
    if not waits.laws:
        mean = min(max(waits.mean.value, 1e-3), 1e6)
        found = f"minutes waited over hang-ups, {interval(waits.mean)} min"
        held = f"; a world has {number(mean)} min here" if mean != waits.mean.value else ""
        yield from said(
            "patience", f'{{ law = "exponential", mean = "{minutes(mean)}" }}',
            f"{many}: too few or too alike to choose a law; {found}{held}",
        )  # fmt: skip
        return
    law = waits.laws[0]
    told = ", ".join(f"{name} {interval(found)}" for name, found in law.parameters.items())
    yield from said(
        "patience", law_of(law),
        f"{many}: {named(law.law)}, the better by AIC, censored likelihood, KS distance from Kaplan-Meier "
        f"{law.distance:.3f}; {told}{beyond(law.mean.value, law.cv.value if law.law == 'lognormal' else 0.0)}",
    )  # fmt: skip


def _profile(parts: Parts) -> Iterator[str]:
    found = parts.arrivals
    there = [one for one in found.by_weekday if one.n]
    usual = sum(one.value for one in there) / len(there)
    weights = [number(one.value / usual) if one.n else "1.0" for one in found.by_weekday]
    missing = [day for day, one in zip(DAYS, found.by_weekday, strict=True) if not one.n]
    days = "means of " + ", ".join(f"{one.n} {day}" for day, one in zip(DAYS, found.by_weekday, strict=True) if one.n)
    lacks = f"; {', '.join(missing)}: {GUESS}, as the others" if missing else ""
    yield "[population.profile]"
    yield from said("days", f"[{', '.join(weights)}]", f"{days}{lacks}")
    shared = next((day for day in range(7) if day not in found.own), 0)
    whole = "all days" if not found.own else "the days that are not named below"
    calls = float(found.counts.sum())
    yield from remark(
        f"{parts.interval} minutes each, multiples of the day's mean: {calls:,.0f} calls; one shape for {whole}, which "
        "chi-squared tells apart"
    )
    yield from _list("intervals", found.shape[shared])
    for day in found.own:
        if day != shared:
            yield from _list(DAYS[day], found.shape[day])


def _list(name: str, shares: Sequence[float]) -> Iterator[str]:
    many = len(shares)
    yield f"{name} = ["
    for at in range(0, many, 12):
        yield "  " + ", ".join(number(max(share * many, 0.0)) for share in shares[at : at + 12]) + ","
    yield "]"


def _reasons(parts: Parts, names: Sequence[str]) -> Iterator[str]:
    yield from forget("population.reasons", names)
    for name, queue, part in zip(names, parts.queues, _whole(parts), strict=True):
        yield f"[population.reasons.{key(name)}]"
        many = f"{queue.share.n:,} calls: {interval(queue.share)} came to this queue"
        yield from said("share", repr(part), many if len(names) > 1 else "the only queue")
        yield from said("work", "1.0", "the team's talk is that of this queue")
        yield from said("difficulty", "{ plain = 1.0 }", f"{GUESS}: one class")
        yield from said("gesture_share", "0.0", GUESS)
        yield from said("recurrence", "0.0", GUESS)
        yield from said("severity", "1.0", GUESS)


def _whole(parts: Parts) -> list[float]:
    """Return the queues' shares, rounded so that they add up to one."""
    shares = [round(queue.share.value, 6) if queue.share.n else 0.0 for queue in parts.queues]
    largest = max(range(len(shares)), key=lambda at: shares[at])
    shares[largest] = round(1.0 - sum(share for at, share in enumerate(shares) if at != largest), 6)
    return shares


def _again(parts: Parts) -> Iterator[str]:
    callers = parts.callers
    yield "[population.again]"
    failed, law = callers.again("abandoned"), callers.best("abandoned")
    if failed.n:
        doubt = callers.doubt("abandoned")
        how = (
            f"as seen within {callers.within / 1440:g} days" + (f", for {doubt}" if doubt else "")
            if law is None
            else f"{law.again:,} called again; a law with those who never would"
        )
        many = f"{failed.n:,} abandoned calls of known callers: {interval(failed)}"
        yield from said("persistence", number(failed.value), f"{many}; {how}")
    elif not callers.first_share.n:
        why = "every caller calls again" if callers.known.value > 0.0 else "no callers in the log"
        yield from said("persistence", "0.0", f"{why}: redials are among the calls already")
    else:
        yield from said("persistence", "0.85", f"{GUESS}: too few abandoned calls to follow; base's")
    for after, name in _GAPS.items():
        redial = callers.best(after)
        if redial is not None:
            yield from said(name, _gap(redial), _gap_said(redial))
        elif callers.followed.get(after):
            why = callers.doubt(after) or "too few came again, or all after the same gap"
            yield from remark(f"{name}: {GUESS}: {callers.followed[after]:,} calls to follow, {why}; base's")


def _gap(redial: Redial) -> str:
    if redial.law == "exponential":
        return f'{{ law = "exponential", mean = "{minutes(redial.mean.value)}" }}'
    return f'{{ law = "lognormal", {lognormal(redial.mean.value, redial.cv.value)} }}'


def _gap_said(redial: Redial) -> str:
    spread = f", cv {interval(redial.cv)}" if redial.law == "lognormal" else ""
    return (
        f"{redial.again:,} gaps: {named(redial.law)}, the better by AIC, the log's end and closing hours in the "
        f"likelihood; mean {interval(redial.mean)} min{spread}{beyond(redial.mean.value, redial.cv.value)}"
    )


def _line(parts: Parts, names: Sequence[str]) -> Iterator[str]:
    hours = hours_of_slots(np.flatnonzero(parts.opened).tolist())
    largest = max(range(len(names)), key=lambda at: parts.queues[at].rows)
    routes = ", ".join(f"{key(name)} = {text(name)}" for name in names)
    yield "[line]"
    yield from said(
        "open",
        f"[{', '.join(map(text, hours))}]",
        "from each weekday's first call to its last, but for hours without any",
    )
    yield from said("menu", '"0 s"', f"{GUESS}: the log begins with the wait")
    yield from said("team", text(names[largest]), "the largest queue")
    yield f"routes = {{ {routes} }}"
    balking = parts.waits.balking
    if balking.n:
        yield from said("balking", number(balking.value), f"{balking.n:,} not answered at once: {interval(balking)}")


def _levers() -> Iterator[str]:
    yield "[levers.memory]"
    yield "# In the log they are part of the talk: what you write here, take from the talk of the teams."
    yield from said("identification", '"0 s"', GUESS)
    yield from said("identification_again", '"0 s"', GUESS)
    yield from said("explanation", '"0 s"', GUESS)
    yield ""
    yield "[levers.follow_through]"
    yield from said("known_now", "1.0", "the gap after a service holds the time until it is found out")
