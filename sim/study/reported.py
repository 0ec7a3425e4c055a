"""Results that can be asked for words and tables, and know of none: how they read is the matter of a room above.

That room is named once, by the package itself, which knows all rooms (`report_by`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd


class Report(Protocol):
    """What the room above answers for any result."""

    def text(self, result: Any, *, every: bool, definitions: bool) -> str:
        """Return it as it is printed."""

    def html(self, result: Any) -> str:
        """Return it for a notebook."""

    def table(self, result: Any) -> pd.DataFrame:
        """Return one row for each measure."""

    def as_json(self, result: Any) -> str:
        """Return it as it is stored."""


_rooms: list[Callable[[], Report]] = []


def report_by(room: Callable[[], Report]) -> None:
    """Let results be reported by what this returns when the first of them is asked."""
    _rooms[:] = [room]


class Reported:
    """A result of a study."""

    def text(self, *, every: bool = True, definitions: bool = True) -> str:
        """Return the result as it is printed: 120 columns at most.

        Parameters
        ----------
        every : bool
            All measures with their intervals, of a comparison in every way; without it the figures that matter alone.
        definitions : bool
            What every measure shown means.
        """
        return _report().text(self, every=every, definitions=definitions)

    def table(self) -> pd.DataFrame:
        """Return the result as a table, one row for each measure; undefined values are NaN."""
        return _report().table(self)

    def to_json(self) -> str:
        """Return the result as JSON, whole enough to be read, merged and made again; undefined values are null."""
        return _report().as_json(self)

    def _repr_html_(self) -> str:
        return _report().html(self)


def _report() -> Report:
    (room,) = _rooms
    return room()
