"""No line of what is told once can be left out but a film strip shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.slip import put_in_place
from tests.stories.strips import first_spoilt, strips, told_by_simpy_alone
from tests.told_once import told_once

STRIPS = strips()
FUNCTIONS = {f"{module}.{node.name}": (module, node) for module, node in told_once()}
SHOWN_ELSEWHERE = {"mechanisms.state.hours.dial_time": ["if not time < _FOREVER:", "return time"]}
"""What no strip shows: a dial beyond all counting is the function's own example."""


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


def test_there_is_much_that_is_told_once():
    assert len(FUNCTIONS) > 40
    assert len(STRIPS) > 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_line_can_be_left_out_unseen(name, monkeypatch):
    module, node = FUNCTIONS[name]
    told_by_simpy_alone(monkeypatch)
    unseen = []
    for line, wrong in without_a_line(node):
        with monkeypatch.context() as patch:
            put_in_place(module, node.name, ast.unparse(wrong), patch)
            if first_spoilt(STRIPS) is None:
                unseen.append(line)
    assert unseen == SHOWN_ELSEWHERE.get(name, [])


def test_without_a_fault_no_strip_is_spoilt(monkeypatch):
    told_by_simpy_alone(monkeypatch)
    assert first_spoilt(STRIPS) is None
