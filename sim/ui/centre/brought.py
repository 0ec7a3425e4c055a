"""What a user brings: bytes taken within bounds, kept on the shelf, and read by the library as a table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sim.data.findings import DataError
from sim.data.headings import INTERVAL_WORDS, ROSTER_WORDS
from sim.data.interval_report import IntervalReport
from sim.data.preview import Preview, preview
from sim.data.reading_intervals import interval_report
from sim.data.reading_rosters import roster
from sim.data.roster import Roster
from sim.data.spelling import words_of
from sim.ui.centre.bounds import Refused, within_rows, within_size
from sim.ui.centre.choices import PAGE
from sim.ui.centre.workbook import BEGINS, text_of_workbook
from sim.ui.state import shelf
from sim.ui.state.shelf import Kind, NotKept
from sim.ui.state.speech import say, told

T = TypeVar("T")
Chosen = tuple[tuple[str, Any], ...]
"""Fields and the places of their columns, or names of arguments and their values."""


@dataclass(frozen=True)
class Sort:
    """A sort of table that can be brought.

    Attributes
    ----------
    called : str
        What mistakes call it.
    words : dict of str to str
        What its fields are called in headings.
    several : tuple of str
        Fields that may stand in several columns.
    """

    kind: Kind
    called: str
    words: dict[str, str]
    several: tuple[str, ...] = ()


REPORT = Sort("report", "report", INTERVAL_WORDS)
ROSTER = Sort("roster", "roster", ROSTER_WORDS, ("breaks",))
SORTS = {sort.kind: sort for sort in (REPORT, ROSTER)}


@contextmanager
def as_file(content: bytes, called: str) -> Iterator[Path]:
    """Give a path that holds these bytes, in a folder of its own that goes afterwards.

    Raises
    ------
    NotKept
        If the disk does not take them.
    """
    with shelf.written(), tempfile.TemporaryDirectory(prefix="brought-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / called
        path.write_bytes(content)
        yield path


def taken(sort: Sort, content: bytes) -> str:
    """Put a table on the shelf, a workbook as the text of its first sheet, and return its name there.

    Raises
    ------
    ValueError
        If it is empty, too large or too long, or no table: `Refused`, or as the library says.
    """
    within_size(content)
    text = within_size(text_of_workbook(content)) if content.startswith(BEGINS) else within_rows(content)
    look(sort, text)
    return shelf.put(sort.kind, text)


def look(sort: Sort, content: bytes) -> Preview:
    """Return what a table looks like.

    Raises
    ------
    DataError
        If it cannot be read as one.
    """
    with as_file(content, sort.called) as path:
        return _named(sort, path, lambda: preview(path, sort.words))


@lru_cache(64)
def looked(kind: Kind, name: str) -> Preview:
    """Return what a table on the shelf looks like, looked at once: a page is drawn anew at every turn.

    Raises
    ------
    DataError
        If it cannot be read as one.
    Refused
        If it is not on the shelf.
    """
    content = shelf.get(kind, name)
    if content is None:
        raise _gone()
    return look(SORTS[kind], content)


def _gone() -> Refused:
    return Refused(say("It is not kept on this computer any more: bring it again."))


def columns_of(sort: Sort, recognised: Sequence[str], chosen: Sequence[str]) -> dict[str, Any]:
    """Return where fields stand that stand elsewhere than recognised, as `sim.interval_report` takes it.

    Raises
    ------
    Refused
        If two columns are to be one field.

    Examples
    --------
    >>> columns_of(REPORT, ["date", "offered", "", "agents"], ["date", "", "offered", ""])
    {'offered': 3, 'agents': None}
    """
    found: dict[str, Any] = {}
    for field in dict.fromkeys([*recognised, *chosen]):
        before, now = ([at for at, one in enumerate(those, 1) if one == field] for those in (recognised, chosen))
        if not field or before == now:
            continue
        if len(now) > 1 and field not in sort.several:
            places = ", ".join(map(str, now))
            raise Refused(say("Columns {places} are all taken for {field}: a column is one field, once.",
                              places=places, field=told(field.replace("_", " "))))  # fmt: skip
        found[field] = None if not now else now if field in sort.several else now[0]
    return found


@dataclass(frozen=True)
class Outcome:
    """A table as it was read, or what is wrong with it, each mistake in a line.

    Attributes
    ----------
    key : tuple
        What it depends on: its name on the shelf, its columns, and how its cells are read.
    """

    table: IntervalReport | Roster | None
    wrong: tuple[str, ...] = ()
    key: tuple[object, ...] = ()


def read(kind: Kind, name: str, columns: Mapping[str, Any], how: Mapping[str, Any]) -> Outcome:
    """Read a table from the shelf, once for each way of reading it."""
    content = shelf.get(kind, name)
    if content is None:
        return Outcome(None, (str(_gone()),))
    at = tuple((field, tuple(place) if isinstance(place, list) else place) for field, place in columns.items())
    options = tuple(how.items())
    try:
        return replace(_read(kind, content, at, options), key=(kind, name, at, options))
    except NotKept as why:
        return Outcome(None, (str(why),))


@lru_cache(24)
def _read(kind: Kind, content: bytes, columns: Chosen, how: Chosen) -> Outcome:
    sort = SORTS[kind]
    reader: Callable[..., IntervalReport | Roster] = interval_report if sort is REPORT else roster
    with as_file(content, sort.called) as path:
        try:
            table = _named(sort, path, lambda: reader(path, dict(columns) or None, **dict(how)))
        except DataError as error:
            return Outcome(None, tuple(map(str, error.mistakes)))
        except ValueError as error:
            return Outcome(None, tuple(str(error).splitlines()))
        warnings = tuple(said.replace(str(path), sort.called) for said in table.warnings)
        return Outcome(replace(table, warnings=warnings))


def _named(sort: Sort, path: Path, reading: Callable[[], T]) -> T:
    """Read, and call the file and what may be chosen of it by what the user knows them as wherever they are told."""
    try:
        with words_of(PAGE):
            return reading()
    except DataError as error:
        raise DataError(replace(one, file=sort.called) for one in error.mistakes) from None
