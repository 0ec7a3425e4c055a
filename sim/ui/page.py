"""The page: two worlds, a few sliders, and what they cost the same customers and the firm."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.reading import WorldError, difference, load
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import LABELS, Equal
from sim.ui.choices import Choices
from sim.ui.controls import chosen
from sim.ui.headlines import headlines
from sim.ui.kept import ask, finished, last, lived, wanted
from sim.ui.results import details, strip
from sim.ui.work import Story, Tell, story, with_way
from sim.units import DAY

_SHOWN = "first way"
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
    if last(_SHOWN)[1] is None:
        with ahead.container():
            _before(choices)
    lived(_SHOWN, choices, partial(_first_way, choices), choices, slot)
    shown, first = last(_SHOWN)
    if first is None:
        return
    ahead.empty()
    if _results(shown, first, choices, slot):
        at_once = ": every change is answered at once" if choices.quick() else ""
        slot.caption(f"Lived in {first.seconds:.1f} s{at_once}.")


def _first_way(choices: Choices, tell: Tell) -> Comparison:
    """Compare in the way that is shown first: each its own staff, or equal staff where that is the same."""
    compared = with_way(choices, choices.ways()[0], tell)
    assert isinstance(compared, Comparison)  # it is never equal service that comes first
    return compared


def _results(shown: Choices, first: Comparison, choices: Choices, slot: DeltaGenerator) -> bool:
    """Show what was lived last; return whether that is all there is to these choices."""
    if shown != choices:
        st.info("These are the results of the last finished run: the choices have changed since.")
    hows, own = shown.ways(), first.asked[0].time.horizon / DAY
    if shown.days < own:
        st.caption(
            f"A first look: {shown.days} of the {own:g} days that {shown.first} measures by itself (Days measured)."
        )
    headlines(first)
    places = {how: st.empty() for how in hows[1:]}
    for how, place in places.items():
        with place.container():
            st.caption(f"{LABELS[how].capitalize()}: being lived.")
            st.skeleton(height=_CARDS)
    way = st.segmented_control(
        "In detail",
        hows,
        default=hows[0],
        required=True,
        key="way" if len(hows) > 1 else "only_way",
        bind="query-params" if len(hows) > 1 else None,
        format_func=lambda how: LABELS[how].capitalize(),
    )
    detail = st.container()
    if way not in places:  # it is there already, and a search takes a while
        with detail:
            details(first, shown)
    beside = {how: _beside(place, how, shown, choices, slot) for how, place in places.items()}
    compared = beside.get(way)
    if isinstance(compared, Comparison):
        with detail:
            details(compared, shown)
    told = _story(compared if isinstance(compared, Comparison) else first, shown, choices, slot)
    return shown == choices and None not in beside.values() and told is not None


def _beside(
    place: DeltaGenerator, how: Equal, shown: Choices, choices: Choices, slot: DeltaGenerator
) -> Comparison | str | None:
    """Show the headlines of another way under those of the first; why they are missing, where they are."""
    of = shown.of_way(how)
    found: Comparison | str | None = finished(how, of)
    if found is None and shown == choices:
        found = lived(how, of, partial(with_way, of, how), choices, slot)
    label = LABELS[how].capitalize()
    with place.container():
        if isinstance(found, Comparison):
            headlines(found)
        elif found is not None:
            st.warning(f"{label} is missing: {found}.")
        else:
            st.caption(f"{label} was not lived.")
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
