"""No line of what is told once can be left out but a film strip shows it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType

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


def without_a_line(node: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the function without each of its statements in turn; what it says of itself and answers last stay.

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
                    yield ast.unparse(statement).splitlines()[0], copy


def _only_says(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


@cache
def strips_through() -> dict[str, dict[str, Strip]]:
    """Return the strips that walk through each function: in all others nothing of it can be missed."""
    found: dict[str, dict[str, Strip]] = {name: {} for name in FUNCTIONS}
    with pytest.MonkeyPatch.context() as patch:
        told_by_simpy_alone(patch)
        for title, strip in STRIPS.items():
            for name in _walked(strip) & set(FUNCTIONS):
                found[name][title] = strip
    return found


def _walked(strip: Strip) -> set[str]:
    """Return the functions of the mechanisms that a strip walks through."""
    seen: set[CodeType] = set()
    sys.setprofile(lambda frame, event, _: seen.add(frame.f_code) if event == "call" else None)
    try:
        strip()
    finally:
        sys.setprofile(None)
    return {
        f"mechanisms.{'.'.join(Path(code.co_filename).with_suffix('').relative_to(MECHANISMS).parts)}.{code.co_name}"
        for code in seen
        if MECHANISMS in Path(code.co_filename).parents
    }


def test_there_is_much_that_is_told_once():
    assert len(FUNCTIONS) > 40
    assert len(STRIPS) > 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_line_can_be_left_out_unseen(name, monkeypatch):
    module, node = FUNCTIONS[name]
    told_by_simpy_alone(monkeypatch)
    walking, unseen = strips_through()[name], []
    for line, wrong in without_a_line(node):
        with monkeypatch.context() as patch:
            put_in_place(module, node.name, ast.unparse(wrong), patch)
            if first_spoilt(walking) is None:
                unseen.append(line)
    assert unseen == SHOWN_ELSEWHERE.get(name, [])


def test_without_a_fault_no_strip_is_spoilt(monkeypatch):
    told_by_simpy_alone(monkeypatch)
    assert first_spoilt(STRIPS) is None
