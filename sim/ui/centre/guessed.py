"""What a business case rests on and nobody gave: each guess with its key, and the way to where it is changed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from sim.reading.guesses import Guess
from sim.report.business import BusinessCase
from sim.ui.centre.tables import shown_rows
from sim.ui.editing import draft
from sim.ui.editing.page import SECTION, section_called
from sim.ui.editing.sections import section_of
from sim.ui.parts.markdown import escaped
from sim.ui.state import address
from sim.ui.state.speech import say, told

_EDIT = Path(__file__).parents[1] / "pages" / "edit.py"


def guessed(case: BusinessCase, today: str) -> None:
    """Draw which lines of a case rest on which guesses of a world of today, and what opens these in Edit."""
    below = [line for line in case.lines if line.measure == "customer_eur_per_problem"]
    if any((world.mean or 0.0) < 0.0 for line in below for world in line.worlds):
        st.caption(say("Customers' costs below 0: the gestures that they receive outweigh what they pay."))
    rows = guess_rows(case)
    if len(rows) == 1:
        return
    st.markdown(f"**{escaped(say('* What rests on a guess, not on your figures'))}**")
    shown_rows(rows, say("Each value of this world that nobody gave, and the lines of the case that rest on it."))
    with st.container(horizontal=True):
        for section in sections_of(case):
            words = say("Change in Edit: {section}", section=section_called(section))
            if st.button(words, key=f"w.edit {section}", on_click=_opened, args=(today, section)):
                st.switch_page(_EDIT)


def guess_rows(case: BusinessCase) -> list[tuple[str, ...]]:
    """Return a heading, and a row for each guess: its key, its value, and which lines of the case rest on it."""
    rows: list[tuple[str, ...]] = [(say("key"), say("value"), say("rests on it"))]
    for guess in _all(case):
        lines = [told(line.words) for line in case.lines if guess in line.guesses]
        rows.append((guess.key, guess.value, "; ".join(lines)))
    return rows


def sections_of(case: BusinessCase) -> list[str]:
    """Return the sections of Edit in which a case's guesses stand, as the address names them."""
    return list(dict.fromkeys(".".join(section_of(tuple(guess.key.split(".")))) for guess in _all(case)))


def _all(case: BusinessCase) -> list[Guess]:
    return list(dict.fromkeys(guess for line in case.lines for guess in line.guesses))


def _opened(today: str, section: str) -> None:
    address.turned()
    address.put(draft.BEGUN, today)
    address.put(SECTION, section)
