"""The page of sim/ui/watching."""

from sim.ui.watching.page import page

if __name__ == "__main__":
    page()
