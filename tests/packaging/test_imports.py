"""Imports: light, one way, and the heavy ones where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ORDER = (
    ("asked", "dictionary"),
    ("files", "quoting", "theory", "purposes"),  # lean on nothing else of ours
    ("units", "compiling"),
    ("chance",),
    ("kernel",),
    ("scenario",),
    ("population",),
    ("history",),
    ("mechanisms",),
    ("engines",),
    ("measures",),
    ("study",),
    ("figures",),
    ("ui", "cli", "__main__"),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
SOURCES = sorted((ROOT / "sim").rglob("*.py"))
FILES = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in SOURCES}
INNER = [file for file in SOURCES if file.relative_to(ROOT).as_posix() != "sim/__init__.py"]
HEAVY = ("pandas", "matplotlib", "scipy", "streamlit", "joblib", "pyarrow", "tqdm", "simpy", "numpy", "pydantic")


def room(file: Path) -> str:
    """Return the part of the program that a file belongs to."""
    return file.relative_to(ROOT / "sim").parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports anywhere: inside functions, and for the reader of types alone, too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            module = node.module or ""
            parts = {f"{module}.{alias.name}" for alias in node.names}
            names |= {part if part in FILES or module == "sim" else module for part in parts}
    return names


def circles(leads_to: dict[str, set[str]]) -> set[frozenset[str]]:
    """Return the sets of files in which each leads to all the others."""
    reached = {name: _reached(name, leads_to) for name in leads_to}
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in leads_to
        if name in reached[name]
    }


def _reached(name: str, leads_to: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    to_see = [name]
    while to_see:
        new = leads_to[to_see.pop()] - found
        found |= new
        to_see += new
    return found


@pytest.mark.parametrize("file", INNER, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_imports_one_way(file):
    for name in imported(file):
        parts = name.split(".")
        if parts[0] != "sim" or len(parts) == 1 or parts[1] not in RANK:
            continue
        assert RANK[parts[1]] <= RANK[room(file)], f"{file.name} imports {name}"
        if RANK[parts[1]] == RANK[room(file)]:
            assert parts[1] == room(file) or room(file) == "__main__", f"{file.name} imports {name}"


KNOWN_CIRCLES = {
    "cli": {"", "checking", "commands", "storing"},
    "measures": {
        *("adding", "books", "fold", "following", "loops", "resolution", "service", "tables", "terms", "toll"),
        *("measure", "of_customers", "of_service", "of_the_firm", "of_volume", "register"),
    },
    "population": {"", "drawing", "making", "records"},
    "study": {
        *("cautions", "comparison", "finding", "from_theory", "headlines", "merging", "numbers", "replicate"),
        *("replications", "seeking", "stored", "tables", "words"),
    },
}
"""Files that still stand in a circle, by room. This list gets shorter only."""


def test_no_file_leads_back_to_itself():
    """Not even inside a function or for a type; what the whole package offers, `sim` itself, is nobody's business."""
    leads_to = {name: (imported(file) & set(FILES)) - {name, "sim"} for name, file in FILES.items()}
    found = {name for circle in circles(leads_to) for name in circle}
    assert found == {f"sim.{room}.{name}".rstrip(".") for room, names in KNOWN_CIRCLES.items() for name in names}


def test_a_circle_is_found_and_a_fork_is_none():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {frozenset("bc")}
    assert circles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}) == set()


def test_every_part_of_the_program_has_its_place_in_the_order():
    assert {room(file) for file in INNER} <= set(RANK)


@pytest.mark.parametrize(
    ("package", "rooms"),
    [("streamlit", {"ui"}), ("matplotlib", {"figures", "ui", "cli"}), ("simpy", {"kernel", "engines", "mechanisms"})],
)
def test_only_these_parts_import(package, rooms):
    """The command line may choose a matplotlib that needs no screen; it draws nothing itself."""
    importers = {room(file) for file in INNER for name in imported(file) if name.split(".")[0] == package}
    assert importers <= rooms


def test_importing_the_package_imports_nothing_heavy():
    """What takes time to import is imported when it is first used: see the test of every word below."""
    code = f"import sys, sim; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_word_is_found_and_listed():
    import sim

    for word in sim.__all__:
        assert getattr(sim, word) is not None
        assert word in dir(sim)
    assert sorted(sim.__all__) == sorted(sim._HOME)
    with pytest.raises(AttributeError, match="no attribute 'simulate'"):
        _ = sim.simulate


def test_reading_a_world_needs_no_library_of_numbers_but_numpy():
    apart = ("pandas", "matplotlib", "scipy", "streamlit", "joblib", "pyarrow")
    code = f"import sys, sim; sim.load('base'); print([name for name in {apart} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
