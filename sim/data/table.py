"""A table out of a file: which row is its heading, which column is which field, and its cells by field."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.data import spelling
from sim.data.columns import Columns, checked_columns, heading_at, places_of
from sim.data.decoding import path_of, text_of
from sim.data.dialect import Line, lines_of, sign_of
from sim.data.findings import UNREAD, Findings
from sim.data.headings import Heading, heading, plain_words
from sim.data.numerals import is_nothing
from sim.quoting import quoted, short

LIST = "docs/data.md lists the headings that are known"
_BOUNDS = ("_low", "_high")
"""How the bounds of a simulation's columns end, which are not named one by one."""
_NAMED = 12
"""Columns that are named where some are not read."""
_WORTH = ("queue", "offered", "answered", "agents", "team", "breaks", "caller", "agent", "outcome")
"""Fields for which a column that is not read may be meant, by how likely."""
_WHEN = ("date", "time", "starts", "day", "arrived", "start")
_WHO = ("queue", "agent", "team", "caller", "shift")
"""Fields of which a row that adds others up has none, or says so in one."""
TOTAL = frozenset(
    (
        *("total", "totaux", "total general", "sous total", "somme", "moyenne", "ensemble", "cumul"),
        *("totals", "grand total", "subtotal", "sum", "average", "mean", "summary"),
    )
)
"""What a row that adds others up is called."""


@dataclass(frozen=True)
class Table:
    """Rows of a file with the fields that were found in it.

    Attributes
    ----------
    lines : tuple of Line
        The rows below the heading, each as wide as the heading.
    headings : dict of str to Heading
        By field.
    places : dict of str to int
        By field, from 0.
    sign : str
        What parts the cells.
    further : dict of str to sequence of (Heading, int)
        Columns beside the first of a field that may have several.
    unread : tuple of str
        Headings that mean no field.
    """

    lines: tuple[Line, ...]
    headings: dict[str, Heading]
    places: dict[str, int]
    sign: str
    findings: Findings
    further: Mapping[str, Sequence[tuple[Heading, int]]] = dataclasses.field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def __contains__(self, field: str) -> bool:
        return field in self.places

    def column(self, field: str) -> list[str]:
        """Return the cells of a field; empty ones where the table has no such column."""
        if field not in self.places:
            return [""] * len(self.lines)
        return self._cells(self.places[field])

    def _cells(self, at: int) -> list[str]:
        return [line.cells[at] if at < len(line.cells) else "" for line in self.lines]

    def columns(self, field: str) -> list[tuple[Heading, list[str]]]:
        """Return all columns of a field, in their order: their headings and cells."""
        if field not in self.places:
            return []
        those = [(self.headings[field], self.places[field]), *self.further.get(field, ())]
        return [(head, self._cells(at)) for head, at in sorted(those, key=lambda one: one[1])]

    def numbers(self) -> list[int]:
        """Return the lines on which the rows stand in the file, from 1."""
        return [line.number for line in self.lines]

    def name(self, field: str) -> str:
        """Return what a column is called in the file."""
        return self.headings[field].written if field in self.headings else field


def read_table(
    path: object,
    columns: Columns | None,
    words: dict[str, str],
    needed: Sequence[str],
    several: Sequence[str] = (),
) -> Table:
    """Read a table.

    Parameters
    ----------
    columns : mapping of str to str or int, optional
        Where fields stand, by heading or by place from 1; other fields are recognised by their headings. If all are
        places, the first row may be a row like the others.
    words : dict of str to str
        What the fields are called, alternatives parted by bars.
    needed : sequence of str
        Fields without which nothing can be done; of those parted by bars one is enough.
    several : sequence of str
        Fields that may stand in several columns.

    Raises
    ------
    DataError
        If the file cannot be read, or no heading is found, or fields are missing or stand twice.
    ValueError
        If path or columns are none.
    """
    file = path_of(path)
    asked = checked_columns(columns, words, several)
    findings = Findings(short(str(file), 300))
    lines, sign = rows_of(file, findings)
    top = heading_at(lines, asked, words)
    if top is None and not asked:
        seen = ", ".join(quoted(cell) for cell in lines[0].cells[:_NAMED] if cell)
        said = f"no heading is recognised here or below: {seen}"
        findings.wrong(lines[0].number, "", said, f"{_hint(words)}; {LIST}")
    findings.check()
    table = _table(lines, top, asked, words, findings, sign, several)
    _miss(table, needed, words)
    findings.check()
    if any(not name.endswith(_BOUNDS) for name in table.unread):
        _say_unread(table, words)
    return table


def unread_said(table: Table) -> str:
    """Name the columns that mean no field, as the end of a sentence; empty where there are none."""
    named = [name for name in table.unread if not name.endswith(_BOUNDS)][:_NAMED]
    left = len(table.unread) - len(named)
    return ", ".join(map(quoted, named)) + (f" and {left:,} more" if left else "")


