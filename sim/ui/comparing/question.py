"""What is asked on the page Compare: two worlds, what is turned in them, how long and how often they are lived."""

from __future__ import annotations

import shlex
from collections import OrderedDict
from dataclasses import dataclass, replace

from sim.people import expected_problems
from sim.reading import World, digest, named, same_population
from sim.study.comparing.what_if import WhatIf
from sim.study.running.size import with_days
from sim.study.searching.equal import Equal, ways
from sim.ui.state import worlds
from sim.ui.state.speech import later

MOST_PROBLEMS = 20_000_000
"""Problems, in all replications of both worlds, beyond which a comparison is not lived here."""
QUICK = 450_000
"""Problems up to which a comparison is lived at every change, without a button: a second or two."""


class Strangers(ValueError):  # noqa: N818 - read as a sentence
    """Two worlds with other customers."""


@dataclass(frozen=True)
class Question:
    """Two worlds by their names in the address, and what is changed of them before they are lived.

    Attributes
    ----------
    load : float
        Problems per day of both, in percent of their own.
    staff : float
        Agents of the second world, in percent of its own.
    of_first, of_second : tuple of str
        Changes of single keys, ``PATH=VALUE``.
    how : str or None
        How the second world is staffed; None for the first way that there is.
    """

    first: str
    second: str
    load: float = 100.0
    staff: float = 100.0
    of_first: tuple[str, ...] = ()
    of_second: tuple[str, ...] = ()
    days: int = 7
    replications: int = 10
    seed: int = 1
    how: Equal | None = None

    def worlds(self) -> tuple[World, World]:
        """Return the two worlds as they are asked for, each with its own staff and horizon.

        Raises
        ------
        WorldError
            If the changes make no world.
        Strangers
            If the worlds have other customers.
        ValueError
            If a world is not to be found, or a change cannot be read.
        """
        return _changed(worlds.world(self.first), worlds.world(self.second), self.what_if())

    def what_if(self) -> WhatIf:
        """Return what is changed, as the command line would be told."""
        return WhatIf(load=self.load, staff=self.staff, first=self.of_first, second=self.of_second)

    def ways(self) -> tuple[Equal, ...]:
        """Return the ways in which the second world can be staffed, the first of them shown by itself."""
        return ways("all", *self.worlds())

    def problems(self) -> float:
        """Return how many problems have to be lived, in all replications of both worlds."""
        lived = (with_days(one, self.days) for one in self.worlds())
        return self.replications * sum(map(expected_problems, lived))

    def key(self) -> tuple[object, ...]:
        """Return all that the answer depends on: the same key, the same figures."""
        first, second = self.worlds()
        names = first.name, second.name
        return ("compare", digest(first), digest(second), names, self.days, self.replications, self.seed, self.how)

    def in_way(self, how: Equal | None) -> Question:
        """Return the same question with the second world staffed in a way; None where that is not asked."""
        return replace(self, how=how)

    def command(self) -> str | None:
        """Return the command that comes to the same figures; None where a world is in no file of that name."""
        if not {self.first, self.second} <= {*named()}:
            return None
        size = ["--days", str(self.days), "--replications", str(self.replications), "--seed", str(self.seed)]
        made = ["python3", "-m", "uv", "run", "python", "-m", "sim", "compare", self.first, self.second]
        equal = [] if self.how is None else ["--equal", self.how]
        return shlex.join([*made, *self.what_if().options(), *equal, *size])


_made: OrderedDict[tuple[object, ...], tuple[World, World, tuple[World, World]]] = OrderedDict()
_MADE = 256
_NAMED = 56
"""Characters of a name that are kept where a number is put behind it."""


def _changed(first: World, second: World, what_if: WhatIf) -> tuple[World, World]:
    """Return two worlds with what is changed of them, as they were made before where they are the same two.

    Raises
    ------
    Strangers
        If the worlds have other customers.
    ValueError
        If the changes make no world.
    """
    key = id(first), id(second), what_if
    if key not in _made:  # both are kept with what was made of them, so that no others can have their numbers
        if not same_population(first, second):
            strangers = later("{first} and {second} have other customers, so they cannot be compared")
            raise Strangers(strangers.format(first=first.name, second=second.name))
        _made[key] = first, second, _told_apart(*what_if.worlds(first, second))
        while len(_made) > _MADE:
            _made.popitem(last=False)
    return _made[key][2]


def _told_apart(first: World, second: World) -> tuple[World, World]:
    """Return two worlds, numbered where both bear the same name: every sentence says which is meant."""
    if first.name != second.name:
        return first, second
    one, other = (f"{first.name[:_NAMED]} ({at})" for at in (1, 2))
    return first.model_copy(update={"name": one}), second.model_copy(update={"name": other})


def companions(name: str) -> list[str]:
    """Return the worlds that have the same customers as one, itself left out."""
    first = worlds.world(name)
    return [one for one in worlds.all_names() if one != name and same_population(first, worlds.world(one))]
