"""Figures in another language: every text that is drawn, titles, axes, ticks and legends, is told anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.figures.names import plain
from sim.figures.saving import figure_of
from sim.figures.style import TITLES, broken
from sim.languages import Language, numerals, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text


_ANY = 1_000
"""Letters of a label that has all the room it wants."""


def translated(drawn: Figure | Axes | Sequence[Axes], language: Language = "en") -> Figure:
    """Put all that a figure says into a language, and return the figure.

    What no catalogue has stays English; numbers that stand alone are written as the language does.

    Parameters
    ----------
    drawn : Figure, Axes or sequence of Axes
        A figure, or what the functions of `sim.figures` return. It is changed.
    """
    from matplotlib.text import Text

    figure = figure_of(drawn)
    if language == "en":
        return figure
    for ax in figure.axes:
        under = [line for label in ax.get_xticklabels() for line in label.get_text().splitlines()]
        _ticks(ax.xaxis, language, max(map(len, under), default=1))
        _ticks(ax.yaxis, language, _ANY)
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        _text(text, language)
    return figure


def _text(text: Text, language: Language) -> None:
    if text in TITLES:
        finding, wide = TITLES[text]
        text.set_text(broken(told(finding, language), wide))
    elif text.get_text():
        text.set_text(_told(text.get_text(), language))


def _told(said: str, language: Language) -> str:
    r"""Tell what is drawn: names were made to be drawn as they stand, with ``\$`` for a dollar."""
    unmade = said.replace(r"\$", "$")
    other = told(unmade, language)
    if other == unmade and "\n" in unmade:
        other = told(unmade.replace("\n", " "), language)
        other = unmade if other == unmade.replace("\n", " ") else _as_tall(other, unmade.count("\n") + 1)
    return plain(numerals(other, language) if other == unmade else other)


def _label(said: str, language: Language, wide: int) -> str:
    """Tell a label, in lines of so many letters at most: under an axis a wider one would lie over the next."""
    import textwrap

    other = _told(said, language)
    return other if other == said else "\n".join(textwrap.wrap(other, wide, break_long_words=False))


def _as_tall(said: str, lines: int) -> str:
    """Break a text into about so many lines."""
    import textwrap

    return "\n".join(textwrap.wrap(said, max(len(said) // lines + 4, 8)))


def _ticks(axis: Axis, language: Language, wide: int) -> None:
    """Let the labels of ticks be told: what writes them writes them anew each time a figure is drawn."""
    from matplotlib.ticker import FixedFormatter, Formatter, NullFormatter

    class Told(Formatter):
        """Writes as another does, in the language."""

        def __init__(self, other: Formatter) -> None:
            self.other = other

        def set_axis(self, axis: object) -> None:
            self.other.set_axis(axis)  # type: ignore[arg-type]

        def set_locs(self, locs: list[float]) -> None:
            self.other.set_locs(locs)

        def get_offset(self) -> str:
            return numerals(self.other.get_offset(), language)

        def __call__(self, x: float, pos: int | None = None) -> str:
            return _label(self.other(x, pos), language, wide)

    for minor in (False, True):
        other = axis.get_minor_formatter() if minor else axis.get_major_formatter()
        if isinstance(other, NullFormatter):
            continue
        if isinstance(other, FixedFormatter):
            made: Formatter = FixedFormatter([_label(one, language, wide) for one in other.seq])
        else:
            made = Told(other)
        (axis.set_minor_formatter if minor else axis.set_major_formatter)(made)
