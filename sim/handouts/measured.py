"""The tables of a report that hold measures: the figures that matter, all of them, and what they mean."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from sim.handouts.cells import of_line, unit_of, verdict
from sim.handouts.parts import Group, Row, Table, Tone
from sim.languages import Language, numerals, say, told
from sim.measures import Measure
from sim.report.headlines import GUESSED, label_of, of_comparison
from sim.report.names import names
from sim.report.numbers import moved
from sim.report.rows import marked
from sim.study.comparing.comparison import Comparison, Line
from sim.study.searching.staffing import posts

_WIDTHS = (0.225, 0.09, 0.14, 0.14, 0.145, 0.155, 0.105)


def headline_table(comparison: Comparison, at: int, language: Language) -> Table:
    """Return the figures that matter of one way: both worlds, the difference, and what it means."""
    one = _way(comparison, at)
    lines = {line.measure.id: line for line in one.lines}
    ids = of_comparison(one)
    rows = tuple(_row(told(label_of(name).strip(), language), lines[name], language) for name in ids)
    first, second = called(comparison, at)
    staff = [numerals(f"{posts(world):,.1f}", language) for world in one.worlds]
    caption = say(
        "{second} instead of {first}, {label}: {posts} posts against {others}",
        language,
        second=second,
        first=first,
        label=told(one.equality.label, language),
        posts=staff[1],
        others=staff[0],
    )
    return _table(caption, (Group("", rows),), (first, second), language)


def measures_table(comparison: Comparison, at: int, language: Language) -> Table:
    """Return every measure of one way, by family."""
    one = _way(comparison, at)
    first, second = called(comparison, at)
    groups = tuple(
        Group(told(family, language), tuple(_row(line.measure.id, line, language) for line in lines))
        for family, lines in itertools.groupby(one.lines, key=lambda line: line.measure.family)
    )
    caption = say(
        "All measures, {second} instead of {first}, {label}",
        language,
        second=second,
        first=first,
        label=told(one.equality.label, language),
    )
    return _table(caption, groups, (first, second), language)


def definitions_table(measures: Sequence[Measure], language: Language) -> Table:
    """Return what measures mean."""
    groups = tuple(
        Group(told(family, language), tuple(_meaning(one, language) for one in members))
        for family, members in itertools.groupby(measures, key=lambda measure: measure.family)
    )
    heading = (say("measure", language), say("unit", language), say("better when", language), say("meaning", language))
    return Table(say("What the measures mean", language), heading, groups, (0, 1, 2, 3), (0.25, 0.09, 0.1, 0.56))


def called(comparison: Comparison, at: int) -> tuple[str, str]:
    """Return what the first world and that of a way are called."""
    first, *others = names(comparison)
    return first, others[at]


def _way(comparison: Comparison, at: int) -> Comparison:
    return next(itertools.islice(comparison.each(), at, None))


def _meaning(measure: Measure, language: Language) -> Row:
    better = {"neither": "neither is better"}.get(measure.better, measure.better)
    cells = unit_of(measure, language), say(better, language), told(measure.definition, language)
    return Row((marked(measure), *cells))


def _table(caption: str, groups: tuple[Group, ...], pair: tuple[str, str], language: Language) -> Table:
    heading = (
        say("measure", language),
        say("unit", language),
        *pair,
        say("difference", language),
        say("95 % interval", language),
        say("verdict", language),
    )
    return Table(caption, heading, groups, (0, 1, 6), _WIDTHS)


def _row(label: str, line: Line, language: Language) -> Row:
    said = moved(line)
    tone: Tone = "better" if said == "better" else "worse" if said == "worse" else ""
    cells = (unit_of(line.measure, language), *of_line(line, language), verdict(line, language))
    return Row((label + GUESSED * line.measure.guessed, *cells), tone)
