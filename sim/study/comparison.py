"""What a comparison is: a first world, and beside it the second in one way of staffing it or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sim.measures import Measure, chosen, measures_of
from sim.scenario import World, digest
from sim.study.equal import Equal, Equality
from sim.study.estimate import UNDEFINED, Estimate, common_luck_gain, paired_difference
from sim.study.replications import Replications, Totals

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Line:
    """One measure: both worlds' estimates, and the second minus the first with its paired interval.

    ``gain`` is what living the same customers brings (`sim.study.estimate.common_luck_gain`).
    """

    measure: Measure
    worlds: tuple[Estimate, Estimate]
    difference: Estimate
    gain: float | None = None


@dataclass(frozen=True, eq=False)
class Way:
    """The second world with one staff, beside the first.

    Attributes
    ----------
    equality : Equality
        Whose staff it has, and what that makes equal.
    lived : Replications
        The totals of every replication.
    """

    equality: Equality
    lived: Replications
    lines: tuple[Line, ...]


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """Two worlds compared on the same customers, the second with its own staff, with the first's, or with another.

    What is asked of it without naming a way is answered of the first one: ``worlds``, ``lines``, ``equality``.

    Attributes
    ----------
    asked : pair of World
        As they were asked for: before their horizon or their staff was changed.
    first : Replications
        Of the first world: the same for every way.
    ways : tuple of Way
        In the order in which they are shown; at least one.
    missing : mapping of str
        Why a way that was asked for is not there, by its name.
    """

    asked: tuple[World, World]
    first: Replications
    ways: tuple[Way, ...]
    missing: Mapping[Equal, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def worlds(self) -> tuple[World, World]:
        """As they were lived, with the staff and the horizon they were given."""
        return self.first.world, self.ways[0].lived.world

    @property
    def digests(self) -> tuple[str, str]:
        """Of the worlds that were asked for."""
        return digest(self.asked[0]), digest(self.asked[1])

    @property
    def lived(self) -> tuple[Replications, Replications]:
        """The totals of both worlds."""
        return self.first, self.ways[0].lived

    @property
    def equality(self) -> Equality:
        """What makes the comparison fair, in words."""
        return self.ways[0].equality

    @property
    def lines(self) -> tuple[Line, ...]:
        """One for each measure."""
        return self.ways[0].lines

    @property
    def totals(self) -> tuple[dict[str, Totals], dict[str, Totals]]:
        """Numerators and denominators of each world by measure, a row for each replication."""
        return self.first.totals, self.ways[0].lived.totals

    @property
    def seed(self) -> int:
        """Of all luck."""
        return self.first.seed

    @property
    def replications(self) -> int:
        """How many are finished."""
        return len(self.first.numbers)

    @property
    def engine(self) -> str:
        """Who told what happened."""
        return self.first.engine

    @property
    def interrupted(self) -> bool:
        """Whether replications were asked for that are not finished."""
        return self.first.interrupted

    def line(self, measure: str, how: Equal | None = None) -> Line:
        """Return one measure's line, of the first way or of another.

        Raises
        ------
        ValueError
            If it was not compared; the message names the nearest one.
        """
        one = self if how is None else self.alone(how)
        lines = {line.measure.id: line for line in one.lines}
        chosen({name: line.measure for name, line in lines.items()}, [measure])
        return lines[measure]

    def each(self) -> Iterator[Comparison]:
        """Yield a comparison for every way, with that way alone."""
        return (replace(self, ways=(way,), missing={}) for way in self.ways)

    def alone(self, how: Equal) -> Comparison:
        """Return the comparison with one way alone.

        Raises
        ------
        ValueError
            If it is not there; the message says why, or what is there.
        """
        for one in self.each():
            if one.equality.how == how:
                return one
        there = ", ".join(way.equality.how for way in self.ways)
        raise ValueError(f'no way "{how}" is in this comparison: {self.missing.get(how) or f"there is {there}"}')

    def __add__(self, other: Comparison) -> Comparison:
        """Return the comparison with the replications of both.

        Raises
        ------
        ValueError
            If they are not of the same worlds, seed and staff, or share a replication.
        """
        from sim.study.merging import merged_comparisons

        return merged_comparisons(self, other)

    def __eq__(self, other: object) -> bool:
        """Say whether the same worlds were lived with the same luck, to the bit, whoever did it and how fast."""
        return isinstance(other, Comparison) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.digests, self.first))

    def _facts(self) -> tuple[Any, ...]:
        return self.asked, self.first, dict(self.missing), [(way.equality, way.lived) for way in self.ways]

    def table(self) -> pd.DataFrame:
        """Return the comparison as a table, one row for each measure; undefined values are NaN."""
        from sim.study.tables import comparison_table

        return comparison_table(self)

    def to_json(self) -> str:
        """Return the comparison as JSON, whole enough to be read, merged and made again; undefined values are null."""
        from sim.study.stored import as_json, comparison_tree

        return as_json(comparison_tree(self))

    def text(self, *, every: bool = True, definitions: bool = True) -> str:
        """Return the comparison as it is printed: 120 columns at most.

        Parameters
        ----------
        every : bool
            All measures in all ways, with their intervals, under the finding and the figures that matter.
        definitions : bool
            What every measure shown means.
        """
        from sim.study.words import comparison_text

        return comparison_text(self, every=every, definitions=definitions)

    def __repr__(self) -> str:
        first, second = self.asked
        ways = " and ".join(way.equality.label for way in self.ways)
        return f"<Comparison of {first.name} and {second.name}, {ways}, {self.replications} replications>"

    def _repr_html_(self) -> str:
        from sim.study.words import comparison_html

        return comparison_html(self)


def way_of(first: Replications, lived: Replications, equality: Equality) -> Way:
    """Compare what two worlds left, measure by measure."""
    return Way(equality, lived, tuple(_line(measure, first, lived) for measure in _of_both(first, lived)))


def _line(measure: Measure, first: Replications, second: Replications) -> Line:
    name = measure.id
    if name not in first.totals or name not in second.totals:
        both = tuple(one.estimate(name) if name in one.totals else UNDEFINED for one in (first, second))
        return Line(measure, (both[0], both[1]), UNDEFINED)
    totals = *first.totals[name].T, *second.totals[name].T
    estimates = first.estimate(name), second.estimate(name)
    return Line(measure, estimates, paired_difference(*totals), common_luck_gain(*totals))


def _of_both(first: Replications, second: Replications) -> list[Measure]:
    """Return the measures of either world in the order of the register; definitions that differ are both told."""
    one, other = measures_of(first.world), measures_of(second.world)
    register = [name for name in one if not name.startswith("occupancy.")]
    teams = [name for name in {**one, **other} if name.startswith("occupancy.")]
    at = register.index("occupancy") + 1
    told: list[Measure] = []
    for name in (*register[:at], *teams, *register[at:]):
        if name not in first.totals and name not in second.totals:
            continue
        measure: Any = one.get(name) or other[name]
        if name in one and name in other and one[name].definition != other[name].definition:
            both = f"{first.world.name}: {one[name].definition} {second.world.name}: {other[name].definition}"
            measure = replace(measure, definition=both)
        told.append(measure)
    return told
