"""Film strips: queues of their own, who is served next and by whom, and what leads on out of a queue."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.world import World
from tests.by_hand import assert_strip, lived, plain

ONE = {"staff": 1, "talk": "10 min", "wage": 0}
"""A team of one agent with talks of 10 minutes: with identification and story a call takes 13."""
ONCE = {"again": {"most_attempts": 1}}
TWO_REASONS = {"any": {"share": 0.5}, "gold": {"share": 0.5}}
TWO_SEGMENTS = {
    name: {"share": 0.5, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0} for name in ("all", "rich")
}


def gold(appeared: float) -> dict[str, float]:
    """Return who calls for the other reason."""
    return {"appeared": appeared, "reason": 1}


def served(at: int, by: str) -> str:
    """Write the rest of a call that is answered in a whole number of minutes, and solved."""
    return f"""
        {at} answered@{by} identifying
        {at + 1} explaining
        {at + 3} talking
        {at + 13} solved left_agent call_ended
        """


def waits(at: int, queue: str) -> str:
    """Write the beginning of a call that has to wait."""
    return f"{at} appeared dialled picked_up queued@{queue}"


def pool(teams: dict[str, Any] | None = None, **all_of_them: Any) -> World:
    """Return a world whose callers wait in one queue that the front and the back serve, an agent each."""
    back = {**ONE, "serves": ["all"]}
    others = {"front": {"serves": ["all"]}, "back": back, **(teams or {})}
    return plain(population=ONCE, line={"team": "all"}, teams=others, queues={"all": all_of_them})


def two_queues(front: dict[str, Any], **queues: Any) -> World:
    """Return a world with an agent at the front for two queues, the second for who calls about gold."""
    return plain(
        population={"reasons": TWO_REASONS, **ONCE},
        line={"team": "silver", "routes": {"gold": "gold"}},
        teams={"front": {"serves": ["gold", "silver"], **front}},
        queues={"gold": {}, "silver": {}, **queues},
    )


# Which team ----------------------------------------------------------------------------------------------------------


def test_the_first_team_that_is_asked_and_has_somebody_idle_answers():
    """The back is asked first, then the front. The third waits for either: the back is free at 13, the front at 14."""
    history = lived(pool(asks=["back", "front"]), 0, 1, 2)
    for customer, by in enumerate(("back.0", "front.0")):
        assert_strip(history, waits(customer, "all") + served(customer, by), customer)
    assert_strip(history, waits(2, "all") + served(13, "back.0"), customer=2)


def test_where_nothing_is_said_teams_are_asked_in_the_order_of_the_file():
    assert_strip(lived(pool(), 0, 0), waits(0, "all") + served(0, "front.0"))


def test_who_has_waited_long_enough_is_taken_by_another_team():
    """The back takes who has waited for 5 minutes: the second at 7, at once. The third is answered by the front at 13.

    The fourth has waited long enough by 9, and the back is free at 20. When it is free again, at 33, the last has
    waited for 2 minutes only, and the agent idles until it is 5. (The front talks to the third from 13 to 26,
    and to the fifth from 26 to 39.)
    """
    history = lived(pool(after={"back": "5 min"}), 0, 2, 3, 4, 22, 31)
    assert_strip(history, waits(2, "all") + served(7, "back.0"), customer=1)
    assert_strip(history, waits(3, "all") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(4, "all") + served(20, "back.0"), customer=3)
    assert_strip(history, waits(22, "all") + served(26, "front.0"), customer=4)
    assert_strip(history, waits(31, "all") + served(36, "back.0"), customer=5)


def test_a_third_team_is_asked_after_a_second_one():
    """At 5 the back has no one idle, at 8 the third team is asked; the one before was taken by the back at 4."""
    third = {**ONE, "serves": ["all"]}
    history = lived(pool({"third": third}, after={"back": "3 min", "third": "6 min"}), 0, 1, 2)
    assert_strip(history, waits(1, "all") + served(4, "back.0"), customer=1)
    assert_strip(history, waits(2, "all") + served(8, "third.0"), customer=2)


def test_patience_may_end_before_another_team_is_asked():
    """He has 4 minutes, and the back takes only who has waited for 5."""
    world = pool(after={"back": "5 min"})
    world = world.model_copy(update={"population": plain(population={"patience": "4 min", **ONCE}).population})
    assert_strip(
        lived(world, 0, 2),
        """
        2  appeared dialled picked_up queued@all
        6  abandoned@all.-1 call_ended limit_reached gave_up
        """,
        customer=1,
    )


def test_agents_kept_back_for_other_callers_do_not_answer():
    """Of two agents one is kept back from silver. The second of silver waits beside an idle agent, who takes gold at 2.

    Agent 0 is free at 13, and kept back; agent 1 is free at 15, and there are two.
    """
    history = lived(two_queues({"staff": 2, "reserved": {"silver": 1}}), 0, 1, gold(2))
    assert_strip(history, waits(0, "silver") + served(0, "front.0"))
    assert_strip(history, waits(2, "gold") + served(2, "front.1"), customer=2)
    assert_strip(history, waits(1, "silver") + served(15, "front.1"), customer=1)


def test_a_segment_is_led_to_a_queue_before_its_reason_is():
    """The rich one who calls about gold, too, goes to the third queue; the misrouted to the usual one, like others.

    Every 13 minutes the agent is free: gold is first, then silver, where the one of 1 stands before the misrouted of 5,
    who finds the wrong agent there; then vip.
    """
    world = plain(
        population={"reasons": TWO_REASONS, "segments": TWO_SEGMENTS, **ONCE},
        line={"team": "silver", "routes": {"gold": "gold"}, "segment_routes": {"rich": "vip"}},
        teams={"front": {"serves": ["gold", "silver", "vip"], "wrong_talk": 1.0}},
        queues={"gold": {}, "silver": {}, "vip": {}},
        levers={"knowledge": {"misrouted": 0.2}},
    )
    rich = {"segment": 1}
    history = lived(
        world, 0, 1, gold(2), rich | {"appeared": 3}, rich | gold(4), rich | {"appeared": 5},
        luck={(5, 0, 0): {purposes.ROUTING: 0.1}},
    )  # fmt: skip
    assert_strip(history, waits(0, "silver") + served(0, "front.0"))
    assert_strip(history, waits(2, "gold") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(1, "silver") + served(26, "front.0"), customer=1)
    assert_strip(history, waits(3, "vip") + served(52, "front.0"), customer=3)
    assert_strip(history, waits(4, "vip") + served(65, "front.0"), customer=4)
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued@silver
        39  answered@front identifying
        40  explaining
        42  talking
        52  wrong_person unsolved left_agent call_ended limit_reached gave_up
        """,
        customer=5,
    )


