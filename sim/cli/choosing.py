"""`best`, `frontier`, `tornado` and `indices`: of many points the best and the efficient, and what moves a measure."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import Mistakes
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.designs import asked, at_work, is_kept, lived, opened, plan_with_ranges
from sim.cli.outputs import Refused, complain, say, text_file, writable, written
from sim.measures import chosen, measures_of
from sim.report import as_json
from sim.study.choosing.best import MOST, PILOT, Best, Search, prepared
from sim.study.choosing.frontier import both_of
from sim.study.choosing.frontier import frontier as efficient_of
from sim.study.choosing.indices import indices_of, saltelli
from sim.study.choosing.ranges import ends_of, mistaken
from sim.study.choosing.tornado import tornado_of
from sim.study.running.size import Size, numbers_of, with_days
from sim.study.sweeping.design import Design
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.plan import Plan, read_plan
from sim.study.sweeping.sweep import check_paths
from sim.study.sweeping.swept import Sweep

USUAL = ("firm_eur_per_problem", "effort_ces")
"""The measures of a frontier where none are named: what it costs the firm, against the customers' effort."""
_QUICK_MOST = 40
Drawn = Callable[[Any, Path], None]


def best(options: Namespace) -> int:
    """Find the point of a design at which a measure is best, print it, draw all."""
    wrong = _files(options, options.design)
    search: Search | None = None
    with wrong.noted():
        if is_kept(options.design):
            raise Refused(
                f"{options.design} is a sweep's folder: best lives as it goes, and needs the file of a design"
            )
        plan = asked(read_plan(options.design), options)
        search = _searched(plan, options)
    wrong.tell()
    assert search is not None
    if plan.out is not None:
        complain(f"out is for a sweep: best keeps nothing in {plan.out}")
    try:
        with at_work(options, plan) as work:
            made = search.made(**work)
    except SweepError as gave_up:
        complain(str(gave_up))
        if isinstance(gave_up.finished, Best):
            _told(gave_up.finished, options, _best_drawn)
        return FAILED
    return _told(made, options, _best_drawn)


def _searched(plan: Plan, options: Namespace) -> Search:
    wrong, measure, better = Mistakes(), "", options.better
    with wrong.noted():
        measure = _one_measure(options, plan)
        known = measures_of(plan.base).get(measure)
        if known is not None and known.better == "neither" and better is None:
            better = "lower"
            raise Refused(f"{measure} has no better side of its own: say --min or --max")
    usual = _QUICK_MOST if options.quick else MOST
    search: Search | None = None
    if measure:
        with wrong.noted():
            search = prepared(
                plan.base,
                plan.design,
                measure,
                indifference=options.indifference,
                better=better,
                confidence=options.confidence,
                pilot=options.pilot or PILOT,
                most=options.most or usual,
                days=plan.days,
                seed=plan.seed,
                engine=options.engine,
                workers=options.workers,
            )
    wrong.tell()
    assert search is not None
    return search


def frontier(options: Namespace) -> int:
    """Tell which points of a design are efficient in two measures, print them, draw them."""
    wrong, measures = _files(options, options.design), USUAL
    plan: Plan | Sweep | None = None
    with wrong.noted():
        plan = opened(options) if is_kept(options.design) else asked(read_plan(options.design), options)
    if plan is not None:
        with wrong.noted():
            measures = _two_measures(options, plan)
            both_of(plan.base, *measures)
            plan = plan if isinstance(plan, Sweep) else _with_measures(plan, measures)
        if isinstance(plan, Plan):
            _sized(plan, options, wrong)
            with wrong.noted():
                check_paths(plan.base, plan.design)
    wrong.tell()
    assert plan is not None

    def of(swept: Sweep) -> Any:
        return efficient_of(swept, *measures)

    if isinstance(plan, Sweep):
        return _told(of(plan), options, _frontier_drawn)
    return _lived_and_told(plan, options, of, _frontier_drawn)


def _with_measures(plan: Plan, measures: tuple[str, str]) -> Plan:
    """Return the plan with both measures: those of a folder that is gone on with stay what they are."""
    if plan.out is None:
        return replace(plan, measures=measures)
    missing = [name for name in measures if plan.measures is not None and name not in plan.measures]
    if missing:
        raise Refused(f"{' and '.join(missing)} is not among the design's measures: name it there, or another --out")
    return plan


def tornado(options: Namespace) -> int:
    """Move each path alone from its lowest to its highest value, print what that does, draw it."""
    wrong = _files(options, options.world)
    plan, measure = _of_ranges(options, wrong, lambda plan, its: mistaken(plan.base, plan.ranges, its).tell())
    ranges = plan.ranges or {}
    plan = replace(plan, design=ends_of(ranges), measures=(measure,))
    return _lived_and_told(plan, options, lambda swept: tornado_of(swept, ranges, measure), _tornado_drawn)


