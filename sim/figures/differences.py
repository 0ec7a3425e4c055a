"""A paired difference as it is drawn and told: its place, what it means, and the finding of a whole comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.figures.numbers import signed

if TYPE_CHECKING:
    from sim.study.comparison import Comparison, Line


class Point(NamedTuple):
    """A paired difference in percent of the first world's mean; low and high are None where there is no interval."""

    at: float
    low: float | None
    high: float | None
    judged: str


def finding(comparison: Comparison) -> str:
    """Say in one line what the second world changes: calls, customer's cost, effort; only what is told apart."""
    by_id = {line.measure.id: line for line in comparison.lines}
    said, untold = [], []
    asked = (("calls_per_problem", "calls"), ("customer_eur_per_problem", "EUR"), ("effort_ces", "points of effort"))
    for name, noun in asked:
        line = by_id.get(name)
        if line is None or line.difference.mean is None:
            continue
        if point(line).judged == "not told apart":
            untold.append({"EUR": "the customer's cost"}.get(noun, noun))
        elif name == "calls_per_problem" and line.worlds[0].mean:
            said.append(f"{signed(round(100 * line.difference.mean / line.worlds[0].mean), 'calls', 100)} % calls")
        else:
            digits = 100 if abs(line.difference.mean) >= 10 else 10
            said.append(f"{signed(line.difference.mean, '', digits)} {noun}")
    first, second = comparison.worlds
    if said:
        end = f" ({listed(untold)} not told apart)" if untold else ""
        return f"{second.name}: {listed(said)} per problem{end}"
    return f"{first.name} and {second.name}: {listed(untold) or 'nothing'} not told apart"


def point(line: Line) -> Point:
    """Place one difference: percent of the first mean's size, infinite where that is zero; and judge it."""
    base, difference = line.worlds[0].mean, line.difference
    assert base is not None and difference.mean is not None
    if base == 0.0:
        at = math.copysign(math.inf, difference.mean) if difference.mean else 0.0
        return Point(at, None, None, judged(line))
    scale = 100.0 / abs(base)
    if difference.low is None or difference.high is None:
        return Point(difference.mean * scale, None, None, judged(line))
    return Point(difference.mean * scale, difference.low * scale, difference.high * scale, judged(line))


def judged(line: Line) -> str:
    """Say whether the second world is better, worse, or not told apart from the first: a key of `JUDGED`."""
    difference = line.difference
    if difference.mean is None or difference.low is None or difference.high is None:
        return "not told apart"
    if difference.low <= 0.0 <= difference.high:
        return "not told apart"
    if line.measure.better == "neither":
        return "neither good nor bad"
    return "better" if (difference.mean < 0) == (line.measure.better == "lower") else "worse"


def difference_text(line: Line) -> str:
    """Write a difference and its interval, without the unit."""
    unit, difference = line.measure.unit, line.difference
    if difference.mean is None:
        return "undefined"
    if difference.low is None or difference.high is None:
        return f"{signed(difference.mean, unit)} [no interval]"
    like = max(abs(difference.mean), abs(difference.low), abs(difference.high))
    text = signed(difference.mean, unit, like)
    return f"{text} [{signed(difference.low, unit, like)}, {signed(difference.high, unit, like)}]"


def listed(words: Sequence[str]) -> str:
    """Join words with commas and a last "and"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