def test_an_agent_is_taken_by_chance():
    """Of three idle agents the middle one, by a luck of one half; of the two who are left the second, by one of .9."""
    history = lived(
        plain(teams={"front": {"staff": 3, "next_agent": "random"}}), 0, 1, luck={(1, 0, 0): {purposes.AGENT: 0.9}}
    )
    assert_strip(history, waits(0, "front") + served(0, "front.1"))
    assert_strip(history, waits(1, "front") + served(1, "front.2"), customer=1)


def test_the_quickest_agent_is_taken():
    """Who has one call behind him has half as far to go from twice the talk, and is taken before who idles longer."""
    learning = {"halved_after": 1, "talk_at_first": 2}
    history = lived(plain(teams={"front": {"staff": 2, "next_agent": "quickest", "learning": learning}}), 0, 30)
    first = "0 answered@front.0 identifying\n1 explaining\n3 talking\n23 solved left_agent call_ended"
    second = "30 answered@front.0 identifying\n31 explaining\n33 talking\n48 solved left_agent call_ended"
    assert_strip(history, f"{waits(0, 'front')}\n{first}")
    assert_strip(history, f"{waits(30, 'front')}\n{second}", customer=1)


def test_the_best_skilled_agent_is_taken():
    """Who has one call behind him solves more, and is taken before who idles longer."""
    learning = {"halved_after": 1, "solves_at_first": 0.5}
    history = lived(
        plain(teams={"front": {"staff": 2, "next_agent": "best_skilled", "learning": learning}}),
        0,
        30,
        luck={(at, 0, 0): {purposes.SOLVE: 0.1} for at in range(2)},
    )
    for customer, at in enumerate((0, 30)):
        assert_strip(history, waits(at, "front") + served(at, "front.0"), customer)


