"""Nothing in the world of unlike things may be taken for something else, or stand at the value of doing nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from sim.mechanisms.state.numbers import plan
from sim.mechanisms.state.plans import PathPlan, Plan, QueuePlan, TeamPlan
from tests.twin.telling_worlds import TELLING
from tests.twin.unlike import of_like_kind
from tests.worlds import tiny_world

UNLIKE = plan(TELLING["unlike"])
IDLE = plan(tiny_world())
OF_OTHER_WORLDS = {"serve_at_closing", "ticket", "warm"}
"""What can be one of two things, and is the other one in another telling world, or on another path."""
OF_CHATS = {"chats", "chat_slowdown"}
"""What only a team has that serves chats alone."""


def test_no_two_numbers_are_equal():
    """Two laws, two shares, two teams' talks: one read in the place of the other would tell another story."""
    of_a_world = [said for said in of_like_kind(UNLIKE) if said[0] == "plan"]
    of_teams = [said for said in of_like_kind(UNLIKE) if said[0] == "team"]
    for found in (of_a_world, of_teams):
        assert [said for said, times in Counter(found).items() if times > 1] == []


@pytest.mark.parametrize("field", [field.name for field in fields(Plan) if field.name not in OF_OTHER_WORLDS])
def test_no_key_of_the_plan_stands_idle(field):
    assert getattr(UNLIKE, field) != getattr(IDLE, field)


@pytest.mark.parametrize("field", [field.name for field in fields(TeamPlan) if field.name not in OF_CHATS])
def test_no_two_teams_are_alike(field):
    values = {getattr(team, field) for team in UNLIKE.teams}
    assert len(values) == (2 if values <= {True, False} else 3)


@pytest.mark.parametrize("field", sorted(OF_CHATS))
def test_no_two_teams_that_chat_are_alike(field):
    """Nor is any as one that serves but one at a time."""
    values = {getattr(team, field) for team in plan(TELLING["attended"]).teams}
    assert len(values) == 3


@pytest.mark.parametrize("field", [field.name for field in fields(QueuePlan)])
def test_queues_are_not_all_alike(field):
    assert len({getattr(queue, field) for queue in UNLIKE.queues}) > 1


@pytest.mark.parametrize("field", [field.name for field in fields(PathPlan)])
def test_paths_are_not_all_alike(field):
    assert len({getattr(path, field) for path in UNLIKE.paths}) > 1


def test_what_can_be_one_of_two_things_is_both_somewhere():
    assert {plan(world).serve_at_closing for world in TELLING.values()} == {True, False}
    assert {world.line.misrouted_to for world in TELLING.values()} == {None, "back"}


def test_the_usual_team_is_not_the_first_of_the_file():
    assert UNLIKE.misrouted_to == UNLIKE.routes[0] == 2
    assert len(set(UNLIKE.routes)) == 4
    assert set(UNLIKE.routes[1 :: UNLIKE.segments]) == {0}
