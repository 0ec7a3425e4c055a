"""How a placed story is told: each figure among those of the world's journeys, and how many take the story's course."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.report.numbers import UNDEFINED, plain, wrapped
from sim.study.placing.place import LEAST_SHARE, PERCENTS, USUAL, Figure, Placed
from sim.study.placing.quantities import QUANTITIES
from sim.study.placing.stories import ToldStory
from sim.study.running.estimate import Estimate

_HEAD = ("figure", "unit", "story", "percentile", *(f"{percent} %" for percent in PERCENTS), "mean")
_DIGITS = 3


def placed_text(placed: Placed, story: ToldStory | None = None) -> str:
    """Tell where a story lies in a world: 120 columns at most."""
    lines = [] if story is None else [*wrapped(f"{story.title} ({story.told}): {story.about}"), ""]
    lines += [
        f"Placed among the {placed.journeys:,} journeys of {placed.replications} replications of {placed.world.name}, "
        f"seed {placed.seed}, {placed.digest}:",
        *_table([_row(figure) for figure in placed.figures]),
    ]
    if placed.at_least:
        lines += wrapped(f"Its course ({_course(placed)}): {share_said(placed.course)} of the journeys.")
    lines += ["", *wrapped(_rule(placed)), *(f"  {line}" for line in meanings(placed))]
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    unit = QUANTITIES[figure.id].unit
    return (
        figure.id,
        unit,
        plain(figure.value, _DIGITS),
        percentile_said(figure.percentile),
        *("no end" if math.isinf(one) else plain(one, _DIGITS) for one in figure.among),
        UNDEFINED if figure.mean.mean is None else plain(figure.mean.mean, _DIGITS),
    )


def percentile_said(percentile: Estimate) -> str:
    """Write a percentile with its interval, which does not leave the scale."""
    if percentile.mean is None:
        return UNDEFINED
    if percentile.low is None or percentile.high is None:
        return f"{percentile.mean:.0f}"
    return f"{percentile.mean:.0f} [{max(percentile.low, 0):.0f}, {min(percentile.high, 100):.0f}]"


def share_said(share: Estimate) -> str:
    """Write a share as a percentage with its interval."""
    if share.mean is None:
        return UNDEFINED
    if share.low is None or share.high is None:
        return f"{100 * share.mean:.1f} %"
    return f"{100 * share.mean:.1f} % [{100 * max(share.low, 0):.1f}, {100 * min(share.high, 1):.1f}]"


def _course(placed: Placed) -> str:
    return ", ".join(f"{QUANTITIES[name].label} at least {value:g}" for name, value in placed.at_least.items())


def _rule(placed: Placed) -> str:
    said = "It is a usual one here" if placed.is_usual else "It is not a usual one here"
    low, high = USUAL
    rule = f"each figure between the percentiles {low:g} and {high:g}, the course in {100 * LEAST_SHARE:g} % at least"
    outside = [figure.id for figure in placed.figures if not figure.is_usual]
    return f"{said} (our rule: {rule})" + (f"; outside: {', '.join(outside)}." if outside else ".")


def meanings(placed: Placed) -> Iterator[str]:
    """Yield what each figure means."""
    known = dict.fromkeys([*(figure.id for figure in placed.figures), *placed.at_least])
    for id in known:
        yield f"{id}: {QUANTITIES[id].definition}"
    yield "percentile: per cent of the journeys below the story's figure, and half of those that have the same [95 %]."


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    if not rows:
        return ["  (the story gives no figure)"]
    widths = [max(len(row[at]) for row in (_HEAD, *rows)) for at in range(len(_HEAD))]
    return [_line(row, widths) for row in (_HEAD, *rows)]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    names = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    return "  " + "  ".join([*names, *(cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True))])
