"""The shelf: kept by content, found by nothing but its name, cleared in time."""

from __future__ import annotations

import os
import time

import pytest

from sim.ui.state import shelf


def test_what_is_put_down_is_found_by_its_name():
    name = shelf.put("world", b"a world")
    assert shelf.get("world", name) == b"a world"
    assert shelf.put("world", b"a world") == name
    assert shelf.get("report", name) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 19, "0" * 20, "G" * 20, "a/b", "\0", "0" * 10_000])
def test_a_name_is_never_a_path(name):
    shelf.put("world", b"a world")
    assert shelf.get("world", name) is None


def test_what_was_changed_on_the_disk_is_not_what_was_put_down():
    name = shelf.put("world", b"a world")
    (file,) = (shelf.folder() / "world").iterdir()
    file.write_bytes(b"another")
    assert shelf.get("world", name) is None


@pytest.mark.parametrize("broken", [b"", b"a wor", b"\0" * 7, b"another"])
def test_what_was_broken_on_the_disk_is_mended_when_it_is_put_down_again(broken):
    name = shelf.put("world", b"a world")
    (file,) = (shelf.folder() / "world").iterdir()
    file.write_bytes(broken)
    assert shelf.put("world", b"a world") == name
    assert shelf.get("world", name) == b"a world"


def test_what_nobody_asked_for_in_half_a_year_is_taken_away():
    old, new = shelf.put("world", b"old"), shelf.put("world", b"new")
    shelf.get("world", new)
    file = shelf.folder() / "world" / f"{old}.kept"
    long_ago = time.time() - (shelf.KEPT_DAYS + 1) * 86_400
    os.utime(file, (long_ago, long_ago))
    shelf.clear()
    assert (shelf.get("world", old), shelf.get("world", new)) == (None, b"new")


def test_the_longest_unasked_go_where_there_is_no_room(monkeypatch):
    names = [shelf.put("world", bytes([at]) * 100) for at in range(3)]
    for at, name in enumerate(names):
        os.utime(shelf.folder() / "world" / f"{name}.kept", (1e9 + at, 1e9 + at))
    monkeypatch.setattr(shelf, "MOST_BYTES", 250)
    shelf.clear(now=1e9 + 3)
    assert [shelf.get("world", name) is None for name in names] == [True, False, False]


def a_study(content: bytes = b"a study"):
    """Return the folder of a study of two files."""
    place = shelf.study(shelf.name_of(content))
    (place / "parts").mkdir(parents=True)
    for file in (place / "manifest.json", place / "parts" / "one.parquet"):
        file.write_bytes(100 * b"x")
    return place


def test_a_study_that_nobody_asked_for_in_half_a_year_is_taken_away_with_all_that_is_in_it():
    place = a_study()
    shelf.clear(time.time() + (shelf.KEPT_DAYS - 1) * 86_400)
    assert place.exists()
    shelf.clear(time.time() + (shelf.KEPT_DAYS + 1) * 86_400)
    assert not place.exists()


def test_a_study_that_is_asked_for_is_kept_longer():
    place, long_ago = a_study(), time.time() - (shelf.KEPT_DAYS + 1) * 86_400
    for one in (*place.rglob("*"), place):
        os.utime(one, (long_ago, long_ago))
    shelf.study(place.name)
    shelf.clear()
    assert place.exists()


def test_folders_count_for_the_room_with_all_that_is_in_them(monkeypatch):
    old, new = a_study(b"old"), a_study(b"new")
    for one in (*old.rglob("*"), old):
        os.utime(one, (1e9, 1e9))
    size = shelf._stat(new)[1]
    assert size > 200
    monkeypatch.setattr(shelf, "MOST_BYTES", 2 * size - 1)
    shelf.clear()
    assert (old.exists(), new.exists()) == (False, True)


def test_what_is_put_aside_takes_the_place_of_what_was_and_goes_in_time():
    for _ in range(2):
        place = a_study()
        shelf.put_aside(place)
        assert [one.name for one in place.parent.iterdir()] == [f"{place.name}.aside"]
    shelf.clear(time.time() + (shelf.KEPT_DAYS + 1) * 86_400)
    assert not [*place.parent.iterdir()]
