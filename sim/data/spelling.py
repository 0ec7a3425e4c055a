"""How arguments are spelled in what is said: as Python has them, as the command line does, or as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import NamedTuple


class Page(NamedTuple):
    """What a page calls what it asks of a table.

    Attributes
    ----------
    mapped : str
        What stands above the choices of what each column is.
    fields : mapping of str to str
        What fields are called.
    labels, choices : mapping of str to str, and of str to a mapping of str to str
        By argument: what it is asked for by, and what its values are called.
    """

    mapped: str
    fields: Mapping[str, str]
    labels: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


_PAGE: ContextVar[Page | None] = ContextVar("page", default=None)
_OPTIONS: ContextVar[Mapping[str, str]] = ContextVar("options", default=MappingProxyType({}))


@contextmanager
def options_for(**options: str) -> Iterator[None]:
    """Let what is said within name arguments as options of the command line, each by its own: ``dates="--dates"``."""
    before = _OPTIONS.set(options)
    try:
        yield
    finally:
        _OPTIONS.reset(before)


@contextmanager
def words_of(page: Page) -> Iterator[None]:
    """Let what is said within name arguments as a page shows them."""
    before = _PAGE.set(page)
    try:
        yield
    finally:
        _PAGE.reset(before)


def name_of(argument: str) -> str:
    """Return what an argument is called: itself, or the option it is asked for by.

    Examples
    --------
    >>> name_of("unit")
    'unit'
    >>> with options_for(unit="--unit"):
    ...     name_of("unit")
    '--unit'
    """
    return _OPTIONS.get().get(argument, argument)


def asked(argument: str, value: str) -> str:
    """Write an argument with a value, as one would ask for it.

    Examples
    --------
    >>> asked("dates", "day first")
    'dates="day first"'
    >>> with options_for(dates="--dates"):
    ...     asked("dates", "day first")
    '--dates "day first"'
    """
    page = _PAGE.get()
    if page is not None and argument in page.labels:
        choice = page.choices.get(argument, {}).get(value, value)
        return f'{choice} under "{page.labels[argument]}"'
    option = _OPTIONS.get().get(argument)
    return f'{argument}="{value}"' if option is None else f'{option} "{value}"'


def columns(**places: str | int) -> str:
    """Write which columns fields stand in, as one would ask for them; ``...`` stands for what is not known.

    Examples
    --------
    >>> columns(queue="Skill", offered=4)
    'columns={"queue": "Skill", "offered": 4}'
    >>> with options_for(columns="--columns"):
    ...     columns(queue="Skill", offered="...")
    '--columns "queue=Skill" offered=COLUMN'
    """
    page, option = _PAGE.get(), _OPTIONS.get().get("columns")
    if page is not None:
        return ", ".join(f'{_at(page.fields[field], at)} under "{page.mapped}"' for field, at in places.items())
    if option is None:
        said = (f'"{field}": {_written(column)}' for field, column in places.items())
        return f"columns={{{', '.join(said)}}}"
    return " ".join([option, *(_pair(field, column) for field, column in places.items())])


def _at(field: str, column: str | int) -> str:
    if column == "...":
        return f"{field} at its column"
    return f'{field} at column "{column}"' if isinstance(column, str) else f"{field} at column {column}"


def _written(column: str | int) -> str:
    return f'"{column}"' if isinstance(column, str) and column != "..." else str(column)


def _pair(field: str, column: str | int) -> str:
    if column == "...":
        return f"{field}=COLUMN"
    return f'"{field}={column}"' if isinstance(column, str) else f"{field}={column}"
