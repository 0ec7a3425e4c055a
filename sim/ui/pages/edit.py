"""The page on which a world is edited."""

from sim.ui.editing.page import page

if __name__ == "__main__":
    page()
