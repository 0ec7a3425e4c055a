"""The frame of all pages: language, navigation, what was not understood in the address, and the engine warmed up."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from sim.languages import LANGUAGES
from sim.ui.parts import widgets
from sim.ui.parts.contrast import legible
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import told_not_kept
from sim.ui.state import address, speech
from sim.ui.state.speech import later, say, told
from sim.ui.warming import warmed

_FOLDER = Path(__file__).parent / "pages"
PAGES = {
    "compare": (later("Compare"), ":material/balance:"),
    "centre": (later("My centre"), ":material/storefront:"),
    "edit": (later("Edit"), ":material/edit_note:"),
    "levers": (later("Levers"), ":material/tune:"),
    "staffing": (later("Staffing"), ":material/groups:"),
    "sweep": (later("Sweep"), ":material/grid_on:"),
    "watch": (later("Watch"), ":material/visibility:"),
    "stories": (later("Stories"), ":material/auto_stories:"),
    "method": (later("Method"), ":material/menu_book:"),
}
"""Each page's file, title and icon, in the order of the navigation."""


def app() -> None:
    """Draw the page that is open, in its frame."""
    address.begin()
    with st.sidebar:
        widgets.segments(say("Language"), speech.KEY, list(LANGUAGES), speech.of_the_browser(), names=_called)
    opened = st.navigation(
        [
            st.Page(_FOLDER / f"{name}.py", title=say(title), icon=icon, url_path=name, default=at == 0)
            for at, (name, (title, icon)) in enumerate(PAGES.items())
        ],
        position="top",
    )
    st.set_page_config(page_title=f"{opened.title} · Double peine", page_icon="☎️", layout="wide")
    legible()
    doubts = st.empty()
    told_not_kept()
    warmed()
    opened.run()
    _doubted(doubts)
    address.end()


def _called(language: str) -> str:
    return next(name for one, name in LANGUAGES.items() if one == language)


def _doubted(place: st.delta_generator.DeltaGenerator) -> None:
    notes = address.notes()
    if not notes:
        return
    lines = [
        say(
            "{key} = {value}: {why}",
            key=f"`{_code(note.key)}`",
            value=f"`{_code(note.value)}`",
            why=escaped(told(note.why)),
        )
        for note in notes[:12]
    ]
    said = say("Part of this link was not understood; what stands there by itself was taken in its place.")
    place.warning("\n".join([said, "", *(f"- {one}" for one in lines)]))


def _code(said: str) -> str:
    return said.replace("`", "'")[:80]
