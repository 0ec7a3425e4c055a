"""Figures that contradict each other, or that no values of a world can give: told before anything runs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from sim.quoting import short
from sim.reading.mistakes import Mistake, Place
from sim.reading.reading import Layer
from sim.study.calibrating.figure import Figure
from sim.study.calibrating.figures import CHOOSE, COUNTS, FigureError, Figures, mistake
from sim.study.searching.staffing import paid_hours
from sim.units import duration
from sim.world import World

_OVERTIME = 1.1
"""Agents finish the call that they are in when their duty ends: a little more than the paid time is possible."""


def check(
    figures: Figures,
    layer: Layer,
    world: World,
    wrong: Sequence[Mistake] = (),
    *,
    whole: bool = True,
    of_report: Collection[str] = (),
) -> None:
    """Refuse figures that cannot be true together, or of which the world can give none.

    Parameters
    ----------
    wrong : sequence of Mistake
        What is wrong with figures that are not among these: it is told with the rest.
    whole : bool
        Whether all the figures are there that could be: whether that there is none is a mistake.
    of_report : collection of str
        Figures that the month's file does not have, and the report by interval has.

    Raises
    ------
    FigureError
        With every contradiction: the lines, what is wrong, what would be right.
    """
    found = [
        *_lacking(figures, whole=whole and not wrong),
        *_of_counts(figures),
        *_of_service(figures),
        *_of_times(figures),
        *_of_repeats(figures),
        *_of_world(figures, world),
    ]
    if found or wrong:
        told = [*wrong, *(mistake(layer, *_whose(place, problem, right, of_report)) for place, problem, right in found)]
        raise FigureError(sorted(dict.fromkeys(told), key=lambda one: one.line or 0))


_Found = Iterator[tuple[Place, str, str]]


def _whose(place: Place, problem: str, right: str, of_report: Collection[str]) -> tuple[Place, str, str]:
    """Say of a figure that the report by interval has, and not the month's file, whose it is."""
    return place, f"(the report's) {problem}" if place and place[0] in of_report else problem, right


def _lacking(figures: Figures, *, whole: bool) -> _Found:
    """Yield what a figure needs to be understood."""
    given = figures.given()
    if not given and whole:
        yield (), "no figure is there", "write at least one, such as offered = 18240"
    if figures.offered is not None and figures.offered.value <= 0.0:
        yield ("offered",), "is 0: nothing is told by a month without calls", "write how many, such as offered = 18240"
    counted = [name for name in COUNTS if name in given and not given[name].is_share]
    if counted and figures.days is None:
        yield (counted[0],), "counts calls, but of how many days is not said", "write days = 31"
    if figures.offered is not None and figures.offered.is_share:
        yield ("offered",), "is a share: calls offered are counted", "write how many, such as offered = 18240"
    if figures.service_level is not None and figures.service_level_within is None:
        yield ("service_level",), "is of no threshold", 'write service_level_within = "20 s"'
    if figures.service_level is not None and figures.service_level_definition is None:
        yield ("service_level",), "is of no definition", CHOOSE
    if "service_level" in figures.measures:
        yield (
            ("measures", "service_level"),
            "stands under measures",
            "write it above them, with threshold and definition",
        )


def ends(one: Figure) -> tuple[float, float]:
    """Return between which values a figure lies for all that is said of it: stated, or rounded off."""
    reach = one.step / 2.0
    low = one.value - reach if one.low is None else one.low
    high = one.value + reach if one.high is None else one.high
    return max(low, 0.0), high


def parts_of_offered(figures: Figures) -> dict[str, tuple[float, float]]:
    """Return answered and abandoned calls as shares of those offered, as ranges, as far as they are known."""
    offered = None if figures.offered is None or figures.offered.is_share else ends(figures.offered)
    found: dict[str, tuple[float, float]] = {}
    for name in ("answered", "abandoned"):
        one: Figure | None = getattr(figures, name)
        if one is None:
            continue
        low, high = ends(one)
        if one.is_share:
            found[name] = (low, high)
        elif offered is not None and offered[0] > 0:
            found[name] = (low / offered[1], high / offered[0])
    return found


def _of_counts(figures: Figures) -> _Found:
    parts = parts_of_offered(figures)
    above = {name: low for name, (low, _) in parts.items() if low > 1.0}
    for name in above:
        yield (
            (name,),
            f"is more than the calls offered ({above[name]:.1%} of them)",
            "redials and repeats count as offered too",
        )
    if not above and len(parts) == 2 and sum(low for low, _ in parts.values()) > 1.0:
        both = sum((low + high) / 2.0 for low, high in parts.values())
        said = f"and answered are {both:.1%} of the calls offered together"
        yield ("abandoned",), said, "no call is both: is one of them of another month, or offered without redials?"