def _say_unread(table: Table, words: Mapping[str, str]) -> None:
    table.findings.leave_out(UNREAD, len(table.unread))
    missing = next((name for name in _WORTH if name in words and name not in table.places), None)
    hint = f"to read one, say {spelling.columns(**{missing: '...'})}; " if missing else ""
    table.findings.odd(UNREAD, None, "", f"{UNREAD}: {unread_said(table)}", f"{hint}{LIST}")


def rows_of(file: Path, findings: Findings) -> tuple[list[Line], str]:
    """Return the rows of a file of text and the sign between their cells; a file without any is told."""
    text = text_of(file, findings)
    sign, skipped = sign_of(text)
    lines = lines_of(text, sign, skipped, findings)
    findings.check()
    if not lines:
        findings.wrong(None, "", "has no row with anything in it")
    findings.check()
    return lines, sign


def _table(
    lines: list[Line],
    top: int | None,
    asked: Mapping[str, Sequence[str | int]],
    words: dict[str, str],
    findings: Findings,
    sign: str,
    several: Sequence[str],
) -> Table:
    heads = [] if top is None else [heading(cell) for cell in lines[top].cells]
    if top:
        findings.leave_out("lines above the heading", top)
    below = lines if top is None else lines[top + 1 :]
    wide = len(heads) or max(len(line.cells) for line in below)
    found = places_of(heads, wide, lines[0 if top is None else top].number, asked, words, findings, several)
    every = {
        name: [(heads[at] if at < len(heads) else heading(f"column {at + 1}"), at) for at in those]
        for name, those in found.items()
    }
    places = {name: those[0][1] for name, those in every.items()}
    headings = {name: those[0][0] for name, those in every.items()}
    further = {name: those[1:] for name, those in every.items() if len(those) > 1}
    read = {at for those in found.values() for at in those}
    unread = tuple(head.written for at, head in enumerate(heads) if at not in read and head.written)
    kept = tuple(_without_totals(below, places, lines[top].cells if top is not None else [], findings))
    if not kept:
        findings.wrong(None, "", "has no row below its heading")
    _check_widths(kept, len(heads) or Counter(len(line.cells) for line in below).most_common(1)[0][0], findings)
    return Table(kept, headings, places, sign, findings, further, unread)


def _without_totals(
    lines: Sequence[Line], places: Mapping[str, int], head: Sequence[str], findings: Findings
) -> list[Line]:
    """Leave out rows that add others up, and headings that are repeated on each printed page."""
    times, names = ([places[field] for field in those if field in places] for those in (_WHEN, _WHO))
    stamps, kept = [*times, *names], []
    for line in lines:
        if _is_total(line, times, {*stamps, 0}):
            findings.leave_out("totals rows")
        elif line.cells == list(head):
            findings.leave_out("repeated headings")
        else:
            kept.append(line)
    stamped = [at for at in stamps if at < max((len(line.cells) for line in kept), default=0)]
    while kept and stamped and len(kept) > 1 and all(is_nothing(_at(kept[-1], at)) for at in stamped):
        kept.pop()  # a last row with numbers alone
        findings.leave_out("totals rows")
    return kept


def _is_total(line: Line, times: Sequence[int], first: set[int]) -> bool:
    """Say whether a row adds others up: it says so, or a name in it may say so and it has no time of its own."""
    cells = [_at(line, at) for at in first]
    timed = times and not any(is_nothing(_at(line, at)) or _may_say_total(_at(line, at)) for at in times)
    return any(plain_words(cell) in TOTAL for cell in cells) or (not timed and any(map(_may_say_total, cells)))


def _at(line: Line, at: int) -> str:
    return line.cells[at] if at < len(line.cells) else ""


def _may_say_total(cell: str) -> bool:
    words = plain_words(cell)
    return words in TOTAL or (words.split(" ")[0] in ("total", "totaux", "totals", "subtotal") and len(words) < 40)


def _check_widths(lines: Sequence[Line], wide: int, findings: Findings) -> None:
    for line in lines:
        if any(line.cells[wide:]):
            said = f"has {len(line.cells)} cells, the heading {wide}"
            findings.wrong(line.number, "", said, "put a text that holds the sign between cells in quotation marks")


def _miss(table: Table, needed: Sequence[str], words: dict[str, str]) -> None:
    for one in needed:
        if not any(field in table for field in one.split("|")):
            names = one.split("|")
            usual = ", ".join(quoted(words[field].split("|")[0]) for field in names[:3])
            hint = f"call it {usual}, or say which it is: {spelling.columns(**{names[0]: '...'})}; {LIST}"
            said = f" ({UNREAD}: {unread_said(table)})" if table.unread else ""
            table.findings.wrong(None, "", f"has no column for {' or '.join(names)}{said}", hint)


def _hint(words: dict[str, str]) -> str:
    first = [field for field in words if field in ("starts", "offered", "arrived", "queue", "agent", "start")][:2]
    return f"say which column is which: {spelling.columns(**{field: at for at, field in enumerate(first, 1)})}"
