"""The planner's first minute: open, move a slider, see figures change, switch language, reload, send the link."""

from __future__ import annotations

import re

import pytest

from tests.browser.driving import figures, finished, slide, until, where

LOAD = "Problems a day (% of the worlds' own)"


def test_the_page_opens_with_a_finding_and_figures(visit):
    page = visit()
    assert len(figures(page)) >= 4
    assert page.get_by_text("empowered instead of double_peine").count() >= 1


def test_a_slider_moved_by_the_keyboard_changes_the_figures_and_the_address(visit):
    page = visit()
    finished(page)
    before = figures(page)
    slide(page, LOAD)
    until(lambda: figures(page) != before)
    until(lambda: "load=105" in where(page))


def test_a_reload_and_the_link_in_another_window_show_the_same(visit, server):
    page = visit("/?load=110&seed=3&lang=en")
    finished(page)
    shown = figures(page)
    page.reload()
    finished(page)
    until(lambda: figures(page) == shown)
    other = visit(page.url.removeprefix(server))
    finished(other)
    until(lambda: figures(other) == shown)


def test_back_leads_to_what_was_set_before_to_where_nothing_was_too(visit):
    page = visit()
    finished(page)
    slide(page, LOAD)
    until(lambda: "load=105" in where(page))
    slide(page, LOAD)
    until(lambda: "load=110" in where(page))
    slider = page.get_by_role("slider", name=LOAD)
    page.go_back()
    until(lambda: slider.input_value() == "105")
    page.go_back()
    until(lambda: slider.input_value() == "100")
    until(lambda: "load" not in where(page))


def test_the_language_is_the_browsers_and_can_be_switched(visit):
    page = visit(language="fr-FR")
    page.get_by_text("Premier monde").first.wait_for()
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_text("First world").first.wait_for()
    until(lambda: "lang=en" in where(page))


def test_what_is_set_is_there_on_every_page(visit):
    page = visit("/?load=110")
    page.get_by_role("link", name="Levers").click()
    page.get_by_text("What separates the two worlds, and what matters most?").wait_for()
    slider = page.get_by_role("slider", name=LOAD)
    assert slider.input_value() == "110"
    until(lambda: re.search(r"/levers\?.*load=110", where(page)) is not None)


def test_a_job_is_run_and_cancelled(visit):
    page = visit("/?replications=200&days=28")
    page.get_by_role("button", name="Run", exact=True).click()
    cancel = page.get_by_role("button", name="Cancel")
    cancel.wait_for()
    cancel.click()
    page.get_by_role("button", name="Run", exact=True).wait_for()  # it would go on for minutes


def test_a_broken_link_opens_and_says_what_was_not_understood(visit):
    page = visit("/?load=500&first=nowhere")
    figures(page)
    page.get_by_text("Part of this link was not understood").wait_for()


@pytest.mark.parametrize("wide", [390, 640, 1280])
def test_no_figure_of_a_card_is_cut(visit, wide):
    page = visit("/?lang=fr", wide=wide)
    figures(page)
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    assert page.locator("[data-testid=stMetric] *").evaluate_all(cut) == []
