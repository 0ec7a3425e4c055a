"""Studies as data: tables for pandas and CSV, trees for JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.scenario import World, digest
from sim.study.estimate import Estimate
from sim.study.sizes import paid_hours
from sim.units import DAY

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.compare import Comparison, Line
    from sim.study.replicate import Replications
    from sim.study.side_by_side import SideBySide


def comparison_tree(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain tables and lists, undefined values as None."""
    return {
        **_study(comparison),
        "equality": _equality(comparison),
        "measures": [
            {
                **_said(line.measure),
                "worlds": [estimate._asdict() for estimate in line.worlds],
                "difference": line.difference._asdict(),
            }
            for line in comparison.lines
        ],
    }


def side_by_side_tree(study: SideBySide) -> dict[str, Any]:
    """Return both comparisons as plain tables and lists: each measure's first world once, then both ways."""
    ways = {"staff": study.staff, "service": study.service}
    return {
        **_study(study.staff),
        "equalities": {way: None if one is None else _equality(one) for way, one in ways.items()},
        "missing": study.missing or None,
        "measures": [
            {
                **_said(line.measure),
                "first": line.worlds[0]._asdict(),
                **{way: None if one is None else _second(one.line(line.measure.id)) for way, one in ways.items()},
            }
            for line in study.staff.lines
        ],
    }


def _study(comparison: Comparison) -> dict[str, Any]:
    named = zip(comparison.worlds, comparison.digests, strict=True)
    return {
        "worlds": [{"name": world.name, "digest": digits} for world, digits in named],
        "seed": comparison.seed,
        "replications": comparison.replications,
        "days": _days(comparison.worlds[0]),
        "engine": comparison.engine,
        "seconds": round(comparison.seconds, 3),
    }


def _days(world: World) -> dict[str, float]:
    time = world.time
    return {"warm_up": time.warm_up / DAY, "horizon": time.horizon / DAY, "follow_up": time.follow_up / DAY}


def _equality(comparison: Comparison) -> dict[str, Any]:
    equality = comparison.equality
    return {
        "how": equality.how,
        "factor": equality.factor,
        "hours_a_week": [paid_hours(world) for world in comparison.worlds],
        "meaning": equality.meaning,
    }


def _second(line: Line) -> dict[str, Any]:
    return {"second": line.worlds[1]._asdict(), "difference": line.difference._asdict()}


def replications_tree(lived: Replications) -> dict[str, Any]:
    """Return one world's study in the shape of a comparison's, without the differences."""
    return {
        "worlds": [{"name": lived.world.name, "digest": digest(lived.world)}],
        "seed": lived.seed,
        "replications": len(lived.numbers),
        "days": _days(lived.world),
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
    names = (*column_names(comparison), "difference")
    return _wide([(line.measure, names, (*line.worlds, line.difference)) for line in comparison.lines])


def side_by_side_table(study: SideBySide) -> pd.DataFrame:
    """Return one row for each measure: the first world, then second world and difference for each way."""
    ways = {"equal staff": study.staff} | ({"equal service": study.service} if study.service else {})
    first, second = column_names(study.staff)
    names = [first, *(f"{name}, {way}" for way in ways for name in (second, "difference"))]
    rows = []
    for line in study.staff.lines:
        lines = [comparison.line(line.measure.id) for comparison in ways.values()]
        seconds = [estimate for one in lines for estimate in (one.worlds[1], one.difference)]
        rows.append((line.measure, names, (line.worlds[0], *seconds)))
    return _wide(rows)


def _wide(told: Sequence[tuple[Measure, Sequence[str], Sequence[Estimate]]]) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for measure, names, estimates in told:
        row: dict[str, Any] = {"measure": measure.id, **_facts(measure)}
        for name, estimate in zip(names, estimates, strict=True):
            row |= {name: estimate.mean, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
        rows.append(row)
    facts = ("measure", "family", "unit", "better")
    return pd.DataFrame(rows).astype({name: float for name in rows[0] if name not in facts}).set_index("measure")


def tidy(*comparisons: Comparison) -> pd.DataFrame:
    """Return one row for each measure and each of: first world, and for each way second world and difference.

    Parameters
    ----------
    comparisons : Comparison
        One, or several that share the first world. ``equal`` says which a row belongs to; it is empty for the first
        world, ``digest`` for a difference.
    """
    import pandas as pd

    rows = []
    for lines in zip(*(comparison.lines for comparison in comparisons), strict=True):
        for at, (comparison, line) in enumerate(zip(comparisons, lines, strict=True)):
            first, second = column_names(comparison)
            how, digests = comparison.equality.how, comparison.digests
            told = [
                ("", first, digests[0], line.worlds[0]),
                (how, second, digests[1], line.worlds[1]),
                (how, "difference", "", line.difference),
            ]
            rows += [_tidy(line.measure, one, comparison.seed) for one in told[min(at, 1) :]]
    return pd.DataFrame(rows)


def tidy_replications(lived: Replications) -> pd.DataFrame:
    """Return one row for each measure of one world."""
    import pandas as pd

    name, digits = lived.world.name, digest(lived.world)
    told = [(measure, ("", name, digits, lived.estimate(measure.id))) for measure in lived.measures()]
    return pd.DataFrame([_tidy(measure, one, lived.seed) for measure, one in told])


def _tidy(measure: Measure, told: tuple[str, str, str, Estimate], seed: int) -> dict[str, Any]:
    equal, of, digits, estimate = told
    facts = {"measure": measure.id, **_facts(measure)}
    return {**facts, "equal": equal, "of": of, "digest": digits, "seed": seed, **estimate._asdict()}


def column_names(comparison: Comparison) -> tuple[str, str]:
    """Return the worlds' names, told apart where they are the same."""
    first, second = (world.name for world in comparison.worlds)
    return (first, second) if first != second else (f"{first} (1)", f"{second} (2)")


def _said(measure: Measure) -> dict[str, str]:
    return {
        "id": measure.id,
        "unit": measure.unit,
        "better": measure.better,
        "definition": measure.definition,
    }


def _facts(measure: Measure) -> dict[str, str]:
    return {"family": measure.family, "unit": measure.unit, "better": measure.better}