def five(asks_first: str) -> World:
    """Return a world whose one queue asks the back, the front and a third team: one agent, two and two."""
    teams = {
        name: {**ONE, "staff": staff, "serves": ["all"]} for name, staff in (("back", 1), ("front", 2), ("third", 2))
    }
    return pool(teams, asks=["back", "front", "third"], asks_first=asks_first)


def test_in_order_the_first_team_answers_however_many_are_idle_elsewhere():
    history = lived(five("in_order"), 0, 1, 2)
    for customer, by in enumerate(("back.0", "front.0", "front.1")):
        assert_strip(history, waits(customer, "all") + served(customer, by), customer)


def test_the_team_in_which_most_are_idle_answers():
    """Two are idle at the front as in the third team, and the front stands first; of one each the first is the back."""
    history = lived(five("most_idle"), 0, 1, 2, 3, 4)
    for customer, by in enumerate(("front.0", "third.0", "back.0", "front.1", "third.1")):
        assert_strip(history, waits(customer, "all") + served(customer, by), customer)


def test_the_team_answers_in_which_somebody_is_idle_longest():
    """At 20 the agent of the back idles since 13; the others have done so from the start, those of the front first."""
    history = lived(five("longest_idle"), 0, 20, 21, 22, 23, 24)
    for customer, (at, by) in enumerate(
        ((0, "back.0"), (20, "front.0"), (21, "front.1"), (22, "third.0"), (23, "third.1"), (24, "back.0"))
    ):
        assert_strip(history, waits(at, "all") + served(at, by), customer)


def test_who_idled_through_the_end_of_a_shift_of_others_idles_as_long_as_before():
    """One of the back goes home at 30; the other one idles since 13, the front since 15."""
    shift = {"mon-sun 00:00-00:30": 2, "mon-sun 00:30-24:00": 1}
    back = {**ONE, "serves": ["all"], "staff": shift}
    history = lived(pool({"back": back}, asks=["back", "front"], asks_first="longest_idle"), 0, 1, 2, 31)
    for customer, (at, by) in enumerate(((0, "back.0"), (1, "back.1"), (2, "front.0"), (31, "back.0"))):
        assert_strip(history, waits(at, "all") + served(at, by), customer)


def test_one_of_all_idle_agents_answers_by_chance():
    """By a luck of one half the third of five, the third of the four who are left, and the second of three.

    The luck of .1 is the first of two; the last one is alone.
    """
    history = lived(five("random"), 0, 1, 2, 3, 4, luck={(3, 0, 0): {purposes.TEAM: 0.1}})
    for customer, by in enumerate(("front.0", "third.0", "front.1", "back.0", "third.1")):
        assert_strip(history, waits(customer, "all") + served(customer, by), customer)


# Which caller --------------------------------------------------------------------------------------------------------


def test_the_first_queue_goes_before_the_second_however_long_one_has_waited_there():
    history = lived(two_queues({}), 0, 2, gold(5))
    assert_strip(history, waits(5, "gold") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(2, "silver") + served(26, "front.0"), customer=1)


def test_the_highest_score_goes_first():
    """At 13, silver has 11 for its minutes; gold of 5 has 4 and 8 for its minutes, gold of 7 would have 10.

    At 26, silver has 24 and the gold of 7 has 23.
    """
    history = lived(two_queues({"takes": "by_score"}, gold={"score": 4}), 0, 2, gold(5), gold(7))
    assert_strip(history, waits(5, "gold") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(2, "silver") + served(26, "front.0"), customer=1)
    assert_strip(history, waits(7, "gold") + served(39, "front.0"), customer=3)


def test_minutes_may_count_double():
    """At 13, silver has 2 x 7 for the minutes since 6, gold 12 for those since 1 and nothing else."""
    history = lived(two_queues({"takes": "by_score"}, silver={"score_per_minute": 2}), 0, gold(1), 6)
    assert_strip(history, waits(6, "silver") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(1, "gold") + served(26, "front.0"), customer=1)


