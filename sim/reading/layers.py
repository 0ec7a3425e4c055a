"""A world as a difference: a file and the files it extends, read and laid over one another.

How a file is laid over the one it extends:

* tables are merged key by key, and what the nearer file says stands;
* some tables are one value and are replaced whole: a law (any table with the key ``law``), a team's
  ``staff``, a path's ``to``, a reason's ``difficulty``, and ``[tariff]`` wherever it names a ``regime`` (its
  values then come from the regime and the keys beside it, none from the file extended); so are lists;
* ``"none"`` takes away what the extended file says of an optional value, of a lever, or of anything that has
  a name of its own: a reason, a segment, a team, a path, a route, a chance of solving;
* ``name`` and ``about`` are each file's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.asked import nearest
from sim.files import is_file, real_path
from sim.quoting import short
from sim.reading.fields import keys, matches, places, tables
from sim.reading.lines import line_of
from sim.reading.mistakes import Finding, Mistake, WorldError, key_of, shown
from sim.reading.reading import Layer, beside, read_layer
from sim.reading.shipped import named, regimes, shipped_file
from sim.reading.trees import Tree, holds, standing_at
from sim.world.facts import Fact, InsteadOf

_WHOLE, _SWITCHED = places(Fact.WHOLE), places(Fact.SWITCHED)
_NAMED = tuple(
    entry
    for place, key in keys()
    for entry, _ in tables(key.kind, place)
    if not any(entry[:many] in _WHOLE for many in range(len(entry)))
)
"""What has a name of its own."""
_INSTEAD = [(place, said) for place, key in keys() if (said := key.fact(InsteadOf))]
_WAYS = [
    {(*place[:-1], said.key), *(way for way, other in _INSTEAD if other.key == said.key)} for place, said in _INSTEAD
]
"""Several ways to say one thing: what the nearer file says stands, whichever the farther one took."""
_BESIDES = [(place, {(*place[:-1], key) for key in said.besides}) for place, said in _INSTEAD]
"""Ways to say one thing with which others are said."""
OWN = ("extends", *(place[0] for place, key in keys() if key.has(Fact.OWN)))
"""What a file says of itself alone."""
_MOST_FILES = 30


def chain(path: Path) -> tuple[list[Layer], list[Mistake]]:
    """Read a file and those it extends, the nearest first; mistakes end the chain but lose nothing read."""
    layers: list[Layer] = []
    seen: list[Path] = []
    wanted: Path | None = path
    while wanted is not None:
        try:
            layers.append(read_layer(wanted))
        except WorldError as error:
            return layers, list(error.mistakes)
        seen.append(real_path(wanted))
        layer = layers[-1]
        wanted, problem, suggestion = _extended(layer.tree.get("extends"), wanted)
        if wanted is not None and real_path(wanted) in seen:
            names = [known.stem for known in seen[seen.index(real_path(wanted)) :]]
            problem = f"goes round in a loop: {' -> '.join([*names, names[0]])}"
            suggestion, wanted = "one of these worlds must stand on its own", None
        elif wanted is not None and len(layers) == _MOST_FILES:
            problem, wanted = f"leads beyond {_MOST_FILES} files, which is the most", None
        if problem:
            mistake = Mistake(layer.file, "extends", line_of(layer.lines, ("extends",)), problem, suggestion)
            return layers, [mistake]
    return layers, []


def _extended(name: object, at: Path) -> tuple[Path | None, str, str]:
    """Return the file meant by ``extends``, or what is wrong with it and what would be right."""
    if name is None:
        return None, "", ""
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        return None, f"is {shown(name)}: it names one world", 'write for example extends = "base"'
    if name.endswith(".toml") or "/" in name:
        path = at.parent / name
        if is_file(path):
            return path, "", ""
        return None, f"is {shown(name)}: there is no such file beside this one", beside(path)
    if name in named():
        return shipped_file(name), "", ""
    if is_file(at.parent / f"{name}.toml"):
        return (
            None,
            f"is {shown(name)}: no such world is shipped",
            f'write extends = "{name}.toml" for the file',
        )
    return None, f"is {shown(name)}: no such world is shipped", nearest(name, named(), "shipped are")


def laid_over(layers: Sequence[Layer]) -> tuple[Tree, list[tuple[Layer, Finding]]]:
    """Return what the layers, nearest first, say together, and what they take away in vain."""
    tree: Tree = {}
    findings: list[tuple[Layer, Finding]] = []
    for layer in reversed(layers):
        said = {key: value for key, value in layer.tree.items() if key not in OWN}
        findings += [(layer, finding) for finding in _removed_in_vain(tree, said)]
        tree = merged(tree, said)
    tree.update({key: layers[0].tree[key] for key in OWN[1:] if key in layers[0].tree})
    return tree, findings


def merged(under: Tree, over: Tree, at: tuple[str, ...] = ()) -> Tree:
    """Lay one tree over another; neither is changed."""
    result = {key: value for key, value in under.items() if not _said_anew((*at, key), over)}
    for key, value in over.items():
        here = (*at, key)
        if here == ("tariff",) and isinstance(value, dict) and "regime" in value:
            result[key] = with_regime(value)
        elif value == "none" and _may_go(here):
            result.pop(key, None)
        elif isinstance(value, dict) and not _one_value(here, result.get(key), value):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, dict) else {}, value, here)
        else:
            result[key] = value
    return result


def _said_anew(here: tuple[str, ...], over: Tree) -> bool:
    """Say whether the nearer file says in another way what stands here."""
    ways = {way for group in _WAYS if here in group for way in group}
    ways |= {way for way, besides in _BESIDES if here in besides}
    return any(over.get(way[-1], "none") != "none" for way in ways)


def with_regime(tariff: Tree) -> Tree:
    """Fill a tariff with the values of the regime it names; keys given beside it win."""
    name = tariff.get("regime")
    values = regimes().get(name, {}) if isinstance(name, str) else {}
    return merged({key: value for key, value in values.items() if key != "about"}, tariff, ("regime",))


def _one_value(here: tuple[str, ...], under: object, over: Tree) -> bool:
    return "law" in over or (isinstance(under, dict) and "law" in under) or matches(here, _WHOLE)


def _may_go(here: tuple[str, ...]) -> bool:
    """Say whether "none" takes away what stands here."""
    return matches(here, _NAMED) or matches(here, _SWITCHED)


def _removed_in_vain(under: object, over: Tree, at: tuple[str, ...] = ()) -> Iterator[Finding]:
    for key, value in over.items():
        here = (*at, key)
        below = under.get(key) if isinstance(under, dict) else None
        if matches(here, _SWITCHED):
            continue
        if value == "none" and below is None and matches(here, _NAMED):
            known = list(under) if isinstance(under, dict) else []
            yield Finding(here, 'is "none", but there is nothing of that name to take away', nearest(key, known))
        elif isinstance(value, dict):
            yield from _removed_in_vain(below, value, here)


def located(finding: Finding, layers: Sequence[Layer], tree: Tree) -> Mistake:
    """Say in which file and on which line a finding stands: the nearest layer that holds the key."""
    for many in range(len(finding.place), 0, -1):
        place = finding.place[:many]
        if not holds(tree, place):
            continue
        for layer in layers:
            if holds(layer.tree, place):
                whole = _added_up(finding, layers, tree) if finding.parts else finding
                return in_layer(whole if layer is layers[0] else _inherited(whole, layers[0]), layer)
    return Mistake(layers[0].file, key_of(finding.place), None, finding.problem, finding.suggestion)


def _inherited(finding: Finding, nearest_file: Layer) -> Finding:
    """Add how the nearest file says otherwise than the one that it extends, or takes away what has a name."""
    right = f"it is inherited: {nearest_file.file} may say otherwise"
    for many in range(len(finding.place), 0, -1):
        named = tuple(map(str, finding.place[:many]))
        if _may_go(named):
            right += f', or take it away with {key_of(named)} = "none"'
            break
    return finding._replace(suggestion="; ".join(filter(None, (finding.suggestion, right))))


def _added_up(finding: Finding, layers: Sequence[Layer], tree: Tree) -> Finding:
    """Name the values that are wrong together; where they come from several files, these and what takes one away."""
    terms, files = [], set()
    for place in finding.parts:
        layer = next((one for one in layers if holds(one.tree, place)), layers[0])
        files.add(layer.file)
        terms.append((str(place[-2]), shown(standing_at(tree, *place)), layer))
    several = len(files) > 1
    said = " + ".join(f"{short(name)} {value}" + f" ({layer.file})" * several for name, value, layer in terms[:12])
    farther = [name for name, _, layer in terms if layer is not layers[0]]
    taken = f'take away what is inherited with {key_of((*finding.place, farther[0]))} = "none"' if farther else ""
    return finding._replace(problem=f"{finding.problem}: {said}{' ...' * (len(terms) > 12)}", suggestion=taken)


def in_layer(finding: Finding, layer: Layer) -> Mistake:
    """Turn a finding into a mistake of this file."""
    line = line_of(layer.lines, finding.place)
    return Mistake(layer.file, key_of(finding.place), line, finding.problem, finding.suggestion)
