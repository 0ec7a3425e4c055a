"""The third step of the page: the fitted world kept and taken home, own worlds brought back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from sim.reading import WorldError
from sim.study.calibrating.calibration import Calibration
from sim.ui.centre.fit import fitted
from sim.ui.centre.outside import cautioned, outside_of
from sim.ui.centre.own import LARGEST, named, toml_of, world_of_file
from sim.ui.centre.tables import told_refused, uploaded
from sim.ui.parts import widgets
from sim.ui.parts.file_names import file_name
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import kept_or_told, told_all
from sim.ui.state import address, worlds
from sim.ui.state.speech import say

_PLACE, NAME = "c.own", "my centre, fitted"


def keep() -> None:
    """Draw what is kept."""
    made = fitted()
    with st.container(border=True):
        st.markdown(f"**{say('The fitted world')}**")
        if made is None:
            st.info(say("Nothing is fitted yet in this session: run the fit in the second step."))
        else:
            _keep(made)
    with st.container(border=True):
        st.markdown(f"**{say('Your own worlds')}**")
        _own()
        _upload()


def _keep(made: Calibration) -> None:
    name = widgets.line(say("Name of the world"), "c.name", NAME, most=60)
    try:
        called = named(made, name.strip(), made_horizon(made))
    except WorldError as mistakes:
        told_all(mistakes)
        return
    cautioned(outside_of(made))
    left, right = st.columns(2)
    left.button(
        say("Keep it in the list of worlds"),
        type="primary",
        key="c.keep",
        on_click=_kept,
        args=(called,),
        width="stretch",
    )
    right.download_button(
        say("Download it (TOML)"),
        called.to_toml,
        f"{file_name(name)}.toml",
        "application/toml",
        key="c.toml",
        on_click="ignore",
        width="stretch",
    )
    st.caption(say("The file stands by itself: each fitted value with what it was and how sure it is."))


def made_horizon(made: Calibration) -> float:
    """Return the horizon that a fitted world is kept with: four weeks, or what it was lived with if that is longer."""
    return max(made.world.time.horizon, 28 * 1440.0)


@kept_or_told()
def _kept(made: Calibration) -> None:
    address.put("w.world", worlds.keep(made.world, outside=outside_of(made)))


def _own() -> None:
    """List the user's own worlds, each with its file, and what takes it out of the list."""
    mine = worlds.mine()
    if not mine:
        st.caption(say("None yet. What you keep stands here, and in the lists of all pages."))
    else:
        st.caption(say(worlds.FOUND_AGAIN))
    for name in mine:
        world = worlds.world(name)
        title, file, away = st.columns([3, 1, 1], vertical_alignment="center")
        title.markdown(f"{escaped(worlds.title(name))}  \n{escaped(world.about[:140])}")
        file.download_button(
            say("TOML"),
            partial(toml_of, world),
            f"{file_name(world.name)}.toml",
            "application/toml",
            key=f"toml {name}",
            on_click="ignore",
            width="stretch",
        )
        away.button(say("Take away"), key=f"away {name}", on_click=_drop, args=(name,), width="stretch")


def _drop(name: str) -> None:
    address.turned()
    worlds.drop(name)


def _upload() -> None:
    def take(content: bytes) -> None:
        address.put("w.world", worlds.keep(world_of_file(content)))

    st.file_uploader(
        say("Bring a world of your own (TOML)"),
        type=["toml"],
        key=f"{_PLACE} upload",
        on_change=uploaded,
        args=(_PLACE, take),
        max_upload_size=LARGEST // 1_000_000,
        help=say("It is read as data; it may extend shipped worlds, and name no other file."),
    )
    told_refused(_PLACE)
