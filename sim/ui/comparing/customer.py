"""One customer's journey in both worlds: drawn on one axis, and told in words."""

from __future__ import annotations

from functools import partial

import streamlit as st

from sim.reading import digest
from sim.report.lived.story import Lived
from sim.study.comparing.comparison import Comparison
from sim.ui.charts.strip import journey
from sim.ui.comparing.lives import Lives, live_customer
from sim.ui.comparing.question import Question
from sim.ui.jobs.studies import at_once
from sim.ui.parts import widgets
from sim.ui.parts.chart import drawn
from sim.ui.parts.markdown import escaped
from sim.ui.state import address
from sim.ui.state.speech import language, later, say, told
from sim.world import World

WHOSE = {
    "median": later("A typical one"),
    "worst": later("The one who gains most"),
    "least": later("The one who gains least"),
    "number": later("By number"),
}
_NUMBER = "customer"
_MOST = 10_000_000


def customer(comparison: Comparison, asking: Question) -> None:
    """Choose a customer, and show what he lives in both worlds."""
    which = widgets.segments(
        say("Whose journey"),
        "whose",
        list(WHOSE),
        "median",
        names=lambda one: say(WHOSE[one]),
        help=say("By calls in the first world, and by what it costs in effort beyond the second."),
    )
    whose = str(int(widgets.number(say("Customer"), _NUMBER, 0, _MOST, 0))) if which == "number" else which
    life(comparison.worlds, asking.seed, whose, listed=True)


def life(worlds: tuple[World, World], seed: int, whose: str, *, listed: bool = False) -> None:
    """Show what a customer lives in two worlds.

    Parameters
    ----------
    worlds : pair of World
        As they are lived.
    whose : str
        A number, or one of `WHOSE`.
    listed : bool
        Whether others to choose from stand under it.
    """
    lived = tuple((digest(world), world.name) for world in worlds)
    key = ("customer", lived, seed, whose, language())
    work = partial(live_customer, worlds, seed, whose, language())
    at_once("customer", key, work, partial(_shown, worlds, listed))


def _shown(worlds: tuple[World, World], listed: bool, lives: Lives) -> None:
    title = say("Customer {n} in both worlds", n=lives.customer)
    st.markdown(f"**{title}**")
    for said in lives.story.side_by_side:
        st.markdown(escaped(said))
    under = say("Under it: what the customer has paid so far, in both worlds.")
    drawn(journey(lives.strip, worlds), f"{title}. {' '.join(lives.story.side_by_side)} {under}")
    st.caption(say("Minutes on the telephone at their true length; the time away is cut short."))
    st.caption(say("Times stand where calls begin, as far as there is room; hover a call for its own."))
    for column, lived in zip(st.columns(2), lives.story.lived, strict=True):
        with column:
            _told(lived)
    if listed:
        _others(lives)


def _told(lived: Lived) -> None:
    with st.container(border=True):
        st.markdown(f"**{escaped(lived.world)}**")
        with st.container(height=420, border=False):
            for day in lived.days:
                st.markdown(f"*{escaped(day.title)}*")
                for said in day.paragraphs:
                    st.markdown(escaped(said))
        st.markdown(f"**{escaped(lived.closing)}**")


def _others(lives: Lives) -> None:
    """Let another customer be chosen from a list."""
    names = {
        "customer": say("customer"),
        "reason": say("reason"),
        "calls_1": say("calls, first world"),
        "calls_2": say("calls, second world"),
        "toll_1": say("toll, first world (EUR)"),
        "toll_2": say("toll, second world (EUR)"),
        "ces_1": say("effort, first world"),
        "ces_2": say("effort, second world"),
    }
    rows = lives.others[list(names)].rename(columns=names).round(2)
    rows[names["reason"]] = [told(one) for one in rows[names["reason"]]]
    with st.expander(say("Choose another customer")):
        picked = st.dataframe(
            rows,
            hide_index=True,
            height=300,
            on_select=_picked,
            selection_mode="single-row",
            key="customers",
            alt=say("Customers of the first replication, those who gain most first: calls, toll and effort in both."),
        )
        st.session_state["customers: listed"] = list(lives.others["customer"])
        assert picked is not None


def _picked() -> None:
    """Set the customer whose row was chosen."""
    rows = st.session_state["customers"]["selection"]["rows"]
    if rows:
        address.put("whose", "number")
        address.put(_NUMBER, str(st.session_state["customers: listed"][rows[0]]))
