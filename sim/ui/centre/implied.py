"""What a fitted world says that was not given, on the page: a small table, and a warning of what is not usual."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.report.implied import Implied, implied
from sim.study.calibrating.calibration import Calibration
from sim.ui.centre.tables import shown_rows
from sim.ui.state.speech import say


def shown_implied(made: Calibration) -> None:
    """Draw what a fitted world has for what was not given; nothing where all of it was."""
    others = implied(made)
    if not others:
        return
    st.markdown(f"**{say('What this world says that you did not give')}**")
    shown_rows(implied_rows(others), say("Shares of the fitted world that your figures did not hold, and usual ones."))
    if any(one.beyond for one in others):
        st.warning(
            say("Beyond what is usual: give the figure if your report has it, or look at the staff and the laws.")
        )


def implied_rows(others: Sequence[Implied]) -> list[tuple[str, ...]]:
    """Return a heading, and a row for each implied share: its mean and interval, what is usual, and if it is beyond."""
    rows: list[tuple[str, ...]] = [
        (say("what"), say("this world"), say("95 % interval"), say("usual"), say("this world is"))
    ]
    for one in others:
        mean, low, high = one.estimate
        said = say("undefined") if mean is None else f"{100 * mean:.1f} %"
        reach = "" if low is None or high is None else f"{100 * low:.1f} to {100 * high:.1f} %"
        least, most = one.usual
        beyond = say("beyond what is usual") if one.beyond else ""
        rows.append((one.words, said, reach, f"{100 * least:.0f} to {100 * most:.0f} %", beyond))
    return rows
