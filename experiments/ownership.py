"""Whether trust is made by ownership before the fix: what parts Bricoleurs 1 from Pros 2, part by part.

Run it: ``python experiments/ownership.py [--quick] [--figure out/ownership.png]``; at full size a minute.

Two firms, the same faults, the same customers. What one does otherwise than the other is taken apart into four things,
and each is lived with and without each of the others, sixteen worlds in all:

* **owned**: the firm owns the problem from the first contact on (`levers.follow_through.owned`). It moves no minute and
  nothing that happens: what is felt is multiplied by `effort.owned`, .6, an assumption (docs/model.md, 2.6).
* **told**: the firm writes by itself how it stands (`levers.follow_through.news`), so customers ask less.
* **the sooner fix**: Pros 2 with its case as slow as that of Bricoleurs 1 is the one that is fixed late, Bricoleurs 1
  with a back office that mends it as soon as Pros 2 the one that is fixed soon; both fitted to the other's mean hours.
* **the handling**: all the rest, a free number, help on line, a ticket that carries the story, hours, agents.

*Alone* is what a part moves when it comes first, *last* what it moves when it comes after all others, and the mean over
all orders is Shapley's, which adds up to the whole. Trust is in the model what effort leaves of it: the share who mean
to be disloyal, and who leave at renewal (docs/model.md, 2.6).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import factorial
from typing import Any, NamedTuple

import asking
from asking import Answer, Course, Extent, Given

import sim

NAME = "ownership"
FULL, QUICK = Extent(10), Extent(3, 7)
FIRST, SECOND = "bricoleurs_1", "pros_2"
PARTS = ("handling", "sooner", "told", "owned")
WORDS = {
    "handling": "the handling",
    "sooner": "the sooner fix",
    "told": "being told by the firm",
    "owned": "ownership (the feeling alone)",
}
SLOWER = "x18"
"""Fitted: with it a problem of Pros 2 is solved after as many hours as one of Bricoleurs 1, 270."""
SOON = {"teams.support.solve.plain": 0.95, "cases.attempts.steps.attempt.takes": "x0.28"}
"""Fitted: with it a problem of Bricoleurs 1 is solved after as many hours as one of Pros 2, 30."""
LATE = {f"cases.ticket.steps.{step}.takes": SLOWER for step in ("second_level", "expert")}
OWNED, NEWS, FEELING = "levers.follow_through.owned", "levers.follow_through.news", "effort.owned"
MEASURES = {
    "effort_index": "effort (points)",
    "effort_ces": "effort (1 to 5)",
    "disloyal_share": "disloyal (% points)",
    "leaves_at_renewal_share": "leave at renewal (% points)",
}
BESIDE = {"hours_to_solution": "hours to the solution", "contacts_per_problem": "contacts"}
TRUST = "disloyal_share"
HUNDRED = ("disloyal_share", "leaves_at_renewal_share")


class Cell(NamedTuple):
    """A world: which of the parts are as at the second firm."""

    handling: bool = False
    sooner: bool = False
    told: bool = False
    owned: bool = False


NOTHING, ALL = Cell(), Cell(True, True, True, True)
BEFORE, FIXED = Cell(told=True, owned=True), Cell(sooner=True)
"""The first firm where it does all it can before the fix, and where it only mends sooner."""
LATE_OWNED, SOON_NOT = Cell(True, False, True, True), ALL._replace(owned=False)
"""Pros 2 that owns and is late, and the one that does not own and is fast."""
UNFELT = "late, and ownership that takes all that is felt away"
Lived = Mapping[Cell, Mapping[str, asking.Totals]]
"""By cell and measure numerators and denominators by replication, on the same customers."""


class Part(NamedTuple):
    """What a part moves of a measure."""

    alone: sim.Estimate
    last: sim.Estimate
    mean: sim.Estimate
    """Over all orders (Shapley)."""


def cells() -> list[Cell]:
    """Return all sixteen, the first firm first, the second last."""
    return [Cell(*each) for each in product((False, True), repeat=len(PARTS))]


def world_of(cell: Cell, first: sim.World, second: sim.World) -> sim.World:
    """Return the world of a cell."""
    changes: dict[str, Any] = {OWNED: cell.owned}
    if cell.handling:
        changes |= {} if cell.sooner else LATE
        changes |= {} if cell.told else {NEWS: "none"}
        return sim.changed(second, changes, name=_name(cell))
    changes |= SOON if cell.sooner else {}
    news = second.levers.follow_through.news
    changes |= {NEWS: {"cost": news.cost}} if cell.told and news is not None else {}
    return sim.changed(first, changes, name=_name(cell))


def _name(cell: Cell) -> str:
    return "_".join(part if there else f"not_{part}" for part, there in zip(PARTS, cell, strict=True))


def part_of(lived: Lived, part: str, measure: str) -> Part:
    """Return what a part moves alone, last, and in the mean over all orders.

    Notes
    -----
    All cells have the same customers, so the same denominators: a sum of differences is one of numerators.
    """
    scale = 100.0 if measure in HUNDRED else 1.0
    below = lived[NOTHING][measure][1]
    assert all(list(lived[cell][measure][1]) == list(below) for cell in lived), "the same customers"

    def moved(weights: Mapping[Cell, float]) -> sim.Estimate:
        above = [
            scale * sum(weights[cell] * lived[cell][measure][0][at] for cell in weights) for at in range(len(below))
        ]
        return sim.ratio(above, below)

    alone = {NOTHING: -1.0, NOTHING._replace(**{part: True}): 1.0}
    last = {ALL._replace(**{part: False}): -1.0, ALL: 1.0}
    return Part(moved(alone), moved(last), moved(_shapley(part)))


def _shapley(part: str) -> dict[Cell, float]:
    """Return each cell's weight in the mean over all orders."""
    weights, many = dict[Cell, float](), len(PARTS)
    for cell in cells():
        before = sum(cell) - (1 if getattr(cell, part) else 0)
        weight = factorial(before) * factorial(many - before - 1) / factorial(many)
        weights[cell] = weight if getattr(cell, part) else -weight
    return weights


