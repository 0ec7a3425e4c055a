"""Effort is not delay: does effort fall where staff act in the customer's place, though nothing comes sooner?

Run it: ``python experiments/effort_and_delay.py [--quick] [--figure out/effort_and_delay.png]``; at full size two
minutes.

A toll invoice is made when it is made: the day is drawn with the customer, and no staff moves it. In one world all send
the customer on, in the other whoever is asked sends the request himself. So that effort and delay can be told apart,
three more worlds are lived by the same customers: staff who act, and a document that is sent so long after it was made
that it is had as late as before (`LATER`, fitted); nobody who acts, and a document made in half the time; and both.
Beside them stands an outage with news at every step, in which nothing is mended sooner. *Delay* is what the customer
lives: days from the toll, or the fault, until he has what he wants, of those who get it in both worlds.

Nobody asks how it stands while staff have the matter in hand: that is the world's own assumption. So it is sought, too,
how often customers would have to ask for the effort to be as large as where all are sent on (`sim.break_even`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import asking
import numpy as np
import numpy.typing as npt
from asking import Answer, Course, Extent, Given

import sim

NAME = "effort_and_delay"
FULL, QUICK = Extent(10), Extent(3, 7)
SENT_ON, ACTING = "toll_invoice", "acting_on_behalf"
OUTAGE, NEWS = "outage", "outage_news"
LATER = "9.6 d"
"""Fitted: sent so long after it was made, the document is had as late as where all are sent on."""
READY, MADE = "population.reasons.invoice.ready", "cases.request.steps.made.solves"
SENT = "cases.request.steps.sent"
HALF = "x0.5"
ASKED_AT = "population.chasing.without_date"
OFTENEST = 2.0
"""Questions a day, the most that is looked at."""
EFFORT, CONTACTS = "effort_ces", "contacts_per_problem"
EFFORTS = {"effort_ces": "effort (1 to 5)", "effort_index": "effort (points)"}
MEASURES = (EFFORT, CONTACTS)
DAYS = tuple(range(0, 151, 2))
BY = 60
"""Days by which nine documents in ten are made."""
_DAY = 1440.0
Floats = npt.NDArray[np.float64]


class Change(NamedTuple):
    """Two worlds that are set against one another."""

    before: str
    after: str
    words: str


LATE, SOONER, BOTH = "acting, sent late", "made in half the time", "acting, made in half the time"
CHANGES = (
    Change(SENT_ON, ACTING, "staff act"),
    Change(SENT_ON, LATE, "staff act, and it is sent late"),
    Change(SENT_ON, SOONER, "it is made in half the time"),
    Change(SENT_ON, BOTH, "both"),
    Change(OUTAGE, NEWS, "news of the outage"),
)


class Moved(NamedTuple):
    """What a change moves."""

    before: sim.Estimate
    """Effort, 1 to 5."""
    after: sim.Estimate
    effort: sim.Estimate
    contacts: sim.Estimate
    days: sim.Estimate
    """Until it is had, of those who have it in both worlds."""
    had: sim.Estimate
    """In a hundred, how many more ever have it."""


class Life(NamedTuple):
    """One replication of a world."""

    totals: Mapping[str, tuple[float, float]]
    days: Floats
    """By customer, until it is had; NaN for those who never have it."""


Lived = Mapping[str, Sequence[Life]]


def worlds() -> dict[str, sim.World]:
    """Return every world that is lived, by its name here."""
    sent_on, acting = sim.load(SENT_ON), sim.load(ACTING)
    late = {MADE: 0.0, SENT: {"takes": LATER, "solves": 1.0}}
    return {
        SENT_ON: sent_on,
        ACTING: acting,
        LATE: sim.changed(acting, late, name="acting_late"),
        SOONER: sim.changed(sent_on, {READY: HALF}, name="made_sooner"),
        BOTH: sim.changed(acting, {READY: HALF}, name="acting_made_sooner"),
        OUTAGE: sim.load(OUTAGE),
        NEWS: sim.load(NEWS),
    }


def life(world: sim.World, seed: int, replication: int) -> Life:
    """Live one replication."""
    table = sim.tables(sim.run(world, sim.populate(world, seed=seed, replication=replication)))
    journeys = table.journeys
    return Life(sim.measure(table, list(MEASURES)), (journeys["solved_at"] - journeys["appeared"]) / _DAY)


def moved(before: Sequence[Life], after: Sequence[Life]) -> Moved:
    """Return what a change moves; the same customers in the same order on both sides."""
    first, second = ([_had(one.days) for one in lives] for lives in (before, after))
    pairs = list(zip(before, after, strict=True))
    apart = [one.days - other.days for other, one in pairs]
    days = [(float(np.nansum(each)), float(np.isfinite(each).sum())) for each in apart]
    return Moved(
        sim.ratio(*_of(before, EFFORT)),
        sim.ratio(*_of(after, EFFORT)),
        asking.difference(_of(before, EFFORT), _of(after, EFFORT)),
        asking.difference(_of(before, CONTACTS), _of(after, CONTACTS)),
        sim.ratio(*asking.columns(days)),
        asking.difference(asking.columns(first), asking.columns(second)),
    )


def _of(lives: Sequence[Life], measure: str) -> asking.Totals:
    return asking.columns([one.totals[measure] for one in lives])


def _had(days: Floats, by: float = np.inf) -> tuple[float, float]:
    """Return how many of a hundred times have it by a day, and how many there are."""
    return 100.0 * float((days <= by).sum()), float(len(days))


def finding(found: Mapping[str, Moved], rates: Mapping[str, sim.Estimate] | None = None) -> str:
    """Say whether effort falls though delay does not; by the numbers.

    Parameters
    ----------
    found : mapping
        By the words of a `Change`.
    rates : mapping, optional
        By measure of effort, questions a day at which it is as large as where all are sent on; undefined where there
        is no such rate.
    """
    acting, late, sooner, _, news = (found[change.words] for change in CHANGES)
    told = [_of_acting(acting), _of_late(late), _of_sooner(acting, sooner), _of_news(news)]
    told += [_of_rate(measure, rate) for measure, rate in (rates or {}).items()]
    return "\n\n".join(told)


def when(days: sim.Estimate) -> str:
    """Say how much sooner or later, or that it cannot be told."""
    sign = asking.sure(days)
    if sign == 0:
        return f"at a time that is not told apart ({asking.written(days, signed=True)} days)"
    return f"{asking.written(_positive(days))} days {'sooner' if sign < 0 else 'later'}"


def _positive(estimate: sim.Estimate) -> sim.Estimate:
    """Return an estimate that is surely not zero without its sign."""
    mean, low, high = (abs(one or 0.0) for one in estimate)
    return sim.Estimate(mean, min(low, high), max(low, high))


def _of_acting(one: Moved) -> str:
    effort = f"effort moves by {asking.written(one.effort, signed=True)} where staff act"
    if asking.sure(one.effort) >= 0:
        return f"That effort falls is refuted: {effort}, and it is had {when(one.days)}."
    if asking.sure(one.days) >= 0:
        return f"Effort falls though delay does not, that comes out: {effort}, and it is had {when(one.days)}."
    return (
        "Effort falls, but so does the delay that the customer lives, and to the letter the claim is refuted: "
        f"{effort}. The document is made no sooner, on the day that was drawn for it, but it is had {when(one.days)}, "
        f"and {asking.written(one.had, signed=True)} in a hundred more have it at all: who has to ask hears of it "
        "late, or lets it go."
    )


def _of_late(one: Moved) -> str:
    effort = asking.written(one.effort, signed=True)
    if asking.sure(one.effort) >= 0:
        return (
            f"Where staff act and it is had {when(one.days)}, effort does not surely fall ({effort}): it was the delay."
        )
    if asking.sure(one.days) < 0:
        return f"Sent late it is still had {when(one.days)}, and effort moves by {effort}: delay is not held."
    return (
        f"Where staff act and it is had {when(one.days)}, effort moves by {effort} all the same: it is not the delay."
    )


def _of_sooner(acting: Moved, sooner: Moved) -> str:
    share = 100.0 * (sooner.effort.mean or 0.0) / (acting.effort.mean or 1.0)
    effort = f"{asking.written(sooner.effort, signed=True)}, {share:.0f} % of what acting moves"
    return (
        f"A document made in half the time, with nobody who acts, is had {when(sooner.days)}; effort moves by {effort}."
    )


def _of_news(one: Moved) -> str:
    effort = asking.written(one.effort, signed=True)
    comes = asking.sure(one.effort) < 0 and asking.sure(one.days) == 0
    return (
        f"With news of an outage, which ends {when(one.days)}, effort moves by {effort}"
        f"{': there it comes out to the letter' if comes else ''}."
    )


def _of_rate(measure: str, rate: sim.Estimate) -> str:
    where = f"Of {EFFORTS[measure]}, where customers ask how it stands while staff have it in hand: "
    if rate.mean is None:
        return f"{where}up to {OFTENEST:g} times a day it never comes to that of who is sent on."
    return f"{where}it is as large as that of who is sent on once they ask {asking.written(rate)} times a day."


HEAD = (
    "change", "effort before (1 to 5)", "after", "effort moved", "contacts moved",
    "days until it is had, moved (who has it in both)", "who ever has it, moved (in a hundred)",
)  # fmt: skip


def rows(found: Mapping[str, Moved]) -> Iterator[Sequence[str]]:
    """Yield a row for each change."""
    for words, one in found.items():
        means = [asking.written(one.before), asking.written(one.after)]
        yield words, *means, *(asking.written(each, signed=True) for each in one[2:])


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live every world, and seek how often customers would have to ask; interrupted there, the rest is told."""
    course = Course(tell, [2.0, *[1.0] * len(EFFORTS)])
    lived = lived_in(worlds(), given, course)
    found = {change.words: moved(lived[change.before], lived[change.after]) for change in CHANGES}
    rates, interrupted = dict[str, sim.Estimate](), False
    try:
        for measure in EFFORTS:
            rates[measure] = asked_as_often(measure, given, course)
    except KeyboardInterrupt:
        interrupted = True
    lines = asking.table(HEAD, rows(found))
    return Answer(lines, finding(found, rates), [asking.how(given)], lambda: draw(lived, found), interrupted)


