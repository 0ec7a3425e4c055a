"""Studies as data: tables for pandas and CSV, trees for JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sim.scenario import digest
from sim.study.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.compare import Comparison
    from sim.study.replicate import Replications


def comparison_tree(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain tables and lists, undefined values as None."""
    named = zip(comparison.worlds, comparison.digests, strict=True)
    return {
        "worlds": [{"name": world.name, "digest": digits} for world, digits in named],
        "seed": comparison.seed,
        "replications": comparison.replications,
        "engine": comparison.engine,
        "seconds": round(comparison.seconds, 3),
        "measures": [
            {
                **_said(line.measure),
                "worlds": [estimate._asdict() for estimate in line.worlds],
                "difference": line.difference._asdict(),
            }
            for line in comparison.lines
        ],
    }


def replications_tree(lived: Replications) -> dict[str, Any]:
    """Return one world's study in the shape of a comparison's, without the differences."""
    return {
        "worlds": [{"name": lived.world.name, "digest": digest(lived.world)}],
        "seed": lived.seed,
        "replications": len(lived.numbers),
        "engine": lived.engine,
        "seconds": round(lived.seconds, 3),
        "measures": [
            {**_said(measure), "worlds": [lived.estimate(measure.id)._asdict()]} for measure in lived.measures()
        ],
    }


def as_json(tree: dict[str, Any]) -> str:
    """Write a tree as strict JSON: a number that is none would be refused."""
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """Return one row for each measure, with both worlds' estimates and the difference as columns."""
    import pandas as pd

    names = column_names(comparison)
    rows = []
    for line in comparison.lines:
        row: dict[str, Any] = {
            "measure": line.measure.id,
            "family": line.measure.family,
            "unit": line.measure.unit,
            "better": line.measure.better,
        }
        for name, estimate in zip((*names, "difference"), (*line.worlds, line.difference), strict=True):
            row |= {name: estimate.mean, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
        rows.append(row)
    facts = ("measure", "family", "unit", "better")
    return pd.DataFrame(rows).astype({name: float for name in rows[0] if name not in facts}).set_index("measure")


def tidy(comparison: Comparison) -> pd.DataFrame:
    """Return one row for each measure and each of: first world, second world, difference."""
    import pandas as pd

    rows = [
        {"measure": line.measure.id, **_facts(line.measure), "of": name, **estimate._asdict()}
        for line in comparison.lines
        for name, estimate in zip(
            (*column_names(comparison), "difference"), (*line.worlds, line.difference), strict=True
        )
    ]
    return pd.DataFrame(rows)


def tidy_replications(lived: Replications) -> pd.DataFrame:
    """Return one row for each measure of one world."""
    import pandas as pd

    rows = []
    for measure in lived.measures():
        estimate: Estimate = lived.estimate(measure.id)
        rows.append({"measure": measure.id, **_facts(measure), "of": lived.world.name, **estimate._asdict()})
    return pd.DataFrame(rows)


def column_names(comparison: Comparison) -> tuple[str, str]:
    """Return the worlds' names, told apart where they are the same."""
    first, second = (world.name for world in comparison.worlds)
    return (first, second) if first != second else (f"{first} (1)", f"{second} (2)")


def _said(measure: Any) -> dict[str, str]:
    return {
        "id": measure.id,
        "unit": measure.unit,
        "better": measure.better,
        "definition": measure.definition,
    }


def _facts(measure: Any) -> dict[str, str]:
    return {"family": measure.family, "unit": measure.unit, "better": measure.better}
