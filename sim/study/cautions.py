"""What a reader of a study has to be warned of: runs that have not settled, limits that shape the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.study.estimate import paired_difference
from sim.units import WEEK

if TYPE_CHECKING:
    from sim.study.replicate import Replications

ENOUGH = 10
"""Replications from which a t interval is trusted."""
_EXHAUSTED = "attempts_exhausted_share"
_SURE = 0.99
"""Confidence of the test for drift: four tests are made in each comparison."""


def cautions(*worlds: Replications, names: Sequence[str] = ()) -> list[str]:
    """Return the warnings that belong to a study of one world or of several on the same customers.

    Parameters
    ----------
    names : sequence of str, optional
        What the worlds are called, in place of their own names.
    """
    called = names or [lived.world.name for lived in worlds]
    each = (said for lived, name in zip(worlds, called, strict=True) for said in _of_a_world(lived, name))
    return [*_of_the_study(worlds[0]), *each]


def _of_the_study(lived: Replications) -> Iterator[str]:
    many = len(lived.numbers)
    if lived.interrupted:
        yield f"Interrupted: only the {many} replications that were finished are counted."
    if many == 1:
        yield "One replication gives no intervals."
    elif many < ENOUGH:
        yield f"{many} replications: the intervals are wide; from {ENOUGH} on they are trusted."
    if lived.world.time.horizon < 3 * WEEK:
        yield "The horizon is under 3 weeks: too short to see whether the runs have settled."


def _of_a_world(lived: Replications, name: str) -> Iterator[str]:
    exhausted = lived.estimate(_EXHAUSTED).mean
    if exhausted is not None and exhausted > 0.01:
        yield (
            f"{name}: {100 * exhausted:.1f} % of the problems came to the most attempts anyone makes "
            "(population.again.most_attempts): that limit shapes the results."
        )
    yield from _drifting(lived, name)


def _drifting(lived: Replications, name: str) -> Iterator[str]:
    if len(lived.drifts) < 2:
        return
    if lived.world.time.horizon < 3 * WEEK:
        return  # a third would not be whole weeks, and a Monday is no Saturday
    for what, above, below in (("hold per call", "hold", "answered"), ("calls per problem", "calls", "problems")):
        middle, last = (
            ([getattr(third, above) for third in thirds], [getattr(third, below) for third in thirds])
            for thirds in ([drift.middle for drift in lived.drifts], [drift.last for drift in lived.drifts])
        )
        change = paired_difference(*middle, *last, confidence=_SURE)
        if change.low is not None and change.high is not None and not change.low <= 0 <= change.high:
            yield (
                f"{name}: {what} drifts, {change.mean:+.2f} from the middle third of the horizon to "
                "the last: the run has not settled."
            )
