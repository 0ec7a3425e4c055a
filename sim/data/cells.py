"""The cells of a column as numbers, shares, durations and names: what is none is a mistake with its row and column."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from sim.asked import nearest, one_of
from sim.data.headings import checked_unit
from sim.data.numerals import (
    LARGEST,
    UNITS,
    Sign,
    decimal_sign,
    is_ambiguous,
    is_nothing,
    minutes,
    number,
    plain,
    shares,
    too_narrow,
)
from sim.data.spelling import asked, name_of
from sim.data.table import Table
from sim.quoting import quoted, short

MOST_NAMES = 100_000
"""Queues, agents or teams of one file; callers may be more."""


class Cells:
    """The cells of a table, read by the decimal sign that all its numbers show together.

    Parameters
    ----------
    fields : sequence of str
        The fields that hold numbers, among which the decimal sign is looked for.
    decimal : {"auto", ",", "."}
    unit : str
        What a bare duration is counted in where its heading does not say.
    """

    def __init__(self, table: Table, fields: Iterable[str], decimal: object = "auto", unit: object = "s") -> None:
        meant, self.unit = one_of(name_of("decimal"), decimal, ("auto", ",", ".")), checked_unit(unit)
        self.table = table
        self._numbers = [field for field in fields if field in table]
        shown = decimal_sign(cell for field in self._numbers for cell in table.column(field))
        self._told = meant != "auto" or shown is not None
        usual: Sign = "," if table.sign == ";" else "."
        self.sign: Sign = "," if meant == "," else "." if meant == "." else shown or usual

    def counts(self, field: str, whole: bool = True) -> list[float]:
        """Return a column of counts, NaN for empty cells; a negative one is a mistake, one not `whole` is odd."""
        own = decimal_sign(self.table.column(field))
        found = self._read(field, lambda cell: self._count(cell, own), "a number of calls or people, such as 12")
        for line, many in zip(self.table.numbers(), found, strict=True):
            if whole and many % 1 > 0:
                problem = f"is {many:g}, which is no whole number: taken for a mean"
                self.table.findings.odd("counts that are not whole", line, self.table.name(field), problem)
        return found

    def _count(self, cell: str, own: Sign | None) -> float | None:
        """Read a count: 1,200 is a thousand and some, unless other counts of the column show that they are means.

        A share is none: 83 % are not 83 calls.
        """
        if "%" in cell:
            return None
        if is_ambiguous(cell) and own is None:
            return number(cell, "." if "," in cell else ",")
        return number(cell, own or self.sign)

    def minutes(self, field: str) -> list[float]:
        """Return a column of durations in minutes, NaN for empty cells; a negative one is a mistake."""
        unit = self.table.headings[field].unit or self.unit if field in self.table else self.unit
        self._say_ambiguous(field)
        right = f"a duration: 00:03:20, 3:20, or a number of {_UNIT_NAMES[unit]}"
        return self._read(field, lambda cell: minutes(cell, self.sign, unit), right)

    def shares(self, field: str) -> list[float]:
        """Return a column of shares as parts of one, NaN for empty cells; one above 1 is a mistake."""
        self._say_ambiguous(field)
        cells = self.table.column(field)
        percent = any("%" in cell for cell in cells) or (field in self.table and self.table.headings[field].percent)
        read = self._read(field, lambda cell: number(cell, self.sign), "a share, such as 83,5 % or 0.835")
        self._say_mixed(field, cells, read, percent)
        found = shares(read, percent)
        for line, one, cell in zip(self.table.numbers(), found, cells, strict=True):
            if one > 1.0:
                self.table.findings.wrong(
                    line, self.table.name(field), f"{quoted(cell)} is more than all", "100 % at most"
                )
        return found

    def _say_mixed(self, field: str, cells: Sequence[str], read: Sequence[float], percent: bool) -> None:
        """Say where what could be a part of one stands among percentages, and is taken for one of them."""
        if not (percent or any(one > 1.0 for one in read)):
            return
        for line, cell, one in zip(self.table.numbers(), cells, read, strict=True):
            if 0.0 < one <= 1.0 and "%" not in cell:
                problem = f"{quoted(cell)} is taken as {one:g} %, as the others of its column are percentages"
                hint = f'write "{one:g} %", or "{100 * one:g} %" if a part of one is meant'
                self.table.findings.odd("parts of one among percentages", line, self.table.name(field), problem, hint)

    def _say_ambiguous(self, field: str) -> None:
        if self._told:
            return
        for line, cell in zip(self.table.numbers(), self.table.column(field), strict=True):
            if is_ambiguous(cell):
                problem = f"{quoted(cell)} is {number(cell, self.sign):g}, or another with the other decimal sign"
                hint = f"say {asked('decimal', ',')} or {asked('decimal', '.')}"
                self.table.findings.odd("numbers of either sign", line, self.table.name(field), problem, hint)

    def _read(self, field: str, read: Callable[[str], float | None], right: str) -> list[float]:
        found = []
        for line, cell in zip(self.table.numbers(), self.table.column(field), strict=True):
            one = math.nan if is_nothing(cell) else read(cell)
            problem, hint = _fault(cell, one, right)
            if problem:
                self.table.findings.wrong(line, self.table.name(field), problem, hint)
            found.append(math.nan if problem or one is None else one)
        return found


_UNIT_NAMES = dict(zip(UNITS, ("milliseconds", "seconds", "minutes", "hours", "days"), strict=True))


def _fault(cell: str, one: float | None, right: str) -> tuple[str, str]:
    """Say what is wrong with a number, and what would be right; two empty texts where nothing is."""
    if too_narrow(cell):
        return "Excel's column was too narrow, and printed hashes", "widen it, and save anew"
    if one is None:
        return f"{quoted(cell)} is no number that could stand here", f"write {right}"
    if one < 0.0:
        return f"{quoted(cell)} is negative", f"write {right}"
    return (f"{quoted(cell)} is beyond all measure", f"{LARGEST:g} at most") if one > LARGEST else ("", "")


def named(
    table: Table, field: str, known: Sequence[str] | None, alone: str | None, most: int = MOST_NAMES
) -> tuple[list[int], tuple[str, ...]]:
    """Return of each row the place of its name, and the names; -1 where a cell is empty.

    Parameters
    ----------
    known : sequence of str, optional
        The names there are: any other is a mistake, and all of them are returned, in their order.
    alone : str or None
        The one name of all rows where the table has no such column; None where rows without a name are possible.
    """
    if field not in table:
        return [0 if alone is not None else -1] * len(table.lines), _alone(known, alone)
    places: dict[str, int] = {name: at for at, name in enumerate(known or ())}
    found: list[int] = []
    for line, cell in zip(table.numbers(), table.column(field), strict=True):
        name = short(plain(cell), 200)
        if is_nothing(cell):
            found.append(-1)
            if alone is not None:
                table.findings.wrong(line, table.name(field), "is empty", f"name a {field}")
        elif name in places or known is None:
            found.append(places.setdefault(name, len(places)))
        else:
            table.findings.wrong(
                line, table.name(field), f"{quoted(name)} is no {field} that is known", nearest(name, known)
            )
            found.append(-1)
    if len(places) > most:
        problem = f"holds {len(places):,} names"
        table.findings.wrong(None, table.name(field), problem, f"a file has {most:,} at most: is it the right column?")
    return found, tuple(places)


def _alone(known: Sequence[str] | None, alone: str | None) -> tuple[str, ...]:
    if alone is None:
        return ()
    return (known[0],) if known and len(known) == 1 else (alone,)


def checked_names(what: str, names: object) -> tuple[str, ...] | None:
    """Return names that were handed over, None for none.

    Raises
    ------
    ValueError
        If they are no names.
    """
    if names is None:
        return None
    if isinstance(names, Mapping):
        names = list(names)
    if isinstance(names, (str, bytes)) or not isinstance(names, Iterable):
        raise ValueError(f"{what} is of the kind {type(names).__name__}: it has to be a sequence of names")
    listed = list(names)
    if not listed or not all(isinstance(name, str) and name for name in listed):
        raise ValueError(f"{what} has to hold at least one name, and names alone")
    return tuple(dict.fromkeys(listed))
