"""The break-even price of paid hold: at which price a minute two organisations cost the firm, or customers, the same.

Run it: ``python experiments/paid_hold.py [--quick] [--figure out/paid_hold.png]``; at full size some three minutes.

The hotline with the double penalty takes its share of every minute of hold; the empowered one is free. The price of the
first is varied from nothing to 0.80 EUR a minute, the most that a French number may cost (Arcep, decision 2012-0856),
with its hold billed as in 2005 and with its hold free (talk billed all the same); so is the firm's share, at the price
as it is. Both have the same agents; and once more the empowered one has only as many as give the wait of the first.
Method: `sim.break_even`, roots on the same customers with the same luck at every price, intervals in Fieller's way
(docs/levers.md). No customer of these worlds minds the price (`price_aversion` is 0 for want of a figure):
``--price-aversion 1`` lets all hang up sooner the dearer a minute is.
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

NAME = "paid_hold"
FULL, QUICK = Extent(10, 14), Extent(3, 2)
PRICE, SHARE, HOLD = "tariff.price_per_minute", "tariff.firm_share", "tariff.hold_billed"
DEAREST = 0.80
"""EUR a minute: the most that Arcep's decision 2012-0856 allows a French number to cost."""
MEASURES = {
    "firm_cash_eur_per_problem": "the firm's costs without customers lost",
    "firm_eur_per_problem": "the firm's costs with customers lost (a guess)",
    "customer_eur_per_problem": "the customers' costs",
}
FIRMS = tuple(MEASURES)[:2]
SAME_STAFF, SAME_SERVICE = "the same staff", "the same wait"


class Case(NamedTuple):
    """One break-even that is sought."""

    measure: str
    path: str
    hold: str
    """``paid``, or ``free``: whether the hold is billed."""
    staff: str


class Crossing(NamedTuple):
    """What one search came to: the values at which both come to the same, and the second minus the first at both ends.

    An end of an interval is None where it reaches a bound; a crossing of several, or in a jump, has no interval.
    """

    values: tuple[float, ...]
    low: float | None
    high: float | None
    ends: tuple[sim.Estimate, sim.Estimate]
    jump: bool = False
    flat: bool = False
    open: bool = False
    """It was interrupted: the value is known only as far as it was closed in on."""

    @property
    def at(self) -> float | None:
        """The value, if there is one and no more."""
        return self.values[0] if len(self.values) == 1 and not self.jump else None


Found = Mapping[Case, Crossing]


def cases() -> list[Case]:
    """Return all that is sought, the most wanted first."""
    every = [Case(measure, PRICE, "paid", SAME_STAFF) for measure in MEASURES]
    every += [Case(measure, PRICE, "free", SAME_STAFF) for measure in MEASURES]
    every += [Case(measure, SHARE, "paid", SAME_STAFF) for measure in FIRMS]
    return every + [Case(measure, PRICE, "paid", SAME_SERVICE) for measure in FIRMS]


def crossing(found: sim.BreakEven) -> Crossing:
    """Return a search as far as it matters here."""
    ends = found.ends[0].difference, found.ends[1].difference
    values = tuple(root.at for root in found.roots)
    jump = any(root.jump for root in found.roots)
    low, high = found.roots[0].interval if len(values) == 1 else (None, None)
    return Crossing(values, low, high, ends, jump, found.flat, found.interrupted)


def told(case: Case, found: Crossing, names: tuple[str, str], bounds: tuple[float, float]) -> str:
    """Write where it is, or that there is none and who costs more throughout."""
    unit = "EUR a minute" if case.path == PRICE else "of the toll"
    low, high = (f"{bound:g}" for bound in bounds)
    if found.flat:
        return "changes nothing"
    if len(found.values) > 1:
        return f"several: {asking.listed([f'{value:.3f}' for value in found.values])} {unit}"
    if found.jump:
        return f"a jump at {found.values[0]:.3f} {unit}: nowhere the same"
    if found.at is None:
        signs = {asking.sure(end) for end in found.ends}
        if signs == {1} or signs == {-1}:
            return f"none from {low} to {high} {unit}: {names[signs == {1}]} costs more throughout"
        return f"none found from {low} to {high} {unit}, where the two are not told apart throughout"
    begins = f"{found.low:.3f}" if found.low is not None else f"below {low}"
    ends = f"{found.high:.3f}" if found.high is not None else f"above {high}"
    return f"{found.at:.3f} ({begins} to {ends}) {unit}{', not closed in on' * found.open}"


