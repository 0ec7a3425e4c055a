"""The page of sim/ui/method."""

from sim.ui.method.page import page

if __name__ == "__main__":
    page()
