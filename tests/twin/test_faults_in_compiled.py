"""A fault in the compiled telling is found by SimPy: each is one edit in a copy of the sources, compiled anew."""

from __future__ import annotations

import pytest

from tests.copies import Edit, printed_by_a_copy, stands_once
from tests.twin.telling_worlds import digests

TELLS = """
from tests.twin.telling_worlds import digests
print(*digests("compiled"), sep="\\n")
"""

FAULTS = {
    "who has left keeps a place in the queue": Edit(
        "mechanisms/hold.py", "    leaves(me, team, office)\n    me.now = me.until", "    me.now = me.until"
    ),
    "the caller who came last is served first": Edit(
        "mechanisms/team.py", "me = life_at(office.strands, team.first)", "me = life_at(office.strands, team.last)"
    ),
    "agents who go home stay among the idle": Edit(
        "mechanisms/team.py", "        _send_home(team)\n", "        team.last_staff = before\n"
    ),
    "agents are released a quarter of a minute late": Edit(
        "mechanisms/team.py", "put(office.calendar, at, RELEASE", "put(office.calendar, at + 0.25, RELEASE"
    ),
    "what was planned and is no longer meant comes all the same": Edit(
        "kernel/strands.py", "return me.at == time and me.order == order", "return me.order == order"
    ),
    "of customers at the same instant, the last comes first": Edit(
        "mechanisms/life.py",
        "plan_next(me, office, me.now, PLANNED + me.customer)",
        "plan_next(me, office, me.now, PLANNED + 1000000 - me.customer)",
    ),
    "the clock of the cut starts with the menu, whatever the world says": Edit(
        "mechanisms/call.py", "me.breaks_at = cut_at_pick_up(plan.clock,", "me.breaks_at = cut_at_pick_up(0,"
    ),
    "when an agent hangs up is drawn with the luck of whether he does": Edit(
        "mechanisms/call.py", "uniform(me, office, purposes.HANGUP_AFTER)", "uniform(me, office, purposes.HANGUP)"
    ),
    "every leg of a call has the luck of the first": Edit(
        "mechanisms/life.py", "me.number, purpose, me.contact * LEGS + leg)", "me.number, purpose, me.contact * LEGS)"
    ),
    "the tries of a path are not forgotten with the call": Edit(
        "mechanisms/life.py", "for path in range(office.paths):", "for path in range(0):"
    ),
    "a line is freed twice": Edit(
        "mechanisms/life.py",
        "        office.lines_taken -= 1\n        me.on_line = False",
        "        office.lines_taken -= 1",
    ),
    "a gesture of exactly the limit is above it": Edit(
        "mechanisms/powers.py", "return gesture <= limit", "return gesture < limit"
    ),
    "the announced wait is taken for the patience": Edit(
        "mechanisms/hold.py",
        "hears_too_long(plan.announced, expected, patience):\n        return fails(me, office, BALKED",
        "hears_too_long(plan.announced, patience, expected):\n        return fails(me, office, BALKED",
    ),
    "patience by network is turned round": Edit(
        "mechanisms/hold.py",
        "number_at(plan.patience_factor, int(me.other_network))",
        "number_at(plan.patience_factor, 1 - int(me.other_network))",
    ),
    "a call-back is offered after a transfer too": Edit(
        "mechanisms/hold.py",
        "offered = expected > plan.call_back_above and me.leg == 0",
        "offered = expected > plan.call_back_above",
    ),
    "later agents identify as the first does": Edit(
        "mechanisms/identification.py",
        "    law = plan.identification_again if me.identified_now else plan.identification\n    if not spend(",
        "    law = plan.identification\n    if not spend(",
    ),
    "who is misrouted is so for the whole call": Edit(
        "mechanisms/talk.py", "came_wrong = me.misrouted and me.leg == 0", "came_wrong = me.misrouted"
    ),
    "a chance by reason is read by class": Edit(
        "mechanisms/verdict.py",
        "me.reason * office.classes + me.difficulty",
        "me.difficulty * office.classes + me.reason",
    ),
    "what is decided after a call is drawn for its last leg": Edit(
        "mechanisms/journey.py", "            whole_call(me)\n            if me.answer", "            if me.answer"
    ),
    "the limit is reached one attempt early": Edit(
        "mechanisms/journey.py", "me.contact + 1 >= office.plan", "me.contact + 2 >= office.plan"
    ),
    "a ticket is answered by the team that wrote it": Edit(
        "mechanisms/journey.py", "team_of(office, chosen_step(me, office, path))", "team_of(office, me.team)"
    ),
    "a gesture that was granted is asked for again": Edit(
        "mechanisms/powers.py",
        "granted = True\n    note(me, office, GRANTED",
        "granted = False\n    note(me, office, GRANTED",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_a_fault_replaces_stands_there_once(fault):
    """Else the slow test below would not know what it tries."""
    assert stands_once(fault)


@pytest.mark.slow
def test_a_copy_without_a_fault_tells_the_same(tmp_path):
    assert printed_by_a_copy(tmp_path, None, TELLS) == digests("simpy")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(fault, tmp_path):
    assert printed_by_a_copy(tmp_path, fault, TELLS) != digests("simpy"), "told to the bit as if nothing were wrong"
