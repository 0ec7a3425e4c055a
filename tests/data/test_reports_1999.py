"""The example reports are what the published counts of 1999 come to."""

from __future__ import annotations

import csv
import sys
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.reading.warnings import warnings_of

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "scenarios" / "reports"
sys.path.insert(0, str(ROOT / "experiments"))

import reports_1999  # noqa: E402 - it lies beside the tables that it reads, outside of every package


def october():
    with (ROOT / "experiments" / "data" / "waits_1999_halfhour.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["month"] == "1999-10"]
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name not in ("month", "start")}


def test_the_files_are_what_the_script_makes():
    """If not: ``python experiments/reports_1999.py``."""
    assert (REPORTS / "interval_report.csv").read_text("utf-8-sig") == reports_1999.report()
    assert (REPORTS / "month.toml").read_text("utf-8") == reports_1999.figures()


def test_a_week_of_the_report_is_five_mean_days():
    """Each day's sum is off by half a call at most: five times the published mean, and two and a half."""
    report, published = sim.interval_report(REPORTS / "interval_report.csv"), october()
    assert report.warnings == ()
    assert dict(report.left_out) == {"lines above the heading": 1, "totals rows": 1}
    assert report.first_monday == date(1999, 10, 11)
    assert len(report) == 5 * 34
    assert report.rows["offered"].sum() == pytest.approx(5 * published["calls_per_day"].sum(), abs=2.5)
    lost = (published["calls_per_day"] * published["p_abandon"]).sum()
    assert report.rows["abandoned"].sum() == pytest.approx(5 * lost, abs=2.5)
    assert (report.rows["offered"] == report.rows["answered"] + report.rows["abandoned"]).all()
    assert report.rows["speed_of_answer"][:34] * 60 == pytest.approx(published["mean_wait_s"])
    assert report.rows["handle_time"][:34] * 60 == pytest.approx(published["mean_service_s"], abs=0.5)
    assert report.rows["agents"][:34] == pytest.approx(published["agents_seen_mean"])


def test_the_months_figures_are_those_published():
    """The replay targets of the month: 26.8 s of wait, 36.1 % wait, 6.3 % abandon, over all calls of its weekdays."""
    figures = tomllib.loads((REPORTS / "month.toml").read_text("utf-8"))
    published = october()
    assert figures["offered"] == round(21 * published["calls_per_day"].sum())
    assert figures["answered"] + figures["abandoned"] == figures["offered"]
    assert figures["abandoned"] / figures["offered"] == pytest.approx(0.063, abs=0.001)
    assert float(figures["speed_of_answer"].removesuffix(" s")) == pytest.approx(26.8, abs=0.3)


def test_what_is_not_in_the_data_is_marked():
    text = (REPORTS / "month.toml").read_text("utf-8").split("\n\n", 1)[1]
    marked = {line.split(" ")[0] for line in text.splitlines() if "# illustrative" in line}
    assert marked == {"transfers", "repeats", "first_contact_resolution"}


def test_the_example_goes_on_to_an_empowered_centre():
    """What `calibrate` wrote is there, and differs from the empowered centre by what that one's file says alone."""
    mine, empowered = sim.load(REPORTS / "mine.toml"), sim.load(REPORTS / "empowered_mine.toml")
    assert warnings_of(mine) == warnings_of(empowered) == ()
    assert empowered.population == mine.population
    assert {name for name, block in mine if block != getattr(empowered, name)} == {"name", "about", "levers"}


@pytest.mark.slow
def test_the_example_is_what_calibrate_makes_of_it():
    """Another processor may round otherwise on the way: a hundredth of each value."""
    report = REPORTS / "interval_report.csv"
    made = sim.calibrate(REPORTS / "mycentre.toml", REPORTS / "month.toml", report=report)
    shipped = sim.load(REPORTS / "mine.toml")
    population, front = made.world.population, made.world.teams["front"]
    assert population.problems_per_day == pytest.approx(shipped.population.problems_per_day, rel=0.01)
    assert population.patience.mean_value() == pytest.approx(shipped.population.patience.mean_value(), rel=0.01)
    assert front.solve == pytest.approx(shipped.teams["front"].solve, rel=0.01)
    assert front.mean_talk("any") == pytest.approx(shipped.teams["front"].mean_talk("any"), rel=0.01)
