"""Keys that are given and that nothing reads, because others say the same before them: told as warnings."""

from __future__ import annotations

from collections.abc import Iterator

from sim.reading.correspondence import is_for_ever
from sim.reading.mistakes import key_of
from sim.world import World
from sim.world.cases import Step
from sim.world.channels import PHONE
from sim.world.population import CAUSES, Population


def unread(world: World) -> Iterator[str]:
    """Yield what is given and makes no difference, each a sentence that begins with its key."""
    yield from _routes(world)
    yield from _supervisors(world)
    yield from _learning(world)
    yield from _competent(world)
    yield from _slowdown(world)
    yield from _patience(world.population)
    yield from _persistence(world)
    yield from _cases(world)
    yield from _channels(world)
    yield from _steps(world)
    yield from _empathy(world)
    yield from _before_the_firm(world)
    yield from _dropped(world)


def _cases(world: World) -> Iterator[str]:
    """Yield what is said of cases where there are none.

    That customers would ask is no such thing: they are the same in every world, and another one may open cases.
    """
    follow = world.levers.follow_through
    if world.detection is None and not any(path.case is not None for path in world.paths.values()):
        for key, its in (("promise", follow.promise), ("news", follow.news)):
            if its is not None:
                yield f"levers.follow_through.{key} is of no effect: no path opens a case"
    asking = world.population.chasing
    if asking is not None and not any((asking.without_date, asking.before_date, asking.after_broken, asking.informed)):
        yield "population.chasing is of no effect: nobody ever asks, all its rates are 0"


def _channels(world: World) -> Iterator[str]:
    """Yield what is said of the choice of channels where there is none to choose."""
    its, names = world.contacts, world.channel_names()
    if its.switch and not any(its.after(name) for name in names):
        yield "contacts.switch is of no effect: there is no other channel to change to"
    if world.population.chasing is None and its.asking_by != {PHONE: 1.0}:
        yield "contacts.asking_by is never read: there is no population.chasing, and nobody asks how it stands"
    if its.then and not its.switch:
        yield "contacts.then is never read: contacts.switch is 0"
    if all(reason in its.first_for for reason in world.population.reasons) and its.first != {PHONE: 1.0}:
        yield "contacts.first is read for changes alone: contacts.first_for stands for every reason"
    told: dict[tuple[str, ...], tuple[str, dict[str, float]]] = {("line",): (PHONE, world.line.sends_on)}
    told |= {("messages", name): (name, message.sends_on) for name, message in world.messages.items()}
    told |= {("desks", name): (name, desk.sends_on) for name, desk in world.desks.items()}
    told |= {("chats", name): (name, chat.sends_on) for name, chat in world.chats.items()}
    for place, (name, shares) in told.items():
        if shares.get(name):
            yield f"{key_of((*place, 'sends_on', name))} sends customers back to where they come from"
    for name, message in world.messages.items():
        key = key_of(("messages", name))
        if message.patience.mean_value() == 0.0:
            yield f"{key}.patience is no time at all: nobody ever waits for an answer"
        elif message.answered < 1.0 and is_for_ever(message.patience):
            yield f'{key}.patience is "none": {100 * (1 - message.answered):.3g} % of those who write wait for ever'


def _steps(world: World) -> Iterator[str]:
    """Yield what is said of steps in vain, and classes of which a step says nothing."""
    asks = world.population.chasing is not None
    for name, case in world.cases.items():
        if case.registered < 1.0 and is_for_ever(case.patience) and not asks:
            key, waiting = key_of(("cases", name, "registered")), 100 * (1 - case.registered)
            yield f"{key} leaves {waiting:.3g} % of the customers waiting for ever: nobody asks how it stands"
        for step, its in case.steps.items():
            key = key_of(("cases", name, "steps", step))
            if its.takes_for and all(segment in its.takes_for for segment in world.population.segments):
                yield f"{key}.takes is never read: takes_for stands for every segment"
            missing = _never_said(its, world.population) if isinstance(its.solves, dict) else []
            if missing:
                yield f"{key}.solves says nothing of {' and '.join(missing)}, which it then always solves"


