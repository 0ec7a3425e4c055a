"""What was fitted to a log: as words, as a table, as a world."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sim.asked import one_of
from sim.fitting.parts import Parts
from sim.fitting.told import number
from sim.fitting.values import Value, values_of
from sim.fitting.written import toml_of
from sim.quoting import short

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("name", "queue", "value", "low", "high", "error", "n", "unit", "method", "goodness")
"""The columns of the table: a name, the queue (empty: all), the value, its 95 % interval, its standard error, of how
many it is, its unit, how it was estimated, and how well it fits."""
_WIDE = 100
"""Letters of a line that is printed."""
_SHOWN = ("patience.hazard", "patience.over", "problems_")
"""Values that are left to the table, but the first."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """What was fitted to a log of calls, as `sim.fit` returns it.

    Attributes
    ----------
    parts : Parts
        The estimates as they were found, with the data that figures draw.
    warnings : tuple of str
        What the log does not tell, and what is odd in it.
    left_out : mapping of str to int
        What was left out, of what, and how many.
    """

    parts: Parts
    warnings: tuple[str, ...]
    left_out: Mapping[str, int]

    def __repr__(self) -> str:
        return f"<Fitted: {int(self.parts.calls.first.sum()):,} calls, {len(self.values)} values>"

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every value that the log tells."""
        return values_of(self.parts)

    def value(self, name: str, queue: str = "") -> Value:
        """Return one value.

        Raises
        ------
        ValueError
            If there is none of this name and queue; the nearest is told.
        """
        found = {(value.name, value.queue): value for value in self.values}
        if (name, queue) not in found:
            one_of("name", name, dict.fromkeys(value.name for value in self.values))
            one_of("queue", queue, [value.queue for value in self.values if value.name == name])
        return found[name, queue]

    def table(self) -> pd.DataFrame:
        """Return every value as a row of a frame, with the columns of `COLUMNS`."""
        import pandas as pd

        rows = [(one.name, one.queue, *one.found, one.unit, one.method, one.goodness) for one in self.values]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def text(self, *, every: bool = False) -> str:
        """Return the values, warnings and what was left out, in lines of 100 letters.

        Parameters
        ----------
        every : bool
            Hazards, survival and weekdays too, and the laws that were not chosen.
        """
        shown = [one for one in self.values if every or _matters(one)]
        rows = [_row(one, every=every) for one in shown]
        wide = [max(len(row[at]) for row in rows) for at in range(4)] if rows else []
        lines = [*textwrap.wrap(self._head(), _WIDE, subsequent_indent="  "), ""]
        for row in rows:
            cells = [f"{row[0]:{wide[0]}}", f"{row[1]:>{wide[1]}} {row[2]:{wide[2]}}", f"{row[3]:{wide[3]}}", row[4]]
            lines += textwrap.wrap("  ".join(cells).rstrip(), _WIDE, subsequent_indent=" " * (wide[0] + 2))
        return "\n".join([*lines, "", *self.noted()])

    def noted(self) -> list[str]:
        """Return the warnings and what was left out, each a paragraph of its own."""
        said = [f"Warning. {one}" for one in self.warnings]
        if self.left_out:
            said.append("Left out: " + "; ".join(f"{many:,} {what}" for what, many in self.left_out.items()))
        return [line for one in said for line in textwrap.wrap(f"{one}.", _WIDE, subsequent_indent="  ")]

    def to_toml(self, *, of: str = "a log of calls", about: str = "A centre fitted to its own log of calls.") -> str:
        """Return a world as the text of a file that extends base.

        Every fitted value bears a comment: to what it was fitted, of how many, with its interval. What the log cannot
        tell is as in base, or marked as a guess.

        Parameters
        ----------
        of : str
            What the log is called.
        about : str
            The line that says what this world is.
        """
        return toml_of(self.parts, of=of, about=about)

    def _head(self) -> str:
        calls = self.parts.calls
        whole = len(calls.days) + len(calls.odd)
        queues = ", ".join(short(queue.name, 30) for queue in self.parts.queues[:8])
        more = " ..." * (len(self.parts.queues) > 8)
        return f"{int(calls.first.sum()):,} calls of {queues}{more} on {whole:,} days; intervals of 95 %"


def _row(one: Value, *, every: bool) -> tuple[str, str, str, str, str]:
    """Return name, value, unit, interval, and of how many it is; "chosen" where others stand by it."""
    name = f"{one.name} [{short(one.queue, 20)}]" if one.queue else one.name
    value, low, high = (number(bound) for bound in one.found[:3])
    bounds = "" if math.isnan(one.found.low) else f"{low} to {high}"
    goodness = one.goodness if every else one.goodness.removeprefix("chosen, ")
    said = f"n {one.found.n:,}" + (f"; {goodness}" if goodness else "")
    unit = one.unit.removeprefix("first ").removeprefix("calls ")
    return name, value, unit if unit not in name else "", bounds, said


def _matters(value: Value) -> bool:
    """Say whether a value belongs to what is printed at first: no law that was not chosen, no curve."""
    if value.name.startswith(_SHOWN) and value.name != "problems_per_day":
        return False
    return "AIC" not in value.goodness
