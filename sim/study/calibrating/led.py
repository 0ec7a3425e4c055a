"""Where problems lead: a report's queues beside those of a world, and whose shares their calls can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sim.data.interval_report import IntervalReport
from sim.quoting import quoted, short
from sim.study.calibrating.by_queue import COUNTS, Block, ByQueue, Group, Place
from sim.world import World
from sim.world.path import OUT_OF_A_QUEUE

_NAMED = 12
"""Names that are written out."""


def calls_by_queue(report: IntervalReport, world: World) -> ByQueue | None:
    """Return what a report of several queues counts in each of them, and which shares of problems that can tell.

    Queues go by their names, in small letters or capitals. None for a report of one queue, whose calls are all there
    are; a world of one queue has all calls of several.

    Raises
    ------
    ValueError
        If none of its queues is one of the world's, or nothing leads to those in which it counts calls.
    """
    if len(report.queues) < 2:
        return None
    names = {name.casefold(): name for name in world.queue_names()}
    if len(names) == 1:
        said = f"{_listed(map(quoted, report.queues))}: all calls of this world come to {_listed(names.values())}"
        return ByQueue({}, notes=(f"The report's queues are taken together, {said}.",))
    if not any(name.casefold() in names for name in report.queues):
        said = f"the report's queues {_listed(map(quoted, report.queues))} are none of the world's"
        raise ValueError(f"{said}, {_listed(world.queue_names())}: call them alike in both")
    counts = _counts(report, names)
    reasons, segments = _leads(world)
    led = {*reasons, *segments}
    told = {queue for queue in counts if queue in led and counts[queue]["offered"] > 0}
    notes = (
        *_of_names(report, names),
        *_without_reasons(counts, led),
        *_not_counted(counts, led),
        *_of_both(reasons, segments, told),
        *_of_transfers(world),
    )
    return ByQueue(
        {queue: counts[queue] for queue in counts if queue in led},
        tuple(_blocks(reasons, segments, told, world)),
        notes,
    )


def _counts(report: IntervalReport, names: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return the calls of the world's queues, in the order of the report."""
    found: dict[str, dict[str, float]] = {}
    for at, called in enumerate(report.queues):
        rows = report.rows[report.rows["queue"] == at]
        if called.casefold() not in names:
            continue
        there = found.setdefault(names[called.casefold()], {"offered": 0.0})
        for name in COUNTS:
            if np.isfinite(rows[name]).any():
                there[name] = there.get(name, 0.0) + float(np.nansum(rows[name]))
    return found


def _leads(world: World) -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
    """Return where the shares of the reasons, and of the segments with a route of their own, stand, by queue."""
    people, line = world.population, world.line
    segments: dict[str, list[Place]] = {}
    left = 0.0
    for name, segment in people.segments.items():
        if name not in line.segment_routes:
            left += segment.share
        elif segment.share > 0:
            queue = line.segment_routes[name]
            segments.setdefault(queue, []).append(("population", "segments", name, "share"))
    reasons: dict[str, list[Place]] = {}
    for name, reason in people.reasons.items():
        if reason.share > 0 and left > 0:
            queue = line.routes.get(name, line.team)
            reasons.setdefault(queue, []).append(("population", "reasons", name, "share"))
    return reasons, segments


def _blocks(
    reasons: Mapping[str, list[Place]], segments: Mapping[str, list[Place]], told: set[str], world: World
) -> Iterable[Block]:
    """Yield what can be told: reasons against one another, and segments against those without a route.

    Of a queue to which both lead, only the reasons are sought.
    """
    by_reason = tuple(Group((queue,), tuple(places)) for queue, places in reasons.items() if queue in told)
    if len(by_reason) > 1:
        yield Block(by_reason)
    own = tuple(
        Group((queue,), tuple(places)) for queue, places in segments.items() if queue in told and queue not in reasons
    )
    others = tuple(
        ("population", "segments", name, "share")
        for name, segment in world.population.segments.items()
        if name not in world.line.segment_routes and segment.share > 0
    )
    rest = (Group(tuple(queue for group in by_reason for queue in group.queues), others),) if by_reason else ()
    if own and len(rest + own) > 1:
        yield Block(rest + own)


def _of_names(report: IntervalReport, names: Mapping[str, str]) -> Iterable[str]:
    unknown = [quoted(name) for name in report.queues if name.casefold() not in names]
    if unknown:
        yield (
            f"Queues of the report that this world has not: {_listed(unknown)} (it has {_listed(names.values())}). "
            "Their calls count in the figures of all queues, and are in none of this world's."
        )


def _without_reasons(counts: Mapping[str, Mapping[str, float]], led: set[str]) -> Iterable[str]:
    """Yield what of the report no problem leads to: calls passed on, or none."""
    for queue, its in counts.items():
        if queue not in led and its["offered"] > 0:
            yield (
                f"No reason and no segment leads to {short(queue)} in this world: the {its['offered']:,.0f} calls that "
                "the report counts there are passed on from others, and tell no share. If it counts them in both "
                "queues, they stand twice in its calls offered: leave these rows out."
            )
        elif queue in led and not its["offered"] > 0:
            yield f"The report has no call in {short(queue)}: the shares of what leads there stay as they are."


def _not_counted(counts: Mapping[str, Mapping[str, float]], led: set[str]) -> Iterable[str]:
    missing = [short(queue) for queue in led if queue not in counts]
    if missing:
        yield f"The report has no queue {_listed(sorted(missing))}: the shares of what leads there stay as they are."


def _of_both(reasons: Mapping[str, Any], segments: Mapping[str, Any], told: set[str]) -> Iterable[str]:
    for queue in segments:
        if queue in reasons and queue in told:
            yield (
                f"Reasons and segments lead to {short(queue)}: its calls do not tell which. The shares of the segments "
                "stay, those of the reasons are sought."
            )


def _of_transfers(world: World) -> Iterable[str]:
    passing = [name for name, path in world.paths.items() if path.when not in OUT_OF_A_QUEUE and path.by == "live"]
    if passing:
        yield (
            "A call that an agent passes on counts here once, in the queue it came to first. If the report counts it "
            "in the next queue too, its calls there are more, and the shares by queue are not told by them."
        )


def _listed(names: Iterable[str]) -> str:
    found = [short(name) for name in names]
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more
