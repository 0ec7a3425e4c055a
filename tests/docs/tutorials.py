"""Pages that tell how something is added, edit by edit: read, and carried out in a copy of the sources.

A page is plain Markdown. These lines are read, all but the last with the block of code after them; the rest is for
people alone::

    A new file, `sim/new.py`:
    In `sim/old.py`, after:           (or before:, or instead of:)
    comes:                            (or stands:)
    In `sim/old.py`, `some words` becomes `other words`.

What is looked for has to be in its file just once. A block marked ``console`` holds commands and what they print, where
the page says it; ``...`` stands for anything. One marked ``console compiles`` takes a minute.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 600
"""Seconds that one command may take: a minute is usual where something is compiled."""

_BLOCK = r"\n\n```[a-z]*\n(?P<{}>.*?)```\n"
_NEW = re.compile(r"^A new file, `(?P<file>[^`]+)`:" + _BLOCK.format("new"), re.DOTALL | re.MULTILINE)
_CHANGED = re.compile(
    r"^In `(?P<file>[^`]+)`, (?P<where>after|before|instead of):"
    + _BLOCK.format("old")
    + r"\n(?:comes|stands):"
    + _BLOCK.format("new"),
    re.DOTALL | re.MULTILINE,
)
_WORDS = re.compile(
    r"^In `(?P<file>[^`]+)`,\s(?P<a>`+)(?P<old>.+?)(?P=a)\sbecomes\s(?P<b>`+)(?P<new>.+?)(?P=b)\.$", re.MULTILINE
)
_SAID = re.compile(r"^(?:A new file,|In `[^`]+`,)", re.MULTILINE)
_CONSOLE = re.compile(r"^```console(?P<compiles> compiles)?\n(?P<lines>.*?)```\n", re.DOTALL | re.MULTILINE)


class Edit(NamedTuple):
    """What is looked for in a file, and what takes its place; a new file holds nothing to look for."""

    file: str
    old: str
    new: str


class Command(NamedTuple):
    """What is typed, what it prints where the page says it, and whether something is compiled for it."""

    typed: str
    printed: str
    compiles: bool


def edits(page: str) -> list[Edit]:
    """Return all edits of a page, new files first: nothing that begins like an edit is passed over."""
    found = [Edit(one["file"], "", one["new"]) for one in _NEW.finditer(page)]
    for one in _CHANGED.finditer(page):
        text = {"after": one["old"] + one["new"], "before": one["new"] + one["old"], "instead of": one["new"]}
        found.append(Edit(one["file"], one["old"], text[one["where"]]))
    found += [Edit(one["file"], one["old"], one["new"]) for one in _WORDS.finditer(page)]
    assert len(found) == len(_SAID.findall(page))
    return found


def commands(page: str) -> Iterator[Command]:
    """Yield the commands of a page, in their order."""
    for block in _CONSOLE.finditer(page):
        for one in block["lines"].removeprefix("$ ").split("\n$ "):
            typed, _, printed = one.rstrip("\n").partition("\n")
            yield Command(typed, printed, block["compiles"] is not None)


def copied(folder: Path) -> Path:
    """Make a copy of all that a page may name; machine code that fits it still is read where it lies."""
    for name in ("sim", "tests", "scenarios", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    kept = ROOT / "sim" / "__pycache__" / "compiled"
    if kept.is_dir():
        shutil.copytree(kept, folder / "sim" / "__pycache__" / "compiled")
    return folder


def apply(edit: Edit, folder: Path) -> None:
    """Make an edit in a copy."""
    file = folder / edit.file
    if not edit.old:
        assert not file.exists(), f"{edit.file} is not new"
        file.write_text(edit.new, encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    assert text.count(edit.old) == 1, f"{edit.file} holds {text.count(edit.old)} times:\n{edit.old}"
    file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def output(typed: str, folder: Path) -> str:
    """Return what a command prints in a copy, with the copy's own modules."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "PYTEST_"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), surroundings.get("PATH", "")])
    done = subprocess.run(
        typed,
        shell=True,
        cwd=folder,
        env={**surroundings, "PATH": path, "PYTHONPATH": str(folder), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, f"{typed}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def prints(seen: str, said: str) -> bool:
    """Say whether something was printed as a page says; ``...`` stands for anything."""
    pattern = ".*?".join(map(re.escape, said.strip().split("...")))
    return re.fullmatch(pattern, seen.strip(), re.DOTALL) is not None
