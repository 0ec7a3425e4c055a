"""Every key that a world may have, found by walking its models; names of teams, reasons and paths stand as ``*``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from sim.reading.fields import inner_models, keys, matches
from sim.world.facts import Fact


def leaves() -> Iterator[str]:
    """Yield every key that is no block; one that chooses among words once for each word, as ``key=word``."""
    for place, key in keys():
        name = ".".join(place)
        if key.has(Fact.OWN) or any(inner_models(key.kind)):
            continue
        if get_origin(key.field.annotation) is Literal:
            yield from (f"{name}={word}" for word in get_args(key.field.annotation))
        else:
            yield name


def leaf_of(key: str) -> str:
    """Return the leaf that a key of one world is, such as ``teams.*.talk`` for ``teams.front.talk``."""
    return next(".".join(place) for place, _ in keys() if matches(tuple(key.split(".")), (place,)))
