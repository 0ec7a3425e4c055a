"""A sweep as a file says it: which world, at which points, how often; and a table of points, as planners keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sim.asked import nearest
from sim.quoting import short
from sim.reading import Mistake, WorldError, load
from sim.reading.lines import key_lines, line_of
from sim.reading.mistakes import shown
from sim.reading.reading import Sort, text_of, toml_of
from sim.reading.sheets import Sheet
from sim.reading.shipped import shipped, spoken
from sim.reading.trees import Tree
from sim.study.changing.paths import parts_of
from sim.study.changing.typed import typed
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, with_days
from sim.study.sweeping.design import Design, factorial
from sim.study.sweeping.spread import latin_hypercube, sobol
from sim.study.sweeping.sweep import check_paths
from sim.world import World

T = TypeVar("T")

PLAN = Sort(".toml", 20_000_000, "a design", "give the path of a TOML file that says a design")
NAME = "name"
"""The column, or key, in which a point's name stands."""
_KINDS = ("factorial", "latin_hypercube", "sobol", "points", "csv")
_OF_RANGES = ("points", "ranges", "seed")
_RANGES = {"line.lines": (10, 40)}
"""An example, which stands in where there are none, so that all else is looked at."""
_KEYS = ("base", "measures", "replications", "seed", "days", "out", *_KINDS)


@dataclass(frozen=True)
class Plan:
    """What a sweep is to do.

    Attributes
    ----------
    base : World
    measures : tuple of str or None
        None for all.
    replications : int or sequence of int
        How many, or which, counted from 0.
    out : Path or None
        The folder in which what is finished is kept.
    ranges : mapping of str to pair, optional
        By path, the lowest and the highest value, where the design fills ranges.
    """

    base: World
    design: Design
    measures: tuple[str, ...] | None = None
    replications: int | Sequence[int] = DEFAULT_REPLICATIONS
    seed: int = 1
    days: float | None = None
    out: Path | None = None
    ranges: Mapping[str, tuple[Any, Any]] | None = None


def read_plan(path: str | Path) -> Plan:
    """Read a sweep from a TOML file.

    Its keys: ``base``, a world's name or file; one design, which is ``[factorial]`` with a list of values by path,
    ``[latin_hypercube]`` or ``[sobol]`` with ``points``, ``seed`` and ``ranges`` by path, ``[[points]]`` with values by
    path, or ``csv``, a table's file; ``measures``, ``replications``, ``seed``, ``days`` and ``out``. Files are looked
    for from the folder of this one.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Plan
        What `sweep` is to be given.

    Raises
    ------
    WorldError
        With every mistake in it: where it stands, and what would be right.
    """
    path = Path(path)
    file = spoken(path)
    text = text_of(path, file, PLAN)
    reader = _Reader(path, file, toml_of(text, file), key_lines(text))
    plan = reader.plan()
    if reader.mistakes or plan is None:
        raise WorldError(reader.mistakes)
    return plan


def points_of(path: str | Path) -> Design:
    """Read the points of a design from a table: a row for each, a column for each path, and ``name``.

    An empty cell leaves what it is in the world; commas or semicolons part the cells, # begins a comment.

    Parameters
    ----------
    path : str or Path
        Of a CSV file in UTF-8.

    Returns
    -------
    Design
        A point for each row, in their order.

    Raises
    ------
    WorldError
        With every mistake in it, by row and column.
    """
    sheet = Sheet(Path(path), small=False)
    for column in sheet.columns:
        if column not in ("", NAME):
            for said in _refusals(partial(parts_of, column)):
                sheet.refuse(sheet.header, "", said)
    design = None
    if not sheet.mistakes:
        points = [{at: typed(cell) for at, cell in row.cells.items() if cell and at != NAME} for row in sheet.rows]
        names = tuple(row.cells[NAME] for row in sheet.rows) if NAME in sheet.columns else ()
        try:
            design = Design(tuple(points), names)
        except ValueError as wrong:
            sheet.refuse(None, "", str(wrong))
    if design is None:
        raise WorldError(sheet.mistakes)
    return design


