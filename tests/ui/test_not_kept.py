"""A server whose disk takes nothing: told in words wherever something is to be kept, and the page stays up."""

from __future__ import annotations

import errno
import os

import pytest

from sim.reading import load
from sim.ui.centre import keep
from sim.ui.centre.brought import REPORT, taken
from sim.ui.state import shelf as shelves
from sim.ui.state.shelf import NotKept
from tests.ui.opened import until
from tests.ui.test_brought import PASTED
from tests.ui.test_edit_page import address_of, errors
from tests.ui.test_studies import on

MINE = b'about = "Mine."\nextends = "base"\nname = "mine"\n'
WORDS = {"en": "This could not be kept", "fr": "Ceci n'a pas pu être gardé"}


@pytest.fixture(autouse=True)
def no_folder(shelf):
    """Let a file stand where the shelf should, so that nothing can be put on it."""
    shelf.write_bytes(b"no folder")


def assert_told(at, shelf, language: str = "en") -> None:
    assert not at.exception
    assert errors(at).count(WORDS[language]) == 1
    assert str(shelf) not in errors(at)


def pressed(at, label: str):
    return next(one for one in at.button if one.label == label).click().run()


@pytest.mark.parametrize("language", WORDS)
def test_the_example_is_not_filled_in_and_what_was_typed_stays(shelf, language):
    at = on("centre", lang=language, **{"f.offered": "123"})
    at.button(key="c.example").click().run()
    assert_told(at, shelf, language)
    assert address_of(at)["f.offered"] == "123"
    assert not errors(at.run()), "told once"


def test_a_table_that_is_brought(shelf):
    at = on("centre")
    at.text_area(key="c.report paste").set_value(PASTED).run()
    at.button(key="c.report take").click().run()
    assert_told(at, shelf)


def test_a_file_of_figures_and_a_world_that_are_brought(shelf):
    at = on("centre")
    figures = b'offered = 9\nrepeats = { value = "20 %", from = "18 %", to = "23 %" }\n'
    at.file_uploader(key="c.month upload").upload("month.toml", figures).run()
    assert_told(at, shelf)
    at = on("centre", **{"c.step": "keep"})
    at.file_uploader(key="c.own upload").upload("w.toml", MINE).run()
    assert_told(at, shelf)


def test_a_fitted_world(shelf, monkeypatch):
    class Fitted:
        world = load("base")
        to_toml = ""
        lines = ()

        def having(self, verdict):
            return 0

    monkeypatch.setattr(keep, "fitted", Fitted)
    monkeypatch.setattr(keep, "named", lambda made, name, horizon: made)
    at = on("centre", **{"c.step": "keep"})
    at.button(key="c.keep").click().run()
    assert_told(at, shelf)


def test_a_table_that_the_temporary_folder_does_not_take(shelf, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/brought-x")

    shelf.unlink()
    name = taken(REPORT, PASTED.replace("12", "88").encode())
    monkeypatch.setattr("sim.ui.centre.brought.tempfile.TemporaryDirectory", full)
    assert_told(on("centre", **{"c.report": name}), "/tmp")


def test_a_draft_too_long_for_the_address_leaves_what_was_changed_before(shelf):
    at = on("edit", section="general", **{"e.teams.front.talk": "8 min"})
    at.text_input(key="w  about").set_value("long " * 300).run()
    assert_told(at, shelf)
    assert address_of(at)["e.teams.front.talk"] == "8 min"


def test_a_draft_with_one_more_team(shelf):
    at = on("edit", section="teams", **{"e.about": "long " * 230})
    next(one for one in at.text_input if one.key.startswith("w added ")).set_value("third")
    pressed(at, "Add")
    assert_told(at, shelf)
    assert "in.teams" not in address_of(at)


def test_rows_that_are_not_right_yet(shelf):
    at = on("edit", section="table.staff")
    at.text_area(key="table: pasted staff").set_value("frnt;mon-fri;08:00;20:00;9")
    pressed(at, "Take these rows")
    assert_told(at, shelf)


def test_an_edited_world_and_a_world_that_is_brought_to_be_edited(shelf):
    at = on("edit", section="general", **{"e.teams.front.talk": "8 min"})
    at.text_input(key="edit: name").set_value("mine")
    pressed(at, "Keep")
    assert_told(at, shelf)
    at.file_uploader(key="edit: upload").upload("w.toml", MINE).run()
    at.button(key="edit: brought").click().run()
    assert_told(at, shelf)
    assert address_of(at)["e.teams.front.talk"] == "8 min"


@pytest.mark.parametrize(("language", "seed"), [("en", "6"), ("fr", "7")])
def test_a_sweep(shelf, language, seed):
    small = {"sw.many": "1", "sw.0.path": "levers.time.cut_after", "lang": language, "seed": seed}
    at = on("sweep", **small)
    at.button(key="run sweep").click().run()
    assert_told(until(at, lambda one: one.error), shelf, language)


def test_a_sweep_whose_disk_is_full_when_a_part_is_written(shelf, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(shelf))

    shelf.unlink()
    monkeypatch.setattr("sim.study.sweeping.store.Store.keep", full)
    at = on("sweep", **{"sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "11 min, none"})
    at.button(key="run sweep").click().run()
    assert_told(until(at, lambda one: one.error), shelf)


def test_what_cannot_be_written_says_nothing_of_the_server(shelf):
    with pytest.raises(NotKept) as raised:
        shelves.put("world", b"a world")
    assert str(shelf) not in str(raised.value)
