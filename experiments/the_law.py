"""How far the law moves the firm's optimum: the least-cost staff and organisation without a law, and under each.

Run it: ``python experiments/the_law.py [--quick] [--figure out/law.png]``; at full size some five minutes. What is
lived on the way is kept in folders under ``out``: the same call goes on after Ctrl-C.

The firm may have as many agents as it likes (its teams' hours, all multiplied alike), may cut calls or not, and in a
second look may also reorganise (`empowered`, its number paid or free as the law has it). It takes what costs it least:
with the customers it loses, or, if it looks no further than its till, without them. What the laws ask (sources:
``scenarios/tariffs/regimes.toml``):

* **no law**, 2005: 0.34 EUR a minute, hold billed, 58 % for the firm.
* **Chatel**, from 1 June 2008 (consumer code, L.224-38), for providers: no premium number, no sum until a person takes
  charge of the call, from the firm's own network. Nothing is left for the firm.
* **Chatel, assistance billed**: what Free did until September 2011: hold free, then 0.34 EUR a minute on its own bill,
  all of it the firm's.
* **LME**, from 1 January 2009 (L.121-16), for every trader: no premium number; the hold may cost what a call costs.
* **Spain**, Ley 10/2025: free of charge; 95 % of calls answered within 3 minutes; a call that waits long may not be cut
  off. A human on demand: there is nothing else in these worlds, so this asks for nothing more.

No customer minds the price (`price_aversion` is 0), so the histories are the same under every tariff: the firm's costs
under a law that leaves it nothing are those without it, and the income that it loses. Each optimum is found on some
replications and told on others, so that it is not flattered by what it was chosen for. Staff that is not told apart
from the optimum stands beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import asking
from asking import Answer, Course, Extent, Given

import sim

NAME = "the_law"
FULL, QUICK = Extent(10, 14), Extent(3, 7)
STAFF = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0)
QUICK_STAFF = (0.1, 0.2, 0.3, 0.5, 0.8, 1.1, 1.4, 1.8)
WITHIN, ANSWERED = "3 min", 0.95
STAFF_PATH = "teams.*.staff"
CUTTING, PATIENT, EMPOWERED = "as it is, with its cut", "without the cut", "empowered"
GOALS = {"firm_eur_per_problem": "with customers lost (a guess)", "firm_cash_eur_per_problem": "without customers lost"}
TOLD = {
    "staff_hours_per_week": "agent hours a week",
    "firm_eur_per_problem": "the firm's EUR a problem with customers lost (a guess)",
    "firm_cash_eur_per_problem": "without customers lost",
    "customer_eur_per_problem": "the customer's EUR a problem",
    "effort_ces": "effort (1 to 5)",
    "service_level": f"answered within {WITHIN}",
}
_LIVED = (*TOLD, "toll_income_eur_per_problem")


class Law(NamedTuple):
    """What a law allows."""

    name: str
    regime: str
    cut: bool = True
    answered: float | None = None
    """Share of the calls that has to be answered within `WITHIN`."""


NONE = Law("no law", "fr_2005_2007")
LAWS = (
    NONE,
    Law("Chatel 2008", "fr_chatel_2008"),
    Law("Chatel, assistance billed", "fr_free_loophole"),
    Law("LME 2009", "fr_lme_2009"),
    Law("Spain 2025", "es_2025", cut=False, answered=ANSWERED),
)


class Choice(NamedTuple):
    """An organisation, and its agents as a multiple of those it has."""

    organisation: str
    staff: float


Lived = Mapping[Choice, Mapping[str, asking.Totals]]
"""By choice and measure numerators and denominators, replication by replication, the same replications for all."""


class Optimum(NamedTuple):
    """What a firm chooses."""

    choice: Choice
    costs: sim.Estimate
    alike: tuple[float, ...]
    """The least and the most staff of the same organisation that is allowed and not told apart from it."""
    also: tuple[str, ...]
    """Other organisations of which some staff is not told apart."""
    edge: bool
    """Whether it is the least or the most staff that was looked at: the optimum may lie beyond."""


def costs(lived: Mapping[str, asking.Totals], goal: str, share: float | None) -> asking.Totals:
    """Return the firm's costs under a tariff of which it keeps nothing (0), or as they were lived (None)."""
    above, below = lived[goal]
    if share is None:
        return above, below
    income = lived["toll_income_eur_per_problem"][0]
    return [cost + gone for cost, gone in zip(above, income, strict=True)], below


