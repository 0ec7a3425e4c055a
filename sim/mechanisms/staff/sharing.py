"""Sharing: an agent holds several chats at once, and each goes on at the same share of his time.

With n of them at once each takes 1 + slowdown x (n - 1) times as long as alone: with a slowdown of 1 he shares himself
out among them, which theory calls processor sharing; with 0 he is as good as n agents. When a chat begins or ends, what
is left of the others takes longer or less long from then on, so that their ends are planned anew.
"""

from __future__ import annotations

from typing import Any

from sim.machine.compiling import compiled_as, inlined, rule
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.strands import plan_next
from sim.mechanisms.staff.agents import agent_in
from sim.mechanisms.state.beside import seen_at
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import agent_at, office_at
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import TeamPlan
from sim.mechanisms.state.surroundings import Team


class Sharing(Life):
    """One's chat: its work, since when it goes on, and when it ends if the agent's others neither begin nor end before.

    Then the event of its end.
    """

    chat_work: float
    chats_since: float
    ends_at: float
    end: Wake


# Told twice -----------------------------------------------------------------------------------------------------------


def is_chatted_at(team: Team, seat: int) -> bool:
    """Say whether a chat goes on at a seat."""
    return team.chats[seat] is not None


@compiled_as(is_chatted_at, inlined=True)
def _is_chatted_at(team: Any, seat: int) -> bool:
    return agent_at(team.agents, seat).chat != NOBODY


def chat_at(me: Sharing, team: Team, seat: int) -> Any:
    """Return who chats at a seat."""
    return team.chats[seat]


@compiled_as(chat_at)
def _chat_at(me: Any, team: Any, seat: int) -> Any:
    return seen_at(office_at(me.office, 0), agent_at(team.agents, seat).chat)


def sits_down(me: Sharing, team: Team, seat: int) -> None:
    """Chat at a seat."""
    team.chats[seat] = me


@compiled_as(sits_down, inlined=True)
def _sits_down(me: Any, team: Any, seat: int) -> None:
    agent_at(team.agents, seat).chat = me.slot


def gets_up(team: Team, seat: int) -> None:
    """Chat at a seat no longer."""
    team.chats[seat] = None


@compiled_as(gets_up, inlined=True)
def _gets_up(team: Any, seat: int) -> None:
    agent_at(team.agents, seat).chat = NOBODY


def ends_then(me: Sharing, one: Any, at: float) -> None:
    """Have a chat that goes on end at another time."""
    one.ends_at, one.end = at, me.clock.plan_anew(one.end, at, PLANNED + one.who)


@compiled_as(ends_then)
def _ends_then(me: Any, one: Any, at: float) -> None:
    one.ends_at = at
    plan_next(one, office_at(me.office, 0), at, PLANNED + one.who)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def begins_to_share(me: Sharing, team: Team, seat: int, minutes: float) -> None:
    """Begin a chat of so many minutes of work at a seat: the others of its agent become slower."""
    many = chats_held(team, seat)
    change_pace(me, team, seat, many, many + 1)
    me.chat_work, me.chats_since = minutes, me.now
    me.ends_at = me.now + minutes * times_as_long(team.plan, many + 1)
    sits_down(me, team, seat)


@rule
def ends_to_share(me: Sharing, team: Team, seat: int) -> None:
    """End the chat at a seat: the others of its agent become quicker."""
    me.now = me.ends_at
    gets_up(team, seat)
    many = chats_held(team, seat)
    change_pace(me, team, seat, many + 1, many)


@inlined
def times_as_long(its: TeamPlan, many: int) -> float:
    """Return how many times as long as alone a chat takes where an agent holds so many at once."""
    return 1.0 + its.chat_slowdown * (many - 1)


@rule
def chats_held(team: Team, seat: int) -> int:
    """Return how many chats go on with the agent to whom a seat belongs."""
    its, many = team.plan, 0
    for which in range(its.chats):
        many += int(is_chatted_at(team, agent_in(its, seat) + which * its.agents))
    return many


@rule
def change_pace(me: Sharing, team: Team, seat: int, before: int, after: int) -> None:
    """Have what is left of the chats with an agent take as long as it does where he holds so many."""
    its = team.plan
    if its.chat_slowdown == 0.0:
        return
    for which in range(its.chats):
        there = agent_in(its, seat) + which * its.agents
        if is_chatted_at(team, there):
            one = chat_at(me, team, there)
            left = work_left(one, me.now, times_as_long(its, before))
            ends_then(me, one, me.now + left * times_as_long(its, after))


@rule
def work_left(one: Sharing, now: float, as_long: float) -> float:
    """Return the work left of a chat that takes so many times as long as alone (min).

    At the instant at which it begins it is all of it, not rounded: those who begin together end together.
    """
    return one.chat_work if now == one.chats_since else (one.ends_at - now) / as_long
