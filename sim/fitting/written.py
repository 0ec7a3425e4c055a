"""A world written of what was fitted: each value with what it was fitted to, the others marked as guesses."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from sim.fitting.again import Redial
from sim.fitting.found import Found
from sim.fitting.laws import LawFit
from sim.fitting.parts import Parts, Queue
from sim.fitting.told import interval, number
from sim.quoting import LONGEST, short
from sim.units import DAYS, hours_of_slots

GUESS = "guess: not in the log"
_WIDE = 120
_BUSY = 0.8
"""Part of their time that agents are taken to be busy where the log names none."""
_FORGOTTEN = {
    "population.reasons": ("set_up", "breakdown", "billing"),
    "teams": ("front", "second"),
    "paths": ("wrong_person", "too_hard"),
}
"""What base has by names of its own, which a fitted world takes away."""
_GAPS = {
    "abandoned": "after_abandoned",
    "served": "after_unsolved",
    "cut": "after_cut",
    "dismissed": "after_dismissed",
    "blocked": "after_blocked",
}
_LARGEST_CV = 20.0


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
        lines += [*_team(parts, queue, name), ""]
    lines += [*_paths(parts, names), *_levers()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def teams_of(parts: Parts) -> tuple[str, ...]:
    """Return the names of the teams: those of the queues, fit to print and each another."""
    taken: list[str] = []
    for at, queue in enumerate(parts.queues, 1):
        wanted = short(queue.name, LONGEST - 4).strip()
        wanted = f"queue {wanted or at}" if wanted in ("", "none") else wanted
        name, more = wanted, 2
        while name in taken:
            name, more = f"{wanted} {more}", more + 1
        taken.append(name)
    return tuple(taken)


def text(of: str) -> str:
    """Write a text as TOML does."""
    return json.dumps(of, ensure_ascii=False)


def key(of: str) -> str:
    """Write a name as a key of TOML."""
    return of if of.isascii() and of.replace("_", "").replace("-", "").isalnum() else text(of)


def said(name: str, value: str, comment: str) -> Iterator[str]:
    """Yield a line with its comment after it, or before it where that is too long."""
    line = f"{name} = {value}"
    if len(line) + len(comment) + 4 <= _WIDE and "\n" not in value:
        yield f"{line:<33} # {comment}" if len(line) < 33 else f"{line}  # {comment}"
        return
    yield from _remark(comment)
    yield line


def _remark(words: str) -> Iterator[str]:
    yield from textwrap.wrap(words, _WIDE, initial_indent="# ", subsequent_indent="# ")


def _head(parts: Parts, of: str) -> Iterator[str]:
    calls = parts.calls
    days = len(calls.days) + len(calls.odd)
    words = (
        f"Fitted to {short(of, 80)}: {int(calls.first.sum()):,} calls of {len(parts.queues)} "
        f"{'queue' if len(parts.queues) == 1 else 'queues'} on {days:,} days{_dates(parts)}. Each value says what it was "
        f'fitted to, with its 95 % interval; "{GUESS}" marks what has to come from elsewhere, and all that is not here '
        "is as in the world base."
    )
    yield from _remark(words)


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
    yield from said("work", "1.0", f"{GUESS}: how the spread splits; all of it stands in handling")
    yield from _handling(parts)
    yield from _patience(parts)
    if waits.laws:
        yield from said("temper_cv", "0.0", GUESS)
    yield from said("awake", '"mon-sun 00:00-24:00"', "calls come when they came")


def _shape(name: str, found: Found, what: str) -> Iterator[str]:
    if math.isnan(found.value):
        yield from said(name, '"none"', f"{GUESS}: it takes two days of a weekday")
    elif math.isinf(found.value) or found.value > 1e6:
        yield from said(name, '"none"', f"{what}: no more spread than Poisson's (shape above {number(found.low)})")
    else:
        yield from said(name, number(max(found.value, 0.0101)), f"{what}: {interval(found)}")


def _handling(parts: Parts) -> Iterator[str]:
    fit = [queue for queue in parts.queues if queue.laws]
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
        f"shape of {len(queue.talks):,} talks of {short(queue.name)}{others}: {law.law}, best by AIC of "
        f"{len(queue.laws)}, KS distance {law.distance:.3f}; cv {interval(cv)}{less}",
    )


def _of_mean_one(law: str, cv: float) -> str:
    """Write the law of mean one and this coefficient of variation."""
    cv = min(max(cv, 0.01), _LARGEST_CV)
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
        yield from said(
            "patience", f'{{ law = "exponential", mean = "{minutes(mean)}" }}',
            f"{many}: too few to choose a law; minutes waited over hang-ups, {interval(waits.mean)} min",
        )  # fmt: skip
        return
    law = waits.laws[0]
    told = ", ".join(f"{name} {interval(found)}" for name, found in law.parameters.items())
    yield from said(
        "patience", _law(law),
        f"{many}: {law.law}, the better by AIC, censored likelihood, KS distance from Kaplan-Meier {law.distance:.3f}; "
        f"{told}",
    )  # fmt: skip


def _law(fit: LawFit) -> str:
    """Write a law of durations as it was fitted, within the bounds that worlds have."""
    value = {name: found.value for name, found in fit.parameters.items()}
    shape = value.get("shape", 1.0)
    inner = {
        "exponential": lambda: f'mean = "{minutes(value["mean"])}"',
        "lognormal": lambda: _lognormal(value["mean"], value["cv"]),
        "gamma": lambda: f'mean = "{minutes(value["mean"])}", shape = {number(min(max(shape, 0.0101), 1e6))}',
        "weibull": lambda: f'scale = "{minutes(value["scale"])}", shape = {number(min(max(shape, 0.0501), 100.0))}',
        "erlang": lambda: f'mean = "{minutes(value["mean"])}", stages = {min(round(value["stages"]), 10_000)}',
    }[fit.law]()
    return f'{{ law = "{fit.law}", {inner} }}'


def _lognormal(mean: float, cv: float) -> str:
    """Write mean and cv; one too wide for a world keeps its median."""
    if cv > _LARGEST_CV:
        mean, cv = mean / math.sqrt(1.0 + cv * cv) * math.sqrt(1.0 + _LARGEST_CV**2), _LARGEST_CV
    return f'mean = "{minutes(mean)}", cv = {number(max(cv, 1e-3))}'


def minutes(length: float) -> str:
    """Write a duration with the digits it bears.

    Examples
    --------
    >>> minutes(3.14159), minutes(0.0521), minutes(54321.0)
    ('3.142 min', '3.126 s', '54320 min')
    """
    length = min(max(length, 1e-6), 5e7)
    amount, unit = (length * 60.0, "s") if length < 1.0 else (length, "min")
    digits = max(0, 3 - math.floor(math.log10(amount)))
    return f"{round(amount, 3 - math.floor(math.log10(amount))):.{digits}f} {unit}"


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
    yield from _remark(
        f"{parts.interval} minutes each, multiples of the day's mean: {calls:,.0f} calls; one shape for {whole}, which "
        "QAIC tells apart"
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
    yield from _forget("population.reasons", names)
    for name, queue, part in zip(names, parts.queues, _whole(parts), strict=True):
        yield f"[population.reasons.{key(name)}]"
        many = f"{queue.share.n:,} calls: {interval(queue.share)} came to this queue"
        yield from said("share", repr(part), many if len(names) > 1 else "the only queue")
        yield from said("work", "1.0", "the team's talk is that of this queue")
        yield from said("difficulty", "{ plain = 1.0 }", f"{GUESS}: one class")
        yield from said("gesture_share", "0.0", GUESS)
        yield from said("recurrence", "0.0", GUESS)
        yield from said("severity", "1.0", GUESS)


def _forget(table: str, names: Sequence[str]) -> Iterator[str]:
    """Take away what base has there, but for what bears the same name."""
    gone = [name for name in _FORGOTTEN[table] if name not in names]
    if gone:
        yield f"[{table}]"
        yield from (f'{name} = "none"' for name in gone)
        yield ""


def _whole(parts: Parts) -> list[float]:
    """Return the queues' shares, rounded so that they add up to one."""
    shares = [round(queue.share.value, 6) if queue.share.n else 0.0 for queue in parts.queues]
    largest = max(range(len(shares)), key=lambda at: shares[at])
    shares[largest] = round(1.0 - sum(share for at, share in enumerate(shares) if at != largest), 6)
    return shares


