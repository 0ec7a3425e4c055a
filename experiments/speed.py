"""How fast: ratios measured side by side, each beside what is wanted of it.

Run it: ``python experiments/speed.py`` (some five minutes); ``--quick`` (a minute and a half); ``--only m2,day``.
``--before ../before`` measures another checkout too, in turn, and prints both: ``git worktree add ../before COMMIT``.
Ratios carry over to other machines; seconds do not. Ctrl-C keeps what is measured. `docs/performance.md` tells how each
figure is made and what it means.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.app import app
from bench.before import HERE, BeforeError, beside
from bench.engines import of_a_call, of_a_contact, of_a_day, of_double_peine, of_m2, of_skills
from bench.erlang_a import rivals
from bench.limits import machine_memory, memory, operator, scale
from bench.lines import FULL, HEAD, QUICK, WORDS, Line, Section, Size
from bench.precision import precision
from bench.starts import all_code, first_call
from bench.studies import paired, readme
from bench.sweeps import sweeps
from bench.worlds import LASTING
from tqdm import tqdm

import sim
from sim.measures.ready import ready

SECTIONS: dict[str, tuple[Section, int]] = {
    "m2": (of_m2, 10),
    "double_peine": (of_double_peine, 60),
    "day": (of_a_day, 5),
    "calls": (of_a_call, 4),
    "contacts": (of_a_contact, 10),
    "skills": (of_skills, 10),
    "paired": (paired, 50),
    "readme": (readme, 100),
    "sweeps": (sweeps, 200),
    "precision": (precision, 120),
    "scale": (scale, 90),
    "memory": (memory, 5),
    "first": (first_call, 60),
    "everything": (all_code, 120),
    "rivals": (rivals, 10),
    "operator": (operator, 100),
    "app": (app, 180),
}
"""By name: what gives its lines, and how long it takes compared with the others, for the time left."""


@dataclass
class Report:
    """What is measured so far."""

    machine: dict[str, str]
    lines: dict[str, list[Line | str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values; remarks are strings."""
        told = {
            name: [line.as_json() if isinstance(line, Line) else line for line in lines]
            for name, lines in self.lines.items()
        }
        return {"machine": self.machine, "sections": told}

    def missed(self) -> list[str]:
        """Return what is wanted and was not reached."""
        return [
            f"{name}: {line.what.strip()}"
            for name, lines in self.lines.items()
            for line in lines
            if isinstance(line, Line) and line.met == "MISSED"
        ]


def machine() -> dict[str, str]:
    """Say what is measured, on what."""
    of = {"Python": platform.python_version()}
    for package in ("numba", "numpy", "simpy", "ciw", "salabim"):
        try:
            of[package] = version(package)
        except PackageNotFoundError:
            of[package] = "not installed"
    memory_there = machine_memory()
    of["processor"] = f"{os.cpu_count()} x {_processor()}, {platform.system()} {platform.machine()}"
    of["memory"] = "unknown" if memory_there is None else f"{memory_there:.0f} GiB"
    of["sources"] = _sources()
    return of


def _sources() -> str:
    """Return a digest of every source file: it says what was measured."""
    package = Path(sim.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:24]


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        names = [line.split(":")[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or "unknown processor"


def _progress(names: Sequence[str]) -> tqdm[Any]:
    return tqdm(
        total=sum(SECTIONS[name][1] for name in names),
        bar_format="{desc}: {percentage:.0f} %, {elapsed}, about {remaining} left",
        disable=not sys.stderr.isatty(),
        leave=False,
    )


def measured_lines(names: Sequence[str], size: Size) -> Iterator[tuple[str, Line | str]]:
    """Measure section after section; yield every line as soon as it is there."""
    with _progress(names) as shown:
        for at, name in enumerate(names):
            shown.set_description_str(f"{name} ({at + 1} of {len(names)})")
            section, weight = SECTIONS[name]
            before = shown.n

            def told(share: float, before: float = before, weight: int = weight) -> None:
                shown.update(before + share * weight - shown.n)

            for line in section(size, told):
                yield name, line
            told(1.0)


def measure_all(names: Sequence[str], size: Size) -> Report:
    """Measure, print every line at once, and keep what there is when interrupted."""
    report = Report(machine())
    print("\n".join(f"{name}: {value}" for name, value in report.machine.items()))
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "", flush=True)
    began = time.perf_counter()
    try:
        ready(*(world(1.0) for world in LASTING.values()))
        for name, line in measured_lines(names, size):
            if name not in report.lines:
                tqdm.write(f"\n{name:<{WORDS}}{HEAD}")
            report.lines.setdefault(name, []).append(line)
            tqdm.write(str(line))
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("\ninterrupted: this is what was measured until then")
    missed = report.missed()
    print(f"\n{time.perf_counter() - began:.0f} s in all. Medians of the rounds; ratios are taken round by round.")
    print(f"Missed: {'; '.join(missed) if missed else 'nothing of what was measured'}.")
    return report


def _counted(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, and show how far it is."""
    with _progress(names) as shown:
        for at, name in enumerate(names):
            shown.set_description_str(f"{name} ({at + 1} of {len(names)})")
            yield name
            shown.update(SECTIONS[name][1])


def compared(before: Path, names: Sequence[str], options: Sequence[str]) -> None:
    """Measure another checkout and this one, section by section, and print both at once."""
    print(f"before: {before}\nnow: {HERE}", flush=True)
    try:
        for name in _counted(names):
            for line in beside(before.resolve(), name, options, first=names.index(name) % 2 == 0):
                tqdm.write(line)
                sys.stdout.flush()
    except BeforeError as wrong:
        sys.exit(f"speed: {wrong}")
    except KeyboardInterrupt:
        print("\ninterrupted: this is what was measured until then")


def chosen(written: str) -> list[str]:
    """Return the names of sections in a list with commas.

    Raises
    ------
    argparse.ArgumentTypeError
        Naming those that do not exist, and those that do.
    """
    names = [name.strip() for name in written.split(",") if name.strip()]
    unknown = [name for name in names if name not in SECTIONS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'}: choose from {', '.join(SECTIONS)}")
    return names


def main(argv: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="How fast: ratios measured side by side, beside what is wanted.")
    parser.add_argument("--only", type=chosen, metavar="A,B", help=f"sections: {', '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller runs, the same ratios")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything, every round too, as JSON")
    parser.add_argument("--before", type=Path, metavar="DIR", help="a checkout of another version, measured in turn")
    asked = parser.parse_args(argv)
    if asked.before is not None:
        if asked.json is not None:
            parser.error("--json keeps what one checkout comes to: with --before it would be two")
        compared(asked.before, asked.only or list(SECTIONS), ["--quick"] if asked.quick else [])
        return
    report = measure_all(asked.only or list(SECTIONS), QUICK if asked.quick else FULL)
    if asked.json is not None:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(report.as_json(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