def allowed(lived: Lived, law: Law, organisations: Iterable[str]) -> list[Choice]:
    """Return what a law leaves to choose from."""
    those = set(organisations) - (set() if law.cut else {CUTTING})
    found = [choice for choice in lived if choice.organisation in those]
    if law.answered is None:
        return found
    level = {choice: sim.ratio(*lived[choice]["service_level"]).mean for choice in found}
    return [choice for choice in found if (level[choice] or 0.0) >= law.answered]


def optimum(lived: Lived, choices: Sequence[Choice], goal: str, share: float | None) -> Optimum | None:
    """Return the choice of the least costs, and what is not told apart from it; None where nothing is allowed."""
    if not choices:
        return None
    each = {choice: costs(lived[choice], goal, share) for choice in choices}
    best = min(choices, key=lambda choice: sim.ratio(*each[choice]).mean or 0.0)
    alike = [one for one in choices if asking.sure(asking.difference(each[best], each[one])) <= 0]
    staff = [one.staff for one in alike if one.organisation == best.organisation]
    every = [one.staff for one in lived if one.organisation == best.organisation]
    also = tuple(dict.fromkeys(one.organisation for one in alike if one.organisation != best.organisation))
    edge = best.staff in (min(every), max(every))
    return Optimum(best, sim.ratio(*each[best]), (min(staff), max(staff)), also, edge)


class Moved(NamedTuple):
    """What becomes of everybody at a law's optimum, against the one without a law, on other replications."""

    law: Law
    goal: str
    optimum: Optimum
    values: Mapping[str, sim.Estimate]
    moved: Mapping[str, sim.Estimate]
    """The law's less no law's; empty for no law itself."""


def finding(moved: Sequence[Moved], impossible: Sequence[str] = ()) -> str:
    """Say how far each law moves the optimum; the branch is chosen by the numbers."""
    said = [_of_goal([one for one in moved if one.goal == goal], goal) for goal in GOALS]
    if not any(said):
        return "Nothing can be told: no law's optimum was found beside that without a law."
    if impossible:
        said.append(f"No staff that was looked at is allowed under {asking.listed(list(impossible))}.")
    return " ".join(filter(None, said))


def _of_goal(moved: Sequence[Moved], goal: str) -> str:
    """Say what is chosen without a law, and under each."""
    before = next((one.optimum for one in moved if one.law is NONE), None)
    if before is None or len(moved) < 2:
        return ""
    firm = "that counts the customers it loses" if goal == next(iter(GOALS)) else "that counts none of them"
    said = [_of_law(one, before) for one in moved if one.law is not NONE]
    return f"Without a law a firm {firm} takes {_choice(before)}; {'; '.join(said)}."


def _choice(found: Optimum) -> str:
    low, high = found.alike
    notes = ["the end of what was looked at"] if found.edge else []
    notes += [f"not told apart from x{low:g} to x{high:g}"] if low < high else []
    others = asking.listed(found.also)
    notes += [f"{'nor' if low < high else 'not told apart'} from {others}"] if found.also else []
    between = f" ({', '.join(notes)})" if notes else ""
    return f"x{found.choice.staff:g} of its agents, {found.choice.organisation}{between}"


def _of_law(one: Moved, before: Optimum) -> str:
    there = "leaves it there" if one.optimum.choice == before.choice else f"moves it to {_choice(one.optimum)}"
    firm, customer, effort = (
        _told_apart(one.moved[name]) for name in (one.goal, "customer_eur_per_problem", "effort_ces")
    )
    return f"{one.law.name} {there}: {firm} EUR a problem for the firm, {customer} for the customer, effort {effort}"


def _told_apart(estimate: sim.Estimate) -> str:
    if estimate.mean == 0:
        return "as before"
    return _signed(estimate) + ("" if asking.sure(estimate) else ", not told apart from nothing,")


def _signed(estimate: sim.Estimate) -> str:
    return asking.written(estimate, signed=True)


def rows(moved: Sequence[Moved]) -> Iterator[Sequence[str]]:
    """Yield a row for each goal and law: the optimum, and what becomes of everybody there."""
    for one in moved:
        low, high = one.optimum.alike
        edge = " (end of what was looked at)" if one.optimum.edge else ""
        also = f" or {', '.join(one.optimum.also)}" if one.optimum.also else ""
        staff = f"x{one.optimum.choice.staff:g}{edge}", f"x{low:g} to x{high:g}{also}"
        values = (asking.written(one.values[name]) for name in TOLD)
        yield GOALS[one.goal], one.law.name, one.optimum.choice.organisation, *staff, *values, *_changes(one)


