"""Film strips: chats, of which an agent holds several at once; each takes 13 minutes of work where nothing is said."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim import purposes
from sim.engines.simpy_engine import tell
from sim.world import World
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, HandLuck, assert_strip, lived, people, plain
from tests.worlds import merged

CHAT = 1
"""The number of the channel, the telephone's being 0."""
ONCE = {"again": {"most_attempts": 1}}
SAID = "identifying explaining"


def chatted(*, seats: int = 1, slowdown: float = 0.0, **changes: Any) -> World:
    """Return the plain world, in which all chat with the front, whose agents hold so many chats at once."""
    by_chat = {
        "chats": {"chat": {"team": "front", "open": ["mon-sun 00:00-24:00"]}},
        "contacts": {"first": {"chat": 1.0}},
        "teams": {"front": {"chats": seats, "chat_slowdown": slowdown}},
    }
    return plain(**merged(by_chat, changes))


def in_chat(**said: Any) -> dict[str, Any]:
    """Return what is said of the chat."""
    return {"chats": {"chat": said}}


def luck_of(customer: int, which: int = 0, leg: int = 0) -> tuple[int, int, int]:
    """Return where the luck of a chat stands: its occasion is beyond those of all calls."""
    return customer, (CHAT << 12) + which, leg


def at_once(begun: int | float, ended: int | float | str, agent: int = 0) -> str:
    """Return the strip of a chat of 13 minutes of work that waits for nobody."""
    return f"""
        {begun}  appeared chat_opened=1 queued answered@front.{agent} {SAID} chatting=13@front.{agent}
        {ended}  solved left_agent@front.{agent} chat_ended
    """


def after_a_wait(opened: int, begun: int, ended: int) -> str:
    """Return the strip of a chat that waits for an agent."""
    return f"""
        {opened} appeared chat_opened queued
        {begun}  answered@front.0 {SAID} chatting=13
        {ended}  solved left_agent chat_ended
    """


# What is the telephone's alone ----------------------------------------------------------------------------------------


def test_who_hangs_up_at_once_on_the_telephone_does_not_in_a_chat():
    world = chatted(line={"balking": 1.0}, teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}})
    assert_strip(lived(world, 0), after_a_wait(0, 30, 43))


def test_what_a_minute_of_hold_costs_shortens_no_patience_in_a_chat():
    """At one euro a minute, on the telephone 40 minutes of it would be 40 / e, over before anyone is there."""
    world = chatted(
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        tariff={"price_per_minute": 1.0},
        population={"price_aversion": 1.0},
        **in_chat(patience="40 min"),
    )
    assert_strip(lived(world, 0), after_a_wait(0, 30, 43))


# How fast they go on --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seats", "slowdown"), [(1, 0.0), (1, 1.0), (2, 0.0), (2, 1.0)])
def test_a_chat_alone_takes_as_long_as_its_work(seats, slowdown):
    assert_strip(lived(chatted(seats=seats, slowdown=slowdown), 0), at_once(0, 13))


def test_what_takes_no_time_in_a_chat_does_not_happen_in_it():
    """Nobody asks who he is: two minutes for the story and ten of work."""
    assert_strip(
        lived(chatted(levers={"memory": {"identification": "0 s"}}), 0),
        """
        0   appeared chat_opened=1 queued answered explaining chatting=12
        12  solved left_agent chat_ended
        """,
    )


def test_two_chats_share_their_agent():
    """From 4 on each goes on at half the pace: what is left of the first, 9 min, takes 18. By then the second has done
    9 of its 13, and does the other 4 alone."""
    history = lived(chatted(seats=2, slowdown=1.0), 0, 4)
    assert_strip(history, at_once(0, 22))
    assert_strip(history, at_once(4, 26), customer=1)


def test_two_chats_of_which_each_slows_the_other_by_half():
    """9 min of work take 13.5; the second has done 9 in them and has 4 to go."""
    history = lived(chatted(seats=2, slowdown=0.5), 0, 4)
    assert_strip(history, at_once(0, "35/2"))
    assert_strip(history, at_once(4, "43/2"), customer=1)


