"""What becomes of an edited world: kept under a name, compared, downloaded; and a file that is brought to be edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from sim.quoting import short
from sim.reading import World, WorldError, from_tree
from sim.ui.editing import draft
from sim.ui.editing.draft import BEGUN
from sim.ui.editing.files import extending, whole
from sim.ui.editing.ground import Ground, in_short, key_at
from sim.ui.editing.places import path_of
from sim.ui.parts.file_names import file_name
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import kept_or_told, told_all
from sim.ui.state import address, worlds
from sim.ui.state.speech import say, told

KEPT_AS, UPLOAD, _REFUSED = "kept", "edit: upload", "edit: not kept"
_COMPARE = Path(__file__).parents[1] / "pages" / "compare.py"
_MOST = 60
"""Changes that are listed."""


def changed(ground: Ground) -> None:
    """Draw the list of what was changed, each with what it was and a way back."""
    found = ground.draft.changes()
    with st.expander(say("What was changed ({n})", n=len(found)), icon=":material/difference:"):
        if not found:
            st.caption(say("Nothing is changed yet: this is {world}.", world=escaped(worlds.title(ground.begun))))
            return
        for one in found[:_MOST]:
            left, right = st.columns([4, 1], vertical_alignment="center")
            was, now = escaped(in_short(one.before)), escaped(in_short(one.now))
            left.markdown(f"`{path_of(one.place)}`: {was} → **{now}**")
            words, args = say("As it was"), (ground.begun, one.place)
            right.button(words, key=key_at(one.place, "back"), icon=":material/undo:", on_click=draft.undo, args=args)
        if len(found) > _MOST:
            st.caption(say("and {n} more", n=len(found) - _MOST))
        st.button(say("All as it was"), key="edit: reset", icon=":material/restart_alt:", on_click=_reset)


def _reset() -> None:
    draft.forget()
    for name in address.everything():
        if name.startswith("rows."):
            address.put(name, None)


def keeping(ground: Ground, *, possible: bool) -> None:
    """Draw what keeps the world, compares it with the one it began with, and gives it as a file."""
    st.markdown(f"**{say('Keep this world')}**")
    with st.form("edit: keep", border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        left.text_input(say("Keep as"), key="edit: name", max_chars=60, placeholder=say("Its name in all lists"))
        right.form_submit_button(
            say("Keep"), type="primary", icon=":material/save:", disabled=not possible, width="stretch",
            on_click=_keep, args=(ground.begun,),
        )  # fmt: skip
    if not possible:
        st.caption(say("A world is kept, compared and downloaded once nothing is wrong with it."))
    refused = st.session_state.pop(_REFUSED, None)
    if refused is not None:
        told_all(refused)
    name = _kept_as(ground)
    if name is not None:
        _kept(ground, name)
    world = ground.judged.world if name is None else worlds.world(name)
    if possible and world is not None:
        _downloads(world, ground.begun)


@kept_or_told()
def _keep(begun: str) -> None:
    """Keep the draft under the name that was typed."""
    address.turned()
    name = str(st.session_state["edit: name"]).strip()
    tree = draft.opened(begun).tree
    try:
        world = from_tree({**tree, "name": name or tree.get("name", "")}, begun)
        address.put(KEPT_AS, worlds.keep(world, begun))
    except WorldError as why:
        st.session_state[_REFUSED] = why


def _kept_as(ground: Ground) -> str | None:
    """Return the name under which the draft was kept; None where it was not, or was changed since."""
    name = address.text(KEPT_AS)
    if name is None or name not in worlds.mine() or ground.judged.world is None:
        return None
    return name if draft.same_world(worlds.world(name), ground.judged.world) else None


def _kept(ground: Ground, name: str) -> None:
    st.success(say("Kept as {name}: it stands in every list of worlds.", name=escaped(worlds.title(name))))
    st.caption(say(worlds.FOUND_AGAIN))
    words = say("Compare with where it began")
    if st.button(words, key="edit: compare", icon=":material/balance:", on_click=_compared, args=(ground.begun, name)):
        st.switch_page(_COMPARE)


def _compared(begun: str, name: str) -> None:
    for key in address.everything():
        if key.startswith(("a.", "b.")):
            address.put(key, None)
    address.put("first", begun)
    address.put("second", name)


def _downloads(world: World, begun: str) -> None:
    stem, differs = file_name(world.name), extending(world, begun)
    with st.container(horizontal=True):
        st.download_button(
            say("Download, whole (TOML)"), lambda: whole(world, begun), f"{stem}.toml", "application/toml",
            key="edit: whole", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        if differs is not None:
            words, file = (
                say("Download, what differs from {world} (TOML)", world=escaped(begun)),
                f"{stem}_differs.toml",
            )
            more: dict[str, Any] = {"key": "edit: differs", "icon": ":material/download:", "on_click": "ignore"}
            st.download_button(words, differs, file, "application/toml", **more)


def bringing() -> None:
    """Draw what takes a TOML file to be edited."""
    with st.expander(say("Bring a world as a TOML file"), icon=":material/upload_file:"):
        given = st.file_uploader(say("A TOML file"), type="toml", key=UPLOAD, on_change=address.turned)
        if given is None:
            return
        content = given.getvalue()
        try:
            world = worlds.uploaded(content, short(given.name))
        except WorldError as wrong:
            told_all(wrong)
            return
        st.success(say("{name} is a world with nothing wrong in it.", name=escaped(world.name)))
        for one in ground_warnings(world.name, content):
            st.warning(escaped(told(one)))
        st.button(
            say("Edit it"), key="edit: brought", type="primary", on_click=_brought, args=(content, short(given.name))
        )


def ground_warnings(name: str, content: bytes) -> tuple[str, ...]:
    """Return what is possible in a world that was brought and yet most likely not meant."""
    from sim.reading import warnings_of

    return warnings_of(worlds.uploaded(content, name))


@kept_or_told()
def _brought(content: bytes, called: str) -> None:
    name = worlds.keep(worlds.uploaded(content, called))
    draft.forget()
    address.put(BEGUN, name)
