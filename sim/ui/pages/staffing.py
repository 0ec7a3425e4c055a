"""The page of sim/ui/staffing."""

from sim.ui.staffing.page import page

if __name__ == "__main__":
    page()
