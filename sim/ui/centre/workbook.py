"""An Excel workbook as the text of a table: values alone, within bounds, and nothing in it carried out."""

from __future__ import annotations

import csv
import io
import itertools
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sim.ui.centre.bounds import LARGEST, MOST_ROWS, Refused, too_large, too_long
from sim.ui.state.speech import say

LARGEST_INSIDE = 60_000_000
"""Bytes that a workbook may unfold to."""
MOST_PARTS, MOST_COLUMNS = 500, 200
MOST_ELEMENTS = 1_250_000
"""Elements that its parts may have: two for each of half a million cells, and some for rows and strings."""
_LONGEST_CELL, _AT_ONCE = 500, 1_000_000
BEGINS = b"PK\x03\x04"


def text_of_workbook(content: bytes) -> bytes:
    """Return the first sheet with anything in it as a text of tabs, a line for each row, blank ones too.

    Raises
    ------
    Refused
        If it is no workbook, or larger than any report.
    """
    try:
        _check_bounds(content)
        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return _first_sheet(book)
            finally:
                book.close()
    except Refused:
        raise
    except Exception as error:  # whatever its parts hold: a damaged file ends in many kinds of errors
        raise Refused(say("This workbook cannot be read: save it anew, or save the sheet as CSV.")) from error


def _check_bounds(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = parts.infolist()
        if not any(part.filename.startswith("xl/") for part in inside):
            raise Refused(say("This is a zip file, and no Excel workbook: unpack it, and bring the table in it."))
        large = len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > LARGEST_INSIDE
        if large or sum(_elements(parts, part) for part in inside) > MOST_ELEMENTS:
            raise Refused(say("This workbook is far larger inside than a report: save the one sheet as CSV."))


def _elements(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return how many elements a part has, if it is XML: what a reader of it takes its time for."""
    with parts.open(part) as file:
        return sum(some.count(b"<") - some.count(b"</") for some in iter(lambda: file.read(_AT_ONCE), b""))


def _first_sheet(book: Any) -> bytes:
    numbers = itertools.count(1)  # over all sheets: hundreds of blank ones are no table either
    for sheet in book.worksheets:
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()  # what a file says of its own size is not believed
        rows = list(_rows(zip(numbers, sheet.iter_rows(max_col=MOST_COLUMNS), strict=False)))
        if any(rows):
            return _written(rows).encode()
    raise Refused(say("This workbook has no cell with anything in it."))


def _rows(numbered: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[list[str]]:
    """Yield the cells of each row, up to the last with anything in it, as long as all are no more than a report has."""
    signs = 0
    for number, row in numbered:
        if number > MOST_ROWS:
            raise too_long()
        cells = ["" if cell.value is None else cell_said(cell.value, cell.number_format or "") for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        signs += sum(map(len, cells)) + len(cells)
        if signs > LARGEST:
            raise too_large()
        yield cells


def _written(rows: list[list[str]]) -> str:
    page, wide = io.StringIO(), max(map(len, rows))
    writer = csv.writer(page, delimiter="\t", lineterminator="\n")
    writer.writerows([*row, *[""] * (wide - len(row))] for row in rows)
    return page.getvalue()


def cell_said(value: Any, shown_as: str = "") -> str:
    """Return a cell's value as a report would print it.

    Parameters
    ----------
    shown_as : str
        The number format of the cell: with a percent sign the value is a hundredth of what is seen.

    Examples
    --------
    >>> cell_said(0.859, "0.0%"), cell_said(12.0), cell_said(time(8, 30)), cell_said(timedelta(minutes=3, seconds=1))
    ('85.9%', '12', '08:30:00', '00:03:01')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return f"{100 * value:.10g}%" if "%" in shown_as else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _clock(value)
    return " ".join(str(value)[:_LONGEST_CELL].split())


def _clock(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
