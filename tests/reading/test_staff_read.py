"""Shifts, premiums, colleagues and kinds of customers: what cannot work is refused, what is never read is told."""

from __future__ import annotations

import pytest

from sim.reading import load, mistakes_in, variant, warnings_of

FRONT, SECOND = 'talk = "8 min"', 'talk = "12 min"'
"""Where a team of the small world takes more keys."""
STAFF, UP = "staff = 3\n", 'when = "unsolved"'
DAY = 'hours = ["mon-fri 08:00-20:00"]'


def front(*keys: str) -> tuple[str, str]:
    """Give the front these keys."""
    return FRONT, "\n".join([FRONT, *keys])


def shift(*said: str) -> tuple[str, str]:
    """Give the front one shift in place of its staff."""
    return STAFF, f"shifts.day = {{ {', '.join(said)} }}\n"


def up(*keys: str) -> tuple[str, str]:
    """Give the path these keys."""
    return UP, "\n".join([UP, *keys])


REFUSED = {
    "neither staff nor shifts": (
        ((STAFF, ""),), "", "teams.front",
        "staff is missing; write how many are at work, such as staff = 5, or give shifts"),
    "staff and shifts": (
        (front(f"shifts.day = {{ agents = 2, {DAY} }}"),), "", "teams.front",
        "staff and shifts are both given; write one of the two"),
    "a shift without hours": ((shift("agents = 2"),), "", "teams.front.shifts.day.hours", "is missing"),
    "a shift of no hours": ((shift("agents = 2", "hours = []"),), "", "teams.front.shifts.day.hours", "is empty"),
    "a shift without agents": ((shift(DAY),), "", "teams.front.shifts.day.agents", "is missing"),
    "hours that overlap": (
        (shift("agents = 2", 'hours = ["mon-fri 08-20", "fri 19-21"]'),), "", "teams.front.shifts.day.hours",
        '"fri 19-21" overlaps "mon-fri 08-20"'),
    "hours that are none": (
        (shift("agents = 2", 'hours = ["mon-fri 8 to 20"]'),), "", "teams.front.shifts.day.hours",
        "is not a time of the week"),
    "breaks that overlap": (
        (shift("agents = 2", DAY, 'breaks = ["10:00-10:30"]', 'lunches = ["10:15-10:45"]'),), "",
        "teams.front.shifts.day", 'the break "10:15-10:45" overlaps "10:00-10:30"'),
    "a break outside the shift": (
        (shift("agents = 2", DAY, 'breaks = ["20:00-20:15"]'),), "", "teams.front.shifts.day",
        'the break "20:00-20:15" lies outside the shift, mon-fri 08:00-20:00'),
    "a break that lasts the whole shift": (
        (shift("agents = 2", DAY, 'breaks = ["08:00-12:00"]', 'lunches = ["12:00-20:00"]'),), "",
        "teams.front.shifts.day", "its breaks leave nothing of the shift, mon-fri 08:00-20:00; shorten one of them"),
    "shifts of nobody": (
        (shift("agents = 0", DAY),), "", "teams.front.shifts", "leaves nobody at work while the line is open"),
    "shifts at night": (
        (shift("agents = 2", 'hours = ["mon-fri 20:00-08:00"]'),), "", "teams.front.shifts",
        "leaves nobody at work while the line is open"),
    "premiums that overlap": (
        (front('wage_premiums = { "mon 08:00-12:00" = 0.5, "mon 11:45-13:00" = 0.2 }'),), "",
        "teams.front.wage_premiums",
        '"mon 11:45-13:00" overlaps "mon 08:00-12:00", and premiums do not add up silently; write each quarter'),
    "a premium at no time": (
        (front('wage_premiums = { "monday" = 0.5 }'),), "", "teams.front.wage_premiums", "is not a time of the week"),
    "paid for a queue of others": (
        (front("wage_skills = { second = 2 }"),), "", "teams.front.wage_skills.second",
        'is not served by this team: it serves "front"; a wage is added for a queue that they serve'),
    "paid for no queue": (
        (front("wage_skills = { secnd = 2 }"),), "", "teams.front.wage_skills.secnd", "did you mean second?"),
    "advice of nobody": (
        (front('advice = { team = "secnd", share = 0.1, lasts = "2 min" }'),), "", "teams.front.advice.team",
        "did you mean second?"),
    "advice of oneself": (
        ((SECOND, SECOND + '\nadvice = { team = "second", share = 0.1, lasts = "2 min" }'),), "",
        "teams.second.advice.team",
        'is "second", whose only agent is the one who asks; name another team, or give this one more agents'),
    "advice of oneself on the only shift": (
        (shift("agents = 1", DAY), front('advice = { team = "front", share = 0.1, lasts = "2 min" }')), "",
        "teams.front.advice.team", "whose only agent is the one who asks"),
    "a supervisor of himself": (
        (), '\n[levers.authority]\nsupervisors = "second"\n', "levers.authority.supervisors",
        'is "second", whose only agent is the one who asks'),
    "a conference with oneself": (
        (), '\n[paths.on]\nfrom = ["front", "second"]\nto = "second"\nwhen = "above_limit"\nhow = "conference"\n',
        "paths.on.to", 'is "second", whose only agent is the one who asks'),
    "supervisors who are none": (
        (), '\n[levers.authority]\nsupervisors = "secnd"\n', "levers.authority.supervisors", "did you mean second?"),
    "a conference in writing": (
        (up('how = "conference"', 'by = "ticket"'),), "", "paths.up.how",
        'is "conference", but by = "ticket": the call has ended before anybody could join in; write by = "live"'),
    "a conference out of a queue": (
        (('when = "unsolved"', 'when = "waited"\nhow = "conference"'),), "", "paths.up.how",
        "no agent has answered yet"),
    "a ticket lost": (
        (up('if_busy = "lost"', 'by = "ticket"'),), "", "paths.up.if_busy",
        'is "lost", but by = "ticket" and no agent is needed; write if_busy = "wait", or leave it out'),
    "lost out of a queue": (
        (('when = "unsolved"', 'when = "waited"\nif_busy = "lost"'),), "", "paths.up.if_busy",
        'is "lost", but no agent has answered yet to pass on when "waited"'),
    "a law of talks that last no time": (
        ((FRONT, 'talk = { law = "uniform", low = "0 min", high = "0 min" }'),), "", "teams.front.talk",
        "a talk takes time"),
    "a reason's talk that lasts no time": (
        (front('talk_for = { bill = "0 min" }'),), "", "teams.front.talk_for.bill", "a talk takes time"),
    "a talk by no law": (
        ((FRONT, 'talk = { law = "unifrom", low = "0 min", high = "1 min" }'),), "", "teams.front.talk.law",
        "did you mean uniform?"),
    "a talk for no reason": (
        (front('talk_for = { bil = "3 min" }'),), "", "teams.front.talk_for.bil", "did you mean bill?"),
    "after-call work for no reason": (
        (front('after_call_for = { bil = "3 min" }'),), "", "teams.front.after_call_for.bil", "did you mean bill?"),
    "competent for no reason": (
        (front("competent_for = { bil = 0.3 }"),), "", "teams.front.competent_for.bil", "did you mean bill?"),
    "learning at no pace": (
        (front("learning = { talk_at_first = 2 }"),), "", "teams.front.learning.halved_after", "is missing"),
    "learning at once": (
        (front("learning = { halved_after = 0 }"),), "", "teams.front.learning.halved_after", "more than 0"),
    "shrinkage of nearly all": ((front("shrinkage = 0.95"),), "", "teams.front.shrinkage", "must be at most 0.9"),
    "persistence after what never happens": (
        (("persistence = 0.8", "persistence = 0.8\npersistence_after = { cutt = 0.3 }"),), "",
        "population.again.persistence_after.cutt",
        'use "blocked", "abandoned", "cut", "dismissed", "unsolved" or "unanswered"'),
    "a patience without unit": (
        (("share = 0.7", 'share = 0.7\npatience = "3"'),), "", "population.reasons.fault.patience",
        "a duration needs its unit"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_in_words(told_in_words, name):
    told_in_words(*REFUSED[name])


GOOD = {
    "a shift": (shift("agents = 2", DAY, 'breaks = ["10:00-10:15"]', 'lunches = ["12:00-12:30"]'),),
    "a shift over midnight": (
        shift("agents = 2", 'hours = ["mon-fri 08:00-20:00", "fri 22:00-06:00"]', 'breaks = ["23:45-24:00"]'),),
    "advice of the own team": (front('advice = { team = "front", share = 0.1, lasts = "2 min" }'),),
    "premiums side by side": (front('wage_premiums = { "mon 08:00-12:00" = 0.5, "mon 12:00-13:00" = 0.2 }'),),
    "paid for the own queue": (front("wage_skills = { front = 2 }"),),
    "a conference": (up('how = "conference"', 'briefing = "1 min"', 'if_busy = "lost"'),),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_can_work_is_read(world_file, name):
    assert mistakes_in(load(world_file(*GOOD[name]))) == ()


def test_staff_that_another_file_gives_is_taken_back_by_nought():
    world = variant("base", {"teams": {"front": {"staff": 0, "shifts": {"day": {"agents": 2, "hours": ["mon 9-17"]}}}}})
    assert world.teams["front"].shifts["day"].agents == 2


# Warnings -------------------------------------------------------------------------------------------------------------

BASE = load("base")
SHIFTS = {"day": {"agents": 3, "hours": ["mon-sat 08:00-20:00"]}}


def warned(**changes):
    return warnings_of(variant(BASE, changes))


def test_shifts_outside_opening_hours_are_told_shift_by_shift():
    """The late shift of two works from 18 to 22 h on five days, two hours of each while the line is closed."""
    late = {"late": {"agents": 2, "hours": ["mon-fri 18:00-22:00"]}}
    told = warned(teams={"front": {"staff": 0, "shifts": {**SHIFTS, **late}}})
    assert [one for one in told if "shifts.late" in one] == [
        "teams.front.shifts.late: 20 of 40 agent hours a week are paid while the line is closed"
    ]


def test_supervisors_whom_nobody_asks_are_told():
    authority = {"above": "refuse", "supervisors": "second"}
    assert warned(levers={"authority": authority}) == (
        'levers.authority.supervisors is never asked: levers.authority.above is "refuse"',
    )
    (told,) = warned(levers={"authority": {**authority, "above": "approval"}})
    assert told.startswith("levers.authority.supervisors lets agents of front and second wait for those of second")


def test_learning_that_changes_nothing_is_told():
    (told,) = warned(teams={"front": {"learning": {"halved_after": 100}}})
    assert told.startswith("teams.front.learning is of no effect")
    assert warned(teams={"front": {"learning": {"halved_after": 100, "talk_at_first": 1.5}}}) == ()


def test_competence_by_reason_under_a_lever_that_stands_for_all_is_told():
    (reason, *_) = BASE.population.reasons
    changes = {"teams": {"front": {"competent_for": {reason: 0.5}}}}
    assert warned(**changes) == ()
    (told,) = warned(**changes, levers={"knowledge": {"competent": {"front": 0.9}}})
    assert told.startswith("teams.front.competent_for is never read: levers.knowledge.competent.front stands")


CAUSES = dict.fromkeys(("blocked", "abandoned", "cut", "dismissed", "unsolved"), 0.5)


def test_persistence_that_is_never_read_is_told():
    """Where every way to end is said, nothing else is read; nor what follows a second failure of two."""
    segment = next(iter(BASE.population.segments))
    here = "population.again.persistence_later is never read"
    (told,) = warned(population={"again": {"persistence_later": 0.5, "persistence_after": CAUSES}})
    assert told.startswith(f"{here}: population.again.persistence_after says it for every way")
    four = {cause: share for cause, share in CAUSES.items() if cause != "cut"}
    assert warned(population={"again": {"persistence_later": 0.5, "persistence_after": four}}) == ()
    told = warned(population={"again": {"persistence_later": 0.0, "most_attempts": 2}})
    assert told == (f"{here}: nobody makes more than 2 attempts",)
    own = variant(BASE, {"population": {"reasons": {name: {"persistence": 0.5} for name in BASE.population.reasons}}})
    said = f"population.segments.{segment}.persistence is never read: every reason has its own"
    more = {"population": {"segments": {segment: {"persistence": 0.5}}}}
    assert warnings_of(variant(own, more)) == (said,)
    assert warned(**more) == ()


def test_patience_of_segments_is_told_where_every_reason_has_its_own():
    (segment, *_) = BASE.population.segments
    reasons = {name: {"patience": "5 min"} for name in BASE.population.reasons}
    (told,) = warned(population={"reasons": reasons, "segments": {segment: {"patience": "6 min"}}})
    assert told == f"population.segments.{segment}.patience is never read: every reason has its own"
    assert warned(population={"segments": {segment: {"patience": "6 min"}}}) == ()
