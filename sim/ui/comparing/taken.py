"""The report to take away: a page, a PDF, a workbook; made when it is asked for."""

from __future__ import annotations

from functools import partial
from typing import Literal, get_args

import streamlit as st

from sim.handouts.writing import report_bytes
from sim.study.comparing.comparison import Comparison
from sim.ui.comparing.question import Question
from sim.ui.parts.picture import DRAWING
from sim.ui.state.speech import language, later, say

Form = Literal["html", "pdf", "xlsx"]
_CALLED: dict[Form, tuple[str, str, str]] = {
    "html": (later("Report (HTML)"), "text/html", ":material/web:"),
    "pdf": (later("Report (PDF)"), "application/pdf", ":material/picture_as_pdf:"),
    "xlsx": (
        later("Workbook (Excel)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ":material/table:",
    ),
}


def taken(comparison: Comparison, asking: Question) -> None:
    """Offer the report of a comparison in every form, in the reader's language."""
    for column, form in zip(st.columns(3), get_args(Form), strict=True):
        title, kind, icon = _CALLED[form]
        column.download_button(
            say(title),
            partial(_made, comparison, form, language(), asking.command()),
            f"double-peine.{form}",
            kind,
            key=f"report {form}",
            icon=icon,
            on_click="ignore",
            width="stretch",
        )


def _made(comparison: Comparison, form: Form, spoken: Literal["en", "fr"], command: str | None) -> bytes:
    with DRAWING:
        return report_bytes(comparison, form, language=spoken, command=command)
