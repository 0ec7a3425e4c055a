"""An Excel workbook as the text of a table: values alone, within bounds, and nothing in it carried out."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sim.ui.state.speech import say

LARGEST_INSIDE = 60_000_000
"""Bytes that a workbook may unfold to."""
MOST_PARTS, MOST_ROWS, MOST_COLUMNS = 500, 50_000, 200
_LONGEST_CELL = 500
BEGINS = b"PK\x03\x04"


def text_of_workbook(content: bytes) -> bytes:
    """Return the first sheet with anything in it as a text of tabs, a line for each row, blank ones too.

    Raises
    ------
    ValueError
        If it is no workbook, or larger than any report: in the reader's language.
    """
    _within_bounds(content)
    import openpyxl

    try:
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


class Refused(ValueError):  # noqa: N818 - read as a sentence
    """What was brought cannot be used; the words are in the reader's language."""


def _within_bounds(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            inside = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(say("This workbook cannot be read: save it anew, or save the sheet as CSV.")) from error
    if not any(part.filename.startswith("xl/") for part in inside):
        raise Refused(say("This is a zip file, and no Excel workbook: unpack it, and bring the table in it."))
    if len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > LARGEST_INSIDE:
        raise Refused(say("This workbook is far larger inside than a report: save the one sheet as CSV."))


def _first_sheet(book: Any) -> bytes:
    for sheet in book.worksheets:
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()  # what a file says of its own size is not believed
        written = _written(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS))
        if written.strip():
            return written.encode()
    raise Refused(say("This workbook has no cell with anything in it."))


def _written(rows: Iterable[Iterable[Any]]) -> str:
    page = io.StringIO()
    writer = csv.writer(page, delimiter="\t", lineterminator="\n")
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused(say("This sheet has more than {n} rows: bring a shorter report.", n=MOST_ROWS))
        writer.writerow([cell_said(cell.value, getattr(cell, "number_format", "") or "") for cell in row])
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
