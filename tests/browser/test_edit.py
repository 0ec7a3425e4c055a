"""A planner edits a world: a mistake is read and mended, a staff table pasted, the world kept, compared, downloaded."""

from __future__ import annotations

from functools import partial
from urllib.parse import unquote_plus

from sim.reading import digest, load
from sim.study.changing.changed import changed
from tests.browser.driving import figures, settled, until

STAFF = (
    "team\tdays\tfrom\tto\tagents\nfront\tmon-fri\t08:00\t20:00\t5\nfront\tsat\t09:00\t18:00\t3\nsecond\topen\t\t\t2\n"
)


def section(page, name: str) -> None:
    """Open a section of the world."""
    chooser = page.get_by_role("combobox", name="Section")
    chooser.click()
    chooser.fill(name)
    chooser.press("Enter")
    page.get_by_role("heading", name=name).wait_for()


def _stands(page, said: str) -> bool:
    return said in address(page)


def address(page) -> str:
    """Return the address as a person reads it."""
    return unquote_plus(page.evaluate("location.href"))


def typed(page, label: str, said: str) -> None:
    """Type into the first field of this name, and leave it."""
    field = page.get_by_label(label, exact=True).first
    field.fill(said)
    field.press("Enter")


def test_a_world_is_edited_from_a_mistake_to_a_file(visit, tmp_path):
    page = visit("/edit?lang=en&edit=base")
    typed(page, "Mean", "8 mins")
    page.get_by_text("1 mistake: the world is kept once it is mended.").wait_for()
    until(lambda: page.get_by_text('unit "mins" is not known; write "8 min"').count() == 2)
    until(lambda: page.get_by_role("button", name="Keep", exact=True).is_disabled())
    page.reload()
    until(lambda: page.get_by_label("Mean", exact=True).first.input_value() == "8 mins")
    typed(page, "Mean", "8 min")
    page.get_by_text("1 mistake").wait_for(state="detached")

    section(page, "Table: Staff by team")
    page.get_by_text("Paste from a spreadsheet, or type rows").click()
    page.get_by_label("Rows", exact=True).fill(STAFF.replace("\t5", "\tfive"))
    page.get_by_role("button", name="Take these rows").click()
    page.get_by_text("Row 2, Agents").first.wait_for()
    page.get_by_label("Rows", exact=True).fill(STAFF)
    page.get_by_role("button", name="Take these rows").click()
    until(lambda: "e.teams.front.staff" in address(page))

    page.get_by_label("Keep as").fill("My centre")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("Kept as My centre").wait_for()
    with page.expect_download() as given:
        page.get_by_role("button", name="Download, whole (TOML)").click()
    given.value.save_as(tmp_path / "mine.toml")
    staff = {"mon-fri 08:00-20:00": 5, "sat 09:00-18:00": 3}
    wanted = changed("base", {"teams.front.talk": "8 min", "teams.front.staff": staff})
    assert digest(load(tmp_path / "mine.toml")) == digest(wanted)
    with page.expect_download() as given:
        page.get_by_role("button", name="Download, what differs from base").click()
    given.value.save_as(tmp_path / "differs.toml")
    assert digest(load(tmp_path / "differs.toml")) == digest(wanted)

    page.get_by_role("button", name="Compare with where it began").click()
    assert len(figures(page)) >= 4
    page.get_by_text("My centre instead of base").first.wait_for()


def test_a_cell_of_the_grid_is_edited_by_the_keyboard_and_again_without_losing_either(visit):
    page = visit("/edit?lang=en&edit=base&section=table.staff")
    canvas = page.get_by_test_id("stDataFrame").locator("canvas").first
    canvas.wait_for()
    for row, agents in ((1, 6), (2, 7), (1, 8)):
        settled(page)
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + box["width"] - 60, box["y"] + 17 + 35 * row)
        page.wait_for_timeout(500)  # a canvas says nothing of whether it listens by now
        page.keyboard.type(str(agents))
        page.locator(".gdg-input").wait_for()
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        until(partial(_stands, page, f" = {agents}"))
    assert 'e.teams.front.staff={ "mon-fri 08:00-20:00" = 8, "sat 09:00-18:00" = 7 }' in address(page)


def test_mistakes_are_told_in_french_on_a_telephone(visit):
    page = visit("/edit?e.teams.front.talk=8 mins", wide=390, tall=844, language="fr-FR")
    page.get_by_text("1 erreur").wait_for()
    until(lambda: page.get_by_text("l'unité \"mins\" n'est pas connue").count() == 2)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
