"""The verbs in which what happens to a customer is told.

Some are told twice: what Python does with an object, then what is compiled of it for a record (`compiled_as`). All
others, and all mechanisms that never wait, are written in those, and are told once.
"""

from __future__ import annotations

from typing import Any

from sim.history.rows import PACK, ROW
from sim.luck.keys import LEGS, Kind, keyed_pair, keyed_uniform
from sim.luck.laws import Law, LawCode, quantile
from sim.machine.compiling import Table, compiled_as, inlined, rule
from sim.machine.kernel.strands import plan_next, waits
from sim.mechanisms.state import surroundings
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.order import PLANNED
from sim.purposes import USUAL_OF_A_CALL, USUAL_OF_A_LEG

_CONSTANT = int(LawCode.CONSTANT)
_OF_CUSTOMERS = int(Kind.CUSTOMER) << 24
_row_at = Table(ROW)


# Told twice -----------------------------------------------------------------------------------------------------------


def office_of(me: Life) -> surroundings.Office:
    """Return the office that the customer calls."""
    return me.office


@compiled_as(office_of, inlined=True)
def _office_of(me: Any) -> Any:
    return office_at(me.office, 0)


def note(me: Life, event: int, amount: float = 0.0) -> None:
    """Write a row."""
    me.diary += PACK(me.customer, me.agent, me.now, amount, me.contact, me.leg, me.team, event)


@compiled_as(note)
def _note(me: Any, event: int, amount: float = 0.0) -> None:
    """Write a row, unless the customer is ahead of the end of the run."""
    office = office_at(me.office, 0)
    if me.now < office.end and office.noted < office.room_for_rows:
        row = _row_at(office.rows, office.noted)
        row.customer, row.time, row.event = me.customer, me.now, event
        row.contact, row.leg, row.team, row.agent, row.amount = me.contact, me.leg, me.team, me.agent, amount
    if me.now < office.end:
        office.noted += 1


def uniform(me: Life, purpose: int) -> float:
    """Return this leg's luck for a purpose."""
    if purpose < USUAL_OF_A_CALL:
        return me.luck[purpose]
    return uniform_at(me, me.leg, purpose)


@compiled_as(uniform, inlined=True)
def _uniform(me: Any, purpose: int) -> float:
    if purpose < USUAL_OF_A_CALL:
        u: float = me.luck[purpose]
        return u
    return uniform_at(me, me.leg, purpose)


def uniform_at(me: Life, leg: int, purpose: int) -> float:
    """Return the luck of any leg, or ring, of this call for a purpose."""
    return me.office.luck.one(me.customer, me.turn, leg, purpose)


@compiled_as(uniform_at, inlined=True)
def _uniform_at(me: Any, leg: int, purpose: int) -> float:
    office = office_at(me.office, 0)
    key, whose = (office.key[0], office.key[1]), _OF_CUSTOMERS | office.replication
    return keyed_uniform(key, whose, me.number, purpose, me.turn * LEGS + leg)


def lasting(me: Life, purpose: int) -> float:
    """Return the luck of the whole journey for a purpose."""
    return me.office.luck.one(me.customer, 0, 0, purpose)


@compiled_as(lasting, inlined=True)
def _lasting(me: Any, purpose: int) -> float:
    office = office_at(me.office, 0)
    key, whose = (office.key[0], office.key[1]), _OF_CUSTOMERS | office.replication
    return keyed_uniform(key, whose, me.number, purpose, 0)


def turn_luck(me: Life) -> None:
    """Have the luck of this leg at hand, and keep that of the first."""
    me.luck = me.office.luck.usual(me.customer, me.turn, me.leg)
    if me.leg == 0:
        me.first_luck = me.luck


@compiled_as(turn_luck)
def _turn_luck(me: Any) -> None:
    """Find it all at once: as vectors, a score of uniforms take hardly longer than one alone."""
    office, luck = office_at(me.office, 0), me.luck
    key, whose = (office.key[0], office.key[1]), _OF_CUSTOMERS | office.replication
    number, occasion = me.number, me.turn * LEGS + me.leg
    usual = USUAL_OF_A_CALL if me.leg == 0 else USUAL_OF_A_LEG  # of a call alone: that of its first leg stays
    for block in range(usual // 2):
        luck[2 * block], luck[2 * block + 1] = keyed_pair(key, whose, number, block, occasion)


def whole_call(me: Life) -> None:
    """Look back on the whole call: what follows is drawn once for it."""
    me.leg, me.luck = 0, me.first_luck


@compiled_as(whole_call, inlined=True)
def _whole_call(me: Any) -> None:
    me.leg = 0


def is_ahead(me: Life) -> bool:
    """Say whether this customer's clock is ahead of the world's."""
    ahead: bool = me.now > me.clock._now
    return ahead


@compiled_as(is_ahead)
def _is_ahead(me: Any) -> bool:
    return me.now > office_at(me.office, 0).now


@rule
def catches_up(me: Any, office: Any, stage: int) -> int:
    """Wait until the world's clock has caught up with this customer's, and go on at a stage: `Life.catch_up`."""
    plan_next(me, office, me.now, PLANNED + me.who)
    return waits(me, stage)


# Told once ------------------------------------------------------------------------------------------------------------


@inlined
def draw(me: Life, law: Law, purpose: int) -> float:
    """Draw from a law; nothing is drawn from one that is always the same."""
    return law.a if law.code == _CONSTANT else quantile(law, uniform(me, purpose))


@rule
def draw_once(me: Life, law: Law, purpose: int) -> float:
    """Draw from a law what holds for the whole journey."""
    return law.a if law.code == _CONSTANT else quantile(law, lasting(me, purpose))


@inlined
def happens(me: Life, share: float, purpose: int) -> bool:
    """Say whether something that has this probability happens; what never does asks for no luck."""
    return share > 0.0 and uniform(me, purpose) < share


@rule
def spend(me: Life, event: int, minutes: float, amount: float = 0.0) -> bool:
    """Live through one spell; False when the call is broken off before its end, or at that instant.

    A spell of no length does not happen.
    """
    if minutes <= 0.0:
        return True
    note(me, event, amount)
    return pass_time(me, minutes)


@rule
def pass_time(me: Life, minutes: float) -> bool:
    """Let this customer's clock run, until the call is broken off at the latest; False when it is."""
    end = me.now + minutes
    if end < me.breaks_at:
        me.now = end
        return True
    me.now = max(me.now, me.breaks_at)
    return False


@rule
def next_leg(me: Life) -> None:
    """Go on to another agent."""
    me.leg += 1
    turn_luck(me)