def test_the_longest_queue_goes_first_and_of_equals_the_first():
    """At 13, two wait for silver and one for gold; at 26 one for each, and gold is the first of the team's queues."""
    history = lived(two_queues({"takes": "longest_queue"}), 0, gold(2), 5, 6)
    assert_strip(history, waits(5, "silver") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(2, "gold") + served(26, "front.0"), customer=1)
    assert_strip(history, waits(6, "silver") + served(39, "front.0"), customer=3)


@pytest.mark.parametrize(
    ("score", "row"), [({"score_reasons": {"gold": 5}}, "reason"), ({"score_segments": {"rich": 5}}, "segment")]
)
def test_what_is_added_to_a_score_brings_him_forward(score, row):
    """At 13, he of 3 has 10 and 5, before the 12 of who came at 1. He of 9 has 4 and 5 and comes last."""
    world = plain(population={"reasons": TWO_REASONS, "segments": TWO_SEGMENTS, **ONCE}, queues={"front": score})
    history = lived(world, 0, 1, {"appeared": 3, row: 1}, {"appeared": 9, row: 1})
    assert_strip(history, waits(3, "front") + served(13, "front.0"), customer=2)
    assert_strip(history, waits(1, "front") + served(26, "front.0"), customer=1)
    assert_strip(history, waits(9, "front") + served(39, "front.0"), customer=3)


def test_who_calls_again_goes_before_who_calls_for_the_first_time():
    """Not helped at 13 he calls again at 73: at 74 he has 1 and 5, the one of 72 has 2."""
    history = lived(
        plain(teams={"front": {"solve": {"plain": 0.5}}}, queues={"front": {"score_repeat": 5}}),
        *(0, 61, 72),
        luck={
            (0, 0, 0): {purposes.SOLVE: 0.9},
            **{first: {purposes.SOLVE: 0.1} for first in ((0, 1, 0), (1, 0, 0), (2, 0, 0))},
        },
    )
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued@front answered@front identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended
        73  dialled picked_up queued@front
        """
        + served(74, "front.0"),
    )
    assert_strip(history, waits(72, "front") + served(87, "front.0"), customer=2)


HANGS_UP = {"time": {"hangup": 0.3, "hangup_within": "0 min"}}
"""An agent may hang up as soon as he has answered."""


def test_who_was_cut_off_goes_before_others():
    """Hung up on at 0 he calls again at 10: at 16 he has 6 and 5, who holds since 9 has 7."""
    history = lived(
        plain(population={"again": {"most_attempts": 2}}, queues={"front": {"score_after_cut": 5}}, levers=HANGS_UP),
        *(0, 3, 9),
        luck={(0, 0, 0): {purposes.HANGUP: 0.1}},
    )
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued@front answered@front identifying hung_up left_agent call_ended
        10  dialled picked_up queued@front
        """
        + served(16, "front.0"),
    )
    assert_strip(history, waits(9, "front") + served(29, "front.0"), customer=2)


def test_who_was_cut_off_long_ago_is_nobody_special():
    """The second call, which comes first at 10, ends in impatience. At 53 the third has 5, who holds since 47 has 6."""
    history = lived(
        plain(
            population={"patience": "8 min", "again": {"most_attempts": 3}},
            queues={"front": {"score_after_cut": 5}},
            levers=HANGS_UP,
        ),
        *(0, {"appeared": 3, "work": 2}, 40, 47),
        luck={(0, 0, 0): {purposes.HANGUP: 0.1}},
    )
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued@front answered@front identifying hung_up left_agent call_ended
        10  dialled picked_up queued@front
        18  abandoned call_ended
        48  dialled picked_up queued@front
        56  abandoned call_ended limit_reached gave_up
        """,
    )
    assert_strip(history, waits(47, "front") + served(53, "front.0"), customer=3)


def test_who_was_passed_on_goes_before_who_has_called_there():
    """Passed on at 5.5 he has 7.5 and 5 when the back is free at 13; who holds there since 5 has 8."""
    history = lived(
        plain(
            population={"reasons": TWO_REASONS, **ONCE},
            line={"routes": {"gold": "back"}},
            teams={"front": {"competent": 0.5}, "back": ONE},
            queues={"back": {"score_after_transfer": 5}},
            paths={"wrong": {"from": "front", "to": "back", "when": "wrong_person"}},
        ),
        *(gold(0), 0, gold(5)),
        luck={(1, 0, 0): {purposes.COMPETENCE: 0.9}},
    )
    assert_strip(
        history,
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@back
        13    answered@back identifying
        27/2  explaining
        31/2  talking
        51/2  solved left_agent call_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        5     appeared dialled picked_up queued@back
        51/2  answered@back identifying
        53/2  explaining
        57/2  talking
        77/2  solved left_agent call_ended
        """,
        customer=2,
    )


