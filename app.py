"""The planner's app. Start it with `python3 -m uv run streamlit run app.py`."""

from sim.ui.app import app

if __name__ == "__main__":
    app()
