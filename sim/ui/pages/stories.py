"""The page of sim/ui/stories."""

from sim.ui.stories.page import page

if __name__ == "__main__":
    page()
