"""A sweep on disk: a manifest that lets anybody repeat it, and a part for every chunk that is finished.

A part is written whole, or not at all, under a name that says what it holds. So a sweep that was ended at any moment
goes on where it was: what has its part is not lived again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.quoting import short
from sim.study.sweeping.chunk import Answer

MANIFEST = "manifest.json"
PARTS = "parts"
_BEING_WRITTEN = ".part"


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
    manifest : dict
        What the sweep is: its world, design, luck, measures and versions.

    Raises
    ------
    ValueError
        If the folder holds another sweep, or cannot be written to.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        try:
            (folder / PARTS).mkdir(parents=True, exist_ok=True)
            there = folder / MANIFEST
            if there.exists():
                _check_the_same(there, manifest)
            else:
                _whole(there, (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode())
        except OSError as wrong:
            raise ValueError(f"out is {short(str(folder))}: {wrong.strerror or wrong}") from wrong

    def done(self) -> Iterator[tuple[Whole, Whole, dict[int, str]]]:
        """Yield of each finished part the points and replications of its runs, and which points failed, and why."""
        import pyarrow.parquet as pq

        for file in self._parts():
            table = pq.read_table(file, columns=["point", "replication"])
            yield np.asarray(table["point"]), np.asarray(table["replication"]), _failed(table.schema.metadata)

    def keep(self, name: str, answer: Answer) -> None:
        """Write what a chunk came to, whole or not at all."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        flat = answer.totals.reshape(len(answer.points), -1)
        columns = {"point": answer.points, "replication": answer.numbers}
        columns |= {str(at): np.ascontiguousarray(flat[:, at]) for at in range(flat.shape[1])}
        failed = json.dumps({str(point): why for point, why in answer.failed.items()})
        table = pa.table(columns).replace_schema_metadata({"failed": failed})
        target = self.folder / PARTS / f"{name}.parquet"
        written = target.with_suffix(f"{_BEING_WRITTEN}{os.getpid()}")
        try:
            pq.write_table(table, written, compression="zstd")
            written.replace(target)
        finally:
            written.unlink(missing_ok=True)

    def runs(self, measure: int) -> Runs:
        """Return the totals of one measure, of all runs that are finished, by point and replication."""
        import pyarrow.parquet as pq

        names = ["point", "replication", str(2 * measure), str(2 * measure + 1)]
        tables = [pq.read_table(file, columns=names) for file in self._parts()]
        return in_order([tuple(np.asarray(table[name]) for name in names) for table in tables])

    def _parts(self) -> list[Path]:
        return sorted((self.folder / PARTS).glob("*.parquet"))


class Memory:
    """A sweep that is kept in memory alone."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def done(self) -> Iterator[tuple[Whole, Whole, dict[int, str]]]:
        """Yield as `Store.done` does."""
        yield from ((one.points, one.numbers, one.failed) for one in self.answers)

    def keep(self, name: str, answer: Answer) -> None:
        """Keep what a chunk came to."""
        self.answers.append(answer)

    def runs(self, measure: int) -> Runs:
        """Return as `Store.runs` does."""
        return in_order([(one.points, one.numbers, *one.totals[:, measure].T) for one in self.answers])


def in_order(parts: Sequence[tuple[npt.NDArray[Any], ...]]) -> Runs:
    """Return the runs of several parts by point and replication; one that stands twice, once."""
    empty = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    columns = [np.concatenate(column) for column in zip(*(parts or [empty]), strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(columns[0][order]) != 0) | (np.diff(columns[1][order]) != 0)
    return Runs(*(column[order][first] for column in columns))


def _failed(metadata: dict[bytes, bytes] | None) -> dict[int, str]:
    return {int(point): why for point, why in json.loads((metadata or {}).get(b"failed", b"{}")).items()}


def name_of(*what: Any) -> str:
    """Return the name of a part: a digest of what it holds."""
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:24]


def _whole(target: Path, content: bytes) -> None:
    written = target.with_suffix(f"{_BEING_WRITTEN}{os.getpid()}")
    try:
        written.write_bytes(content)
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def _check_the_same(there: Path, manifest: dict[str, Any]) -> None:
    """Refuse a folder that holds another sweep, or one of another version of the program."""
    try:
        found = json.loads(there.read_text(encoding="utf-8"))
    except ValueError:
        raise ValueError(f"{short(str(there))} is no manifest of a sweep: name another folder") from None
    other = [key for key, value in manifest.items() if not isinstance(found, dict) or found.get(key) != value]
    if other:
        raise ValueError(
            f"{short(str(there.parent))} holds a sweep that differs in {', '.join(other)}: name another folder to keep "
            "both, or remove this one"
        )
