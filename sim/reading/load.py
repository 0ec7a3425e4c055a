"""Worlds from files: read, laid over what they extend, checked, and every mistake told at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.asked import nearest
from sim.quoting import short
from sim.reading.attached import with_files
from sim.reading.blocks import blocks_of, blocks_of_world
from sim.reading.checks import names
from sim.reading.layers import chain, in_layer, laid_over, located
from sim.reading.mistakes import Finding, Mistake, WorldError, key_of, shown
from sim.reading.reading import Layer, out_of_bounds
from sim.reading.sense import sense
from sim.reading.shipped import named, shipped_file
from sim.reading.trees import Tree, without_none
from sim.reading.wording import findings_of
from sim.world import World


def load(source: str | Path) -> World:
    """Read a world.

    Parameters
    ----------
    source : str or Path
        The name of a shipped world or variant, such as ``"base"``, or the path of a TOML file.

    Returns
    -------
    World
        A frozen value: times in minutes, money in EUR, shares from 0 to 1.

    Raises
    ------
    WorldError
        With every mistake in the file and in those it extends.
    ValueError
        If the source is neither a text nor a path.

    Examples
    --------
    >>> load("base").teams["front"].talk
    8.6
    """
    if not isinstance(source, (str, Path)):
        raise ValueError(f"source is {shown(source)}: it has to be the name of a shipped world, or a path")
    path = _file_of(source)
    layers, mistakes = chain(path)
    if not layers:
        raise WorldError(mistakes)
    return from_layers(layers, mistakes)


def from_layers(layers: Sequence[Layer], mistakes: Sequence[Mistake] = ()) -> World:
    """Return the world that a file and those it extends say together, the nearest first.

    Parameters
    ----------
    mistakes : sequence of Mistake
        That were found where a further one was looked for.

    Raises
    ------
    WorldError
        With every mistake.
    """
    layers, of_files = with_files(layers)
    tree, in_vain = laid_over(layers)
    tree.setdefault("name", short(Path(layers[0].file).stem))
    if mistakes:
        raise WorldError(_beside([*mistakes, *of_files], layers, tree, ()))
    if of_files:
        raise WorldError(_beside(of_files, layers, tree, names(tree)))
    return _world(tree, layers, in_vain)


def _beside(mistakes: Iterable[Mistake], layers: Sequence[Layer], tree: Tree, more: Iterable[Finding]) -> list[Mistake]:
    """Return mistakes that keep a part of a world out of reach, and those in what is there."""
    told = [finding for finding in _validated(_plain(tree))[1] if finding.problem != "is missing"]
    return _in_order([*mistakes, *(located(finding, layers, tree) for finding in (*told, *more))], layers)


def world_of(world: World | str | Path, what: str = "world") -> World:
    """Return the world that is meant: itself, or the one that a name or a path stands for.

    Parameters
    ----------
    what : str
        What the caller names it, such as ``first``; the error begins with it.

    Raises
    ------
    WorldError
        With every mistake in the file that is named; it is a ValueError.
    ValueError
        If it is no world, no name and no path.

    Examples
    --------
    >>> world_of("base").name
    'base'
    """
    if isinstance(world, World):
        return world
    if isinstance(world, (str, Path)):
        return load(world)
    kinds = "a World, the name of a shipped one, or the path of a TOML file"
    raise ValueError(f"{what} is {shown(world)} ({type(world).__name__}); it has to be {kinds}")


def variant(world: World | str | Path, changes: Mapping[str, Any], *, name: str | None = None) -> World:
    """Return a world that differs from another as a file that extends it would, with the same checks.

    Parameters
    ----------
    world : World, str or Path
        The other world, or its name or path.
    changes : mapping
        As a TOML file would hold them: ``{"levers": {"time": {"cut_after": "20 min"}}}``. Files that they name are
        looked for from the folder one works in.
    name : str, optional
        Of the world returned.

    Returns
    -------
    World
        Checked as a file is; the other one stays as it was.

    Raises
    ------
    WorldError
        With every mistake in the changes.
    ValueError
        If the changes are no mapping, or the name no text.

    Examples
    --------
    >>> variant(load("base"), {"teams": {"front": {"staff": 12}}}).teams["front"].staff
    12
    """
    world = world_of(world)
    if not isinstance(changes, Mapping):
        raise ValueError(f'changes is {shown(changes)}: it has to be a mapping, such as {{"teams": {{...}}}}')
    if not isinstance(name, (str, type(None))):
        raise ValueError(f"name is {shown(name)}: it has to be a text, or None for the other world's")
    file = f"variant of {world.name}"
    beyond = [Mistake(file, key_of(one.place), None, one.problem) for one in out_of_bounds(changes)]
    if beyond:
        raise WorldError(beyond)
    layers, mistakes = with_files([Layer(file, dict(changes), {}), Layer(world.name, written(world), {})])
    tree, in_vain = laid_over(layers)
    tree["name"] = world.name if name is None else name
    tree.setdefault("about", world.about)
    if mistakes:
        raise WorldError(_beside(mistakes, layers, tree, names(tree)))
    return _world(tree, layers, in_vain)


def mistakes_in(world: World | str | Path) -> tuple[Mistake, ...]:
    """Return what makes no sense in a world that was put together without a file."""
    world = world_of(world)
    tree = written(world)
    layers = [Layer(world.name, tree, {})]
    findings = [*names(tree), *sense(blocks_of_world(world))]
    return tuple(located(finding, layers, tree) for finding in findings)


def written(world: World | str | Path) -> Tree:
    """Return a world as a TOML file would hold it: durations with units, every key that has a value."""
    world = world_of(world)
    tree: Tree = without_none(world.as_tree())
    return tree


def _file_of(source: str | Path) -> Path:
    if isinstance(source, Path):
        return source
    if source in named():
        return shipped_file(source)
    path = Path(source)
    if source.endswith(".toml") or "/" in source or "\\" in source or "\0" in source or _exists(path):
        return path
    suggestion = nearest(source, named(), "shipped are")
    said = "no world of this name is shipped, and there is no such file"
    raise WorldError([Mistake(source, "", None, said, suggestion)])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name longer than any file's
        return False


def _world(tree: Tree, layers: Sequence[Layer], in_vain: Sequence[tuple[Layer, Finding]]) -> World:
    tree = _plain(tree)
    world, findings = _validated(tree)
    blocks = blocks_of(tree) if world is None else blocks_of_world(world)
    findings += [*names(tree), *sense(blocks)]
    mistakes = [in_layer(finding, layer) for layer, finding in in_vain]
    mistakes += [located(finding, layers, tree) for finding in findings]
    if mistakes or world is None:
        raise WorldError(_in_order(mistakes, layers))
    return world


def _validated(tree: Tree) -> tuple[World | None, list[Finding]]:
    try:
        return World.model_validate(tree, strict=True), []
    except ValidationError as error:
        return None, list(findings_of(error, tree))


def _plain(value: Any) -> Any:
    """Turn lists into tuples and integers beyond all use into floats, as the strict models want them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_plain(inner) for inner in value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return math.inf if value > 0 else -math.inf
    return value


def _in_order(mistakes: Iterable[Mistake], layers: Sequence[Layer]) -> list[Mistake]:
    """Put mistakes in the order of files and lines, each once."""
    files = {layer.file: at for at, layer in enumerate(layers)}
    once = dict.fromkeys(mistakes)
    return sorted(once, key=lambda mistake: (files.get(mistake.file, len(files)), mistake.line or 0))


def from_tree(tree: Mapping[str, Any], called: str) -> World:
    """Return the world that a table such as `written` gives holds, with the checks of a file.

    Parameters
    ----------
    called : str
        What mistakes call it.

    Raises
    ------
    WorldError
        With every mistake.
    """
    beyond = [Mistake(called, key_of(one.place), None, one.problem) for one in out_of_bounds(tree)]
    if beyond:
        raise WorldError(beyond)
    layers = [Layer(called, dict(tree), {})]
    whole, in_vain = laid_over(layers)
    return _world(whole, layers, in_vain)
