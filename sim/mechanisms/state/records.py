"""A plan as records that compiled code reads: every field under its own name, every tuple as a table's address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

import numpy as np

from sim.luck.laws import Law
from sim.luck.records import LAW, law_at, law_table
from sim.machine.compiling import Table, compiled_as
from sim.machine.kernel.memory import (
    CODE,
    NUMBER,
    Array,
    address_of,
    code_at,
    number_at,
)
from sim.mechanisms.state.hours import Hours
from sim.mechanisms.state.plans import (
    BeforehandPlan,
    CasePlan,
    ChannelPlan,
    ChoosingPlan,
    ForumPlan,
    PathPlan,
    Plan,
    QueuePlan,
    SelfServicePlan,
    StepPlan,
    Target,
    TeamPlan,
    WaitingPlan,
)
from sim.units import SLOTS_A_WEEK

TARGET = np.dtype([("upto", np.float64), ("team", np.int64)])
HOURS = np.dtype([(name, np.float64, (SLOTS_A_WEEK,)) for name in Hours._fields])

_SCALARS: dict[Any, Any] = {float: np.float64, int: np.int64, bool: np.int64, Law: LAW, Hours: HOURS}
_FIELDS: dict[Any, dict[str, Any]] = {}
"""The fields of each plan, with what they hold."""
_RECORDS: dict[Any, np.dtype[Any]] = {}
"""The record of each plan; a plan in a plan is a record in its record, and many of them are a table."""


def _record_of(plan: Any) -> np.dtype[Any]:
    fields = _FIELDS[plan] = get_type_hints(plan)
    known = {**_SCALARS, **_RECORDS}
    record = _RECORDS[plan] = np.dtype([(name, known.get(kind, np.int64)) for name, kind in fields.items()])
    return record


PATH, CHANNEL, STEP, CASE = map(_record_of, (PathPlan, ChannelPlan, StepPlan, CasePlan))
CHOOSING, WAITING = map(_record_of, (ChoosingPlan, WaitingPlan))
SELF_SERVICE, FORUM, BEFOREHAND = map(_record_of, (SelfServicePlan, ForumPlan, BeforehandPlan))
TEAM_PLAN, QUEUE_PLAN, PLAN = map(_record_of, (TeamPlan, QueuePlan, Plan))
"""The records of the plans, by their names."""

target_at, path_at, channel_at, step_at, case_at = map(Table, (TARGET, PATH, CHANNEL, STEP, CASE))


def write(plan: Any, record: Any, kept: list[Array]) -> None:
    """Write a plan into a record of its type; the tables it leads to are added to ``kept``, which keeps them alive."""
    for name, kind in _FIELDS[type(plan)].items():
        value = getattr(plan, name)
        if kind is Law:
            record[name] = law_table([value], kept)[0]
        elif kind is Hours:
            for part, ends in zip(Hours._fields, value, strict=True):
                record[name][part] = ends
        elif kind in _SCALARS:
            record[name] = value
        elif kind in _RECORDS:
            write(value, record[name], kept)
        elif name in ("teams", "queues"):
            continue  # they are written where their agents and callers are (`sim.mechanisms.state.office`)
        else:
            written = _table_of(value, kept)
            kept.append(written)
            record[name] = address_of(written)


def _table_of(values: Sequence[Any], kept: list[Array]) -> Array:
    """Write a tuple as a table; tuples of numbers in a tuple one after the other."""
    first = values[0] if values else None
    if isinstance(first, Law):
        return law_table(values, kept)
    if first is None:
        return np.zeros(0, CODE)
    if type(first) in _RECORDS:
        table = np.zeros(len(values), _RECORDS[type(first)])
        for record, plan in zip(table, values, strict=True):
            write(plan, record, kept)
        return table
    if isinstance(first, Target):
        return np.array(list(values), TARGET)
    flat = np.ravel(values)
    if flat.dtype.kind == "f":
        return flat.astype(np.float64).view(NUMBER)
    return flat.astype(np.int64).view(CODE)


# Read by place, in both tellings --------------------------------------------------------------------------------------


def code_in(codes: Sequence[int], place: int) -> int:
    """Return one of several whole numbers of a plan."""
    return codes[place]


@compiled_as(code_in, inlined=True)
def _code_in(codes: int, place: int) -> Any:
    return code_at(codes, place).value


def number_in(numbers: Sequence[float], place: int) -> float:
    """Return one of several numbers of a plan."""
    return numbers[place]


@compiled_as(number_in, inlined=True)
def _number_in(numbers: int, place: int) -> Any:
    return number_at(numbers, place).value


def law_in(laws: Sequence[Law], place: int) -> Law:
    """Return one of several laws of a plan."""
    return laws[place]


@compiled_as(law_in, inlined=True)
def _law_in(laws: int, place: int) -> Any:
    return law_at(laws, place)


def target_in(targets: Sequence[Target], place: int) -> Target:
    """Return one of a path's targets."""
    return targets[place]


@compiled_as(target_in, inlined=True)
def _target_in(targets: int, place: int) -> Any:
    return target_at(targets, place)


def path_in(paths: Sequence[PathPlan], place: int) -> PathPlan:
    """Return one of a plan's paths."""
    return paths[place]


@compiled_as(path_in, inlined=True)
def _path_in(paths: int, place: int) -> Any:
    return path_at(paths, place)


def channel_in(channels: Sequence[ChannelPlan], place: int) -> ChannelPlan:
    """Return one of a plan's channels."""
    return channels[place]


@compiled_as(channel_in, inlined=True)
def _channel_in(channels: int, place: int) -> Any:
    return channel_at(channels, place)


def case_in(cases: Sequence[CasePlan], place: int) -> CasePlan:
    """Return one of a plan's cases."""
    return cases[place]


@compiled_as(case_in, inlined=True)
def _case_in(cases: int, place: int) -> Any:
    return case_at(cases, place)


def step_in(steps: Sequence[StepPlan], place: int) -> StepPlan:
    """Return one of a case's steps."""
    return steps[place]


@compiled_as(step_in, inlined=True)
def _step_in(steps: int, place: int) -> Any:
    return step_at(steps, place)
