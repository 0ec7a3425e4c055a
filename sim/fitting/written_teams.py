"""The teams of a fitted world: staff, talk, after-call work, speed, and where they pass callers on to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.fitting.lines import GUESS, key, law_of, minutes, remark, said, text
from sim.fitting.parts import Parts, Queue
from sim.fitting.staff import HALF_HOUR
from sim.fitting.told import interval, named, number
from sim.quoting import LONGEST, short
from sim.units import DAYS, SLOT, hours_of_slots

_BUSY = 0.8
"""Part of their time that agents are taken to be busy where the log names none."""
_FORGOTTEN = {
    "population.reasons": ("set_up", "breakdown", "billing"),
    "teams": ("front", "second"),
    "paths": ("wrong_person", "too_hard"),
}
"""What base has by names of its own, which a fitted world takes away."""


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


def forget(table: str, names: Sequence[str]) -> Iterator[str]:
    """Take away what base has there, but for what bears the same name."""
    gone = [name for name in _FORGOTTEN[table] if name not in names]
    if gone:
        yield f"[{table}]"
        yield from (f'{name} = "none"' for name in gone)
        yield ""


def team(parts: Parts, queue: Queue, name: str) -> Iterator[str]:
    """Yield the block of one team."""
    if name == teams_of(parts)[0]:
        yield from forget("teams", teams_of(parts))
    yield f"[teams.{key(name)}]"
    if queue.laws:
        law = queue.laws[0]
        talks = f"mean of the {named(law.law)} law of {len(queue.talks):,} talks: {interval(law.mean)} min"
        yield from said(
            "talk", f'"{minutes(min(law.mean.value, 1e5))}"', f"{talks}, identification and explanation in it"
        )
    elif len(queue.talks):
        mean = float(queue.talks.mean())
        why = "all equal" if queue.is_fixed() else "too few for a law"
        yield from said("talk", f'"{minutes(min(mean, 1e5))}"', f"mean of {len(queue.talks):,} talks, {why}")
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
    by_quarter = HALF_HOUR // SLOT
    heads, busy = (np.repeat(halves[at], by_quarter) for halves in parts.staff)
    if heads.any():
        many = np.maximum(np.maximum(np.floor(heads + 0.5), np.ceil(busy - 1e-9)), heads > 0.0)
        comment = "different agents seen, mean of the half-hours: an upper guide, not a roster; write yours here"
    else:
        many = np.maximum(np.ceil(busy / _BUSY), 1.0)
        comment = f"{GUESS}: minutes of service over {_BUSY:g} of the half-hour, one agent at least; write your roster"
    if not (many * parts.opened).any():
        many = np.ones_like(busy)
        comment = f"{GUESS}: nobody was seen with a caller while the line was open; write your roster"
    many = (many * parts.opened).astype(int)
    hours = {
        written: int(n)
        for n in np.unique(many[many > 0])
        for written in hours_of_slots(np.flatnonzero(many == n).tolist())
    }
    yield f"[teams.{key(name)}.staff]"
    yield from remark(comment)
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
        yield from said("after_call", f'"{minutes(queue.after_call.value)}"', f"{many}, too few or too alike for a law")
    else:
        law = queue.after_call_laws[0]
        comment = f"{many}; {named(law.law)}, best by AIC, KS distance {law.distance:.3f}"
        if none < 0.005:
            yield from said("after_call", law_of(law), comment)
        else:
            share = round(none, 4)
            parts = f'{{ share = {round(1.0 - share, 4)!r}, of = {law_of(law)} }}, {{ share = {share!r}, of = "0 s" }}'
            yield from said(
                "after_call", f'{{ law = "mixture", parts = [{parts}] }}', f"{comment}; {none:.1%} have none"
            )


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


def paths(parts: Parts, names: Sequence[str]) -> Iterator[str]:
    """Yield a way on from each team whose transfers were seen to arrive."""
    yield from forget("paths", ())
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