# Full queues ---------------------------------------------------------------------------------------------------------


def spilling(front: dict[str, Any], path: dict[str, Any], back: dict[str, Any] | None = None, **changes: Any) -> World:
    """Return a world with a front, a back, something of the front's queue, and a path from there to the back's."""
    return plain(
        **{"population": ONCE, **changes},
        teams={"front": {}, "back": {**ONE, **(back or {})}},
        queues={"front": front},
        paths={"on": {"from": "front", "to": "back", **path}},
    )


def test_where_no_place_is_left_in_a_queue_the_call_is_over():
    """One may wait. At 2 and at 7, five minutes later as for full lines, one does; at 17 nobody, since he is served."""
    history = lived(plain(queues={"front": {"places": 1}}), 0, 1, 2)
    assert_strip(history, waits(1, "front") + served(13, "front.0"), customer=1)
    assert_strip(
        history,
        """
        2   appeared dialled picked_up queued@front queue_full@front.-1 call_ended
        7   dialled picked_up queued@front queue_full call_ended
        12  dialled picked_up queued@front queue_full call_ended
        17  dialled picked_up queued@front
        """
        + served(26, "front.0"),
        customer=2,
    )


def test_who_is_to_be_rung_back_keeps_his_place_from_others():
    """He has hung up, and his is the only place."""
    call_back = {"offered_above": "0 min", "accepted": 1.0, "missed": 0.0}
    world = plain(queues={"front": {"places": 1}}, levers={"follow_through": {"call_back": call_back}}, population=ONCE)
    assert_strip(
        lived(world, 0, 1, 2),
        """
        2  appeared dialled picked_up queued@front queue_full call_ended limit_reached gave_up
        """,
        customer=2,
    )


def test_a_full_queue_may_lead_on_to_another():
    """Nobody may wait at the front; the back has an agent idle."""
    history = lived(spilling({"places": 0}, {"when": "full"}), 0, 1)
    assert_strip(
        history,
        "1  appeared dialled picked_up queued@front moved_on@front.-1 queued@back" + served(1, "back.0"),
        customer=1,
    )


def test_who_is_led_back_and_forth_between_full_queues_is_turned_away_when_the_tries_are_used_up():
    """Nobody may wait at either. The way there may be taken twice, the way back once: at the back for the second time
    none is left."""
    paths = {
        "there": {"from": "front", "to": "back", "when": "full", "tries": 2},
        "back": {"from": "back", "to": "front", "when": "full", "tries": 1},
    }
    world = plain(
        population=ONCE,
        teams={"front": {"staff": 0}, "back": {**ONE, "staff": 0}},
        queues={"front": {"places": 0}, "back": {"places": 0}},
        paths=paths,
    )
    assert_strip(
        lived(world, 0),
        """
        0  appeared dialled picked_up queued@front moved_on@front queued@back moved_on@back
        0  queued@front moved_on@front queued@back queue_full@back call_ended limit_reached gave_up
        """,
    )


def test_who_is_led_on_to_another_full_queue_is_turned_away_there():
    world = plain(
        population=ONCE,
        teams={"front": {"staff": 0}, "back": {**ONE, "staff": 0}},
        queues={"front": {"places": 0}, "back": {"places": 0}},
        paths={"on": {"from": "front", "to": "back", "when": "full"}},
    )
    assert_strip(
        lived(world, 0),
        """
        0  appeared dialled picked_up queued@front moved_on@front queued@back queue_full@back call_ended
        0  limit_reached gave_up
        """,
    )


