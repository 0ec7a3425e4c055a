"""A short name for all that a world is, which keys that came into being later leave as it was.

A digest is taken of what differs from the neutral values of the keys. Neutral is the default with which a key came into
being: the worlds that were there before do not have the key, and keep their digests. A default that is changed later
changes the digest of the worlds that rely on it, since `Neutral` beside the field holds on to the first one. Keys
without a default always count.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter

from sim.reading.border import Meant, possible
from sim.reading.fields import Key, declared
from sim.world.facts import Fact, Neutral


def digest(world: Meant) -> str:
    """Return 12 hexadecimal digits that stand for a world's values; name, about and the regime's name aside.

    However a world was written, equal values give equal digits. The order of reasons, classes, segments, teams
    and paths counts: luck goes by it.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.

    Returns
    -------
    str
    """
    return full_digest(world)[:12]


def full_digest(world: Meant) -> str:
    """Return the SHA-256 of what a world says beyond what is neutral, in canonical JSON (64 hexadecimal digits)."""
    told = json.dumps(_told(possible(world)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _told(block: BaseModel) -> dict[str, Any]:
    """Return what a block says beyond what is neutral, by key as a file has it."""
    said = {}
    for key in declared(type(block)):
        if key.field.exclude or key.has(Fact.OWN) or key.has(Fact.LABEL):
            continue
        value = _canonical(getattr(block, key.name), ordered=key.has(Fact.ORDERED))
        if key.field.is_required() or value != neutral(key):
            said[key.written] = value
    return said


@cache
def neutral(key: Key) -> Any:
    """Return the value, in canonical form, of a key with a default that leaves all digests as they are."""
    born, default = key.fact(Neutral), key.field.get_default(call_default_factory=True)
    if born is None and isinstance(default, BaseModel):
        return {}  # what differs in the block tells itself: a default changed there, too
    value = default if born is None else born.value
    if key.field.validate_default:
        kind: Any = key.field.annotation
        value = _reader(kind, key.field.discriminator, *key.field.metadata).validate_python(value)
    return _canonical(value, ordered=key.has(Fact.ORDERED))


@cache
def _reader(kind: Any, discriminator: Any, *annotated: Any) -> TypeAdapter[Any]:
    """Return what reads a default that stands as in a file, such as "60 s"."""
    return TypeAdapter(Annotated[(kind, Field(discriminator=discriminator), *annotated)])


def _canonical(value: Any, *, ordered: bool = False) -> Any:
    """Make equal what is equal: 1 and 1.0, 0 and -0, tables in any order but where the order counts."""
    if isinstance(value, BaseModel):
        return _told(value)
    if isinstance(value, dict):
        inside = {name: _canonical(inner) for name, inner in value.items()}
        return [list(pair) for pair in inside.items()] if ordered else inside
    if isinstance(value, (list, tuple)):
        return [_canonical(inner) for inner in value]
    return value + 0.0 if isinstance(value, (int, float)) and not isinstance(value, bool) else value
