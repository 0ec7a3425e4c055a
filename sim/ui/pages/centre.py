"""The page of sim/ui/centre."""

from sim.ui.centre.page import page

if __name__ == "__main__":
    page()
