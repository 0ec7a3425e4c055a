"""A result of a study on a page: its table, its words as the command line prints them, and both as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sim.study.running.reported import Reported
from sim.ui.parts.cells import safe_csv
from sim.ui.state.speech import later, say, told

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

_HEADS = {
    "player": later("lever"),
    "demand_when_free": later("problems where the number is free (x as many)"),
}
"""What columns are called on a page where their own name is one of the theory."""
_MOST_WRITTEN = 20_000
"""Cells of a table whose numbers are written in the reader's language; more would take seconds."""


def result(place: str, made: Reported, words: str) -> None:
    """Show the table of a result, and offer its words and its files.

    Parameters
    ----------
    words : str
        What stands for the table where it is not seen.
    """
    table = made.table()
    if table.index.name is not None:
        table = table.reset_index()
    st.dataframe(_shown(table), hide_index=True, alt=words)
    with st.expander(say("In words")):
        st.code(told(made.text()), language=None, wrap_lines=True)
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


def _shown(table: pd.DataFrame) -> pd.DataFrame | Styler:
    """Return a table in the reader's language: words told, and numbers written, which still sort as numbers."""
    texts = table.select_dtypes(exclude="number").columns
    words = table.assign(**{name: table[name].map(lambda cell: told(str(cell))) for name in texts})
    words = words.rename(columns={name: _called(str(name)) for name in table.columns})
    if words.size > _MOST_WRITTEN:
        return words
    return words.style.format(_written, subset=list(words.select_dtypes("number").columns), na_rep="")


def _written(value: object) -> str:
    """Write a number to four decimals at most, as a table shows it by itself."""
    return told(f"{value:,.4f}".rstrip("0").rstrip("."))


def _called(column: str) -> str:
    """Return what a column is called on a page; a path stays as it is written."""
    if column in _HEADS:
        return say(_HEADS[column])
    return column if "." in column else told(column.replace("_", " "))
