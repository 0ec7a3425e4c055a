"""The keys of a world drawn as widgets, each by its shape, with its meaning, its source, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from sim.reading.mistakes import Place
from sim.reading.shipped import named, regimes
from sim.reading.trees import Tree
from sim.ui.editing import draft, laws
from sim.ui.editing.entries import chooser, doing
from sim.ui.editing.ground import Ground, in_short, key_at, label, placed, wrong_at
from sim.ui.editing.places import ABSENT, path_of
from sim.ui.editing.sections import Row, rows, said_of
from sim.ui.editing.values import entries, fits, read, shown, typed, variant_of
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.shapes import Shape, beginning
from sim.ui.parts.turns import word_told
from sim.ui.state import address
from sim.ui.state.speech import later, say, told
from sim.world.facts import CLASS

MOST_ITEMS = 2_000
"""Items of a list that a field of text may hold."""
REGIME: Place = ("tariff", "regime")
_VARIANTS = {
    ("whole", "table"): (later("the same at all times"), later("by hours of the week")),
    ("name", "table"): (later("one"), later("several, with their shares")),
    ("share", "table"): (later("the same for all"), later("by difficulty class")),
}


def block(ground: Ground, place: Place, shape: Shape) -> None:
    """Draw all keys of a block."""
    wrong_at(ground, place, inside=False)
    for row in rows(place, shape):
        field(ground, row)


def field(ground: Ground, row: Row) -> None:
    """Draw one key: a value with its source beside it, or what holds others under a heading of its own."""
    place, shape = row
    if shape.kind == "block":
        _inner_block(ground, place, shape)
    elif shape.kind == "table":
        table_of(ground, place, shape)
    elif shape.kind == "either":
        _either(ground, place, shape)
    else:
        left, right = st.columns([5, 4], gap="medium")
        with left:
            if shape.kind == "law":
                laws.law(ground, place, shape, label(ground, place), leaf)
            else:
                leaf(ground, place, shape, label(ground, place))
            wrong_at(ground, place)
        with right:
            beside(ground, place)


def beside(ground: Ground, place: Place) -> None:
    """Say where a value comes from: what it was where it was changed, and the comment of the file that sets it."""
    said = [escaped(path_of(place))]  # no code, no badge: in a caption they are too pale to be read
    if ground.is_changed(place):
        said.append(say("changed; it was {value}", value=f"**{escaped(in_short(ground.before(place)))}**"))
    said.append(_from(ground, place))
    st.caption("  \n".join(said))
    if ground.is_changed(place):
        undo(ground, place)


def _from(ground: Ground, place: Place) -> str:
    """Return where a value comes from, and why it is what it is."""
    source = ground.source(place)
    if source is None:
        own = ground.begun not in named() and ground.before(place) is not ABSENT
        return say("Your own world's value.") if own else say("What the program takes where no file says it.")
    where = f"({escaped(source.file)}:{source.line})"
    if source.is_guess:
        return f"**{say('guess')}** {escaped(_but_guess(source.comment))} {where}"
    return f"{escaped(source.comment) if source.comment else say('no source stands beside it')} {where}"


def _but_guess(comment: str) -> str:
    """Return a comment without the word that the bold one before it says already."""
    return comment[5:].lstrip(" :;,") if comment.lower().startswith("guess") else comment


def undo(ground: Ground, place: Place) -> None:
    """Draw the button that sets a place as it was."""
    words = say("As it was: {key}", key=escaped(path_of(place)))
    st.button(words, key=key_at(place, "undo"), icon=":material/undo:", on_click=draft.undo, args=(ground.begun, place))


def leaf(ground: Ground, place: Place, shape: Shape, called: str, *, help_too: bool = True) -> None:
    """Draw the widget of one value."""
    value = ground.value(place)
    more: dict[str, Any] = {"on_change": _turned, "args": (ground.begun, place, shape)}
    if help_too and (said := told(said_of(place))):
        more["help"] = said
    if shape.kind in ("number", "share"):
        _decimal(called, place, shape, value, more)
    elif not (value is ABSENT or fits(shape, value)):
        _text(called, place, shape, value, more)
    elif shape.kind == "switch":
        st.toggle(called, key=placed(key_at(place), value is True), **more)
    elif shape.kind == "whole":
        _whole(called, place, shape, value, more)
    elif shape.kind == "word" or place == REGIME:
        _word(called, place, shape, value, more)
    elif shape.kind == "name":
        _name(ground, called, place, shape, value, more)
    elif shape.kind == "list":
        _list(ground, called, place, shape, value, more)
    else:
        _text(called, place, shape, value, more)


def _turned(begun: str, place: Place, shape: Shape) -> None:
    """Write a widget's value into the draft."""
    said = st.session_state[key_at(place)]
    its = draft.opened(begun)
    now = Ground(its).value(place)
    nothing = said is None or (isinstance(said, (str, list)) and not said)
    if place == REGIME:
        _regime(its, None if said == "" else said)
    elif nothing and shape.optional:
        draft.edit(begun, place, ABSENT)
    elif said is not None:
        draft.edit(begun, place, read(shape, said, now))


