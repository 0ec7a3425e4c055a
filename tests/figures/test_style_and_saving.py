"""One look per world, numbers as they are written, and files that are whole or not there."""

from __future__ import annotations

import pytest

from sim.figures import forest, save
from sim.figures.numbers import away, clock_time, shown, signed
from sim.figures.style import ACTIVITIES, WORLDS, looks
from tests.figures.drawn import axes, comparison, line
from tests.worlds import tiny_world

CALLS = line("calls_per_problem", 5.0, 3.0, (-2.0, -2.5, -1.5))


def named(*names: str):
    return looks([tiny_world(name=name) for name in names])


def test_a_world_looks_the_same_in_whatever_company():
    assert named("double_peine", "empowered")[1] == named("empowered", "base")[0] == WORLDS["empowered"]
    assert named("mine", "base")[0] == named("mine", "empowered")[0]


def test_no_two_worlds_of_a_figure_look_alike():
    for names in (("mine", "mine"), ("base", "base"), tuple(f"world {n}" for n in range(6))):
        drawn = named(*names)
        assert len({look.colour for look in drawn}) == len(names)
        assert len({look.hatch for look in drawn}) == len(names)


def test_every_activity_is_told_by_hatch_or_shade_as_well_as_by_colour():
    """Menu, talk and explanation have no busy hatch: pale grey, green and white lines tell them apart."""
    assert len({look.colour for look in ACTIVITIES.values()}) == len(ACTIVITIES)
    hatched = [look.hatch for look in ACTIVITIES.values() if look.hatch]
    assert len(set(hatched)) == len(hatched) == 10


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.0, "EUR", "0.00"), (-0.001, "EUR", "0.00"), (123.4, "min", "123"), (0.031, "share", "3.1 %")],
)
def test_numbers_have_no_more_digits_than_they_bear(value, unit, text):
    assert shown(value, unit) == text


def test_a_difference_of_nothing_has_no_sign():
    assert signed(0.0, "EUR") == "0.00"
    assert signed(-0.0001, "EUR") == "0.00"


def test_times_are_written_as_one_would_say_them():
    assert (away(59), away(60), away(47 * 60), away(48 * 60)) == ("59 min", "1 h", "47 h", "2 d")
    assert clock_time(7 * 1440) == "Mon 00:00"


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_figure_is_written_in_the_format_of_its_suffix(tmp_path, suffix, start):
    path = save(forest(comparison(CALLS), axes()), tmp_path / f"forest{suffix}")
    assert path.read_bytes().startswith(start)
    assert [file.name for file in tmp_path.iterdir()] == [f"forest{suffix}"]


def test_another_suffix_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(ValueError, match=r"saved as \.png, \.svg or \.pdf"):
        save(forest(comparison(CALLS), axes()), tmp_path / "forest.bmp")


def test_a_figure_that_cannot_be_written_leaves_the_old_file(tmp_path, monkeypatch):
    drawn = forest(comparison(CALLS), axes())
    path = tmp_path / "forest.png"
    path.write_bytes(b"old")

    def fail(*_args, **_kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(drawn[0].get_figure(), "savefig", fail)
    with pytest.raises(OSError, match="disk full"):
        save(drawn, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
