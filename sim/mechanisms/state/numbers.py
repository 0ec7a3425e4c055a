"""From a world to its plan: every key turned into the numbers that the mechanisms ask for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from sim.machine.kernel.latest import latest
from sim.mechanisms.state.hours import DAY_BEGINS, hours
from sim.mechanisms.state.numbers_beforehand import beforehand_of
from sim.mechanisms.state.numbers_of_writing import cases_of, channels_of, choosing_of, law_or_at_once, waiting_of
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY
from sim.mechanisms.state.plans import PathPlan, Plan, QueuePlan, Target, TeamPlan
from sim.people import difficulty_names, spread
from sim.units import SLOTS_A_DAY, SLOTS_A_WEEK
from sim.world import Path, Queue, Team, World
from sim.world.population import CAUSES
from sim.world.team import Learning

CLOCKS = ("connection", "first_agent", "current_agent")
SCOPES = {"by_every_agent": 0, "to_every_agent": 0, "once_a_call": 1, "once": 2}
PATIENCE_AGAIN = ("anew", "same", "left")
REASONS_TO_PASS_ON = ("wrong_person", "above_limit", "unsolved", "on_behalf")
TAKES = ("in_order", "by_score", "longest_queue")
ASKS_FIRST = ("in_order", "most_idle", "random", "longest_idle")
NEXT_AGENT = ("longest_idle", "random", "quickest", "best_skilled")
_LEAST = 1e-300
"""What a patience without end is multiplied by at least: it stays without end."""
ABOVE = ("approval", "escalate", "refuse")


@latest
def plan(world: World) -> Plan:
    """Turn a world into numbers."""
    line, levers, population = world.line, world.levers, world.population
    again, memory, time, follow = population.again, levers.memory, levers.time, levers.follow_through
    names = world.queue_names()
    open_slots = line.open_slots()
    usual, kinds = names.index(line.team), itertools.product(population.reasons, population.segments)
    ring, supervisors = follow.call_back, levers.authority.supervisors
    return Plan(
        end=world.time.end,
        hours=hours(open_slots),
        serve_at_closing=line.closing == "serve",
        lines=-1 if line.lines is None else line.lines,
        menu=line.menu.numbers(),
        routes=tuple(names.index(line.leads_to(*kind)) for kind in kinds),
        misrouted=levers.knowledge.misrouted,
        misrouted_to=usual if line.misrouted_to is None else names.index(line.misrouted_to),
        balking=line.balking,
        announced=-1.0 if line.announcement is None else line.announcement.factor,
        teams=tuple(_team(world, name, open_slots) for name in world.teams),
        queues=tuple(_queue(world, name) for name in names),
        paths=tuple(_path(world, path) for path in world.paths.values()),
        segments=len(population.segments),
        patience=tuple(population.patience_of(*kind).numbers() for kind in population.kinds()),
        patience_factor=(_patience_factor(world, False), _patience_factor(world, True)),
        patience_again=PATIENCE_AGAIN.index(population.patience_again),
        talk_factor=levers.talk_factor(),
        persistence=tuple(
            population.persistence_of(reason, segment, cause, later=later)
            for reason, segment in population.kinds()
            for cause in CAUSES
            for later in (False, True)
        ),
        most_attempts=again.most_attempts,
        delays=tuple(
            law.numbers()
            for law in (again.after_blocked, again.after_abandoned, again.after_cut, again.after_dismissed,
                        again.after_unsolved, again.after_unanswered)
        ),
        moved=population.moved.numbers(),
        repair_share=again.repair_share,
        repair=again.repair.numbers(),
        wrong_pitch=levers.knowledge.wrong_pitch,
        pitch_factor=levers.knowledge.pitch_factor,
        above=ABOVE.index(levers.authority.above),
        approval=levers.authority.approval.numbers(),
        supervisors=NO_TEAM if supervisors is None else names.index(supervisors),
        granted=levers.authority.granted,
        sent_elsewhere=levers.access.sent_elsewhere,
        identification=memory.identification.numbers(),
        identification_again=memory.identification_again.numbers(),
        identified=SCOPES[memory.identified],
        explanation=memory.explanation.numbers(),
        explained=SCOPES[memory.explained],
        progress_kept=memory.progress_kept,
        contradicted=memory.contradicted,
        redone=memory.redone,
        cut_after=math.inf if time.cut_after is None else time.cut_after,
        clock=CLOCKS.index(time.clock),
        hangup=time.hangup,
        hangup_within=time.hangup_within,
        known_now=follow.known_now,
        discovery=follow.discovery.numbers(),
        call_back_above=math.inf if ring is None else ring.offered_above,
        call_back_accepted=0.0 if ring is None else ring.accepted,
        call_back_missed=0.0 if ring is None else ring.missed,
        call_back_tries=0 if ring is None else ring.tries,
        ringing=0.0 if ring is None else ring.ringing,
        between_rings=0.0 if ring is None else ring.between,
        channels=channels_of(world),
        choosing=choosing_of(world),
        cases=cases_of(world),
        waiting=waiting_of(world),
        first_contact=tuple(law_or_at_once(reason.first_contact) for reason in population.reasons.values()),
        waits_to_be_ready=any(reason.ready is not None for reason in population.reasons.values()),
        ready=tuple(law_or_at_once(reason.ready) for reason in population.reasons.values()),
        on_behalf=levers.access.on_behalf,
        drops_after=math.inf if levers.access.drops_after is None else float(levers.access.drops_after),
        acting=levers.access.acting.numbers(),
        has_onset=_has_onset(world),
        beforehand=beforehand_of(world),
        root_cause=follow.root_cause,
        recurrence=follow.recurrence,
        recurs_after=follow.recurs_after.numbers(),
        classes=len(difficulty_names(population)),
        preventions=len(world.prevention),
        prevented=tuple(_prevented(world)),
        prevention_eur=tuple(one.eur_per_prevented for one in world.prevention.values()),
    )  # fmt: skip


def _has_onset(world: World) -> bool:
    """Say whether anything may come between a problem and the first contact, or a problem may strike again."""
    blocks = (world.self_service, world.forum, world.detection)
    return (
        any(block is not None for block in blocks) or bool(world.prevention) or world.levers.follow_through.recurrence
    )


def _prevented(world: World) -> Iterator[float]:
    """Yield of each reason and class the probability that a problem is prevented by this or by one before."""
    for reason, level in itertools.product(world.population.reasons, difficulty_names(world.population)):
        lived = 1.0
        for one in world.prevention.values():
            lived *= 1.0 - one.prevents(reason, level)
            yield 1.0 - lived


def _team(world: World, name: str, open_slots: tuple[bool, ...]) -> TeamPlan:
    team, levers = world.teams[name], world.levers
    served, population, advice = team.queues_of(name), world.population, team.advice
    groups, learning = _groups(team, open_slots), team.learning or Learning(halved_after=1.0)
    talks, agents = [team.talk_of(reason) for reason in population.reasons], sum(many for many, _ in groups)
    return TeamPlan(
        code=list(world.teams).index(name),
        talk=tuple(talk if isinstance(talk, float) else 1.0 for talk in talks),
        handling=tuple((population.handling if isinstance(talk, float) else talk).numbers() for talk in talks),
        after_call=tuple(team.after_call_of(reason).numbers() for reason in population.reasons),
        competent=tuple(
            levers.knowledge.competent.get(name, team.competent_for.get(reason, team.competent))
            for reason in population.reasons
        ),
        wrong_talk=team.wrong_talk,
        speed_cv=team.speed_cv,
        limit=levers.authority.limits.get(name, levers.authority.limit),
        solve=_solve(world, name),
        paths=tuple(_way_on(world, name, why) for why in REASONS_TO_PASS_ON),
        most=agents * team.chats,
        agents=agents,
        chats=team.chats,
        chat_slowdown=team.chat_slowdown,
        group=tuple(number for number, (many, _) in enumerate(groups) for _ in range(many)),
        rota=tuple(itertools.chain.from_iterable(there for _, there in groups)),
        changes=_changes(groups, bool(team.absent)),
        absent=team.absent,
        pause=team.pause.numbers(),
        advised=0.0 if advice is None else advice.share,
        advisers=NO_TEAM if advice is None else world.queue_names().index(advice.team),
        advice=(team.pause if advice is None else advice.lasts).numbers(),
        advice_waits=advice is not None and advice.if_busy == "wait",
        misunderstood=1.0 - team.understood,
        generic=0.0 if team.empathy is None else 1.0 - team.empathy,
        empathy=spread(team.empathy_cv),
        knowledge_cv=team.knowledge_cv,
        experience=learning.experience.numbers(),
        halved_after=learning.halved_after,
        talk_at_first=learning.talk_at_first,
        solves_at_first=learning.solves_at_first,
        handle_time=_handle_time(world, name, team),
        serves=tuple(map(world.queue_names().index, served)),
        served=len(served),
        after=tuple(_after(world, queue, name) for queue in served),
        reserved=tuple(team.reserved.get(queue, 0) for queue in served),
        takes=TAKES.index(team.takes),
        next_agent=NEXT_AGENT.index(team.next_agent),
    )


def _groups(team: Team, open_slots: tuple[bool, ...]) -> list[tuple[int, tuple[bool, ...]]]:
    """Return how many agents come and go together, and when they are there: those of a shift, or between two levels."""
    if team.shifts:
        return [(shift.agents, shift.at_work()) for shift in team.shifts.values()]
    staff = team.by_slot(open_slots)
    levels = sorted({0, *staff})
    return [(above - below, tuple(now > below for now in staff)) for below, above in itertools.pairwise(levels)]


def _changes(groups: list[tuple[int, tuple[bool, ...]]], absences: bool) -> tuple[bool, ...]:
    """Say of each slot of the week whether the roll has to be called: others are there than just before."""
    return tuple(
        any(there[slot] != there[slot - 1] for _, there in groups) or (absences and slot % SLOTS_A_DAY == DAY_BEGINS)
        for slot in range(SLOTS_A_WEEK)
    )


def _queue(world: World, name: str) -> QueuePlan:
    queue, names = world.queues.get(name, Queue()), world.queue_names()
    asks, choice, population = world.teams_asked(name), queue.choice, world.population
    waited = _way_on(world, name, "waited")
    by_score = any(world.teams[team].takes == "by_score" for team in asks)
    return QueuePlan(
        code=names.index(name),
        asks=tuple(map(list(world.teams).index, asks)),
        asked=len(asks),
        asks_first=ASKS_FIRST.index(queue.asks_first),
        after=tuple(_after(world, name, team) for team in asks),
        reserved=tuple(world.teams[team].reserved.get(name, 0) for team in asks),
        places=-1 if queue.places is None else queue.places,
        ranked=by_score or queue.adds_scores(),
        score=queue.score,
        per_minute=queue.score_per_minute,
        after_transfer=queue.score_after_transfer,
        after_cut=queue.score_after_cut,
        repeat=queue.score_repeat,
        segments=tuple(queue.score_segments.get(segment, 0.0) for segment in population.segments),
        reasons=tuple(queue.score_reasons.get(reason, 0.0) for reason in population.reasons),
        choice=NO_TEAM if choice is None else names.index(choice.queue),
        choice_above=0.0 if choice is None else choice.above,
        choice_accepted=0.0 if choice is None else choice.accepted,
        when_full=_way_on(world, name, "full"),
        when_waited=waited,
        moves_after=math.inf if waited == NO_WAY else [*world.paths.values()][waited].after,
    )


def _after(world: World, queue: str, team: str) -> float:
    """Return how long a caller of a queue has waited at least before a team takes him (min)."""
    return world.queues[queue].after.get(team, 0.0) if queue in world.queues else 0.0


def _solve(world: World, name: str) -> tuple[tuple[float, ...], ...]:
    """Return the chance of solving by reason and difficulty: "reason.class" before "class", lever before team."""
    chances = {**world.teams[name].solve, **world.levers.knowledge.solve.get(name, {})}
    classes = difficulty_names(world.population)
    return tuple(
        tuple(chances.get(f"{reason}.{level}", chances.get(level, 1.0)) for level in classes)
        for reason in world.population.reasons
    )


def _way_on(world: World, name: str, why: str) -> int:
    """Return the number of the path that leads on from a team."""
    for number, path in enumerate(world.paths.values()):
        if path.when == why and name in path.sources():
            return number
    return NO_WAY


def _path(world: World, path: Path) -> PathPlan:
    upto, targets, names = 0.0, [], world.queue_names()
    for team, share in path.targets().items():
        upto += share
        answers = team if path.by == "live" else world.teams_asked(team)[0]
        targets.append(Target(upto, names.index(answers)))
    targets[-1] = targets[-1]._replace(upto=1.0)  # whatever the sum is rounded to
    return PathPlan(
        targets=tuple(targets),
        warm=path.how != "cold",
        conference=path.how == "conference",
        lost_if_busy=path.if_busy == "lost",
        ticket=path.by == "ticket",
        tries=path.tries,
        briefing=path.briefing.numbers(),
        delay=path.delay.numbers(),
        case=-1 if path.case is None else [*world.cases].index(path.case),
    )


def _handle_time(world: World, its_name: str, team: Team) -> float:
    """Return the mean time a call keeps an agent, as the firm would estimate it for an announced wait (min).

    Over the customers who are led to a queue which the team serves; over all where a team is reached by paths alone.
    """
    memory, talk, after_call = world.levers.memory, 0.0, 0.0
    for name, share in _shares_led_to(world, team.queues_of(its_name)).items():
        talk += share * world.population.reasons[name].work * team.mean_talk(name)
        after_call += share * team.after_call_of(name).mean_value()
    talk *= world.levers.talk_factor()
    when_full = 1.0 + team.chat_slowdown * (team.chats - 1)  # of who waits for a seat all are taken
    return (memory.identification.mean_value() + memory.explanation.mean_value() + talk) * when_full + after_call


def _shares_led_to(world: World, queues: tuple[str, ...]) -> dict[str, float]:
    """Return the share of each reason among the customers who are led to one of these queues, or among all."""
    reasons, segments = world.population.reasons, world.population.segments
    led = [kind for kind in itertools.product(reasons, segments) if world.line.leads_to(*kind) in queues]
    if len(led) in (0, len(reasons) * len(segments)):
        return {name: reason.share for name, reason in reasons.items()}
    amounts = dict.fromkeys(reasons, 0.0)
    for reason, segment in led:
        amounts[reason] += reasons[reason].share * segments[segment].share
    whole = sum(amounts.values()) or 1.0
    return {name: amount / whole for name, amount in amounts.items()}


def _patience_factor(world: World, other_network: bool) -> float:
    tariff = world.tariff_in_force()
    population = world.population
    endless = [math.isinf(population.patience_of(*kind).mean_value()) for kind in population.kinds()]
    if all(endless):
        return 1.0  # nobody hangs up, whatever a minute costs
    free = not tariff.billed.hold or tariff.hold_billed == "never"
    if free or (tariff.hold_billed == "own_network_free" and not other_network):
        return 1.0
    factor = math.exp(-population.price_aversion * tariff.price_per_minute)
    return max(factor, _LEAST) if any(endless) else factor
