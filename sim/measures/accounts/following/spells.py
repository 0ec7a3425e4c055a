"""The spells of a customer, as his rows come."""

from __future__ import annotations

from typing import Any

from sim.history.rows import Activity
from sim.machine.compiling import Table, inlined, rule
from sim.measures.accounts.spells import SPELL
from sim.measures.rules.calls import CALL, MENU

_AWAY, _ENDED, _TALK = int(Activity.AWAY), int(Activity.ENDED), int(Activity.TALK)
_IDENTIFICATION, _SEARCHING = int(Activity.IDENTIFICATION), int(Activity.SEARCHING)

call_at, spell_at = Table(CALL), Table(SPELL)


@inlined
def follow_spell(event: int, books: Any, account: Any, row: Any) -> None:
    """End the spell that goes on where the row begins another one."""
    begun = books.terms.begins[event, 1 if row.leg > 0 else 0]
    if begun >= 0 and (begun != account.activity or row.contact != account.contact or row.leg != account.leg):
        end_spell(books, account, row.customer, row.time)
        account.activity, account.contact, account.leg, account.since = begun, row.contact, row.leg, row.time


@inlined
def end_spell(books: Any, account: Any, customer: int, time: float) -> None:
    """End the spell that goes on, if it is one in which the customer is active."""
    activity = account.activity
    if activity in (_AWAY, _ENDED):
        return
    lasted = time - account.since
    journey = account.lived
    journey.active_minutes += lasted
    if activity > _ENDED or account.elsewhere:
        journey.beyond_minutes += lasted
    if activity == _SEARCHING and books.terms.start <= account.since < books.terms.stop:
        books.sums.searching_minutes += lasted
    if activity < _ENDED:
        add_to_call(activity, lasted, books, account)
    if books.keeps:
        keep_spell(books, account, customer, time)


@inlined
def add_to_call(activity: int, lasted: float, books: Any, account: Any) -> None:
    """Add a spell on the telephone to its call."""
    journey = account.lived
    call_at(books.calls, account.call).minutes[activity] += lasted
    if activity < _IDENTIFICATION or activity > _TALK:
        journey.hold_minutes += lasted
        if activity != MENU and lasted > books.terms.long_hold_after:
            journey.long_holds += 1


@rule
def keep_spell(books: Any, account: Any, customer: int, time: float) -> None:
    """Keep a spell in the table of spells."""
    spell = spell_at(books.spells, books.spells_made)
    books.spells_made += 1
    spell.customer, spell.contact, spell.leg, spell.activity = customer, account.contact, account.leg, account.activity
    spell.start, spell.end = account.since, time
