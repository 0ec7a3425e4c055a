"""Chats told by both engines: drawn worlds, what falls on the same instant, and faults in either telling of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from sim.engines import run
from sim.engines.agreement import first_difference
from sim.history.rows import Event, History
from sim.mechanisms.staff import sharing
from sim.people import populate
from sim.world import World
from tests.by_hand import PLAIN, count, plain
from tests.copies import Edit, printed_by_a_copy, stands_once
from tests.twin.both import at_whole_minutes, twins, twins_by_hand, twins_of
from tests.twin.telling_worlds import OF_CHATS, digests, lived_in
from tests.worlds import merged

DAY = {"open": ["mon-sun 08:00-20:00"]}
CHATTY: dict[str, Any] = merged(
    PLAIN,
    {
        "name": "chatty",
        "time": {"horizon": "2 d", "follow_up": "1 d"},
        "population": {
            "problems_per_day": 250,
            "awake": "mon-sun 07:00-23:00",
            "handling": {"law": "gamma", "mean": 1, "shape": 1.5},
            "patience": "10 min",
            "reasons": {"any": {"share": 1.0, "gesture_share": 0.4, "gesture": 50}},
            "again": {"persistence": 0.8, "most_attempts": 5},
        },
        "line": {"open": ["mon-sun 08:00-20:00"], "team": "phone"},
        "teams": {
            "front": {"staff": {"mon-sun 08:00-13:00": 3, "mon-sun 13:00-20:00": 2}, "chats": 3, "chat_slowdown": 0.5},
            "back": {"staff": 2, "talk": "12 min", "wage": 0, "chats": 2, "chat_slowdown": 1.0},
            "phone": {"staff": 2, "talk": "6 min", "wage": 0},
        },
        "chats": {
            "site": {"team": "front", "patience": {"law": "exponential", "mean": "15 min"}, **DAY},
            "app": {"team": "back", "patience": "20 min", "sends_on": {"phone": 0.5}, "open": ["mon-sun 09:00-18:00"]},
        },
        "messages": {"mail": {"team": "phone", "patience": "2 h", "asks_back": 0.2}},
        "contacts": {"first": {"phone": 0.2, "site": 0.5, "app": 0.2, "mail": 0.1}, "switch": 0.3},
    },
)
HOW = ("cold", "warm", "conference")
NEXT = ("longest_idle", "random", "quickest", "best_skilled")


def drawn(number: int) -> World:
    """Return a world with chats, drawn by its number."""
    luck = random.Random(number)
    some = {"law": "exponential", "mean": "4 min"}

    def team(talk: str) -> dict[str, Any]:
        return {
            "talk": talk,
            "chats": luck.randint(1, 5),
            "chat_slowdown": luck.choice([0.0, 0.3, 1.0, 1.7]),
            "after_call": luck.choice(["0 s", "3 min", some]),
            "pause": luck.choice(["0 s", "1 min"]),
            "next_agent": luck.choice(NEXT),
            "speed_cv": luck.choice([0.0, 0.4]),
            "absent": luck.choice([0.0, 0.2]),
            "competent": luck.choice([1.0, 0.7]),
            "understood": luck.choice([1.0, 0.7]),
            "solve": {"plain": luck.choice([0.5, 0.9])},
        }

    paths = {
        "wrong": {"from": "front", "to": "back", "when": "wrong_person", "how": luck.choice(HOW), "briefing": "2 min"},
        "hard": {"from": ["front", "back"], "to": "back", "when": "unsolved", "how": luck.choice(HOW), "tries": 2},
        "above": {"from": "front", "to": "back", "when": "above_limit"},
    }
    authority = {"limit": luck.choice([0, 60]), "above": luck.choice(["approval", "escalate", "refuse"])}
    changes = {
        "teams": {"front": team("8 min"), "back": team("12 min")},
        "paths": {name: path for name, path in paths.items() if name == "above" or luck.random() < 0.7},
        "levers": {
            "authority": authority,
            "knowledge": {"wrong_pitch": 0.2, "pitch_factor": 1.5},
            "memory": {"identified": luck.choice(["once", "by_every_agent"]), "contradicted": 0.3, "redone": 0.5},
        },
    }
    return World.model_validate(merged(CHATTY, changes))


@pytest.mark.parametrize("number", range(24))
def test_both_tell_a_drawn_world_alike(number):
    history = twins_of(drawn(number), seed=number)
    assert count(history, Event.CHATTING) > 200


@pytest.mark.parametrize("number", range(100, 112))
def test_both_tell_alike_what_happens_at_whole_minutes(number):
    """Nothing takes a part of a minute but what chats slow one another by."""
    world = World.model_validate(merged(drawn(number).as_tree(), {"population": {"handling": 1}}))
    twins(world, at_whole_minutes(populate(world, seed=number), 1.0))


# What falls on the same instant ---------------------------------------------------------------------------------------


def of(seats: int, slowdown: float, **changes: Any) -> World:
    """Return the plain world in which all chat."""
    by_chat = {
        "chats": {"chat": {"team": "front", "open": ["mon-sun 00:00-24:00"]}},
        "contacts": {"first": {"chat": 1.0}},
        "teams": {"front": {"chats": seats, "chat_slowdown": slowdown}},
    }
    return plain(**merged(by_chat, changes))


@pytest.mark.parametrize("slowdown", [0.0, 0.3, 1.0, 1.7])
@pytest.mark.parametrize("seats", [1, 2, 7, 20])
def test_as_many_begin_and_end_at_the_same_instant(seats, slowdown):
    """Twenty chats that are all alike: those who begin together end together, whatever their pace was."""
    history = twins_by_hand(of(seats, slowdown), *[0] * 20)
    ended = history.rows["time"][history.rows["event"] == Event.CHAT_ENDED]
    assert len(ended) == 20
    assert len(set(ended.tolist())) == -(-20 // seats)


def test_a_chat_ends_at_the_instant_at_which_another_begins():
    """The first ends at 13, when the third opens his: he takes the seat that is free by then."""
    history = twins_by_hand(of(2, 0.0), 0, 4, 13)
    assert sorted(history.rows["time"][history.rows["event"] == Event.ANSWERED].tolist()) == [0, 4, 13]


def test_patience_ends_at_the_instant_at_which_a_chat_ends():
    """He who came at 3 is served at 13, when his patience ends; he who came with him is not."""
    world = of(1, 1.0, chats={"chat": {"patience": "10 min"}}, population={"again": {"most_attempts": 1}})
    history = twins_by_hand(world, 0, 3, 3)
    assert count(history, Event.ANSWERED) == 2
    assert count(history, Event.ABANDONED) == 1


def test_the_agents_go_home_and_finish_their_chats():
    """Three agents of four seats until 00:30, one afterwards: nobody else begins at a seat of who has gone."""
    world = of(4, 1.0, teams={"front": {"staff": {"mon 00:00-00:30": 3, "mon 00:30-06:00": 1}}})
    history = twins_by_hand(world, *range(0, 60, 2))
    late = history.rows[(history.rows["event"] == Event.ANSWERED) & (history.rows["time"] > 30)]
    assert len(late) > 10
    assert set(late["agent"].tolist()) == {0}


# Faults ---------------------------------------------------------------------------------------------------------------


def _nobody_moves(me: Any, one: Any, at: float) -> None:
    """Leave the end of another's chat where it was planned."""


