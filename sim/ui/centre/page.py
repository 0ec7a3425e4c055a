"""The page My centre."""

from __future__ import annotations

import streamlit as st

from sim.ui.centre.bring import brought
from sim.ui.centre.fit import fit
from sim.ui.centre.keep import keep
from sim.ui.centre.what_if import what_if
from sim.ui.parts import widgets
from sim.ui.state.speech import later, say

STEPS = {
    "bring": later("1. Bring"),
    "fit": later("2. Fit"),
    "keep": later("3. Keep"),
    "what_if": later("4. What if"),
}


def page() -> None:
    """Draw the page."""
    st.subheader(say("Your own centre: does this world have your figures, and what if it worked otherwise?"))
    step = widgets.segments(say("Step"), "c.step", list(STEPS), "bring", names=lambda one: say(STEPS[one]))
    if step in ("bring", "fit"):
        with st.container() if step == "bring" else st.expander(say("What was brought")):
            all_of_it = brought()
        if step == "fit":
            fit(all_of_it)
    elif step == "keep":
        keep()
    else:
        what_if()
