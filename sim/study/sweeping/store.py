"""A sweep on disk: a manifest that lets anybody repeat it, and a part for every chunk that is finished.

A part is written whole, or not at all, under a name that says what it holds. So a sweep that was ended at any moment
goes on where it was: what has its part is not lived again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.quoting import short
from sim.reading import digest, written
from sim.study.running.size import Size
from sim.study.sweeping.chunk import Answer, Chunk
from sim.study.sweeping.design import Design
from sim.world import World

MANIFEST = "manifest.json"
PARTS = "parts"
_BEING_WRITTEN = ".part"
_AT_ONCE = 10_000_000
"""Rows that are read of the parts at once, at most."""
_COLUMNS = ("point", "replication", "numerator", "denominator")
_LONGEST_PATH = 300
_GROWS = ("points", "names", "replications")
"""What a sweep that goes on may have more of."""
_SAID = ("engine", "base")
"""What is kept for whoever repeats it, and makes no other sweep: both engines come to the same, to the bit."""

Whole = npt.NDArray[np.int64]


class Runs(NamedTuple):
    """One measure of all runs, by point and replication: numerators and denominators."""

    points: Whole
    numbers: Whole
    above: npt.NDArray[np.float64]
    below: npt.NDArray[np.float64]


class Store:
    """A folder with a sweep.

    Parameters
    ----------
    folder : Path
    manifest : dict, optional
        What the sweep is: its world, design, luck, measures and versions. Without it, what stands in the folder is
        taken as it is.

    Raises
    ------
    ValueError
        If the folder holds another sweep, none where one was looked for, or cannot be written to.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any] | None = None) -> None:
        self.folder = folder
        try:
            if manifest is None:
                self.manifest = _read(folder / MANIFEST)
                return
            (folder / PARTS).mkdir(parents=True, exist_ok=True)
            there = folder / MANIFEST
            self.manifest = _together(_read(there), manifest, folder) if there.exists() else manifest
            _whole(there, (json.dumps(self.manifest, indent=1, ensure_ascii=False) + "\n").encode())
        except (OSError, UnicodeError) as wrong:
            reason = getattr(wrong, "strerror", None) or wrong
            raise ValueError(f"out is {_called(folder)}: {reason}") from wrong

    def done(self) -> Iterator[tuple[Whole, Whole, dict[int, str]]]:
        """Yield of each finished part the points and replications of its runs, and which points failed, and why."""
        import pyarrow.parquet as pq

        for part in self._parts():
            told = pq.read_schema(part).metadata or {}
            points, numbers = np.array(json.loads(told.get(b"runs", b"[]")), np.int64).reshape(-1, 2).T
            yield points, numbers, {int(point): why for point, why in json.loads(told.get(b"failed", b"{}")).items()}

    def keep(self, chunk: Chunk, answer: Answer) -> None:
        """Write what a chunk came to, whole or not at all: a row for each run and measure.

        Raises
        ------
        OSError
            If it cannot be written: the disk is full, the folder gone.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        runs, many = answer.totals.shape[:2]
        which = pa.DictionaryArray.from_arrays(np.tile(np.arange(many, dtype=np.int16), runs), list(chunk.ids))
        columns = {
            "point": np.repeat(answer.points, many),
            "replication": np.repeat(answer.numbers, many),
            "measure": which,
            "numerator": answer.totals[..., 0].ravel(),
            "denominator": answer.totals[..., 1].ravel(),
        }
        told = {
            "runs": json.dumps(np.stack([answer.points, answer.numbers], axis=1).tolist()),
            "failed": json.dumps({str(point): why for point, why in answer.failed.items()}),
        }
        held = pa.BufferOutputStream()
        pq.write_table(pa.table(columns).replace_schema_metadata(told), held, compression="zstd")
        _whole(self.folder / PARTS / f"{self._name_of(chunk)}.parquet", held.getvalue().to_pybytes())

    def runs(self, measures: Sequence[str]) -> Iterator[Runs]:
        """Yield the totals of each measure, of all runs that are finished, by point and replication."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        rows = sum(map(_rows_in, self._parts())) // max(1, len(self.manifest["measures"]))
        many = max(1, _AT_ONCE // max(1, rows))
        for start in range(0, len(measures), many):
            those = measures[start : start + many]
            filters = None if many >= len(self.manifest["measures"]) else [("measure", "in", those)]
            tables = [pq.read_table(part, filters=filters, use_threads=False) for part in self._parts()]
            for name in those:
                mine = [table.filter(pc.equal(table["measure"], name)) for table in tables]
                yield in_order([tuple(np.asarray(table[column]) for column in _COLUMNS) for table in mine])

    def _parts(self) -> list[Path]:
        return sorted((self.folder / PARTS).glob("*.parquet"))

    def forget_broken(self) -> None:
        """Take away parts that a machine lost while it wrote them: what they held is lived again."""
        for part in self._parts():
            if _rows_in(part) < 0:
                part.unlink()

    def _name_of(self, chunk: Chunk) -> str:
        """Return the name of a part: a digest of world, luck, program, and what it holds."""
        points = [(at, {path: _plain(value) for path, value in point.items()}) for at, point in chunk.points]
        what = [self.manifest["world"], chunk.program, chunk.seed, chunk.ids, points, chunk.numbers]
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]


