"""From a world to numbers: its channels, which of them customers try, its cases, and what is done while they last."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from sim.luck.laws import Law, LawCode
from sim.mechanisms.state.hours import Hours, hours
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.plans import CasePlan, ChannelPlan, ChoosingPlan, StepPlan, WaitingPlan
from sim.people import difficulty_names
from sim.units import DAY, SLOTS_A_WEEK
from sim.world import Case, Message, World
from sim.world.cases import Step, Visit
from sim.world.channels import Attended
from sim.world.distributions import Distribution

PHONE, MESSAGE, DESK, CHAT = range(4)
"""Kinds of channels."""
AT_ONCE = Law(LawCode.CONSTANT, 0.0)
_NOBODY_ASKS = {"without_date": 0.0, "before_date": 0.0, "after_broken": 0.0, "informed": 0.0}


def channels_of(world: World) -> tuple[ChannelPlan, ...]:
    """Return the channels, the telephone first."""
    return (
        _telephone(world),
        *(_message(world, message) for message in world.messages.values()),
        *(_attended(world, desk, DESK, desk.travel.numbers()) for desk in world.desks.values()),
        *(_attended(world, chat, CHAT, AT_ONCE) for chat in world.chats.values()),
    )


def _telephone(world: World) -> ChannelPlan:
    line = world.line
    return ChannelPlan(
        kind=PHONE,
        queue=world.queue_names().index(line.team),
        hours=_while_awake(world, line.open_slots()),
        sends_on=cumulated(line.sends_on, world.channel_names()),
        answered=1.0,
        lies=AT_ONCE,
        acknowledged=0.0,
        writing=AT_ONCE,
        reading=AT_ONCE,
        patience=AT_ONCE,
        asks_back=0.0,
        sees_cases=True,
        public=False,
    )


def _message(world: World, message: Message) -> ChannelPlan:
    return ChannelPlan(
        kind=MESSAGE,
        queue=world.queue_names().index(message.team),
        hours=_while_awake(world, (True,) * SLOTS_A_WEEK),
        sends_on=cumulated(message.sends_on, world.channel_names()),
        answered=message.answered,
        lies=message.lies.numbers(),
        acknowledged=message.acknowledged,
        writing=message.writing.numbers(),
        reading=message.reading.numbers(),
        patience=message.patience.numbers(),
        asks_back=message.asks_back,
        sees_cases=message.sees_cases,
        public=message.public,
    )


def _attended(world: World, channel: Attended, kind: int, before: Law) -> ChannelPlan:
    """Return a channel where one waits for an agent; ``before`` is the customer's own time until he is there."""
    return ChannelPlan(
        kind=kind,
        queue=world.queue_names().index(channel.team),
        hours=_while_awake(world, channel.open_slots()),
        sends_on=cumulated(channel.sends_on, world.channel_names()),
        answered=1.0,
        lies=AT_ONCE,
        acknowledged=0.0,
        writing=before,
        reading=AT_ONCE,
        patience=channel.patience.numbers(),
        asks_back=0.0,
        sees_cases=True,
        public=False,
    )


def _while_awake(world: World, opened: Sequence[bool]) -> Hours:
    awake = world.population.awake_slots()
    return hours([there and slot in awake for slot, there in enumerate(opened)])


def cumulated(shares: Mapping[str, float], names: Sequence[str]) -> tuple[float, ...]:
    """Return shares by name as what luck is held against: the first place whose number lies above it."""
    upto = [*itertools.accumulate(shares.get(name, 0.0) for name in names)]
    whole = sum(shares.values()) > 1.0 - 1e-9
    last = max((place for place, name in enumerate(names) if shares.get(name, 0.0) > 0.0), default=len(names))
    return tuple(1.0 if whole and place >= last else number for place, number in enumerate(upto))


def choosing_of(world: World) -> ChoosingPlan:
    """Return which channels customers try."""
    contacts, names = world.contacts, world.channel_names()
    first = [cumulated(contacts.first_of(reason), names) for reason in world.population.reasons]
    then = [cumulated(contacts.after(before), names) for before in names]
    return ChoosingPlan(
        many=len(names),
        first=tuple(itertools.chain.from_iterable(first)),
        switch=contacts.switch,
        then=tuple(itertools.chain.from_iterable(then)),
        sent_on=tuple(contacts.sent_on_to.get(name, contacts.sent_on).numbers() for name in names),
        asking_by=cumulated(contacts.asking_by, names),
    )


def cases_of(world: World) -> tuple[CasePlan, ...]:
    """Return the cases."""
    return tuple(_case(world, case) for case in world.cases.values())


def _case(world: World, case: Case) -> CasePlan:
    steps = tuple(_step(world, step) for step in case.steps.values())
    return CasePlan(steps, len(steps), case.rounds, case.registered, case.asking.numbers(), case.patience.numbers())


def _step(world: World, step: Step) -> StepPlan:
    visit = step.visit
    return StepPlan(
        share=step.share,
        takes=tuple(step.takes_for.get(segment, step.takes).numbers() for segment in world.population.segments),
        until_ready=step.until_ready,
        queue=NO_TEAM if step.team is None else world.queue_names().index(step.team),
        own_chances=step.solves is not None or step.team is None,
        solves=_chances(world, step),
        classes=len(difficulty_names(world.population)),
        visited=visit is not None,
        appointment=_appointments(world, visit),
        hours=hours(
            [True] * SLOTS_A_WEEK if visit is None else [slot in visit.slots() for slot in range(SLOTS_A_WEEK)]
        ),
        missed=0.0 if visit is None else visit.missed,
        at_home=AT_ONCE if visit is None else visit.at_home.numbers(),
        again=0.0 if visit is None else visit.again,
        cost=0.0 if visit is None else visit.cost,
    )


def _appointments(world: World, visit: Visit | None) -> tuple[Law, ...]:
    if visit is None:
        return ()
    its = visit.appointment_for
    return tuple(its.get(segment, visit.appointment).numbers() for segment in world.population.segments)


def _chances(world: World, step: Step) -> tuple[float, ...]:
    """Return the step's own chances of solving, by reason and class: "reason.class" before "class"."""
    classes = difficulty_names(world.population)
    return tuple(_chance(step, name, level) for name in world.population.reasons for level in classes)


def _chance(step: Step, reason: str, level: str) -> float:
    if isinstance(step.solves, Mapping):
        return step.solves.get(f"{reason}.{level}", step.solves.get(level, 1.0))
    return step.solves or 0.0


def waiting_of(world: World) -> WaitingPlan:
    """Return what customers and the firm do while a case is worked on."""
    asking, follow = world.population.chasing, world.levers.follow_through
    rates = _NOBODY_ASKS if asking is None else {name: getattr(asking, name) for name in _NOBODY_ASKS}
    return WaitingPlan(
        asks=any(rates.values()),
        **{name: rate / DAY for name, rate in rates.items()},
        asks_after=AT_ONCE if asking is None else asking.after.numbers(),
        promises=follow.promise is not None,
        within=0.0 if follow.promise is None else follow.promise.within,
        renewed=0.0 if follow.promise is None else follow.promise.renewed,
        tells=follow.news is not None,
        news_cost=0.0 if follow.news is None else follow.news.cost,
    )


def law_or_at_once(law: Distribution | None) -> Law:
    """Return how long something takes that takes no time where nothing is said of it."""
    return AT_ONCE if law is None else law.numbers()
