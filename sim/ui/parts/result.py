"""A result of a study on a page: its table, its words as the command line prints them, and both as files."""

from __future__ import annotations

import streamlit as st

from sim.study.running.reported import Reported
from sim.ui.parts.cells import safe_csv
from sim.ui.state.speech import say, told


def result(place: str, made: Reported, words: str) -> None:
    """Show the table of a result, and offer its words and its files.

    Parameters
    ----------
    words : str
        What stands for the table where it is not seen.
    """
    table = made.table()
    shown = table.rename(columns={name: _called(str(name)) for name in table.columns})
    st.dataframe(shown, hide_index=True, alt=words)
    with st.expander(say("In words")):
        st.code("\n".join(told(line) for line in made.text().splitlines()), language=None, wrap_lines=True)
    left, right = st.columns(2)
    left.download_button(
        say("Table (CSV)"), lambda: safe_csv(table), f"{place}.csv", "text/csv", key=f"csv {place}", on_click="ignore"
    )
    right.download_button(
        say("All of it (JSON)"),
        made.to_json,
        f"{place}.json",
        "application/json",
        key=f"json {place}",
        on_click="ignore",
    )


def _called(column: str) -> str:
    """Return what a column is called on a page; a path stays as it is written."""
    return column if "." in column else told(column.replace("_", " "))
