"""What no theme can say: words on the dark theme's pale main colour are dark, where Streamlit writes white."""

from __future__ import annotations

import streamlit as st

from sim.ui.parts.night import PAGE

_DARK_ON_PALE = f"""<style>
[data-testid="stBaseButton-primary"]:not(:disabled), .stMultiSelect [data-tag], .stMultiSelect [data-tag] * {{
  color: rgb{PAGE};
}}
</style>"""


def legible() -> None:
    """Let the words of buttons and of what is chosen stand out on a dark page (4.5 to 1, WCAG 1.4.3)."""
    if st.context.theme.type == "dark":
        st.html(_DARK_ON_PALE)
