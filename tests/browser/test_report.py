"""The report that a planner downloads says what the library says."""

from __future__ import annotations

import html
import re

import openpyxl
import pytest

from sim.study.comparing.compare import compare
from tests.browser.driving import finished

SMALL = "/?days=1&replications=2&lang=en"


@pytest.fixture(scope="module")
def made():
    return compare("double_peine", "empowered", days=1, replications=2, equal="staff")


def downloaded(page, label: str) -> bytes:
    """Press a download button, and return what came."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=label).click()
    return coming.value.path().read_bytes()


def test_the_page_that_is_downloaded_has_the_librarys_figures(visit, made):
    page = visit(SMALL)
    finished(page)
    said = html.unescape(re.sub(r"<[^>]+>", " ", downloaded(page, "Report (HTML)").decode("utf-8")))
    calls = made.line("calls_per_problem").worlds
    assert f"{calls[0].mean:.2f}" in said and f"{calls[1].mean:.2f}" in said
    assert all(digest in said for digest in made.digests)


def test_the_workbook_has_them_as_numbers(visit, made, tmp_path):
    page = visit(SMALL)
    finished(page)
    path = tmp_path / "report.xlsx"
    path.write_bytes(downloaded(page, "Workbook (Excel)"))
    book = openpyxl.load_workbook(path, data_only=True)
    numbers = [
        cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if type(cell) is float
    ]
    for line in ("calls_per_problem", "customer_eur_per_problem"):
        for world in made.line(line).worlds:
            assert any(number == pytest.approx(world.mean, rel=1e-9) for number in numbers)


def test_the_pdf_is_one(visit):
    page = visit(SMALL)
    finished(page)
    assert downloaded(page, "Report (PDF)").startswith(b"%PDF-")