def _moves_in_name_alone(me: Any, one: Any, at: float) -> None:
    one.ends_at = at


def _stays_seated(team: Any, seat: int) -> None:
    """Stay in the seat when the chat is over."""


def _seat_beside(me: Any, team: Any, seat: int) -> None:
    team.chats[seat - 1] = me


IN_SIMPY: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "the others' ends are never moved": (sharing, "ends_then", _nobody_moves),
    "the others' ends are moved, and not planned": (sharing, "ends_then", _moves_in_name_alone),
    "who has chatted slows the others down for ever": (sharing, "gets_up", _stays_seated),
    "one sits down at another seat than that of his agent": (sharing, "sits_down", _seat_beside),
}


@pytest.fixture(scope="module")
def compiled() -> list[History]:
    """Return what the compiled engine tells of the worlds in which there are chats."""
    return [run(*lived_in(name), engine="compiled") for name in OF_CHATS]


def is_told_otherwise(right: History) -> bool:
    """Say whether SimPy tells it otherwise; a clock that is led astray says so, and so does a chat that is over."""
    try:
        return first_difference(run(right.world, right.customers, engine="simpy"), right) is not None
    except (RuntimeError, TypeError, AttributeError):
        return True


@pytest.mark.parametrize("wrong", IN_SIMPY)
def test_a_fault_in_simpy_is_found(wrong, compiled, monkeypatch):
    assert not any(map(is_told_otherwise, compiled))
    monkeypatch.setattr(*IN_SIMPY[wrong])
    assert any(map(is_told_otherwise, compiled))
    monkeypatch.undo()
    assert not any(map(is_told_otherwise, compiled))


PRINTS = """
from tests.twin.telling_worlds import OF_CHATS, digests
print(*digests("compiled", OF_CHATS), sep="\\n")
"""
COMPILED = {
    "the others' ends are moved, and not planned": Edit(
        "mechanisms/staff/sharing.py",
        "    one.ends_at = at\n    plan_next(one",
        "    one.ends_at = at\n    return\n    plan_next(one",
    ),
    "who has chatted slows the others down for ever": Edit(
        "mechanisms/staff/sharing.py",
        "    agent_at(team.agents, seat).chat = NOBODY\n",
        "    agent_at(team.agents, seat).chat = agent_at(team.agents, seat).chat\n",
    ),
    "an agent is free before his work after the chat": Edit(
        "mechanisms/writing/chat.py", "me.now + me.after_call)", "me.now + 0.0 * me.after_call)"
    ),
    "whoever is passed on within a chat stays at the same leg": Edit(
        "mechanisms/writing/chat.py",
        "            return ends(me, me.outcome)\n        next_leg(me)\n",
        "            return ends(me, me.outcome)\n",
    ),
    "who has lost patience leaves as if he had been served": Edit(
        "mechanisms/writing/chat.py",
        "        if me.served == NOBODY and not me.moved:\n            return ends(me, me.outcome)\n",
        "        if me.served == NOBODY and not me.moved:\n            return ends(me, outcome.SOLVED)\n",
    ),
    "a chat ends ahead of its agent's others": Edit(
        "mechanisms/writing/chat.py",
        "plan_next(me, office, me.ends_at, PLANNED + me.who)",
        "plan_next(me, office, me.ends_at, PLANNED + 1000000 - me.who)",
    ),
}


def test_without_a_fault_a_copy_tells_the_same(tmp_path):
    assert printed_by_a_copy(tmp_path, None, PRINTS) == digests("simpy", OF_CHATS)


@pytest.mark.parametrize("wrong", COMPILED)
def test_what_a_fault_in_machine_code_replaces_stands_there_once(wrong):
    """Else the slow test below would not know what it tries."""
    assert stands_once(COMPILED[wrong])


@pytest.mark.slow
@pytest.mark.parametrize("wrong", COMPILED)
def test_a_fault_in_machine_code_is_found(wrong, tmp_path):
    assert printed_by_a_copy(tmp_path, COMPILED[wrong], PRINTS) != digests("simpy", OF_CHATS)