def _of_service(figures: Figures) -> _Found:
    """Yield a service level that no law of waits with this mean can have: waits beyond T are at least T long."""
    level, wait, within = figures.service_level, figures.speed_of_answer, figures.service_level_within
    definition = figures.service_level_definition
    if level is None or within is None or definition is None:
        return
    (low, high), answered = ends(level), parts_of_offered(figures).get("answered", (0.0, 1.0))
    if definition == "arena" and low > answered[1]:
        yield (
            ("service_level",),
            f"is more than the share of calls answered ({answered[1]:.1%})",
            "by this definition it is a part of them",
        )
    if wait is None or within <= 0:
        return
    mean = ends(wait)
    # Markov's inequality: of the answered calls no more than mean / T wait longer than T.
    least = 1.0 - mean[1] / within
    of_all = least if definition in ("served", "sl0") else least * answered[0]
    if high < of_all:
        longer = f"at most {mean[1] / within:.0%} of the answered calls can wait longer than {duration(within)}"
        said = f"is too low for a speed of answer of {duration(wait.value)}: {longer}"
        right = f"with these waits it is {of_all:.0%} at least; is the threshold another, or the definition?"
        yield ("service_level",), said, right
    if definition in ("served", "sl0", "arena") and low >= 1.0 and mean[0] > within:
        said = f"is {duration(wait.value)}, though all calls are answered within {duration(within)}"
        yield ("speed_of_answer",), said, "one of the two is wrong"


def _of_times(figures: Figures) -> _Found:
    """Yield times that no calls can have: a talk beyond the work it is a part of, and none at all.

    Only the wait between two agents is in the talk and not in the work of agents.
    """
    talk, handling = figures.talk_time, figures.handling_time
    for name, one in (("talk_time", talk), ("handling_time", handling)):
        if one is not None and one.value <= 0.0:
            yield (name,), "is 0: every answered call takes its time", "leave it out if it is not known"
    if talk is None or handling is None or _above_none(figures.transfers):
        return
    if ends(talk)[0] > ends(handling)[1]:
        said = f"is {duration(talk.value)}, and handling_time {duration(handling.value)}: talk is a part of it"
        right = "are the two exchanged? If callers wait between two agents, write transfers too"
        yield ("talk_time",), said, right


def _of_repeats(figures: Figures) -> _Found:
    repeats, logged, asked = figures.repeats, figures.first_contact_resolution_logged, figures.first_contact_resolution
    if repeats is not None and logged is not None:
        (low, high), (least, most) = ends(repeats), ends(logged)
        if low + least > 1.0 + 1e-9 or high + most < 1.0 - 1e-9:
            both = repeats.value + logged.value
            said = f"and first_contact_resolution_logged are {both:.1%} together"
            yield (
                ("repeats",),
                said,
                "an answered call is followed by another within 7 days or it is not: they add up to 100 %",
            )
    if repeats is not None and asked is not None and ends(asked)[0] >= 1.0 and ends(repeats)[0] > 0.0:
        yield (
            ("repeats",),
            f"is {repeats.value:.1%}, though every problem is solved at the first contact",
            "who calls again?",
        )


def _of_world(figures: Figures, world: World) -> _Found:
    if _above_none(figures.transfers) and not world.paths:
        right = "add experts who take over, as a second team and [paths] to it, or leave this figure out"
        yield ("transfers",), f"{short(world.name)} passes no call on", right
    if _above_none(figures.abandoned) and math.isinf(world.population.patience.mean_value()):
        yield (
            ("abandoned",),
            f"in {short(world.name)} nobody hangs up: population.patience is none",
            "give it a law first",
        )
    if _above_none(figures.blocked) and world.line.lines is None:
        yield ("blocked",), f"{short(world.name)} has lines for all: nobody is blocked", "write line.lines first"
    hours = paid_hours(world)
    answered = _answered_at_least(figures)
    if hours == 0:
        yield (), f"{short(world.name)} has nobody at work", "write its staff first"
    elif answered and figures.days and figures.handling_time is not None:
        work = answered / figures.days * 7 * ends(figures.handling_time)[0] / 60
        if work > _OVERTIME * hours:
            of_calls = f"calls of {figures.handling_time.value:.4g} min are {work:,.0f} h of work a week"
            said = f"{of_calls}, and {short(world.name)} pays {hours:,.0f}"
            yield ("answered",), said, "its staff is too small for this report, or the days are wrong"


def _answered_at_least(figures: Figures) -> float:
    """Return how many calls were answered at the least, by their number or their share; none where it is not told."""
    answered, offered = figures.answered, figures.offered
    if answered is None or not answered.is_share:
        return 0.0 if answered is None else ends(answered)[0]
    return 0.0 if offered is None or offered.is_share else ends(answered)[0] * ends(offered)[0]


def _above_none(one: Figure | None) -> bool:
    return one is not None and ends(one)[0] > 0.0