def _again(parts: Parts) -> Iterator[str]:
    callers = parts.callers
    yield "[population.again]"
    failed = callers.best("abandoned")
    if failed is not None:
        many = f"{failed.n:,} abandoned calls of known callers, {failed.again:,} called again: {interval(failed.share)}"
        yield from said("persistence", number(failed.share.value), f"{many}; a law with those who never would")
    elif not callers.known.value > 0.0:
        yield from said("persistence", "0.0", "no callers in the log: redials are among the calls already")
    else:
        yield from said("persistence", "0.85", f"{GUESS}: too few redials after an abandoned call; base's")
    for after, name in _GAPS.items():
        redial = callers.best(after)
        if redial is not None:
            yield from said(name, _gap(redial), _gap_said(redial))
        elif after in callers.followed and callers.followed[after]:
            yield f"# {name}: {GUESS}: {callers.followed[after]:,} calls to follow, too few came again; base's"


def _gap(redial: Redial) -> str:
    if redial.law == "exponential":
        return f'{{ law = "exponential", mean = "{minutes(redial.mean.value)}" }}'
    return f'{{ law = "lognormal", {_lognormal(redial.mean.value, redial.cv.value)} }}'


def _gap_said(redial: Redial) -> str:
    spread = f", cv {interval(redial.cv)}" if redial.law == "lognormal" else ""
    return (
        f"{redial.again:,} gaps: {redial.law}, the better by AIC, the log's end and closing hours in the likelihood; mean "
        f"{interval(redial.mean)} min{spread}"
    )