def test_in_place_of_waiting_he_leaves_a_message_which_is_answered_later():
    """The front is full; the back writes after an hour, and half of its answers help. He calls an hour after that."""
    path = {"when": "full", "by": "ticket", "delay": "60 min"}
    history = lived(
        spilling({"places": 0}, path, {"solve": {"plain": 0.5}}, population={"again": {"most_attempts": 2}}),
        *(0, 1, 2),
        luck={(1, 0, 1): {purposes.SOLVE: 0.1}, (2, 0, 1): {purposes.SOLVE: 0.9}},
    )
    assert_strip(
        history,
        """
        1   appeared dialled picked_up queued@front message_left@front.-1 call_ended
        61  solved
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        2    appeared dialled picked_up queued@front message_left call_ended
        62   unsolved
        122  dialled picked_up queued@front
        """
        + served(122, "front.0"),
        customer=2,
    )


def test_a_message_to_a_queue_is_answered_by_the_first_team_that_it_asks():
    """The back solves nothing, the front everything, and the queue asks the front first."""
    world = plain(
        population=ONCE,
        teams={"front": {"staff": 0, "serves": ["front", "all"]},
               "back": {**ONE, "serves": ["back", "all"], "solve": {"plain": 0.0}}},
        queues={"front": {"places": 0}, "all": {"asks": ["front", "back"]}},
        paths={"on": {"from": "front", "to": "all", "when": "full", "by": "ticket", "delay": "60 min"}},
    )  # fmt: skip
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued@front message_left call_ended
        60  solved
        """,
    )


def test_a_transfer_into_a_full_queue_is_lost():
    """Nobody may wait at the back, whose agent is busy; he calls again as after a cut, and is helped."""
    history = lived(
        plain(
            population={"reasons": TWO_REASONS},
            line={"routes": {"gold": "back"}},
            teams={"front": {"competent": 0.5}, "back": ONE},
            queues={"back": {"places": 0}},
            paths={"wrong": {"from": "front", "to": "back", "when": "wrong_person"}},
        ),
        *(gold(0), 0),
        luck={(1, 0, 0): {purposes.COMPETENCE: 0.9}, (1, 1, 0): {purposes.COMPETENCE: 0.1}},
    )
    assert_strip(
        history,
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@back transfer_lost@back.-1 call_ended
        31/2  dialled picked_up queued@front answered@front identifying
        33/2  explaining
        37/2  talking
        57/2  solved left_agent call_ended
        """,
        customer=1,
    )


# Moved on ------------------------------------------------------------------------------------------------------------

AFTER_FIVE = {"when": "waited", "after": "5 min"}


def test_who_has_waited_long_enough_is_moved_on():
    history = lived(spilling({}, AFTER_FIVE), 0, 2)
    assert_strip(
        history,
        f"""
        {waits(2, "front")}
        7  moved_on@front.-1 queued@back
        """
        + served(7, "back.0"),
        customer=1,
    )


def test_he_takes_along_what_is_left_of_his_patience():
    """8 minutes from 2 on: to 10, and not to 15. The next one's last to 11, and end before the back is free at 20."""
    history = lived(
        spilling({}, AFTER_FIVE, population={"patience": "8 min", **ONCE}), 0, 2, 3, {"appeared": 4, "temper": 0.25}
    )
    assert_strip(
        history,
        """
        3   appeared dialled picked_up queued@front
        8   moved_on queued@back
        11  abandoned@back call_ended limit_reached gave_up
        """,
        customer=2,
    )
    assert_strip(
        history,
        """
        4  appeared dialled picked_up queued@front
        6  abandoned@front call_ended limit_reached gave_up
        """,
        customer=3,
    )


