"""The page that compares two worlds."""

from sim.ui.comparing.page import page

page()