def lived_in(each: Mapping[str, sim.World], given: Given, course: Course) -> Lived:
    """Live all worlds, replication by replication."""
    shortened = {name: with_days(world, given.days) for name, world in each.items()}
    tasks = [(name, replication) for name in shortened for replication in range(given.replications)]
    lived: dict[str, list[Life]] = {name: [] for name in shortened}
    with ThreadPoolExecutor(given.workers or os.cpu_count() or 1) as hands:
        made = hands.map(lambda task: life(shortened[task[0]], given.seed, task[1]), tasks)
        for at, ((name, _), one) in enumerate(zip(tasks, made, strict=True)):
            lived[name].append(one)
            course.part(at + 1, len(tasks))
    course.over()
    return lived


def with_days(world: sim.World, days: float | None) -> sim.World:
    """Return a world with another horizon."""
    return world if days is None else sim.changed(world, {"time.horizon": f"{days:g} d"}, name=world.name)


def asked_as_often(measure: str, given: Given, course: Course) -> sim.Estimate:
    """Return how often a day customers would have to ask for the same effort; undefined where there is no such rate."""
    first, second = (sim.changed(name, {ASKED_AT: 0.0}, name=name) for name in (SENT_ON, ACTING))
    found = sim.break_even(
        first, second, vary=ASKED_AT, between=(0.0, OFTENEST), measure=measure, vary_in="both", seed=given.seed,
        replications=given.replications, days=given.days, workers=given.workers, progress=course.part,
    )  # fmt: skip
    if found.interrupted:
        raise KeyboardInterrupt
    course.over()
    if len(found.roots) != 1:
        return sim.Estimate(None, None, None)
    return sim.Estimate(found.roots[0].at, *found.roots[0].interval)