class Memory:
    """A sweep that is kept in memory alone."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids, self.answers = tuple(ids), list[Answer]()

    def done(self) -> Iterator[tuple[Whole, Whole, dict[int, str]]]:
        """Yield as `Store.done` does."""
        yield from ((one.points, one.numbers, one.failed) for one in self.answers)

    def keep(self, _: Chunk, answer: Answer) -> None:
        """Keep what a chunk came to."""
        self.answers.append(answer)

    def runs(self, measures: Sequence[str]) -> Iterator[Runs]:
        """Yield as `Store.runs` does."""
        for name in measures:
            at = self.ids.index(name)
            yield in_order([(one.points, one.numbers, *one.totals[:, at].T) for one in self.answers])

    def forget_broken(self) -> None:
        """Do nothing: in memory nothing breaks."""


def in_order(parts: Sequence[tuple[npt.NDArray[Any], ...]]) -> Runs:
    """Return the runs of several parts by point and replication; one that stands twice, once."""
    empty = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    columns = [np.concatenate(column) for column in zip(*(parts or [empty]), strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(columns[0][order]) != 0) | (np.diff(columns[1][order]) != 0)
    return Runs(*(column[order][first] for column in columns))


def _rows_in(part: Path) -> int:
    """Return how many runs a part holds; -1 if it is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(part).num_rows)
    except pa.ArrowInvalid:
        return -1


def manifest_of(world: World, design: Design, size: Size) -> dict[str, Any]:
    """Return all that it takes to make a sweep anew."""
    from sim import __version__

    return {
        "program": __version__,
        "world": digest(world),
        "base": written(world),
        "points": [{path: _plain(value) for path, value in point.items()} for point in design],
        "names": list(design.names),
        "seed": size.seed,
        "replications": list(size.numbers),
        "measures": list(size.ids or ()),
        "engine": size.engine,
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str, list, dict)) or value is None else str(value)


def _whole(target: Path, content: bytes) -> None:
    written = target.with_suffix(f"{_BEING_WRITTEN}{os.getpid()}")
    try:
        with written.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def _read(there: Path) -> dict[str, Any]:
    try:
        found = json.loads(there.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{_called(there.parent)} holds no sweep: there is no {MANIFEST} in it") from None
    except (ValueError, RecursionError):
        found = None
    kinds = {"program": str, "world": str, "base": dict, "points": list, "names": list, "seed": int, "measures": list}
    kinds |= {"replications": list, "engine": str}
    if not isinstance(found, dict) or not all(isinstance(found.get(key), kind) for key, kind in kinds.items()):
        raise ValueError(f"{_called(there)} is no manifest of a sweep: name another folder")
    return found


def _together(there: dict[str, Any], asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the folder holds from now on: the same sweep, with more points or replications if they are asked for.

    Raises
    ------
    ValueError
        If it holds another sweep, or one of another version of the program: both can be kept.
    """
    other = [key for key in asked if key not in (*_GROWS, *_SAID) and _text(there[key]) != _text(asked[key])]
    other += [key for key in _GROWS[:2] if not _goes_on(there[key], asked[key])]
    if other == ["program"]:
        said = f"was made by version {short(there['program'])} of the program, and this is {asked['program']}"
    else:
        said = f"holds a sweep that differs in {', '.join(other)}"
    if other:
        raise ValueError(
            f"{_called(folder)} {said}: name another folder to keep both, such as {_called(_free(folder))}, or remove "
            "this one"
        )
    longer = {key: max(there[key], asked[key], key=len) for key in _GROWS[:2]}
    numbers = sorted({*there["replications"], *asked["replications"]})
    return asked | longer | {"replications": numbers}


def _goes_on(one: list[Any], other: list[Any]) -> bool:
    """Say whether one of two lists begins with the other."""
    many = min(len(one), len(other))
    return _text(one[:many]) == _text(other[:many])


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _called(path: Path) -> str:
    return short(str(path), _LONGEST_PATH)


def _free(folder: Path) -> Path:
    names = (folder.with_name(f"{folder.name}-{at}") for at in itertools.count(2))
    return next(name for name in names if not name.exists())
