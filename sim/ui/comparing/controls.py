"""The sidebar of the page Compare: two worlds, and what is turned of each."""

from __future__ import annotations

import streamlit as st

from sim.asked import nearest
from sim.reading import World, named
from sim.study.searching.equal import Equal
from sim.ui.comparing.question import Question
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.paths import GROUPS, can_be_turned
from sim.ui.parts.turns import turned
from sim.ui.state import address, worlds
from sim.ui.state.speech import say

FAVOURITES = ("double_peine", "empowered")
MOST_DAYS = 28
"""Days that are measured at most."""


def question() -> Question:
    """Draw the sidebar and return what is asked."""
    with st.sidebar:
        first = world_chosen(say("First world"), "first", FAVOURITES[0], "a.")
        second = world_chosen(say("Second world"), "second", FAVOURITES[1], "b.")
        load = widgets.slider(
            say("Problems a day (% of the worlds' own)"), "load", 50, 150, 100, 5, help=say("The load common to both.")
        )
        staff = widgets.slider(
            say("Agents of the second world (% of its own)"),
            "staff",
            50,
            150,
            100,
            5,
            help=say("Its own staff, multiplied; compare at equal staff or equal service above the figures."),
        )
        of_first = _turns(say("What is turned in {world}", world=escaped(worlds.title(first))), first, "a.")
        of_second = _turns(say("What is turned in {world}", world=escaped(worlds.title(second))), second, "b.")
        days, replications, seed = size()
    return Question(first, second, load, staff, of_first, of_second, days, replications, seed, _how())


def world_chosen(label: str, key: str, own: str, turns: str = "") -> str:
    """Draw the list of all worlds and return the name of the one chosen; what was turned of another is forgotten.

    Parameters
    ----------
    turns : str
        What the address keys begin with that turn the world.
    """
    names = worlds.all_names()
    said = address.text(key)
    if said is not None and said not in names:
        why = _why_not(said)
        if why:
            address.doubt(key, said, why)
            address.forget(key)
        else:
            names = [said, *names]  # by a link: a world on this computer's shelf that is not among the user's own
    chosen = widgets.choice(label, key, names, own if own in names else names[0], names=worlds.listed)
    before = st.session_state.get(f"chosen: {key}", chosen)
    st.session_state[f"chosen: {key}"] = chosen
    if turns and chosen != before:
        for name in address.everything():
            if name.startswith(turns):
                address.forget(name)
    return chosen


def _why_not(name: str) -> str:
    try:
        worlds.reader(name)
    except ValueError as why:
        return str(why) or nearest(name, named(), "shipped are")
    return ""


def _turns(title: str, name: str, prefix: str) -> tuple[str, ...]:
    world = worlds.world(name)
    changes: list[str] = []
    any_turned = any(key.startswith(prefix) for key in address.everything())
    with st.expander(title, expanded=any_turned):
        for group, paths in GROUPS.items():
            drawn = [path for path in paths if can_be_turned(world, path)]
            if drawn:
                st.caption(say(group))
                changes += [change for path in drawn if (change := _turned(world, path, prefix)) is not None]
        if any_turned:
            st.button(say("As it was"), key=f"reset {prefix}", on_click=_reset, args=(prefix,), width="stretch")
    return tuple(changes)


def _turned(world: World, path: str, prefix: str) -> str | None:
    free = world.levers.price.free and address.text(f"{prefix}levers.price.free") != "no"
    return turned(world, path, prefix + path, disabled=free and path.startswith("tariff."))


def _reset(prefix: str) -> None:
    for name in address.everything():
        if name.startswith(prefix):
            address.put(name, None)


def size() -> tuple[int, int, int]:
    """Draw how long and how often worlds are lived; return days, replications and the seed."""
    with st.expander(say("Size and luck")):
        days = widgets.slider(
            say("Days measured"),
            "days",
            1,
            MOST_DAYS,
            7,
            1,
            help=say("After the worlds' own warm-up, before their follow-up."),
        )
        replications = widgets.number(
            say("Replications"),
            "replications",
            2,
            200,
            10,
            help=say("More take longer and narrow the intervals; from 10 on they can be trusted."),
        )
        seed = widgets.number(say("Seed"), "seed", 0, 2**31, 1, help=say("The same seed, the same customers and luck."))
    return int(days), int(replications), int(seed)


def _how() -> Equal | None:
    said = address.text("how")
    hows: dict[str, Equal] = {"none": "none", "staff": "staff", "service": "service"}
    return hows.get(said) if said else None
