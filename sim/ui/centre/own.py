"""Worlds of the user's own as files: written whole, so that each can be read alone, and read as data alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.asked import nearest
from sim.reading import World, WorldError, load, shipped, variant, written
from sim.reading.lines import line_of
from sim.reading.mistakes import Mistake, Place, key_of, shown
from sim.reading.reading import Layer, read_layer
from sim.reading.trees import standing_at
from sim.reading.writing import file_of
from sim.study.calibrating.calibration import Calibration
from sim.ui.centre.brought import as_file, within_size
from sim.units import duration

LARGEST = 1_000_000
"""Bytes of a world's file that are taken."""
_FILES: tuple[Place, ...] = (("population", "counts"), ("population", "replay"))
"""Keys that may name a file: none that lies on this computer is read for whoever sends a world."""


def world_of_file(content: bytes, called: str = "world.toml") -> World:
    """Return the world in a TOML file that was sent: read as data, extending shipped worlds alone.

    Raises
    ------
    WorldError
        With every mistake and its line.
    Refused
        If it is empty or too large.
    """
    within_size(content, LARGEST)
    with as_file(content, called) as path:
        try:
            layer = read_layer(path)
            if outside := _outside(layer):
                raise WorldError(outside)
            return load(path)
        except WorldError as error:
            named = (replace(one, file=called) if one.file.endswith(called) else one for one in error.mistakes)
            raise WorldError(named) from None


def _outside(layer: Layer) -> list[Mistake]:
    """Return where a file names others that did not come with it."""
    found, extended = list[Mistake](), layer.tree.get("extends")
    if extended is not None and extended not in shipped():
        said = f"is {shown(extended)}: no such world is shipped"
        found.append(_mistake(layer, ("extends",), said, nearest(str(extended), shipped(), "shipped are")))
    for place in _FILES:
        named: Any = standing_at(layer.tree, *place)
        if isinstance(named, str) and named != "none":
            said = f"is {shown(named)}: a world that is sent names no files"
            found.append(_mistake(layer, place, said, "write what stands in that file in its place"))
    return found


def _mistake(layer: Layer, place: Place, problem: str, right: str) -> Mistake:
    return Mistake(layer.file, key_of(place), line_of(layer.lines, place), problem, right)


def named(made: Calibration, name: str, horizon: float) -> Calibration:
    """Return a calibration whose world has a name, and the horizon that it had before it was fitted.

    Raises
    ------
    WorldError
        If it cannot be called so.
    """
    world = variant(made.world, {"time": {"horizon": duration(horizon)}}, name=name)
    return replace(made, world=world)


def toml_of(world: World) -> str:
    """Return a world as a file that stands by itself."""
    return file_of(written(world), {}, [])