@pytest.mark.parametrize(("slowdown", "ended"), [(1.0, 39), (0.3, "104/5")])
def test_three_chats_that_begin_at_once_end_at_once(slowdown, ended):
    """To the bit: 13 x 1.6 is the same for all, whoever came first."""
    history = lived(chatted(seats=3, slowdown=slowdown), 0, 0, 0)
    for customer in range(3):
        assert_strip(history, at_once(0, ended), customer)
    assert len({*history.rows["time"].tolist()}) == 2


def test_a_third_chat_slows_both_others():
    """9 min are left of the first at 4. From 5 on it is one of three: 8.5 min of work take 25.5, until 30.5.

    The second has done 0.5 + 8.5 by then and the third 8.5: 4 and 4.5 min are left. Two at a time the second ends after
    8, at 38.5, and the third, alone with the last half minute, at 39.
    """
    history = lived(chatted(seats=3, slowdown=1.0), 0, 4, 5)
    each: list[tuple[int, str]] = [(0, "61/2"), (4, "77/2"), (5, "39")]
    for customer, (begun, ended) in enumerate(each):
        assert_strip(history, at_once(begun, ended), customer)


def test_without_a_slowdown_an_agent_is_as_good_as_two():
    history = lived(chatted(seats=2), 0, 4)
    assert_strip(history, at_once(0, 13))
    assert_strip(history, at_once(4, 17), customer=1)


def test_without_a_slowdown_a_chat_ends_to_the_bit_as_if_it_were_alone():
    """What is left of it at 2.2, added to 2.2, is not 0.1 + 13 in the last bit."""
    history = lived(chatted(seats=2), 0.1, 2.2)
    assert history.rows["time"][history.rows["customer"] == 0].max() == 0.1 + 13.0 != 2.2 + (0.1 + 13.0 - 2.2)


def test_who_comes_third_waits_for_one_of_two_seats():
    """He comes at 5 and begins at 22, when the second has 4 min to go: both at half the pace until 30.

    By then he has done 4 of his 13; 9 are left, alone.
    """
    history = lived(chatted(seats=2, slowdown=1.0), 0, 4, 5)
    assert_strip(history, at_once(4, 30), customer=1)
    assert_strip(history, after_a_wait(5, 22, 39), customer=2)


