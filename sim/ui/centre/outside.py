"""A fit that misses figures, told wherever its world is relied on: where it is kept, and where a year is reckoned."""

from __future__ import annotations

import streamlit as st

from sim.study.calibrating.calibration import Calibration
from sim.ui.state.speech import say
from sim.ui.state.worlds import Outside


def outside_of(made: Calibration) -> Outside:
    """Return how many figures of a fit are outside their bands, of how many."""
    return Outside(made.having("outside"), len(made.lines))


def cautioned(found: Outside | None) -> None:
    """Warn of figures outside their bands; where there are none, or nothing was fitted, say nothing."""
    if found is not None and found.outside:
        st.warning(
            say(
                "Of {figures} figures, outside your bands: {outside}. Look at the fit before you rely on this.",
                outside=found.outside,
                figures=found.figures,
            )
        )
