"""How much staff the calls cost that repeat others: the least staff for a service level, with repeats and without.

Run it: ``python experiments/cost_of_repeats.py [--quick] [--figure out/repeats.png]``; at full size some five minutes.

Three worlds have the same problems: *as it is*; *nobody calls again* (`population.again.persistence` is 0: a first
attempt for each problem, and no second one, whatever became of it); *solved at the first contact* (every agent is the
right one, may do all that is asked for, solves everything, and is not cut off; who hangs up still calls again). For
each a staff is sought that meets a service level in every four hours and keeps the second level busy for 85 % of its
time at most (`sim.staff`: by simulation, started from theory). Beside it stand the agents of the first level that
Erlang C and Erlang A give it: for the first attempts alone, and with the calls that repeat, taken as they come with
that staff.

The unit of the intervals is the search: it is made anew with other luck (as many times as there are searches), the same
in the three worlds, and each has replications of its own. So intervals hold the luck of what was found, as well as that
of what was lived.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import asking
from asking import Answer, Course, Extent, Given

import sim

NAME = "cost_of_repeats"
FULL, QUICK = Extent(4, 7), Extent(2, 2)
LEVELS, QUICK_LEVELS = (0.7, 0.8, 0.9), (0.8,)
WITHIN, EVERY, BUSIEST = "20 s", "4 h", 0.85
AS_IT_IS, ONCE, AT_FIRST = "as it is", "nobody calls again", "solved at the first contact"
ENOUGH = 1_000_000
"""EUR: more than any gesture."""
WITHOUT: dict[str, dict[str, Any]] = {
    AS_IT_IS: {},
    ONCE: {"population.again.persistence": 0.0},
    AT_FIRST: {
        "teams.*.competent": 1.0,
        "levers.knowledge.misrouted": 0.0,
        "levers.authority.limit": ENOUGH,
        "levers.access.sent_elsewhere": 0.0,
        "levers.time.cut_after": "none",
        "levers.time.hangup": 0.0,
    },
}
_LONG = {ONCE: 0.3, AT_FIRST: 0.3}
"""How long a search takes, beside that of the world as it is."""
FORMULAS = ("erlang_c_first", "erlang_a_first", "erlang_c", "erlang_a")


class Sought(NamedTuple):
    """What one search found."""

    hours: float
    """Agent hours paid in a week."""
    eur: float
    front: float
    """Agents needed at the first level, summed over its intervals and the days of the week."""
    formulas: tuple[float, ...]
    """Agents there by `FORMULAS`."""
    met: bool
    missed: bool = False
    """Whether some target's whole interval lies on the wrong side: what is neither met nor missed is in doubt."""


Found = Mapping[tuple[str, float], Sequence[Sought]]
"""By world and service level, a search for each luck."""


def world_without(world: sim.World, what: str) -> sim.World:
    """Return the world without the calls that repeat, in one of the ways of `WITHOUT`."""
    changes = dict(WITHOUT[what])
    if what == AT_FIRST:
        levels = sorted({level for reason in world.population.reasons.values() for level in reason.difficulty})
        changes["teams.*.solve"] = dict.fromkeys(levels, 1.0)
        changes["levers.knowledge.competent"], changes["levers.knowledge.solve"] = {}, {}
    if what == ONCE:
        changes["population.again.persistence_after"] = {}
        changes["population.again.persistence_later"] = "none"
    return sim.changed(world, changes, name=world.name) if changes else world


def sought(plan: sim.StaffPlan, first_team: str) -> Sought:
    """Return a plan as far as it matters here."""
    rows = [row for row in plan.rows if row.team == first_team]
    formulas = tuple(float(sum(getattr(row, name) for row in rows)) for name in FORMULAS)
    return Sought(
        plan.hours,
        plan.eur,
        float(sum(row.agents for row in rows)),
        formulas,
        plan.met,
        any(one.verdict not in ("met", "in doubt") for one in plan.standings),
    )


def share(above: Sequence[float], below: Sequence[float]) -> sim.Estimate:
    """Estimate a ratio, search by search; undefined where a formula knows no number."""
    if not all(map(math.isfinite, [*above, *below])) or not sum(below):
        return sim.Estimate(None, None, None)
    return sim.ratio(above, below)


