"""The page of sim/ui/centre."""

from sim.ui.centre.page import page

page()