def standing(found: Crossing, now: float) -> str:
    """Say whether a value lies below a break-even, above it, or within its interval."""
    low = -math.inf if found.low is None else found.low
    high = math.inf if found.high is None else found.high
    return "below" if now < low else "above" if now > high else "within"


def finding(found: Found, names: tuple[str, str], now: float) -> str:
    """Say in one to three sentences what the prices come to; the branch is chosen by the numbers."""
    firm = "; ".join(filter(None, (_of_measure(measure, found, names, now) for measure in FIRMS)))
    customers = _of_measure("customer_eur_per_problem", found, names, now)
    more = "; ".join(filter(None, (_of_hold(found), _of_same_service(found, names, now))))
    return " ".join(said[0].upper() + said[1:] + "." for said in (firm, customers, more) if said)


def _of_measure(measure: str, found: Found, names: tuple[str, str], now: float, staff: str = SAME_STAFF) -> str:
    case = Case(measure, PRICE, "paid", staff)
    one = found.get(case)
    if one is None:
        return ""
    what, reach = MEASURES[measure], told(case, one, names, (0.0, DEAREST))
    if one.at is None:
        return f"for {what} there is no one break-even price: {reach}"
    place = standing(one, now)
    if place == "within":
        return f"{what} come to the same at {reach}, so that which is cheaper at {now:g} cannot be told"
    cheaper = names[(place == "above") != _rises(one)]
    return f"{what} come to the same at {reach}, and at {now:g}, {place} that, {cheaper} is the cheaper one"


def _of_same_service(found: Found, names: tuple[str, str], now: float) -> str:
    """Say what becomes of the firm's prices where the second world has fewer agents, and the wait of the first."""
    said = [one for one in (_of_measure(measure, found, names, now, SAME_SERVICE) for measure in FIRMS) if one]
    return f"with {SAME_SERVICE} instead of {SAME_STAFF}, {' and '.join(said)}" if said else ""


def _rises(one: Crossing) -> bool:
    """Say whether the second world's cost less the first's rises with the value: the first becomes the cheaper one."""
    low, high = (end.mean or 0.0 for end in one.ends)
    return high > low


def _of_hold(found: Found) -> str:
    """Compare a firm's price with its hold paid and free, and say how much of what a price brings is paid for hold."""
    for measure in FIRMS:
        paid, free = (found.get(Case(measure, PRICE, hold, SAME_STAFF)) for hold in ("paid", "free"))
        if paid is None or free is None or paid.at is None:
            continue
        held = _gain(paid) - _gain(free)
        part = f"{held / _gain(paid):.0%} of what the price brings the firm is paid for hold" if _gain(paid) else ""
        return ": ".join(filter(None, (_without_hold(paid, free, measure), part)))
    return ""


def _gain(one: Crossing) -> float:
    """Return how much the difference moves from the least value to the greatest."""
    low, high = (end.mean or 0.0 for end in one.ends)
    return high - low


def _without_hold(paid: Crossing, free: Crossing, measure: str) -> str:
    if free.at is None:
        found = "no break-even price" if free.values or not _same_sign(free) else "none up to the dearest price allowed"
        return f"with the hold free there is {found} for {MEASURES[measure]}"
    if not _apart(paid, free):
        return f"with the hold free it is {free.at:.3f}, not told apart from that with paid hold"
    return f"with the hold free it is {free.at:.3f}, not {paid.at or 0.0:.3f}, a minute of talk"


def _same_sign(one: Crossing) -> bool:
    return asking.sure(one.ends[0]) == asking.sure(one.ends[1]) != 0


def _apart(one: Crossing, other: Crossing) -> bool:
    """Say whether the intervals of two break-evens have nothing in common."""
    (low, high), (least, most) = ((x.low, x.high) for x in (one, other))
    above = high is not None and least is not None and high < least
    return above or (most is not None and low is not None and most < low)


