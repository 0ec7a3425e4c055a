"""A sweep on disk: a manifest that lets anybody repeat it, and a part for every chunk that is finished.

A part is written whole, or not at all, under a name that says what it holds. So a sweep that was ended at any moment
goes on where it was: what has its part is not lived again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.files import real_path
from sim.quoting import short
from sim.reading import digest, written
from sim.study.running.size import Size
from sim.study.sweeping.chunk import BASE, Answer, Chunk
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
        self._good: set[Path] | None = None
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
            told = pq.read_schema(part).metadata
            points, numbers = np.array(json.loads(told[b"runs"]), np.int64).reshape(-1, 2).T
            yield points, numbers, {int(point): why for point, why in json.loads(told[b"failed"]).items()}

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
            "points": json.dumps({str(at): _plain(point) for at, point in chunk.points}),
            "sweep": self._sweep,
        }
        held, table = pa.BufferOutputStream(), pa.table(columns).replace_schema_metadata(told)
        pq.write_table(table, held, compression="zstd", write_page_checksum=True)
        part = self.folder / PARTS / f"{self._name_of(chunk)}.parquet"
        _whole(part, held.getvalue().to_pybytes())
        if self._good is not None:
            self._good.add(part)

    def runs(self, measures: Sequence[str]) -> Iterator[Runs]:
        """Yield the totals of each measure, of all runs that are finished, by point and replication."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        rows = sum(map(_rows_in, self._parts())) // len(self.manifest["measures"])
        many = max(1, _AT_ONCE // max(1, rows))
        for start in range(0, len(measures), many):
            those = measures[start : start + many]
            filters = None if many >= len(self.manifest["measures"]) else [("measure", "in", those)]
            tables = [pq.read_table(part, filters=filters, use_threads=False) for part in self._parts()]
            for name in those:
                mine = [table.filter(pc.equal(table["measure"], name)) for table in tables]
                yield in_order([tuple(np.asarray(table[column]) for column in _COLUMNS) for table in mine])

    def _parts(self) -> list[Path]:
        if self._good is None:
            self._good = {part for part in self._files() if not _is_broken(part)}
            self._check(self._good)
        return [part for part in self._files() if part in self._good]

    def _files(self) -> list[Path]:
        return sorted((self.folder / PARTS).glob("*.parquet"))

    def forget_broken(self) -> None:
        """Take away parts that a machine lost while it wrote them: what they held is lived again.

        Raises
        ------
        ValueError
            If something else stands among the parts.
        """
        good = set(self._parts())
        try:
            for part in self._files():
                if part not in good and _is_broken(part):
                    part.unlink(missing_ok=True)
        except OSError as wrong:
            raise ValueError(f"{_called(part)} is no part of a sweep: take it away ({wrong.strerror})") from wrong

    def _check(self, parts: Iterable[Path]) -> None:
        """Refuse parts of another sweep: what they hold would be taken for what was lived here."""
        other = [part for part in sorted(parts) if not self._is_ours(part)]
        if other:
            and_more = f", nor are {len(other) - 1} more there" if len(other) > 1 else ""
            raise ValueError(
                f"{_called(other[0])} is no part of the sweep that {MANIFEST} says{and_more}: take it away, or name "
                "another folder"
            )

    def _is_ours(self, part: Path) -> bool:
        import pyarrow.parquet as pq

        told, points = pq.read_schema(part).metadata or {}, self.manifest["points"]
        if (
            told.get(b"sweep", b"").decode("latin-1") != self._sweep
            or not {b"runs", b"failed", b"points"} <= told.keys()
        ):
            return False
        held = {int(at): _text(point) for at, point in json.loads(told[b"points"]).items()}
        return all(said == _text({} if at == BASE else points[at]) for at, said in held.items() if at < len(points))

    @property
    def _sweep(self) -> str:
        """What all parts of a sweep have in common: a digest of its world, luck, measures and program."""
        return _digest([self.manifest[key] for key in ("world", "program", "seed", "measures")])

    def _name_of(self, chunk: Chunk) -> str:
        """Return the name of a part: a digest of world, luck, program, and what it holds."""
        points = [(at, _plain(point)) for at, point in chunk.points]
        return _digest([self.manifest["world"], chunk.program, chunk.seed, chunk.ids, points, chunk.numbers])


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
    import pyarrow.parquet as pq

    return int(pq.read_metadata(part).num_rows)


def _is_broken(part: Path) -> bool:
    """Say whether a file is no part from its beginning to its end, or says another sum than its pages have.

    Raises
    ------
    ValueError
        If it cannot be read at all: what it holds may be good.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not part.is_file():
        return True
    try:
        pq.read_table(part, use_threads=False, page_checksum_verification=True)
    except (pa.ArrowException, FileNotFoundError):
        return True
    except OSError as wrong:  # what is not laid out as it should be is one without a number
        if wrong.errno is not None:
            raise ValueError(f"{_called(part)} cannot be read: {wrong.strerror}") from wrong
        return True
    return False


def manifest_of(world: World, design: Design, size: Size) -> dict[str, Any]:
    """Return all that it takes to make a sweep anew."""
    from sim import __version__

    return {
        "program": __version__,
        "world": digest(world),
        "base": written(world),
        "points": [_plain(point) for point in design],
        "names": list(design.names),
        "seed": size.seed,
        "replications": list(size.numbers),
        "measures": list(size.ids or ()),
        "engine": size.engine,
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it and gives it back."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, (bool, int, float, str)) or value is None else str(value)


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()[:24]


def _whole(target: Path, content: bytes) -> None:
    written = target.with_suffix(f"{_BEING_WRITTEN}{os.getpid()}-{secrets.token_hex(4)}")
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
        found = {}
    if not found or not _are_all(found):
        raise ValueError(f"{_called(there)} is no manifest of a sweep: name another folder")
    manifest: dict[str, Any] = found
    return manifest


def _are_all(found: dict[str, Any]) -> bool:
    """Say whether what a manifest lists is of the kind that it has to be."""
    texts = all(isinstance(one, str) for one in (*found["names"], *found["measures"]))
    numbers = all(type(one) is int for one in (found["seed"], *found["replications"]))
    return texts and numbers and all(isinstance(one, dict) for one in found["points"]) and bool(found["measures"])


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
    folder = folder if folder.name not in ("", "..") else real_path(folder)
    names = (folder.with_name(f"{folder.name}-{at}") for at in itertools.count(2))
    return next(name for name in names if not name.exists())