def whole(lived: Lived, measure: str) -> sim.Estimate:
    """Return what the second firm has more than the first."""
    return between(lived, NOTHING, ALL, measure)


def between(lived: Lived, first: Cell, second: Cell, measure: str) -> sim.Estimate:
    """Return what one cell has more than another."""
    return apart(lived[first][measure], lived[second][measure], measure)


def apart(first: asking.Totals, second: asking.Totals, measure: str) -> sim.Estimate:
    """Return the second minus the first, shares in points of a hundred."""
    found = asking.difference(first, second)
    return hundredfold(found) if measure in HUNDRED else found


def hundredfold(estimate: sim.Estimate) -> sim.Estimate:
    """Return a share as so many of a hundred."""
    return sim.Estimate(*(None if one is None else 100.0 * one for one in estimate))


def finding(lived: Lived, unfelt: asking.Totals | None = None) -> str:
    """Say how much of the trust is made by ownership before the fix, by the numbers."""
    told = [_of_parts(lived), _of_cells(lived), _of_late(lived)]
    if unfelt is not None:
        told.append(_of_unfelt(lived, unfelt))
    return "\n\n".join(told)


def _of_parts(lived: Lived) -> str:
    """Say which part is the larger one, in the mean over all orders."""
    parts = {part: part_of(lived, part, TRUST).mean for part in PARTS}
    order = sorted(PARTS, key=lambda part: parts[part].mean or 0.0)
    said = asking.listed([f"{WORDS[part]} {asking.written(parts[part], signed=True)}" for part in order])
    gap = whole(lived, TRUST)
    head = (
        f"Who mean to be disloyal, in a hundred: {SECOND} has {asking.written(gap, signed=True)} against {FIRST}. "
        f"Over all orders {said}."
    )
    share = 100.0 * (parts["owned"].mean or 0.0) / (gap.mean or 1.0)
    if asking.sure(parts["owned"]) >= 0:
        return f"{head} That ownership makes trust is refuted: by itself it surely lowers nothing."
    rank = order.index("owned")
    if rank == 0:
        return f"{head} Ownership is the largest part, {share:.0f} % of the whole: that it makes trust comes out."
    which = ("the second", "the third", "the smallest")[rank - 1]
    return f"{head} Ownership is {which} of the four, {share:.0f} % of the whole: that it makes trust is refuted."


def _of_cells(lived: Lived) -> str:
    """Say what ownership alone does to either firm."""
    at_first = between(lived, NOTHING, NOTHING._replace(owned=True), TRUST)
    at_second = between(lived, SOON_NOT, ALL, TRUST)
    return (
        f"Ownership alone moves {FIRST} by {asking.written(at_first, signed=True)}, and {SECOND} by "
        f"{asking.written(at_second, signed=True)}."
    )


