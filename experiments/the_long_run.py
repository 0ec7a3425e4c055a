"""The long run of paid hold: after how many years the world that earns by it becomes the dearer one for the firm.

Run it: ``python experiments/the_long_run.py [--quick] [--figure out/the_long_run.png]``; at full size it takes some
quarter of an hour.

The hotline with the double penalty and the empowered one are lived year after year (`sim.generations`): grievance adds
up and fades, and lets customers go once a year; in the fifth year the generation of the service changes, lock-in is
released and few still believe that competitors are no better. Cases turn what is known least: how locked in customers
are, and what effort they know from competitors; how many agents the empowered world has (as many, or only as many as
give the wait of the first), and whether agents are kept where customers leave. What each finished year came to is kept
in the folder: the same call goes on from there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import asking
from asking import Answer, Course, Extent, Given

import sim

NAME = "the_long_run"
FULL, QUICK = Extent(10), Extent(3, 7)
YEARS, QUICK_YEARS = 12, 6
LOCK_IN, COMPETITOR = "population.segments.*.lock_in", "generations.competitor_effort"
AS_WRITTEN, SAME_WAIT = "as written", "same wait"
HORIZONS = (3, 12, 36)


class Case(NamedTuple):
    """One long run."""

    lock_in: float | None = None
    """Of all customers; None: as it is written."""
    competitor: float = 1.5
    agents: str = AS_WRITTEN
    """Of the second world: as written, or as many as give the wait of the first."""
    staff: Literal["kept", "follows"] = "kept"


BASE = Case()


class Run(NamedTuple):
    """What one came to: euros for each initial customer, the second world minus the first."""

    years: int
    turns: tuple[Any, ...]
    """Of `sim.study.generations.turning.Turn`: when what was spent since the first day is the same."""
    horizons: dict[int, sim.Estimate]
    """By months; the last one is the end."""
    yearly: tuple[sim.Estimate, ...]
    left: tuple[sim.Estimate, sim.Estimate]
    """Customers at the end in either world, for each initial one."""
    toll: tuple[sim.Estimate, ...]
    """Toll income of the first world, year by year."""


def cases() -> list[Case]:
    """Return the cases in the order in which they are lived."""
    grid = [Case(lock_in, level) for level in (1.5, 3.0) for lock_in in (None, 0.0, 0.9)]
    return [*grid, Case(staff="follows"), Case(agents=SAME_WAIT), Case(0.0, agents=SAME_WAIT)]


def run_of(made: sim.Generations) -> Run:
    """Return what a study came to."""
    months = [*(many for many in HORIZONS if many < 12 * made.years), 12 * made.years]
    years = range(1, made.years + 1)
    return Run(
        made.years,
        tuple(made.turns()),
        {many: made.difference("firm_eur", months=many) for many in months},
        tuple(made.difference("firm_eur", year=year) for year in years),
        (made.until("customers", 12 * made.years, 0), made.until("customers", 12 * made.years, 1)),
        tuple(made.year("toll_income_eur", year) for year in years),
    )


def finding(found: Mapping[Case, Run], names: tuple[str, str]) -> str:
    """Say what the long run does to the world that earns paid hold."""
    told = [_base(found[BASE], names)] if BASE in found else []
    told += [
        said for said in (_of_lock_in(found, names), _of_competitors(found, names), _of_agents(found, names)) if said
    ]
    return "\n\n".join(told)


def _base(run: Run, names: tuple[str, str]) -> str:
    short = run.horizons[min(run.horizons)]
    first = {1: f"{names[0]} is the cheaper one", -1: f"{names[0]} is the dearer one"}.get(
        asking.sure(short), "neither is surely cheaper"
    )
    left = [f"{100 * (one.mean or 0.0):.0f}" for one in run.left]
    toll = [asking.written(one) for one in (run.toll[0], run.toll[-1])]
    return (
        f"Over the first {min(run.horizons)} months {first}: {names[1]} costs the firm "
        f"{asking.written(short, signed=True)} EUR more for each initial customer. "
        f"{_when(run, names)}{_by_year(run, names)} After {run.years} years {left[0]} customers of 100 are there in "
        f"{names[0]} and {left[1]} in {names[1]}; the toll of {names[0]} went from {toll[0]} to {toll[1]} "
        "EUR a year."
    )


def _when(run: Run, names: tuple[str, str]) -> str:
    turn = turn_of(run)
    if turn is None:
        end = run.horizons[12 * run.years]
        stays = {1: f"{names[0]} is still the cheaper one", -1: f"{names[0]} is the dearer one all along"}
        return f"Added up over {run.years} years, {stays.get(asking.sure(end), 'they are not told apart')}."
    return f"Added up, {names[0]} becomes the dearer one after {when(turn)} years."


def _by_year(run: Run, names: tuple[str, str]) -> str:
    """Say from which year on every year by itself is surely dearer in the first world."""
    years = run.yearly
    from_on = next((at + 1 for at in range(len(years)) if all(asking.sure(one) < 0 for one in years[at:])), None)
    return "" if from_on is None else f" From year {from_on} on every year by itself costs more in {names[0]}."


def turn_of(run: Run) -> Any:
    """Return when the first world becomes the dearer one; None where it does not, or more than once."""
    down = [turn for turn in run.turns if not turn.rises]
    return down[0] if len(down) == 1 else None


def when(turn: Any) -> str:
    """Write a time with its interval."""
    low = "the beginning" if turn.low is None else f"{turn.low:.1f}"
    high = "beyond the end" if turn.high is None else f"{turn.high:.1f}"
    return f"{turn.at:.1f} ({low} to {high})"


def _said(case: Case) -> str:
    return "as written" if case.lock_in is None else f"{case.lock_in:g}"


def _listed(found: Mapping[Case, Run], each: Sequence[Case], what: Any) -> str:
    there = [case for case in each if case in found]
    if len(there) < 2:
        return ""
    return "; ".join(f"{what(case)}: {told(found[case])}" for case in there)


def told(run: Run) -> str:
    """Say in a few words when the first world becomes the dearer one."""
    turn = turn_of(run)
    if turn is not None:
        return f"after {when(turn)} years"
    sign = asking.sure(run.horizons[12 * run.years])
    return {1: f"not within {run.years} years", -1: "from the first day"}.get(
        sign, f"not told within {run.years} years"
    )


def _of_lock_in(found: Mapping[Case, Run], names: tuple[str, str]) -> str:
    said = _listed(found, [Case(), Case(0.0), Case(0.9)], lambda case: f"lock-in {_said(case)}")
    return f"{names[0]} becomes the dearer one, by lock-in: {said}." if said else ""


def _of_competitors(found: Mapping[Case, Run], names: tuple[str, str]) -> str:
    each = [Case(lock_in, 3.0) for lock_in in (None, 0.0, 0.9)]
    said = _listed(found, each, lambda case: f"lock-in {_said(case)}")
    return f"Where competitors are as laborious as a CES of 3: {said}." if said else ""


def _of_agents(found: Mapping[Case, Run], names: tuple[str, str]) -> str:
    each = [Case(agents=SAME_WAIT), Case(0.0, agents=SAME_WAIT)]
    there = [f"lock-in {_said(case)}: {told(found[case])}" for case in each if case in found]
    said = [f"With as many agents in {names[1]} as give the wait of {names[0]}, {'; '.join(there)}."] if there else []
    follows = found.get(Case(staff="follows"))
    said += [f"Where agents follow the problems: {told(follows)}."] if follows else []
    return " ".join(said)


HEAD = (
    "lock-in",
    "competitors' CES",
    "agents of the second",
    "agents later",
    "the first becomes the dearer one",
    "second minus first after 3 months (EUR for each initial customer)",
    "12 months",
    "36 months",
    "the end",
    "customers left in the first (%)",
    "in the second (%)",
)


def rows(found: Mapping[Case, Run]) -> Iterator[Sequence[str]]:
    """Yield a row for each case."""
    for case, run in found.items():
        euros = [asking.written(run.horizons[many], signed=True) if many in run.horizons else "-" for many in HORIZONS]
        euros.append(asking.written(run.horizons[12 * run.years], signed=True))
        left = [asking.written(sim.Estimate(*(None if x is None else 100 * x for x in one))) for one in run.left]
        yield _said(case), f"{case.competitor:g}", case.agents, case.staff, told(run), *euros, *left


def worlds_of(case: Case, first: sim.World, second: sim.World, fewer: sim.World | None) -> list[sim.World] | None:
    """Return both worlds of a case; None where its agents are not known."""
    other = second if case.agents == AS_WRITTEN else fewer
    if other is None:
        return None
    changes: dict[str, Any] = {COMPETITOR: case.competitor}
    if case.lock_in is not None:
        changes[LOCK_IN] = case.lock_in
    return [sim.changed(one, changes, name=one.name) for one in (first, other)]


def study(given: Given, tell: asking.Progress) -> Answer:
    """Live every case; what is finished is told when that is interrupted."""
    years = given.own.years or (QUICK_YEARS if given.quick else YEARS)
    if not 1 <= years <= 100:
        raise ValueError(f"--years is {years}: 1 to 100")
    first, second = (sim.load(name) for name in (given.own.first, given.own.second))
    course = Course(tell, [1.0] * (len(cases()) + 1))
    size: dict[str, Any] = {"replications": given.replications, "seed": given.seed, "days": given.days}
    size |= {"workers": given.workers, "progress": course.part}
    found: dict[Case, Run] = {}
    notes, interrupted, base = [asking.how(given, f"{years} years.")], False, None
    try:
        fewer, note = with_fewer(first, second, size)
        notes.append(note)
        course.over()
        for case in cases():
            worlds = worlds_of(case, first, second, fewer)
            if worlds is not None:
                made = lived(case, worlds, years, given, size)
                base = made if case == BASE else base
                if made.interrupted and made.years < years:
                    raise KeyboardInterrupt
                found[case] = run_of(made)
            course.over()
    except KeyboardInterrupt:
        if not found:
            raise
        interrupted = True
    names = first.name, second.name
    table = asking.table(HEAD, rows(found))
    return Answer(table, finding(found, names), notes, (lambda: draw(base)) if base else None, interrupted)


def lived(case: Case, worlds: list[sim.World], years: int, given: Given, size: dict[str, Any]) -> sim.Generations:
    """Live a case; its years are kept in a folder of its own."""
    said = "_".join([_said(case).replace(" ", "_"), f"{case.competitor:g}", case.agents.replace(" ", "_"), case.staff])
    whose = "_".join(sim.digest(world) for world in worlds)
    extent = f"{given.replications}_{given.days or 'own'}_{given.seed}"
    return sim.generations(
        worlds, years=years, staff=case.staff, out=given.out / NAME / f"{said}_{whose}_{extent}", **size
    )


def with_fewer(first: sim.World, second: sim.World, size: dict[str, Any]) -> tuple[sim.World | None, str]:
    """Return the second world with the agents that give the wait of the first, and how near that comes; or why not."""
    try:
        (way,) = sim.compare(first, second, equal="service", measures=["firm_eur_per_problem"], **size).ways
    except ValueError as refused:
        return None, f"With the {SAME_WAIT} nothing was lived: {refused}."
    world = way.lived.world.model_copy(update={"time": second.time})
    return world, way.equality.meaning.replace("Equal service:", f"With the {SAME_WAIT},", 1)


def draw(made: sim.Generations) -> Any:
    """Draw the case as it is written."""
    from sim.figures import generations_figure

    return generations_figure(made)


def own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", nargs="?", default="double_peine", help="the world that earns paid hold")
    parser.add_argument("second", nargs="?", default="empowered")
    parser.add_argument("--years", type=int, metavar="N", help=f"how many; {YEARS}; quick: {QUICK_YEARS}")


def main(argv: Sequence[str] | None = None) -> int:
    return asking.main(study, NAME, __doc__, full=FULL, quick=QUICK, own=own, argv=argv)


if __name__ == "__main__":
    sys.exit(main())