def draw(lived: Lived, found: Mapping[str, Moved]) -> Any:
    """Draw what each change moves of effort and of delay, and who has the document by which day."""
    from sim.figures.canvas import figure
    from sim.figures.style import dress

    axes = figure((8.2, 6.8)).subplot_mosaic([["effort", "delay"], ["had", "had"]], height_ratios=(2.2, 3))
    for ax in axes.values():
        dress(ax)
    _draw_moved(axes["effort"], axes["delay"], found)
    _draw_had(axes["had"], lived)
    return list(axes.values())


def _draw_moved(effort: Any, delay: Any, found: Mapping[str, Moved]) -> None:
    from sim.figures.style import INK, ORANGE, VERMILLION, titled

    names = [*found][::-1]
    for ax, which, colour, marker in ((effort, "effort", VERMILLION, "s"), (delay, "days", ORANGE, "D")):
        for at, name in enumerate(names):
            one: sim.Estimate = getattr(found[name], which)
            mean = one.mean or 0.0
            sides = [
                [mean - (one.low if one.low is not None else mean)],
                [(one.high if one.high is not None else mean) - mean],
            ]
            ax.errorbar([mean], [at], xerr=sides, fmt=marker, color=colour, ecolor=INK, capsize=4, markersize=4)
            ax.annotate(
                f"{mean:+.2f}" if which == "effort" else f"{mean:+.1f}", (mean, at), (0, 8),
                textcoords="offset points", ha="center", fontsize=8, color=INK,
            )  # fmt: skip
        ax.axvline(0.0, color=INK, linewidth=0.9)
        ax.set_yticks(range(len(names)), names if ax is effort else [""] * len(names))
        ax.set_ylim(-0.6, len(names) - 0.4)
    effort.set_xlabel("effort moved (points of 1 to 5)")
    delay.set_xlabel("days until it is had, moved")
    effort.set_xlim(-3.2, 0.4)
    titled(effort, headline(found), wide=82, size=10.5)


