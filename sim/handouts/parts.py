"""What a report is made of, whatever it is written as: sections of words, notes, tables, pictures and listings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sim.languages import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tone = Literal["", "better", "worse"]


@dataclass(frozen=True)
class Row:
    """Cells, the first of which names the row; ``tone`` says what the last one means."""

    cells: tuple[str, ...]
    tone: Tone = ""


@dataclass(frozen=True)
class Group:
    """Rows under a name of their own; an empty one stands nowhere."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption and a heading.

    Attributes
    ----------
    words : tuple of int
        The columns that hold words and begin at the left; the others hold numbers.
    widths : tuple of float
        What the columns take of a page's width, added up to 1.
    """

    caption: str
    heading: tuple[str, ...]
    groups: tuple[Group, ...]
    words: tuple[int, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Words:
    """Sentences, a paragraph each; a finding is what somebody reads first, a warning what nobody may miss."""

    said: tuple[str, ...]
    kind: Literal["plain", "finding", "warning"] = "plain"


@dataclass(frozen=True)
class Notes:
    """Sentences as a list."""

    said: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names and what they are."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A figure: what it is, what it finds, and what else it shows in words, for who does not see it."""

    name: str
    finding: str
    words: tuple[str, ...]
    figure: Figure

    @property
    def alternative(self) -> str:
        """What stands in the figure's place where it is not seen."""
        return f"{self.name}. {self.finding}".strip()


@dataclass(frozen=True)
class Listing:
    """Text that stands as it is written: a command, a file."""

    name: str
    text: str


Part = Words | Notes | Facts | Table | Picture | Listing


@dataclass(frozen=True)
class Section:
    """Parts under a heading; of a folded one a page shows the heading until more is asked for.

    ``key`` is what the section is called whatever the language.
    """

    key: str
    heading: str
    parts: Sequence[Part]
    folded: bool = False


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    title: str
    language: Language
    about: tuple[str, ...]
    sections: Sequence[Section] = field(default_factory=tuple)
