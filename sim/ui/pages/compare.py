"""The page that compares two worlds."""

from sim.ui.comparing.page import page

if __name__ == "__main__":
    page()
