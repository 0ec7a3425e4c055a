"""Files that a world's file names: read in its place, so that the world holds their values and not their paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.asked import nearest
from sim.files import is_file
from sim.moments import monday
from sim.reading.counts import counts_in
from sim.reading.layers import laid_over
from sim.reading.lines import line_of
from sim.reading.mistakes import Mistake, Place, key_of, shown
from sim.reading.reading import Layer, beside
from sim.reading.replays import replay_in
from sim.reading.sheets import SHEET
from sim.reading.shipped import profiles
from sim.reading.trees import Tree, standing_at, table
from sim.world.arrivals import volume_of
from sim.world.population import are_counts

COUNTS, REPLAY = ("population", "counts"), ("population", "replay")
_VOLUMES = ("problems_per_day", "problems_per_week", "profile", "replay")


def with_files(layers: Sequence[Layer]) -> tuple[list[Layer], list[Mistake]]:
    """Return the layers with the values of the files that they name, and what is wrong with these files."""
    layers = list(layers)
    if all(standing_at(layer.tree, *place) is None for layer in layers for place in (COUNTS, REPLAY)):
        return layers, []
    whole, _ = laid_over(layers)
    read = [_read(layer, whole) for layer in layers]
    return [layer for layer, _ in read], [mistake for _, mistakes in read for mistake in mistakes]


def _read(layer: Layer, whole: Tree) -> tuple[Layer, list[Mistake]]:
    population, mistakes = dict(table(layer.tree, "population")), list[Mistake]()
    if not population:
        return layer, mistakes
    if population.get("counts", "none") != "none":
        mistakes += _counts(layer, population)
    if isinstance(population.get("replay"), str) and population["replay"] != "none":
        mistakes += _replay(layer, population, whole)
    return layer._replace(tree={**layer.tree, "population": population}), mistakes


def _counts(layer: Layer, population: Tree) -> list[Mistake]:
    written: Any = population["counts"]
    mistakes: list[Mistake] = []
    if isinstance(written, str):
        path, mistakes = _file(layer, COUNTS, written)
        written, more = counts_in(path) if path is not None else ({}, [])
        mistakes += more
    twice = [key for key in _VOLUMES if key in population]
    if twice:
        said = f"says how many problems appear and when, and {key_of(('population', twice[0]))} stands beside it"
        mistakes.append(_mistake(layer, COUNTS, said, "write one of the two"))
    if mistakes or (are_counts(written) and not twice):
        del population["counts"]
        population.update(volume_of(written) if not mistakes else {})
    return mistakes


def _replay(layer: Layer, population: Tree, whole: Tree) -> list[Mistake]:
    path, mistakes = _file(layer, REPLAY, population["replay"])
    try:
        first = standing_at(whole, "time", "first_monday")
        first_monday = None if first in (None, "none") else monday(first).isoformat()
    except ValueError:
        mistakes.append(_mistake(layer, REPLAY, "cannot be read before time.first_monday is right", ""))
        path = None
    if path is not None:
        known = {what: list(table(whole, "population", f"{what}s")) for what in ("reason", "segment")}
        population["replay"], mistakes = replay_in(path, first_monday, known)
    if mistakes:
        del population["replay"]
    return mistakes


def _file(layer: Layer, place: Place, written: str) -> tuple[Path | None, list[Mistake]]:
    """Return the file meant: its path from the folder of the file that names it, or a shipped one's name."""
    if written in profiles() and place == COUNTS:
        return profiles()[written], []
    path = Path(layer.file).parent / written
    if written.strip() and (is_file(path) or _is_folder(path)):
        return path, []
    named = place == COUNTS and not written.endswith(SHEET.suffix)
    right = nearest(written, profiles(), "shipped are") if named else beside(path, SHEET.suffix)
    return None, [_mistake(layer, place, f"is {shown(written)}: there is no such file beside this one", right)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name longer than any file's, or a NUL in it
        return False


def _mistake(layer: Layer, place: Place, problem: str, suggestion: str) -> Mistake:
    return Mistake(layer.file, key_of(place), line_of(layer.lines, place), problem, suggestion)
