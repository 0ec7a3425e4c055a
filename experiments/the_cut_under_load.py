"""What the cut does as load grows: is there a load at which the centre tips, repeats feeding it faster than it drains?

Run it: ``python experiments/the_cut_under_load.py [--quick] [--figure out/load.png]``; at full size some five minutes.
What is lived is kept in a folder under ``out``: the same call goes on after Ctrl-C. ``the_cut.py`` takes the cut apart
at the load as it is; here the load moves, and one world is lived with its cut and without it, by the same customers, on
the same staff.

What tipping means was said before any number was seen:

* **It jumps.** From one load to the next the problems that come in addition bring more than twice as many calls each as
  problems bring in the calm centre (the lowest load): the whole interval of d(calls)/d(problems) lies above twice the
  upper end of the calm centre's. Where no call makes another one more likely, the two are the same at every load.
* **It grows.** Problems of the ninth and tenth week take more calls than those of the second and third, by 5 % at least
  and surely: the calls that repeat are not drained, they heap up. What only jumps has settled at a worse state.

A centre *tips* between the first two loads at which it jumps. Whether it also grows there says whether there is any
state that it settles in.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import asking
from asking import Answer, Extent, Given

import sim

NAME = "the_cut_under_load"
FULL, QUICK = Extent(10, 14), Extent(3, 7)
LOADS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
QUICK_LOADS = (0.5, 0.8, 1.0, 1.5)
EARLY, LATE = "7 d", "56 d"
"""How long the centre has been open when those problems begin that are looked at."""
TWICE, GROWN = 2.0, 0.05
CUT, LOAD, WARM_UP = "levers.time.cut_after", "population.problems_per_day", "time.warm_up"
WITH, WITHOUT = "with the cut", "without"
MEASURES = (
    "calls_per_problem",
    "calls_per_day",
    "problems_per_day",
    "hold_minutes_per_call",
    "occupancy",
    "solved_share",
    "attempts_exhausted_share",
)


class Point(NamedTuple):
    """One load, lived with the cut or without: what comes late, and calls a problem early, by replication."""

    load: float
    late: Mapping[str, asking.Totals]
    early: asking.Totals

    def estimate(self, measure: str) -> sim.Estimate:
        """Estimate a measure of the late problems."""
        return sim.ratio(*self.late[measure])

    def growth(self) -> sim.Estimate:
        """Estimate how many more calls a problem takes late than early."""
        return asking.difference(self.early, self.late["calls_per_problem"])

    def grows(self) -> bool:
        """Say whether it grows, as was said beforehand."""
        growth, before = self.growth(), sim.ratio(*self.early).mean
        if growth.low is None or growth.mean is None or before is None:
            return False
        return growth.low > 0 and growth.mean >= GROWN * before


class Rise(NamedTuple):
    """From one load to the next."""

    low: float
    high: float
    calls: sim.Estimate
    """That each problem brings which comes in addition."""
    jumps: bool


Curve = Sequence[Point]
"""The loads in order."""


def rises(curve: Curve) -> list[Rise]:
    """Return d(calls)/d(problems) between neighbouring loads, and whether it jumps there."""
    calm = sim.ratio(*curve[0].late["calls_per_problem"]).high if curve else None
    made = []
    for one, other in itertools.pairwise(curve):
        calls, problems = (
            [b - a for a, b in zip(one.late[name][0], other.late[name][0], strict=True)]
            for name in ("calls_per_day", "problems_per_day")
        )
        each = sim.ratio(calls, problems)
        jumps = each.low is not None and calm is not None and sum(problems) > 0 and each.low > TWICE * calm
        made.append(Rise(one.load, other.load, each, jumps))
    return made


def tips(curve: Curve) -> tuple[float, float] | None:
    """Return the loads between which it tips: the first at which it jumps; None where it never does."""
    return next(((rise.low, rise.high) for rise in rises(curve) if rise.jumps), None)


def finding(curves: Mapping[str, Curve]) -> str:
    """Say whether and where it tips, with the cut and without, and whether it settles; chosen by the numbers."""
    with_it, without = curves.get(WITH, ()), curves.get(WITHOUT, ())
    if min(len(with_it), len(without)) < 2:
        return "Nothing can be told: fewer than two loads are finished with the cut and without."
    where = tips(with_it), tips(without)
    said = [_where(name, at, curve) for name, at, curve in zip((WITH, WITHOUT), where, (with_it, without), strict=True)]
    return f"{said[0][0].upper()}{said[0][1:]}; {said[1]}. {_of_the_cut(*where)} {_settles(curves)}"


def _where(name: str, at: tuple[float, float] | None, curve: Curve) -> str:
    words = {WITHOUT: "without it"}.get(name, name)
    if at is None:
        most = max(rises(curve), key=lambda rise: rise.calls.mean or 0.0)
        return (
            f"{words} it tips at no load from x{curve[0].load:g} to x{curve[-1].load:g} (most: "
            f"{asking.written(most.calls)} calls for each problem more, from x{most.low:g} to x{most.high:g})"
        )
    rise = next(rise for rise in rises(curve) if (rise.low, rise.high) == at)
    calm = asking.written(curve[0].estimate("calls_per_problem"))
    return (
        f"{words} it tips between x{at[0]:g} and x{at[1]:g} of the load as it is: each problem more brings "
        f"{asking.written(rise.calls)} calls there, {calm} in the calm centre"
    )


def _of_the_cut(with_it: tuple[float, float] | None, without: tuple[float, float] | None) -> str:
    """Say what the cut itself does to the load at which it tips."""
    if with_it is None:
        return "The cut tips nothing." if without is None else "The cut keeps it from tipping."
    if without is None:
        return "The cut alone makes it tip."
    if with_it[1] <= without[0]:
        if with_it[1] == without[0]:
            return "The cut makes it tip sooner; by how much cannot be told at this spacing of loads."
        return f"The cut makes it tip sooner: at a load that is less by {1 - with_it[1] / without[0]:.0%} at least."
    if without[1] <= with_it[0]:
        return "The cut lets it tip later."
    return "That the cut moves the load at which it tips cannot be told at this spacing of loads."


def _settles(curves: Mapping[str, Curve]) -> str:
    """Say at which loads it grows on."""
    loads = {name: [point.load for point in curve if point.grows()] for name, curve in curves.items()}
    if not any(loads.values()):
        worse = ": what tips settles at a worse state" if any(map(tips, curves.values())) else ""
        return f"At no load do calls a problem surely grow from week 2 to week 10{worse}."
    said = [f"{name} at {asking.listed([f'x{load:g}' for load in those])}" for name, those in loads.items() if those]
    return f"Calls a problem surely grow from week 2 to week 10 {'; '.join(said)}; nowhere else."


def rows(curves: Mapping[str, Curve]) -> Iterator[Sequence[str]]:
    """Yield a row for each load, with the cut and without, and the difference of the two."""
    for name, curve in curves.items():
        after = {rise.high: rise for rise in rises(curve)}
        for point in curve:
            rise = after.get(point.load)
            marginal = "-" if rise is None else asking.written(rise.calls) + " jumps" * rise.jumps
            grows = asking.written(point.growth(), signed=True) + " grows" * point.grows()
            others = (asking.written(point.estimate(measure)) for measure in MEASURES[3:6])
            yield (
                name,
                f"x{point.load:g}",
                asking.written(point.estimate("calls_per_problem")),
                marginal,
                grows,
                *others,
            )


HEAD = (
    "",
    "load",
    "calls a problem",
    "calls for each problem more",
    "late less early (calls a problem)",
    "hold (min a call)",
    "occupancy",
    "problems solved",
)


def curves_of(swept: sim.Sweep) -> dict[str, list[Point]]:
    """Return what is finished of a sweep: only replications that every part of a point has."""
    totals = {measure: swept.by_point(measure) for measure in MEASURES}
    points = {(p[CUT], p[LOAD], p[WARM_UP]): at for at, p in enumerate(swept.design)}
    usual = {p[CUT] for p in swept.design if p[CUT] != "none"}
    made: dict[str, list[Point]] = {}
    for name, cut in ((WITH, next(iter(usual))), (WITHOUT, "none")):
        loads = dict.fromkeys(p[LOAD] for p in swept.design)
        whole = (
            _point(totals, points[cut, load, EARLY], points[cut, load, LATE], load, swept.numbers) for load in loads
        )
        made[name] = [point for point in whole if point is not None]
    return made


def _point(totals: Mapping[str, Any], early: int, late: int, load: str, numbers: Sequence[int]) -> Point | None:
    """Return a load, if all of its replications are finished, early and late."""
    if any(at not in of or len(of[at].numbers) < len(numbers) for of in totals.values() for at in (early, late)):
        return None
    both = {measure: asking.ordered(of[late]) for measure, of in totals.items()}
    return Point(float(load[1:]), both, asking.ordered(totals["calls_per_problem"][early]))


def design_of(loads: Sequence[float], cut: str) -> sim.Design:
    """Return every load, with the cut and without, early and late."""
    return sim.factorial({LOAD: [f"x{load:g}" for load in loads], CUT: [cut, "none"], WARM_UP: [EARLY, LATE]})


def loads_of(given: Given) -> tuple[float, ...]:
    """Return the loads that are asked for, in order.

    Raises
    ------
    ValueError
        If there are fewer than two, or one is out of its range.
    """
    loads = given.own.loads or (QUICK_LOADS if given.quick else LOADS)
    wrong = [f"{load:g}" for load in loads if not (math.isfinite(load) and 0.05 <= load <= 20)]
    if wrong or len(set(loads)) < 2:
        raise ValueError(
            f"--loads is {' '.join(f'{load:g}' for load in loads)}: two or more from 0.05 to 20 are needed"
        )
    return tuple(sorted(set(loads)))


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live every load; interrupted, what is finished is told, and the same call goes on."""
    world = sim.load(given.own.world)
    cut = world.levers.time.cut_after
    minutes = given.own.cut if given.own.cut is not None else cut
    if minutes is None or not (math.isfinite(minutes) and 0 < minutes <= 1440):
        raise ValueError(f"{world.name} has no cut: --cut 20 gives it one, in minutes, up to 1,440")
    design = design_of(loads_of(given), f"{minutes:g} min")
    folder = asking.folder(given, NAME, world, design)
    swept = sim.sweep(world, design, measures=MEASURES, replications=given.replications, seed=given.seed,
                      days=given.days, workers=given.workers, out=folder, progress=tell)  # fmt: skip
    curves = curves_of(swept)
    cutting = f"{world.name}, cut after {minutes:g} min; early: open for {EARLY}, late: for {LATE}, before the horizon."
    notes = [asking.how(given, cutting), f"Kept in {folder}."]
    notes += [f"x{design[at][LOAD]} could not be lived: {why}" for at, why in swept.failed.items()]
    table = asking.table(HEAD, rows(curves))
    return Answer(table, finding(curves), notes, lambda: draw(curves), swept.interrupted)


