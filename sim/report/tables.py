"""Studies as tables for pandas and CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.report.names import differences, names
from sim.scenario import digest
from sim.study.comparison import Comparison
from sim.study.estimate import Estimate
from sim.study.replications import Replications

if TYPE_CHECKING:
    import pandas as pd


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """Return one row for each measure: the first world, then for each way its world and the difference."""
    first, *others = names(comparison)
    ends = [f", {way.equality.label}" for way in comparison.ways] if len(comparison.ways) > 1 else [""]
    pairs = zip(others, differences(comparison), ends, strict=True)
    columns = [first, *(f"{name}{end}" for other, apart, end in pairs for name in (other, apart))]
    rows = []
    for lines in zip(*(way.lines for way in comparison.ways), strict=True):
        estimates = [estimate for line in lines for estimate in (line.worlds[1], line.difference)]
        rows.append((lines[0].measure, columns, (lines[0].worlds[0], *estimates)))
    return _wide(rows)


def replications_table(lived: Replications) -> pd.DataFrame:
    """Return one row for each measure of one world."""
    return _wide([(one, [lived.asked.name], [lived.estimate(one.id)]) for one in lived.measures()])


def _wide(told: Sequence[tuple[Measure, Sequence[str], Sequence[Estimate]]]) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for measure, columns, estimates in told:
        row: dict[str, Any] = {"measure": measure.id, **_facts(measure)}
        for name, estimate in zip(columns, estimates, strict=True):
            row |= {name: estimate.mean, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
        rows.append(row)
    facts = ("measure", "family", "unit", "better")
    return pd.DataFrame(rows).astype({name: float for name in rows[0] if name not in facts}).set_index("measure")


def tidy(study: Comparison | Replications) -> pd.DataFrame:
    """Return one row for each measure of each world and each difference, over all replications and of every one.

    ``replication`` is empty where the row is the estimate over all of them, with its interval, and else the number of
    one, from 1, with numerator over denominator as ``mean`` (the mean of a difference is that of the two ratios).
    ``equal`` says which way a row belongs to, and is empty for the first world; ``digest`` is empty for a difference.
    """
    import pandas as pd

    return pd.DataFrame(tidy_rows(study)).astype({"replication": "Int64"})


def tidy_csv(study: Comparison | Replications) -> str:
    """Return the same rows as CSV."""
    rows, text = tidy_rows(study), io.StringIO()
    lines = csv.DictWriter(text, rows[0], lineterminator=os.linesep)
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue()


def tidy_rows(study: Comparison | Replications) -> list[dict[str, Any]]:
    """Return the rows of the tidy table by column; what is empty is None."""
    return _of_replications(study) if isinstance(study, Replications) else _of_comparison(study)


def _of_comparison(comparison: Comparison) -> list[dict[str, Any]]:
    first, *others = names(comparison)
    digests = [digest(way.lived.asked) for way in comparison.ways]
    ways = list(zip(comparison.ways, others, digests, differences(comparison), strict=True))
    rows: list[dict[str, Any]] = []
    for at, line in enumerate(comparison.lines):
        one = _ratios(comparison.first, line.measure.id)
        told = [("", first, comparison.digests[0], line.worlds[0], one)]
        for way, name, digits, apart in ways:
            how, line = way.equality.how, way.lines[at]
            other = _ratios(way.lived, line.measure.id)
            told.append((how, name, digits, line.worlds[1], other))
            told.append((how, apart, "", line.difference, _apart(one, other)))
        rows += [row for one_told in told for row in _tidy(line.measure, comparison.first, *one_told)]
    return rows


def _of_replications(lived: Replications) -> list[dict[str, Any]]:
    name, digits = lived.asked.name, digest(lived.asked)
    told = [(one, ("", name, digits, lived.estimate(one.id), _ratios(lived, one.id))) for one in lived.measures()]
    return [row for measure, one in told for row in _tidy(measure, lived, *one)]


def _ratios(lived: Replications, measure: str) -> list[float | None]:
    if measure not in lived.totals:
        return [None] * len(lived.numbers)
    return [float(above / below) if below else None for above, below in lived.totals[measure]]


def _apart(one: Sequence[float | None], other: Sequence[float | None]) -> list[float | None]:
    pairs = zip(one, other, strict=True)
    return [None if first is None or second is None else second - first for first, second in pairs]


def _tidy(
    measure: Measure,
    lived: Replications,
    equal: str,
    of: str,
    digits: str,
    estimate: Estimate,
    each: Sequence[float | None],
) -> list[dict[str, Any]]:
    facts = {"measure": measure.id, **_facts(measure), "equal": equal, "of": of, "digest": digits, "seed": lived.seed}
    rows = [{**facts, "replication": None, **estimate._asdict()}]
    single = zip(lived.numbers, each, strict=True)
    return rows + [{**facts, "replication": at + 1, "mean": mean, "low": None, "high": None} for at, mean in single]


def _facts(measure: Measure) -> dict[str, str]:
    return {"family": measure.family, "unit": measure.unit, "better": measure.better}
