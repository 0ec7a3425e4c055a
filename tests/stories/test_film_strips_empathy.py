"""Film strips of how one is handled: listened to, or by the book."""

from __future__ import annotations

import pytest

from sim import purposes
from sim.history.rows import Event
from sim.measures import measure
from tests.by_hand import assert_strip, count, lived, plain, served


def by_the_book(**changes):
    """Return a world in which four legs in ten are handled with empathy."""
    return plain(teams={"front": {"empathy": 0.4, **changes}})


def test_who_is_handled_by_the_book_is_so_once_he_has_told_his_story():
    """Six legs in ten are, and luck is one half. It weighs 0.6 points beside thirteen minutes (13/30)."""
    history = lived(by_the_book(), 0)
    assert_strip(history, "0 appeared\n" + served(0).replace("talking", "generic@front.0 talking"))
    asked = measure(history)
    assert asked["generic_legs_per_problem"] == (1, 1)
    assert asked["effort_index"] == (pytest.approx(13 / 30 + 0.6), 1)


def test_who_is_listened_to_has_no_such_row():
    history = lived(by_the_book(), 0, luck={(0, 0, 0): {purposes.GENERIC: 0.61}})
    assert_strip(history, "0 appeared\n" + served(0))


def test_where_nobody_asks_nobody_is_handled_by_the_book():
    assert_strip(lived(plain(), 0, luck={(0, 0, 0): {purposes.GENERIC: 0.001}}), "0 appeared\n" + served(0))


def test_whoever_is_cut_before_he_has_told_his_story_has_not_been_handled_at_all():
    world = plain(teams={"front": {"empathy": 0.0}}, levers={"time": {"cut_after": "2 min"}},
                  population={"again": {"persistence": 0.0}})  # fmt: skip
    assert_strip(
        lived(world, 0),
        """
        0 appeared dialled picked_up queued answered identifying
        1 explaining
        2 cut left_agent call_ended gave_up
        """,
    )


def test_agents_differ():
    """Spread is a power of mean one: the middle agent of a spread of 1 has the power 2 to the minus one half.

    Of six legs in ten that makes 0.6 ** 0.7071 = 0.697: a luck of 0.69 is by the book, which it would not be by the
    team's share, and one of 0.70 is not.
    """
    for u, generic in ((0.69, 1), (0.70, 0)):
        history = lived(by_the_book(empathy_cv=1.0), 0, luck={(0, 0, 0): {purposes.GENERIC: u}})
        assert count(history, Event.GENERIC) == generic