def _line(parts: Parts, names: Sequence[str]) -> Iterator[str]:
    hours = hours_of_slots(np.flatnonzero(parts.opened).tolist())
    largest = max(range(len(names)), key=lambda at: parts.queues[at].rows)
    routes = ", ".join(f"{key(name)} = {text(name)}" for name in names)
    yield "[line]"
    yield from said("open", f"[{', '.join(map(text, hours))}]", "from each weekday's first call to its last")
    yield from said("menu", '"0 s"', f"{GUESS}: the log begins with the wait")
    yield from said("team", text(names[largest]), "the largest queue")
    yield f"routes = {{ {routes} }}"
    balking = parts.waits.balking
    if balking.n:
        yield from said("balking", number(balking.value), f"{balking.n:,} not answered at once: {interval(balking)}")


def _team(parts: Parts, queue: Queue, name: str) -> Iterator[str]:
    if name == teams_of(parts)[0]:
        yield from _forget("teams", teams_of(parts))
    yield f"[teams.{key(name)}]"
    if queue.laws:
        law = queue.laws[0]
        talks = f"mean of the {law.law} law of {len(queue.talks):,} talks: {interval(law.mean)} min"
        yield from said("talk", f'"{minutes(min(law.mean.value, 1e5))}"', f"{talks}, identification and explanation in it")
    elif len(queue.talks):
        mean = float(queue.talks.mean())
        yield from said("talk", f'"{minutes(mean)}"', f"mean of {len(queue.talks)} talks, too few for a law")
    else:
        yield from said("talk", '"8.6 min"', f"{GUESS}: base's")
    yield from _after_call(queue)
    yield from said("wage", "23", f"{GUESS}: EUR an hour, base's")
    if math.isnan(queue.speed.value):
        yield from said("speed_cv", "0.22", f"{GUESS}: base's")
    else:
        spread = f"variance component of {queue.speed.n} agents: {interval(queue.speed)}"
        yield from said("speed_cv", number(min(queue.speed.value, 3.0)), spread)
    passed = _targets(parts, queue)
    if passed:
        right = 1.0 - queue.transferred.value
        yield from said("competent", number(right), f"1 - share transferred: {interval(queue.transferred)}")
    else:
        yield from said("competent", "1.0", f"{GUESS}: no transfer to another queue is seen")
    solved = parts.solved()
    if math.isnan(solved.value):
        yield from said("solve", _solve("0.7", name), f"{GUESS}: 70 % at the first contact (SQM)")
    else:
        told = "1 - share again after a service over share again after an abandoned call"
        yield from said("solve", _solve(number(solved.value), name), f"{told}: {interval(solved)}")
    yield ""
    yield from _staff(parts, queue, name)


