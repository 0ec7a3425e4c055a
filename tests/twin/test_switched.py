"""Whether another channel is said to be tried: where it is another than that of the last contact that was made."""

from __future__ import annotations

import pytest

from sim.engines import run
from sim.history.rows import Event
from sim.people import populate
from tests.twin.telling_worlds import TELLING

MADE = (Event.DIALLED, Event.WROTE, Event.SET_OUT, Event.CHAT_OPENED)
PHONE = 0


@pytest.mark.parametrize("name", ["written", "unasked", "attended"])
def test_a_channel_is_another_than_that_of_the_last_contact_made(name):
    """One that is chosen, and not come to since an answer came before, is none."""
    world = TELLING[name]
    last: dict[int, int] = {}
    said: set[int] = set()
    wrong, further = [], 0
    for row in run(world, populate(world, seed=3)).rows:
        who, event = int(row["customer"]), int(row["event"])
        if event == Event.SWITCHED:
            said.add(who)
        if event in MADE:
            now = PHONE if event == Event.DIALLED else int(row["amount"])
            if who in last:
                further += 1
                if (who in said) != (now != last[who]):
                    wrong.append(who)
            last[who] = now
            said.discard(who)
    assert further > 300
    assert wrong == []
