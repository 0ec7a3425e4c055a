"""A world that is sent as the content of a file: read as data, and no other file on this computer with it."""

from __future__ import annotations

from sim.asked import nearest
from sim.reading.attached import COUNTS, REPLAY
from sim.reading.layers import chain
from sim.reading.lines import line_of
from sim.reading.load import from_layers
from sim.reading.mistakes import Mistake, Place, WorldError, key_of, shown
from sim.reading.reading import Layer, decoded, layer_of
from sim.reading.shipped import named, profiles, shipped_file
from sim.reading.trees import standing_at
from sim.world import World


def sent(content: bytes, called: str) -> World:
    r"""Return the world in the content of a TOML file, with the checks of `sim.load`.

    It may extend a shipped world, and name shipped counts; a file of this computer it may not name.

    Parameters
    ----------
    called : str
        What mistakes call the file.

    Raises
    ------
    WorldError
        With every mistake, and its line.

    Examples
    --------
    >>> world = sent(b'about = "Mine."\nextends = "base"\nlevers.time.cut_after = "10 min"', "mine.toml")
    >>> world.levers.time.cut_after
    10.0
    """
    layer = layer_of(decoded(content, called), called)
    mistakes = _outside(layer)
    if mistakes:
        raise WorldError(mistakes)
    extended = layer.tree.get("extends")
    if extended is None:
        return from_layers([layer])
    layers, mistakes = chain(shipped_file(str(extended)))
    return from_layers([layer, *layers], mistakes)


def _outside(layer: Layer) -> list[Mistake]:
    """Return where a file that was sent names others that did not come with it."""
    found: list[Mistake] = []
    extended = layer.tree.get("extends")
    if extended is not None and extended not in named():
        right = nearest(str(extended), named(), "shipped are")
        found.append(_mistake(layer, ("extends",), f"is {shown(extended)}: no such world is shipped", right))
    for place, names in ((COUNTS, list(profiles())), (REPLAY, [])):
        written = standing_at(layer.tree, *place)
        if isinstance(written, str) and written not in ("none", *names):
            said = f"is {shown(written)}: a world that is sent names no files of its own"
            found.append(_mistake(layer, place, said, "give what stands in that file in its place"))
    return found


def _mistake(layer: Layer, place: Place, problem: str, suggestion: str) -> Mistake:
    return Mistake(layer.file, key_of(place), line_of(layer.lines, place), problem, suggestion)
