"""A sweep, as it is printed and as a notebook shows it: point by point, beside the world as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.measures import Measure, measures_of
from sim.quoting import printable
from sim.reading import digest
from sim.report.headlines import HEADLINES
from sim.report.numbers import between, cut, decimals_of, plus_or_minus, wrapped
from sim.report.page import notes, sentences, table
from sim.report.points import called
from sim.report.studies import columns
from sim.study.running.estimate import Estimate
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.swept import Sweep

if TYPE_CHECKING:
    import pandas as pd

_FIRST = ("firm_eur_per_problem", "customer_eur_per_problem", "effort_ces")
"""What is shown of many measures."""
_ROWS = 30
"""Points that are shown; of more, those at both ends."""
_FAILED = 10
_NAME = 60
Row = tuple[str, ...]


def sweep_text(swept: Sweep, *, every: bool, definitions: bool) -> str:
    """Return a sweep as it is printed: of many measures the first, unless all are asked for."""
    lines = _head(swept)
    for measure in _shown(swept, every=every):
        lines += ["", *columns(_rows(swept, measure), left=2, gives=1)]
        lines += wrapped(f"  {measure.id}: {measure.definition}", hang="    ") if definitions else []
    return "\n".join(map(printable, [*lines, *_notes(swept)]))


def sweep_html(swept: Sweep) -> str:
    """Return a sweep for a notebook: a table for each of the measures that are shown."""
    parts = [sentences([" ".join(line.strip() for line in _head(swept))])]
    said = []
    for measure in _shown(swept, every=False):
        parts.append(table(_rows(swept, measure), left=2))
        said.append(f"{measure.id}: {measure.definition}")
    return "".join([*parts, notes([*_noted(swept), *said])])


def sweep_tree(swept: Sweep) -> dict[str, Any]:
    """Return what a sweep says as numbers: its table, and what it takes to make it anew."""
    from sim import __version__

    table = swept.table()
    return {
        "kind": "sweep",
        "program": __version__,
        "world": swept.base.name,
        "digest": digest(swept.base),
        "seed": swept.seed,
        "replications": [number + 1 for number in swept.numbers],
        "interrupted": swept.interrupted,
        "rows": table.astype(object).where(table.notna(), None).to_dict("records"),
    }


def _head(swept: Sweep) -> list[str]:
    many, points = len(swept.numbers), len(swept.design)
    said = f"{swept.base.name} at {points:,} point{'s' * (points > 1)} of a design, {many:,} replication"
    said += f"{'s' * (many > 1)} of each (seed {swept.seed}), and as it is: every point on the same customers."
    if swept.interrupted:
        whole = points - len(swept.failed) - sum(point != BASE for point in swept.missing())
        said += f" Interrupted: {whole:,} of the points {'is' if whole == 1 else 'are'} finished."
    return wrapped(said)


def _shown(swept: Sweep, *, every: bool) -> list[Measure]:
    known = measures_of(swept.base)
    if every or len(swept.measures) <= len(_FIRST):
        return [known[name] for name in swept.measures]
    first = [name for name in (*_FIRST, *HEADLINES, *swept.measures) if name in swept.measures]
    return [known[name] for name in list(dict.fromkeys(first))[: len(_FIRST)]]


def _rows(swept: Sweep, measure: Measure) -> list[Row]:
    table = swept.table(measure.id)
    table = table[(table["failed"] == "") & table["mean"].notna()]
    estimates = {row["point"]: (_estimate(row, ""), _estimate(row, "difference_")) for row in table.to_dict("records")}
    decimals = decimals_of([one for pair in estimates.values() for one in pair])
    rows: list[Row] = [("no.", "point", f"{measure.id} ({measure.unit})", "difference [95 %]")]
    for point in _few(table):
        if point is None:
            rows.append(("", "...", "", ""))
            continue
        mean, difference = estimates[point]
        beside = "" if point == BASE else between(difference, decimals)
        rows.append((f"{point}", called(swept.design, point), plus_or_minus(mean, decimals), beside))
    return rows


def _estimate(row: Mapping[Any, Any], prefix: str) -> Estimate:
    names = ("mean", "low", "high") if not prefix else ("difference", "difference_low", "difference_high")
    return Estimate(*(None if row[name] != row[name] else row[name] for name in names))


def _few(table: pd.DataFrame) -> Iterator[int | None]:
    """Yield the points that are shown; None stands for all that are left out."""
    points = table["point"].tolist()
    if len(points) <= _ROWS + 1:
        yield from points
        return
    order = table[table["point"] != BASE].sort_values("mean", kind="stable")["point"].tolist()
    yield from [BASE, *order[: _ROWS // 2], None, *order[-_ROWS // 2 :]]


def _notes(swept: Sweep) -> list[str]:
    lines: list[str] = []
    for said in _noted(swept):
        listed = said.startswith("  ")
        lines += wrapped(said, "    ") if listed else ["", *wrapped(said)]
    return lines


def _noted(swept: Sweep) -> Iterator[str]:
    """Yield what has to be known, in sentences; what is listed begins with blanks."""
    failed = swept.failed
    if failed:
        yield f"{len(failed):,} point{'s' * (len(failed) > 1)} could not be lived, and the others went on:"
        for point, why in list(failed.items())[:_FAILED]:
            yield f"  {point} ({cut(called(swept.design, point), _NAME)}): {'; '.join(why.splitlines())}"
        yield from ["  ..."] * (len(failed) > _FAILED)
    if swept.interrupted:
        left = sum(map(len, swept.missing().values()))
        yield f"Not finished: {left:,} runs are left. The same sweep goes on where it was."
    yield "Intervals are 95 %, over replications; differences are to the world as it is, paired."
