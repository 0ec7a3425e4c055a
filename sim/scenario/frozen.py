"""What every part of a world is: a frozen value that knows its keys, and equals what is equal."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A frozen value that refuses keys it does not know; its docstrings are the help texts.

    Two are equal when all their values are; tables are equal in any order, but those named in `ordered`.
    """

    # Schemas are built when first used and docstrings read when asked for (schema.py): importing stays quick.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
    ordered: ClassVar[tuple[str, ...]] = ()
    """Tables whose order counts: luck and codes go by it."""

    def __eq__(self, other: object) -> bool:
        """Say whether all values are equal, and the tables whose order counts in the same order."""
        if self is other:
            return True
        if not isinstance(other, Frozen) or not super().__eq__(other):
            return False
        return all(self._order(name) == other._order(name) for name in self.ordered)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((type(self), *map(_hashable, self.__dict__.values())))

    def _order(self, name: str) -> list[str] | None:
        table = getattr(self, name)
        return list(table) if isinstance(table, dict) else None


def _hashable(value: Any) -> Any:
    """Return a value that can be hashed and is equal where this one is."""
    if isinstance(value, dict):
        return frozenset((name, _hashable(inner)) for name, inner in value.items())
    return value
