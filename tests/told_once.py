"""What is told once for both tellings, found in the sources: no comparison of the two sees a fault in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MECHANISMS = Path(__file__).resolve().parents[1] / "sim" / "mechanisms"
MARKS = {"rule", "inlined"}


def told_once() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the marked functions of the mechanisms that Python calls too, each with its module.

    What takes a record of unknown type, as ``me: Any``, is the compiled telling's own.
    """
    for file in sorted(MECHANISMS.rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _is_marked(node) and not _takes_any(node):
                yield ".".join(("mechanisms", *file.relative_to(MECHANISMS).with_suffix("").parts)), node


def _is_marked(node: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id in MARKS for mark in node.decorator_list)


def _takes_any(node: ast.FunctionDef) -> bool:
    return any(isinstance(one.annotation, ast.Name) and one.annotation.id == "Any" for one in node.args.args)
