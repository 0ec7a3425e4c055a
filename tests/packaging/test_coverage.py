"""What coverage leaves out is the compiled telling, and nothing of the SimPy telling."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

coverage = pytest.importorskip("coverage")

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "sim" / "mechanisms").rglob("*.py")), ROOT / "sim" / "engines" / "simpy_engine.py"]
RECORDS = {"me", "office", "team"}


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    """Yield all functions of a file that do something, methods too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and not _only_says(node.body[-1]):
            yield node


def _only_says(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_compiled_alone(function: ast.FunctionDef) -> bool:
    """Say whether Python never calls it: it takes a record, or is another body for what Python has itself."""
    records = [one for one in function.args.args if one.arg in RECORDS]
    takes_a_record = any(isinstance(one.annotation, ast.Name) and one.annotation.id == "Any" for one in records)
    marks = [mark.func for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return takes_a_record or any(isinstance(mark, ast.Name) and mark.id == "compiled_as" for mark in marks)


def left_out(file: Path) -> set[str]:
    """Return the functions whose last line coverage does not look at."""
    looked = coverage.Coverage(data_file=None, config_file=str(ROOT / "pyproject.toml"))
    lines = set(looked.analysis2(str(file))[2])
    return {node.name for node in functions(file) if node.body[-1].lineno in lines}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_what_is_compiled_alone_is_left_out(file):
    assert left_out(file) == {node.name for node in functions(file) if is_compiled_alone(node)}


def test_both_tellings_are_there_to_be_told_apart():
    compiled = [node for file in FILES for node in functions(file) if is_compiled_alone(node)]
    assert len(compiled) > 40
    assert sum(1 for file in FILES for _ in functions(file)) > 2 * len(compiled)
