"""Who is idle in a team, and which of them takes a call."""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.machine.compiling import compiled_as, rule
from sim.mechanisms.staff.agents import agent_in, chance_of, pace_of
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import agent_at
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import TeamPlan
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import uniform

LONGEST_IDLE, RANDOM, QUICKEST, BEST_SKILLED = 0, 1, 2, 3


def idlers_of(team: Team) -> int:
    """Return how many agents of a team are idle."""
    return len(team.idle)


@compiled_as(idlers_of, inlined=True)
def _idlers_of(team: Any) -> int:
    return team.idlers


def idle_since(team: Team) -> float:
    """Return since when the one is idle who is so longest, of those who are there."""
    return team.idle_since[team.idle[0]]


@compiled_as(idle_since, inlined=True)
def _idle_since(team: Any) -> Any:
    return agent_at(team.agents, team.idle).idle_since


def is_busy(team: Team, seat: int) -> bool:
    """Say whether a seat is taken."""
    return team.busy[seat]


@compiled_as(is_busy, inlined=True)
def _is_busy(team: Any, seat: int) -> Any:
    return agent_at(team.agents, seat).busy


def take_idle(me: Life, team: Team) -> int:
    """Take one of the idle agents, who are there."""
    idle, how, place = team.idle, team.plan.next_agent, 0
    if how == RANDOM:
        place = int(uniform(me, purposes.AGENT) * len(idle))
    elif is_chosen(team.plan):
        for at in range(1, len(idle)):
            if comes_before(team, idle[at], idle[place]):
                place = at
    agent = idle[place]
    del idle[place]
    team.busy[agent] = True
    return agent


@compiled_as(take_idle)
def _take_idle(me: Any, team: Any) -> int:
    before, agent = NOBODY, team.idle
    if team.plan.next_agent == RANDOM:
        for _ in range(int(uniform(me, purposes.AGENT) * team.idlers)):
            before, agent = agent, agent_at(team.agents, agent).next
    elif is_chosen(team.plan):
        last, other = agent, agent_at(team.agents, agent).next
        while other != NOBODY:
            if comes_before(team, other, agent):
                before, agent = last, other
            last, other = other, agent_at(team.agents, other).next
    idler = agent_at(team.agents, agent)
    if before == NOBODY:
        team.idle = idler.next
    else:
        agent_at(team.agents, before).next = idler.next
    if team.last_idle == agent:
        team.last_idle = before
    team.idlers -= 1
    idler.busy = True
    return agent


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def is_chosen(its: TeamPlan) -> bool:
    """Say whether it depends on the agents which idle one is taken."""
    return its.chats > 1 or its.next_agent >= QUICKEST


@rule
def comes_before(team: Team, seat: int, other: int) -> bool:
    """Say whether an idle agent is taken before one who is idle longer: who holds fewer chats, then who is better."""
    its, fewer = team.plan, 0
    if its.chats > 1:
        fewer = taken_of(team, other) - taken_of(team, seat)
    if fewer != 0 or its.next_agent < QUICKEST:
        return fewer > 0
    return merit_of(team, agent_in(its, seat)) > merit_of(team, agent_in(its, other))


@rule
def taken_of(team: Team, seat: int) -> int:
    """Return how many seats are taken of the agent to whom one belongs."""
    its, taken = team.plan, 0
    for which in range(its.chats):
        taken += int(is_busy(team, agent_in(its, seat) + which * its.agents))
    return taken


@rule
def merit_of(team: Team, agent: int) -> float:
    """Return by what an idle agent is taken before others: how quick he is, or how often he solves what half would."""
    if team.plan.next_agent == BEST_SKILLED:
        return chance_of(team, agent, 0.5)
    return -pace_of(team, agent)


# The compiled telling: who is idle as a chain, the one idle longest first ---------------------------------------------


@rule
def idles(team: Any, agent: int) -> None:
    """Let an agent be idle, behind all others."""
    agent_at(team.agents, agent).next = NOBODY
    if team.idle == NOBODY:
        team.idle = agent
    else:
        agent_at(team.agents, team.last_idle).next = agent
    team.last_idle = agent
    team.idlers += 1


@rule
def send_home(team: Any) -> None:
    """Take the agents who are no longer on duty out of those who idle."""
    agent, team.idle, team.last_idle, team.idlers = team.idle, NOBODY, NOBODY, 0
    while agent != NOBODY:
        after = agent_at(team.agents, agent).next
        if agent_at(team.agents, agent).present:
            idles(team, agent)
        agent = after
