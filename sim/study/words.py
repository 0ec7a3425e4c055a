"""Studies as they are read: what is found, the figures that matter, and every measure where it is asked for."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator, Sequence

from sim.measures import Measure
from sim.scenario import World, digest
from sim.study.cautions import Caution, cautions, common_luck, targets
from sim.study.comparison import Comparison
from sim.study.equal import LABELS
from sim.study.finding import findings
from sim.study.headlines import GUESSED, HEADLINES, Row, headlines
from sim.study.numbers import (
    APART,
    UNDEFINED,
    WIDTH,
    between,
    cut,
    decimals_of,
    mean_of,
    plus_or_minus,
    signed,
    verdict,
    wrapped,
)
from sim.study.replications import Replications
from sim.study.seeking import where_call_backs_wait
from sim.study.tables import column_names
from sim.units import DAYS, duration

_NAME = 36


def comparison_text(comparison: Comparison, *, every: bool, definitions: bool) -> str:
    """Return a comparison as it is printed: 120 columns at most."""
    lines = [line for found in findings(comparison) for line in wrapped(found)]
    lines += ["", *headlines(comparison), "", *_under(comparison)]
    if every:
        for one in comparison.each():
            measures = [line.measure for line in one.lines]
            lines += ["", *wrapped(one.equality.meaning), "", *_table(comparison_rows(one), measures)]
    shown = [line.measure for line in comparison.lines if every or line.measure.id in HEADLINES]
    return "\n".join([*lines, *_end(shown, len(comparison.lines), every=every, definitions=definitions)])


def _end(shown: Sequence[Measure], many: int, *, every: bool, definitions: bool) -> list[str]:
    """Return the definitions, or how to ask for them and for what is not shown."""
    hints = [] if every else [f"all {many} measures with their intervals: --all"]
    if not definitions:
        hints.append("what each means: --definitions")
    lines = ["", *wrapped("; ".join(hints).capitalize() + ".")] if hints else []
    return lines + (["", *meanings(shown)] if definitions else [])


def meanings(measures: Sequence[Measure]) -> list[str]:
    """Return what measures mean."""
    lines = ["What the measures mean"]
    for measure in measures:
        lines += wrapped(f"  {measure.id} ({measure.unit}): {measure.definition}", hang="      ")
    return lines


def comparison_head(comparison: Comparison) -> list[str]:
    """Return which worlds were compared, how long and how often they were lived, and how to read the differences."""
    first, second = comparison.asked
    digests = comparison.digests
    read = (
        f"A difference is {second.name} minus {first.name}, replication by replication on the same customers, ± half "
        "of its 95 % interval (Student's t); unsure: the interval holds 0. A post is 35 agent hours a week. "
        "calls / day are dialled in the horizon; calls / problem follow its problems to their end."
    )
    said = f"{first.name} ({digests[0]}) and {second.name} ({digests[1]})"
    lived = _study(comparison.worlds[0], comparison.first, comparison.seconds)
    return [f"{said}, {lived}", read]


def _under(comparison: Comparison) -> list[str]:
    """Return what has to be known to trust the figures: what was lived, what was made equal, and warnings."""
    lines = [line for said in comparison_head(comparison) for line in wrapped(said)]
    if any(one.measure.guessed for one in comparison.lines):
        lines += wrapped(
            f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth): the line under "
            "it leaves them out."
        )
    lines += [line for said in notes(comparison) for line in wrapped(said)]
    return lines


def notes(comparison: Comparison) -> list[str]:
    """Return what was made equal, what is missing and what a reader has to be warned of, as it is printed."""
    told = [way.equality.meaning for way in comparison.ways]
    told += [f"{LABELS[how].capitalize()} is not shown: {why}." for how, why in comparison.missing.items()]
    lived = [comparison.first, *(way.lived for way in comparison.ways)]
    told += filter(None, [where_call_backs_wait(lived), *targets(lived, _names(comparison)), common_luck(comparison)])
    return [*map(str, warnings_of(comparison)), *told]


def warnings_of(comparison: Comparison) -> list[Caution]:
    """Return what a reader of a comparison has to be warned of."""
    lived = [comparison.first, *(way.lived for way in comparison.ways)]
    return cautions(*lived, names=_names(comparison))


def _names(comparison: Comparison) -> list[str]:
    first, second = column_names(comparison)
    if len(comparison.ways) == 1:
        return [first, second]
    return [first, *(f"{second} with {way.equality.label}" for way in comparison.ways)]


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Return the cells of a comparison's first way, the heading first."""
    names = column_names(comparison)
    rows: list[Row] = [("measure", "unit", *names, "difference", "better")]
    for line in comparison.lines:
        decimals = decimals_of([*line.worlds, line.difference])
        rows.append(
            (
                _id(line.measure),
                line.measure.unit,
                *(plus_or_minus(estimate, decimals) for estimate in line.worlds),
                signed(line.difference, decimals) if line.difference.mean is not None else UNDEFINED,
                verdict(line, names),
            )
        )
    return rows


