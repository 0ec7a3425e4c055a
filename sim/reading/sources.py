"""Where the values of a shipped world come from: the file that says each, its line, and the comment beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sim.reading.layers import chain
from sim.reading.lines import comments, key_lines
from sim.reading.mistakes import shown
from sim.reading.reading import Layer, text_of
from sim.reading.shipped import folder, named, regimes, shipped_file, spoken
from sim.reading.trees import holds, standing_at

REGIMES = "tariffs/regimes.toml"


class Source(NamedTuple):
    """Where a value was said, and why.

    Attributes
    ----------
    file : str
        As it lies among the shipped ones: ``base.toml``, or ``tariffs/regimes.toml``.
    line : int
        Counted from 1.
    comment : str
        What stands beside the value, or above it; may be empty.
    """

    file: str
    line: int
    comment: str

    @property
    def is_guess(self) -> bool:
        """Say whether the comment calls the value a guess."""
        return "guess" in self.comment.split(";")[0].lower()


def source_of(world: str, place: tuple[str, ...]) -> Source | None:
    """Return where a shipped world's value is said; None where no file says it: it is the program's own default.

    Parameters
    ----------
    world : str
        A name of `shipped` or `variants`.
    place : tuple of str
        Such as ``("levers", "time", "cut_after")``.

    Raises
    ------
    ValueError
        If no world of that name is shipped.

    Examples
    --------
    >>> source_of("double_peine", ("teams", "front", "wage")).file
    'hotline_2005.toml'
    """
    if world not in named():
        raise ValueError(f"is {shown(world)}: no such world is shipped")
    for layer in _layers(world):
        regime = standing_at(layer.layer.tree, "tariff", "regime")
        if place[0] == "tariff" and place[1:2] != ("regime",) and regime not in (None, "none"):
            if holds(layer.layer.tree, place):
                return layer.source(place)
            return _of_a_regime(str(regime), place)
        if holds(layer.layer.tree, place):
            return layer.source(place)
    return None


class _Read(NamedTuple):
    layer: Layer
    name: str
    comments: dict[tuple[str, ...], str]

    def source(self, place: tuple[str, ...]) -> Source:
        """Return what the file says of a place, or of the nearest key around it that stands on a line of its own."""
        many = next((n for n in range(len(place), 0, -1) if place[:n] in self.layer.lines), 0)
        here = place[:many]
        return Source(self.name, self.layer.lines.get(here, 1), self.comments.get(here, ""))


def _layers(world: str) -> tuple[_Read, ...]:
    return _read(world, shipped_file(world).stat().st_mtime_ns)


@lru_cache(32)
def _read(world: str, changed: int) -> tuple[_Read, ...]:
    read, path = [], shipped_file(world)
    for layer in chain(path)[0]:
        read.append(_Read(layer, path.relative_to(folder()).as_posix(), comments(text_of(path, spoken(path)))))
        path = shipped_file(str(layer.tree.get("extends")))
    return tuple(read)


def _of_a_regime(regime: str, place: tuple[str, ...]) -> Source | None:
    here = (regime, *place[1:])
    if not holds(regimes(), here):
        return None
    path = folder() / REGIMES
    text = text_of(path, REGIMES)
    return Source(REGIMES, key_lines(text).get(here, 1), comments(text).get(here, ""))
