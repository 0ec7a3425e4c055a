"""The app: two worlds, a few sliders, and what separates them. Start it with `streamlit run app.py`."""

import streamlit as st

from sim.ui.page import page


def main() -> None:
    """Set the page up and draw it."""
    st.set_page_config(page_title="Double peine", page_icon="☎️", layout="wide")
    page()


if __name__ == "__main__":
    main()
