"""What a planner turns without a file: the load of both worlds, the first's price and cut, the second's staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.study.changing.changed import changed
from sim.study.changing.paths import CHANGE
from sim.study.changing.typed import typed
from sim.study.searching.staffing import scaled_staff
from sim.world import World

MOST_PERCENT = 1000.0


@dataclass(frozen=True)
class WhatIf:
    """Changes to two worlds that are to be compared; what is not given leaves them as they are written.

    Attributes
    ----------
    load : float
        Problems per day of both, in percent of their own.
    price : float, optional
        Of a minute in the first world (EUR), at all hours.
    cut : str, optional
        In the first world: a duration such as ``"15 min"``, or ``"none"``.
    staff : float
        Agents of the second world, in percent of its own.
    both, first, second : tuple of str
        Changes of single keys, such as ``levers.time.cut_after=15 min``: the values as a TOML file would hold them, the
        quotes of a text left out.
    """

    load: float = 100.0
    price: float | None = None
    cut: str | None = None
    staff: float = 100.0
    both: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()

    def worlds(self, first: World, second: World) -> tuple[World, World]:
        """Return the two worlds with the changes.

        Raises
        ------
        ValueError
            If a change cannot be read, or makes no world (`WorldError`, with every mistake).
        """
        for name, percent in (("load", self.load), ("staff", self.staff)):
            if not 0 < percent <= MOST_PERCENT:
                raise ValueError(f"{name} is {percent:g} %: more than 0 and at most {MOST_PERCENT:g} are possible")
        first = _changed(first, [*self._loaded(first), *self.both, *self._of_the_first(), *self.first])
        second = _changed(second, [*self._loaded(second), *self.both, *self.second])
        return first, second if self.staff == 100 else scaled_staff(second, self.staff / 100)

    def _loaded(self, world: World) -> list[str]:
        if self.load == 100:
            return []
        if world.population.replay is not None:
            raise ValueError(f"load is {self.load:g} %, and the calls of {world.name} are replayed: they stay as many")
        return [f"population.problems_per_day={world.population.problems_per_day * self.load / 100!r}"]

    def _of_the_first(self) -> list[str]:
        cut = "none" if self.cut == "never" else self.cut
        changes = [] if cut is None else [f"levers.time.cut_after={cut}"]
        if self.price is not None:
            changes += [f"tariff.price_per_minute={self.price!r}", "tariff.off_peak_price_per_minute=none"]
        return changes

    def options(self) -> list[str]:
        """Return the options of the command line that ask for the same changes."""
        plain = WhatIf()
        named = [
            (f"--{name}", value if isinstance(value, str) else f"{value:.12g}")
            for name, value in (("load", self.load), ("price", self.price), ("cut", self.cut), ("staff", self.staff))
            if value is not None and value != getattr(plain, name)
        ]
        named += [("--set", one) for one in self.both]
        named += [("--set-first", one) for one in self.first] + [("--set-second", one) for one in self.second]
        return [part for option in named for part in option]


def _changed(world: World, changes: Sequence[str]) -> World:
    """Return the world with single keys changed, by the checks of a file that extends it."""
    return changed(world, dict(map(read_change, changes))) if changes else world


def read_change(change: str) -> tuple[str, Any]:
    """Read ``PATH=VALUE``: the path to the place, and the value as TOML, or as a text where it is none.

    Raises
    ------
    ValueError
        If there is no path, or no value.

    Examples
    --------
    >>> read_change("levers.time.cut_after=15 min")
    ('levers.time.cut_after', '15 min')
    >>> read_change('teams.front.staff."mon-fri 08:00-20:00"=5')
    ('teams.front.staff."mon-fri 08:00-20:00"', 5)
    """
    found = CHANGE.fullmatch(change)
    if found is None:
        raise ValueError(f'{change!r} is no change; write PATH=VALUE, for example "levers.time.cut_after=15 min"')
    return found[1], typed(found[2].strip())
