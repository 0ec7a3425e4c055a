"""Queues, who serves them and what leads out of them: what cannot work is refused, what is in vain is told."""

from __future__ import annotations

from typing import Any

import pytest

from sim.reading import WorldError, load, mistakes_in, variant, warnings_of
from sim.reading.border import check_world
from sim.world import World
from tests.worlds import TINY, merged

FRONT, SECOND = 'talk = "8 min"', 'talk = "12 min"'
"""Where a team of the small world takes more keys."""
UP = 'when = "unsolved"'


def front(*keys: str) -> tuple[str, str]:
    """Give the front these keys."""
    return FRONT, "\n".join([FRONT, *keys])


def second(*keys: str) -> tuple[str, str]:
    """Give the second team these keys."""
    return SECOND, "\n".join([SECOND, *keys])


def vip(*keys: str) -> str:
    """Write a queue that is no team's own."""
    return "\n".join(["\n[queues.vip]", *keys, ""])


SERVES, BOTH = 'serves = ["front", "vip"]', (front('serves = ["front", "vip"]'), second('serves = ["second", "vip"]'))
OUT = '[paths.out]\nfrom = "vip"\nto = "second"\n'

REFUSED = {
    "a queue nobody serves": ((), vip(), "queues.vip", "is served by no team; add \"vip\" to the serves of a team"),
    "an own queue nobody serves": (
        (front('serves = ["vip"]'),), vip(), "line.team",
        'is "front", a queue that no team serves; teams.front.serves leaves it out: add it, or name another queue'),
    "nobody serves where a path leads": (
        (second('serves = ["vip"]'),), vip(), "paths.up.to", 'is "second", a queue that no team serves'),
    "nobody serves where a share of a path leads": (
        (second('serves = ["vip"]'), ('to = "second"', "to = { front = 0.5, second = 0.5 }")), vip(),
        "paths.up.to.second", "a queue that no team serves"),
    "nobody serves where a route leads": (
        (second('serves = ["vip"]'), ('team = "front"', 'team = "front"\nroutes = { bill = "second" }')), vip(),
        "line.routes.bill", "a queue that no team serves"),
    "nobody serves where a segment is led": (
        (second('serves = ["vip"]'), ('team = "front"', 'team = "front"\nsegment_routes = { private = "second" }')),
        vip(), "line.segment_routes.private", "a queue that no team serves"),
    "nobody at work where a segment is led": (
        (second('serves = ["second", "vip"]'), ("{ \"mon-fri 08:00-20:00\" = 1 }", "0"), (UP, UP + '\nby = "ticket"'),
         ('team = "front"', 'team = "front"\nsegment_routes = { private = "vip" }')), vip(), "teams.second.staff",
        "leaves nobody at work while the line is open, though calls come to the queue vip"),
    "an unknown segment is led": (
        (front(SERVES), ('team = "front"', 'team = "front"\nsegment_routes = { privat = "vip" }')), vip(),
        "line.segment_routes.privat", "is not a segment; did you mean private?"),
    "a segment is led to no queue": (
        (front(SERVES), ('team = "front"', 'team = "front"\nsegment_routes = { private = "vpi" }')), vip(),
        "line.segment_routes.private", 'is "vpi": there is no such team or queue; did you mean vip?'),
    "a segment is led to a number": (
        (front(SERVES), ('team = "front"', 'team = "front"\nsegment_routes = { private = 2 }')), vip(),
        "line.segment_routes.private", 'is 2: a text in "quotes" is needed'),
    "a route by segment is taken away in vain": (
        (front(SERVES), ('team = "front"', 'team = "front"\nsegment_routes = { private = "none" }')), vip(),
        "line.segment_routes.private", 'is "none", but there is nothing of that name to take away'),
    "nobody serves what is offered": (
        (front(SERVES), second('serves = ["vip"]')),
        vip('choice = { queue = "second", accepted = 0.5 }'), "queues.vip.choice.queue", "no team serves"),
    "a queue twice in serves": (
        (front('serves = ["front", "vip", "front"]'),), vip(), "teams.front.serves[3]", 'is "front" once more'),
    "a team twice in asks": (
        (front(SERVES),), vip('asks = ["front", "front"]'), "queues.vip.asks[2]", 'is "front" once more'),
    "asks a team that does not serve": (
        (front(SERVES),), vip('asks = ["front", "second"]'), "queues.vip.asks[2]",
        'is "second", which does not serve this queue; add "vip" to teams.second.serves, or leave it out here'),
    "asks leaves out a team that serves": (
        BOTH, vip('asks = ["second"]'), "queues.vip.asks",
        'leaves out front, which serves it; add it, or take "vip" out of teams.front.serves'),
    "asks a team that serves its own queue alone": (
        (front(SERVES),), vip() + '[queues.front]\nasks = ["second", "front"]\n', "queues.front.asks[1]",
        "does not serve this queue"),
    "overflow to a team that does not serve": (
        (front(SERVES),), vip('after = { second = "2 min" }'), "queues.vip.after.second", "does not serve this queue"),
    "kept back from a queue that is not served": (
        (second('reserved = { front = 1 }'),), "", "teams.second.reserved.front",
        'is not served by this team: it serves "second"'),
    "a wage for what is not served": (
        (second("wage_skills = { front = 2 }"),), "", "teams.second.wage_skills.front",
        'is not served by this team: it serves "second"; a wage is added for a queue that they serve'),
    "nobody serves where colleagues are asked": (
        (front('advice = { team = "second", share = 0.5, lasts = "1 min" }'), second('serves = ["vip"]'),
         ('to = "second"', 'to = "front"')), vip(), "teams.front.advice.team",
        'is "second", a queue that no team serves'),
    "nobody serves the supervisors": (
        (second('serves = ["vip"]'), ('to = "second"', 'to = "front"'),
         ("[levers.time]", '[levers.authority]\nsupervisors = "second"\n[levers.time]')), vip(),
        "levers.authority.supervisors", 'is "second", a queue that no team serves'),
    "a conference out of a queue": (
        (front(SERVES),), vip() + OUT + 'when = "waited"\nhow = "conference"\n', "paths.out.how",
        'is "conference", but no agent has answered yet who could brief another when "waited"'),
    "all kept back": (
        (front(SERVES, "reserved = { front = 3 }"),), vip(), "teams.front.reserved.front",
        "keeps back all 3 who are at work at most: nobody ever takes a caller of this queue"),
    "nobody of two teams": (
        (*BOTH, ("staff = 3", "staff = 0"), ('"mon-fri 08:00-20:00" = 1', '"sun 08:00-20:00" = 1'),
         ('team = "front"', 'team = "vip"')), vip(), "teams.front.staff",
        "leaves nobody at work while the line is open, nor does second, though calls come to the queue vip"),
    "nobody of the only team of a queue": (
        (second('serves = ["second", "vip"]'), ("{ \"mon-fri 08:00-20:00\" = 1 }", "0"), (UP, UP + '\nby = "ticket"'),
         ('team = "front"', 'team = "front"\nroutes = { bill = "vip" }')), vip(), "teams.second.staff",
        "leaves nobody at work while the line is open, though calls come to the queue vip"),
    "nobody where a choice leads": (
        (front(SERVES), ('"mon-fri 08:00-20:00" = 1', '"sun 08:00-20:00" = 1'), (UP, UP + '\nby = "ticket"'),
         ('team = "front"', 'team = "vip"')),
        vip('choice = { queue = "second", accepted = 0.1 }'), "teams.second.staff", "leaves nobody at work"),
    "nobody where a path out of a queue leads": (
        (front(SERVES), ('"mon-fri 08:00-20:00" = 1', '"sun 08:00-20:00" = 1'), (UP, UP + '\nby = "ticket"'),
         ('team = "front"', 'team = "vip"')),
        vip() + OUT + 'when = "waited"\nafter = "2 min"\n', "teams.second.staff", "leaves nobody at work"),
    "nobody of two teams at closing": (
        (*BOTH, ("staff = 3", 'staff = { "mon-fri 08:00-19:30" = 3 }'), (UP, UP + '\nby = "ticket"'),
         ('"mon-fri 08:00-20:00" = 1', '"mon-fri 08:00-19:45" = 1'),
         ('team = "front"', 'team = "vip"\nclosing = "serve"')),
        vip(), "teams.front.staff", "leaves nobody at closing time, mon 20:00, nor does second"),
    "agents pass on where there are none": (
        (front(SERVES),), vip() + OUT + 'when = "wrong_person"\n', "paths.out.from",
        'is "vip", a queue and no team: nobody passes on there when "wrong_person"; an agent passes on when'),
    "one of several has no agents": (
        (front(SERVES), ('from = "front"', 'from = ["front", "vip"]')), vip(), "paths.up.from[2]",
        "a queue and no team"),
    "full without places": (
        (front(SERVES),), vip() + OUT + 'when = "full"\n', "paths.out.from",
        'is "vip", which has no places and is never full; give it some: [queues.vip] places = 10'),
    "an own queue without places": (
        (), OUT.replace('"vip"', '"front"') + 'when = "full"\n', "paths.out.from", "which has no places"),
    "full leads back": (
        (front(SERVES),), vip("places = 2") + OUT.replace("second", "vip") + 'when = "full"\n', "paths.out.to",
        "leads back to vip, out of which it leads; name another queue"),
    "waited leads back with a share": (
        (front(SERVES),), vip() + OUT.replace('"second"', "{ second = 0.5, vip = 0.5 }") + 'when = "waited"\n',
        "paths.out.to", "leads back to vip"),
    "after without waiting": (
        ((UP, UP + '\nafter = "2 min"'),), "", "paths.up.after",
        'is 2 min, but nobody waits for it when "unsolved"; write when = "waited", or leave it out'),
    "warm out of a queue": (
        (front(SERVES),), vip() + OUT + 'when = "waited"\nhow = "warm"\n', "paths.out.how",
        "no agent has answered yet who could brief another"),
    "two ways on after waiting": (
        (front(SERVES),),
        vip() + OUT + 'when = "waited"\nafter = "1 min"\n' + OUT.replace("out", "later") + 'when = "waited"\n',
        "paths.later", "is never taken from vip: out comes first when waited; give both targets to one path"),
    "a queue offers itself": (
        (front(SERVES),), vip('choice = { queue = "vip", accepted = 1 }'), "queues.vip.choice.queue",
        'is "vip" itself, where the wait is never shorter; name another queue'),
    "an unknown queue is served": (
        (front('serves = ["front", "vipp"]'), second('serves = ["second", "vip"]')), vip(), "teams.front.serves[2]",
        'is "vipp": there is no such team or queue; did you mean vip?'),
    "an unknown team is asked": (
        (front(SERVES),), vip('asks = ["front", "frnt"]'), "queues.vip.asks[2]", "did you mean front?"),
    "an unknown team overflows": (
        (front(SERVES),), vip('after = { frnt = "1 min" }'), "queues.vip.after.frnt",
        "is not a team; did you mean front?"),
    "an unknown queue is kept back from": (
        (front(SERVES, "reserved = { vipp = 1 }"),), vip(), "teams.front.reserved.vipp",
        'is not served by this team: it serves "front", "vip"; did you mean vip?'),
    "what is no queue at all is kept back from": (
        (front("reserved = { nobody = 1 }"),), "", "teams.front.reserved.nobody",
        'is not served by this team: it serves "front"; agents are kept back from a queue that they serve'),
    "an unknown queue beside a list that cannot be read": (
        (front("serves = 3", "reserved = { vipp = 1 }"), second('serves = ["second", "vip"]')), vip(),
        "teams.front.reserved.vipp", "is not a team or queue; did you mean vip?"),
    "an unknown queue is offered": (
        (front(SERVES),), vip('choice = { queue = "font", accepted = 1 }'), "queues.vip.choice.queue",
        "did you mean front?"),
    "a path out of no queue": (
        (front(SERVES),), vip() + OUT.replace("vip", "vpi") + 'when = "waited"\n', "paths.out.from",
        'is "vpi": there is no such team or queue; did you mean vip?'),
    "a path to no queue": (
        (front(SERVES), ('to = "second"', 'to = "vpi"')), vip(), "paths.up.to", "did you mean vip?"),
    "an unknown segment scores": (
        (front(SERVES),), vip("score_segments = { privat = 1 }"), "queues.vip.score_segments.privat",
        "is not a segment; did you mean private?"),
    "an unknown reason scores": (
        (front(SERVES),), vip("score_reasons = { bil = 1 }"), "queues.vip.score_reasons.bil",
        "is not a reason; did you mean bill?"),
    "nobody is served": ((front("serves = []"),), "", "teams.front.serves", "is empty"),
    "nobody is asked": ((front(SERVES),), vip("asks = []"), "queues.vip.asks", "is empty"),
    "serves a text": ((front('serves = "vip"'),), vip(), "teams.front.serves", 'write ["vip"]'),
    "a negative reserve": (
        (front(SERVES, "reserved = { front = -1 }"),), vip(), "teams.front.reserved.front", "must be at least 0"),
    "half a place": ((front(SERVES),), vip("places = 2.5"), "queues.vip.places", "a whole number is needed"),
    "a score without bounds": (
        (front(SERVES),), vip("score = inf"), "queues.vip.score", "finite"),
    "waiting makes less": (
        (front(SERVES),), vip("score_per_minute = -1"), "queues.vip.score_per_minute", "must be at least 0"),
    "an order without a word": (
        (front('takes = "scores"'),), "", "teams.front.takes", 'use "in_order", "by_score" or "longest_queue"'),
    "a next agent without a word": (
        (front('next_agent = "best"'),), "", "teams.front.next_agent", 'use "longest_idle", "random", "quickest" or'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_in_words(told_in_words, name):
    told_in_words(*REFUSED[name])


def test_all_of_it_is_told_at_once_with_its_lines(world_file):
    """Four mistakes of who serves whom, though a fifth makes one team unreadable."""
    end = vip('asks = ["second"]', 'after = { front = "1 min" }', "places = 0.5") + "[queues.lost]\n"
    path = world_file(front('serves = ["front"]', "reserved = { vip = 1 }"), ("wage = 30", "wage = -30"), end=end)
    with pytest.raises(WorldError) as raised:
        load(path)
    lines = path.read_text().splitlines()
    told = {(one.key, lines[(one.line or 0) - 1]) for one in raised.value.mistakes}
    assert told == {
        ("teams.front.reserved.vip", "reserved = { vip = 1 }"),
        ("teams.second.wage", "wage = -30"),
        ("queues.vip.asks[1]", 'asks = ["second"]'),
        ("queues.vip", "[queues.vip]"),
        ("queues.vip.after.front", 'after = { front = "1 min" }'),
        ("queues.vip.places", "places = 0.5"),
        ("queues.lost", "[queues.lost]"),
    }


GOOD = {
    "a message for those whom one has waited for": (
        (front(SERVES),), vip() + OUT.replace("second", "vip") + 'when = "waited"\nafter = "2 min"\nby = "ticket"\n'),
    "its own and another": ((front(SERVES),), vip()),
    "asked in another order": (BOTH, vip('asks = ["second", "front"]')),
    "nobody is sent to what nobody serves": ((second('serves = ["front"]'), ('to = "second"', 'to = "front"')), ""),
    "one of two teams is there": ((*BOTH, ("staff = 3", "staff = 0"), ('team = "front"', 'team = "vip"'),
                                   ('from = "front"', 'from = "second"')), vip()),
    "a ticket to a queue": ((*BOTH, ('to = "second"', 'to = "vip"\nby = "ticket"')), vip()),
    "a message": ((front(SERVES), ('team = "front"', 'team = "vip"')),
                  vip("places = 3") + OUT + 'when = "full"\nby = "ticket"\ndelay = "2 h"\n'),
    "a queue of a team's own": ((), '[queues.front]\nplaces = 3\nscore_segments = { private = 2 }\n'),
    "sixty moves and sixty transfers": ((front(SERVES), (UP, UP + "\ntries = 60")),
                                        vip() + OUT + 'when = "waited"\nafter = "1 s"\ntries = 60\n'),
    "none is the neutral value": ((front('serves = "none"'),), '[queues.front]\nasks = "none"\nplaces = "none"\n'
                                                              'choice = "none"\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_can_work_is_read(world_file, name):
    changes, end = GOOD[name]
    assert mistakes_in(load(world_file(*changes, end=end))) == ()


def test_a_queue_without_agents_is_refused_at_every_border_and_not_lived():
    """A world that is put together in Python comes past no file."""
    world = World.model_validate(merged(TINY, {"queues": {"vip": {}}, "line": {"team": "vip"}}))
    with pytest.raises(WorldError, match=r"tiny \[queues\] vip is served by no team"):
        check_world(world)


def test_a_full_queue_holds_who_never_loses_heart_in_one_instant(world_file, mistakes):
    """As full lines do."""
    faithful = (("persistence = 0.8", "persistence = 1"), ('after_blocked = "5 min"', 'after_blocked = "0 min"'))
    load(world_file(*faithful))
    (told,) = mistakes(world_file(*faithful, end="[queues.front]\nplaces = 2\n"))
    assert told[0] == "population.again.after_blocked"
    assert "while the queue front is full, with persistence 1 one dials 40 times in the same instant" in told[1]


def test_who_is_reached_through_a_queue_must_be_able_to_solve(world_file, mistakes):
    """With persistence 1: the front cannot solve hard faults, the second can, but serves no queue that is reached."""
    alone = (
        ("persistence = 0.8", "persistence = 1"),
        ("hard = 0.2", "hard = 0"),
        ("[paths.up]", "[paths.up]\ntries = 1"),
    )
    lonely = (*alone, ('to = "second"', 'to = "front"'), ('team = "front"', 'team = "vip"'))
    told = mistakes(world_file(*lonely, front(SERVES), end=vip()))
    assert told[0][0] == "population.again.persistence"
    load(world_file(*lonely, *BOTH, end=vip()))


# In vain --------------------------------------------------------------------------------------------------------------

BASE = load("base")
VIP: dict[str, Any] = {"teams": {"front": {"serves": ["front", "vip"]}}, "queues": {"vip": {}}}
ROUTED = merged(VIP, {"line": {"team": "vip"}})


def warned(*changes: dict[str, Any]) -> tuple[str, ...]:
    """Return what is said of the base world with changes."""
    whole: dict[str, Any] = {}
    for one in changes:
        whole = merged(whole, one)
    return warnings_of(variant(BASE, whole))


def test_a_queue_that_nothing_leads_to_is_told():
    assert warned(VIP) == ("queues.vip is reached by no route, no path and no choice: nobody ever waits there",)
    assert warned(ROUTED) == ()
    assert warned(VIP, {"line": {"segment_routes": {"professional": "vip"}}}) == ()
    offered = {"queues": {"front": {"choice": {"queue": "vip", "accepted": 0.5}}}}
    assert warned(VIP, offered) == ()
    offered["queues"]["front"]["choice"]["accepted"] = 0
    assert len(warned(VIP, offered)) == 1
    assert warned(VIP, {"paths": {"on": {"from": "front", "to": "vip", "when": "waited", "after": "1 min"}}}) == ()


def test_a_queue_that_tickets_alone_lead_to_is_told_as_such():
    """A message is answered by the first team that the queue asks; a caller of the same queue waits there."""
    message = {"paths": {"message": {"from": "front", "to": "vip", "when": "waited", "after": "1 min", "by": "ticket"}}}
    (told,) = warned(VIP, message)
    assert told == (
        "queues.vip is reached by tickets alone: nobody ever waits there; "
        "front answers in writing, and that takes no time of its agents"
    )
    assert warned(ROUTED, message, {"paths": {"message": {"from": "vip", "to": "front"}}}) == ()
    from_nowhere = {"paths": {"message": {"from": "lost", "to": "vip"}}, "queues": {"lost": {}},
                    "teams": {"front": {"serves": ["front", "vip", "lost"]}}}  # fmt: skip
    assert warned(VIP, message, from_nowhere) == tuple(
        f"queues.{name} is reached by no route, no path and no choice: nobody ever waits there"
        for name in ("vip", "lost")
    )


def test_routes_by_reason_are_told_where_every_segment_has_its_own():
    both = {"line": {"routes": {next(iter(BASE.population.reasons)): "vip"}, "segment_routes": {"private": "vip"}}}
    assert warned(VIP, both) == ()
    (told,) = warned(VIP, both, {"line": {"segment_routes": {"professional": "front"}}})
    assert told == "line.routes is never read: line.segment_routes leads every segment, whatever the reason"


def test_the_staff_of_all_teams_of_the_first_queue_is_looked_at():
    """The front is there from Monday to Friday, the second on Saturdays too: 9 of 69 hours are covered by it alone."""
    weekdays = {"teams": {"front": {"staff": {"mon-fri 08:00-20:00": 4}}}}
    assert "nobody of front is at work" in warned(weekdays)[0]
    both = {"teams": {"second": {"serves": ["second", "vip"]}}}
    assert warned(ROUTED, weekdays, both) == ()
    neither = {"teams": {"second": {"staff": {"mon-fri 08:00-20:00": 4}}}}
    (told,) = warned(ROUTED, weekdays, both, neither)
    assert told.startswith("line.open: during 9 of 69 h a week nobody of front or second is at work")


def test_an_overflow_after_all_patience_is_told():
    """A constant patience of 6 minutes; a temper of which one in a thousand has more than a factor of 2."""
    late = {"queues": {"vip": {"after": {"second": "6 min"}}}, "teams": {"second": {"serves": ["second", "vip"]}}}
    constant = {"population": {"patience": "6 min", "temper_cv": 0.0}}
    (told,) = warned(ROUTED, late, constant)
    assert told == "queues.vip.after.second is 6 min: patience ends within 6 min, and hardly anybody is there by then"
    assert warned(ROUTED, late, {"population": {"patience": "6.1 min", "temper_cv": 0.0}}) == ()
    assert warned(ROUTED, late, constant, {"population": {"temper_cv": 0.3}}) == ()
    assert warned(ROUTED, late, {"population": {"patience": "none"}}) == ()
    (cut,) = warned(ROUTED, late, {"levers": {"time": {"cut_after": "5 min"}}})
    assert cut.startswith("queues.vip.after.second is 6 min: the clock cuts the call after 5 min")
    path = {"paths": {"on": {"from": "vip", "to": "second", "when": "waited", "after": "7 min"}}}
    (told,) = warned(ROUTED, path, constant)
    assert told.startswith("paths.on.after is 7 min: patience ends within 6 min")


def test_scores_that_nobody_compares_are_told():
    assert warned(ROUTED, {"queues": {"vip": {"score": 3}}}) == (
        'queues.vip.score is 3, but no team that serves it and another queue takes = "by_score": it is never compared',
    )
    by_score = {"teams": {"front": {"takes": "by_score"}}}
    assert warned(ROUTED, by_score, {"queues": {"vip": {"score": 3, "score_per_minute": 2}}}) == ()
    (told,) = warned(ROUTED, {"queues": {"vip": {"score_per_minute": 2}}})
    assert told.startswith("queues.vip.score_per_minute is 2, but no team")
    assert told.endswith("nothing is added to any caller's score: first come is first served")
    assert warned(ROUTED, {"queues": {"vip": {"score_per_minute": 2, "score_repeat": 1}}}) == ()


def test_the_longest_of_one_queue_is_no_choice():
    (told,) = warned({"teams": {"second": {"takes": "longest_queue"}}})
    assert told == 'teams.second.takes is "longest_queue", but this team serves second alone'
    assert warned(ROUTED, {"teams": {"front": {"takes": "longest_queue"}}}) == ()


def test_agents_kept_back_for_nobody_or_always_are_told():
    """Four at the front at most; the second team serves the queue too, so that somebody takes its callers."""
    (told,) = warned({"teams": {"second": {"reserved": {"second": 1}}}})
    assert told.startswith("teams.second.reserved.second keeps back 1, and this team serves no other queue")
    both = {"teams": {"second": {"serves": ["second", "vip"]}}}
    assert warned(ROUTED, both, {"teams": {"front": {"reserved": {"vip": 3}}}}) == ()
    (told,) = warned(ROUTED, both, {"teams": {"front": {"reserved": {"vip": 4}}}})
    assert told == "teams.front.reserved.vip keeps back 4, and 4 are at work at most: they never take its callers"
