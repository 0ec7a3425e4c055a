"""Whatever one telling reads otherwise in the plan is found: each field misread, of the world, a team and a path."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from sim.engines import run, simpy_engine
from sim.engines.agreement import first_difference
from sim.history.rows import History
from sim.luck.laws import Law, LawCode
from sim.mechanisms.state.hours import Hours
from sim.mechanisms.state.numbers import plan
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
from tests.twin.telling_worlds import FEW, told_compiled

Misread = Callable[[Plan], Plan]
FIRST_IN = {
    **dict.fromkeys(("ChannelPlan", "CasePlan", "StepPlan", "ChoosingPlan", "WaitingPlan"), "written"),
    **dict.fromkeys(("BeforehandPlan", "SelfServicePlan", "ForumPlan"), "unasked"),
}
"""Where most of what is misread of a part is found, if not in the world of unlike things."""
HELD_ELSEWHERE = {
    ("Plan", "end"), ("TeamPlan", "code"), ("QueuePlan", "code"),
    ("Plan", "choosing"), ("Plan", "waiting"), ("Plan", "beforehand"), ("BeforehandPlan", "help"),
    ("BeforehandPlan", "forum"), ("ChannelPlan", "kind"), ("ChannelPlan", "public"), ("Plan", "has_onset"),
}  # fmt: skip
"""Where a run ends stands with the rows that are asked for; the code of a team is its place.

What is chosen, how one waits, and what comes beforehand is misread field by field; of a channel nothing that is lived
depends on who reads it too, and it is of a kind by its number. Whether anything comes before a first contact is asked
by the compiled telling alone, which leaves out what does not.
"""


def misread(value: Any) -> Any:
    """Return a value as one might misread it: a little more, one less, the opposite, the next one of its kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1 if value > 0 else 1
    if isinstance(value, float):
        return 30.0 if math.isinf(value) else value * 1.05 + 0.02
    if isinstance(value, Law):
        return _misread_law(value)
    if isinstance(value, Hours):
        return Hours(value.ends[2:] + value.ends[:2], value.starts, value.lengths)
    by = 1 if len(value) < SLOTS_A_WEEK else 8  # what changes by the week changes after some quarters of an hour
    return value[by:] + value[:by]


def _misread_law(law: Law) -> Law:
    if law.code == LawCode.MIXTURE:
        return law._replace(parts=tuple((upto, _misread_law(part)) for upto, part in law.parts))
    if law.code == LawCode.EMPIRICAL:
        return law._replace(points=tuple((level, misread(value)) for level, value in law.points))
    return law._replace(a=misread(law.a))


def of_the_world(field: str) -> Misread:
    """Return what misreads a field of the plan itself."""
    return lambda right: replace(right, **{field: _by_place(misread(getattr(right, field)))})


def _by_place(value: Any) -> Any:
    """Give teams, or queues, that have changed their places the numbers of these places."""
    if isinstance(value, tuple) and isinstance(value[0], TeamPlan | QueuePlan):
        return tuple(replace(one, code=code) for code, one in enumerate(value))
    return value


def of_teams(field: str) -> Misread:
    """Return what misreads a field of every team; a list by team is that of the next one's."""
    return lambda right: replace(
        right, teams=tuple(replace(team, **{field: misread(getattr(team, field))}) for team in right.teams)
    )


def of_queues(field: str) -> Misread:
    """Return what misreads a field of every queue."""
    return lambda right: replace(
        right, queues=tuple(replace(queue, **{field: misread(getattr(queue, field))}) for queue in right.queues)
    )


def of_paths(field: str) -> Misread:
    """Return what misreads a field of every path; the targets change their places, all luck being left for the last."""

    def misread_path(path: PathPlan) -> PathPlan:
        backwards = path.targets[::-1]
        turned = tuple(Target(one.upto, other.team) for one, other in zip(path.targets, backwards, strict=True))
        changed: dict[str, Any] = {field: turned if field == "targets" else misread(getattr(path, field))}
        return replace(path, **changed)

    return lambda right: replace(right, paths=tuple(map(misread_path, right.paths)))


def of_channels(field: str) -> Misread:
    """Return what misreads a field of every channel."""
    return lambda right: replace(right, channels=tuple(_misread_in(one, field) for one in right.channels))


def of_cases(field: str) -> Misread:
    """Return what misreads a field of every case."""
    return lambda right: replace(right, cases=tuple(_misread_in(one, field) for one in right.cases))


def of_steps(field: str) -> Misread:
    """Return what misreads a field of every step of every case."""

    def misread_case(case: CasePlan) -> CasePlan:
        return replace(case, steps=tuple(_misread_in(one, field) for one in case.steps))

    return lambda right: replace(right, cases=tuple(map(misread_case, right.cases)))


def of_choosing(field: str) -> Misread:
    """Return what misreads a field of how channels are chosen."""
    return lambda right: replace(right, choosing=_misread_in(right.choosing, field))


def of_waiting(field: str) -> Misread:
    """Return what misreads a field of how one waits for a case."""
    return lambda right: replace(right, waiting=_misread_in(right.waiting, field))


def of_beforehand(field: str) -> Misread:
    """Return what misreads a field of what comes before the first contact."""
    return lambda right: replace(right, beforehand=_misread_in(right.beforehand, field))


def of_help(field: str) -> Misread:
    """Return what misreads a field of what customers find by themselves."""
    return lambda right: replace(
        right, beforehand=replace(right.beforehand, help=_misread_in(right.beforehand.help, field))
    )


def of_forum(field: str) -> Misread:
    """Return what misreads a field of the forum."""
    return lambda right: replace(
        right, beforehand=replace(right.beforehand, forum=_misread_in(right.beforehand.forum, field))
    )


def _misread_in(part: Any, field: str) -> Any:
    return replace(part, **{field: misread(getattr(part, field))})


def misreadings() -> Iterator[tuple[str, Misread]]:
    """Yield every field of every part of a plan, and what misreads it."""
    parts = (
        (Plan, of_the_world), (TeamPlan, of_teams), (QueuePlan, of_queues), (PathPlan, of_paths),
        (ChannelPlan, of_channels), (CasePlan, of_cases), (StepPlan, of_steps), (ChoosingPlan, of_choosing),
        (WaitingPlan, of_waiting), (BeforehandPlan, of_beforehand), (SelfServicePlan, of_help), (ForumPlan, of_forum),
    )  # fmt: skip
    for part, wrong in parts:
        for field in fields(part):
            if (part.__name__, field.name) not in HELD_ELSEWHERE:
                yield f"{part.__name__}.{field.name}", wrong(field.name)


MISREADINGS = dict(misreadings())


@pytest.fixture(scope="module")
def compiled() -> list[History]:
    """Return the telling worlds as the compiled engine tells them."""
    return told_compiled()


def _is_found_in(right: History) -> bool:
    """Say whether SimPy tells another story, or comes to grief."""
    try:
        return first_difference(run(right.world, right.customers, engine="simpy"), right) is not None
    except IndexError:
        return True


@pytest.mark.parametrize("field", MISREADINGS)
def test_what_is_misread_is_found(field, compiled, monkeypatch):
    monkeypatch.setattr(simpy_engine, "plan", lambda world: MISREADINGS[field](plan(world)))
    first = FIRST_IN.get(field.partition(".")[0], "unlike")
    in_turn = sorted(compiled, key=lambda right: (right.world.name != first, len(right.customers) > FEW))
    assert any(map(_is_found_in, in_turn)), "told to the bit as if nothing were wrong"
