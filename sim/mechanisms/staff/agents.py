"""Agents as individuals: how fast each is, what he knows, what he has learnt by his calls, and whether he is there."""

from __future__ import annotations

import math
from typing import Any

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, Kind, keyed_uniform
from sim.luck.laws import Law, LawCode, quantile
from sim.machine.compiling import compiled_as, rule
from sim.mechanisms.state.hours import working_day
from sim.mechanisms.state.office import agent_at
from sim.mechanisms.state.plans import TeamPlan
from sim.mechanisms.state.records import code_in
from sim.mechanisms.state.surroundings import Office, Team
from sim.units import SLOTS_A_WEEK

_OF_AGENTS = int(Kind.AGENT) << 24
_CONSTANT = int(LawCode.CONSTANT)
_HALVES = math.log(2.0)


# Told twice -----------------------------------------------------------------------------------------------------------


def speed_of(team: Team, agent: int) -> float:
    """Return the talk of an agent over the mean."""
    return team.speed[agent]


@compiled_as(speed_of, inlined=True)
def _speed_of(team: Any, agent: int) -> Any:
    return agent_at(team.agents, agent).speed


def knowledge_of(team: Team, agent: int) -> float:
    """Return what an agent knows over the mean."""
    return team.knowledge[agent]


@compiled_as(knowledge_of, inlined=True)
def _knowledge_of(team: Any, agent: int) -> Any:
    return agent_at(team.agents, agent).knowledge


def calls_of(team: Team, agent: int) -> float:
    """Return how many calls an agent has taken so far."""
    return team.calls[agent]


@compiled_as(calls_of, inlined=True)
def _calls_of(team: Any, agent: int) -> Any:
    return agent_at(team.agents, agent).calls


def takes_note(team: Team, agent: int) -> None:
    """Have an agent taken one call more."""
    team.calls[agent] += 1.0


@compiled_as(takes_note, inlined=True)
def _takes_note(team: Any, agent: int) -> None:
    agent_at(team.agents, agent).calls += 1.0


def luck_of(office: Office, team: TeamPlan, agent: int, purpose: int, occasion: int = 0) -> float:
    """Return an agent's luck for a purpose."""
    return office.luck.agent(team.code, agent, purpose, occasion)


@compiled_as(luck_of)
def _luck_of(office: Any, team: Any, agent: int, purpose: int, occasion: int = 0) -> float:
    key, whose = (office.key[0], office.key[1]), _OF_AGENTS | office.replication
    return keyed_uniform(key, whose, team.code * AGENTS_AT_MOST + agent, purpose, occasion)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def agent_in(its: TeamPlan, seat: int) -> int:
    """Return the agent to whom a seat belongs: he has one for each chat that he may hold at once."""
    return seat % its.agents


@rule
def given_to(office: Office, team: TeamPlan, agent: int, law: Law, purpose: int) -> float:
    """Return what an agent is given for good; nothing is drawn where all are given the same."""
    return law.a if law.code == _CONSTANT else quantile(law, luck_of(office, team, agent, purpose))


@rule
def still_missing(its: TeamPlan, calls: float) -> float:
    """Return the part of what a new agent lacks that one lacks still who has taken so many calls."""
    return math.exp(-_HALVES * calls / its.halved_after)


@rule
def pace_of(team: Team, agent: int) -> float:
    """Return an agent's talk over the mean of old hands, now."""
    its, pace = team.plan, speed_of(team, agent)
    if its.talk_at_first != 1.0:
        pace *= 1.0 + (its.talk_at_first - 1.0) * still_missing(its, calls_of(team, agent))
    return pace


@rule
def chance_of(team: Team, agent: int, chance: float) -> float:
    """Return an agent's chance of solving what his team solves with this chance."""
    its = team.plan
    if its.knowledge_cv > 0.0 and chance < 1.0:
        chance = 1.0 - math.exp(knowledge_of(team, agent) * math.log1p(-chance))
    if its.solves_at_first < 1.0:
        chance *= 1.0 - (1.0 - its.solves_at_first) * still_missing(its, calls_of(team, agent))
    return chance


@rule
def is_generic(office: Office, its: TeamPlan, agent: int, u: float) -> bool:
    """Say whether an agent handles one by the book: the team's share of it to the power of what he lacks of empathy."""
    return u < its.generic ** given_to(office, its, agent_in(its, agent), its.empathy, purposes.EMPATHY)


@rule
def is_at_work(office: Office, its: TeamPlan, seat: int, slot: int) -> bool:
    """Say whether an agent is there in a slot counted from Monday 00:00 of the first week: on the rota, and not ill."""
    agent = agent_in(its, seat)
    there = code_in(its.rota, code_in(its.group, agent) * SLOTS_A_WEEK + slot % SLOTS_A_WEEK)
    if not there or its.absent <= 0.0:
        return bool(there)
    return luck_of(office, its, agent, purposes.ABSENCE, working_day(slot)) >= its.absent
