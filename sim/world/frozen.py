"""What every part of a world is: a frozen value that knows its keys, and equals what is equal."""

from __future__ import annotations

import signal
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from sim.world.facts import Fact


class Frozen(BaseModel):
    """A frozen value that refuses keys it does not know; its docstrings are the help texts.

    Two are equal when all their values are; tables are equal in any order, but those whose order counts.
    """

    # Schemas are built when first used and docstrings read when asked for (meaning.py): importing stays quick.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    def __eq__(self, other: object) -> bool:
        """Say whether all values are equal, and the tables whose order counts in the same order."""
        if self is other:
            return True
        if not isinstance(other, Frozen) or not super().__eq__(other):
            return False
        return all(self._order(name) == other._order(name) for name in _ordered(type(self)))

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((type(self), *map(_hashable, self.__dict__.values())))

    def as_tree(self, *, without: Collection[str] = (), warnings: bool = True) -> dict[str, Any]:
        """Return the values as a file holds them, tables in tables, without the keys named; None where none is given.

        Raises
        ------
        ValueError, AttributeError, TypeError
            Where no file can hold a value; with `warnings`, Python's warnings tell of values of another kind.
        """
        with _ctrl_c_afterwards():
            return self.model_dump(mode="json", by_alias=True, exclude=set(without), warnings=warnings)

    def _order(self, name: str) -> list[str] | None:
        table = getattr(self, name)
        return list(table) if isinstance(table, dict) else None


@contextmanager
def _ctrl_c_afterwards() -> Iterator[None]:
    """Have an interruption wait: pydantic takes one that comes while it writes for an error of a value, or for none."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    pressed: list[Any] = []
    signal.signal(signal.SIGINT, lambda *said: pressed.append(said))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if pressed:
        usual(*pressed[0])


@cache
def _ordered(model: type[Frozen]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if Fact.ORDERED in field.metadata)


def _hashable(value: Any) -> Any:
    """Return a value that can be hashed and is equal where this one is."""
    if isinstance(value, dict):
        return frozenset((name, _hashable(inner)) for name, inner in value.items())
    return value
