"""Which lever pays first, from the double penalty to the empowered agent: for the firm, the customer, and effort.

Run it: ``python experiments/which_lever_first.py [--quick] [--figure out/levers.png]``; at full size some five minutes.

Staff is the same everywhere. *Alone* is what a lever brings when it is the first to be moved: the first world with it,
less the first world. *Shapley* is the mean of what it brings over all orders (docs/levers.md); these add up to the gap.
*Step by step* is what a firm would do that moves one lever after the other, each time the one that brings most then,
until none is left that surely brings anything. The winner is told apart from another lever where the paired interval of
the two worlds' difference does not hold zero; it is compared with seven others at once, so each interval is a wider one
(Bonferroni: 95 % for all of them together), and in the steps likewise, with all levers that are left.
Method: `sim.levers`, a world for every subset of the levers, all on the same customers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import asking
from asking import Answer, Extent, Given

import sim

NAME = "which_lever_first"
FULL, QUICK = Extent(10, 14), Extent(3, 2)
MEASURES = {
    "firm_cash_eur_per_problem": ("the firm without customers lost", "EUR a problem"),
    "firm_eur_per_problem": ("the firm with customers lost (a guess)", "EUR a problem"),
    "customer_eur_per_problem": ("the customer", "EUR a problem"),
    "effort_index": ("effort", "points a problem"),
}
"""Whose they are: the less of each the better."""
Worlds = Mapping[int, asking.Totals]
"""Numerators and denominators of a measure by replication, by subset of the levers; the lever i is bit i."""


class Step(NamedTuple):
    """One lever moved after others."""

    lever: str
    brings: sim.Estimate
    """The measure with it less without it: below zero it pays."""
    sure: bool
    """Whether that is below zero surely, for all levers that were left together."""
    alike: tuple[str, ...]
    """The other levers that were left and are not told apart from it."""


class Ranking(NamedTuple):
    """What is known of one measure."""

    alone: Mapping[str, sim.Estimate]
    shapley: Mapping[str, sim.Estimate]
    steps: tuple[Step, ...]
    """The first is the lever that brings most alone."""


def next_step(levers: Sequence[str], worlds: Worlds, moved: int) -> Step:
    """Return the lever that brings most when it is moved next, of those that surely bring anything if there are such.

    Parameters
    ----------
    moved : int
        The subset of those that are moved already.
    """
    left = [at for at in range(len(levers)) if not moved >> at & 1]
    here, there = worlds[moved], {at: worlds[moved | 1 << at] for at in left}
    brings = {at: asking.difference(here, there[at]) for at in left}
    surely = [at for at in left if _above(there[at], here, _each(len(left)))]
    best = min(surely or left, key=lambda at: brings[at].mean or 0.0)
    rivals = [at for at in left if at != best]
    alike = [at for at in rivals if not _above(there[best], there[at], _each(len(rivals)))]
    return Step(levers[best], brings[best], bool(surely), tuple(levers[at] for at in alike))


def _each(many: int) -> float:
    """Return the confidence of each of several intervals that hold together with 95 % (Bonferroni)."""
    return 1 - 0.05 / max(many, 1)


def _above(first: asking.Totals, second: asking.Totals, confidence: float) -> bool:
    """Say whether the second is surely above the first."""
    low = sim.paired_difference(*first, *second, confidence=confidence).low
    return low is not None and low > 0


def steps_of(levers: Sequence[str], worlds: Worlds) -> tuple[Step, ...]:
    """Move lever after lever, the best one next, as long as it surely pays; the first is there in any case."""
    made, moved = list[Step](), 0
    while len(made) < len(levers):
        step = next_step(levers, worlds, moved)
        if made and not step.sure:
            break
        made.append(step)
        moved |= 1 << levers.index(step.lever)
        if not step.sure:
            break
    return tuple(made)


def ranking(found: sim.Decomposition, measure: str) -> Ranking:
    """Rank the levers by one measure, at equal staff."""
    gap, way = found.gap(measure), found.ways[0]
    levers = [part.player.name for part in gap.parts]
    above, below = way.totals(measure)
    worlds = {subset: (above[:, subset].tolist(), below[:, subset].tolist()) for subset in range(above.shape[1])}
    return Ranking(
        {part.player.name: part.added for part in gap.parts},
        {part.player.name: part.shapley for part in gap.parts},
        steps_of(levers, worlds),
    )


def finding(ranked: Mapping[str, Ranking]) -> str:
    """Say which lever pays first, for whom; the branch is chosen by the numbers."""
    firsts = {measure: _first(measure, one) for measure, one in ranked.items()}
    said = "; ".join(f"for {MEASURES[measure][0]} {words}" for measure, words in firsts.items())
    winners = {one.steps[0].lever for one in ranked.values() if one.steps[0].sure}
    paid = [measure for measure, one in ranked.items() if one.steps[0].sure]
    agree = (
        "No lever surely pays for anybody."
        if not paid
        else f"{winners.pop().capitalize()} comes first wherever anything pays."
        if len(winners) == 1
        else f"Which comes first depends on who is asked: {asking.listed(sorted(winners))}."
    )
    return f"{said[0].upper()}{said[1:]}. {agree} {_of_shapley(ranked)}".strip()


def _first(measure: str, one: Ranking) -> str:
    step, unit = one.steps[0], MEASURES[measure][1]
    brings = f"{asking.written(step.brings, signed=True)} {unit}"
    if step.brings.mean is None:
        return "nothing can be told"
    if not step.sure:
        least = (
            "none surely pays when it is moved alone" if step.brings.mean < 0 else "none pays when it is moved alone"
        )
        return f"{least} (the nearest to it: {step.lever}, {brings})"
    if step.alike:
        return f"{step.lever} pays first ({brings}), not told apart from {asking.listed(step.alike)}"
    return f"{step.lever} surely pays first ({brings})"


def _of_shapley(ranked: Mapping[str, Ranking]) -> str:
    """Say which lever is in front in the mean over all orders, where that is another than the first alone."""
    same, others = False, []
    for measure, one in ranked.items():
        best = min(one.shapley, key=lambda lever: one.shapley[lever].mean or 0.0)
        if asking.sure(one.shapley[best]) >= 0:
            continue
        if one.steps[0].sure and best == one.steps[0].lever:
            same = True
        else:
            others.append(f"{best} for {MEASURES[measure][0]}, {asking.written(one.shapley[best], signed=True)}")
    if others:
        return f"Over all orders (Shapley) another is in front: {'; '.join(others)}."
    return "Over all orders (Shapley) the same is in front." if same else "Nor does one over all orders (Shapley)."


def rows(ranked: Mapping[str, Ranking]) -> Iterator[Sequence[str]]:
    """Yield a row for each lever of each measure, those that bring most alone first."""
    for measure, one in ranked.items():
        order = [step.lever for step in one.steps if step.sure]
        for lever in sorted(one.alone, key=lambda lever: one.alone[lever].mean or 0.0):
            alone, shapley = (asking.written(each[lever], signed=True) for each in (one.alone, one.shapley))
            at = order.index(lever) if lever in order else None
            step = "-" if at is None else f"{at + 1}: {asking.written(one.steps[at].brings, signed=True)}"
            yield MEASURES[measure][0], MEASURES[measure][1], lever, alone, shapley, step


HEAD = ("for", "unit", "lever", "alone", "Shapley", "step by step")


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live a world for every subset of the levers; interrupted, what is finished is told."""
    found = sim.levers(
        given.own.first, given.own.second, measures=list(MEASURES), equal="staff",
        replications=given.replications, seed=given.seed, days=given.days, workers=given.workers, progress=tell,
    )  # fmt: skip
    ranked = {measure: ranking(found, measure) for measure in MEASURES}
    many = len(found.ways[0].lived[0].numbers)
    worlds = f"{2 ** len(found.players)} worlds, each with the staff of {found.worlds[0].name}."
    notes = [asking.how(given, worlds if many == given.replications else f"{worlds} Finished: {many}.")]
    return Answer(asking.table(HEAD, rows(ranked)), finding(ranked), notes, lambda: draw(found), found.interrupted)


def draw(found: sim.Decomposition) -> Any:
    """Draw the Shapley values, a panel for each measure."""
    from sim.figures import lever_waterfall

    return lever_waterfall(found, measures=list(MEASURES))


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", nargs="?", default="double_peine")
    parser.add_argument("second", nargs="?", default="empowered")


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
