"""What a world is as plain numbers: the types, with a line for each number that the mechanisms ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.luck.laws import Law
from sim.mechanisms.state.hours import Hours


class Target(NamedTuple):
    """A team that a path may lead to: taken by those whose luck lies below `upto` and not below the one before."""

    upto: float
    team: int


@dataclass(frozen=True, slots=True)
class PathPlan:
    """One way on, as numbers; the last of its targets takes all luck that is left."""

    targets: tuple[Target, ...]
    warm: bool
    conference: bool
    lost_if_busy: bool
    ticket: bool
    tries: int
    briefing: Law
    delay: Law
    case: int


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """One channel as numbers; `sends_on` cumulated by channel. What one kind alone has is nothing for the others.

    `hours` are those in which one may make a contact, of a desk or a chat those in which it is open and one is awake;
    `writing` is the customer's own time before it reaches anybody: to write, to get there.
    """

    kind: int
    queue: int
    hours: Hours
    sends_on: tuple[float, ...]
    answered: float
    lies: Law
    acknowledged: float
    writing: Law
    reading: Law
    patience: Law
    asks_back: float
    sees_cases: bool
    public: bool


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of a case as numbers.

    `takes` and `appointment` by segment; `solves` by reason x classes + class, where it has its own chances.
    """

    share: float
    takes: tuple[Law, ...]
    until_ready: bool
    queue: int
    own_chances: bool
    solves: tuple[float, ...]
    classes: int
    visited: bool
    appointment: tuple[Law, ...]
    hours: Hours
    missed: float
    at_home: Law
    again: float
    cost: float


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case as numbers."""

    steps: tuple[StepPlan, ...]
    many: int
    rounds: int
    registered: float
    asking: Law
    patience: Law


@dataclass(frozen=True, slots=True)
class ChoosingPlan:
    """Which channels customers try, as shares cumulated by channel.

    `first` by reason x channels + channel, `then` by channel before x channels + channel: none where the last is 0.
    """

    many: int
    first: tuple[float, ...]
    switch: float
    then: tuple[float, ...]
    sent_on: tuple[Law, ...]
    asking_by: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """What customers and the firm do while a case is worked on; how often one asks by the minute, dates in min."""

    asks: bool
    without_date: float
    before_date: float
    after_broken: float
    informed: float
    asks_after: Law
    promises: bool
    within: float
    renewed: float
    tells: bool
    news_cost: float


@dataclass(frozen=True, slots=True)
class SelfServicePlan:
    """What customers find by themselves, as numbers; `instead` cumulated by channel, `solves` by reason x classes."""

    reads: float
    reading: Law
    solves: tuple[float, ...]
    search: Law
    lost: float
    instead: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ForumPlan:
    """The forum as numbers; `solves` by reason x classes + class."""

    asked: bool
    answered: float
    delay: Law
    solves: tuple[float, ...]
    patience: Law
    asking: Law
    helping: Law


@dataclass(frozen=True, slots=True)
class BeforehandPlan:
    """What may happen before the first contact; `noticed` by reason. Durations in min.

    `awake` are the hours in which customers do anything at all; `classes` how many there are of difficulty.
    """

    awake: Hours
    classes: int
    help: SelfServicePlan
    forum: ForumPlan
    noticed: tuple[float, ...]
    noticed_after: Law
    case: int


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """One team as numbers.

    From `talk` to `competent` by reason; `solve[reason][difficulty]`; `paths[why]` a number, or `NO_WAY`. `most`
    seats are those of `agents`, seat s x agents + i of agent i, who holds as many `chats`; each agent has the number of
    his group; the `rota` says who is there by group and slot of the week, and `changes` in which slots that changes.
    `after` and `reserved` by the place of the queue in `serves`.
    """

    code: int
    talk: tuple[float, ...]
    handling: tuple[Law, ...]
    after_call: tuple[Law, ...]
    competent: tuple[float, ...]
    wrong_talk: float
    speed_cv: float
    limit: float
    solve: tuple[tuple[float, ...], ...]
    paths: tuple[int, ...]
    most: int
    agents: int
    chats: int
    chat_slowdown: float
    group: tuple[int, ...]
    rota: tuple[bool, ...]
    changes: tuple[bool, ...]
    absent: float
    pause: Law
    advised: float
    advisers: int
    advice: Law
    advice_waits: bool
    misunderstood: float
    generic: float
    empathy: Law
    knowledge_cv: float
    experience: Law
    halved_after: float
    talk_at_first: float
    solves_at_first: float
    handle_time: float
    serves: tuple[int, ...]
    served: int
    after: tuple[float, ...]
    reserved: tuple[int, ...]
    takes: int
    next_agent: int


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """One queue as numbers; `after` and `reserved` by the place of the team in `asks`, scores in points."""

    code: int
    asks: tuple[int, ...]
    asked: int
    asks_first: int
    after: tuple[float, ...]
    reserved: tuple[int, ...]
    places: int
    ranked: bool
    score: float
    per_minute: float
    after_transfer: float
    after_cut: float
    repeat: float
    segments: tuple[float, ...]
    reasons: tuple[float, ...]
    choice: int
    choice_above: float
    choice_accepted: float
    when_full: int
    when_waited: int
    moves_after: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the mechanisms ask of a world. Durations in min, money in EUR, shares in [0, 1].

    `routes` and `patience` by kind of customer, which is reason x segments + segment; `persistence` by kind, by how the
    attempt has ended, and by whether it was a later one than the first. `prevented` by reason x classes + class, and
    then by what prevents it: the probability that this or one before does; `prevention_eur` by what prevents it.
    """

    end: float
    hours: Hours
    serve_at_closing: bool
    lines: int
    menu: Law
    routes: tuple[int, ...]
    misrouted: float
    misrouted_to: int
    balking: float
    announced: float
    teams: tuple[TeamPlan, ...]
    queues: tuple[QueuePlan, ...]
    paths: tuple[PathPlan, ...]
    segments: int
    patience: tuple[Law, ...]
    patience_factor: tuple[float, float]
    patience_again: int
    talk_factor: float
    persistence: tuple[float, ...]
    most_attempts: int
    delays: tuple[Law, ...]
    moved: Law
    repair_share: float
    repair: Law
    wrong_pitch: float
    pitch_factor: float
    above: int
    approval: Law
    supervisors: int
    granted: float
    sent_elsewhere: float
    identification: Law
    identification_again: Law
    identified: int
    explanation: Law
    explained: int
    progress_kept: float
    contradicted: float
    redone: float
    cut_after: float
    clock: int
    hangup: float
    hangup_within: float
    known_now: float
    discovery: Law
    call_back_above: float
    call_back_accepted: float
    call_back_missed: float
    call_back_tries: int
    ringing: float
    between_rings: float
    channels: tuple[ChannelPlan, ...]
    choosing: ChoosingPlan
    cases: tuple[CasePlan, ...]
    waiting: WaitingPlan
    first_contact: tuple[Law, ...]
    waits_to_be_ready: bool
    ready: tuple[Law, ...]
    on_behalf: float
    acting: Law
    drops_after: float
    has_onset: bool
    beforehand: BeforehandPlan
    root_cause: float
    recurrence: bool
    recurs_after: Law
    classes: int
    preventions: int
    prevented: tuple[float, ...]
    prevention_eur: tuple[float, ...]
