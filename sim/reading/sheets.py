"""Small tables that a world names, read strictly: commas or semicolons, a header, and every mistake with its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.asked import nearest
from sim.quoting import quoted, short
from sim.reading.mistakes import Mistake, WorldError, shown
from sim.reading.reading import Sort, text_of
from sim.reading.shipped import spoken

SHEET = Sort(".csv", 20_000_000, "a table", "give the path of a CSV file")
MOST_TOLD = 1_000
_MOST_COLUMNS = 100
_LONGEST_COLUMN = 200


class Row(NamedTuple):
    """One row: on which line of the file it stands, and its cells by column."""

    line: int
    cells: dict[str, str]


class Sheet:
    """A table, and what is wrong with it.

    Attributes
    ----------
    file : str
        As a user would name it.
    columns : tuple of str
        In small letters, unless they are kept as they are written.
    header : int
        The line of the file on which they stand.
    rows : list of Row
        Those that have as many cells as there are columns.
    mistakes : list of Mistake
        So far; whoever reads the cells adds to them with `refuse`.
    """

    def __init__(self, path: Path, *, small: bool = True) -> None:
        self._small = small
        self.file, self.mistakes, self.rows = spoken(path), list[Mistake](), list[Row]()
        self.columns: tuple[str, ...] = ()
        self.header = 1
        try:
            lines = list(_lines(text_of(path, self.file, SHEET)))
        except WorldError as error:
            self.mistakes += error.mistakes
            return
        except csv.Error as error:
            self.refuse(None, "", f"is not a table: {error}")
            return
        self._read(lines)

    def _read(self, lines: list[tuple[int, list[str]]]) -> None:
        if len(lines) < 2:
            self.refuse(None, "", "is empty: a table has a header and rows" if lines else "is empty")
            return
        self.header, header = lines[0]
        self.columns = tuple(
            short(cell.strip().lower() if self._small else cell.strip(), 200) for cell in header[:_MOST_COLUMNS]
        )
        for column in sorted({one for one in self.columns if self.columns.count(one) > 1}):
            self.refuse(self.header, column, "is a column twice" if column else "is a column without a name")
        for line, cells in lines[1:]:
            if len(cells) == len(self.columns):
                self.rows.append(Row(line, dict(zip(self.columns, map(str.strip, cells), strict=True))))
            else:
                self.refuse(line, "", f"has {len(cells)} cells, and the header {len(self.columns)}")

    def refuse(self, line: int | None, column: str, problem: str, suggestion: str = "") -> None:
        """Note a mistake: its line, its column, what is wrong and what would be right."""
        if len(self.mistakes) < MOST_TOLD:
            self.mistakes.append(Mistake(self.file, _where(column), line, problem, suggestion))

    def unknown_columns(self, known: tuple[str, ...]) -> None:
        """Refuse the columns that are none of these."""
        for column in self.columns:
            if column and column not in known:
                self.refuse(self.header, column, "is not known", nearest(column, known, "known here are"))

    def number(self, row: Row, column: str) -> float | None:
        """Return the count in a cell, None where there is none, which is noted."""
        cell = row.cells[column]
        try:
            found = float(cell) if cell.isascii() and "_" not in cell else -1.0
        except ValueError:
            right = f"write {cell.replace(',', '.')}" if cell.count(",") == 1 else ""
            self.refuse(row.line, column, f"is {shown(cell)}: a number is needed" if cell else "is empty", right)
            return None
        if not 0 <= found <= 1e9:
            self.refuse(row.line, column, f"is {shown(cell)}: a count goes from 0 to 1e9")
            return None
        return found


def _where(column: str) -> str:
    """Name a column: in quotes where its name has points, which part the names of keys."""
    return f"column {quoted(column) if '.' in column else column}" if column else ""


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with the line on which it ends; # begins a comment."""
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join("" if line.lstrip().startswith("#") else line for line in written)
    header = next((line for line in kept.split("\n") if line.strip()), "")
    reader = csv.reader(io.StringIO(kept), delimiter=";" if ";" in header else ",", strict=True)
    for cells in reader:
        if any(map(str.strip, cells)):
            yield reader.line_num, cells