def test_where_no_path_is_left_he_waits_on():
    """He is moved from the front to the back after two minutes, and back after two more, each once: there he is served.

    By then one of 5 is before him.
    """
    two = {"when": "waited", "after": "2 min", "tries": 1}
    world = plain(
        population={"reasons": TWO_REASONS, **ONCE},
        line={"routes": {"gold": "back"}},
        teams={"front": {}, "back": ONE},
        paths={"on": {"from": "front", "to": "back", **two}, "off": {"from": "back", "to": "front", **two}},
    )
    history = lived(world, 0, gold(0), 2)
    assert_strip(
        history,
        """
        2  appeared dialled picked_up queued@front
        4  moved_on queued@back
        6  moved_on queued@front
        """
        + served(13, "front.0"),
        customer=2,
    )


def test_after_waiting_in_vain_he_leaves_a_message():
    history = lived(spilling({}, {**AFTER_FIVE, "by": "ticket", "delay": "60 min"}), 0, 2)
    assert_strip(
        history,
        """
        2   appeared dialled picked_up queued@front
        7   message_left call_ended
        67  solved
        """,
        customer=1,
    )


@pytest.mark.parametrize(("cut_after", "end"), [("5 min", "cut"), ("5.5 min", "moved_on")])
def test_at_the_same_instant_the_cut_wins(cut_after, end):
    """The clock of the connection runs on in the next queue, to 7.5."""
    world = plain(
        population=ONCE,
        teams={"front": {"staff": 0}, "back": {**ONE, "staff": 0}},
        paths={"on": {"from": "front", "to": "back", **AFTER_FIVE}},
        levers={"time": {"cut_after": cut_after}},
    )
    rows = {"cut": "7 cut", "moved_on": "7 moved_on queued@back\n 15/2 cut"}
    strip = f"{waits(2, 'front')}\n {rows[end]} call_ended limit_reached gave_up"
    assert_strip(lived(world, 2), strip)


def test_closing_wins_over_moving_on_too():
    world = spilling({}, AFTER_FIVE, line={"open": ["mon-sun 00:00-00:30"]})
    assert_strip(
        lived(world, 20, 25),
        """
        25  appeared dialled picked_up queued@front
        30  dismissed call_ended limit_reached gave_up
        """,
        customer=1,
    )


def test_who_has_been_answered_has_new_patience_and_new_ways():
    """Moved on at 7 and passed back at 12.5, he waits 5 minutes at the front again, of 5.5; no path is left then.

    The front is busy from 0 to 13 and, with the one of 12, to 26.
    """
    world = plain(
        population={"patience": "5.5 min", **ONCE},
        teams={"front": {"competent": 0.5}, "back": {**ONE, "competent": 0.5}},
        paths={
            "on": {"from": "front", "to": "back", "tries": 1, **AFTER_FIVE},
            "wrong": {"from": "back", "to": "front", "when": "wrong_person"},
        },
    )
    history = lived(
        world,
        *(0, 2, 12),
        luck={
            (0, 0, 0): {purposes.COMPETENCE: 0.1},
            (1, 0, 0): {purposes.COMPETENCE: 0.9},
            (2, 0, 0): {purposes.COMPETENCE: 0.1},
        },
    )
    assert_strip(
        history,
        """
        2     appeared dialled picked_up queued@front
        7     moved_on queued@back answered@back identifying
        8     explaining
        10    talking
        25/2  wrong_person transferred_cold left_agent queued@front
        18    abandoned@front call_ended limit_reached gave_up
        """,
        customer=1,
    )


# A choice ------------------------------------------------------------------------------------------------------------


def offering(above: str, back: int) -> World:
    """Return a world whose front offers the back's queue to who would wait longer; gold is called at the back."""
    offer = {"queue": "back", "above": above, "accepted": 0.5}
    return plain(
        population={"reasons": TWO_REASONS, **ONCE},
        line={"routes": {"gold": "back"}},
        teams={"front": {}, "back": {**ONE, "staff": back}},
        queues={"front": {"choice": offer}},
    )


def test_he_may_choose_a_queue_in_which_he_need_not_wait():
    """At the front he would wait for 13 minutes, at the back somebody is idle. The third declines."""
    history = lived(
        offering("12.9 min", 2), 0, 1, 2, luck={(1, 0, 0): {purposes.CHOICE: 0.1}, (2, 0, 0): {purposes.CHOICE: 0.9}}
    )
    assert_strip(
        history,
        "1  appeared dialled picked_up queued@front chose_queue@front.-1 queued@back" + served(1, "back.0"),
        customer=1,
    )
    assert_strip(history, waits(2, "front") + served(13, "front.0"), customer=2)