def _solve(chance: str, name: str) -> str:
    inherited = ', easy = "none", hard = "none"' if name in _FORGOTTEN["teams"] else ""
    return f"{{ plain = {chance}{inherited} }}"


def _staff(parts: Parts, queue: Queue, name: str) -> Iterator[str]:
    at = parts.queues.index(queue)
    heads, busy = parts.staff.agents[at], parts.staff.busy[at]
    if heads.any():
        many = np.maximum(np.maximum(np.floor(heads + 0.5), np.ceil(busy - 1e-9)), heads > 0.0)
        comment = "different agents seen, mean of the half-hours: an upper guide, not a roster; write yours here"
    else:
        many = np.maximum(np.ceil(busy / _BUSY), 1.0)
        comment = f"{GUESS}: minutes of service over {_BUSY:g} of the half-hour, one agent at least; write your roster"
    many = (many * parts.opened).astype(int)
    hours = {
        written: int(n) for n in np.unique(many[many > 0]) for written in hours_of_slots(np.flatnonzero(many == n).tolist())
    }
    yield f"[teams.{key(name)}.staff]"
    yield from _remark(comment)
    for written in sorted(hours, key=lambda written: (DAYS.index(written[:3]), written.split()[1])):
        yield f"{text(written)} = {hours[written]}"


def _after_call(queue: Queue) -> Iterator[str]:
    if not queue.after_call.n:
        base = '{ law = "lognormal", mean = "60 s", cv = 1.0 }'
        yield from said("after_call", base, f"{GUESS}: base's")
        return
    many = f"{queue.after_call.n:,} calls: mean {interval(queue.after_call)} min"
    none = queue.no_after_call.value
    if not queue.after_call.value > 0.0:
        yield from said("after_call", '"0 s"', f"{many}")
    elif not queue.after_call_laws:
        yield from said("after_call", f'"{minutes(queue.after_call.value)}"', f"{many}, too few for a law")
    else:
        law = queue.after_call_laws[0]
        comment = f"{many}; {law.law}, best by AIC, KS distance {law.distance:.3f}"
        if none < 0.005:
            yield from said("after_call", _law(law), comment)
        else:
            share = round(none, 4)
            parts = f'{{ share = {round(1.0 - share, 4)!r}, of = {_law(law)} }}, {{ share = {share!r}, of = "0 s" }}'
            yield from said("after_call", f'{{ law = "mixture", parts = [{parts}] }}', f"{comment}; {none:.1%} have none")


def _targets(parts: Parts, queue: Queue) -> Mapping[str, float]:
    """Return to which other teams this one's transfers go, and with what shares."""
    names = dict(zip((one.name for one in parts.queues), teams_of(parts), strict=True))
    passed = {names[to]: many for to, many in queue.passed_to.items() if to != queue.name}
    whole = sum(passed.values())
    shares = {name: round(many / whole, 6) for name, many in passed.items()}
    if shares:
        last = next(reversed(shares))
        shares[last] = round(1.0 - sum(share for name, share in shares.items() if name != last), 6)
    return {name: share for name, share in shares.items() if share > 0.0}


def _paths(parts: Parts, names: Sequence[str]) -> Iterator[str]:
    yield from _forget("paths", ())
    for name, queue in zip(names, parts.queues, strict=True):
        targets = _targets(parts, queue)
        if not targets:
            continue
        shares = ", ".join(f"{key(to)} = {share!r}" for to, share in targets.items())
        yield f"[paths.{key(f'from {name}'[:LONGEST])}]"
        yield f"from = {text(name)}"
        yield from said("to", f"{{ {shares} }}", f"{sum(queue.passed_to.values()):,} transfers whose next leg is seen")
        yield from said("when", '"wrong_person"', f"{GUESS}: why they were transferred")
        yield from said("how", '"cold"', GUESS)
        yield ""


def _levers() -> Iterable[str]:
    yield "[levers.memory]"
    yield "# In the log they are part of the talk: what you write here, take from the talk of the teams."
    yield from said("identification", '"0 s"', GUESS)
    yield from said("identification_again", '"0 s"', GUESS)
    yield from said("explanation", '"0 s"', GUESS)
    yield ""
    yield "[levers.follow_through]"
    yield from said("known_now", "1.0", "the gap after a service holds the time until it is found out")