def _of_late(lived: Lived) -> str:
    """Compare owning and late with neither and fast, and all that can be done before the fix with the fix alone."""
    late = between(lived, SOON_NOT, LATE_OWNED, TRUST)
    words = {
        1: "is trusted less than where it does not and is fast: the fix is more than the ownership",
        -1: "is trusted more than where it does not and is fast: the ownership is more than the fix",
        0: "is not told apart from where it does not and is fast",
    }[asking.sure(late)]
    told = between(lived, NOTHING, BEFORE, TRUST)
    fixed = between(lived, NOTHING, FIXED, TRUST)
    which = {1: "the first is the smaller", -1: "the second is the smaller", 0: "they are not told apart"}[
        asking.sure(between(lived, FIXED, BEFORE, TRUST))
    ]
    return (
        f"{SECOND}, where it owns and is late, {words} ({asking.written(late, signed=True)}). At {FIRST}, owning and "
        f"telling before the fix move {asking.written(told, signed=True)}, and the sooner fix without either "
        f"{asking.written(fixed, signed=True)}: {which}."
    )


def _of_unfelt(lived: Lived, unfelt: asking.Totals) -> str:
    """Say whether it would be otherwise if ownership took all that is felt away, the most it can do."""
    found = apart(lived[SOON_NOT][TRUST], unfelt, TRUST)
    words = {
        1: "it would be trusted less still",
        -1: "it would be trusted more",
        0: "it would not be told apart",
    }[asking.sure(found)]
    return (
        "If ownership took away all that is felt, the most that it can (0 in place of the assumed factor), "
        f"{SECOND} that is late and owns, against the fast one that does not: {words} "
        f"({asking.written(found, signed=True)})."
    )


HEAD = ("of", "part", "alone", "last", "mean over all orders")


def rows(lived: Lived) -> Iterator[Sequence[str]]:
    """Yield a row for each part of each measure, the largest first, and the whole."""
    for measure, words in MEASURES.items():
        parts = {part: part_of(lived, part, measure) for part in PARTS}
        for part in sorted(PARTS, key=lambda part: parts[part].mean.mean or 0.0):
            yield words, WORDS[part], *(asking.written(one, signed=True) for one in parts[part])
        yield words, "all", *[asking.written(whole(lived, measure), signed=True)] * 3


HEAD_OF_CELLS = (
    "firm",
    "fix",
    "told",
    "owned",
    *BESIDE.values(),
    *(each.replace(" points", "") for each in MEASURES.values()),
)


