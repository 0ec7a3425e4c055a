"""What studies of many points are told with: rows in columns, definitions, tables, and how a stored one begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.reading import digest
from sim.report.headlines import GUESSED
from sim.report.numbers import WIDTH, cut, wrapped
from sim.report.page import notes, sentences, table
from sim.report.stored import versions
from sim.units import DAY
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

_LEAST = 16


def columns(rows: Sequence[Sequence[str]], *, left: int = 1, gives: int = 0) -> list[str]:
    """Set rows in columns, the heading first: 120 letters at most.

    Parameters
    ----------
    left : int
        Columns from the left whose cells begin at their left edge.
    gives : int
        The column that gives way where a line would be longer.

    Examples
    --------
    >>> columns([("point", "min"), ("as it is", "1.5")])
    ['  point     min', '  as it is  1.5']
    """
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    wide[gives] = min(wide[gives], max(_LEAST, WIDTH - sum(wide) + wide[gives] - 2 * len(wide)))
    lines = []
    for row in rows:
        pairs = [(cut(cell, many), many) for cell, many in zip(row, wide, strict=True)]
        placed = [cell.ljust(many) if at < left else cell.rjust(many) for at, (cell, many) in enumerate(pairs)]
        lines.append(("  " + "  ".join(placed)).rstrip())
    return lines


def as_html(
    head: Sequence[str], rows: Sequence[Sequence[str]], said: Sequence[str], *measures: Measure, left: int = 1
) -> str:
    """Return lines, a table whose first row is its heading, notes, and what the measures mean.

    Parameters
    ----------
    left : int
        How many columns hold words, and begin at the left.
    """
    return sentences(head) + table(rows, left=left) + notes([*said, *map(titled, measures)])


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
    its = {"world": base.name, "digest": digest(base), "days": base.time.horizon / DAY}
    return {"kind": kind, "versions": versions(), "command": command, **its}


def measure_tree(measure: Measure) -> dict[str, Any]:
    """Return what there is to say of a measure."""
    told = {"id": measure.id, "unit": measure.unit, "better": measure.better}
    return {**told, "guessed": measure.guessed, "definition": measure.definition}


def guesses(*measures: Measure) -> list[str]:
    """Say what the mark of a guessed measure means, where there is one."""
    said = f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth)."
    return [said] if any(one.guessed for one in measures) else []


def in_unit(said: str, unit: str) -> str:
    """Write a value with its unit.

    Examples
    --------
    >>> in_unit("2.5", "min"), in_unit("2.5", "1 to 5"), in_unit("0.9", "share")
    ('2.5 min', '2.5 (of 1 to 5)', '0.9 (share)')
    """
    return f"{said} {({'1 to 5': '(of 1 to 5)', 'share': '(share)'}).get(unit, unit)}"


def apart_in_unit(said: str, unit: str) -> str:
    """Write a difference with its unit: points on a scale.

    Examples
    --------
    >>> apart_in_unit("+0.5", "min"), apart_in_unit("+0.5", "1 to 5")
    ('+0.5 min', '+0.5 points')
    """
    return f"{said} points" if unit == "1 to 5" else in_unit(said, unit)
