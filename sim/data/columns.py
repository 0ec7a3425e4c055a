"""Which column of a table is which field: as asked for, or as its heading says."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from sim.asked import nearest
from sim.data import spelling
from sim.data.dialect import Line
from sim.data.findings import Findings
from sim.data.headings import ONLY_ALONE, Heading, heading, known_words, plain_words
from sim.quoting import printable, quoted

Columns = Mapping[str, str | int | Sequence[str | int] | None]
"""Which column a field stands in: its heading, or its place from 1; of breaks several; None for no column."""
_TOP = 40
"""Rows among which the heading is looked for."""
Places = dict[str, tuple[int, ...]]
"""Columns by field, from 0."""


def checked_columns(
    columns: object, words: Mapping[str, str], several: Sequence[str] = ()
) -> dict[str, tuple[str | int, ...]]:
    """Return a mapping of columns as it may be used: for each field those that are asked for.

    Raises
    ------
    ValueError
        If it is none, or a field is unknown, or a column is no heading and no place.
    """
    if columns is None:
        return {}
    if not isinstance(columns, Mapping):
        raise ValueError(f'columns is of the kind {type(columns).__name__}: write {{"offered": "Appels présentés"}}')
    wrong, found, called = list[str](), dict[str, tuple[str | int, ...]](), spelling.name_of("columns")
    for name, asked in columns.items():
        place = f"{called}[{name!r}]" if called == "columns" else f"{called} {printable(str(name))}=..."
        many = asked if isinstance(asked, (list, tuple)) and name in several and asked else (asked,)
        if name not in words:
            wrong.append(f"{place}: no such field; {nearest(name, words)} fields are {', '.join(words)}")
            continue
        if asked is None:
            found[name] = ()
            continue
        for column in many:
            if isinstance(column, bool) or not isinstance(column, (str, int)):
                wrong.append(f"{place} is {column!r}: it has to be a heading, or a place from 1")
            elif isinstance(column, int) and not 1 <= column <= 1000:
                wrong.append(f"{place} is {column}: places go from 1 to 1000")
        found[name] = tuple(many)
    if wrong:
        raise ValueError("; ".join(wrong))
    return found


def heading_at(lines: Sequence[Line], asked: Mapping[str, Sequence[str | int]], words: dict[str, str]) -> int | None:
    """Return the row at the top that names most fields, if it names two of them, or all that are asked for by name."""
    known = known_words(words)
    named = {plain_words(column) for those in asked.values() for column in those if isinstance(column, str)}
    scores = []
    for line in lines[:_TOP]:
        texts = {cell for cell in line.cells if cell}
        bare = {plain_words(cell) for cell in texts} | {heading(cell).words for cell in texts}
        scores.append(len(bare & known.keys()) + 2 * len(bare & named))
    best = max(scores)
    least = 2 if len(lines[scores.index(best)].cells) > 1 or named else 1
    return scores.index(best) if best >= least or (named and best) else None


def places_of(
    heads: Sequence[Heading],
    wide: int,
    line: int,
    asked: Mapping[str, Sequence[str | int]],
    words: dict[str, str],
    findings: Findings,
    several: Sequence[str],
) -> Places:
    """Return the columns of each field; what is asked for and not there, or could be either, is a mistake."""
    places: Places = {}
    for field, those in asked.items():
        for column in those:
            if isinstance(column, int):
                places[field] = (*places.get(field, ()), column - 1)
                if column > wide:
                    findings.wrong(line, "", f"has {wide} columns, and {field} is to stand in column {column}")
            else:
                _by_name(heads, line, field, column, findings, places)
    _once(places, heads, line, findings)
    taken = {at for those in places.values() for at in those}
    for field, own in recognised(heads, words, asked, taken).items():
        if len(own) > 1 and field not in several:
            names = " and ".join(quoted(heads[at].written) for at in own[:4])
            findings.wrong(
                line, "", f"{names} could all be {field}", f"say which: {spelling.columns(**{field: '...'})}"
            )
        places[field] = tuple(own) if field in several else (own[0],)
    return places


def recognised(
    heads: Sequence[Heading], words: Mapping[str, str], asked: Container[str] = (), taken: Container[int] = ()
) -> dict[str, list[int]]:
    """Return by field the columns, from 0, whose headings say that they are it.

    Parameters
    ----------
    asked, taken : containers
        Fields and columns that are spoken for.
    """
    known, found = known_words(words), dict[str, list[int]]()
    for at, head in enumerate(heads):
        fields = known.get(head.words) or known.get(plain_words(head.written)) or []
        free = [one for one in _preferred(fields, head) if one not in asked]
        if at not in taken and free:
            found.setdefault(free[0], []).append(at)
    for field, those in found.items():
        found[field] = [at for at in those if heads[at].words not in ONLY_ALONE] or those
    return found


def _once(places: Places, heads: Sequence[Heading], line: int, findings: Findings) -> None:
    """Refuse to read two fields, or one twice, out of one column."""
    by_column: dict[int, list[str]] = {}
    for field, those in places.items():
        for at in those:
            by_column.setdefault(at, []).append(field)
    for at, fields in by_column.items():
        if len(fields) > 1:
            name = quoted(heads[at].written) if at < len(heads) and heads[at].written else f"column {at + 1}"
            findings.wrong(line, "", f"{name} is to be {' and '.join(fields)}", "a column is one field, once")


def _preferred(fields: Sequence[str], head: Heading) -> Sequence[str]:
    """Put first what a percent sign makes of a heading that could mean a count or a share."""
    if not head.percent:
        return fields
    return ["service_level"] if "within" in fields or "service_level" in fields else []


def _by_name(
    heads: Sequence[Heading],
    line: int,
    field: str,
    column: str,
    findings: Findings,
    places: Places,
) -> None:
    exact = [at for at, head in enumerate(heads) if head.written == column]
    meant = exact or [at for at, head in enumerate(heads) if plain_words(head.written) == plain_words(column)]
    if len(meant) == 1:
        places[field] = (*places.get(field, ()), meant[0])
    elif meant:
        hint = f"give its place: {spelling.columns(**{field: meant[0] + 1})}"
        findings.wrong(line, column, f"stands {len(meant)} times", hint)
    else:
        known = [head.written for head in heads if head.written]
        findings.wrong(line, "", f"has no column {quoted(column)} for {field}", nearest(column, known, "columns are"))
