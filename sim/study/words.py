"""Studies as they are read: tables in plain text, 120 columns at most, and for notebooks."""

from __future__ import annotations

import html
import itertools
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.measures import Measure
from sim.scenario import World, digest
from sim.study.cautions import cautions
from sim.study.estimate import Estimate
from sim.study.tables import column_names
from sim.units import duration

if TYPE_CHECKING:
    from sim.study.compare import Comparison, Line
    from sim.study.replicate import Replications

WIDTH = 120
UNDEFINED = "undefined"
APART, SAME = "not told apart", "the same"
_NAME = 31
Row = tuple[str, ...]


def comparison_text(comparison: Comparison, also: str = "") -> str:
    """Return a comparison as it is printed: what was compared, the table by family, warnings, definitions."""
    measures = [line.measure for line in comparison.lines]
    return "\n".join(
        [
            *comparison_head(comparison, also),
            "",
            *_table(comparison_rows(comparison), measures),
            "",
            *foot(cautions(*comparison.lived), measures),
        ]
    )


def comparison_head(comparison: Comparison, also: str = "") -> list[str]:
    """Return what was compared, in a few lines; `also` is said after what was made equal."""
    read = (
        "Intervals are of 95 %, over replications (Student's t); a world's is written ± half of it. The difference is "
        "the second world's minus the first's, taken replication by replication."
    )
    equal = comparison.equality.meaning
    return [*pair_and_study(comparison), *(line for said in (equal, also, read) if said for line in wrapped(said))]


def pair_and_study(comparison: Comparison) -> list[str]:
    """Return which worlds were compared, and how long and how often they were lived."""
    (first, second), digests = comparison.worlds, comparison.digests
    said = f"{first.name} ({digests[0]}) and {second.name} ({digests[1]}), lived by the same customers."
    study = _study(first, comparison.replications, comparison.seed, comparison.engine, comparison.seconds)
    return [*wrapped(said), *wrapped(study)]


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Return the cells of a comparison, the heading first."""
    names = column_names(comparison)
    rows: list[Row] = [("measure", "unit", *names, "difference [95 % interval]", "better")]
    for line in comparison.lines:
        decimals = decimals_of([*line.worlds, line.difference])
        rows.append(
            (
                line.measure.id,
                line.measure.unit,
                *(plus_or_minus(estimate, decimals) for estimate in line.worlds),
                between(line.difference, decimals),
                verdict(line, names),
            )
        )
    return rows


def verdict(line: Line, names: Sequence[str]) -> str:
    """Say which world is better, or that the data do not tell; for a measure without a better side, what moved."""
    said = moved(line)
    told = {"same": SAME, "unsure": APART, "better": names[1], "worse": names[0]}
    return told.get(said, said and f"({said})")


def moved(line: Line) -> str:
    """Say in a word what the second world does to a measure; empty where the difference is undefined.

    Returns
    -------
    str
        ``better`` or ``worse``, ``higher`` or ``lower`` where neither is better; ``unsure`` where the interval
        holds 0, ``same`` where nothing differs at all.
    """
    mean, low, high = line.difference
    if mean is None:
        return ""
    if mean == low == high == 0:
        return "same"
    if low is None or high is None or low <= 0 <= high:
        return "unsure"
    if line.measure.better == "neither":
        return "higher" if mean > 0 else "lower"
    return "better" if (mean > 0) == (line.measure.better == "higher") else "worse"


def replications_text(lived: Replications) -> str:
    """Return one world's study as it is printed."""
    measures = lived.measures()
    rows: list[Row] = [("measure", "unit", f"{lived.world.name} (95 % interval)")]
    for measure in measures:
        estimate = lived.estimate(measure.id)
        rows.append((measure.id, measure.unit, plus_or_minus(estimate, decimals_of([estimate]))))
    study = _study(lived.world, len(lived.numbers), lived.seed, lived.engine, lived.seconds)
    head = [*wrapped(f"{lived.world.name} ({digest(lived.world)}): {lived.world.about}"), *wrapped(study)]
    return "\n".join([*head, "", *_table(rows, measures), "", *foot(cautions(lived), measures)])


def comparison_html(comparison: Comparison, also: str = "") -> str:
    """Return a comparison for a notebook: the same table, definitions shown on the measures' names."""
    measures = [line.measure for line in comparison.lines]
    head = comparison_head(comparison, also)
    return as_html(head, comparison_rows(comparison), measures, cautions(*comparison.lived))


