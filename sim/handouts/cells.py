"""Estimates as cells of a report: in the reader's language, shares in percent, no more digits than they bear."""

from __future__ import annotations

from collections.abc import Iterable

from sim.languages import Language, numerals, say, told
from sim.measures import Measure
from sim.report.numbers import UNDEFINED, between, decimals_of, moved, plus_or_minus, signed
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import Estimate

NO_INTERVAL = "no interval"


def unit_of(measure: Measure, language: Language) -> str:
    """Return the unit in which a measure stands in a table: shares are read in percent."""
    return "%" if measure.unit == "share" else told(measure.unit, language)


def as_read(measure: Measure, estimate: Estimate) -> Estimate:
    """Return an estimate in the unit in which it stands in a table."""
    if measure.unit != "share":
        return estimate
    return Estimate(*(None if value is None else 100 * value for value in estimate))


def digits(measure: Measure, estimates: Iterable[Estimate]) -> int:
    """Return how many decimals these bear, as they are read."""
    return 1 if measure.unit == "share" else decimals_of(estimates)


def of_line(line: Line, language: Language) -> tuple[str, str, str, str]:
    """Return both worlds' values with half their intervals, the difference with half of its own, and its two ends."""
    first, second, apart = (as_read(line.measure, one) for one in (*line.worlds, line.difference))
    decimals = digits(line.measure, (first, second, apart))
    cells = (
        plus_or_minus(first, decimals),
        plus_or_minus(second, decimals),
        signed(apart, decimals),
        _ends(apart, decimals),
    )
    return tuple(in_words(cell, language) for cell in cells)  # type: ignore[return-value]


def _ends(apart: Estimate, decimals: int) -> str:
    if apart.mean is None:
        return UNDEFINED
    if apart.low is None or apart.high is None:
        return NO_INTERVAL
    return between(apart, decimals).partition(" ")[2]


def in_words(cell: str, language: Language) -> str:
    """Return a cell in a language."""
    if cell in (UNDEFINED, NO_INTERVAL):
        return say(cell, language)
    return numerals(cell, language)


def verdict(line: Line, language: Language) -> str:
    """Say in a word what the second world does to a measure; empty where that is undefined."""
    said = moved(line)
    return say({"unsure": "not told apart", "same": "the same"}.get(said, said), language) if said else ""
