"""How worlds and meanings look in charts: the colours of the figures, told apart by more than colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.figures.style import ACTIVITIES, INK, JUDGED, looks
from sim.ui.state.speech import told

if TYPE_CHECKING:
    import altair as alt

    from sim.world import World

MIDDLE = "#8A8A8A"
"""In place of ink: seen on white and on black."""
_NARROW = 500
"""Pixels of width from which the names in a legend stand beside one another."""


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


def activities() -> alt.Scale:
    """Return the scale of what a customer does on the telephone."""
    import altair as alt

    names = [activity_called(activity.name) for activity in ACTIVITIES]
    seen = ["#C8C8C8" if look.colour == "#FFFFFF" else look.colour for look in ACTIVITIES.values()]
    return alt.Scale(domain=names, range=seen)


def activity_called(name: str) -> str:
    """Return what an activity is called in the reader's language."""
    return told(name.lower().replace("_", " "))


def legend_below(columns: int, **more: Any) -> alt.Legend:
    """Return a legend under a chart, in so many columns where there is room, and in one on a telephone."""
    import altair as alt

    fitting = alt.ExprRef(f"containerSize()[0] < {_NARROW} ? 1 : {columns}")
    return alt.Legend(orient="bottom", columns=fitting, labelLimit=300, **more)


def seen(colour: str) -> str:
    """Return a colour as it is seen on white and on black."""
    return MIDDLE if colour == INK else colour
