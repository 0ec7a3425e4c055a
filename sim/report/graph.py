"""How the graph of journeys is told: the steps, the most frequent ones first."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.numbers import UNDEFINED, decimals_of, wrapped
from sim.study.observing.graph import JourneyGraph
from sim.study.running.estimate import Estimate

_HEAD = ("before", "after", "per_problem", "share", "minutes")
_MEANINGS = (
    "per_problem: how often the one followed the other, per problem that appeared in the horizon [95 %].",
    "share: of the journeys, in which it did at all (%) [95 %].",
    "minutes: from the beginning of the one to that of the other, in the mean (min) [95 %].",
)


def graph_text(graph: JourneyGraph) -> str:
    """Tell what followed what in a world: 120 columns at most."""
    rows = [
        (
            step.before,
            step.after,
            _said(step.per_problem, 3),
            _said(_percent(step.share), 1),
            _said(step.minutes, decimals_of([step.minutes])),
        )
        for step in graph.steps
    ]
    head = (
        f"What followed what in {graph.world.name}: the {graph.of} of {graph.problems:,} problems, "
        f"replications: {graph.replications}"
    )
    return "\n".join([*wrapped(head), *_table([_HEAD, *rows]), "", *(f"  {said}" for said in _MEANINGS)])


def _percent(share: Estimate) -> Estimate:
    return Estimate(*(None if one is None else 100.0 * one for one in share))


def _said(estimate: Estimate, decimals: int) -> str:
    """Write an estimate with its interval, which is not below nothing."""
    mean, low, high = estimate
    if mean is None:
        return UNDEFINED
    if low is None or high is None:
        return f"{mean:,.{decimals}f}"
    return f"{mean:,.{decimals}f} [{max(low, 0.0):,.{decimals}f}, {high:,.{decimals}f}]"


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
