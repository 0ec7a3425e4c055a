"""A planner brings his own centre: pastes a report, maps a column, types figures, fits, keeps, takes it home."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

import sim
from sim.reading.shipped import folder
from tests.browser.driving import choose, until

REPORTS = folder() / "reports"
SMALL = "c.weeks=1&c.replications=2&days=7&replications=2&load=50"


def step(page, name: str) -> None:
    page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()


def address(page) -> str:
    """Ask the browser itself: what the driver knows of the address is as old as its last question."""
    found: str = page.evaluate("location.href")
    return found


def _is_set(page, key: str, value: str) -> bool:
    return parse_qs(urlsplit(address(page)).query).get(key) == [value]


@pytest.fixture
def typed(visit):
    """Open the page and type the figures of a month."""
    page = visit(f"/centre?{SMALL}&c.begin=plain&p.agents=14&p.from=07:00&p.to=23:00&p.days=sun-thu")
    for key, label, value in (
        ("f.days", "Calendar days of the report", "7"),
        ("f.offered", "Calls offered", "7 074"),
        ("f.abandoned", "Calls abandoned", "6,2 %"),
        ("f.handling_time", "Handling time", "181 s"),
    ):
        field = page.get_by_role("textbox", name=label, exact=True)
        field.fill(value)
        field.press("Enter")
        until(partial(_is_set, page, key, value))
    return page


def test_a_pasted_report_is_mapped_fitted_kept_compared_and_taken_home(typed, tmp_path):
    page = typed
    pasted = (REPORTS / "interval_report.csv").read_text(encoding="utf-8-sig").replace(";", "\t")
    page.get_by_role("tab", name="Paste from a spreadsheet").first.click()
    field = page.get_by_role("textbox", name="Rows with their heading, as they are copied").first
    field.fill(pasted.replace("Appels traités", "Pris en compte"))
    field.press("Control+Enter")
    page.get_by_role("button", name="Take these rows").first.click()
    page.get_by_text("7,074 calls offered").first.wait_for()
    page.get_by_text("Which column is which").first.click()
    choose(page, page.get_by_role("combobox", name=re.compile("Pris en compte")), "calls answered")
    until(lambda: "c.report.6=answered" in address(page))

    step(page, "2. Fit")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Figure by figure").wait_for(timeout=180_000)
    page.reload()
    page.get_by_text("Figure by figure").wait_for()

    step(page, "3. Keep")
    name = page.get_by_role("textbox", name="Name of the world")
    name.fill("pasted centre")
    name.press("Enter")
    until(lambda: "c.name=pasted" in address(page))
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download it (TOML)").click()
    path = tmp_path / "pasted.toml"
    taken.value.save_as(path)
    world = sim.load(path)
    assert world.name == "pasted centre"
    assert "# fitted:" in path.read_text(encoding="utf-8")
    page.get_by_role("button", name="Keep it in the list of worlds").click()
    until(lambda: "mine=own-" in address(page))

    step(page, "4. What if")
    slider = page.get_by_role("slider", name="Agents, in percent of those there are")
    slider.press("ArrowRight")
    until(lambda: "w.staff=105" in address(page))
    page.get_by_text("Beside the spreadsheet").wait_for(timeout=180_000)
    page.get_by_role("button", name="Open in Compare").click()
    page.get_by_text("What to look at").first.wait_for(timeout=180_000)
    assert page.get_by_text("pasted centre").count() >= 1
    until(lambda: "first=own-" in address(page))
    assert "staff=105" in address(page)


def test_an_uploaded_report_is_shown_and_another_kind_is_told(visit, tmp_path):
    page = visit("/centre")
    other = tmp_path / "report.csv"
    other.write_bytes(b"%PDF-1.7 and no table")
    upload = page.locator('input[type="file"]').nth(1)
    upload.set_input_files(str(other))
    page.get_by_text("is a PDF").first.wait_for()
    upload = page.locator('input[type="file"]').nth(1)
    upload.set_input_files(str(REPORTS / "interval_report.csv"))
    page.get_by_text("7,074 calls offered").first.wait_for()
    until(lambda: page.get_by_text("is a PDF").count() == 0)
