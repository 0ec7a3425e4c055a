"""What is pasted from a spreadsheet: rows of cells, with a heading or without, read under the columns of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sim.asked import nearest
from sim.data.numerals import number as number_of
from sim.data.numerals import plain
from sim.quoting import quoted

Cell = Literal["text", "whole", "number", "percent"]
MOST_ROWS, MOST_CHARACTERS = 2_000, 200_000


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    name : str
        As rows have it, and as a heading in English has it.
    also : tuple of str
        What a heading may call it besides.
    needed : bool
        Whether every row needs something there.
    """

    name: str
    cell: Cell = "text"
    also: tuple[str, ...] = ()
    needed: bool = True


class Wrong(NamedTuple):
    """What is wrong with a row (counted from 1; 0: with all of it), in which column, and what would be right."""

    row: int
    column: str
    problem: str
    right: str = ""


Row = dict[str, Any]


def pasted(text: str, columns: Sequence[Column]) -> tuple[list[Row], list[Wrong]]:
    r"""Read what was pasted: parted by tabs, or else by semicolons, or else by commas.

    Parameters
    ----------
    columns : sequence of Column
        In the order in which they are read where there is no heading; a heading may have them in any.

    Returns
    -------
    rows : list of dict
        A value for each column; None where nothing stands.
    wrong : list of Wrong
        All that is wrong.

    Examples
    --------
    >>> pasted("team\tagents\nfront\t4\n", [Column("team"), Column("agents", "whole")])
    ([{'team': 'front', 'agents': 4}], [])
    """
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_ROWS:
        return [], [Wrong(0, "", "is far too long: 2,000 rows are the most", "paste less")]
    sign = next((one for one in "\t;," if one in text), "\t")
    try:
        lines = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=sign))
    except csv.Error:
        return [], [Wrong(0, "", "cannot be parted into cells", "copy the rows once more")]
    parted = [(at, [plain(cell).strip() for cell in line]) for at, line in enumerate(lines, 1)]
    cells = [(at, line) for at, line in parted if any(line)]
    if not cells:
        return [], [Wrong(0, "", "is empty", "paste rows of a spreadsheet")]
    order, wrong = _heading(cells[0][1], columns)
    rows = []
    for at, line in cells[bool(order) :]:
        row, its = _row(at, line, order or list(columns), columns)
        rows.append(row)
        wrong += its
    if not rows and not wrong:
        wrong.append(Wrong(0, "", "is empty", "paste rows of a spreadsheet"))
    return rows, wrong


def _heading(line: list[str], columns: Sequence[Column]) -> tuple[list[Column | None], list[Wrong]]:
    """Return the columns in the order of a heading, None where it names none of them; nothing if it is no heading."""
    named = [_named(cell, columns) for cell in line]
    if sum(one is not None for one in named) * 2 < len([cell for cell in line if cell]) or not any(named):
        return [], []
    wrong = [
        Wrong(1, cell, "is not a column of this table", nearest(cell, [one.name for one in columns], "its columns are"))
        for cell, one in zip(line, named, strict=True)
        if one is None and cell
    ]
    twice = [one.name for one in columns if named.count(one) > 1]
    wrong += [Wrong(1, name, "stands twice in the heading", "leave one of them out") for name in twice]
    lacking = [one.name for one in columns if one.needed and one not in named]
    wrong += [Wrong(1, name, "is missing in the heading") for name in lacking]
    return list(named), wrong


def _named(cell: str, columns: Sequence[Column]) -> Column | None:
    plain_cell = _plain(cell)
    return next((one for one in columns if plain_cell in map(_plain, (one.name, *one.also))), None)


def _plain(name: str) -> str:
    return name.casefold().replace("%", "").replace("_", " ").strip()


def _row(
    at: int, line: list[str], order: Sequence[Column | None], columns: Sequence[Column]
) -> tuple[Row, list[Wrong]]:
    row: Row = dict.fromkeys((one.name for one in columns), None)
    wrong: list[Wrong] = []
    if any(line[len(order) :]):
        n_cells, n_most, names = len(line), len(order), ", ".join(one.name for one in columns)
        wrong.append(Wrong(at, "", f"has {n_cells} cells: {n_most} are the most", f"the columns are {names}"))
    for column, cell in zip(order, line, strict=False):
        if column is not None and cell:
            row[column.name], problem = value_of(column, cell)
            if problem:
                wrong.append(Wrong(at, column.name, *problem))
    return row, wrong + missing(at, row, columns)


def missing(at: int, row: Row, columns: Sequence[Column]) -> list[Wrong]:
    """Return which cells of a row are empty that must not be."""
    return [Wrong(at, one.name, "is empty") for one in columns if one.needed and row.get(one.name) in (None, "")]


def value_of(column: Column, cell: str) -> tuple[Any, tuple[str, str] | None]:
    """Return the value of a cell, and what is wrong with it."""
    if column.cell == "text":
        return cell, None
    comma = "," in cell and "." not in cell
    found = number_of(cell, "," if comma else ".")
    seen = quoted(cell)
    if found is None:
        return cell, (f"is {seen}: a number is needed", "write it in figures")
    if column.cell == "whole":
        if not found.is_integer() or abs(found) > 1e15:
            return found, (f"is {seen}: a whole number is needed", "write it without a fraction")
        return int(found), None
    return found, None
