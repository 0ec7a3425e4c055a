"""Studies as files: JSON that holds all it takes to read a study again, to add to it, and to make it anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.measures import Drift, Measure, Stretch
from sim.reading import WorldError, digest, from_tree, written
from sim.report.cautions import cautions, targets
from sim.report.stopping import stopped, stopping_said, stopping_tree
from sim.report.words import notes
from sim.study.comparing.comparison import Comparison, Line, Way, beside
from sim.study.running.replications import Replications
from sim.study.running.size import MOST_REPLICATIONS
from sim.study.searching.equal import LABELS, Equality
from sim.study.searching.staffing import paid_hours, posts
from sim.units import DAY
from sim.world import World

FORMAT = 2
"""Of the file: a program that reads another one says so."""
_LARGEST = 1_000_000_000


def written_out(tree: dict[str, Any]) -> str:
    """Write a tree as strict JSON: a number that is none would be refused."""
    return json.dumps(tree, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def versions() -> dict[str, str]:
    """Return the versions on which the bits of a result depend."""
    import platform
    from importlib.metadata import version

    from sim import __version__

    others = {name: version(name) for name in ("numpy", "numba", "simpy")}
    return {"double-peine": __version__, "python": platform.python_version(), **others, "machine": platform.machine()}


def tree_of(study: Comparison | Replications, command: str | None = None) -> dict[str, Any]:
    """Return a study as plain tables and lists; `command` is the command line that made it."""
    return comparison_tree(study, command) if isinstance(study, Comparison) else replications_tree(study, command)


def stored_versions(path: str | Path) -> dict[str, str]:
    """Return the versions with which a stored study was made.

    Raises
    ------
    StoredError
        As `read`.
    """
    told = _tree(Path(path)).get("versions")
    return {str(name): str(one) for name, one in told.items()} if isinstance(told, dict) else {}


def comparison_tree(comparison: Comparison, command: str | None = None) -> dict[str, Any]:
    """Return a comparison as plain tables and lists, undefined values as None.

    Parameters
    ----------
    command : str, optional
        The command line that made it.
    """
    ways, others = comparison.ways, comparison.others
    asked = comparison.first.asked, *others
    return {
        **_study("comparison", comparison.first, asked, comparison.seconds, command),
        **stopping_tree(comparison),
        "notes": notes(comparison),
        "missing": dict(comparison.missing),
        "ways": [_way(way, comparison.first, 1 + others.index(way.lived.asked)) for way in ways],
        "measures": [
            {
                **_said(lines[0].measure),
                "first": lines[0].worlds[0]._asdict(),
                "ways": [_second(line) for line in lines],
            }
            for lines in zip(*(way.lines for way in ways), strict=True)
        ],
        "totals": {"first": _totals(comparison.first), "ways": [_totals(way.lived) for way in ways]},
    }


def _way(way: Way, first: Replications, world: int) -> dict[str, Any]:
    """Return what there is to say of a way; `world` is the place of its world among those of the file."""
    return {
        "world": world,
        "how": way.equality.how,
        "label": way.equality.label,
        "factor": way.equality.factor,
        "hours_a_week": [paid_hours(first.world), paid_hours(way.lived.world)],
        "posts": [posts(first.world), posts(way.lived.world)],
        "meaning": way.equality.meaning,
        "staff": {name: team["staff"] for name, team in written(way.lived.world)["teams"].items()},
    }


def replications_tree(lived: Replications, command: str | None = None) -> dict[str, Any]:
    """Return one world's study in the shape of a comparison's, without the second world."""
    return {
        **_study("replications", lived, (lived.asked,), lived.seconds, command),
        **stopping_tree(lived),
        "notes": [*stopping_said(lived), *map(str, cautions(lived)), *targets([lived], [lived.asked.name])],
        "measures": [{**_said(one), "first": lived.estimate(one.id)._asdict()} for one in lived.measures()],
        "totals": {"first": _totals(lived)},
    }


def _study(
    kind: str, lived: Replications, asked: tuple[World, ...], seconds: float, command: str | None
) -> dict[str, Any]:
    time = lived.world.time
    days = {"warm_up": time.warm_up / DAY, "horizon": time.horizon / DAY, "follow_up": time.follow_up / DAY}
    return {
        "kind": kind,
        "format": FORMAT,
        "versions": versions(),
        "command": command,
        "worlds": [{"name": world.name, "digest": digest(world), "contents": written(world)} for world in asked],
        "seed": lived.seed,
        "replications": len(lived.numbers),
        "numbers": [number + 1 for number in lived.numbers],
        "interrupted": lived.interrupted,
        "days": days,
        "engine": lived.engine,
        "seconds": round(seconds, 3),
    }


def _totals(lived: Replications) -> dict[str, Any]:
    """Return numerator and denominator by measure and replication, and what tells whether the run has settled."""
    drifts = [[list(vars(stretch).values()) for stretch in (one.middle, one.last)] for one in lived.drifts]
    return {"measures": {name: rows.tolist() for name, rows in lived.totals.items()}, "drifts": drifts}


def _said(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "family": measure.family,
        "unit": measure.unit,
        "better": measure.better,
        "guessed": measure.guessed,
        "definition": measure.definition,
    }


def _second(line: Line) -> dict[str, Any]:
    return {"second": line.worlds[1]._asdict(), "difference": line.difference._asdict(), "gain": line.gain}


class StoredError(ValueError):
    """A file that holds no study, or one that cannot be read."""


def read(path: str | Path) -> Comparison | Replications:
    """Read a study from the JSON that `to_json` writes and ``--json`` asks for.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Returns
    -------
    Comparison or Replications
        Whole: it can be told, merged and made again.

    Raises
    ------
    StoredError
        If there is no such file, or it holds no study of this format, or what it holds is not whole.
    """
    if not isinstance(path, (str, Path)):
        raise StoredError(f"path is {path!r}: the path of a file is needed")
    tree = _tree(Path(path))
    try:
        worlds = [from_tree(one["contents"], f"{path}: {one['name']}") for one in tree["worlds"]]
        if tree["kind"] == "replications":
            return stopped(_replications(tree, tree["totals"]["first"], worlds[0], worlds[0]), tree)
        return stopped(_comparison(tree, worlds), tree)
    except WorldError as error:
        raise StoredError(f"{path} holds a world that this program does not take:\n{error}") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StoredError(f"{path} is not whole: {type(error).__name__} at {error}") from None


def _tree(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise StoredError(f"{path} is far too large for a study: more than 1 GB")
        tree = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        raise StoredError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, StoredError):
            raise
        raise StoredError(f"{path} is no JSON: {error}") from None
    if not isinstance(tree, dict) or tree.get("kind") not in ("comparison", "replications"):
        raise StoredError(f"{path} holds no study: write one with --json")
    if tree.get("format") != FORMAT:
        raise StoredError(f"{path} is of format {tree.get('format')!r}; this program reads {FORMAT}")
    return tree


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _numbers(written: object) -> tuple[int, ...]:
    """Read the replications' numbers, from 1 and rising; return them from 0."""
    if not isinstance(written, list) or not all(type(one) is int for one in written):
        raise ValueError("numbers")
    numbers = tuple(one - 1 for one in written)
    if list(numbers) != sorted(set(numbers)) or not (numbers and 0 <= numbers[0] <= numbers[-1] < MOST_REPLICATIONS):
        raise ValueError("numbers")
    return numbers