class _Reader:
    """What is read of one file, and what is wrong with it."""

    def __init__(self, path: Path, file: str, tree: Tree, lines: dict[tuple[str, ...], int]) -> None:
        self.path, self.file, self.tree, self.lines = path, file, tree, lines
        self.mistakes: list[Mistake] = []
        self.ranges: Mapping[str, tuple[Any, Any]] | None = None

    def plan(self) -> Plan | None:
        for key in self.tree:
            if key not in _KEYS:
                self._refuse(key, "is not known", nearest(key, _KEYS, "known here are"))
        base, design, out = self._base(), self._design(), self.tree.get("out")
        if out is not None and not (isinstance(out, str) and out and "\0" not in out):
            self._refuse("out", f"is {shown(out)}: the name of a folder is needed")
            out = None
        how = {key: self.tree[key] for key in ("replications", "seed", "days") if key in self.tree}
        self._look("replications", lambda: numbers_of(how.get("replications", DEFAULT_REPLICATIONS)))
        self._look("seed", lambda: Size((0,), seed=self.tree.get("seed", 1)))
        measures = self._measures(base)
        if base is not None:
            self._look("days", partial(with_days, base, how.get("days")))
            if design is not None:
                self._look(next(kind for kind in _KINDS if kind in self.tree), partial(check_paths, base, design))
        if self.mistakes or base is None or design is None:
            return None
        folder = None if out is None else self.path.parent / out
        return Plan(base, design, measures, out=folder, ranges=self.ranges, **how)

    def _base(self) -> World | None:
        said = self.tree.get("base")
        if not isinstance(said, str):
            problem = "is missing" if said is None else f"is {shown(said)}"
            self._refuse("base", f"{problem}: a world's name or file is needed", f"shipped are {', '.join(shipped())}")
            return None
        try:
            beside = self._beside(said)
            return load(beside if said.endswith(".toml") or beside.is_file() else said)
        except WorldError as wrong:
            self.mistakes += wrong.mistakes
        except ValueError as refused:
            self._refuse("base", str(refused))
        return None

    def _measures(self, base: World | None) -> tuple[str, ...] | None:
        said = self.tree.get("measures")
        if said is None or base is None:
            return None
        if not isinstance(said, list) or not said or not all(isinstance(one, str) for one in said):
            self._refuse("measures", f"is {shown(said)}: a list of measures is needed, one at least")
            return None
        return self._look("measures", lambda: ids_of((base,), said))

    def _design(self) -> Design | None:
        said = [kind for kind in _KINDS if kind in self.tree]
        if len(said) != 1:
            problem = f"{' and '.join(said)} are all given" if said else "no design is given"
            self._refuse("", f"{problem}: one of {', '.join(_KINDS)} says the points")
            return None
        (kind,) = said
        made: Callable[[str, Any], Design | None] = getattr(self, f"_{kind}")
        return made(kind, self.tree[kind])

    def _factorial(self, key: str, said: Any) -> Design | None:
        return self._look(key, lambda: factorial(said))

    def _latin_hypercube(self, key: str, said: Any) -> Design | None:
        return self._spread(key, said, latin_hypercube)

    def _sobol(self, key: str, said: Any) -> Design | None:
        return self._spread(key, said, sobol)

    def _spread(self, key: str, said: Any, drawn: Callable[..., Design]) -> Design | None:
        if not isinstance(said, dict):
            self._refuse(key, f"is {shown(said)}: a table with points and ranges is needed")
            return None
        for inside, value in said.items():
            if inside not in _OF_RANGES:
                is_path = "." in inside or isinstance(value, dict)
                there = f"ranges by path stand under [{key}.ranges]"
                self._refuse(
                    f"{key}.{inside}", "is not known", there if is_path else nearest(inside, _OF_RANGES, "known are")
                )
        missing = [name for name in ("points", "ranges") if name not in said]
        if missing:
            example = f'points = 64, and under [{key}.ranges] a line for each path, such as "line.lines" = [10, 40]'
            self._refuse(key, f"has no {' and no '.join(missing)}: write {example}")
        self.ranges = said.get("ranges", _RANGES)
        return self._look(key, lambda: drawn(self.ranges, said.get("points", 1), seed=said.get("seed", 1)))

    def _points(self, key: str, said: Any) -> Design | None:
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            self._refuse(key, f"is {shown(said)}: write [[points]] for each, with values by path")
            return None
        names = [one.get(NAME) for one in said]
        if any(names) and not all(isinstance(one, str) and one for one in names):
            self._refuse(key, "have names, but not all of them: name all, or none")
            return None
        points = tuple(dict(_flat({path: value for path, value in one.items() if path != NAME})) for one in said)
        return self._look(key, lambda: Design(points, tuple(map(str, names)) if any(names) else ()))

    def _csv(self, key: str, said: Any) -> Design | None:
        if not isinstance(said, str) or not said or "\0" in said:
            self._refuse(key, f"is {shown(said)}: the name of a file is needed")
            return None
        try:
            return points_of(self._beside(said))
        except WorldError as wrong:
            self.mistakes += wrong.mistakes
        return None

    def _beside(self, name: str) -> Path:
        return self.path.parent / name

    def _look(self, key: str, at: Callable[[], T]) -> T | None:
        """Return what is asked for; None, and what is wrong noted, where it cannot be."""
        try:
            return at()
        except ValueError as wrong:
            for line in str(wrong).splitlines():
                self._refuse(key, line.removeprefix(f"{key} "))
        return None

    def _refuse(self, key: str, problem: str, suggestion: str = "") -> None:
        place = tuple(key.split(".")) if key else ()
        self.mistakes.append(Mistake(self.file, short(key), line_of(self.lines, place), problem, suggestion))


def _refusals(look: Callable[[], Any]) -> Iterator[str]:
    try:
        look()
    except ValueError as wrong:
        yield str(wrong)


def _flat(tree: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield values by path where a file has tables in place of paths in quotes; a law is a value."""
    for key, value in tree.items():
        path = f"{at}{key}"
        if isinstance(value, dict) and "law" not in value:
            yield from _flat(value, f"{path}.")
        else:
            yield path, value