def of_repeats(found: Found, level: float, what: str, unit: str = "hours") -> sim.Estimate:
    """Estimate the share of the staff that is there for the repeats: 1 less what is needed without them over all."""
    with_them, without = (found[name, level] for name in (AS_IT_IS, what))
    many = min(len(with_them), len(without))
    needed = [float(getattr(one, unit)) for one in with_them[:many]]
    saved = [all_of - float(getattr(one, unit)) for all_of, one in zip(needed, without[:many], strict=True)]
    return share(saved, needed)


def formula_share(searches: Sequence[Sought], at: int) -> sim.Estimate:
    """Estimate what a formula gives over what is needed by simulation, at the first level."""
    return share([one.formulas[at] for one in searches], [one.front for one in searches])


def levels_of(found: Found) -> list[float]:
    """Return the service levels at which the world was sought as it is, and in both other ways."""
    every = sorted({level for _, level in found})
    return [level for level in every if all(len(found.get((what, level), ())) >= 2 for what in WITHOUT)]


def finding(found: Found) -> str:
    """Say how much staff the repeats cost, and what a planner gets who knows of none; chosen by the numbers."""
    levels = levels_of(found)
    if not levels:
        return "Nothing can be told: no service level was sought twice in all three worlds."
    return " ".join([_of_staff(found, levels), _over_levels(found, levels), _of_formulas(found, levels)])


def _of_staff(found: Found, levels: Sequence[float]) -> str:
    level = min(levels, key=lambda one: abs(one - 0.8))
    said = [f"{_less(of_repeats(found, level, what))} if {_IF[what]}" for what in (ONCE, AT_FIRST)]
    return f"For {level:.0%} within {WITHIN} the staff needed is {' and '.join(said)}."


_IF = {ONCE: "nobody called again", AT_FIRST: "every problem were solved at the first contact"}


def _less(part: sim.Estimate) -> str:
    """Say a share that is saved."""
    sign = asking.sure(part)
    if not sign:
        return f"not told apart from as many ({_percent(part)} % less)"
    return f"{_percent(part)} % less" if sign > 0 else f"{_percent(_turned(part))} % more"


def _percent(part: sim.Estimate) -> str:
    return asking.written(sim.Estimate(*(None if end is None else 100 * end for end in part)))


def _turned(part: sim.Estimate) -> sim.Estimate:
    mean, low, high = (None if end is None else -end for end in part)
    return sim.Estimate(mean, high, low)


def _over_levels(found: Found, levels: Sequence[float]) -> str:
    """Say whether the share rises or falls with the service level that is promised."""
    if len(levels) < 2:
        return "Whether that depends on the service level was not looked at."
    low, high = levels[0], levels[-1]
    apart = _share_difference(found, low, high)
    sign = asking.sure(apart)
    if not sign:
        return (
            f"From {low:.0%} to {high:.0%} that share is not told apart from the same ({_percent(apart)} points more)."
        )
    way, points = ("rises", apart) if sign > 0 else ("falls", _turned(apart))
    return f"From {low:.0%} to {high:.0%} that share {way} by {_percent(points)} points."


def _share_difference(found: Found, low: float, high: float) -> sim.Estimate:
    """Estimate the share of those who call again at one level less that at another, search by search."""
    totals = []
    for level in (low, high):
        pairs = list(zip(found[AS_IT_IS, level], found[ONCE, level], strict=False))
        totals.append(([one.hours - other.hours for one, other in pairs], [one.hours for one, _ in pairs]))
    many = min(len(above) for above, _ in totals)
    (a, b), (c, d) = [(above[:many], below[:many]) for above, below in totals]
    return sim.paired_difference(a, b, c, d)


def _of_formulas(found: Found, levels: Sequence[float]) -> str:
    level = min(levels, key=lambda one: abs(one - 0.8))
    searches = found[AS_IT_IS, level]
    first, whole = (formula_share(searches, FORMULAS.index(name)) for name in ("erlang_a_first", "erlang_a"))
    if first.mean is None or whole.mean is None:
        return "Erlang A knows no number for these targets."
    off = "enough" if (first.low or 0) >= 1 else "too few" if (first.high or 2) < 1 else "not told apart from enough"
    right = _beside_one(whole)
    return (
        f"Erlang A of first attempts alone gives {asking.written(first)} of the agents the first level needs, {off}; "
        f"told of the calls that repeat, {asking.written(whole)}, {right}."
    )


def _beside_one(estimate: sim.Estimate) -> str:
    if estimate.low is None or estimate.high is None or estimate.low <= 1 <= estimate.high:
        return "not told apart from right"
    return "too many" if estimate.low > 1 else "too few"


