"""The page of sim/ui/sweeping."""

from sim.ui.sweeping.page import page

if __name__ == "__main__":
    page()
