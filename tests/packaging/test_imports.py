"""Imports: light, one way, and the heavy ones where they belong."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import sim
from sim.measures.ready import ready
from tests.cli.worlds import small_file

ROOT = Path(__file__).resolve().parents[2]
ORDER = (
    ("quoting",),  # lean on nothing else of ours
    ("asked",),
    ("bars", "files", "theory", "purposes", "languages"),
    ("units", "machine"),
    ("luck", "moments"),
    ("world",),
    ("reading",),
    ("people",),
    ("history",),
    ("mechanisms",),
    ("engines",),
    ("measures",),
    ("data",),
    ("fitting",),
    ("study",),
    ("report",),
    ("figures",),
    ("handouts",),
    ("ui", "cli", "__main__"),
)
INSIDE = {
    "machine": ("compiling", "kernel"),
    "mechanisms": (
        "state",
        "staff",
        "service",
        "telephone",
        "face_to_face",
        "outside",
        "writing",
        "crowd",
        "journey",
    ),
    "measures": ("rules", "accounts", "register", "intervals"),
    "study": (
        "running",
        "searching",
        "changing",
        "staffing",
        "sweeping",
        "choosing",
        "comparing",
        "stopping",
        "breaking_even",
        "generations",
        "decomposing",
        "calibrating",
        "observing",
        "placing",
    ),
    "ui": (
        "state",
        "parts",
        "jobs",
        "charts",
        "comparing",
        "editing",
        "centre",
        "levers",
        "staffing",
        "sweeping",
        "watching",
        "stories",
        "method",
        "pages",
    ),
}
"""Rooms within rooms, from the bottom up; what stands beside them may name any of them, and is named by none."""
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
SOURCES = sorted((ROOT / "sim").rglob("*.py"))
INNER = [file for file in SOURCES if file.relative_to(ROOT).as_posix() != "sim/__init__.py"]
HEAVY = ("pandas", "matplotlib", "scipy", "streamlit", "joblib", "pyarrow", "tqdm", "simpy", "numpy", "pydantic")


def room(file: Path) -> str:
    """Return the part of the program that a file belongs to."""
    return file.relative_to(ROOT / "sim").parts[0].removesuffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    """Return what a file says."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imported(file: Path) -> set[str]:
    """Return the modules that a file imports at run time, inside functions too."""
    names: set[str] = set()
    for node in at_run_time(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            module = node.module or ""
            names |= {f"sim.{alias.name}" for alias in node.names} if module == "sim" else {module}
    return names


def at_run_time(tree: ast.AST):
    """Yield the nodes of a tree but for what stands under ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from (inner for branch in node.orelse for inner in (branch, *at_run_time(branch)))
            continue
        yield node
        yield from at_run_time(node)


def module(file: Path) -> str:
    """Return the name by which a file is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(file): file for file in INNER}


@cache
def led_to(file: Path) -> set[str]:
    """Return the modules of ours that a file names in an import, be it inside a function or for types alone."""
    names: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            wholes = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {node.module or "", *wholes} if wholes.isdisjoint(MODULES) else wholes
    return names & MODULES.keys() - {module(file)}


@pytest.mark.parametrize("file", INNER, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_imports_one_way(file):
    """What stands inside a function, and what is there for types alone, is read too."""
    for name in led_to(file):
        other = name.split(".")[1]
        assert RANK[other] <= RANK[room(file)], f"{file.name} imports {name}"
        if RANK[other] == RANK[room(file)]:
            assert other == room(file) or room(file) == "__main__", f"{file.name} imports {name}"


@pytest.mark.parametrize("house", INSIDE)
def test_the_rooms_inside_a_room_have_an_order_too(house):
    rooms = INSIDE[house]
    assert {file.parent.name for file in INNER if file.parent.parent.name == house} - {"following"} <= {*rooms}
    for name, file in MODULES.items():
        inner = name.split(".")[2:3]
        if name.startswith(f"sim.{house}.") and inner[0] in rooms:
            below = rooms[: rooms.index(inner[0]) + 1]
            for other in led_to(file):
                if other.startswith(f"sim.{house}."):
                    assert other.split(".")[2] in below, f"{name} imports {other}"


def test_no_file_leads_back_to_itself():
    """Not by an import that hides in a function either: the whole program can be read from the bottom up."""
    found = TopologicalSorter({module(file): led_to(file) for file in INNER})
    found.prepare()  # names the files of a circle


def test_every_part_of_the_program_has_its_place_in_the_order():
    assert {room(file) for file in INNER} <= set(RANK)


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("streamlit", {"ui"}),
        ("matplotlib", {"figures", "ui", "cli"}),
        ("simpy", {"machine", "engines", "mechanisms"}),
    ],
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


ALWAYS_LATER = {"pandas", "matplotlib", "scipy", "streamlit", "joblib", "pyarrow", "tqdm", "numba"}
"""What no command needs for its answer: a frame, a figure, a worker process, a bar on a terminal, the compiler."""
BEFORE_THE_ANSWER = {
    "diff a.toml b.toml": ALWAYS_LATER | {"simpy", "llvmlite"},
    "check a.toml": ALWAYS_LATER,
    "run a.toml --replications 2 --csv r.csv": ALWAYS_LATER,
    "compare a.toml b.toml --quick --workers 2 --json c.json --csv c.csv": ALWAYS_LATER,
    "merge c.json": ALWAYS_LATER | {"llvmlite"},
    "repeat c.json --workers 2": ALWAYS_LATER,
}
"""What is imported by none of these commands before its first word is printed."""
ASKED = """
import sys
class Out:
    def write(self, text):
        self.seen = self.__dict__.get("seen") or " ".join(sys.modules)
    def flush(self):
        pass
answer, sys.stdout = sys.stdout, Out()
from sim.cli import main
code = main(sys.argv[1:])
answer.write(f"{code} {sys.stdout.seen}")
"""


def test_no_answer_waits_for_a_package_that_it_does_not_need(tmp_path):
    """Once all is compiled: what came before the first word was printed, of packages that take time to import."""
    for name in "ab":
        small_file(tmp_path, name, talk={"a": "10 min", "b": "12 min"}[name])
    ready(*map(sim.load, map(str, tmp_path.iterdir())))
    waited = {command: imported_by(command, tmp_path) & later for command, later in BEFORE_THE_ANSWER.items()}
    assert {command: packages for command, packages in waited.items() if packages} == {}


def imported_by(command: str, folder: Path) -> set[str]:
    """Return the packages that a command has imported when it prints its answer."""
    asked, found = [sys.executable, "-c", ASKED, *command.split()], os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(asked, capture_output=True, text=True, cwd=folder, env=found, check=True)
    code, *seen = done.stdout.split()
    assert code == "0", done.stderr
    assert "sim.cli" in seen
    return {name.partition(".")[0] for name in seen}
