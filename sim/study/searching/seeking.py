"""The staff that makes a measure of service equal: sought on the very replications that are then shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sim.measures import MEASURES, chosen
from sim.reading import digest
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size
from sim.study.searching.equal import Equality, EqualServiceError, staff_to_scale, with_service
from sim.study.searching.from_theory import staff_from_theory
from sim.study.searching.staffing import scaled_staff
from sim.world import World

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
    first: Replications,
    second: World,
    *,
    measure: str,
    size: Size,
    others: Sequence[Replications] = (),
    near: float | None = None,
) -> tuple[Equality, Replications]:
    """Scale the second world's staff until a measure equals the first's, on the same customers.

    A coarse look at a few replications starts from theory, unless the staff is right as it is; then the same is done on
    all. Staff comes in whole agents and half-hours, and queues answer to it in jumps: how near the measures come is
    said, and the staff that comes nearest is taken.

    Parameters
    ----------
    first : Replications
        Of the first world.
    others : sequence of Replications
        Of the second with some staff, lived already: they are not lived once more.
    near : float, optional
        A factor that is believed to be near, beside that of equal staff: the search begins there, on all replications.

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
    origin = start if before == 1.0 else second  # scaled once: who is left out by rounding is no multiple of nobody
    if near is not None:
        return _found(Trial(first, origin, before, measure, size, others), second, near, before)
    trial = Trial(first.only(FEW), origin, before, measure, size, others)
    factor, unscaled = 1.0, trial.tried(1.0)
    if abs(unscaled.excess) > _COARSE * abs(trial.wanted):  # otherwise its own staff may be the one that is sought
        factor = staff_from_theory(first, unscaled.lived, measure)
        if len(first.numbers) > FEW:
            factor = _nearest(trial, factor, _COARSE, _STEPS[0]).factor
    if len(first.numbers) > FEW:
        trial = Trial(first, origin, before, measure, size, trial.known)
    return _found(trial, second, factor, before)


def _found(trial: Trial, second: World, factor: float, before: float) -> tuple[Equality, Replications]:
    """Take the staff that comes nearest on all replications, beginning at a factor."""
    first = trial.first
    found = _nearest(trial, factor, _FINE, _STEPS[1] if len(first.numbers) > FEW else _STEPS[0])
    said = _how_near(trial, found)
    equality = with_service(first.world, second, found.lived.world, found.factor * before, said)
    return equality, found.lived


class Trial:
    """Staffs tried on the same replications: with each staff, a replication is lived once.

    A factor multiplies the staff that is equal to the first world's, which is `before` times that of `origin`.
    """

    def __init__(
        self,
        first: Replications,
        origin: World,
        before: float,
        measure: str,
        size: Size,
        known: Iterable[Replications],
    ) -> None:
        self.first, self.origin, self.before, self.measure, self.size = first, origin, before, measure, size
        self._known = {digest(lived.world): lived for lived in known}
        self.wanted = self._value(first)

    @property
    def known(self) -> Iterable[Replications]:
        """What was lived, with whatever staff."""
        return self._known.values()

    def lived(self, factor: float) -> Replications:
        """Live the second world with its staff multiplied: the replications that were not lived with it before."""
        world, wanted = scaled_staff(self.origin, factor * self.before), self.first.numbers
        name = digest(world)
        there = self._known[name].numbers if name in self._known else ()
        left = tuple(number for number in wanted if number not in there)
        if left:
            (new,) = together((world,), replace(self.size, numbers=left), least=len(left))
            self._known[name] = self._known[name] + new if there else new
        return self._known[name].only(len(wanted))

    def tried(self, factor: float) -> Tried:
        """Return by how much the measure is above the first's with this staff."""
        lived = self.lived(factor)
        value = self._value(lived)
        both = value > 0.0 and self.wanted > 0.0
        return Tried(factor, lived, value - self.wanted, math.log(value / self.wanted) if both else value - self.wanted)

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
        if digest(new.lived.world) in (digest(one.lived.world), digest(other.lived.world)):
            break  # no staff lies between: agents are whole
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
    first, second = trial.first.world, trial.origin
    raise EqualServiceError(
        f"with its staff multiplied by {factor * trial.before:.3g}, {trial.measure} of {second.name} is "
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
