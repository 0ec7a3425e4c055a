"""The picture of the house shows the rooms as they are, and an arrow for every way between them."""

from __future__ import annotations

import sys
from pathlib import Path

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
sys.path.insert(0, str(EXPERIMENTS))

import house  # noqa: E402 - it lies beside what it draws, outside of every package


def test_the_picture_shows_the_house_as_it_is():
    """If not: ``python experiments/house.py`` draws it anew; then look at it."""
    assert house.drawn() == house.described(house.modules())


def test_a_room_more_and_a_way_more_are_seen(tmp_path):
    """A cellar below all rooms, with a room within it, to which a stair leads from a function."""
    for name, text in (
        ("__init__.py", ""),
        ("cellar/__init__.py", ""),
        ("cellar/wine/__init__.py", ""),
        ("cellar/wine/old.py", "from sim.cellar.coal import heap"),
        ("cellar/coal/__init__.py", "heap = 1"),
        ("stairs.py", "def down():\n    from sim.cellar.coal import heap"),
    ):
        file = tmp_path / "sim" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert house.described(house.modules(tmp_path)) == [
        "sim.cellar: nothing",
        "sim.stairs: cellar",
        "sim.cellar.coal: nothing",
        "sim.cellar.wine: coal",
    ]


def test_no_arrow_is_drawn_where_another_room_lies_between():
    leads = {"roof": {"walls", "cellar"}, "walls": {"cellar"}, "cellar": set()}
    assert house.nearest(leads) == {"roof": {"walls"}, "walls": {"cellar"}, "cellar": set()}
    assert [house.storey(room, leads) for room in ("cellar", "walls", "roof")] == [0, 1, 2]


def test_no_room_stands_in_another():
    boxes = [*house.House(house.modules()).boxes.values()]
    for number, (across, up, wide, high) in enumerate(boxes):
        for other in boxes[:number]:
            apart = abs(across - other[0]) >= (wide + other[2]) / 2 or abs(up - other[1]) >= (high + other[3]) / 2
            assert apart, ((across, up, wide, high), other)


def test_the_rooms_within_a_room_are_drawn_by_name():
    figure = house.draw(house.modules())
    names = {text.get_text() for text in figure.axes[0].texts}
    for room in ("mechanisms", "study"):
        assert {room, *house.rooms(house.modules(), f"sim.{room}")} <= names