def test_what_an_agent_does_after_a_chat_keeps_his_seat_and_slows_nobody():
    """Two at half the pace until 26, when the first ends; the second does 5 of its other 10 min alone.

    At 31 the third begins: 5 min of the second take 10, until 41. By then the third has done 5 of 13; 8 are left.
    """
    world = chatted(seats=2, slowdown=1.0, teams={"front": {"after_call": "5 min"}})
    history = lived(world, 0, {"appeared": 0, "work": 2}, 1)
    assert_strip(
        history,
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=13
        26  solved left_agent=5 chat_ended
        """,
    )
    assert_strip(
        history,
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=23
        41  solved left_agent=5 chat_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        f"""
        1   appeared chat_opened queued
        31  answered {SAID} chatting=13
        49  solved left_agent=5 chat_ended
        """,
        customer=2,
    )


# Whose chat it is -----------------------------------------------------------------------------------------------------


def test_the_agent_with_the_fewest_chats_comes_first():
    """At 20 agent 0 still holds one, though his other seat is idle longest; agent 1 has been idle since 14."""
    world = chatted(seats=2, teams={"front": {"staff": 2}})
    history = lived(world, {"appeared": 0, "work": 3}, 1, 20)
    assert_strip(history, at_once(1, 14, agent=1), customer=1)
    assert_strip(history, at_once(20, 33, agent=1), customer=2)


def test_of_agents_with_as_many_chats_the_one_idle_longest_comes_first():
    world = chatted(seats=2, teams={"front": {"staff": 2}})
    history = lived(world, 0, 1, 2, 3)
    for customer, agent in enumerate([0, 1, 0, 1]):
        assert_strip(history, at_once(customer, customer + 13, agent=agent), customer)


def test_of_agents_with_as_many_chats_the_quickest_comes_first():
    """Agent 0 has learnt by one chat: 15 min of talk are to come of him, 20 of agent 1, who is idle longer."""
    learning = {"halved_after": 1, "talk_at_first": 2.0}
    world = chatted(seats=2, teams={"front": {"staff": 2, "next_agent": "quickest", "learning": learning}})
    history = lived(world, 0, 30)
    assert_strip(
        history,
        f"""
        30  appeared chat_opened queued answered@front.0 {SAID} chatting=18
        48  solved left_agent chat_ended
        """,
        customer=1,
    )


def test_an_agent_learns_by_all_his_chats():
    """Twice the talk at first: two chats of 23 at once, then, with both behind him, one of 3 + 10 x 1.25."""
    learning = {"halved_after": 1, "talk_at_first": 2.0}
    history = lived(chatted(seats=2, teams={"front": {"learning": learning}}), 0, 0, 30)
    assert_strip(
        history,
        f"""
        30    appeared chat_opened queued answered@front.0 {SAID} chatting=31/2
        91/2  solved left_agent chat_ended
        """,
        customer=2,
    )


def test_an_agent_comes_to_work_with_all_his_seats():
    """He comes at 30 and takes two who wait; the third has to wait for the end of one."""
    history = lived(chatted(seats=2, teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}}), 0, 1, 2)
    assert_strip(history, after_a_wait(0, 30, 43), customer=0)
    assert_strip(history, after_a_wait(1, 30, 43), customer=1)
    assert_strip(history, after_a_wait(2, 43, 56), customer=2)


# What comes of a chat -------------------------------------------------------------------------------------------------


def test_who_loses_patience_leaves_the_chat():
    world = chatted(population=ONCE, **in_chat(patience="5 min"))
    assert_strip(
        lived(world, 0, 4),
        """
        4  appeared chat_opened queued
        9  abandoned chat_ended limit_reached gave_up
        """,
        customer=1,
    )


def test_who_waits_when_the_chat_closes_is_turned_away():
    """Who chats by then goes on."""
    history = lived(chatted(population=ONCE, **in_chat(open=["mon 00:00-00:15"])), {"appeared": 0, "work": 3}, 4)
    assert_strip(history, at_once(0, 33).replace("=13", "=33"))
    assert_strip(history, "4 appeared chat_opened queued\n 15 dismissed chat_ended limit_reached gave_up", customer=1)


BACK = {"front": {"competent": 0.0}, "back": {"staff": 1, "talk": "8 min", "wage": 0}}
"""The front is never the right one and sees it after a quarter of the talk: 1 + 2 + 2.5 min."""


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cold", "answered@back.0 identifying explaining chatting=21/2"),
        ("warm", "answered@back.0 briefing chatting=10"),
        ("conference", "answered@back.0 briefing chatting=10"),
    ],
)
def test_a_chat_is_passed_on_within_it(how, said):
    """Identified again in half a minute, or briefed in 2; nobody joins a chat: a conference is a briefing."""
    passed = {"on": {"from": "front", "to": "back", "when": "wrong_person", "how": how, "briefing": "2 min"}}
    kind = "transferred_cold" if how == "cold" else "transferred_warm"
    assert_strip(
        lived(chatted(seats=2, slowdown=1.0, teams=BACK, paths=passed), 0),
        f"""
        0     appeared chat_opened queued answered@front.0 {SAID} chatting=11/2
        11/2  wrong_person {kind} left_agent queued {said}
        {"16" if how == "cold" else "31/2"}  solved left_agent@back chat_ended
        """,
    )


def test_who_is_passed_on_leaves_the_others_to_his_agent_alone():
    """Two chats of 5.5 min of work from 0 and 1: half the pace from 1 to 10, then the second alone until 11."""
    passed = {"on": {"from": "front", "to": "back", "when": "wrong_person"}}
    history = lived(chatted(seats=2, slowdown=1.0, teams=BACK, paths=passed), 0, 1)
    assert_strip(
        history,
        f"""
        1   appeared chat_opened queued answered@front.0 {SAID} chatting=11/2
        11  wrong_person transferred_cold left_agent queued
        41/2 answered@back.0 {SAID} chatting=21/2
        31  solved left_agent chat_ended
        """,
        customer=1,
    )


def test_the_story_is_told_twice_where_it_is_not_understood_and_longer_at_the_wrong_pitch():
    levers = {"knowledge": {"wrong_pitch": 1.0, "pitch_factor": 1.5}}
    assert_strip(
        lived(chatted(teams={"front": {"understood": 0.0}}, levers=levers), 0),
        """
        0   appeared chat_opened queued answered identifying wrong_pitch explaining misunderstood chatting=17
        17  solved left_agent chat_ended
        """,
    )


def test_what_is_known_is_not_told_again():
    """Nothing is solved by the first chat; in the second one is known, and the story too."""
    memory = {"memory": {"identified": "once", "explained": "once"}}
    world = chatted(teams={"front": {"solve": {"plain": 0.7}}}, levers=memory)
    assert_strip(
        lived(world, 0, luck={luck_of(0): {purposes.SOLVE: 0.9}}),
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=13
        13  unsolved left_agent chat_ended
        73  chat_opened queued answered chatting=10
        83  solved left_agent chat_ended
        """,
    )


