"""A paired difference as it is drawn and told: its place, what it means, and the finding of a whole comparison."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from sim.figures.numbers import signed
from sim.figures.relative import relative_change
from sim.report.finding import FIRM, FIRM_SURE, fares, gainers
from sim.report.headlines import GUESSED
from sim.report.names import listed
from sim.report.numbers import moved

if TYPE_CHECKING:
    from sim.study.comparing.comparison import Comparison, Line

_JUDGED = {
    "": "not told apart",
    "unsure": "not told apart",
    "same": "the same",
    "better": "better",
    "worse": "worse",
    "higher": "neither good nor bad",
    "lower": "neither good nor bad",
}
"""How what moved is called where it is drawn."""
_ASKED = {"calls_per_problem": "calls", "customer_eur_per_problem": "EUR", "effort_ces": "points of effort"}
"""What a finding tells, and its nouns."""


class Point(NamedTuple):
    """A paired difference in percent of the first world's mean; low and high are None where there is no interval."""

    at: float
    low: float | None
    high: float | None
    judged: str


def finding(comparison: Comparison) -> str:
    """Say in one line what the second world changes: calls, customer's cost, effort; only what is told apart."""
    by_id = {line.measure.id: line for line in comparison.lines}
    said: list[str] = []
    unmoved: dict[str, list[str]] = {"not told apart": [], "the same": []}
    for name, noun in _ASKED.items():
        line = by_id.get(name)
        if line is None or line.difference.mean is None:
            continue
        if judged(line) in unmoved:
            unmoved[judged(line)].append({"EUR": "the customer's cost"}.get(noun, noun))
        else:
            said.append(_change(line, noun))
    first, second = comparison.worlds
    left = "; ".join(f"{listed(nouns)} {word}" for word, nouns in unmoved.items() if nouns)
    if said:
        return f"{second.name}: {listed(said)} per problem{left and f' ({left})'}"
    return f"{first.name} and {second.name}: {left or 'nothing that is told in a line was compared'}"


def _change(line: Line, noun: str) -> str:
    """Say what one measure does: calls in percent, the others in their unit."""
    change, first = line.difference.mean, line.worlds[0].mean
    assert change is not None
    if noun == "calls" and first:
        return f"{signed(round(100 * change / first), 'calls', 100)} % calls"
    return f"{signed(change, '', 100 if abs(change) >= 10 else 10)} {noun}"


def point(line: Line) -> Point:
    """Place one difference: percent of the first mean's size, infinite where that is zero; and judge it."""
    base, difference = line.worlds[0].mean, line.difference.mean
    assert base is not None and difference is not None
    if base == 0.0:
        return Point(math.copysign(math.inf, difference) if difference else 0.0, None, None, judged(line))
    at, low, high = relative_change(line)
    assert at is not None
    return Point(at, low, high, judged(line))


def judged(line: Line) -> str:
    """Say whether the second world is better, worse, or not told apart from the first: a key of `JUDGED`."""
    return _JUDGED[moved(line)]


def who_gains(comparison: Comparison) -> str:
    """Say who gains and who loses; marked where that rests on the guess and nothing is known without it."""
    lines = {line.measure.id: line for line in comparison.lines}
    firm, sure = (fares("the firm", lines.get(name)) for name in (FIRM, FIRM_SURE))
    return gainers(comparison) + GUESSED * bool(firm and not sure)


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
