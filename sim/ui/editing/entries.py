"""What has a name of its own (a team, a reason, a path, a shift): chosen, added, called otherwise, taken away."""

from __future__ import annotations

import streamlit as st

from sim.reading.mistakes import Place
from sim.ui.editing import draft
from sim.ui.editing.ground import Ground, key_at, label
from sim.ui.editing.renaming import added, removed, renamed
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import kept_or_told
from sim.ui.state import address
from sim.ui.state.speech import say, told

REFUSED = "edit: refused"
_LONGEST = 60


def chooser(place: Place) -> str:
    """Return under which key the address has which entry of a table is open."""
    return f"in.{'.'.join(map(str, place))}"


def doing(ground: Ground, place: Place, chosen: str | None, names: list[str], *, add: bool = True) -> None:
    """Draw what can be done with an entry of a table."""
    with st.container(horizontal=True):
        if add:
            _add(ground, place, names)
        if chosen is not None:
            _rename(ground, place, chosen)
            args = (ground.begun, place, chosen)
            words = say("Remove {name}", name=escaped(chosen))
            st.button(
                words, key=key_at((*place, chosen), "remove"), icon=":material/delete:", on_click=_removed, args=args
            )
    refused = st.session_state.pop(f"{REFUSED} {place}", None) if add else None
    if refused:
        st.error(escaped(refused))


def _add(ground: Ground, place: Place, names: list[str]) -> None:
    with (
        st.popover(say("Add one"), icon=":material/add:"),
        st.form(key_at(place, "add"), border=False, clear_on_submit=True),
    ):
        name, like = key_at(place, "added"), key_at(place, "like")
        st.text_input(say("Its name in {table}", table=label(ground, place)), key=name, max_chars=_LONGEST)
        if names:
            called = widgets.called([*names, ""], lambda one: one or say("none of them"))
            st.selectbox(say("Like"), [*names, ""], key=like, format_func=called)
        args = (ground.begun, place, name, like)
        st.form_submit_button(say("Add"), on_click=_added, args=args)


@kept_or_told()
def _added(begun: str, place: tuple[str, ...], name_key: str, like_key: str) -> None:
    name = str(st.session_state[name_key]).strip()
    try:
        tree = added(draft.opened(begun).tree, place, name, st.session_state.get(like_key) or None)
    except ValueError as why:
        _refused(place, str(why))
        return
    draft.replace(begun, tree)
    address.put(chooser(place), name)


def _rename(ground: Ground, place: Place, chosen: str) -> None:
    with (
        st.popover(say("Call {name} otherwise", name=escaped(chosen)), icon=":material/edit:"),
        st.form(key_at((*place, chosen), "rename"), border=False, clear_on_submit=True),
    ):
        key = key_at((*place, chosen), "renamed")
        st.text_input(say("New name of {name}", name=escaped(chosen)), key=key, max_chars=_LONGEST)
        args = (ground.begun, place, chosen, key)
        st.form_submit_button(say("Rename"), on_click=_renamed, args=args)


@kept_or_told()
def _renamed(begun: str, place: tuple[str, ...], old: str, key: str) -> None:
    new = str(st.session_state[key]).strip()
    if new == old:
        return
    try:
        tree = renamed(draft.opened(begun).tree, place, old, new)
    except ValueError as why:
        _refused(place, str(why))
        return
    draft.replace(begun, tree)
    address.put(chooser(place), new)


@kept_or_told()
def _removed(begun: str, place: tuple[str, ...], name: str) -> None:
    draft.replace(begun, removed(draft.opened(begun).tree, place, name))
    address.put(chooser(place), None)


def _refused(place: Place, why: str) -> None:
    address.turned()
    st.session_state[f"{REFUSED} {place}"] = told(why)
