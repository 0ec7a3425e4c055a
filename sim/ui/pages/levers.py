"""The page of sim/ui/levers."""

from sim.ui.levers.page import page

if __name__ == "__main__":
    page()