def _changes(one: Moved) -> Iterator[str]:
    for name in ("staff_hours_per_week", one.goal, "customer_eur_per_problem", "effort_ces"):
        yield _signed(one.moved[name]) if one.moved else "-"


HEAD = (
    "the firm counts",
    "law",
    "organisation",
    "staff",
    "not told apart",
    *TOLD.values(),
    "hours moved",
    "the firm's moved",
    "the customer's moved",
    "effort moved",
)


def organisations(given: Given) -> dict[str, sim.World]:
    """Return the worlds a firm may choose from, under no law, told by the wait that Spain asks for."""
    first = sim.load(given.own.world)
    if first.population.price_aversion:
        raise ValueError(f"{first.name}: its customers mind the price, so that histories differ under every tariff")
    no_law: dict[str, Any] = {"tariff.regime": NONE.regime, "levers.price.free": False, "service_level.within": WITHIN}
    patient = {**no_law, "levers.time.cut_after": "none"}
    made = {CUTTING: sim.changed(first, no_law)}
    if first.levers.time.cut_after is None:
        made = {}
    made[PATIENT] = sim.changed(first, patient)
    if given.own.reorganise:
        made[EMPOWERED] = sim.changed(given.own.reorganise, no_law)
    return made


def with_law(world: sim.World, law: Law) -> sim.World:
    """Return a world with a law's tariff."""
    return sim.changed(world, {"tariff.regime": law.regime}, name=world.name)


def lived_of(swept: sim.Sweep, organisation: str) -> dict[Choice, dict[str, asking.Totals]]:
    """Return what is finished of a sweep over the staff."""
    totals = {measure: swept.by_point(measure) for measure in swept.measures}
    made = {}
    for at, point in enumerate(swept.design):
        if all(at in of and len(of[at].numbers) == len(swept.numbers) for of in totals.values()):
            each = {measure: of[at] for measure, of in totals.items()}
            choice = Choice(organisation, float(point[STAFF_PATH][1:]))
            made[choice] = {measure: asking.ordered(runs) for measure, runs in each.items()}
    return made