def as_html(head: Sequence[str], rows: Sequence[Row], measures: Sequence[Measure], notes: Sequence[str]) -> str:
    """Return lines, a table whose first row is its heading, and warnings."""
    heading, *body = rows
    cells = [f"<tr>{''.join(f'<th>{html.escape(name)}</th>' for name in heading)}</tr>"]
    for measure, row in zip(measures, body, strict=True):
        said = html.escape(measure.definition, quote=True)
        first = f'<td style="text-align:left" title="{said}">{html.escape(row[0])}</td>'
        cells.append(f"<tr>{first}{''.join(f'<td>{html.escape(cell)}</td>' for cell in row[1:])}</tr>")
    said_first = "<br>".join(map(html.escape, head))
    warned = "".join(f"<li>{html.escape(said)}</li>" for said in notes)
    return f"<p>{said_first}</p><table>{''.join(cells)}</table><ul>{warned}</ul>"


def plus_or_minus(estimate: Estimate, decimals: int) -> str:
    """Write an estimate as ``12.3 ± 0.4``: t intervals are symmetric.

    Examples
    --------
    >>> plus_or_minus(Estimate(1.5, 1.25, 1.75), 2)
    '1.50 ± 0.25'
    """
    if estimate.mean is None:
        return UNDEFINED
    said = f"{_zero(estimate.mean, decimals):,.{decimals}f}"
    if estimate.high is None:
        return said
    return f"{said} ± {estimate.high - estimate.mean:,.{decimals}f}"


def between(estimate: Estimate, decimals: int) -> str:
    """Write a difference as ``+12.3 [+11.9, +12.7]``.

    Examples
    --------
    >>> between(Estimate(-2.0, -2.5, -1.5), 1)
    '-2.0 [-2.5, -1.5]'
    """
    if estimate.mean is None or estimate.low is None or estimate.high is None:
        return UNDEFINED
    mean, low, high = (f"{_zero(value, decimals):+,.{decimals}f}" for value in estimate)
    return f"{mean} [{low}, {high}]"


def _zero(value: float | None, decimals: int) -> float:
    """Round, so that nothing is written as minus zero."""
    return round(value or 0.0, decimals) + 0.0


def decimals_of(estimates: Iterable[Estimate]) -> int:
    """Return how many decimals numbers of this size bear: as many for all, so that they can be compared."""
    largest = max((abs(estimate.mean) for estimate in estimates if estimate.mean is not None), default=0.0)
    return next((3 - at for at, bound in enumerate((1, 100, 10_000)) if largest <= bound), 0)


def _study(world: World, replications: int, seed: int, engine: str, seconds: float) -> str:
    time = world.time
    once = "replication" if replications == 1 else "replications"
    return (
        f"{replications} {once} of {duration(time.horizon)} (after {duration(time.warm_up)} of warm-up, before "
        f"{duration(time.follow_up)} of follow-up); seed {seed}, {engine} engine, {seconds:.0f} s."
    )


def _table(rows: Sequence[Row], measures: Sequence[Measure]) -> list[str]:
    short = [(cut(row[0], _NAME), *row[1:]) for row in rows]
    widths = _widths(short)
    lines = [_line(short[0], widths)]
    told = zip(measures, short[1:], strict=True)
    for family, members in itertools.groupby(told, key=lambda pair: pair[0].family):
        lines += [family, *(_line(row, widths) for _, row in members)]
    return lines


def _widths(rows: Sequence[Row]) -> list[int]:
    """Give every column what it needs; worlds' long names give way when a line would be too long."""
    body = [max(len(row[at]) for row in rows[1:]) if rows[1:] else 0 for at in range(len(rows[0]))]
    widths = [max(len(rows[0][at]), need) for at, need in enumerate(body)]
    for at in (len(widths) - 1, *range(2, len(widths) - 1)):
        over = 2 + sum(widths) + 2 * (len(widths) - 1) - WIDTH
        if over > 0:
            least = len(APART) if at == len(widths) - 1 else body[at]
            widths[at] = max(least, widths[at] - over)
    return widths


def _line(row: Row, widths: Sequence[int]) -> str:
    cells = [cut(cell, width) for cell, width in zip(row, widths, strict=True)]
    last = len(cells) - 1
    placed = [
        cell.ljust(width) if at < 2 or (at == last and last > 2) else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return ("  " + "  ".join(placed)).rstrip()


def cut(cell: str, width: int) -> str:
    """Shorten what is wider than this."""
    return cell if len(cell) <= width else cell[: max(width - 3, 0)] + "..."


def foot(warnings: Sequence[str], measures: Sequence[Measure]) -> list[str]:
    """Return what stands under a table: warnings, and what the measures mean."""
    lines = [line for said in warnings for line in wrapped(f"Note. {said}")]
    if lines:
        lines.append("")
    lines.append("What the measures mean")
    for measure in measures:
        lines += wrapped(f"  {measure.id} ({measure.unit}): {measure.definition}", hang="      ")
    return lines


def wrapped(text: str, hang: str = "  ") -> list[str]:
    """Break a text into lines."""
    return textwrap.wrap(text, WIDTH, subsequent_indent=hang) or [""]