def test_he_may_choose_a_shorter_queue():
    """At the back both are busy to 13, and one would wait for half of 13 minutes."""
    history = lived(offering("0 min", 2), 0, gold(0), gold(0), 1, luck={(3, 0, 0): {purposes.CHOICE: 0.1}})
    assert_strip(
        history,
        "1  appeared dialled picked_up queued@front chose_queue@front.-1 queued@back" + served(13, "back.0"),
        customer=3,
    )


def test_no_choice_is_offered_where_the_wait_is_short_enough():
    """13 minutes are not longer than 13, whoever is idle at the back."""
    history = lived(offering("13 min", 2), 0, 1, luck={(1, 0, 0): {purposes.CHOICE: 0.1}})
    assert_strip(history, waits(1, "front") + served(13, "front.0"), customer=1)


def test_no_choice_is_offered_where_the_wait_is_as_long_there():
    """At the back there is one agent too, and he is busy too."""
    history = lived(offering("0 min", 1), 0, gold(0), 1, luck={(2, 0, 0): {purposes.CHOICE: 0.1}})
    assert_strip(history, waits(1, "front") + served(13, "front.0"), customer=2)


def test_who_has_been_moved_on_is_offered_no_choice():
    """At 6 he comes to the back, where one is served and one waits: 26 minutes, against 13 at the front."""
    world = plain(
        population={"reasons": TWO_REASONS, **ONCE},
        line={"routes": {"gold": "back"}},
        teams={"front": {}, "back": ONE},
        queues={"back": {"choice": {"queue": "front", "above": "20 min", "accepted": 1.0}}},
        paths={"on": {"from": "front", "to": "back", "tries": 1, **AFTER_FIVE}},
    )
    history = lived(world, 0, gold(0), 1, gold(2))
    assert_strip(
        history,
        """
        1  appeared dialled picked_up queued@front
        6  moved_on queued@back
        """
        + served(26, "back.0"),
        customer=2,
    )


# The expected wait ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("patience", "waits_for_it"), [("8.3 min", False), ("8.31 min", True)])
def test_the_wait_expected_in_a_queue_is_shared_out_among_all_its_teams(patience, waits_for_it):
    """A call takes 13 minutes at the front, 23 at the back: two agents take 1/13 + 1/23 a minute, one in 8.306 minutes.

    The third team takes only who has waited for an hour, and does not count.
    """
    third = {**ONE, "staff": 7, "serves": ["all"]}
    world = plain(
        population={"patience": patience, **ONCE},
        line={"team": "all", "announcement": {"factor": 1}},
        teams={"front": {"serves": ["all"]}, "back": {**ONE, "talk": "20 min", "serves": ["all"]}, "third": third},
        queues={"all": {"after": {"third": "60 min"}}},
    )
    if waits_for_it:
        held = waits(5, "all") + served(13, "front.0")
    else:
        held = waits(5, "all") + " balked call_ended limit_reached gave_up"
    assert_strip(lived(world, 0, 1, 5), held, customer=2)


def test_where_everybody_takes_only_who_has_waited_no_end_of_it_is_expected():
    """Longer than any patience: he balks."""
    world = plain(
        population=ONCE,
        line={"team": "all", "announcement": {"factor": 1}},
        teams={"front": {"serves": ["all"]}, "back": {**ONE, "serves": ["all"]}},
        queues={"all": {"after": {"front": "1 min", "back": "1 min"}}},
    )
    assert_strip(lived(world, 0), waits(0, "all") + " balked call_ended limit_reached gave_up")


def test_a_queue_of_one_team_expects_it_to_take_him_whenever_it_does():
    """13 minutes, of 14 that he has, though the front takes nobody at once: he is answered after one."""
    world = plain(
        population={"patience": "14 min", **ONCE},
        line={"announcement": {"factor": 1}},
        queues={"front": {"after": {"front": "1 min"}}},
    )
    assert_strip(lived(world, 0), waits(0, "front") + served(1, "front.0"))
