"""Film strips of messages that others can read, and what comes of those that stay unanswered."""

from __future__ import annotations

import pytest

from sim.measures import measure
from sim.measures.rules.effort import ces
from sim.measures.rules.loyalty import speaks_ill
from tests.by_hand import assert_strip, lived, plain

POST = {"team": "front", "writing": "8 min", "reading": "2 min", "patience": "60 min", "public": True}
LOYALTY = {"people_told": 10, "audience": 500, "lost_per_told": 0.001, "acquisition": 200}
GIVES_UP = {"again": {"persistence": 0.0}}


def world(public: bool = True, **said):
    """Return a world in which one writes at first, and never a second time."""
    return plain(
        messages={"post": {**POST, "public": public, **said}},
        contacts={"first": {"post": 1.0}},
        population=GIVES_UP,
        loyalty=LOYALTY,
    )


def test_what_is_posted_can_be_read_by_others():
    history = lived(world(), 0)
    assert_strip(
        history,
        """
        0 appeared wrote=1
        8 sent posted filed taken_up worked_on
        18 replied=10
        20 read solved
        """,
    )
    asked = measure(history)
    assert asked["public_posts_per_problem"] == (1, 1)
    assert asked["unanswered_posts_per_problem"] == (0, 1)
    assert asked["people_told_per_1000"] == (pytest.approx(10_000 * speaks_ill(ces(10 / 30))), 1)


def test_who_is_not_answered_is_heard_by_an_audience():
    """500 people read it: with ten told by each who speaks ill, and 0.2 EUR lost with each who is told."""
    history = lived(world(answered=0.0), 0)
    assert_strip(
        history,
        """
        0 appeared wrote=1
        8 sent posted
        68 no_reply gave_up
        """,
    )
    asked, told = measure(history), 10 * speaks_ill(ces(8 / 30 + 0.5)) + 500
    assert asked["unanswered_posts_per_problem"] == (1, 1)
    assert asked["people_told_per_1000"] == (pytest.approx(1000 * told), 1)
    margin, problems = asked["lost_margin_eur_per_problem"]
    assert (margin, problems) == (pytest.approx(0.2 * told), 1)


def test_what_nobody_else_can_read_has_no_audience():
    history = lived(world(public=False, answered=0.0), 0)
    assert_strip(history, "0 appeared wrote\n 8 sent\n 68 no_reply gave_up")
    asked = measure(history)
    assert asked["public_posts_per_problem"] == asked["unanswered_posts_per_problem"] == (0, 1)
    assert asked["people_told_per_1000"] == (pytest.approx(10_000 * speaks_ill(ces(8 / 30 + 0.5))), 1)


def test_a_mail_after_a_post_is_not_public():
    """The post is not answered, nor is the mail that follows it: one of the two has an audience."""
    both = plain(
        messages={"post": {**POST, "answered": 0.0}, "mail": {**POST, "answered": 0.0, "public": False}},
        contacts={"first": {"post": 1.0}, "switch": 1.0, "then": {"post": {"mail": 1.0}, "mail": {"post": 1.0}}},
        population={"again": {"most_attempts": 2, "after_unanswered": "0 min"}},
        loyalty=LOYALTY,
    )
    history = lived(both, 0)
    assert_strip(
        history,
        """
        0 appeared wrote=1
        8 sent posted
        68 no_reply switched wrote=2
        76 sent
        136 no_reply limit_reached gave_up
        """,
    )
    asked = measure(history)
    assert asked["public_posts_per_problem"] == asked["unanswered_posts_per_problem"] == (1, 1)
