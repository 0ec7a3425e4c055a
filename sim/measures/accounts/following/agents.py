"""The agents' time, as the rows of their customers come."""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.history.codes import ANSWERED, COLLEAGUE_JOINED, LEFT_AGENT, RING_MISSED
from sim.luck.keys import AGENTS_AT_MOST, keyed_uniform
from sim.machine.compiling import Table, inlined, rule
from sim.measures.accounts.legs import LEG
from sim.measures.rules.calls import CALL
from sim.measures.rules.staff import TEAM_TIME, TIMETABLE, off_duty_minutes
from sim.mechanisms.state.hours import DAY_BEGINS, working_day
from sim.units import DAY, SLOT

call_at, leg_at = Table(CALL), Table(LEG)
team_at, timetable_at = Table(TEAM_TIME), Table(TIMETABLE)


@inlined
def follow_agent(event: int, books: Any, account: Any, row: Any) -> None:
    """Note what takes an agent's time: a leg with its after-call work, a ring in vain, a colleague's call."""
    if event == ANSWERED:
        account.with_agent = True
        account.answered, account.team, account.agent = row.time, row.team, row.agent
    elif event == LEFT_AGENT:
        if account.with_agent:
            leave(books, account, row)
    elif event in (RING_MISSED, COLLEAGUE_JOINED):
        add_busy(books, row.team, row.agent, row.time, row.time + row.amount)


@inlined
def leave(books: Any, account: Any, row: Any) -> None:
    """End a leg: its agent is busy until the after-call work is done."""
    account.with_agent = False
    add_busy(books, account.team, account.agent, account.answered, row.time + row.amount)
    call_at(books.calls, account.call).handling += row.time + row.amount - account.answered
    if books.keeps:
        keep_leg(books, account, row)


@rule
def keep_leg(books: Any, account: Any, row: Any) -> None:
    """Keep a leg in the table of legs; ahead of the calls stands nobody's."""
    leg = leg_at(books.legs, books.legs_made)
    books.legs_made += 1
    leg.call, leg.customer, leg.contact, leg.leg = account.call - 1, row.customer, row.contact, row.leg
    leg.team, leg.agent = account.team, account.agent
    leg.answered, leg.left, leg.after_call = account.answered, row.time, row.amount


@inlined
def add_busy(books: Any, number: int, agent: int, since: float, until: float) -> None:
    """Add a stretch of an agent's time, as far as it lies in the horizon; where no team is meant there is none."""
    if not 0 <= number < books.many_teams:
        return
    terms, team = books.terms, team_at(books.teams, number)
    since = min(max(since, terms.start), terms.stop)
    until = min(max(until, terms.start), terms.stop)
    team.busy += (until - since) / team.chats
    team.overtime += overtime_of(books, number, agent, since, until) / team.chats
    team.in_breaks += in_breaks_of(books, number, agent, since, until) / team.chats
    team.while_absent += while_absent_of(books, number, agent, since, until) / team.chats


@inlined
def overtime_of(books: Any, number: int, agent: int, since: float, until: float) -> float:
    """Return the minutes of a stretch of an agent's time that lie past the end of his duty."""
    return _off_by(books, timetable_of(books, number, agent), since, until)


@inlined
def in_breaks_of(books: Any, number: int, agent: int, since: float, until: float) -> float:
    """Return the minutes of a stretch of an agent's time that lie in his breaks, which are paid all the same."""
    which = timetable_of(books, number, agent)
    return _off_by(books, which + team_at(books.teams, number).many if which >= 0 else which, since, until)


@rule
def while_absent_of(books: Any, number: int, agent: int, since: float, until: float) -> float:
    """Return the minutes of a stretch of an agent's time in which he should be on duty and is absent.

    What he began before the working day of his absence he finishes.
    """
    absent, worked = team_at(books.teams, number).absent, 0.0
    if absent <= 0.0 or agent < 0:
        return worked
    which = timetable_of(books, number, agent)
    while since < until:
        day = working_day(int(since / SLOT))
        upto = min(DAY_BEGINS * SLOT + day * DAY, until)
        if _luck_of(books, number, agent, day) < absent:
            worked += upto - since - _off_by(books, which, since, upto)
        since = upto
    return worked


@inlined
def _luck_of(books: Any, number: int, agent: int, day: int) -> float:
    key = (books.key[0], books.key[1])
    return keyed_uniform(key, books.agents, number * AGENTS_AT_MOST + agent, purposes.ABSENCE, day)


@inlined
def _off_by(books: Any, which: int, since: float, until: float) -> float:
    if which < 0:
        return 0.0
    timetable = timetable_at(books.timetables, which)
    return off_duty_minutes(timetable, until) - off_duty_minutes(timetable, since)


@rule
def timetable_of(books: Any, number: int, agent: int) -> int:
    """Return which timetable is an agent's; -1 for one who is never off duty."""
    team = team_at(books.teams, number)
    last = team.timetables + team.many - 1
    while last > team.timetables and timetable_at(books.timetables, last).agent > agent:
        last -= 1
    return last if last > team.timetables else -1  # the first is that of who is never off duty
