"""What the widgets of a draft stand on: the draft, what is wrong with it, its names; and how a turn is written back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import streamlit as st

from sim.reading.difference import in_words
from sim.reading.meaning import unit_of
from sim.reading.mistakes import Mistake, Place, key_of
from sim.reading.shipped import named
from sim.reading.sources import Source, source_of
from sim.ui.editing import draft
from sim.ui.editing.places import ABSENT, at_place, path_of, written_as
from sim.ui.editing.sections import known, names_in
from sim.ui.parts.forms import label_of
from sim.ui.parts.markdown import escaped
from sim.ui.state import worlds
from sim.ui.state.speech import say, told
from sim.world.facts import NameOf

_WIDGET = "w "


class Ground:
    """A draft as the widgets see it."""

    def __init__(self, its: draft.Draft) -> None:
        self.draft = its
        self.judged = its.judged()

    @property
    def begun(self) -> str:
        """The name of the world with which it began."""
        return self.draft.begun

    @cached_property
    def names(self) -> dict[NameOf, list[str]]:
        """The names that there are of each kind."""
        return names_in(self.draft.tree)

    def value(self, place: Place) -> Any:
        """Return what stands at a place, or `ABSENT`."""
        return at_place(self.draft.tree, place)

    def before(self, place: Place) -> Any:
        """Return what stood there before anything was changed, or `ABSENT`."""
        return at_place(self.draft.origin, place)

    def is_changed(self, place: Place) -> bool:
        """Say whether a value is another than it was."""
        return written_as(self.value(place)) != written_as(self.before(place))

    def source(self, place: Place) -> Source | None:
        """Return where the value with which it began was said, and why."""
        return source_in(self.begun, tuple(map(str, place)))


def source_in(name: str, place: tuple[str, ...]) -> Source | None:
    """Return where a world's value was said: of one's own, where it is as in the shipped world it began with."""
    value = at_place(draft.origin_of(name), place)
    for _ in range(20):
        if name in named():
            found = source_of(name, place)
            in_base = found is None and written_as(at_place(draft.origin_of("base"), place)) == written_as(value)
            return source_of("base", place) if in_base else found
        begun = worlds.began(name)
        if begun is None or written_as(at_place(draft.origin_of(begun), place)) != written_as(value):
            return None
        name = begun
    return None


def label(ground: Ground, place: Place) -> str:
    """Return what a key is called in the reader's language, with its unit; a name of the user's as it is."""
    if not known(place, ground.draft.tree):
        return escaped(str(place[-1]))
    unit = unit_of(".".join(str(part).replace(".", "_") for part in place))
    called = escaped(told(label_of(str(place[-1]))).capitalize())
    return f"{called} ({told(unit)})" if unit else called


def key_at(place: Place, what: str = "") -> str:
    """Return the key of the widget at a place."""
    return f"{_WIDGET}{what} {path_of(place)}"


def placed(key: str, value: Any) -> str:
    """Put a widget where the draft has it, and return its key."""
    st.session_state[key] = value
    return key


def in_short(value: Any) -> str:
    """Return a value in words, as long as a line at most."""
    if value is ABSENT:
        return say("none")
    said = told(in_words(value))
    return said if len(said) <= 80 else f"{said[:77]}..."


def mistake_told(mistake: Mistake) -> str:
    """Return what is wrong and what would be right, without where."""
    return both_told(mistake.problem, mistake.suggestion)


def both_told(problem: str, right: str) -> str:
    """Return in the reader's language what is wrong, and what would be right where anything is said of it."""
    return say("{problem}; {right}", problem=told(problem), right=told(right)) if right else told(problem)


def wrong_at(ground: Ground, place: Place, *, inside: bool = True) -> None:
    """Show the mistakes at a place, and those inside of it unless they are shown there."""
    found = ground.judged.of(place)
    here = key_of(place)
    for one in found if inside else [one for one in found if one.key == here]:
        deeper = one.key[len(here) :].lstrip(".")
        where = f"`{deeper.replace('`', '')}` " if deeper else ""
        st.error(where + escaped(mistake_told(one)), icon=":material/error:")