def indices(options: Namespace) -> int:
    """Part a measure's variance over ranges by path, print the shares, draw them."""
    wrong, designs = _files(options, options.world), list[Design]()
    how = {"points": options.points, "design_seed": options.design_seed, "confidence": options.confidence}

    def look(plan: Plan, measure: str) -> None:
        designs.append(saltelli(plan.base, plan.ranges or {}, measure, **how))

    plan, measure = _of_ranges(options, wrong, look)
    ranges, (design,) = plan.ranges or {}, designs
    plan = replace(plan, design=design, measures=(measure,))
    return _lived_and_told(plan, options, lambda swept: indices_of(swept, ranges, measure, **how), _indices_drawn)


def _of_ranges(options: Namespace, wrong: Mistakes, look: Callable[[Plan, str], None]) -> tuple[Plan, str]:
    """Return what is to be lived, and the measure; all that is asked has been looked at.

    Raises
    ------
    ValueError
        With everything that is wrong.
    """
    plan, measure = plan_with_ranges(options, wrong), ""
    if plan is not None:
        with wrong.noted():
            measure = _one_measure(options, plan)
        with wrong.noted():
            if plan.ranges:
                look(plan, measure or USUAL[0])
            elif measure:
                chosen(measures_of(plan.base), [measure])
        _sized(plan, options, wrong)
    wrong.tell()
    assert plan is not None
    if plan.out is not None and options.out is None:  # it is that of a sweep over other points
        complain(f"out is for a sweep: {options.command} keeps nothing in {plan.out}; --out names a folder of its own")
        plan = replace(plan, out=None)
    return plan, measure


def _sized(plan: Plan, options: Namespace, wrong: Mistakes) -> None:
    """Note what is wrong with how long and how often a plan is lived."""
    with wrong.noted():
        with_days(plan.base, plan.days)
    with wrong.noted():
        Size(numbers_of(plan.replications), plan.seed, options.engine, options.workers)


def _files(options: Namespace, read: str) -> Mistakes:
    """Return what is wrong with the files that are to be written."""
    wrong = Mistakes()
    files = (("--json", options.json), ("--csv", options.csv), ("--figure", options.figure))
    with wrong.noted():
        writable(files, read=[("the design or world", read)])
    return wrong


def _one_measure(options: Namespace, plan: Plan) -> str:
    if options.measure is not None:
        return str(options.measure)
    if plan.measures is not None and len(plan.measures) == 1:
        return plan.measures[0]
    named = f"; the design names {', '.join(plan.measures[:12])}" if plan.measures else ""
    raise Refused(f"--measure ID is needed: which measure{named}")


def _two_measures(options: Namespace, plan: Plan | Sweep) -> tuple[str, str]:
    given = list(options.measure or ())
    if not given and plan.measures is not None and len(plan.measures) == 2:
        given = list(plan.measures)
    if len(given) not in (0, 2):
        said = f"--measure is given {'once' if len(given) == 1 else f'{len(given)} times'}: a frontier is of two"
        raise Refused(f"{said}, such as --measure {USUAL[0]} --measure {USUAL[1]}")
    first, second = given or USUAL
    return first, second


def _lived_and_told(plan: Plan, options: Namespace, of: Callable[[Sweep], Any], draw: Drawn) -> int:
    """Live through a plan and tell what it comes to; of what is finished, where the work could not go on."""
    try:
        swept = lived(plan, options)
    except SweepError as gave_up:
        complain(str(gave_up))
        if plan.out is not None:
            complain(f"what was finished stands in {plan.out}: the same command goes on from there")
        if gave_up.finished is not None and options.command != "indices":
            _told(of(gave_up.finished), options, draw)
        return FAILED
    except KeyboardInterrupt:
        _kept(plan)
        raise
    if swept.interrupted:
        _kept(plan)
    return _told(of(swept), options, draw)


def _kept(plan: Plan) -> None:
    if plan.out is not None:
        complain(f"what was lived is kept in {plan.out}: the same command goes on from there")


def _told(study: Any, options: Namespace, draw: Drawn) -> int:
    """Write what is quickly written, print, draw the figure."""
    files = [
        (options.json, lambda path: text_file(as_json(study, options.command_line))(path)),
        (options.csv, lambda path: text_file(study.table().to_csv(index=False))(path)),
    ]
    good = written(files, quiet=options.quiet)
    good = say(study.text(every=options.all, definitions=options.definitions)) and good
    good = written([(options.figure, lambda path: draw(study, path))], quiet=options.quiet) and good
    if study.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _best_drawn(study: Any, path: Path) -> None:
    from sim.figures import best_figure, save

    save(best_figure(study), path)


def _frontier_drawn(study: Any, path: Path) -> None:
    from sim.figures import frontier_figure, save

    save(frontier_figure(study), path)


def _tornado_drawn(study: Any, path: Path) -> None:
    from sim.figures import save, tornado_figure

    save(tornado_figure(study), path)


def _indices_drawn(study: Any, path: Path) -> None:
    from sim.figures import indices_figure, save

    save(indices_figure(study), path)