def _comparison(tree: Mapping[str, Any], worlds: Sequence[World]) -> Comparison:
    first = _replications(tree, tree["totals"]["first"], worlds[0], worlds[0])
    ways = []
    for told, totals in zip(tree["ways"], tree["totals"]["ways"], strict=True):
        how = next(known for known in LABELS if known == told["how"])
        asked = worlds[told.get("world", 1)]  # files of before there could be several tell no place
        contents = written(asked)
        for name, team in contents["teams"].items():
            team["staff"] = told["staff"][name]
        lived = _replications(tree, totals, asked, from_tree(contents, f"{asked.name}, {told['label']}"))
        ways.append((Equality(how, lived.world, float(told["factor"]), str(told["meaning"])), lived))
    missing = {how: str(why) for how, why in tree["missing"].items() if how in LABELS}
    return Comparison(first, beside(first, ways), missing, float(tree["seconds"]))


def _replications(tree: Mapping[str, Any], totals: Mapping[str, Any], asked: World, staffed: World) -> Replications:
    horizon = float(tree["days"]["horizon"]) * DAY
    world = staffed.model_copy(update={"time": staffed.time.model_copy(update={"horizon": horizon})})
    world = staffed if world == staffed else from_tree(written(world), asked.name)
    numbers, seed, engine, seconds = _numbers(tree["numbers"]), tree["seed"], tree["engine"], tree["seconds"]
    if type(seed) is not int or not 0 <= seed < 2**64:
        raise ValueError("seed")
    if engine not in ("simpy", "compiled", "simpy and compiled", "compiled and simpy"):
        raise ValueError("engine")
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < 1e12:
        raise ValueError("seconds")
    measured = {str(name): np.array(rows, np.float64).reshape(-1, 2) for name, rows in totals["measures"].items()}
    if any(len(rows) != len(numbers) or not np.isfinite(rows).all() for rows in measured.values()):
        raise ValueError("totals")
    drifts = tuple(Drift(*(Stretch(*map(float, stretch)) for stretch in pair)) for pair in totals["drifts"])
    lived = Replications(
        world,
        asked,
        seed,
        numbers,
        engine,
        float(seconds),
        measured,
        drifts,
        bool(tree["interrupted"]),
    )
    lived.measures()  # refuses a measure that nobody knows
    return lived
