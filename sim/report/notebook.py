"""Studies as a notebook shows them: every measure, its definition on its name."""

from __future__ import annotations

import html
from collections.abc import Sequence

from sim.measures import Measure
from sim.report.cautions import cautions
from sim.report.finding import findings
from sim.report.headlines import Row
from sim.report.names import names
from sim.report.numbers import between, decimals_of, plus_or_minus, verdict
from sim.report.rows import marked, replications_rows
from sim.report.stopping import stopping_said
from sim.report.words import comparison_head, notes, replications_head
from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications


def replications_html(lived: Replications) -> str:
    """Return one world's study for a notebook."""
    measures = lived.measures()
    rows = replications_rows(lived, measures)
    return _as_html(replications_head(lived), rows, measures, [*stopping_said(lived), *map(str, cautions(lived))])


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
    return _as_html([*findings(comparison), *comparison_head(comparison)], rows, measures, notes(comparison))


def _as_html(head: Sequence[str], rows: Sequence[Row], measures: Sequence[Measure], told: Sequence[str]) -> str:
    """Return lines, a table whose first row is its heading, and notes."""
    heading, *body = rows
    cells = [f"<tr>{''.join(f'<th>{html.escape(name)}</th>' for name in heading)}</tr>"]
    for measure, row in zip(measures, body, strict=True):
        said = html.escape(measure.definition, quote=True)
        first = f'<td style="text-align:left" title="{said}">{html.escape(row[0])}</td>'
        cells.append(f"<tr>{first}{''.join(f'<td>{html.escape(cell)}</td>' for cell in row[1:])}</tr>")
    said_first = "<br>".join(map(html.escape, head))
    listed = "".join(f"<li>{html.escape(said)}</li>" for said in told)
    return f"<p>{said_first}</p><table>{''.join(cells)}</table><ul>{listed}</ul>"
