"""Studies as they are read: what is found, the figures that matter, and every measure where it is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from sim.measures import Measure
from sim.reading import digest
from sim.report.cautions import Caution, cautions, common_luck, targets, where_call_backs_wait
from sim.report.finding import findings
from sim.report.headlines import GUESSED, headlines, more_than_a_line, of_comparison, that_matter
from sim.report.names import labelled, listed
from sim.report.numbers import mean_of, wrapped
from sim.report.rows import comparison_rows, replications_rows, table
from sim.report.stopping import stopping_said
from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications
from sim.study.searching.equal import LABELS
from sim.units import DAYS, duration


def comparison_text(comparison: Comparison, *, every: bool, definitions: bool) -> str:
    """Return a comparison as it is printed: 120 columns at most."""
    lines = [line for found in findings(comparison) for line in wrapped(found)]
    lines += ["", *headlines(comparison), "", *_under(comparison)]
    if every:
        for one in comparison.each():
            measures = [line.measure for line in one.lines]
            lines += ["", *wrapped(one.equality.meaning), "", *table(comparison_rows(one), measures)]
    first = of_comparison(comparison)
    shown = [line.measure for line in comparison.lines if every or line.measure.id in first]
    return "\n".join([*lines, *_end(shown, len(comparison.lines), every=every, definitions=definitions)])


def _end(shown: Sequence[Measure], many: int, *, every: bool, definitions: bool) -> list[str]:
    """Return the definitions, or how to ask for them and for what is not shown."""
    hints = [] if every else [f"all {many} measures with their intervals: --all"]
    if not definitions:
        hints.append("what each means: --definitions")
    lines = ["", *wrapped("; ".join(hints).capitalize() + ".")] if hints else []
    return lines + (["", *meanings(shown)] if definitions else [])


def meanings(measures: Sequence[Measure]) -> list[str]:
    """Return what measures mean."""
    lines = ["What the measures mean"]
    for measure in measures:
        lines += wrapped(f"  {measure.id} ({measure.unit}): {measure.definition}", hang="      ")
    return lines


def comparison_head(comparison: Comparison) -> list[str]:
    """Return which worlds were compared, how long and how often they were lived, and how to read the differences."""
    first, others = comparison.first.asked, comparison.others
    worlds = [f"{world.name} ({digest(world)})" for world in (first, *others)]
    other = "another world" if len(others) > 1 else others[0].name
    read = (
        f"A difference is {other} minus {first.name}, replication by replication on the same customers, ± half "
        "of its 95 % interval; unsure: the interval holds 0. A post is 35 agent hours a week. "
        "calls / day are dialled in the horizon; calls / problem follow its problems to their end."
    )
    if more_than_a_line(first, *others):
        read = (
            f"A difference is {other} minus {first.name}, replication by replication on the same customers, ± half "
            "of its 95 % interval; unsure: the interval holds 0. A post is 35 agent hours a week. "
            "What is lived per problem follows the problems of the horizon to their end, by every channel: a contact "
            "is a call, a message, a chat or a visit to a desk."
        )
    return [f"{listed(worlds)}, {_study(comparison.first, comparison.seconds)}", read]


def _under(comparison: Comparison) -> list[str]:
    """Return what has to be known to trust the figures: what was lived, what was made equal, and warnings."""
    lines = [line for said in comparison_head(comparison) for line in wrapped(said)]
    if any(one.measure.guessed for one in comparison.lines):
        lines += wrapped(
            f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth): the line under "
            "it leaves them out."
        )
    lines += [line for said in notes(comparison) for line in wrapped(said)]
    return lines


def notes(comparison: Comparison) -> list[str]:
    """Return what was made equal, what is missing and what a reader has to be warned of, as it is printed."""
    told = [way.equality.meaning for way in comparison.ways]
    told += [f"{LABELS[how].capitalize()} is not shown: {why}." for how, why in comparison.missing.items()]
    lived = [comparison.first, *(way.lived for way in comparison.ways)]
    told += filter(None, [where_call_backs_wait(lived), *targets(lived, labelled(comparison)), common_luck(comparison)])
    return [*stopping_said(comparison), *map(str, warnings_of(comparison)), *told]


def warnings_of(comparison: Comparison) -> list[Caution]:
    """Return what a reader of a comparison has to be warned of."""
    lived = [comparison.first, *(way.lived for way in comparison.ways)]
    return cautions(*lived, names=labelled(comparison))


def replications_text(lived: Replications, *, every: bool, definitions: bool) -> str:
    """Return one world's study as it is printed."""
    measures = lived.measures()
    if not every:
        first = that_matter([lived.asked], {one.id: [lived.estimate(one.id).mean] for one in measures})
        measures = [one for one in measures if one.id in first] or measures
    about, study = replications_head(lived)
    head = [*wrapped(about), *wrapped(study.capitalize())]
    told = [
        *stopping_said(lived),
        *map(str, cautions(lived)),
        *typical_week(lived),
        *_backlog(lived),
        *targets([lived], [lived.asked.name]),
    ]
    lines = [*head, "", *table(replications_rows(lived, measures), measures), ""]
    if any(measure.guessed for measure in measures):
        lines += wrapped(f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth).")
    lines += [line for said in told for line in wrapped(said)]
    return "\n".join([*lines, *_end(measures, len(lived.totals), every=every, definitions=definitions)])


def replications_head(lived: Replications) -> list[str]:
    """Return which world was lived, how long and how often."""
    return [f"{lived.asked.name} ({digest(lived.asked)}): {lived.asked.about}", _study(lived, lived.seconds)]


def typical_week(lived: Replications) -> list[str]:
    """Say how many problems and calls each day of the week brings, where all of them were measured and seen."""
    means = {}
    for day in DAYS:
        ids = [f"{what}_per_day.{day}" for what in ("problems", "calls")]
        if not all(name in lived.totals for name in ids):
            return []
        estimates = [lived.estimate(name) for name in ids]
        if any(one.mean is not None for one in estimates):  # days of another name than the horizon's are not told
            means[day] = [mean_of(one, 0) for one in estimates]
    said = ", ".join(f"{day.capitalize()} {problems} and {calls}" for day, (problems, calls) in means.items())
    return [f"A typical week, problems that appear and calls dialled: {said}."]


def _backlog(lived: Replications) -> list[str]:
    """Say where the backlog is told by interval, where messages or cases wait for agents."""
    if not any(name.startswith("backlog.") for name in lived.totals):
        return []
    return ["The backlog by interval: --intervals FILE --every 1d --by queue --columns queue_length."]


def _study(lived: Replications, seconds: float) -> str:
    time, many = lived.world.time, len(lived.numbers)
    once = "replication" if many == 1 else "replications"
    which = "" if lived.numbers == tuple(range(many)) else f" ({_numbered(lived.numbers)})"
    return (
        f"{many} {once}{which} of {duration(time.horizon)} (after {duration(time.warm_up)} of warm-up, before "
        f"{duration(time.follow_up)} of follow-up); seed {lived.seed}, {lived.engine} engine, {seconds:.0f} s."
    )


def _numbered(numbers: Sequence[int]) -> str:
    """Name replications as they are asked for, from 1: ``11-20``."""
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    for _, run in itertools.groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        yield [number + 1 for _, number in run]
