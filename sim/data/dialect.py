"""How a table is written: what parts its cells, and where it begins."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sim.data.findings import Findings

SIGNS = ("\t", ";", "|", ",")
"""What may part cells, by how rarely it stands within one: of two that would do, the one in front is meant."""
SIGN_NAMES = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
_LOOKED_AT, _OPEN_QUOTE = 200, 50
"""Lines that are looked at to tell the sign, and lines within one cell that say that its quotation mark stays open."""
MOST_CELLS = 1000


class Line(NamedTuple):
    """The cells of one row, with the number of the line in the file, from 1."""

    number: int
    cells: list[str]


def sign_of(text: str) -> tuple[str, int]:
    r"""Return what parts the cells of a text, and how many lines at its top say so (Excel's ``sep=;``).

    Examples
    --------
    >>> sign_of("date;offered;level\n08/01/2024;12;83,5\n")
    (';', 0)
    """
    first = text.partition("\n")[0].strip().lower()
    if first[:4] == "sep=" and len(first) == 5 and first[4] in SIGNS:
        return first[4], 1
    if first == "sep=":  # what is left of a tab once the line is stripped
        return "\t", 1
    start = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    return max(SIGNS, key=lambda sign: (_evenness(start, sign), -SIGNS.index(sign))), 0


def _evenness(start: str, sign: str) -> float:
    """Return the share of rows that have the commonest number of cells, if that is more than one."""
    try:
        rows = [len(cells) for cells in csv.reader(io.StringIO(start), delimiter=sign) if cells]
    except csv.Error:
        return 0.0
    parted = Counter(number for number in rows if number > 1)
    return round(max(parted.values()) / len(rows), 1) if parted else 0.0


def lines_of(text: str, sign: str, skipped: int, findings: Findings) -> list[Line]:
    """Part a text into rows of cells, empty rows left out; a quotation mark that stays open is a mistake."""
    found = []
    for line in _parted(text, sign, skipped, findings):
        cells = [cell.strip() for cell in line.cells]
        if any(cells):
            found.append(Line(line.number, cells))
    return found


def _parted(text: str, sign: str, skipped: int, findings: Findings) -> Iterator[Line]:
    reader = csv.reader(itertools.islice(io.StringIO(text), skipped, None), delimiter=sign)
    began = skipped + 1
    try:
        for cells in reader:
            ends = skipped + reader.line_num
            if ends - began >= _OPEN_QUOTE:
                findings.wrong(
                    began, "", "opens a quotation mark that is not closed", "close it, or double it in a text"
                )
                return
            if len(cells) > MOST_CELLS:
                findings.wrong(began, "", f"has {len(cells):,} cells", f"a table has {MOST_CELLS:,} columns at most")
                return
            yield Line(began, cells)
            began = ends + 1
    except csv.Error as error:
        findings.wrong(began, "", f"cannot be parted into cells: {error}")
