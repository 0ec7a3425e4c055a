"""A fault in the compiled telling is found by SimPy: each is one edit in a copy of the sources, compiled anew."""

from __future__ import annotations

import pytest

from sim.people import populate
from tests.copies import Edit, printed_by_a_copy, stands_once
from tests.twin.telling_worlds import OUTLIVED, digests, outlived

TELLS = """
from sim.people.crowd import Coming
from tests.twin.telling_worlds import OUTLIVED, digests, outlived
print(*digests("compiled"), outlived(Coming.to(OUTLIVED, seed=8)), sep="\\n")
"""


def right() -> list[str]:
    """Return what is printed where nothing is wrong: the tellings of SimPy, and what comes of all made ahead."""
    return [*digests("simpy"), outlived(populate(OUTLIVED, seed=8))]


FAULTS = {
    "who has left keeps a place in the queue": Edit(
        "mechanisms/telephone/hold.py",
        "        leaves(me, queue, office)\n        return ends(me, waited",
        "        return ends(me, waited",
    ),
    "the caller who came last is served first": Edit(
        "mechanisms/staff/queue.py", "    slot = queue.first\n", "    slot = queue.last\n"
    ),
    "agents who go home stay among the idle": Edit(
        "mechanisms/staff/team.py", "    send_home(team)\n", "    team.slot += 0\n"
    ),
    "agents are released a quarter of a minute late": Edit(
        "mechanisms/staff/team.py", "put(office.calendar, at, RELEASE", "put(office.calendar, at + 0.25, RELEASE"
    ),
    "what was planned and is no longer meant comes all the same": Edit(
        "machine/kernel/strands.py", "return me.at == time and me.order == order", "return me.order == order"
    ),
    "of customers at the same instant, the last comes first": Edit(
        "mechanisms/state/verbs.py",
        "plan_next(me, office, me.now, PLANNED + me.who)",
        "plan_next(me, office, me.now, PLANNED + 1000000 - me.who)",
    ),
    "a caller with an agent is behind the clock of the world": Edit(
        "mechanisms/staff/queue.py", "    me.now = office.now\n    if me.served", "    if me.served"
    ),
    "a call-back keeps the line": Edit(
        "mechanisms/telephone/hold.py", "            leave_line(me)\n            me.ring = 0", "            me.ring = 0"
    ),
    "a ring that was missed is not counted": Edit(
        "mechanisms/telephone/hold.py", "    me.ring += 1\n", "    me.ring += 0\n"
    ),
    "whoever is cut in the menu talks all the same": Edit(
        "mechanisms/telephone/call.py",
        "        if me.answer:\n            me.onward",
        "        if True:\n            me.onward",
    ),
    "an agent is free before the work after the call": Edit(
        "mechanisms/telephone/call.py", "me.now + me.after_call", "me.now + 0.0 * me.after_call"
    ),
    "whoever is passed on stays at the same leg": Edit(
        "mechanisms/telephone/call.py",
        "            return ends(me, me.outcome)\n        next_leg(me)\n",
        "            return ends(me, me.outcome)\n",
    ),
    "every leg of a call has the luck of the first": Edit(
        "mechanisms/state/verbs.py",
        "me.number, purpose, me.turn * LEGS + leg)",
        "me.number, purpose, me.turn * LEGS)",
    ),
    "the tries of a path are not forgotten with the call": Edit(
        "mechanisms/service/transfer.py", "in range(office_at(me.office, 0).paths):", "in range(0):"
    ),
    "a path that is taken counts double": Edit(
        "mechanisms/service/transfer.py", "_taken_at(me, way).value += 1", "_taken_at(me, way).value += 2"
    ),
    "a chance by reason is read by class": Edit(
        "mechanisms/service/verdict.py",
        "me.reason * office_at(me.office, 0).classes + me.difficulty",
        "me.difficulty * office_at(me.office, 0).classes + me.reason",
    ),
    "every agent is as fast as the first": Edit(
        "mechanisms/staff/agents.py",
        "return agent_at(team.agents, agent).speed",
        "return agent_at(team.agents, 0).speed",
    ),
    "every delay is that of the blocked": Edit(
        "mechanisms/state/records.py", "return law_at(laws, place)", "return law_at(laws, 0)"
    ),
    "what is decided after a call is drawn for its last leg": Edit(
        "mechanisms/journey/journey.py",
        "        whole_call(me)\n        if me.answer",
        "        if me.answer",
    ),
    "a ticket has the luck of the call's last leg": Edit(
        "mechanisms/journey/journey.py", "        next_leg(me)\n        me.now += draw", "        me.now += draw"
    ),
    "nothing comes before a first contact": Edit(
        "mechanisms/journey/journey.py", "if office.plan.has_onset else", "if False else"
    ),
    "what strikes again does so at once": Edit(
        "mechanisms/journey/onset.py", "if stage == 0 and me.about_to:", "if False:"
    ),
    "who is told that the firm knows goes on as one who is not": Edit(
        "mechanisms/journey/journey.py", "return enters(me, _IS_BACK, NOTICE)", "me.answer = outcome.NOTHING"
    ),
    "a problem believed solved is found out at once": Edit(
        "mechanisms/journey/journey.py", "me.now += draw(me, office.plan", "me.now += 0.0 * draw(me, office.plan"
    ),
    "who listens is not woken by news": Edit(
        "mechanisms/writing/telling.py",
        "        parent.listens = False\n        plan_next(parent",
        "        pass\n    if False:\n        plan_next(parent",
    ),
    "that an answer is laid aside is written where nobody looks": Edit(
        "mechanisms/writing/awaited.py", "me.office, 0), parent.slot, place)", "me.office, 0), me.slot, place)"
    ),
    "a strand has gone on since the problem appeared": Edit(
        "mechanisms/state/beside.py",
        "stands_alone(one, me.now)\n    begins(",
        "stands_alone(one, me.begun)\n    begins(",
    ),
    "one message alone is waited for": Edit(
        "mechanisms/writing/awaited.py",
        "return _awaited_at(office.taken + 8 * counted, place)",
        "return _awaited_at(office.taken + 8 * counted, 0)",
    ),
    "who reads a late answer waits for no other": Edit(
        "mechanisms/writing/message.py",
        "        if ended != outcome.STATUS:\n            return",
        "        if True:\n            return",
    ),
    "whoever has the place of a life that is over has its strands taken from his own": Edit(
        "mechanisms/state/beside.py",
        "    if parent.who == me.customer:\n        parent.out -= 1",
        "    if parent.who >= 0:\n        parent.out -= 1",
    ),
    "all strands of a customer bear one number": Edit(
        "mechanisms/state/beside.py",
        "    one.who = me.customer + (me.strands << CUSTOMER)",
        "    one.who = me.customer + (1 << CUSTOMER)",
    ),
    "a strand has taken no path when it begins": Edit(
        "mechanisms/state/beside.py",
        "            office.taken, slot * office.counters + place\n        ).value",
        "            office.taken, slot * office.counters + place\n        ).value * 0",
    ),
    "a strand is not counted on its page": Edit(
        "mechanisms/state/beside.py",
        "    code_at(office.left, number_of_page(me.customer)).value += 1",
        "    code_at(office.left, number_of_page(me.customer)).value += 0",
    ),
    "one waits though there are news": Edit(
        "mechanisms/state/beside.py", "    if me.inbox != NOTHING or not me.awaits", "    if not me.awaits"
    ),
    "who was woken is behind the clock of the world": Edit(
        "mechanisms/state/beside.py", "me.listens, me.now = False, office.now", "me.listens = False"
    ),
    "who reads a late answer makes his next attempt at once": Edit(
        "mechanisms/journey/journey.py",
        "        if ended != outcome.STATUS:\n            return ends(me, ended)",
        "        if True:\n            return ends(me, ended)",
    ),
    "a lost message is answered too": Edit(
        "mechanisms/writing/message.py",
        "        if arrives(me):\n            branches",
        "        arrives(me)\n        if True:\n            branches",
    ),
    "a message does not lie": Edit(
        "mechanisms/writing/message.py",
        "        me.now += draw(me, channel_of(me).lies, purposes.LIES)\n        return catches_up",
        "        return catches_up",
    ),
    "who answers messages does not rest": Edit(
        "mechanisms/writing/work.py", "me.now + me.pause", "me.now + 0.0 * me.pause"
    ),
    "work that is handed on has the luck it had": Edit(
        "mechanisms/writing/work.py", "        next_piece(me)\n        return goes_on_at", "        return goes_on_at"
    ),
    "a case goes on though it has solved the problem": Edit(
        "mechanisms/writing/case.py", "if me.outcome != outcome.SOLVED and next_step(me):", "if next_step(me):"
    ),
    "no technician comes": Edit(
        "mechanisms/writing/case.py",
        "stage == _HAS_LAIN and step_of(me).visited",
        "stage < _GOES_ON and step_of(me).visited",
    ),
    "a case that is registered late is not worked on": Edit(
        "mechanisms/writing/meanwhile.py",
        "    if opens_case(me, me.answer):\n        branches",
        "    if opens_case(me, me.answer) and stage == _WAITS:\n        branches",
    ),
    "one asks with new luck whenever there are news": Edit(
        "mechanisms/writing/meanwhile.py",
        "    if stage == _WAITS:\n        waits_on",
        "    if me.answer in (outcome.STATUS, outcome.TICKET):\n        waits_on",
    ),
    "who comes too late to the customer comes no more": Edit(
        "mechanisms/outside/visit.py", "_HAS_COME + me.answer)", "_HAS_COME)"
    ),
    "the tries of channels are those of the customer's first": Edit(
        "mechanisms/service/channels.py", "office.paths + channel)", "office.paths)"
    ),
    "what is remembered of a life is left to the next one in its place": Edit(
        "mechanisms/whole_life.py", "    _be_born(me)\n    _take_from(me, who)", "    _take_from(me, who)"
    ),
}
"""In what the compiled telling has to itself. What is told once would be as wrong in SimPy: strips and keys show it."""


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_a_fault_replaces_stands_there_once(fault):
    """Else the slow test below would not know what it tries."""
    assert stands_once(fault)


@pytest.mark.slow
def test_a_copy_without_a_fault_tells_the_same(tmp_path):
    assert printed_by_a_copy(tmp_path, None, TELLS) == right()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(fault, tmp_path):
    assert printed_by_a_copy(tmp_path, fault, TELLS) != right(), "told to the bit as if nothing were wrong"