def rows(found: Found) -> Iterator[Sequence[str]]:
    """Yield a row for each service level and world."""
    for (what, level), searches in sorted(found.items(), key=lambda one: (one[0][1], list(WITHOUT).index(one[0][0]))):
        ones = [1.0] * len(searches)
        less = "-"
        if what != AS_IT_IS and len(searches) > 1 and len(found.get((AS_IT_IS, level), ())) > 1:
            less = asking.written(of_repeats(found, level, what))
        formulas = [asking.written(formula_share(searches, at)) for at in range(len(FORMULAS))]
        hours, eur = (
            asking.written(sim.ratio([getattr(one, unit) for one in searches], ones)) for unit in ("hours", "eur")
        )
        met = f"{sum(one.met for one in searches)}, {sum(one.missed for one in searches)} of {len(searches)}"
        yield f"{level:.0%}", what, hours, eur, less, *formulas, met


HEAD = (
    "within 20 s",
    "world",
    "agent hours a week",
    "EUR a week",
    "share saved",
    "C, first",
    "A, first",
    "C, all",
    "A, all",
    "met, missed",
)


def study(given: Given, tell: asking.Progress) -> Answer:
    """Seek all staffs; interrupted, what is finished is told."""
    world = sim.load(given.own.world)
    searches = given.own.searches if given.own.searches is not None else 2 if given.quick else 4
    if not 2 <= searches <= 1000:
        raise ValueError(f"--searches is {searches}: 2 to 1,000 are needed, for an interval")
    levels = QUICK_LEVELS if given.quick else LEVELS
    worlds = {what: world_without(world, what) for what in WITHOUT}
    tasks = [(luck, level, what) for luck in range(searches) for level in levels for what in WITHOUT]
    course = Course(tell, [_LONG.get(what, 1.0) for _, _, what in tasks])
    found: dict[tuple[str, float], list[Sought]] = {}
    interrupted = False
    try:
        for luck, level, what in tasks:
            plan = sim.staff(
                worlds[what], _targets(worlds[what], level), every=EVERY, replications=given.replications,
                seed=given.seed + luck, days=given.days, workers=given.workers, progress=course.part,
            )  # fmt: skip
            if plan.interrupted:
                raise KeyboardInterrupt
            found.setdefault((what, level), []).append(sought(plan, world.line.team))
            course.over()
    except KeyboardInterrupt:
        if not found:
            raise
        interrupted = True
    notes = [
        f"{world.name}: {searches} searches with seeds from {given.seed}, each on {given.replications} replications of "
        f"{given.days or world.time.horizon / 1440:g} d and checked on as many others; intervals are 95 %.",
        "C and A: agents by Erlang C and Erlang A over those found by simulation, at the first level, for first "
        "attempts and for all calls. Met: in how many searches the means met all targets on other replications; "
        "missed: where some whole interval lies on the wrong side.",
    ]
    return Answer(asking.table(HEAD, rows(found)), finding(found), notes, lambda: draw(found), interrupted)


def _targets(world: sim.World, level: float) -> list[str]:
    second = [name for name in world.teams if name != world.line.team and world.teams[name].staff]
    return [f"service_level>={level:g} within {WITHIN}", *(f"occupancy<={BUSIEST:g} of {name}" for name in second)]


def draw(found: Found) -> Any:
    """Draw the hours needed over the service level, a line for each world."""
    from sim.figures.style import BLUE, GREEN, SMALL, VERMILLION, panels, titled

    (ax,) = panels(None, 1, (8.0, 4.6))
    for what, colour, marker in zip(WITHOUT, (VERMILLION, BLUE, GREEN), "sov", strict=True):
        levels = sorted(level for name, level in found if name == what)
        each = [
            sim.ratio([one.hours for one in found[what, level]], [1.0] * len(found[what, level])) for level in levels
        ]
        means = [one.mean or 0.0 for one in each]
        reach = [0.0 if one.high is None or one.mean is None else one.high - one.mean for one in each]
        ax.errorbar([100 * level for level in levels], means, reach, color=colour, marker=marker, capsize=3, label=what)
    ax.set_ylim(bottom=0)
    ax.set_xlabel(f"calls answered within {WITHIN} (%)")
    ax.set_ylabel("agent hours a week (95 %)")
    ax.legend(fontsize=SMALL, frameon=False)
    titled(ax, "Staff for the same service, with the calls that repeat and without")
    return ax


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("world", nargs="?", default="double_peine")
    parser.add_argument("--searches", type=int, help="with other luck each; 4; quick: 2")


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
