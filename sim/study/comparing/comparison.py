"""What a comparison is: one first world, and beside it as many ways of answering as are compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sim.measures import Measure, chosen, measures_of, of_all
from sim.reading import digest
from sim.study.running.estimate import UNDEFINED, Estimate, common_luck_gain, logarithm_reach, paired_difference
from sim.study.running.replications import Replications, Totals
from sim.study.running.reported import Reported
from sim.study.searching.equal import Equal, Equality
from sim.world import World


@dataclass(frozen=True)
class Line:
    """One measure: both worlds' estimates, and the second minus the first with its paired interval.

    ``gain`` is what living the same customers brings (`sim.study.running.estimate.common_luck_gain`), ``log_reach``
    half the length of the interval of log(second / first), where there is one.
    """

    measure: Measure
    worlds: tuple[Estimate, Estimate]
    difference: Estimate
    gain: float | None = None
    log_reach: float | None = None


@dataclass(frozen=True, eq=False)
class Way:
    """A world with one staff, beside the first: other staff, or another world, is another way.

    Attributes
    ----------
    equality : Equality
        Whose staff it has, and what that makes equal.
    lived : Replications
        The totals of every replication, on the first's customers.
    lines : tuple of Line
        It against the first, one for each measure.
    """

    equality: Equality
    lived: Replications
    lines: tuple[Line, ...]


@dataclass(frozen=True, repr=False, eq=False)
class Comparison(Reported):
    """Worlds compared with a first one on the same customers.

    One other world with its own staff, with the first's and with another is three ways; so would be three others. What
    is asked of it without naming a way is answered of the first one: ``worlds``, ``lines``, ``equality``.

    Attributes
    ----------
    first : Replications
        Of the first world: the same for every way.
    ways : tuple of Way
        In the order in which they are shown; at least one.
    missing : mapping of str
        Why a way that was asked for is not there, by its name.
    """

    first: Replications
    ways: tuple[Way, ...]
    missing: Mapping[Equal, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def asked(self) -> tuple[World, World]:
        """As they were asked for: before their horizon or their staff was changed."""
        return self.first.asked, self.ways[0].lived.asked

    @property
    def worlds(self) -> tuple[World, World]:
        """As they were lived, with the staff and the horizon they were given."""
        return self.first.world, self.ways[0].lived.world

    @property
    def others(self) -> list[World]:
        """The worlds beside the first as they were asked for, each once however many ways it has."""
        each: list[World] = []
        for way in self.ways:
            each += [] if way.lived.asked in each else [way.lived.asked]
        return each

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

        A way is kept where both have it with the very same staff: an equal service that was sought on other
        replications has another one, and goes to ``missing``.

        Raises
        ------
        ValueError
            If they are not of the same worlds and seed, share a replication, or have no way alike.
        """
        if not isinstance(other, Comparison):
            raise ValueError(f"a comparison is added to a comparison, not to {type(other).__name__}")
        first, theirs = self.first + other.first, {_kind(way): way for way in other.ways}
        both, missing = [], {**other.missing, **self.missing}
        for way in self.ways:
            match = theirs.get(_kind(way))
            if match is None or digest(match.lived.world) != digest(way.lived.world):
                missing[way.equality.how] = _why(way, match)
            else:
                both.append((way.equality, way.lived + match.lived))
        if not both:
            raise ValueError("these comparisons staff the second world in no way alike: there is nothing to add")
        return Comparison(first, beside(first, both), missing, self.seconds + other.seconds)

    def __radd__(self, nothing: int) -> Comparison:
        """Begin a sum: `sum` adds to 0."""
        return self if nothing == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Say whether the same worlds were lived with the same luck, to the bit, whoever did it and how fast."""
        return isinstance(other, Comparison) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.digests, self.first))

    def _facts(self) -> tuple[Any, ...]:
        return self.first, dict(self.missing), [(way.equality, way.lived) for way in self.ways]

    def __repr__(self) -> str:
        names = " and ".join([self.first.asked.name, *dict.fromkeys(way.lived.asked.name for way in self.ways)])
        ways = " and ".join(way.equality.label for way in self.ways)
        return f"<Comparison of {names}, {ways}, {self.replications} replications>"


def beside(first: Replications, others: Iterable[tuple[Equality, Replications]]) -> tuple[Way, ...]:
    """Hold what other worlds left against the first, measure by measure: the same measures for all."""
    ways = list(others)
    measures = _of_all([first, *(lived for _, lived in ways)])
    return tuple(Way(equality, lived, tuple(_line(one, first, lived) for one in measures)) for equality, lived in ways)


def _line(measure: Measure, first: Replications, second: Replications) -> Line:
    name = measure.id
    if name not in first.totals or name not in second.totals:
        both = tuple(one.estimate(name) if name in one.totals else UNDEFINED for one in (first, second))
        return Line(measure, (both[0], both[1]), UNDEFINED)
    totals = *first.totals[name].T, *second.totals[name].T
    estimates = first.estimate(name), second.estimate(name)
    return Line(measure, estimates, paired_difference(*totals), common_luck_gain(*totals), logarithm_reach(*totals))


def _of_all(worlds: Sequence[Replications]) -> list[Measure]:
    """Return the measures of any of the worlds in the order of the register; definitions that differ are all told."""
    known = [measures_of(lived.world) for lived in worlds]
    told: list[Measure] = []
    for name in of_all(known):
        if not any(name in lived.totals for lived in worlds):
            continue
        defined = [(lived.world.name, one[name]) for lived, one in zip(worlds, known, strict=True) if name in one]
        said = dict.fromkeys((world, measure.definition) for world, measure in defined)
        measure = defined[0][1]
        if len({definition for _, definition in said}) > 1:
            measure = replace(measure, definition=" ".join(f"{world}: {definition}" for world, definition in said))
        told.append(measure)
    return told


def _kind(way: Way) -> tuple[Equal, str]:
    return way.equality.how, digest(way.lived.asked)


def _why(way: Way, match: Way | None) -> str:
    if match is not None:
        factors = f"{way.equality.factor:.4g} and {match.equality.factor:.4g} times the first's"
        return f"the parts that were put together found different staff ({factors}): compare all replications at once"
    return "only one of the parts that were put together has it"
