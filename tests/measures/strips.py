"""Histories written by hand, as film strips: one line for each thing that happens."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.history.rows import Event, History, Row
from sim.measures import Tables, tables
from sim.people import CUSTOMER, Customers
from sim.world import World
from tests.worlds import merged, tiny_world

TEAMS = ("front", "back")

HAND: dict[str, Any] = {
    "time": {"warm_up": "0 min", "horizon": "1 d", "follow_up": "9 d"},
    "teams": {
        "front": {"staff": 2, "talk": "10 min", "wage": 24},
        "back": {"staff": 1, "talk": "10 min", "wage": 36},
    },
}


def hand_world(**changes: Any) -> World:
    """Two teams, a horizon of one day (a Monday) without warm-up, nine days of follow-up; nothing has a price."""
    return tiny_world(**merged(HAND, changes))


def history(world: World, *strips: str, **people: Any) -> History:
    """Make the history of customers 0, 1, ... from their strips.

    A line is ``time EVENT``, then if need be ``amount`` and ``team:agent``. A DIALLED line begins the next contact, a
    TRANSFERRED one the next leg; team and agent stay until the leg ends. ``people`` sets columns of the customers.
    """
    rows = [row for customer, strip in enumerate(strips) for row in _read(customer, strip)]
    who = np.zeros(len(strips), CUSTOMER)
    who["number"] = np.arange(len(strips)) * 64
    who["severity"] = 1.0
    who["appeared"] = [
        next(t for c, t, e, *_ in rows if c == customer and e == Event.APPEARED) for customer in range(len(strips))
    ]
    for name, values in people.items():
        who[name] = values
    return History.of(world, Customers(world.population, who, 0, 0), rows, engine="hand")


def asked(world: World, *strips: str, **people: Any) -> Tables:
    """Return the tables of `history`."""
    return tables(history(world, *strips, **people))


def _read(customer: int, strip: str) -> list[Row]:
    rows: list[Row] = []
    contact, leg, team, agent = -1, 0, -1, -1
    for line in strip.strip().splitlines():
        time, name, *rest = line.split()
        amount = 0.0
        for word in rest:
            if ":" in word:
                team, agent = TEAMS.index(word.split(":")[0]), int(word.split(":")[1])
            else:
                amount = float(word)
        event = Event[name]
        if event == Event.DIALLED:
            contact, leg, team, agent = contact + 1, 0, -1, -1
        if event == Event.QUEUED and rows and rows[-1][2] == Event.LEFT_AGENT:
            leg += 1
        rows.append((customer, float(time), int(event), contact, leg, team, agent, amount))
        if event == Event.LEFT_AGENT:
            team, agent = -1, -1
    return rows


CLEAN = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    605 ANSWERED front:0
    605 IDENTIFYING
    606 EXPLAINING
    607 TALKING
    615 SOLVED
    615 LEFT_AGENT 2
    615 CALL_ENDED
"""
"""A menu of 1, a hold of 4, identification 1, explanation 1, talk 8; 2 of after-call work; solved at the first call."""

CUT_TWICE_TOLD = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    612 ANSWERED front:0
    612 IDENTIFYING
    613 EXPLAINING
    614 TALKING
    620 CUT
    620 LEFT_AGENT 1
    620 CALL_ENDED
    640 DIALLED
    640 PICKED_UP
    640 QUEUED
    641 ANSWERED front:1
    641 IDENTIFYING
    642 EXPLAINING
    643 TALKING
    645 SOLVED
    645 LEFT_AGENT 1
    645 CALL_ENDED
"""
"""A call cut after 20 minutes (hold 12, then 8 with the agent), and one of 5 minutes (hold 1, then 4) that solves."""

TRANSFERRED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    603 ANSWERED front:0
    603 IDENTIFYING
    604 TALKING
    607 WRONG_PERSON
    607 TRANSFERRED_COLD
    607 LEFT_AGENT 0
    607 QUEUED
    612 ANSWERED back:0
    612 IDENTIFYING
    613 TALKING
    618 APPROVAL_ASKED
    622 GRANTED 15
    622 SOLVED
    622 LEFT_AGENT 0
    622 CALL_ENDED
"""
"""Menu 1, hold 2, with the first agent 1 + 3, transfer hold 5, with the second 1 + 5, approval hold 4: 22 minutes."""

ABANDONED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    608 ABANDONED
    608 CALL_ENDED
    608 GAVE_UP
"""
"""Menu 1, hold 7, then patience and persistence end."""

BLOCKED = """
    600 APPEARED
    600 DIALLED
    600 BLOCKED
    600 GAVE_UP
"""

RUNG_BACK = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    603 CALL_BACK_TAKEN
    630 RING_MISSED 0.5 front:-1
    645 RUNG_BACK
    645 ANSWERED front:1
    645 IDENTIFYING
    646 TALKING
    656 SOLVED
    656 LEFT_AGENT 0
    656 CALL_ENDED
"""
"""Menu 1, hold 2, 42 minutes away with one ring missed, then 11 minutes at the firm's cost."""


def later(strip: str, minutes: float) -> str:
    """Move a strip in time."""
    moved = []
    for line in strip.strip().splitlines():
        time, *rest = line.split()
        moved.append(" ".join([str(float(time) + minutes), *rest]))
    return "\n".join(moved)
