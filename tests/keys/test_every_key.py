"""Every key of a world does what it says, in both tellings: none is left out, none acts otherwise."""

from __future__ import annotations

import pytest

from tests.keys.leaves import leaves
from tests.keys.of_arrivals import ARRIVALS
from tests.keys.of_colleagues import COLLEAGUES
from tests.keys.of_desks_and_chats import REACHED_AT_ONCE
from tests.keys.of_judgement import JUDGEMENT
from tests.keys.of_kinds import KINDS
from tests.keys.of_levers import LEVERS
from tests.keys.of_luck import LUCK
from tests.keys.of_money import MONEY
from tests.keys.of_people import PEOPLE
from tests.keys.of_queues import ROUTING
from tests.keys.of_service import SERVICE
from tests.keys.of_staff import STAFF
from tests.keys.of_the_long_run import LONG_RUN
from tests.keys.of_unasked import UNASKED
from tests.keys.of_writing import WRITING
from tests.keys.turns import Turn, covered, wrong_answers

TURNS: tuple[Turn, ...] = (
    *PEOPLE,
    *ARRIVALS,
    *SERVICE,
    *ROUTING,
    *MONEY,
    *LEVERS,
    *JUDGEMENT,
    *LUCK,
    *KINDS,
    *STAFF,
    *COLLEAGUES,
    *UNASKED,
    *WRITING,
    *REACHED_AT_ONCE,
)


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.key)
def test_a_key_does_what_it_says(turn, engine):
    assert wrong_answers(turn, engine) == []


def test_every_key_is_turned():
    """A key without a hand-worked number of its own would not be missed if nothing read it."""
    tried = {leaf for turn in TURNS for leaf in covered(turn)}
    tried |= {f"generations.{turn.key}" for turn in LONG_RUN}  # not of one run: tests/keys/test_the_long_run.py
    assert set(leaves()) - tried == set()


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.key)
def test_turning_a_key_moves_something(turn):
    """At least one of the numbers expected is another for another value."""
    assert any(len({str(answer) for answer in expected}) > 1 for expected in turn.moves.values())
