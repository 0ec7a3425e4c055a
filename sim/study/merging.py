"""Studies put together: replications 11 to 20 are added to 1 to 10."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.scenario import difference, digest
from sim.study.comparison import Comparison, Way, way_of
from sim.study.replications import Replications


def merged_replications(one: Replications, other: Replications) -> Replications:
    """Return the replications of both, in order.

    Raises
    ------
    ValueError
        If they are not of the same world, as asked for and as lived, and of the same seed, or share a replication.
    """
    _alike(one, other)
    places = {number: (lived, at) for lived in (one, other) for at, number in enumerate(lived.numbers)}
    order = sorted(places)
    both = [name for name in one.totals if name in other.totals]
    rows = {
        name: np.array([places[number][0].totals[name][places[number][1]] for number in order]).reshape(-1, 2)
        for name in both
    }
    drifts = tuple(places[number][0].drifts[places[number][1]] for number in order)
    engine = one.engine if one.engine == other.engine else f"{one.engine} and {other.engine}"
    return replace(
        one,
        numbers=tuple(order),
        totals=rows,
        drifts=drifts,
        engine=engine,
        seconds=one.seconds + other.seconds,
        interrupted=one.interrupted or other.interrupted,
    )


def _alike(one: Replications, other: Replications) -> None:
    if not isinstance(other, Replications):
        raise ValueError(f"replications are added to replications, not to {type(other).__name__}")
    for what, mine, theirs in (("asked for", one.asked, other.asked), ("lived", one.world, other.world)):
        if digest(mine) != digest(theirs):
            keys = ", ".join(change.key for change in difference(mine, theirs)[:5])
            raise ValueError(
                f"these are not of the same world: {mine.name} and {theirs.name} as {what} differ on {keys}"
            )
    if one.seed != other.seed:
        raise ValueError(f"these are not of the same luck: seeds {one.seed} and {other.seed}")
    twice = sorted({*one.numbers} & {*other.numbers})
    if twice:
        few = ", ".join(str(number + 1) for number in twice[:5]) + (" ..." if len(twice) > 5 else "")
        raise ValueError(f"replication {few}, counted from 1, is in both: each counts once")


def merged_comparisons(one: Comparison, other: Comparison) -> Comparison:
    """Return the comparison with the replications of both.

    A way is kept where both have it with the very same staff: an equal service that was sought on other replications
    has another one, and goes to ``missing``.

    Raises
    ------
    ValueError
        As `merged_replications`; and if no way is left.
    """
    if not isinstance(other, Comparison):
        raise ValueError(f"a comparison is added to a comparison, not to {type(other).__name__}")
    first = merged_replications(one.first, other.first)
    theirs = {way.equality.how: way for way in other.ways}
    ways, missing = [], {**other.missing, **one.missing}
    for way in one.ways:
        how, match = way.equality.how, theirs.get(way.equality.how)
        if match is None or digest(match.lived.world) != digest(way.lived.world):
            missing[how] = _why(way, match)
            continue
        lived = merged_replications(way.lived, match.lived)
        ways.append(way_of(first, lived, way.equality))
    if not ways:
        raise ValueError("these comparisons staff the second world in no way alike: there is nothing to add")
    return Comparison(one.asked, first, tuple(ways), missing, one.seconds + other.seconds)


def _why(way: Way, match: Way | None) -> str:
    if match is not None:
        factors = f"{way.equality.factor:.4g} and {match.equality.factor:.4g} times the first's"
        return f"the parts that were put together found different staff ({factors}): compare all replications at once"
    return "only one of the parts that were put together has it"
