"""How worlds and meanings look in charts: the colours of the figures, told apart by more than colour."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from sim.figures.style import ACTIVITIES, INK, JUDGED, looks
from sim.history.rows import Activity
from sim.ui.state.speech import told

if TYPE_CHECKING:
    import altair as alt

    from sim.world import World

MIDDLE = "#8A8A8A"
"""In place of ink: seen on white and on black."""
_DARKEST, _PALEST = 0.14, 0.29
"""Luminance between which a mark is seen on both grounds."""
_LETTERS = 26
"""In a line of a name on a telephone."""
_NARROW = 500
"""Pixels of width from which the names in a legend stand beside one another."""


_ACTIVITIES = {activity: look.colour for activity, look in ACTIVITIES.items()} | {
    Activity.MENU: MIDDLE,
    Activity.EXPLANATION: "#D9D9D9",
}
"""Those of the figures, but no white on white; each has an edge that is seen."""


def names_of(worlds: Sequence[World]) -> tuple[str, ...]:
    """Return what worlds are called in a chart, told apart where they bear the same name."""
    names = [world.name for world in worlds]
    return tuple(f"{name} ({at})" if names.count(name) > 1 else name for at, name in enumerate(names, 1))


def colours(worlds: Sequence[World]) -> alt.Scale:
    """Return the scale of the worlds' colours."""
    import altair as alt

    return alt.Scale(domain=list(names_of(worlds)), range=[seen(look.colour) for look in looks(worlds)])


def judged_scale() -> alt.Scale:
    """Return the scale of what a difference means."""
    import altair as alt

    return alt.Scale(domain=[told(word) for word in JUDGED], range=[seen(look.colour) for look in JUDGED.values()])


def activities(met: Iterable[str]) -> alt.Scale:
    """Return the scale of what a customer does on the telephone: of the activities that are met."""
    import altair as alt

    shown = {activity.name.lower(): colour for activity, colour in _ACTIVITIES.items()}
    names = [name for name in shown if name in set(met)]
    return alt.Scale(domain=[activity_called(name) for name in names], range=[shown[name] for name in names])


def activity_called(name: str) -> str:
    """Return what an activity is called in the reader's language."""
    return told(name.lower().replace("_", " "))


def legend(side: Literal["top", "bottom"], columns: int, narrow: int = 1, **more: Any) -> alt.Legend:
    """Return a legend over or under a chart, in so many columns where there is room, and so many on a telephone."""
    import altair as alt

    return alt.Legend(orient=side, columns=alt.ExprRef(_on_a_telephone(narrow, columns)), labelLimit=300, **more)


def slanted() -> dict[str, Any]:
    """Return how labels under bars stand: level where there is room, slanted on a telephone, so that all show."""
    import altair as alt

    stands = {"Angle": (-40, 0), "Align": ("'right'", "'center'"), "Baseline": ("'middle'", "'top'")}
    return {f"label{what}": alt.ExprRef(_on_a_telephone(*ways)) for what, ways in stands.items()}


def broken(names: Iterable[str]) -> dict[str, Any]:
    """Return how names beside rows are written: in a line where there is room, on a telephone in two, a little higher.

    The first of two lines would else stand where one alone does, and the second beside the next row.
    """
    import altair as alt

    lines = json.dumps({name: textwrap.wrap(name, _LETTERS) for name in names})
    written = _on_a_telephone(f"{lines}[datum.label]", "datum.label")
    return {"labelExpr": written, "labelLineHeight": 11, "labelOffset": alt.ExprRef(_on_a_telephone(-3, 0))}


def _on_a_telephone(there: object, elsewhere: object) -> str:
    """Return an expression that is one thing where a chart is narrow, and another elsewhere."""
    return f"containerSize()[0] < {_NARROW} ? {there} : {elsewhere}"


def seen(colour: str) -> str:
    """Return a colour, paler or darker where it would not be seen on white and on black (3 to 1 on both, WCAG 1.4.11).

    Examples
    --------
    >>> seen("#0072B2"), seen("#E69F00"), seen("#222222")
    ('#0072B2', '#C48700', '#8A8A8A')
    """
    if colour == INK:  # as pale as that it is told from the other grey
        return MIDDLE
    light = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    bright = luminance(colour)
    if bright < _DARKEST:
        share = (_DARKEST - bright) / (1 - bright)
        light = [one + share * (1 - one) for one in light]
    elif bright > _PALEST:
        light = [one * _PALEST / bright for one in light]
    return "#" + "".join(f"{round(255 * _written(one)):02X}" for one in light)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2): 0 is black, 1 is white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(written: float) -> float:
    return written / 12.92 if written <= 0.04045 else float(((written + 0.055) / 1.055) ** 2.4)


def _written(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else float(1.055 * linear ** (1 / 2.4) - 0.055)
