"""The staff that makes a measure of service equal: sought on the very replications that are then shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim.measures import MEASURES, chosen
from sim.scenario import World
from sim.study.equal import Equality, EqualServiceError, staff_to_scale, with_service
from sim.study.from_theory import staff_from_theory
from sim.study.replicate import Size, together
from sim.study.replications import Replications
from sim.study.sizes import scaled_staff, staff_slots

FEW = 4
"""Replications of the first, coarse look; the last one is taken on all."""
_COARSE, _FINE = 0.03, 0.01
"""The search ends when the measures agree to this part: on a few replications, and on all."""
_STEPS = ((1.25, 8), (1.03, 10))
"""By how much a bracket begins to grow, and how often at most: on a few replications, and on all."""
_TRIES = 10
"""Staffs tried inside a bracket at most."""


@dataclass(frozen=True)
class Tried:
    """One staff that was tried: by what it was multiplied, what was lived, and the measure's excess over the first.

    ``pull`` has the sign of the excess, and is nearly straight in the logarithm of the factor: waits grow by multiples.
    """

    factor: float
    lived: Replications
    excess: float
    pull: float


def equal_service(
    first: Replications, second: World, *, measure: str, size: Size, pilot: Replications | None = None
) -> tuple[Equality, Replications]:
    """Scale the second world's staff until a measure equals the first's, on the same customers.

    A coarse look at a few replications starts from theory; then the same is done on all. Staff comes in whole agents
    and half-hours, and queues answer to it in jumps: how near the measures come is said, and the staff that comes
    nearest is taken.

    Parameters
    ----------
    first : Replications
        Of the first world.
    pilot : Replications, optional
        Of the second with the first's staff, where it was lived already.

    Returns
    -------
    Equality, Replications
        And the second world's replications with that staff.

    Raises
    ------
    EqualServiceError
        If the measure is undefined in one of the worlds, or cannot be made equal by staff alone.
    ValueError
        If it is not known.
    """
    chosen(MEASURES, [measure])
    start, before = staff_to_scale(first.world, second)
    factor, trial = 1.0, Trial(first.only(FEW), start, measure, size)
    if pilot is not None and pilot.world == start:
        trial.know(1.0, pilot.only(FEW))
    factor = staff_from_theory(first, trial.lived(1.0), measure)
    if len(first.numbers) > FEW:
        factor = _nearest(trial, factor, _COARSE, _STEPS[0]).factor
        trial = Trial(first, start, measure, size)
    found = _nearest(trial, factor, _FINE, _STEPS[1] if len(first.numbers) > FEW else _STEPS[0])
    said = _how_near(trial, found)
    equality = with_service(first.world, second, found.lived.world, found.factor * before, said)
    return equality, found.lived


class Trial:
    """Staffs tried on the same replications; each is lived once."""

    def __init__(self, first: Replications, start: World, measure: str, size: Size) -> None:
        self.first, self.start, self.measure = first, start, measure
        self.size = replace(size, numbers=first.numbers)
        self._known: dict[tuple[tuple[int, ...], ...], Replications] = {}
        self.wanted = self._value(first)

    def know(self, factor: float, lived: Replications) -> None:
        """Keep what was lived already."""
        self._known[self._staff(factor)] = lived

    def lived(self, factor: float) -> Replications:
        """Live the second world with its staff multiplied."""
        staff = self._staff(factor)
        if staff not in self._known:
            world = scaled_staff(self.start, factor)
            (self._known[staff],) = together((world,), self.size, least=len(self.size.numbers))
        return self._known[staff]

    def tried(self, factor: float) -> Tried:
        """Return by how much the measure is above the first's with this staff."""
        lived = self.lived(factor)
        value = self._value(lived)
        both = value > 0.0 and self.wanted > 0.0
        return Tried(factor, lived, value - self.wanted, math.log(value / self.wanted) if both else value - self.wanted)

    def _staff(self, factor: float) -> tuple[tuple[int, ...], ...]:
        return tuple(staff_slots(scaled_staff(self.start, factor)).values())

    def _value(self, lived: Replications) -> float:
        mean = lived.estimate(self.measure).mean
        if mean is None:
            raise EqualServiceError(f"{self.measure} is undefined in {lived.world.name}: it cannot be made equal")
        return mean


def _nearest(trial: Trial, start: float, close: float, steps: tuple[float, int]) -> Tried:
    """Find the staff whose measure comes nearest: a bracket around the start, then regula falsi inside it.

    By the Illinois rule (Dowell and Jarratt, "A modified regula falsi method", BIT 11, 1971), so that both ends move.
    """

    def near(one: Tried) -> bool:
        return abs(one.excess) <= close * abs(trial.wanted)

    one, other = _bracket(trial, start, near, steps)
    best = min(one, other, key=lambda tried: abs(tried.excess))
    low, high = one.pull, other.pull
    for _ in range(_TRIES):
        if near(best) or low * high >= 0.0:
            break
        between = one.factor * (other.factor / one.factor) ** (low / (low - high))
        new = trial.tried(between)
        if new.lived is one.lived or new.lived is other.lived:  # no staff lies between: agents are whole
            break
        best = min(best, new, key=lambda tried: abs(tried.excess))
        if new.pull * high < 0.0:
            one, low = other, high
        else:
            low /= 2
        other, high = new, new.pull
    return best


def _bracket(
    trial: Trial, start: float, near: Callable[[Tried], bool], steps: tuple[float, int]
) -> tuple[Tried, Tried]:
    """Return two staffs between whose measures the first's lies, or twice one that is near enough."""
    step, most = steps
    tried = trial.tried(start)
    if near(tried):
        return tried, tried
    more = (tried.excess > 0) != (MEASURES[trial.measure].better == "higher")
    factor = start
    for _ in range(most):
        factor *= step if more else 1 / step
        before, tried = tried, trial.tried(factor)
        if near(tried):
            return tried, tried
        if tried.excess * before.excess < 0.0:
            return before, tried
        step = min(step * step, 1.6)
    first, second = trial.first.world, trial.start
    raise EqualServiceError(
        f"with its staff multiplied by {factor:.3g}, {trial.measure} of {second.name} is "
        f"{trial.wanted + tried.excess:.4g} against {trial.wanted:.4g} in {first.name}: up to there no staff was found "
        f"that makes it equal; another measure may be (speed_of_answer, occupancy)"
    )


def _how_near(trial: Trial, found: Tried) -> str:
    """Say which values the measure has in both worlds, and what is left between them."""
    one, other, unit = trial.wanted, trial.wanted + found.excess, MEASURES[trial.measure].unit
    many = len(trial.first.numbers)
    said = f"{trial.measure} {one:.3g} and {other:.3g} {unit} on these {many} replications"
    apart = abs(found.excess)
    if apart <= _FINE * abs(one):
        return said
    part = f" ({apart / abs(one):.0%} of the first's)" if one else ""
    return f"{said}; no staff of whole agents was found that comes nearer: {apart:.2g} {unit} are left{part}"


def where_call_backs_wait(lived: Sequence[Replications]) -> str:
    """Say where a call-back's wait is counted, where one of the worlds rings back; empty elsewhere."""
    ringing = [one.asked.name for one in lived if one.world.levers.follow_through.call_back is not None]
    if not ringing or any("hold_minutes_per_call" not in one.totals for one in lived):
        return ""
    return (
        f"{' and '.join(dict.fromkeys(ringing))} rings back: the wait for the ring is part of speed_of_answer, but "
        "no hold on the line (hold_minutes_per_call)."
    )