def headline(found: Mapping[str, Moved]) -> str:
    """Return the finding in a line."""
    late, sooner = (found[change.words] for change in CHANGES[1:3])
    if asking.sure(late.effort) < 0 and asking.sure(late.days) >= 0:
        return (
            f"Effort is not delay: acting moves it by {late.effort.mean or 0.0:+.2f} though it comes as late; "
            f"{abs(sooner.days.mean or 0.0):.1f} days less move it by {sooner.effort.mean or 0.0:+.2f}"
        )
    return "What moves effort, and what moves delay"


def _draw_had(ax: Any, lived: Lived) -> None:
    from sim.figures.style import BLUE, GREEN, INK, PALE, SMALL, VERMILLION, titled

    looks = {SENT_ON: (VERMILLION, "-", "s", "sent on, has it"), ACTING: (BLUE, "--", "o", "staff act, has it"),
             LATE: (GREEN, "-.", "^", "staff act and it is sent late, has it")}  # fmt: skip
    for name, (colour, dashes, marker, words) in looks.items():
        each = [sim.ratio(*asking.columns([_had(one.days, day) for one in lived[name]])) for day in DAYS]
        ax.fill_between(
            DAYS, [one.low for one in each], [one.high for one in each], color=colour, alpha=0.2, linewidth=0
        )
        ax.plot(
            DAYS, [one.mean for one in each], color=colour, linestyle=dashes, marker=marker, markevery=10, markersize=5,
            label=words,
        )  # fmt: skip
    law = sim.load(SENT_ON).population.reasons["invoice"].ready
    ax.plot(
        DAYS, [100.0 * made_by(law, day) for day in DAYS], color=INK, linestyle=":", linewidth=1.6, label="it is made"
    )
    ax.set_xlabel("days since the toll")
    ax.set_ylabel("in a hundred customers")
    ax.set_ylim(0, 102)
    ax.grid(axis="y", color=PALE, linewidth=0.6)
    ax.legend(fontsize=SMALL, frameon=False, loc="lower right")
    ever = [
        sim.ratio(*asking.columns([_had(one.days) for one in lived[name]])).mean or 0.0 for name in (SENT_ON, ACTING)
    ]
    titled(
        ax,
        f"Made on the same day in all three: {ever[0]:.0f} in a hundred ever have it where they are sent on, "
        f"{ever[1]:.0f} where staff act",
        wide=82, size=10.5,
    )  # fmt: skip


def made_by(law: Any, day: float) -> float:
    """Return the chance that a document with this lognormal law is made by a day."""
    from statistics import NormalDist

    if day <= 0:
        return 0.0
    spread = float(np.sqrt(np.log1p(law.cv**2)))
    middle = float(np.log(law.mean / _DAY)) - spread**2 / 2
    return NormalDist(middle, spread).cdf(float(np.log(day)))


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
