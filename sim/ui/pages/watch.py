"""The page of sim/ui/watching."""

from sim.ui.watching.page import page

page()
