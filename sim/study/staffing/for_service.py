"""Two worlds at equal service, the second with the least-cost staff that gives it: by interval and team."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sim.measures import MEASURES
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size
from sim.study.searching.equal import Equality, EqualServiceError, least_cost
from sim.study.searching.staffing import paid_hours
from sim.study.staffing.staff import prepared
from sim.study.staffing.targets import Target
from sim.study.staffing.trials import Enough
from sim.world import World

_EVERY = 60.0
"""Minutes for which the second world's staff is the same at least."""
_BUDGET = 300


def equal_service_at_least_cost(
    first: Replications, second: World, *, measure: str, size: Size, others: Sequence[Replications] = ()
) -> tuple[Equality, Replications]:
    """Give the second world the least-cost staff found with which a measure is as good as the first's.

    The search of `sim.staff`, hour by hour and team by team, on the very replications that are compared; no others are
    asked afterwards, as the first's value is what these came to.

    Parameters
    ----------
    first : Replications
        Of the first world, the measure among what was measured.
    others : sequence of Replications
        Of the second with some staff: not asked, as the search knows intervals that they have not.

    Returns
    -------
    Equality, Replications
        And the second world's replications with that staff.

    Raises
    ------
    EqualServiceError
        If the measure is undefined in the first world, or no staff was found that reaches it in the second.
    ValueError
        If the measure has no better direction, or nobody may ever be on duty in the second.
    KeyboardInterrupt
        If interrupted.
    """
    wanted, better = first.estimate(measure).mean, MEASURES[measure].better
    if wanted is None:
        raise EqualServiceError(f"{measure} is undefined in {first.world.name}: it cannot be made equal")
    target = Target(measure, better == "higher", wanted, "whole")
    ahead = prepared(
        second, [target], by="whole", every=_EVERY, teams=None, alike="profile", hours="own", least=1, most=None,
        shifts=None, sure="mean", replications=first.numbers, check=None, seed=size.seed, days=None, budget=_BUDGET,
        engine=size.engine, workers=size.workers,
    )  # fmt: skip
    search = ahead.search(size.progress)
    with suppress(Enough):  # the best so far is taken, and how many staffs were lived is said
        search.through()
    if search.best is None or search.out_of_reach.any():
        raise EqualServiceError(f"no staff of {second.name} was found with which {measure} is {wanted:.4g} or better")
    found = search.pattern.world_with(search.best.staff).model_copy(update={"time": second.time})
    (lived,) = together((found,), replace(size, numbers=first.numbers), least=len(first.numbers))
    reached, unit = lived.estimate(measure).mean, MEASURES[measure].unit
    said = (
        f"{measure} {wanted:.3g} and {reached:.3g} {unit} on these {len(first.numbers)} replications, by the "
        f"least-cost staff found among {search.trials.tried}, hour by hour and team by team"
    )
    return least_cost(first.world, found, paid_hours(found) / paid_hours(second), said), lived