def test_what_an_earlier_agent_did_is_rejected():
    """All of it, and done again with half as much more."""
    levers = {"memory": {"contradicted": 1.0, "redone": 0.5}}
    assert_strip(
        lived(
            chatted(teams={"front": {"solve": {"plain": 0.7}}}, levers=levers),
            0,
            luck={luck_of(0): {purposes.SOLVE: 0.9}},
        ),
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=13
        13  unsolved left_agent chat_ended
        73  chat_opened queued answered {SAID} contradicted chatting=18
        91  solved left_agent chat_ended
        """,
    )


@pytest.mark.parametrize(
    ("authority", "said"),
    [
        ({"limit": 50}, "granted=50 solved"),
        ({"limit": 49, "granted": 1.0}, "granted=50 solved"),
        ({"limit": 49, "granted": 0.0}, "refused unsolved"),
        ({"limit": 49, "above": "refuse"}, "refused unsolved"),
    ],
)
def test_a_gesture_above_the_limit_is_decided_at_once(authority, said):
    """A supervisor takes no time for it, which would be four minutes on the telephone."""
    world = chatted(levers={"authority": {"approval": "4 min", **authority}}, population=ONCE)
    ended = "" if "unsolved" not in said else " limit_reached gave_up"
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=13
        13  {said} left_agent chat_ended{ended}
        """,
    )


def test_a_gesture_above_the_limit_may_be_for_others():
    world = chatted(
        teams={"back": {"staff": 1, "talk": "8 min", "wage": 0}},
        paths={"up": {"from": "front", "to": "back", "when": "above_limit"}},
        levers={"authority": {"limit": 0, "limits": {"back": 100}, "above": "escalate"}},
    )
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        f"""
        0     appeared chat_opened queued answered@front {SAID} chatting=13
        13    transferred_cold left_agent queued answered@back {SAID} chatting=21/2
        47/2  granted=50 solved left_agent chat_ended
        """,
    )


def test_a_gesture_is_granted_once():
    """The second agent of the chat has nothing more to grant: the first has, and did not solve it."""
    world = chatted(
        teams={"front": {"solve": {"plain": 0.0}}, "back": {"staff": 1, "talk": "8 min", "wage": 0}},
        paths={"up": {"from": "front", "to": "back", "when": "unsolved"}},
        levers={"authority": {"limit": 100}},
    )
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        f"""
        0     appeared chat_opened queued answered@front {SAID} chatting=13
        13    granted=50 transferred_cold left_agent queued answered@back {SAID} chatting=21/2
        47/2  solved left_agent chat_ended
        """,
    )


