"""No file imports one that imports it in turn, however far round: inside functions and for type checkers, too."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def module(file: Path) -> str:
    """Return the name under which a file is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path, known: set[str]) -> set[str]:
    """Return which of the known modules a file imports anywhere in its text."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            names |= inner or {node.module or ""}
    return names & known


def imports_of(room: str) -> dict[str, set[str]]:
    """Return by module of a room which other ones of it are imported."""
    files = {module(file): file for file in (ROOT / "sim" / room).rglob("*.py")}
    return {name: imported(file, set(files)) for name, file in files.items()}


@pytest.mark.parametrize("room", ["scenario", "population"])
def test_no_files_of_a_room_go_round_in_a_circle(room):
    imports = imports_of(room)
    assert any(imports.values())
    TopologicalSorter(imports).prepare()  # a CycleError names the files


def test_a_circle_that_is_hidden_in_a_function_or_for_type_checkers_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    room = tmp_path / "sim" / "room"
    room.mkdir(parents=True)
    (room / "one.py").write_text("if TYPE_CHECKING:\n    from sim.room.other import word")
    (room / "other.py").write_text("def word():\n    from sim.room import one")
    with pytest.raises(CycleError):
        TopologicalSorter(imports_of("room")).prepare()
