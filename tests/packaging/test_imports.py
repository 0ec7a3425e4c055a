"""Imports: light, one way, and the heavy ones where they belong."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sim
from sim.study.ready import ready
from tests.cli.worlds import small_file

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
    ("report",),
    ("figures",),
    ("ui", "cli", "__main__"),
)
WITHOUT_CIRCLES = ("study", "report", "figures", "ui", "cli")
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
SOURCES = sorted((ROOT / "sim").rglob("*.py"))
INNER = [file for file in SOURCES if file.relative_to(ROOT).as_posix() != "sim/__init__.py"]
HEAVY = ("pandas", "matplotlib", "scipy", "streamlit", "joblib", "pyarrow", "tqdm", "simpy", "numpy", "pydantic")


def room(file: Path) -> str:
    """Return the part of the program that a file belongs to."""
    return file.relative_to(ROOT / "sim").parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports at run time, inside functions too."""
    return modules(at_run_time(ast.parse(file.read_text(encoding="utf-8"))), file)


def modules(nodes: Iterable[ast.AST], file: Path) -> set[str]:
    """Return the modules that these nodes import."""
    names: set[str] = set()
    for node in nodes:
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


@pytest.mark.parametrize("file", INNER, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_imports_one_way(file):
    for name in imported(file):
        parts = name.split(".")
        if parts[0] != "sim" or len(parts) == 1 or parts[1] not in RANK:
            continue
        assert RANK[parts[1]] <= RANK[room(file)], f"{file.name} imports {name}"
        if RANK[parts[1]] == RANK[room(file)]:
            assert parts[1] == room(file) or room(file) == "__main__", f"{file.name} imports {name}"


def neighbours(file: Path) -> set[Path]:
    """Return the files of the same room that a file imports, inside functions and for type checkers too."""
    wanted: set[Path] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in modules([node], file):
            inner = [f"{name}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            wanted |= {SOURCE_OF[one] for one in (name, *inner) if one in SOURCE_OF}
    return {other for other in wanted if room(other) == room(file)}


SOURCE_OF = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in SOURCES}


@pytest.mark.parametrize("name", WITHOUT_CIRCLES)
def test_no_file_leads_back_to_itself(name):
    """Not by an import inside a function either, nor by one for type checkers alone."""
    files = [file for file in INNER if room(file) == name]
    try:
        TopologicalSorter({file: neighbours(file) for file in files}).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(file.name for file in circle.args[1]))


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
