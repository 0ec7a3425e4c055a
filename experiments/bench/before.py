"""Another checkout beside this one: the same sections by the script of each, in turn, and the medians side by side."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.lines import WORDS, short

HERE = Path(__file__).resolve().parents[2]
HEAD = f"{'before':>9} {'now':>9} {'':<7}{'now / before':<14}wanted"
Sections = Mapping[str, Sequence[Any]]
"""The lines of sections as a script writes them in JSON: tables, and remarks."""
Run = Callable[[Path, str, Sequence[str]], Sections]


class BeforeError(ValueError):
    """There is no checkout there, or its script fails."""


def beside(
    before: Path, name: str, options: Sequence[str], *, first: bool = True, run: Run | None = None
) -> Iterator[str]:
    """Yield the lines of a section, those that both have side by side, the target being today's.

    Parameters
    ----------
    first : bool
        The other checkout is measured first.
    run : optional
        What measures a section of a checkout: by default `by_its_script`.

    Raises
    ------
    BeforeError
        If there is no such checkout, or no environment in it.
    """
    measured = run or by_its_script
    places = (before, HERE) if first else (HERE, before)
    found = {place: _lines(measured(place, name, options), name) for place in places}
    yield f"\n{name:<{WORDS}}{HEAD}"
    yield from _side_by_side(found[before], found[HERE])


def _lines(sections: Sections, name: str) -> dict[str, Mapping[str, Any]]:
    """Return the lines that are measured, by a name that is theirs alone: some say `the same` of the one before."""
    found: dict[str, Mapping[str, Any]] = {}
    for line in sections.get(name, ()):
        if not isinstance(line, str):
            same = [words for words in found if words.split("\0")[0] == line["what"]]
            found[f"{line['what']}\0{len(same)}"] = line
    return found


def _side_by_side(before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for key in dict.fromkeys([*now, *before]):
        what, old, new = key.split("\0")[0], before.get(key), now.get(key)
        told = [short(line["median"]) if line else "-" for line in (old, new)]
        change = f"{new['median'] / old['median']:.2f}" if old and new and old["median"] else ""
        wanted = f"{new['wanted']:<13}{new['met']}" if new and new["wanted"] else ""
        unit = (new or old or {})["unit"]
        yield f"{what:<{WORDS}}{told[0]:>9} {told[1]:>9} {unit:<7}{change:<14}{wanted}".rstrip()


def by_its_script(checkout: Path, name: str, options: Sequence[str]) -> Sections:
    """Let the script of a checkout measure a section with the Python of its own environment."""
    python = checkout / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    script = checkout / "experiments" / "speed.py"
    for needed in (script, python):
        if not needed.exists():
            raise BeforeError(f"{needed} does not exist: check the version out there, and call `uv sync --all-extras`")
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        told = Path(folder) / "told.json"
        command = [str(python), str(script), "--only", name, "--json", str(told), *options]
        ended = subprocess.run(command, cwd=checkout, text=True, capture_output=True, check=False)
        if ended.returncode or not told.exists():
            said = (ended.stderr or ended.stdout).strip().splitlines()
            raise BeforeError(f"{script} --only {name} failed: {said[-1] if said else 'it says nothing'}")
        sections: Sections = json.loads(told.read_text(encoding="utf-8"))["sections"]
        return sections
