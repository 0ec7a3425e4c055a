"""Every key that a world may have, found by walking its models; names of teams, reasons and paths stand as ``*``."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario import World

OF_NO_MATTER = ("name", "about", "service_level.target")
"""What a world is called, and what is aimed at: nothing that is lived or measured depends on them."""


def leaves(model: type[BaseModel] = World, place: str = "") -> Iterator[str]:
    """Yield every key; one that chooses among words once for each word, as ``key=word``."""
    for name, field in model.model_fields.items():
        key = f"{place}{field.alias or name}"
        if key not in OF_NO_MATTER:
            yield from _below(field.annotation, key)


def _below(kind: Any, key: str) -> Iterator[str]:
    kind = _bare(kind)
    if get_origin(kind) is dict and _is_block(get_args(kind)[1]):
        yield from leaves(get_args(kind)[1], f"{key}.*.")
    elif get_origin(kind) is Literal:
        yield from (f"{key}={word}" for word in get_args(kind))
    elif _is_block(kind):
        yield from leaves(kind, f"{key}.")
    else:
        yield key


def _bare(kind: Any) -> Any:
    """Take away what only limits a value, and the choice to leave it out."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        left = [one for one in get_args(kind) if one is not type(None)]
        return _bare(left[0]) if len(left) == 1 else kind
    return kind


def _is_block(kind: Any) -> bool:
    """Say whether it is a block of keys: a law, which is many values at one place, is none."""
    return isinstance(kind, type) and issubclass(kind, BaseModel) and "law" not in kind.model_fields
