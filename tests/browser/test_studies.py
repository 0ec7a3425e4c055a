"""Levers, staffing and sweeps run in the browser, are left and found again."""

from __future__ import annotations

from tests.browser.driving import until

SMALL = "days=1&replications=2&load=50&lang=en"


def test_a_sweep_runs_and_is_there_again_after_a_reload(visit):
    page = visit(f"/sweep?{SMALL}&sw.many=1&sw.0.values=10+min,+none")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Which points are efficient").wait_for()
    page.reload()
    page.get_by_text("Which points are efficient").wait_for()


def test_a_long_study_goes_on_while_another_page_is_looked_at(visit):
    page = visit(f"/levers?{SMALL}&second=hotline_2005&levers.measures=calls_per_problem", wide=1600)
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("link", name="Method").click()
    page.get_by_text("What makes a comparison fair").wait_for()
    page.get_by_role("link", name="Levers").click()
    until(lambda: page.locator("img[alt^=Waterfall]").count() == 1)
