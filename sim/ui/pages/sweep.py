"""The page of sim/ui/sweeping."""

from sim.ui.sweeping.page import page

page()
