"""Studies as a notebook shows them: every measure, its definition on its name."""

from __future__ import annotations

from collections.abc import Sequence

from sim.measures import Measure
from sim.report.cautions import cautions
from sim.report.finding import findings
from sim.report.headlines import Row, of_comparison, that_matter
from sim.report.names import names
from sim.report.numbers import between, decimals_of, plus_or_minus, verdict
from sim.report.page import folded, sentences, table
from sim.report.page import notes as notes_of
from sim.report.rows import marked, replications_rows
from sim.report.stopping import stopping_said
from sim.report.words import comparison_head, notes, replications_head
from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications

_MANY = 15
"""Measures up to which all are shown at once."""


def replications_html(lived: Replications) -> str:
    """Return one world's study for a notebook."""
    measures = lived.measures()
    rows = replications_rows(lived, measures)
    first = that_matter([lived.asked], {one.id: [lived.estimate(one.id).mean] for one in measures})
    told = [*stopping_said(lived), *map(str, cautions(lived))]
    return _as_html(replications_head(lived), rows, (measures, first), told)


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison for a notebook: every measure in every way, definitions shown on the measures' names."""
    measures = [line.measure for line in comparison.lines]
    first, *others = names(comparison)
    heading = ["measure", "unit", first]
    for second, way in zip(others, comparison.ways, strict=True):
        heading += [f"{second}, {way.equality.label}", "difference [95 %]", "better"]
    rows: list[Row] = [tuple(heading)]
    for lines in zip(*(one.lines for one in comparison.each()), strict=True):
        decimals = decimals_of([estimate for line in lines for estimate in (*line.worlds, line.difference)])
        cells = [marked(lines[0].measure), lines[0].measure.unit, plus_or_minus(lines[0].worlds[0], decimals)]
        for line, second in zip(lines, others, strict=True):
            other = plus_or_minus(line.worlds[1], decimals), between(line.difference, decimals)
            cells += [*other, verdict(line, (first, second))]
        rows.append(tuple(cells))
    head = [*findings(comparison), *comparison_head(comparison)]
    return _as_html(head, rows, (measures, of_comparison(comparison)), notes(comparison))


def _as_html(
    head: Sequence[str], rows: Sequence[Row], shown: tuple[Sequence[Measure], Sequence[str]], told: Sequence[str]
) -> str:
    """Return lines, a table whose first row is its heading, and notes; of many measures the figures that matter."""
    heading, *body = rows
    measures, matter = shown
    said = [measure.definition for measure in measures]
    first = [at for at, measure in enumerate(measures) if measure.id in matter]
    every = table(rows, titles=said, left=2)
    if first and len(body) > _MANY:
        few = table([heading, *(body[at] for at in first)], titles=[said[at] for at in first], left=2)
        every = few + folded(f"All {len(body)} measures", every)
    return sentences(head) + every + notes_of(told)