def rows_of_cells(lived: Lived) -> Iterator[Sequence[str]]:
    """Yield a row for each cell."""
    for cell, measures in lived.items():
        means = [sim.ratio(*measures[measure]) for measure in (*BESIDE, *MEASURES)]
        scaled = [
            hundredfold(one) if measure in HUNDRED else one
            for measure, one in zip((*BESIDE, *MEASURES), means, strict=True)
        ]
        firm = SECOND if cell.handling else FIRST
        yield (
            firm, "soon" if cell.sooner else "late", *("yes" if one else "no" for one in (cell.told, cell.owned)),
            *map(asking.written, scaled),
        )  # fmt: skip


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live all cells; with fewer than all there is nothing to take apart."""
    first, second = sim.load(FIRST), sim.load(SECOND)
    course = Course(tell, [1.0] * (len(cells()) + 1))
    lived = {}
    for cell in cells():
        lived[cell] = _totals(world_of(cell, first, second), given, course)
    extreme = sim.changed(world_of(LATE_OWNED, first, second), {FEELING: 0.0}, name="unfelt")
    unfelt = _totals(extreme, given, course)
    notes = [asking.how(given, f"{len(cells())} worlds and one more, on the same customers.")]
    lines = [*asking.table(HEAD, rows(lived)), "", *asking.table(HEAD_OF_CELLS, rows_of_cells(lived))]
    return Answer(lines, finding(lived, unfelt[TRUST]), notes, lambda: draw(lived, unfelt[TRUST]))


def _totals(world: sim.World, given: Given, course: Course) -> dict[str, asking.Totals]:
    """Live a world, and return its totals."""
    made = sim.replicate(
        world, replications=given.replications, seed=given.seed, days=given.days, workers=given.workers,
        progress=course.part, measures=[*BESIDE, *MEASURES],
    )  # fmt: skip
    if made.interrupted:
        raise KeyboardInterrupt
    course.over()
    return {measure: asking.columns(totals) for measure, totals in made.totals.items()}


def draw(lived: Lived, unfelt: asking.Totals) -> Any:
    """Draw what each part moves, first, in the mean and last; and the disloyal of the worlds that are compared."""
    from sim.figures.style import panels

    upper, lower = panels(None, 2, (7.6, 6.6))
    _draw_parts(upper, lived)
    _draw_cells(lower, lived, unfelt)
    return [upper, lower]


def _draw_parts(ax: Any, lived: Lived) -> None:
    from sim.figures.style import BLUE, GREEN, INK, ORANGE, SMALL, titled

    parts = {part: part_of(lived, part, TRUST) for part in PARTS}
    order = sorted(PARTS, key=lambda part: -(parts[part].mean.mean or 0.0))
    ways: Sequence[tuple[str, Callable[[Part], sim.Estimate], str, str]] = (
        ("as the first that is changed", lambda one: one.alone, ORANGE, "///"),
        ("mean over all orders", lambda one: one.mean, BLUE, ""),
        ("as the last that is changed", lambda one: one.last, GREEN, "..."),
    )
    for way, (label, of, colour, hatch) in enumerate(ways):
        estimates = [of(parts[part]) for part in order]
        places = [at + (1 - way) * 0.27 for at in range(len(order))]
        ax.barh(
            places, [one.mean or 0.0 for one in estimates], 0.25,
            color=colour, hatch=hatch, edgecolor="white", label=label,
        )  # fmt: skip
        ax.errorbar(
            [one.mean or 0.0 for one in estimates], places, xerr=_either_side(estimates),
            fmt="none", ecolor=INK, capsize=3,
        )  # fmt: skip
    ax.axvline(0.0, color=INK, linewidth=0.9)
    ax.set_yticks(range(len(order)), [WORDS[part] for part in order])
    ax.set_xlabel(f"moves the disloyal, from {FIRST} to {SECOND} (in a hundred)")
    ax.legend(fontsize=SMALL, frameon=False, loc="lower left")
    titled(ax, headline(lived), wide=72, size=10.5)


def headline(lived: Lived) -> str:
    """Return the finding in a line."""
    parts = {part: part_of(lived, part, TRUST).mean for part in PARTS}
    largest = min(PARTS, key=lambda part: parts[part].mean or 0.0)
    words = f"{abs(parts['owned'].mean or 0.0):.0f} of {abs(whole(lived, TRUST).mean or 0.0):.0f} points of disloyalty"
    if largest == "owned":
        return f"Ownership makes the trust: {words} are its own, more than any other part's"
    return f"Ownership moves {words}; the largest part is {WORDS[largest]}, {abs(parts[largest].mean or 0.0):.0f}"


def _draw_cells(ax: Any, lived: Lived, unfelt: asking.Totals) -> None:
    from sim.figures.style import BLUE, INK, VERMILLION, titled

    shown: list[tuple[str, asking.Totals, bool]] = [
        (f"{FIRST}", lived[NOTHING][TRUST], False),
        (f"{FIRST} that owns", lived[Cell(owned=True)][TRUST], False),
        (f"{FIRST} that owns and tells", lived[BEFORE][TRUST], False),
        (f"{FIRST}, fixed as soon as {SECOND}", lived[FIXED][TRUST], False),
        (f"{SECOND}, as late as {FIRST}", lived[LATE_OWNED][TRUST], True),
        ("the same, if ownership took all feeling away", unfelt, True),
        (f"{SECOND} that does not own", lived[SOON_NOT][TRUST], True),
        (f"{SECOND}", lived[ALL][TRUST], True),
    ]
    shown.reverse()
    for at, (_, totals, second) in enumerate(shown):
        one = hundredfold(sim.ratio(*totals))
        colour, marker = (BLUE, "o") if second else (VERMILLION, "s")
        ax.errorbar(
            [one.mean or 0.0], [at], xerr=_either_side([one]), fmt=marker, color=colour, ecolor=INK, capsize=3,
            markersize=4.5,
        )  # fmt: skip
        ax.annotate(
            f"{one.mean:.0f}", (one.mean or 0.0, at), (0, 7), textcoords="offset points", ha="center", fontsize=8
        )
    ax.set_yticks(range(len(shown)), [name for name, _, _ in shown])
    ax.set_ylim(-0.6, len(shown) - 0.3)
    ax.set_xlim(0, 100)
    ax.set_xlabel("who mean to be disloyal (in a hundred), with 95 % intervals")
    late = between(lived, SOON_NOT, LATE_OWNED, TRUST)
    words = {1: "is trusted less than", -1: "is trusted more than", 0: "is not told apart from"}[asking.sure(late)]
    titled(ax, f"{SECOND}, where it owns and is late, {words} where it does not and is fast", wide=72, size=10.5)


def _either_side(estimates: Sequence[sim.Estimate]) -> list[list[float]]:
    """Return how far intervals reach below and above their means."""
    lows = [(one.mean or 0.0) - (one.low if one.low is not None else one.mean or 0.0) for one in estimates]
    highs = [(one.high if one.high is not None else one.mean or 0.0) - (one.mean or 0.0) for one in estimates]
    return [lows, highs]


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