def rows(found: Found, names: tuple[str, str]) -> Iterator[Sequence[str]]:
    """Yield a row for each search."""
    for case, one in found.items():
        bounds = (0.0, DEAREST) if case.path == PRICE else (0.0, 1.0)
        varied = "price a minute" if case.path == PRICE else "the firm's share"
        ends = [asking.written(end, signed=True) for end in one.ends]
        yield MEASURES[case.measure], varied, case.hold, case.staff, told(case, one, names, bounds), *ends


HEAD = (
    "what comes to the same",
    "varied",
    "hold",
    "staff",
    "break-even (95 %)",
    "second minus first (EUR a problem) at the lowest value",
    "at the highest",
)


def worlds_of(given: Given) -> tuple[sim.World, sim.World]:
    """Return both worlds as they are asked for."""
    aversion = given.own.price_aversion
    if not 0 <= aversion <= 100:
        raise ValueError(f"--price-aversion is {aversion:g}: 0 to 100 are possible")
    change = {"population.price_aversion": float(aversion)} if aversion else {}
    first, second = (
        sim.changed(name, change, name=sim.load(name).name) for name in (given.own.first, given.own.second)
    )
    return first, second


def study(given: Given, tell: asking.Progress) -> Answer:
    """Seek every break-even; what is finished is told when that is interrupted."""
    first, second = worlds_of(given)
    course = Course(tell, [1.0] * (len(cases()) + 1))
    made: dict[Case, sim.BreakEven] = {}
    interrupted, notes = False, [asking.how(given, _aversion(given))]
    size: dict[str, Any] = {"replications": given.replications, "seed": given.seed, "days": given.days}
    size |= {"workers": given.workers, "progress": course.part}
    try:
        fewer, note = with_fewer(first, second, size)
        notes.append(note)
        course.over()
        for case in cases():
            other = second if case.staff == SAME_STAFF else fewer
            if other is not None:
                made[case] = sought(case, first, other, size)
            course.over()
            if case in made and made[case].interrupted:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        if not made:
            raise
        interrupted = True
    found, names = {case: crossing(one) for case, one in made.items()}, (first.name, second.name)
    lines = asking.table(HEAD, rows(found, names))
    said = finding(found, names, first.tariff.price_per_minute)
    return Answer(lines, said, notes, lambda: draw(list(made.values())[:3]), interrupted)


def with_fewer(first: sim.World, second: sim.World, size: dict[str, Any]) -> tuple[sim.World | None, str]:
    """Return the second world with the agents that give the wait of the first, and how near that comes; or why not."""
    try:
        (way,) = sim.compare(first, second, equal="service", measures=["firm_eur_per_problem"], **size).ways
    except ValueError as refused:
        return None, f"With {SAME_SERVICE} nothing was sought: {refused}."
    return way.lived.world.model_copy(update={"time": second.time}), way.equality.meaning.replace(
        "Equal service:", f"With {SAME_SERVICE},", 1
    )


def sought(case: Case, first: sim.World, other: sim.World, size: dict[str, Any]) -> sim.BreakEven:
    """Seek one break-even."""
    one = first if case.hold == "paid" else sim.changed(first, {HOLD: "never"}, name=first.name)
    bounds = (0.0, DEAREST) if case.path == PRICE else (0.0, 1.0)
    return sim.break_even(one, other, vary=case.path, between=bounds, measure=case.measure, vary_in="first", **size)


def _aversion(given: Given) -> str:
    aversion = given.own.price_aversion
    return f"Patience is multiplied by exp(-{aversion:g} x price of a minute)." if aversion else ""


def draw(made: Sequence[sim.BreakEven]) -> Any:
    """Draw the difference over the price, a panel for each measure."""
    from sim.figures import break_even_figure
    from sim.figures.style import panels

    axes = panels(None, len(made), (8.5, 4.4 * len(made)))
    for found, ax in zip(made, axes, strict=True):
        break_even_figure(found, ax)
    return axes


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", nargs="?", default="double_peine", help="the world that bills its hold")
    parser.add_argument("second", nargs="?", default="empowered")
    parser.add_argument("--price-aversion", type=float, default=0.0, metavar="A", help="in both worlds; 0 by default")


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
