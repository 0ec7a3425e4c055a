"""No line of what is told once can be left out but a film strip shows it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.slip import put_in_place
from tests.stories.strips import Strip, first_spoilt, strips, told_by_simpy_alone
from tests.told_once import MECHANISMS, told_once

STRIPS = strips()
FUNCTIONS = {f"{module}.{node.name}": (module, node) for module, node in told_once()}
SHOWN_ELSEWHERE = {
    "mechanisms.state.hours.dial_time": ["if not time < _FOREVER:", "return time"],
    "mechanisms.service.channels.may_be_sent_on": ["if its.many == 1:", "return False"],
}
"""What no strip shows: a dial beyond all counting is the function's own example; where there is one channel alone, luck
would be drawn that nothing asks for.
"""


def without_a_line(node: ast.FunctionDef) -> Iterator[tuple[ast.stmt, ast.FunctionDef]]:
    """Yield each statement with the function without it; what it says of itself and answers last stay.

    A loop goes as a whole: without its body it would never end.
    """
    for place, block in enumerate(ast.walk(node)):
        for part in () if isinstance(block, ast.While) else ("body", "orelse"):
            many = getattr(block, part, None)
            for which, statement in enumerate(many if isinstance(many, list) else []):
                if not _only_says(statement) and statement is not node.body[-1]:
                    copy = ast.parse(ast.unparse(node)).body[0]
                    assert isinstance(copy, ast.FunctionDef)
                    getattr([*ast.walk(copy)][place], part)[which] = ast.Pass()
                    yield statement, copy


def _only_says(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


_OURS = str(MECHANISMS)
Walks = dict[str, set[int]]
"""By strip, the lines of a function that it walks through."""


@cache
def walks() -> dict[str, Walks]:
    """Return, by function, the strips that walk through it: in all others nothing of it can be missed."""
    found: dict[str, Walks] = {name: {} for name in FUNCTIONS}
    with pytest.MonkeyPatch.context() as patch:
        told_by_simpy_alone(patch)
        assert first_spoilt(STRIPS) is None  # and what each lives in is made: what is walked then is what it lives
        for title, strip in STRIPS.items():
            for code, lines in _walked(strip).items():
                name = _called(code)
                if name in found:
                    found[name].setdefault(title, set()).update(lines)
    return found


def _walked(strip: Strip) -> dict[CodeType, set[int]]:
    """Return the lines of the mechanisms that a strip walks through."""
    seen: dict[CodeType, set[int]] = {}
    walked: dict[CodeType, Any] = {}

    def calls(frame: FrameType, *_: object) -> Any:
        code = frame.f_code
        if code not in walked:
            walked[code] = walk(code) if code.co_filename.startswith(_OURS) else None
        return walked[code]

    def walk(code: CodeType) -> Any:
        lines = seen[code] = set()

        def walks_on(frame: FrameType, *_: object) -> Any:
            lines.add(frame.f_lineno)
            return walks_on

        return walks_on

    before = sys.gettrace()
    sys.settrace(calls)
    try:
        strip()
    finally:
        sys.settrace(before)
    return seen


def _called(code: CodeType) -> str:
    path = Path(code.co_filename).with_suffix("").relative_to(MECHANISMS)
    return f"mechanisms.{'.'.join(path.parts)}.{code.co_name}"


def strips_over(statement: ast.stmt, through: Walks) -> dict[str, Strip]:
    """Return the strips that come to a statement, those that go deepest into it first: they are likely to miss it."""
    span = range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
    depth = {title: len(lines.intersection(span)) for title, lines in through.items()}
    return {title: STRIPS[title] for title in sorted(depth, key=lambda one: -depth[one]) if depth[title]}


def test_there_is_much_that_is_told_once():
    assert len(FUNCTIONS) > 40
    assert len(STRIPS) > 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_line_can_be_left_out_unseen(name, monkeypatch):
    module, node = FUNCTIONS[name]
    told_by_simpy_alone(monkeypatch)
    through, unseen = walks()[name], []
    for statement, wrong in without_a_line(node):
        with monkeypatch.context() as patch:
            put_in_place(module, node.name, ast.unparse(wrong), patch)
            if first_spoilt(strips_over(statement, through)) is None:
                unseen.append(ast.unparse(statement).splitlines()[0])
    assert unseen == SHOWN_ELSEWHERE.get(name, [])


def test_without_a_fault_no_strip_is_spoilt(monkeypatch):
    told_by_simpy_alone(monkeypatch)
    assert first_spoilt(STRIPS) is None
