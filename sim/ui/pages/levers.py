"""The page of sim/ui/levers."""

from sim.ui.levers.page import page

page()
