"""How a table is read that the command line names: which column is which, and what dates and numbers in it mean."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sim.cli.outputs import Refused
from sim.data.dates import ORDERS
from sim.data.numerals import UNITS
from sim.data.spelling import options_for
from sim.quoting import printable

HOW = ("zone", "dates", "decimal", "unit")
"""What may be said of how the cells of a table are meant."""
_PLACE = re.compile("[0-9]{1,4}")


def add_how(one: argparse._ActionsContainer) -> None:
    """Add the options that say how cells are meant."""
    one.add_argument("--zone", metavar="ZONE", help="the centre's time zone, such as Europe/Paris")
    one.add_argument("--dates", choices=ORDERS, help="how 03/04/2024 is meant (default: as others show)")
    one.add_argument("--decimal", choices=(",", "."), help="the decimal sign (default: as it shows)")
    one.add_argument("--unit", choices=UNITS, help="of durations without one (default: s)")


def add_columns(one: argparse._ActionsContainer, option: str, whose: str, example: str) -> None:
    """Add an option that says which column is which."""
    one.add_argument(
        option,
        nargs="+",
        action="extend",
        metavar="FIELD=COLUMN",
        help=f"how {whose} calls what is needed, or its place from 1, such as {example}",
    )


def columns_of(option: str, asked: Sequence[str] | None, several: Sequence[str] = ()) -> dict[str, Any] | None:
    """Read FIELD=COLUMN pairs; a column is a heading, or a place from 1.

    Parameters
    ----------
    several : sequence of str
        Fields that may be named more than once.

    Raises
    ------
    Refused
        With all that are no such pairs, and the fields that are named twice.
    """
    pairs = [one.partition("=") for one in asked or ()]
    wrong = [one for one, pair in zip(asked or (), pairs, strict=True) if not all(pair)]
    if wrong:
        raise Refused(f"{option} {', '.join(map(printable, wrong))}: write FIELD=COLUMN, such as arrived=Start")
    found: dict[str, Any] = {}
    for name, _, column in pairs:
        place = int(column) if _PLACE.fullmatch(column) else column.strip()
        field = name.strip()
        if field in several:
            found.setdefault(field, []).append(place)
        elif field in found:
            raise Refused(f"{option} {printable(field)} is there twice: a field has one column")
        else:
            found[field] = place
    return found or None


def given(options: Namespace, *names: str) -> dict[str, Any]:
    """Return the options that were given, as the readers take them."""
    return {name: getattr(options, name) for name in names if getattr(options, name) is not None}


@contextmanager
def spelled(columns: str = "--columns") -> Iterator[None]:
    """Let whatever is said of a table within name the options of the command line."""
    with options_for(columns=columns, **{name: f"--{name}" for name in HOW}):
        yield
