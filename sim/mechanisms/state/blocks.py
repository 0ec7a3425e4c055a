"""A customer's state, said once: each mechanism brings its block, a class whose fields say their type and their start.

    class Introduced(Life):
        identified_now: bool = at_each_contact(False)
        identified_ever: bool = at_birth(False)

From the blocks follow the slots of SimPy's object, the fields of the compiled record, and the rules that set them. A
field without a start is SimPy's alone; what only a compiled step keeps stands in a list beside it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_type_hints

import numpy as np

from sim.machine.compiling import rule

T = TypeVar("T")

Short = Annotated[int, np.int16]
"""A number of a team, a leg, a reason."""
Place = Annotated[int, np.int32]
"""A number of a customer, an agent, a contact."""
Long = Annotated[int, np.int64]
"""What may hold several numbers in one."""

_TYPES: dict[Any, Any] = {bool: np.bool_, float: np.float64}


class _When(Enum):
    """When a field is set to its start."""

    GIVEN, AT_BIRTH, AT_EACH_CONTACT = range(3)


class _Start(NamedTuple):
    when: _When
    value: Any


def given(name: str = "") -> Any:
    """Say that a field is taken from `sim.people.Customers`, where it may have another name."""
    return _Start(_When.GIVEN, name)


def at_birth(value: T) -> T:
    """Say where a field starts with the life."""
    return cast("T", _Start(_When.AT_BIRTH, value))


def at_each_contact(value: T) -> T:
    """Say where a field starts with the life, and again with every contact."""
    return cast("T", _Start(_When.AT_EACH_CONTACT, value))


class Block(type):
    """The type of blocks: they have no slots of their own, so that many can be joined in what has the slots of all."""

    def __new__(cls, name: str, bases: tuple[type, ...], said: dict[str, Any]) -> Block:
        """Make a block."""
        said.setdefault("__slots__", ())
        return super().__new__(cls, name, bases, said)


def slots_of(state: type) -> tuple[str, ...]:
    """Return the names of all fields of the blocks that a state is made of, SimPy's own too."""
    return tuple(name for block in reversed(state.__mro__) for name in vars(block).get("__annotations__", {}))


def record_of(state: type) -> list[tuple[str, Any]]:
    """Return the fields that both tellings have, as those of a record."""
    hints = get_type_hints(state, include_extras=True)
    return [(name, _dtype(hints[name])) for name, _ in _starts(state)]


def _dtype(hint: Any) -> Any:
    return hint.__metadata__[0] if hasattr(hint, "__metadata__") else _TYPES[hint]


def born(state: type) -> Callable[[Any], None]:
    """Return a rule that sets all that is not given to where it starts with the life."""
    return _sets({name: start.value for name, start in _starts(state) if start.when is not _When.GIVEN})


def begun_anew(state: type) -> Callable[[Any], None]:
    """Return a rule that sets to its start what starts with every contact."""
    return _sets({name: start.value for name, start in _starts(state) if start.when is _When.AT_EACH_CONTACT})


def row_of_given(state: type) -> Any:
    """Return a type of tuple with all that is taken from `Customers`, by the names it has there."""
    return namedtuple("Who", dict.fromkeys(_given(state).values()))


def endowed(state: type) -> Callable[[Any, Any], None]:
    """Return a rule that takes what is given from such a tuple, or from the record of a customer."""
    return _written("me, who", (f"me.{name} = who.{there}" for name, there in _given(state).items()), {})


def _given(state: type) -> dict[str, str]:
    return {name: start.value or name for name, start in _starts(state) if start.when is _When.GIVEN}


def _sets(values: Mapping[str, Any]) -> Callable[[Any], None]:
    return _written("me", (f"me.{name} = {name}" for name in values), values)


def _written(arguments: str, lines: Iterable[str], known: Mapping[str, Any]) -> Callable[..., None]:
    """Return a rule made of lines: a loop over names takes SimPy thrice as long, and cannot be compiled."""
    found = dict(known)
    exec(f"def written({arguments}):\n  " + "\n  ".join(lines), found)
    return rule(cast("Callable[..., None]", found["written"]))


def _starts(state: type) -> Iterator[tuple[str, _Start]]:
    """Yield the fields that both tellings have, block by block, the first one's first."""
    for block in reversed(state.__mro__):
        yield from ((name, start) for name, start in vars(block).items() if isinstance(start, _Start))
