"""The sidebar: the two worlds and the sliders. Every choice stands in the page's address, so it can be shared."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim.scenario import WorldError, load, shipped
from sim.ui.choices import Choices, pair_to_begin_with
from sim.ui.forms import Range, Steps, form_of


def chosen() -> Choices:
    """Draw the sidebar and return what is set."""
    names = shipped()
    begin = pair_to_begin_with()
    with st.sidebar:
        first = _world("First world", "first", names, begin[0])
        second = _world("Second world", "second", names, begin[1])
        load_percent = st.slider(
            "Problems a day, % of the worlds' own",
            50,
            150,
            100,
            5,
            key="load",
            bind="query-params",
            help="The load common to both worlds.",
        )
        price, cut_after = _of_the_first(first)
        staff_percent = st.slider(
            f"{second}: agents, % of its own",
            50,
            150,
            100,
            5,
            key="staff",
            bind="query-params",
            help="Its own staff, multiplied. Equal staff and equal service stand beside it.",
        )
        days = st.slider(
            "Days measured",
            1,
            28,
            7,
            key="days",
            bind="query-params",
            help="After the worlds' own warm-up and before their own follow-up.",
        )
        replications, seed = _size()
    return Choices(first, second, load_percent, price, cut_after, staff_percent, days, replications, seed)


def _world(label: str, key: str, names: tuple[str, ...], begin: str) -> str:
    picked = st.selectbox(label, names, index=names.index(begin), key=key, bind="query-params")
    return begin if picked is None else picked


def _of_the_first(name: str) -> tuple[float | None, str | None]:
    """Draw what can be changed of the first world, beginning with its own values."""
    try:
        world = load(name)
    except WorldError:  # told when it is shown or run
        return None, None
    free = world.levers.price.free
    cut_after = _turned(form_of(world, "levers.time.cut_after"), f"cut_{name}")
    why_not = "A free number: nothing to set." if free else ""
    price = _turned(form_of(world, "tariff.price_per_minute"), f"price_{name}", why_not)
    return None if free else float(price), str(cut_after)


def _turned(form: Range | Steps, key: str, why_not: str = "") -> float | str:
    """Draw what turns a key, and return where it stands; `why_not` says why it cannot be turned here."""
    about: dict[str, Any] = {
        "key": key,
        "bind": "query-params",
        "disabled": bool(why_not),
        "help": why_not or form.help,
    }
    if isinstance(form, Steps):
        return str(st.select_slider(form.label, form.options, form.own, **about))
    return float(st.slider(form.label, form.low, form.high, form.own, form.step, **about))


def _size() -> tuple[int, int]:
    with st.expander("Size and luck"):
        replications = st.number_input(
            "Replications",
            2,
            100,
            10,
            key="replications",
            bind="query-params",
            help="More take longer and narrow the intervals; from 10 on they are trusted.",
        )
        seed = st.number_input("Seed", 0, 2**31, 1, key="seed", bind="query-params")
    return int(replications), int(seed)
