"""The spells of a customer, as his rows come."""

from __future__ import annotations

from typing import Any

from sim.compiling import Table, inlined, rule
from sim.history import Activity
from sim.measures.calls import CALL, MENU
from sim.measures.spells import SPELL

_AWAY, _ENDED, _TALK = int(Activity.AWAY), int(Activity.ENDED), int(Activity.TALK)
_IDENTIFICATION = int(Activity.IDENTIFICATION)

call_at, spell_at = Table(CALL), Table(SPELL)


@inlined
def follow_spell(event: int, books: Any, account: Any, row: Any) -> None:
    """End the spell that goes on where the row begins another one."""
    begun = books.terms.begins[event, 1 if row.leg > 0 else 0]
    if begun >= 0 and (begun != account.activity or row.contact != account.contact or row.leg != account.leg):
        end_spell(books, account, row.time)
        account.activity, account.contact, account.leg, account.since = begun, row.contact, row.leg, row.time


@inlined
def end_spell(books: Any, account: Any, time: float) -> None:
    """End the spell that goes on, if it is one on the telephone."""
    activity = account.activity
    if not _AWAY < activity < _ENDED:
        return
    lasted = time - account.since
    call_at(books.calls, account.call).minutes[activity] += lasted
    journey = account.lived
    journey.active_minutes += lasted
    if activity < _IDENTIFICATION or activity > _TALK:
        journey.hold_minutes += lasted
        if activity != MENU and lasted > books.terms.long_hold_after:
            journey.long_holds += 1
    if books.keeps:
        keep_spell(books, account, time)


@rule
def keep_spell(books: Any, account: Any, time: float) -> None:
    """Keep a spell in the table of spells."""
    spell = spell_at(books.spells, books.spells_made)
    books.spells_made += 1
    spell.customer = call_at(books.calls, account.call).customer
    spell.contact, spell.leg, spell.activity = account.contact, account.leg, account.activity
    spell.start, spell.end = account.since, time
