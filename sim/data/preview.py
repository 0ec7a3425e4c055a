"""The first rows of a table, and which field each of its columns is taken for: looked at before it is read."""

from __future__ import annotations

from typing import NamedTuple

from sim.data.columns import heading_at, recognised
from sim.data.decoding import path_of
from sim.data.dialect import Line
from sim.data.findings import Findings
from sim.data.headings import heading
from sim.data.table import rows_of
from sim.quoting import short


class Preview(NamedTuple):
    """What a table looks like.

    Attributes
    ----------
    headings : tuple of str
        As they stand in the file; ``column 3`` where there is no heading.
    fields : tuple of str
        What each column is taken for; empty for one that is not read.
    first : tuple of Line
        The first rows below the heading.
    rows : int
        All rows below it that hold anything.
    headed : bool
        Whether a row was recognised as the heading.
    """

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    first: tuple[Line, ...]
    rows: int
    headed: bool


def preview(path: object, words: dict[str, str], most: int = 5) -> Preview:
    """Look at a table.

    Parameters
    ----------
    path : str or Path
    words : dict of str to str
        What the fields are called, as of `sim.data.headings`.
    most : int
        Rows that are shown.

    Raises
    ------
    DataError
        If the file cannot be read as a table.
    ValueError
        If path is none.
    """
    file = path_of(path)
    findings = Findings(short(str(file), 300))
    lines, _ = rows_of(file, findings)
    top = heading_at(lines, {}, words)
    below = lines if top is None else lines[top + 1 :]
    heads = [] if top is None else [heading(cell) for cell in lines[top].cells]
    wide = len(heads) or max(len(line.cells) for line in below)
    fields = [""] * wide
    for field, those in recognised(heads, words).items():
        for at in those:
            fields[at] = field
    names = [heads[at].written if heads and heads[at].written else f"column {at + 1}" for at in range(wide)]
    return Preview(tuple(names), tuple(fields), tuple(below[:most]), len(below), top is not None)
