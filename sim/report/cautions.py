"""What a reader of a study has to be warned of, and how far its figures carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.reading import warnings_of
from sim.study.comparing.comparison import Comparison
from sim.study.running.estimate import paired_difference
from sim.study.running.replications import Replications
from sim.units import WEEK, duration

ENOUGH = 10
"""Replications from which a t interval is trusted."""
_EXHAUSTED, _OPEN = "attempts_exhausted_share", "open_share"
_SURE = 0.99
"""Confidence of the test for drift: four to six tests are made in each comparison."""
_DRIFTS = (
    ("hold per call", "hold", "answered"),
    ("calls per problem", "calls", "problems"),
    ("backlog of written work", "queueing", "minutes"),
)
"""What may drift: in words, and of which two numbers of a `Stretch` it is the ratio."""
_NARROWED = ("calls_per_problem", "customer_eur_per_problem", "firm_eur_per_problem")
"""Measures of which it is told what the same customers bring."""


class Caution(NamedTuple):
    """A sentence to a reader; a warning where it says that the figures are not what they seem."""

    said: str
    warns: bool

    def __str__(self) -> str:
        """Write it as it is printed."""
        return f"{'Warning' if self.warns else 'Note'}. {self.said}"


def cautions(*worlds: Replications, names: Sequence[str] = ()) -> list[Caution]:
    """Return what belongs to a study of one world or of several on the same customers, warnings first.

    Parameters
    ----------
    names : sequence of str, optional
        What the worlds are called, in place of their own names.
    """
    called = names or [lived.asked.name for lived in worlds]
    whose: dict[Caution, list[str]] = {}
    for lived, name in zip(worlds, called, strict=True):
        for caution in _of_a_world(lived):
            whose.setdefault(caution, []).append(name)
    each = [Caution(f"{', '.join(names)}: {said}", warns) for (said, warns), names in whose.items()]
    return sorted([*_of_the_study(worlds[0]), *each], key=lambda caution: not caution.warns)


def _of_the_study(lived: Replications) -> Iterator[Caution]:
    many = len(lived.numbers)
    if lived.interrupted:
        yield Caution(f"Interrupted: only the {many} replications that were finished are counted.", True)
    if many == 1:
        yield Caution("One replication gives no intervals.", True)
    elif many < ENOUGH:
        yield Caution(f"{many} replications: the intervals are wide; from {ENOUGH} on they are trusted.", False)
    if lived.world.time.horizon < 3 * WEEK:
        yield Caution("The horizon is under 3 weeks: too short to see whether the runs have settled.", False)


def _of_a_world(lived: Replications) -> Iterator[Caution]:
    yield from (Caution(said, True) for said in warnings_of(lived.asked))
    exhausted, still_open = (_mean(lived, measure) for measure in (_EXHAUSTED, _OPEN))
    if exhausted > 0.01:
        yield Caution(
            f"{100 * exhausted:.1f} % of the problems came to the most attempts anyone makes "
            "(population.again.most_attempts): that limit shapes the results.",
            True,
        )
    if still_open > 0.02:
        yield Caution(
            f"{100 * still_open:.1f} % of the journeys are still open when the run ends: their calls, costs "
            f"and effort are counted too low, and so are solved_share and given_up_share; a time.follow_up longer than "
            f"{duration(lived.world.time.follow_up)} lets them end.",
            True,
        )
    yield from _drifting(lived)


def _mean(lived: Replications, measure: str) -> float:
    if measure not in lived.totals:
        return 0.0
    return lived.estimate(measure).mean or 0.0


def _drifting(lived: Replications) -> Iterator[Caution]:
    if len(lived.drifts) < 2:
        return
    if lived.world.time.horizon < 3 * WEEK:
        return  # a third would not be whole weeks, and a Monday is no Saturday
    for what, above, below in _DRIFTS:
        middle, last = (
            ([getattr(third, above) for third in thirds], [getattr(third, below) for third in thirds])
            for thirds in ([drift.middle for drift in lived.drifts], [drift.last for drift in lived.drifts])
        )
        change = paired_difference(*middle, *last, confidence=_SURE)
        if change.low is not None and change.high is not None and not change.low <= 0 <= change.high:
            yield Caution(
                f"{what} drifts, {change.mean:+.2f} from the middle third of the horizon to "
                "the last: the run has not settled.",
                True,
            )


def targets(worlds: Sequence[Replications], names: Sequence[str]) -> list[str]:
    """Say of each world whether its service level comes to the target that it sets."""
    said = []
    for lived, name in zip(worlds, names, strict=True):
        if "service_level" not in lived.totals:
            continue
        mean, low, high = lived.estimate("service_level")
        if mean is None:
            continue
        level = lived.world.service_level
        least, most = mean if low is None else low, mean if high is None else high
        met = "met" if least >= level.target else "missed" if most < level.target else "unsure whether met"
        within = f"{100 * mean:.1f} % within {duration(level.within)} ({level.definition})"
        said.append(f"{name}: {within}, target {100 * level.target:g} % {met}.")
    return [f"Service level. {' '.join(said)}"] if said else []


def common_luck(comparison: Comparison) -> str:
    """Say what living the same customers brings for this pair: how many times as many replications it stands for."""
    lines = {line.measure.id: line for line in comparison.lines}
    told = [(name, lines[name].gain) for name in _NARROWED if name in lines]
    gains = [f"{name} {gain:.1f}" for name, gain in told if gain is not None]
    if not gains:
        return ""
    return (
        "The same customers in both worlds narrow the differences as this many times the replications on other "
        f"customers would (1: not at all): {', '.join(gains)}."
    )


def where_call_backs_wait(lived: Sequence[Replications]) -> str:
    """Say where a call-back's wait is counted, where one of the worlds rings back; empty elsewhere."""
    ringing = [one.asked.name for one in lived if one.world.levers.follow_through.call_back is not None]
    if not ringing or any("hold_minutes_per_call" not in one.totals for one in lived):
        return ""
    return (
        f"{' and '.join(dict.fromkeys(ringing))} rings back: the wait for the ring is part of speed_of_answer, but "
        "no hold on the line (hold_minutes_per_call)."
    )