def draw(curves: Mapping[str, Curve]) -> Any:
    """Draw calls a problem over the load, with the cut and without, and where it tips."""
    from sim.figures.style import BLUE, SMALL, VERMILLION, panels, titled

    (ax,) = panels(None, 1, (8.0, 4.6))
    for (name, curve), colour, marker in zip(curves.items(), (VERMILLION, BLUE), "so", strict=True):
        each = [point.estimate("calls_per_problem") for point in curve]
        means = [one.mean or 0.0 for one in each]
        reach = [0.0 if one.high is None or one.mean is None else one.high - one.mean for one in each]
        ax.errorbar([point.load for point in curve], means, reach, color=colour, marker=marker, capsize=3, label=name)
        at = tips(curve)
        if at is not None:
            ax.axvspan(*at, color=colour, alpha=0.15, linewidth=0)
    ax.set_ylim(bottom=0)
    ax.set_xlabel("load (times the problems a day as they are)")
    ax.set_ylabel("calls a problem (95 %)")
    ax.legend(fontsize=SMALL, frameon=False)
    titled(ax, "; ".join(f"{name}: {_short(tips(curve))}" for name, curve in curves.items()))
    return ax


def _short(at: tuple[float, float] | None) -> str:
    return "tips nowhere" if at is None else f"tips from x{at[0]:g} to x{at[1]:g}"


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("world", nargs="?", default="double_peine")
    parser.add_argument("--cut", type=float, metavar="MINUTES", help="in place of the world's own")
    parser.add_argument("--loads", type=float, nargs="+", metavar="X", help="times the problems a day as they are")


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
