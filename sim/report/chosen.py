"""Which point is best, and which are efficient, as it is read: beside each what is known of it, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.quoting import printable
from sim.report.numbers import UNDEFINED, between, cut, decimals_of, plus_or_minus, wrapped
from sim.report.points import called, within
from sim.report.rows import marked
from sim.report.studies import (
    apart_in_unit,
    as_html,
    columns,
    defined,
    framed,
    guesses,
    in_unit,
    measure_tree,
    study_tree,
)
from sim.study.choosing.best import Best
from sim.study.choosing.frontier import Frontier, Placed
from sim.study.running.estimate import UNDEFINED as NONE
from sim.study.running.estimate import Estimate
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design
from sim.units import duration

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 30
"""Points that are shown, unless all are asked for."""
_TOLD = 10
_NAME = 60
_SMALL_PILOT = 10
"""Below it the promise, which is one for many replications, is doubtful: what Kim and Nelson begin with is no less."""


def best_text(made: Best, *, every: bool, definitions: bool) -> str:
    """Return the best point as it is printed; with ``every``, all points."""
    lines = [line for said in (*best_findings(made), "", *_lived(made)) for line in wrapped(said)]
    lines += ["", *columns(_best_rows(made, every=every), left=2, gives=1)]
    lines += ["", *(line for said in (*best_warnings(made), *_best_notes(made)) for line in wrapped(said))]
    lines += defined([made.measure]) if definitions else []
    return "\n".join(map(printable, lines))


def best_findings(made: Best) -> list[str]:
    """Say which point is best, and how sure that is."""
    what = f"{marked(made.measure)} of {made.base.name} is {'lowest' if made.better == 'lower' else 'highest'}"
    where = within(made.design, made.point, _NAME)
    value = _of(made.estimates[made.point], made.measure)
    zone = apart_in_unit(f"{made.indifference:g}", made.measure.unit)
    if made.alike:
        others = f"{len(made.left)} points that are the same in every replication"
        return [f"{what} at {others}, the first being {where}: {value}.", _promise(made, zone)]
    if made.settled:
        return [f"{what} at {where}: {value}.", _promise(made, zone)]
    many = f"{len(made.left)} points of {len(made.estimates)} may be the best"
    return [f"Not settled: {many}; so far {what} at {where}: {value}."]


def _promise(made: Best, zone: str) -> str:
    return (
        f"Chosen by KN++: if a point is better than all others by {zone} or more, it is this one with "
        f"{100 * made.confidence:g} % confidence."
    )


def best_warnings(made: Best) -> list[str]:
    """Say where the promise is not held, or is doubtful."""
    said = []
    if not made.settled:
        ended = "it was interrupted" if made.interrupted else f"its {made.most:,} replications were over"
        said.append(
            f"The promise of {100 * made.confidence:g} % is not held: the search ended because {ended}. More "
            "replications, or a larger indifference, would tell more of them apart."
        )
    if made.pilot < _SMALL_PILOT:
        said.append(
            f"A pilot of {made.pilot}: the promise holds as replications become many; from {_SMALL_PILOT} on "
            "it is near."
        )
    if made.most < made.pilot:
        said.append(f"All lived {made.most} replications at most, fewer than the pilot of {made.pilot}.")
    return said + failures(made.design, made.failed)


def _lived(made: Best) -> Iterator[str]:
    runs, most = sum(made.replications.values()), max(made.replications.values())
    whole = most * len(made.replications)
    saved = f", where {whole:,} would have given each {most:,}" if whole > runs else ""
    yield (
        f"{len(made.design):,} points of a design and the world as it is, on the same customers: "
        f"{runs:,} runs of {duration(made.base.time.horizon)} (seed {made.seed}){saved}."
    )


def _best_notes(made: Best) -> Iterator[str]:
    yield (
        "Differences are to the best, paired, on the replications that both lived; whoever fell out early lived few. "
        "Intervals are 95 % each by itself, at numbers of replications that the search chose: the choice does not rest "
        "on them."
    )
    yield from guesses(made.measure)


def in_order(made: Best) -> list[int]:
    """Return the points: the best, those left, then the others, the better first."""
    sign = -1.0 if made.better == "higher" else 1.0
    means = {point: sign * (one.mean or 0.0) for point, one in made.estimates.items()}
    return sorted(made.estimates, key=lambda at: (at != made.point, at not in made.left, means[at], at))


def _best_rows(made: Best, *, every: bool) -> list[tuple[str, ...]]:
    order = in_order(made)
    shown = order if every else order[:_ROWS]
    differences = {point: made.differences.get(point, NONE) for point in shown}
    decimals = decimals_of([*made.estimates.values(), *differences.values()])
    rows = [("no.", "point", f"{made.measure.id} ({made.measure.unit})", "minus the best [95 %]", "replications", "")]
    for point in shown:
        is_best = "best" if made.settled else "best so far"
        left = is_best if point == made.point else "may be best" if point in made.left and not made.alike else ""
        left = "the same" if made.alike and point in made.left and point != made.point else left
        beside = "" if point == made.point else between(differences[point], decimals)
        value = plus_or_minus(made.estimates[point], decimals)
        rows.append((f"{point}", called(made.design, point), value, beside, f"{made.replications[point]:,}", left))
    return rows + _more(len(order) - len(shown), len(rows[0]))


def _more(many: int, wide: int) -> list[tuple[str, ...]]:
    return [("...", f"and {many:,} more", *[""] * (wide - 2))] if many else []


def best_html(made: Best) -> str:
    """Return the best point for a notebook."""
    notes = [*best_warnings(made), *_best_notes(made)]
    return as_html([*best_findings(made), *_lived(made)], _best_rows(made, every=False), notes, made.measure, left=2)


def best_table(made: Best) -> pd.DataFrame:
    """Return a row for each point, those that are left first: its changes, replications, mean and interval.

    Columns: ``point``, ``name`` where points have names, a column for each path, ``replications``, ``mean``, ``low``,
    ``high``, ``difference`` (to the best, paired), ``difference_low``, ``difference_high``, ``left``, ``failed``.
    """
    return framed(_best_table(made), ("mean", "low", "high", "difference", "difference_low", "difference_high"))


def _best_table(made: Best) -> list[dict[str, Any]]:
    rows = []
    for point in [*in_order(made), *made.failed]:
        told = {"left": point in made.left, "failed": made.failed.get(point, "")}
        mean, apart = made.estimates.get(point, NONE), made.differences.get(point, NONE)
        its = {"replications": made.replications.get(point, 0), **mean._asdict()}
        apart_by = {f"difference{end}": one for end, one in zip(("", "_low", "_high"), apart, strict=True)}
        changes = {} if point == BASE else made.design[point]
        named = {"name": "" if point == BASE else made.design.names[point]} if made.design.names else {}
        said = {path: str(changes.get(path, "")) for path in made.design.paths}
        rows.append({"point": point, **named, **said, **its, **apart_by, **told})
    return rows


def best_tree(made: Best, command: str | None = None) -> dict[str, Any]:
    """Return the best point as plain tables and lists, undefined values as None."""
    return {
        **study_tree("best", made.base, command),
        "measures": [measure_tree(made.measure)],
        "better": made.better,
        "indifference": made.indifference,
        "confidence": made.confidence,
        "pilot": made.pilot,
        "most": made.most,
        "seed": made.seed,
        "interrupted": made.interrupted,
        "settled": made.settled,
        "alike": made.alike,
        "point": made.point,
        "left": list(made.left),
        "findings": best_findings(made),
        "warnings": best_warnings(made),
        "rows": _best_table(made),
    }


def frontier_text(made: Frontier, *, every: bool, definitions: bool) -> str:
    """Return a frontier as it is printed; with ``every``, all points."""
    lines = [line for said in (*frontier_findings(made), "", _swept(made)) for line in wrapped(said)]
    lines += ["", *columns(_frontier_rows(made, every=every), left=2, gives=1)]
    lines += ["", *(line for said in (*frontier_warnings(made), *_frontier_notes(made)) for line in wrapped(said))]
    lines += defined(made.measures) if definitions else []
    return "\n".join(map(printable, lines))


def frontier_findings(made: Frontier) -> list[str]:
    """Say how many points are efficient, and what both ends of the frontier cost."""
    names, good = " and ".join(map(marked, made.measures)), made.efficient
    of = f"of {len(made.placed):,} points of {made.base.name}"
    if len(good) == 1:
        return [f"One point {of} is the best in both {names}: {_ends(made, good[0])}."]
    ends = f"from {_ends(made, good[0])} to {_ends(made, good[-1])}"
    return [f"{len(good):,} {of} are efficient in {names}: {ends}."]


def _ends(made: Frontier, one: Placed) -> str:
    values = (_of(value, measure) for value, measure in zip(one.values, made.measures, strict=True))
    return f"{within(made.swept.design, one.point, _NAME)} ({', '.join(values)})"


def frontier_warnings(made: Frontier) -> list[str]:
    """Say what is not sure, and what was left out."""
    said, unsure = [], sum(one.efficient == "perhaps" for one in made.placed)
    if made.interrupted:
        said.append("Interrupted: this is of what was lived by then.")
    if unsure:
        are = "is" if unsure == 1 else "are"
        said.append(f"{unsure:,} of the others {are} beaten by the means alone, and not told apart from the frontier.")
    if len(made.swept.numbers) < 10:
        said.append(f"{len(made.swept.numbers)} replications: intervals are honest from 10 on.")
    return said + failures(made.swept.design, made.left_out)


def _swept(made: Frontier) -> str:
    many = len(made.swept.numbers)
    return (
        f"The world as it is counts as a point; {many:,} replication{'s' * (many > 1)} of each "
        f"(seed {made.swept.seed}), every point on the same customers."
    )


def _frontier_notes(made: Frontier) -> Iterator[str]:
    yield (
        "Efficient, yes: by the means, no other point is better in one and at least as good in the other. No: one is "
        "so for sure, by paired 95 % intervals, each by itself. Perhaps: one is, but they are not told apart."
    )
    yield from guesses(*made.measures)


def _frontier_rows(made: Frontier, *, every: bool) -> list[tuple[str, ...]]:
    rank = {"yes": 0, "perhaps": 1, "no": 2}
    kept = sorted(range(len(made.placed)), key=lambda at: (rank[made.placed[at].efficient], at))
    shown = sorted(kept if every else kept[:_ROWS])
    decimals = [decimals_of([one.values[at] for one in made.placed]) for at in (0, 1)]
    rows: list[tuple[str, ...]] = [("no.", "point", *map(_heading, made.measures), "efficient", "beaten by")]
    for at in shown:
        one = made.placed[at]
        values = (plus_or_minus(value, many) for value, many in zip(one.values, decimals, strict=True))
        beaten = "" if one.beaten_by is None else f"{one.beaten_by}"
        rows.append((f"{one.point}", called(made.swept.design, one.point), *values, one.efficient, beaten))
    return rows + _more(len(kept) - len(shown), len(rows[0]))


def _heading(measure: Measure) -> str:
    return f"{measure.id} ({measure.unit})"


def frontier_html(made: Frontier) -> str:
    """Return a frontier for a notebook."""
    notes = [*frontier_warnings(made), *_frontier_notes(made)]
    rows = _frontier_rows(made, every=False)
    return as_html([*frontier_findings(made), _swept(made)], rows, notes, *made.measures, left=2)


def frontier_table(made: Frontier) -> pd.DataFrame:
    """Return a row for each point that has both measures, by the first one, the best first.

    Columns: ``point``, ``name`` where points have names, a column for each path, ``efficient``, ``beaten_by``, and for
    each measure its mean under its name, with ``_low`` and ``_high``.
    """
    ends = [f"{one.id}{end}" for one in made.measures for end in ("", "_low", "_high")]
    return framed(_frontier_table(made), ends)


def _frontier_table(made: Frontier) -> list[dict[str, Any]]:
    rows = []
    for one in made.placed:
        row = {**made.swept.said(one.point), "efficient": one.efficient}
        row["beaten_by"] = "" if one.beaten_by is None else str(one.beaten_by)
        for measure, value in zip(made.measures, one.values, strict=True):
            row |= {f"{measure.id}{end}": its for end, its in zip(("", "_low", "_high"), value, strict=True)}
        rows.append(row)
    return rows


def frontier_tree(made: Frontier, command: str | None = None) -> dict[str, Any]:
    """Return a frontier as plain tables and lists, undefined values as None."""
    return {
        **study_tree("frontier", made.base, command),
        "measures": [measure_tree(one) for one in made.measures],
        "seed": made.swept.seed,
        "replications": [number + 1 for number in made.swept.numbers],
        "interrupted": made.interrupted,
        "findings": frontier_findings(made),
        "warnings": frontier_warnings(made),
        "left_out": [{"point": point, "why": why} for point, why in made.left_out.items()],
        "rows": _frontier_table(made),
    }


def failures(design: Design, failed: dict[int, str]) -> list[str]:
    """Say which points are not there, and why: the first ten."""
    if not failed:
        return []
    said = ["1 point is left out:" if len(failed) == 1 else f"{len(failed):,} points are left out:"]
    for point, why in list(failed.items())[:_TOLD]:
        said.append(f"  {point} ({cut(called(design, point), _NAME)}): {'; '.join(why.splitlines())}")
    return [*said, *["  ..."] * (len(failed) > _TOLD)]


def _of(value: Estimate, measure: Measure) -> str:
    said = plus_or_minus(value, decimals_of([value]))
    return said if said == UNDEFINED else in_unit(said, measure.unit)
