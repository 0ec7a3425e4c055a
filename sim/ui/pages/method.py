"""The page of sim/ui/method."""

from sim.ui.method.page import page

page()
