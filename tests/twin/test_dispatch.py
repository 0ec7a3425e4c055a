"""The register of the compiled mechanisms."""

from __future__ import annotations

import ast
import inspect

from sim.mechanisms import dispatch


def test_no_two_mechanisms_bear_the_same_number():
    """In a table written out the later of two would silently take the place of the earlier."""
    tables = [node for node in ast.walk(ast.parse(inspect.getsource(dispatch))) if isinstance(node, ast.Dict)]
    assert [len(table.keys) for table in tables] == [len(dispatch.STEPS), len(dispatch._SOMETIMES)]