def share_of(law: Law, worlds: Mapping[str, sim.World]) -> float | None:
    """Return 0 where the firm keeps nothing under a law; None where costs have to be lived under it, or were.

    Raises
    ------
    ValueError
        If a law leaves the firm a part that was not lived.
    """
    kept = {with_law(world, law).tariff.firm_share for world in worlds.values()}
    if law is NONE:
        return None
    if kept != {0.0}:
        raise ValueError(f"{law.name}: a part of the toll is the firm's, and has to be lived")
    return 0.0


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live every staff of every organisation, choose under each law, and live what was chosen anew."""
    worlds, staff = organisations(given), QUICK_STAFF if given.quick else STAFF
    apart = [
        law for law in LAWS if law is not NONE and any(with_law(one, law).tariff.firm_share for one in worlds.values())
    ]
    many = len(worlds) * (1 + len(apart))
    course = Course(tell, [1.0] * many + [0.4 * many])
    grids: dict[Law, dict[Choice, Any]] = {}
    made: list[tuple[tuple[str, ...], list[Moved], list[str]]] = []
    interrupted = False
    try:
        for law in (NONE, *apart):
            grids[law] = {}
            for organisation, world in worlds.items():
                grids[law] |= _swept(given, organisation, with_law(world, law), staff, course)
        told = _Told(given, worlds, course)
        for names in looks(worlds):
            made.append((names, *_chosen(grids, names, worlds, told)))
    except KeyboardInterrupt:
        if not made:
            raise
        interrupted = True
    lines, said = list[str](), list[str]()
    for names, moved, impossible in made:
        lines += [f"**The firm may choose: {asking.listed(names)}**", "", *asking.table(HEAD, rows(moved)), ""]
        said.append(("If it may also reorganise. " if said else "") + finding(moved, impossible))
    where = f"{given.own.world}; chosen on these replications, told on as many others; answered: within {WITHIN}."
    return Answer(lines, "\n\n".join(said), [asking.how(given, where)], lambda: draw(made), interrupted)


def looks(worlds: Mapping[str, sim.World]) -> list[tuple[str, ...]]:
    """Return what the firm may choose from: its own organisation, and with another one."""
    kept = tuple(name for name in worlds if name != EMPOWERED)
    return [kept, tuple(worlds)] if EMPOWERED in worlds else [kept]


def _swept(
    given: Given, organisation: str, world: sim.World, staff: Sequence[float], course: Course
) -> dict[Choice, dict[str, asking.Totals]]:
    design = sim.factorial({STAFF_PATH: [f"x{factor:g}" for factor in staff]})
    swept = sim.sweep(
        world, design, measures=_LIVED, replications=given.replications, seed=given.seed, days=given.days,
        workers=given.workers, out=asking.folder(given, NAME, world, design), progress=course.part,
    )  # fmt: skip
    if swept.interrupted:
        raise KeyboardInterrupt
    course.over()
    return lived_of(swept, organisation)


class _Told:
    """What is chosen, lived on other replications; each choice under each tariff once."""

    def __init__(self, given: Given, worlds: Mapping[str, sim.World], course: Course) -> None:
        self.given, self.worlds, self.course = given, worlds, course
        self.lived: dict[tuple[str, Choice], sim.Replications] = {}

    def of(self, law: Law, choice: Choice) -> sim.Replications:
        key = law.regime, choice
        if key not in self.lived:
            many = self.given.replications
            world = sim.changed(with_law(self.worlds[choice.organisation], law), {STAFF_PATH: f"x{choice.staff:g}"})
            self.lived[key] = sim.replicate(
                world, replications=range(many, 2 * many), seed=self.given.seed, days=self.given.days,
                workers=self.given.workers, measures=list(TOLD),
            )  # fmt: skip
            if self.lived[key].interrupted:
                raise KeyboardInterrupt
            self.course.part(min(len(self.lived), 15), 15)
        return self.lived[key]


def _chosen(
    grids: Mapping[Law, Lived], names: Sequence[str], worlds: Mapping[str, sim.World], told: _Told
) -> tuple[list[Moved], list[str]]:
    """Choose under each law, for each goal, and compare with what is chosen without a law."""
    moved, impossible = list[Moved](), dict[str, None]()
    for goal in GOALS:
        before: sim.Replications | None = None
        for law in LAWS:
            lived = grids.get(law, grids[NONE])
            found = optimum(lived, allowed(lived, law, names), goal, None if law in grids else share_of(law, worlds))
            if found is None:
                impossible[law.name] = None
                continue
            there = told.of(law, found.choice)
            before = there if law is NONE else before
            values = {name: there.estimate(name) for name in TOLD}
            moved.append(Moved(law, goal, found, values, {} if law is NONE else _differences(before, there)))
    return moved, list(impossible)


def _differences(before: sim.Replications | None, there: sim.Replications) -> dict[str, sim.Estimate]:
    assert before is not None, "without a law everything is allowed"
    return {name: sim.paired_difference(*before.totals[name].T, *there.totals[name].T) for name in TOLD}


def draw(made: Sequence[tuple[Sequence[str], Sequence[Moved], Any]]) -> Any:
    """Draw the agent hours of each optimum, a panel for each thing that the firm may count."""
    from sim.figures.style import BLUE, SMALL, VERMILLION, panels, titled

    axes = panels(None, len(GOALS), (8.5, 3.4 * len(GOALS)))
    for ax, (goal, words) in zip(axes, GOALS.items(), strict=True):
        for at, ((_, moved, _), colour) in enumerate(zip(made, (VERMILLION, BLUE), strict=False)):
            those = [one for one in moved if one.goal == goal]
            hours = [one.values["staff_hours_per_week"].mean or 0.0 for one in those]
            places = [LAWS.index(one.law) + (at - 0.5) * 0.3 for one in those]
            ax.bar(
                places,
                hours,
                0.28,
                color=colour,
                hatch=("///", "...")[at],
                edgecolor="white",
                label=("its own organisation", "or another one")[at],
            )
            low, high = (
                [hour * (1 - end / one.optimum.choice.staff) * sign for hour, one, end in zip(
                    hours, those, [one.optimum.alike[which] for one in those], strict=True)]
                for which, sign in ((0, 1), (1, -1))
            )  # fmt: skip
            ax.errorbar(places, hours, [low, high], fmt="none", ecolor="#222222", capsize=3)
        ax.set_xticks(range(len(LAWS)), [law.name for law in LAWS], fontsize=SMALL)
        ax.set_ylabel("agent hours a week")
        titled(ax, f"The least-cost staff under each law, {words}; in the brackets: not told apart")
    axes[0].legend(fontsize=SMALL, frameon=False)
    return axes


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("world", nargs="?", default="double_peine")
    parser.add_argument("--reorganise", default="empowered", metavar="WORLD", help='another organisation; "" for none')


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