def _never_said(step: Step, population: Population) -> list[str]:
    """Return the classes of which a step with chances of its own has none."""
    said = step.solves if isinstance(step.solves, dict) else {}
    classes = [(name, level) for name, reason in population.reasons.items() for level in reason.difficulty]
    return [*dict.fromkeys(level for name, level in classes if level not in said and f"{name}.{level}" not in said)]


def _routes(world: World) -> Iterator[str]:
    if world.line.routes and all(segment in world.line.segment_routes for segment in world.population.segments):
        yield "line.routes is never read: line.segment_routes leads every segment, whatever the reason"


def _supervisors(world: World) -> Iterator[str]:
    authority = world.levers.authority
    if authority.supervisors is not None and authority.above != "approval":
        yield f'levers.authority.supervisors is never asked: levers.authority.above is "{authority.above}"'


def _learning(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        its = team.learning
        if its is not None and its.talk_at_first == its.solves_at_first == 1:
            key = key_of(("teams", name, "learning"))
            yield f"{key} is of no effect: a new agent talks as long and solves as much as an old hand"


def _competent(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        if team.competent_for and name in world.levers.knowledge.competent:
            key = key_of(("teams", name, "competent_for"))
            yield f"{key} is never read: {key_of(('levers', 'knowledge', 'competent', name))} stands for all reasons"


def _slowdown(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        if team.chat_slowdown and team.chats == 1:
            yield f"{key_of(('teams', name, 'chat_slowdown'))} is of no effect: chats is 1, and each is alone"


def _patience(population: Population) -> Iterator[str]:
    if all(reason.patience is not None for reason in population.reasons.values()):
        yield from _of_segments(population, "patience")


def _persistence(world: World) -> Iterator[str]:
    population, again, here = world.population, world.population.again, "population.again.persistence"
    of_kinds = all(reason.persistence is not None for reason in population.reasons.values())
    if all(cause in again.persistence_after for cause in CAUSES if world.messages or cause != "unanswered"):
        why = f"{here}_after says it for every way in which an attempt may end"
        if again.persistence_later is not None:
            yield f"{here}_later is never read: {why}"
        for name, reason in population.reasons.items():
            if reason.persistence is not None:
                yield f"{key_of(('population', 'reasons', name, 'persistence'))} is never read: {why}"
        for name, segment in population.segments.items():
            if segment.persistence is not None:
                yield f"{key_of(('population', 'segments', name, 'persistence'))} is never read: {why}"
        return
    if again.persistence_later is not None and again.most_attempts <= 2:
        yield f"{here}_later is never read: nobody makes more than {again.most_attempts} attempts"
    if of_kinds:
        yield from _of_segments(population, "persistence")


def _of_segments(population: Population, key: str) -> Iterator[str]:
    for name, segment in population.segments.items():
        if getattr(segment, key) is not None:
            yield f"{key_of(('population', 'segments', name, key))} is never read: every reason has its own"


def _empathy(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        if team.empathy_cv and team.empathy is None:
            key = key_of(("teams", name))
            yield f"{key}.empathy_cv is of no effect: there is no {key}.empathy"


def _before_the_firm(world: World) -> Iterator[str]:
    """Yield what is to keep problems from the firm, and of which there are none that it could keep."""
    population = world.population
    if world.forum is not None and not any(its.share and its.autonomy for its in population.segments.values()):
        yield "forum is of no effect: nobody is autonomous, and asks other customers"
    classes = [(name, level) for name, its in population.reasons.items() if its.share for level in its.difficulty]
    for name, its in world.prevention.items():
        if its.share * its.read and not any(its.prevents(*problem) for problem in classes):
            yield f"{key_of(('prevention', name))} prevents nothing: no problem is of its reasons and its classes"


def _dropped(world: World) -> Iterator[str]:
    """Yield a patience of the firm that outlasts its customers'; whose cause strikes again may make more attempts."""
    drops, most = world.levers.access.drops_after, world.population.again.most_attempts
    if drops is not None and drops > most and not world.levers.follow_through.recurrence:
        yield f"levers.access.drops_after is of no effect: nobody makes more than {most} attempts"
