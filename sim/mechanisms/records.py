"""A plan as records that compiled code reads: every field under its own name, every tuple as a table's address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

import numpy as np

from sim.chance import Law
from sim.compiling import Table
from sim.kernel.laws import LAW, law_table
from sim.kernel.memory import CODE, NUMBER, Array, address_of
from sim.mechanisms.hours import Hours
from sim.mechanisms.plan import PathPlan, Plan, TeamPlan
from sim.units import SLOTS_A_WEEK

TARGET = np.dtype([("upto", np.float64), ("team", np.int64)])
HOURS = np.dtype([(name, np.float64, (SLOTS_A_WEEK,)) for name in Hours._fields])

_SCALARS: dict[Any, Any] = {float: np.float64, int: np.int64, bool: np.int64, Law: LAW, Hours: HOURS}


def _record_of(plan: type) -> np.dtype[Any]:
    fields = [(name, _SCALARS.get(kind, np.int64)) for name, kind in get_type_hints(plan).items()]
    return np.dtype([*fields, ("many", np.int64)] if plan is PathPlan else fields)


PATH, TEAM_PLAN, PLAN = map(_record_of, (PathPlan, TeamPlan, Plan))
"""The records of `PathPlan`, `TeamPlan` and `Plan`; where a team has no path its number is -1, and ``many`` are
a path's targets."""

PATH_SIZE = PATH.itemsize

target_at, path_at = map(Table, (TARGET, PATH))


def write(plan: Plan | TeamPlan | PathPlan, record: Any, kept: list[Array]) -> None:
    """Write a plan into a record of its type; the tables it leads to are added to ``kept``, which keeps them alive."""
    for name, kind in get_type_hints(type(plan)).items():
        value = getattr(plan, name)
        if kind is Law:
            record[name] = law_table([value], kept)[0]
        elif kind is Hours:
            for part, ends in zip(Hours._fields, value, strict=True):
                record[name][part] = ends
        elif kind in _SCALARS:
            record[name] = value
        elif name == "teams":
            continue  # they are written where their agents are (`sim.mechanisms.office`)
        else:
            written = _table_of(value, kept)
            kept.append(written)
            record[name] = address_of(written)


def _table_of(values: Sequence[Any], kept: list[Array]) -> Array:
    """Write a tuple as a table; tuples of numbers in a tuple one after the other."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, Law):
        return law_table(values, kept)
    if first is None or isinstance(first, PathPlan):
        paths = np.zeros(len(values), PATH)
        for record, path in zip(paths, values, strict=True):
            if path is not None:
                write(path, record, kept)
                record["many"] = len(path.targets)
            else:
                record["number"] = -1
        return paths
    if isinstance(first, tuple) and isinstance(first[-1], int):
        return np.array(list(values), TARGET)
    flat = np.ravel(values)
    if flat.dtype.kind == "f":
        return flat.astype(np.float64).view(NUMBER)
    return flat.astype(np.int64).view(CODE)
