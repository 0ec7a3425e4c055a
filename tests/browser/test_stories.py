"""The page Stories, driven by a person."""

from __future__ import annotations

from tests.browser.driving import settled


def test_a_story_is_chosen_placed_and_there_again_after_a_reload(visit):
    page = visit("/stories?lang=en&times=6")
    page.get_by_role("radio", name="Silence").or_(page.get_by_role("button", name="Silence")).first.click()
    page.locator("code", has_text="silence").first.wait_for()
    settled(page)
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("usual story in silence").wait_for()
    page.locator("img[alt^='Where each figure']").wait_for()
    page.reload()
    page.get_by_text("usual story in silence").wait_for()


def test_it_is_told_in_french(visit):
    page = visit("/stories?times=10&story=silence", language="fr-FR")
    page.get_by_text("Son monde: silence").wait_for()
    settled(page)
    page.get_by_role("button", name="Lancer", exact=True).click()
    page.locator("img").first.wait_for()