def test_no_clock_that_ran_on_the_telephone_runs_in_a_chat():
    """The call is cut at 5. At 15 the agent chats with another until 22, and is waited for: nothing cuts the chat."""
    world = chatted(
        contacts={"first": {"chat": 0.5, "phone": 0.5}, "switch": 1.0, "then": {"phone": {"chat": 1.0}}},
        levers={"time": {"cut_after": "5 min"}},
    )
    history = lived(world, 0, 9, luck={(0, 0, 0): {purposes.CHANNEL: 0.1}, (1, 0, 0): {purposes.CHANNEL: 0.9}})
    assert_strip(
        history,
        f"""
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        5   cut left_agent call_ended
        15  switched chat_opened queued
        22  answered {SAID} chatting=13
        35  solved left_agent chat_ended
        """,
    )


def test_one_may_be_sent_on_from_a_chat():
    """Told to call, in ten minutes."""
    world = chatted(teams={"front": {"solve": {"plain": 0.7}}}, **in_chat(sends_on={"phone": 1.0}))
    assert_strip(
        lived(world, 0, luck={luck_of(0): {purposes.SOLVE: 0.9}}),
        f"""
        0   appeared chat_opened queued answered {SAID} chatting=13
        13  unsolved left_agent chat_ended sent_on
        23  switched dialled picked_up queued answered identifying
        24  explaining
        26  talking
        36  solved left_agent call_ended
        """,
    )


CASED: dict[str, Any] = {
    "teams": {"front": {"solve": {"plain": 0.0}}},
    "paths": {"up": {"from": "front", "to": "front", "when": "unsolved", "by": "ticket", "case": "repair"}},
    "cases": {"repair": {"steps": {"wait": {"takes": "4 h", "solves": 1.0}}, "asking": "2 min"}},
}


def test_one_may_ask_in_a_chat_how_the_case_stands():
    """Once an hour: after half of that, from 13 to 43; to look it up takes two minutes, and it is told by 48."""
    world = chatted(
        population={"chasing": {"without_date": 24.0}},
        contacts={"first": {"chat": 1.0}, "asking_by": {"chat": 1.0}},
        **CASED,
    )
    chase = {luck_of(0): {purposes.CHASE: -math.expm1(-0.5)}, luck_of(0, 1): {purposes.CHASE: 1.0 - 1e-9}}
    assert_strip(
        tell(world, people(world, 0), luck=HandLuck(chase)),
        f"""
        0    appeared chat_opened queued answered {SAID} chatting=13
        13   ticketed left_agent chat_ended case_opened step_begun=240
        43   chased chat_opened queued answered {SAID} status_told chatting=5
        48   left_agent chat_ended
        253  case_closed case_answered solved
        """,
    )


def test_an_agent_acts_for_who_chats_and_leaves_the_others_their_pace():
    """Both chats end at 26. Then the agent acts for each of them for 3 min, as he would after a call, side by side."""
    behalf = {"up": {"from": "front", "to": "front", "when": "on_behalf", "by": "ticket", "case": "repair"}}
    world = chatted(
        seats=2,
        slowdown=1.0,
        levers={"access": {"on_behalf": 1.0}},
        **{**CASED, "paths": behalf},
    )
    history = lived(world, 0, 0, 1)
    for customer in range(2):
        assert_strip(
            history,
            f"""
            0    appeared chat_opened queued answered {SAID} chatting=13
            26   acted_for
            29   left_agent chat_ended case_opened step_begun=240
            269  case_closed case_answered solved
            """,
            customer,
        )
    assert_strip(
        history,
        f"""
        1    appeared chat_opened queued
        29   answered {SAID} chatting=13
        42   acted_for
        45   left_agent chat_ended case_opened step_begun=240
        285  case_closed case_answered solved
        """,
        customer=2,
    )
