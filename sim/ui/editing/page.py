"""The page "Edit a world"."""

from __future__ import annotations

import unicodedata

import streamlit as st

from sim.reading import WorldError
from sim.reading.mistakes import Mistake
from sim.ui.comparing.controls import world_chosen
from sim.ui.editing import draft
from sim.ui.editing.entries import chooser
from sim.ui.editing.fields import block, field, one_of
from sim.ui.editing.grids import GRIDS
from sim.ui.editing.ground import Ground, mistake_told
from sim.ui.editing.keeping import bringing, changed, keeping
from sim.ui.editing.pasted import Wrong
from sim.ui.editing.places import place_of
from sim.ui.editing.sections import GENERAL, Found, Row, entry_of, everything, section_of, sections, shape_at
from sim.ui.editing.tables import grid, pending, wrong_told
from sim.ui.parts import widgets
from sim.ui.parts.forms import label_of
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import told_all
from sim.ui.state import address
from sim.ui.state.speech import say, told

SECTION, FIND, BEGIN = "section", "find", "base"
_TABLE = "table."
_MOST_FOUND, _MOST_LISTED = 12, 12


def page() -> None:
    """Draw the page."""
    st.subheader(say("Change anything in a world"))
    st.caption(say("Every key, with what it means and where its value comes from. Nothing is lost by leaving."))
    first, second, third = st.columns(3)
    try:
        with first:
            begun = world_chosen(say("World to begin with"), draft.BEGUN, BEGIN, draft.PREFIX)
            _another(begun)
        ground = Ground(draft.opened(begun))
    except (WorldError, ValueError) as wrong:
        told_all(wrong)
        return
    with second:
        section = widgets.choice(say("Section"), SECTION, _sections(), "teams", names=section_called)
    with third:
        words = say("Find a key by its name or meaning")
        widgets.line(words, FIND, most=60, placeholder=say("such as: patience"))
    _found(address.text(FIND) or "")
    rows_wrong = pending(ground.draft.tree)
    _wrong(ground, rows_wrong)
    changed(ground)
    st.divider()
    _section(ground, section)
    st.divider()
    keeping(ground, possible=ground.judged.world is not None and not rows_wrong)
    bringing()


def _another(begun: str) -> None:
    """Forget what was changed of another world than the one that is chosen now."""
    before = st.session_state.get("edit: begun", begun)
    st.session_state["edit: begun"] = begun
    if before != begun:
        for name in address.everything():
            if name == draft.KEPT or name.startswith(("rows.", "in.")):
                address.forget(name)


def _sections() -> list[str]:
    """Return the names of all sections in the address: the tables first, then the keys in the models' order."""
    return [*(f"{_TABLE}{name}" for name in GRIDS), *(_named(place) for place in sections())]


def _named(place: tuple[str, ...]) -> str:
    return ".".join(place) or "general"


def section_called(name: str) -> str:
    """Return what a section is called in the reader's language."""
    if name.startswith(_TABLE):
        return say("Table: {title}", title=say(GRIDS[name[len(_TABLE) :]].title))
    if name == _named(GENERAL):
        return say("Name")
    return " › ".join(told(label_of(part)).capitalize() for part in name.split("."))


def _section(ground: Ground, name: str) -> None:
    st.markdown(f"#### {section_called(name)}")
    if name.startswith(_TABLE):
        grid(ground, name[len(_TABLE) :])
        return
    place = () if name == _named(GENERAL) else tuple(name.split("."))
    shape = shape_at(place)
    if shape.kind == "table":
        one_of(ground, place, shape)
    elif shape.optional:
        field(ground, Row(place, shape))
    else:
        block(ground, place, shape)


def found(said: str) -> list[Found]:
    """Return the keys whose name or meaning has all words of a text, in English or in the reader's language."""
    words = _plain(said).split()
    if not words:
        return []
    return [one for one in everything() if all(word in _text(one) for word in words)]


def _text(one: Found) -> str:
    place = ".".join(one.place)
    return _plain(" ".join((place, one.label, one.said, told(one.label), told(one.said))))


def _plain(said: str) -> str:
    apart = unicodedata.normalize("NFKD", said.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _found(said: str) -> None:
    """Show what a search has found, each with a way to it."""
    if not said.strip():
        return
    keys = found(said)
    if not keys:
        st.info(say("No key has this in its name or meaning."))
    with st.container(horizontal=True):
        for one in keys[:_MOST_FOUND]:
            place = ".".join(one.place)
            words = f"{told(one.label).capitalize()} · {place.replace('*', '…')}"
            st.button(
                escaped(words), key=f"found {place}", help=told(one.said) or None, on_click=_to, args=(one.place, None)
            )
    if len(keys) > _MOST_FOUND:
        st.caption(say("and {n} more: a longer word finds fewer", n=len(keys) - _MOST_FOUND))


def _to(place: tuple[str, ...], entry: str | None) -> None:
    """Open the section in which a place stands."""
    section = section_of(place)
    address.put(SECTION, _named(section))
    address.put(FIND, None)
    if entry is not None:
        address.put(chooser(section), entry)


def _to_table(name: str) -> None:
    address.put(SECTION, f"{_TABLE}{name}")


def _wrong(ground: Ground, rows_wrong: dict[str, list[Wrong]]) -> None:
    """Show how many mistakes there are and where, all at once, each with a way to it; then the warnings."""
    mistakes = ground.judged.mistakes
    many = len(mistakes) + sum(map(len, rows_wrong.values()))
    if many:
        st.error(
            say("1 mistake: the world is kept once it is mended.")
            if many == 1
            else say("{n} mistakes: the world is kept once all are mended.", n=many)
        )
        for at, one in enumerate(mistakes[:_MOST_LISTED]):
            _one(at, one)
        for name, wrong in rows_wrong.items():
            _of_a_table(name, wrong)
        if len(mistakes) > _MOST_LISTED:
            st.caption(say("and {n} more", n=len(mistakes) - _MOST_LISTED))
    for said in ground.judged.warnings:
        st.warning(escaped(told(said)), icon=":material/info:")


def _one(at: int, one: Mistake) -> None:
    place = _place_of(one)
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(f"`{one.key.replace('`', '') or '-'}` {escaped(mistake_told(one))}")
    words = say("Go there")
    right.button(words, key=f"to {at}", help=one.key or None, on_click=_to, args=(place, entry_of(place)))


def _of_a_table(name: str, wrong: list[Wrong]) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    first = wrong_told(wrong[0])
    left.markdown(f"{section_called(f'{_TABLE}{name}')}: {first}")
    right.button(say("Go there"), key=f"to table {name}", on_click=_to_table, args=(name,))


def _place_of(one: Mistake) -> tuple[str, ...]:
    """Return the place of a mistake, the items of lists aside."""
    try:
        return tuple(map(str, place_of(one.key.split("[")[0]))) if one.key else ()
    except ValueError:
        return ()