def _regime(its: draft.Draft, name: str | None) -> None:
    """Let a tariff be that of a regime, whole; without one it keeps its values."""
    tariff = {**{key: value for key, value in regimes().get(name or "", {}).items() if key != "about"}}
    if name:
        draft.edit(its.begun, ("tariff",), {"regime": name, **tariff})
    else:
        draft.edit(its.begun, REGIME, ABSENT)


def _decimal(called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    """Draw a number that may have decimals as a text: a browser's own field for numbers takes 24,5 for 245."""
    stands = "" if value is ABSENT else told(typed(shape, value))
    named = f"{called} (%)" if shape.kind == "share" else called
    more["placeholder"] = say("none") if shape.optional else ""
    st.text_input(named, key=placed(key_at(place), stands), max_chars=5_000, **more)


def _whole(called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    low, high = (None if end is None else int(end) for end in (shape.low, shape.high))
    more |= {"value": None, "placeholder": say("none")} if shape.optional or value is ABSENT else {}
    stands = placed(key_at(place), None if value is ABSENT else value)
    st.number_input(called, low, high, step=1, key=stands, **more)


def _word(called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    words = tuple(regimes()) if place == REGIME else shape.words
    options = ["", *words] if shape.optional else list(words)
    stands = value if value in options else options[0]

    def told_word(word: str) -> str:
        return say("none") if word == "" else word if place == REGIME else word_told(word)

    st.selectbox(
        called, options, key=placed(key_at(place), stands), format_func=widgets.called(options, told_word), **more
    )


def _name(ground: Ground, called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    names = ground.names.get(shape.names, []) if shape.names else []
    stands = "" if value is ABSENT else value
    options = list(dict.fromkeys([*([""] if shape.optional or not stands else []), *names, stands]))
    st.selectbox(
        called, options, key=placed(key_at(place), stands), format_func=widgets.called(options, _called), **more
    )


def _called(name: str) -> str:
    return name or say("none")


def _list(ground: Ground, called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    items = [] if value is ABSENT else [value] if isinstance(value, str) else list(value)
    if len(items) > MOST_ITEMS:
        st.markdown(called)
        st.caption(say("{n} values: more than a field can show. They stay as they are.", n=told(f"{len(items):,}")))
    elif shape.inner[0].kind == "name" and shape.inner[0].names:
        options = list(dict.fromkeys([*ground.names.get(shape.inner[0].names, []), *map(str, items)]))
        stands = placed(key_at(place), [str(item) for item in items])
        st.multiselect(called, options, key=stands, placeholder=say("none"), **more)
    elif len(items) > 3:
        st.text_area(called, key=placed(key_at(place), shown(items)), height=100, **more)
    else:
        _text(called, place, shape, value, more)


def _text(called: str, place: Place, shape: Shape, value: Any, more: dict[str, Any]) -> None:
    stands = "" if value is ABSENT else shown(value)
    more["placeholder"] = say("none") if shape.optional else ""
    st.text_input(called, key=placed(key_at(place), stands), max_chars=5_000, **more)


def _inner_block(ground: Ground, place: Place, shape: Shape) -> None:
    """Draw a block inside another: whether it is there at all, and its keys."""
    given = isinstance(ground.value(place), dict)
    with st.container(border=True):
        if shape.optional:
            left, right = st.columns([5, 4], gap="medium")
            with left:
                key = placed(key_at(place, "given"), given)
                said = told(said_of(place)) or None
                called = label(ground, place)
                st.toggle(called, key=key, help=said, on_change=_given, args=(ground.begun, place, shape))
                if not given:
                    wrong_at(ground, place)
            with right:
                beside(ground, place)
        else:
            st.markdown(f"**{label(ground, place)}**")
        if given or not shape.optional:
            block(ground, place, shape)


def _given(begun: str, place: Place, shape: Shape) -> None:
    its = draft.opened(begun)
    if not st.session_state[key_at(place, "given")]:
        draft.edit(begun, place, ABSENT)
    else:
        before = Ground(its).before(place)
        draft.edit(begun, place, beginning(shape, Ground(its).names) if before is ABSENT else before)


def _either(ground: Ground, place: Place, shape: Shape) -> None:
    """Draw what is one thing or a table: which of both, and that."""
    value = ground.value(place)
    at = variant_of(shape, value)
    kinds = (shape.inner[0].kind, shape.inner[1].kind)
    words = _VARIANTS.get(kinds, (later("one"), later("several")))
    called = label(ground, place)
    told_words = widgets.called((0, 1), lambda one: say(words[one]))
    left, right = st.columns([5, 4], gap="medium")
    with left:
        st.segmented_control(
            called, (0, 1), format_func=told_words, key=placed(key_at(place, "either"), at),
            required=True, help=told(said_of(place)) or None, on_change=_other, args=(ground.begun, place, shape),
        )  # fmt: skip
        if at == 0:
            leaf(ground, place, replace(shape.inner[0], optional=shape.optional), called, help_too=False)
            wrong_at(ground, place)
    with right:
        beside(ground, place)
    if at == 1:
        table_of(ground, place, shape.inner[1], heading=False)


def _other(begun: str, place: Place, shape: Shape) -> None:
    """Say the same in the other way, as far as it can be said."""
    its = Ground(draft.opened(begun))
    wanted, value = st.session_state[key_at(place, "either")], its.value(place)
    if wanted == variant_of(shape, value):
        return
    if isinstance(value, dict):
        first = next(iter(value.items()), ("", beginning(shape.inner[0], its.names)))
        draft.edit(begun, place, first[0] if shape.inner[0].kind == "name" else first[1])
    elif shape.inner[0].kind == "whole":
        draft.edit(begun, place, {"mon-fri 08:00-18:00": value})
    elif shape.inner[0].kind == "share":
        draft.edit(begun, place, beginning(shape.inner[1], its.names) if value is ABSENT else _each_class(its, value))
    else:
        draft.edit(begun, place, {str(value): 1.0})


def _each_class(ground: Ground, value: Any) -> Tree:
    """Return the same for each difficulty class."""
    return {level: value for level in ground.names.get(CLASS, []) if "." not in level}


def table_of(ground: Ground, place: Place, shape: Shape, *, heading: bool = True) -> None:
    """Draw the entries of a table, each with a way to take it out, and a way to add one."""
    value, (named, entry) = ground.value(place), shape.inner
    with st.container(border=True):
        if heading:
            left, right = st.columns([5, 4], gap="medium")
            left.markdown(f"**{label(ground, place)}**", help=told(said_of(place)) or None)
            with right:
                beside(ground, place)
        wrong_at(ground, place, inside=not isinstance(value, dict))
        if entry.kind == "block":
            blocks_of(ground, place, shape)
            return
        for name in entries(value):
            _entry(ground, (*place, name), entry)
        _adding(ground, place, named, entry, entries(value))


def _entry(ground: Ground, place: Place, shape: Shape) -> None:
    if shape.kind == "table":
        table_of(ground, place, shape)
    else:
        left, right = st.columns([5, 4], gap="medium", vertical_alignment="bottom")
        with left:
            if shape.kind == "law":
                laws.law(ground, place, shape, label(ground, place), leaf)
            else:
                leaf(ground, place, shape, label(ground, place), help_too=False)
            wrong_at(ground, place)
        with right:
            words = say("Take out {name}", name=escaped(str(place[-1])))
            args = (ground.begun, place, ABSENT)
            st.button(words, key=key_at(place, "out"), icon=":material/close:", on_click=draft.edit, args=args)


def _adding(ground: Ground, place: Place, named: Shape, entry: Shape, there: Tree) -> None:
    """Draw what adds an entry: a name among those that there are, or any."""
    known_names = named.words or (ground.names.get(named.names, []) if named.names else [])
    left = [name for name in known_names if name not in there]
    if named.kind != "text" and not left:
        return
    with st.form(key_at(place, "adding"), border=False, clear_on_submit=True):
        first, second = st.columns([5, 4], gap="medium", vertical_alignment="bottom")
        words = say("One more in {table}", table=label(ground, place))
        key = key_at(place, "new")
        with first:
            if left:
                st.selectbox(words, left, key=key)
            else:
                example = "mon-fri 08:00-18:00" if place[0] == "teams" else ""
                st.text_input(words, key=key, max_chars=100, placeholder=example)
        second.form_submit_button(
            say("Add"), icon=":material/add:", on_click=_add, args=(ground.begun, place, entry, key)
        )


def _add(begun: str, place: Place, entry: Shape, key: str) -> None:
    name = str(st.session_state[key] or "").strip()
    its = Ground(draft.opened(begun))
    if name and name not in entries(its.value(place)):
        draft.edit(begun, (*place, name), beginning(entry, its.names))


def one_of(ground: Ground, place: Place, shape: Shape) -> None:
    """Draw which entry of a table is open, what can be done with it, and its keys."""
    names = list(entries(ground.value(place)))
    chosen = None
    if names:
        key = chooser(place)
        if address.text(key) not in (None, *names):
            address.forget(key)
        chosen = widgets.choice(say("Which one"), key, names, names[0])
    doing(ground, place, chosen, names)
    if chosen is not None:
        block(ground, (*place, chosen), shape.inner[1])


def blocks_of(ground: Ground, place: Place, shape: Shape) -> None:
    """Draw all entries of a table inside another, each to be opened."""
    names = list(entries(ground.value(place)))
    for name in names:
        with st.expander(escaped(name), expanded=bool(ground.judged.of((*place, name)))):
            doing(ground, place, name, names, add=False)
            block(ground, (*place, name), shape.inner[1])
    doing(ground, place, None, names)