def _id(measure: Measure) -> str:
    return measure.id + (GUESSED if measure.guessed else "")


def replications_text(lived: Replications, *, every: bool, definitions: bool) -> str:
    """Return one world's study as it is printed."""
    measures = [one for one in lived.measures() if every or one.id in HEADLINES] or lived.measures()
    head = [*wrapped(f"{lived.asked.name} ({digest(lived.asked)}): {lived.asked.about}")]
    head += wrapped(_study(lived.world, lived, lived.seconds).capitalize())
    told = [*map(str, cautions(lived)), *typical_week(lived), *targets([lived], [lived.asked.name])]
    lines = [*head, "", *_table(replications_rows(lived, measures), measures), ""]
    lines += [line for said in told for line in wrapped(said)]
    return "\n".join([*lines, *_end(measures, len(lived.totals), every=every, definitions=definitions)])


def typical_week(lived: Replications) -> list[str]:
    """Say how many problems and calls each day of the week brings, where all of them were measured and seen."""
    means = {}
    for day in DAYS:
        ids = [f"{what}_per_day.{day}" for what in ("problems", "calls")]
        if not all(name in lived.totals for name in ids):
            return []
        means[day] = [mean_of(lived.estimate(name), 0) for name in ids]
    said = ", ".join(f"{day.capitalize()} {problems} and {calls}" for day, (problems, calls) in means.items())
    return [f"A typical week, problems that appear and calls dialled: {said}."]


def replications_rows(lived: Replications, measures: Sequence[Measure]) -> list[Row]:
    """Return the cells of one world's study, the heading first."""
    rows: list[Row] = [("measure", "unit", f"{lived.asked.name} (95 % interval)")]
    for measure in measures:
        estimate = lived.estimate(measure.id)
        rows.append((_id(measure), measure.unit, plus_or_minus(estimate, decimals_of([estimate]))))
    return rows


def replications_html(lived: Replications) -> str:
    """Return one world's study for a notebook."""
    measures = lived.measures()
    head = [
        f"{lived.asked.name} ({digest(lived.asked)}): {lived.asked.about}",
        _study(lived.world, lived, lived.seconds),
    ]
    return as_html(head, replications_rows(lived, measures), measures, list(map(str, cautions(lived))))


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison for a notebook: every measure in every way, definitions shown on the measures' names."""
    measures = [line.measure for line in comparison.lines]
    first, second = column_names(comparison)
    heading = ["measure", "unit", first]
    for way in comparison.ways:
        heading += [f"{second}, {way.equality.label}", "difference [95 %]", "better"]
    rows: list[Row] = [tuple(heading)]
    for lines in zip(*(one.lines for one in comparison.each()), strict=True):
        decimals = decimals_of([estimate for line in lines for estimate in (*line.worlds, line.difference)])
        cells = [_id(lines[0].measure), lines[0].measure.unit, plus_or_minus(lines[0].worlds[0], decimals)]
        for line in lines:
            other = plus_or_minus(line.worlds[1], decimals), between(line.difference, decimals)
            cells += [*other, verdict(line, (first, second))]
        rows.append(tuple(cells))
    return as_html([*findings(comparison), *comparison_head(comparison)], rows, measures, notes(comparison))


def as_html(head: Sequence[str], rows: Sequence[Row], measures: Sequence[Measure], told: Sequence[str]) -> str:
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


def _study(world: World, lived: Replications, seconds: float) -> str:
    time, many = world.time, len(lived.numbers)
    once = "replication" if many == 1 else "replications"
    which = "" if lived.numbers == tuple(range(many)) else f" ({_numbered(lived.numbers)})"
    return (
        f"{many} {once}{which} of {duration(time.horizon)} (after {duration(time.warm_up)} of warm-up, before "
        f"{duration(time.follow_up)} of follow-up); seed {lived.seed}, {lived.engine} engine, {seconds:.0f} s."
    )


def _numbered(numbers: Sequence[int]) -> str:
    """Name replications as they are asked for, from 1: ``11-20``."""
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    for _, run in itertools.groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        yield [number + 1 for _, number in run]


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
    for at in (len(widths) - 1, *range(2, len(widths) - 1), 0):
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
