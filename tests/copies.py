"""A copy of the sources with one edit in it, compiled anew in a process of its own: a fault in machine code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from sim.machine.compiling.folder import cache_folder

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 120
"""Seconds that telling may take once all is compiled: ten are usual."""
_COMPILES = """
import sim.measures.ready
import sim.mechanisms.dispatch
from sim.machine.compiling import first_use
from sim.machine.compiling.pieces import PIECES
first_use([*PIECES.values()])
"""


class Edit(NamedTuple):
    """What stands in a file of the package once, and what is wrongly put in its place."""

    file: str
    right: str
    wrong: str


def stands_once(edit: Edit) -> bool:
    """Say whether what is replaced is in its file just once."""
    return (ROOT / "sim" / edit.file).read_text(encoding="utf-8").count(edit.right) == 1


def _compiled_in(folder: Path) -> None:
    """Compile what the edit leads to, however long it takes; all else is taken along, each piece being kept by content.

    Else a clock that stands still could not be told from a busy machine.
    """
    machine_code = cache_folder()
    if machine_code is not None:
        exec(_COMPILES, {})  # what this machine has not compiled yet, no copy shall have to compile
        shutil.copytree(machine_code, folder / "compiled" / "double-peine" / machine_code.name)
    done = _run_in(folder, _COMPILES, None)
    assert done.returncode == 0, done.stderr


def _run_in(folder: Path, script: str, longest: float | None = LONGEST) -> subprocess.CompletedProcess[str]:
    """Run a script with the copy's own modules and machine code."""
    return subprocess.run(
        [sys.executable, "-c", f"import sim\nprint(sim.__file__)\n{script}"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "NUMBA_CACHE_DIR": str(folder / "compiled"), "PYTHONPATH": str(folder)},
        timeout=longest,
        check=False,
    )


def printed_by_a_copy(folder: Path, edit: Edit | None, script: str) -> list[str]:
    """Return the lines that a script prints in a copy of the sources, edited or as it is."""
    for name in ("sim", "tests", "scenarios"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if edit is not None:
        assert stands_once(edit)
        file = folder / "sim" / edit.file
        file.write_text(file.read_text(encoding="utf-8").replace(edit.right, edit.wrong), encoding="utf-8")
    _compiled_in(folder)
    try:
        done = _run_in(folder, script)
    except subprocess.TimeoutExpired:
        assert edit is not None, f"a copy without a fault took more than {LONGEST} s"
        return []  # a clock that stands still ends nothing
    if edit is not None and ("was planned for" in done.stderr or done.returncode < 0):
        return []  # a clock that is led astray says so; a life that is over has no mechanism to step into, and ends all
    assert done.returncode == 0, done.stderr
    where, *lines = done.stdout.splitlines()
    assert Path(where).is_relative_to(folder), f"told by {where}, not by the copy"
    return lines
