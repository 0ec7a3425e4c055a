"""What every shipped world and two hundred others came to before the house was moved: not a bit of it may change."""

from __future__ import annotations

import json

import pytest

from sim.reading import load
from sim.world import World
from tests.recorded.digests import FILE, figures, lived, mathematics, worlds
from tests.recorded.worlds import MANY, world
from tests.twin.test_shipped_worlds import SHIPPED, of_a_few_days

RECORDED = json.loads(FILE.read_text(encoding="utf-8"))
TENTHS = 10

pytestmark = pytest.mark.skipif(
    mathematics() != RECORDED["mathematics"], reason="this machine's logarithms or powers differ in their last bits"
)


def test_every_world_is_recorded():
    assert list(RECORDED["histories"]) == [name for name, _ in worlds()]
    assert len(RECORDED["histories"]) == MANY + len(SHIPPED) > 203


@pytest.mark.parametrize("tenth", range(TENTHS))
def test_histories_are_what_they_were_to_the_bit(tenth):
    seen = {name: lived(one) for name, one in list(worlds())[tenth::TENTHS]}
    assert seen == {name: RECORDED["histories"][name] for name in seen}


@pytest.mark.parametrize("number", range(0, MANY, 20))
def test_the_story_told_in_simpy_is_the_recorded_one_too(number):
    assert lived(World.model_validate(world(number)), "simpy") == RECORDED["histories"][str(number)]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_figure_is_what_it_was(file):
    """To nine digits: in which order sums are added up is free. Measures that are new since stand beside them."""
    recorded = RECORDED["figures"][file.stem]
    seen = figures(of_a_few_days(load(file)))
    assert [id for id in seen if id in recorded] == list(recorded)
    for id, parts in recorded.items():
        assert seen[id] == [None if part is None else pytest.approx(part, rel=1e-9) for part in parts], id
