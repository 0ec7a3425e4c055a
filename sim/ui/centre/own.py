"""Worlds of the user's own as files: written whole, so that each can be read alone, and read as data alone."""

from __future__ import annotations

from dataclasses import replace

from sim.reading import World, variant, written
from sim.reading.sent import sent
from sim.reading.writing import file_of
from sim.study.calibrating.calibration import Calibration
from sim.ui.centre.bounds import within_size
from sim.units import duration

LARGEST = 1_000_000
"""Bytes of a world's file that are taken."""


def world_of_file(content: bytes, called: str = "world.toml") -> World:
    """Return the world in a TOML file that was sent (`sim.reading.sent.sent`), if it is no larger than one can be.

    Raises
    ------
    WorldError
        With every mistake and its line.
    Refused
        If it is empty or too large.
    """
    within_size(content, LARGEST)
    return sent(content, called)


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
