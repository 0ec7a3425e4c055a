"""The page: two worlds, a few sliders, and what they cost the same customers and the firm."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.scenario import WorldError, difference, load
from sim.study.compare import Comparison
from sim.ui.choices import Choices
from sim.ui.controls import chosen
from sim.ui.headlines import headlines
from sim.ui.kept import ask, finished, last, lived, wanted
from sim.ui.results import details, strip
from sim.ui.work import Story, story, with_equal_service, with_equal_staff

_SERVICE = "Equal service"
_CARDS = 176
"""Height of a row of headlines (pixels): what is not known yet keeps the place it will have."""


def page() -> None:
    """Draw the page."""
    st.subheader("What does a way of answering cost the same customers?")
    st.caption("The same customers, with the same problems and the same luck, live through two call centres.")
    slot = st.sidebar.container(height=110, border=False).empty()
    choices = chosen()
    if not wanted(choices):
        _offer(choices, slot)  # before all else: what was cancelled is seen to be so
    ahead = st.empty()
    if last("staff")[1] is None:
        with ahead.container():
            _before(choices)
    lived("staff", choices, partial(with_equal_staff, choices), choices, slot)
    shown, staff = last("staff")
    if staff is None:
        return
    ahead.empty()
    if _results(shown, staff, choices, slot):
        at_once = ": every change is answered at once" if choices.quick() else ""
        slot.caption(f"Lived in {staff.seconds:.1f} s{at_once}.")


def _results(shown: Choices, staff: Comparison, choices: Choices, slot: DeltaGenerator) -> bool:
    """Show what was lived last; return whether that is all there is to these choices."""
    if shown != choices:
        st.info("These are the results of the last finished run: the choices have changed since.")
    headlines(_title(shown), staff)
    beside = st.empty()
    with beside.container():
        st.caption(f"{_SERVICE}: how much staff that takes is being looked for.")
        st.skeleton(height=_CARDS)
    chosen_way = st.segmented_control(
        "In detail",
        ("staff", "service"),
        default="staff",
        required=True,
        key="way",
        bind="query-params",
        format_func=lambda way: _SERVICE if way == "service" else _title(shown),
    )
    detail = st.container()
    if chosen_way == "staff":  # it is there already, and the search takes a while
        with detail:
            details(staff)
    service = _beside(beside, shown, choices, slot)
    compared = staff
    if chosen_way == "service" and isinstance(service, Comparison):
        compared = service
    if chosen_way == "service":
        with detail:
            details(compared)
    told = _story(compared, shown, choices, slot)
    return shown == choices and service is not None and told is not None


def _beside(place: DeltaGenerator, shown: Choices, choices: Choices, slot: DeltaGenerator) -> Comparison | str | None:
    """Show the headlines of equal service beside those of equal staff; why they are missing, where they are."""
    of = replace(shown, staff_percent=100)  # how much the second world was given to begin with has no part in it
    found: Comparison | str | None = finished("service", of)
    if found is None and shown == choices:
        found = lived("service", of, partial(with_equal_service, of), choices, slot)
    with place.container():
        if isinstance(found, Comparison):
            headlines(_SERVICE, found)
        elif found is not None:
            st.caption(f"{_SERVICE} is missing: {found}.")
        else:
            st.caption(f"{_SERVICE}: it was not looked for how much staff that takes.")
    return found


def _story(compared: Comparison, shown: Choices, choices: Choices, slot: DeltaGenerator) -> Story | None:
    st.subheader("One customer's life in both worlds")
    of = shown, compared.equality.how
    told: Story | None = finished("story", of)
    if told is None and shown == choices:
        told = lived("story", of, partial(story, compared.worlds, shown.seed), choices, slot)
    if told is not None:
        strip(told)
    return told


def _offer(choices: Choices, slot: DeltaGenerator) -> None:
    """Offer to run what is not run by itself, or was cancelled."""
    with slot.container():
        st.caption("Cancelled." if choices.quick() else "This is large: it takes some seconds or more.")
        st.button("Run", type="primary", width="stretch", key="run", on_click=ask, args=(choices,))


def _title(shown: Choices) -> str:
    return "Equal staff" if shown.staff_percent == 100 else f"{shown.staff_percent} % of the agent hours"


def _before(choices: Choices) -> None:
    """Say what is about to be compared."""
    try:
        first, second = load(choices.first), load(choices.second)
    except WorldError as mistake:
        st.error(str(mistake))
        return
    for world in (first, second):
        st.markdown(f"**{world.name}**: {world.about}")
    changes = [change._asdict() for change in difference(first, second)]
    if not changes:
        st.warning("Both are the same world: nothing but your sliders will separate them.")
        return
    st.subheader("What separates them")
    st.dataframe(
        [{"": change["key"], first.name: change["first"], second.name: change["second"]} for change in changes],
        hide_index=True,
        alt=f"The values on which {first.name} and {second.name} differ.",
    )
