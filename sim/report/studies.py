"""What studies of many points are told with: rows in columns, definitions, tables, and how a stored one begins."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.reading import digest
from sim.report.numbers import WIDTH, cut, wrapped
from sim.report.stored import versions
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

_LEAST = 16


def columns(rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """Set rows in columns, the heading first: 120 letters at most, what is too wide in the first is cut.

    Parameters
    ----------
    left : int
        Columns from the left whose cells begin at their left edge.

    Examples
    --------
    >>> columns([("point", "min"), ("as it is", "1.5")])
    ['  point     min', '  as it is  1.5']
    """
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    wide[0] = min(wide[0], max(_LEAST, WIDTH - sum(wide[1:]) - 2 * len(wide)))
    lines = []
    for row in rows:
        pairs = [(cut(cell, many), many) for cell, many in zip(row, wide, strict=True)]
        placed = [cell.ljust(many) if at < left else cell.rjust(many) for at, (cell, many) in enumerate(pairs)]
        lines.append(("  " + "  ".join(placed)).rstrip())
    return lines


def as_html(head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str], said: str) -> str:
    """Return lines, a table whose first row is its heading, and notes.

    Parameters
    ----------
    said : str
        What is shown where somebody points at the heading.
    """
    heading, *body = rows
    title = html.escape(said, quote=True)
    first = "".join(f'<th title="{title}">{html.escape(cell)}</th>' for cell in heading)
    others = "".join(
        f'<tr><td style="text-align:left">{html.escape(row[0])}</td>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in body
    )
    listed = "".join(f"<li>{html.escape(one)}</li>" for one in notes)
    lines = "<br>".join(map(html.escape, head))
    return f"<p>{lines}</p><table><tr>{first}</tr>{others}</table>" + (f"<ul>{listed}</ul>" if listed else "")


def defined(measures: Iterable[Measure]) -> list[str]:
    """Say what measures mean."""
    return ["", *(line for one in measures for line in wrapped(titled(one)))]


def titled(measure: Measure) -> str:
    """Return a measure's id, unit and definition."""
    return f"{measure.id} ({measure.unit}): {measure.definition}"


def framed(rows: list[dict[str, Any]], numbers: Iterable[str]) -> pd.DataFrame:
    """Return rows as a table; these columns are numbers, undefined ones NaN."""
    import pandas as pd

    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, float))


def study_tree(kind: str, base: World, command: str | None) -> dict[str, Any]:
    """Return what every stored study begins with."""
    return {"kind": kind, "versions": versions(), "command": command, "world": base.name, "digest": digest(base)}


def measure_tree(measure: Measure) -> dict[str, Any]:
    """Return what there is to say of a measure."""
    told = {"id": measure.id, "unit": measure.unit, "better": measure.better}
    return {**told, "guessed": measure.guessed, "definition": measure.definition}
