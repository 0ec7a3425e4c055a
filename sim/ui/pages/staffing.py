"""The page of sim/ui/staffing."""

from sim.ui.staffing.page import page

page()
