"""Facts about keys, written on the fields of the models: whoever needs one reads it there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

T = TypeVar("T")


class Fact(Enum):
    """What is or is not so of a key; the words to write it with stand below."""

    OWN = auto()
    LABEL = auto()
    WHOLE = auto()
    ORDERED = auto()
    SWITCHED = auto()
    UP_TO_A_DAY = auto()
    UP_TO_A_YEAR = auto()
    HARMLESS = auto()
    GIVEN = auto()


Own = Annotated[T, Fact.OWN]
"""Each file's own: not inherited, no difference between worlds, no part of a digest."""
Label = Annotated[T, Fact.LABEL]
"""What the values beside it are called: a difference, but no part of a digest."""
Whole = Annotated[T, Fact.WHOLE]
"""One value though it may be a table: laid over another whole, and told in one line."""
Ordered = Annotated[T, Fact.ORDERED]
"""Where it is a table, its order counts: luck and codes go by it."""
Switched = Annotated[T, Fact.SWITCHED]
"""A block that "none" takes away, as if it stood in no file."""
UpToADay = Annotated[T, Fact.UP_TO_A_DAY]
"""A time of which a day is the most that makes sense: more is possible, but most likely a wrong unit."""
UpToAYear = Annotated[T, Fact.UP_TO_A_YEAR]
"""The same of a year."""
Harmless = Annotated[T, Fact.HARMLESS]
"""Names in it that nothing bears do no harm: they are never asked for, and a class without a chance is solved."""
GivenName = Annotated[str, Fact.GIVEN]
"""A name that the user gives here, to be printed in tables."""


@dataclass(frozen=True)
class NameOf:
    """A name that is given elsewhere: of what, and in which table."""

    what: str
    table: tuple[str, ...] = ()
    also: NameOf | None = None
    """What else it may be a name of."""


TEAM, REASON = NameOf("team", ("teams",)), NameOf("reason", ("population", "reasons"))
SEGMENT, QUEUE = NameOf("segment", ("population", "segments")), NameOf("team", ("teams",), NameOf("queue", ("queues",)))
CLASS = NameOf("difficulty class")
CHANNEL = NameOf("channel", ("messages",), NameOf("channel", ("desks",), NameOf("channel", ("chats",))))
CASE = NameOf("case", ("cases",))
TeamName = Annotated[str, TEAM]
QueueName = Annotated[str, QUEUE]
"""A queue: one of those that stand in a table of their own, or a team's own, by the name of the team."""
SegmentName = Annotated[str, SEGMENT]
ReasonName = Annotated[str, REASON]
ClassName = Annotated[str, CLASS]
ChannelName = Annotated[str, CHANNEL]
"""A way to reach the firm: "phone", or one of the tables of channels."""
CaseName = Annotated[str, CASE]


@dataclass(frozen=True)
class InsteadOf:
    """Another way to say what a key beside it says: the file that says either way says both.

    What is named as said besides is said by this way, too, but does not say this one.
    """

    key: str
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Neutral:
    """The default with which a key came into being, written as the one it has by now; see `sim.reading.digests`."""

    value: Any


@dataclass(frozen=True)
class AtMost:
    """The most that makes sense of an amount, with its unit; more is most likely a wrong unit."""

    most: float
    unit: str


@dataclass(frozen=True)
class Usual:
    """What it is usually turned to: from, to, and in steps of."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class UsualTimes:
    """Times it is usually turned to (min)."""

    times: tuple[float, ...]


@dataclass(frozen=True)
class HowToWrite:
    """What is suggested where it is missing, or of the wrong kind."""

    said: str


def _none(written: Any) -> Any:
    return None if written == "none" else written


OrNone = Annotated[T | None, BeforeValidator(_none)]
"""What may be left out, or written ``"none"``."""
