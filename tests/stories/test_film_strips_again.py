"""Film strips: what becomes of a call that solved nothing, and what is remembered in the next one."""

from __future__ import annotations

from sim import purposes
from tests.by_hand import assert_strip, lived, plain

NOT_SOLVED_AT_FIRST = {(0, 0, 0): {purposes.SOLVE: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
HALF = {"front": {"solve": {"plain": 0.5}}}


def test_he_believes_it_solved_and_finds_out_four_hours_later():
    """The firm's log says solved; the delay before he calls runs from the finding out."""
    world = plain(teams=HALF, levers={"follow_through": {"known_now": 0.2, "discovery": "4 h"}})
    luck = {(0, 0, 0): {purposes.SOLVE: 0.9, purposes.KNOWN_NOW: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0    appeared dialled picked_up queued answered identifying
        1    explaining
        3    talking
        13   believed left_agent call_ended
        253  found_out
        313  dialled picked_up queued answered identifying
        314  explaining
        316  talking
        326  solved left_agent call_ended
        """,
    )


def test_what_takes_no_time_is_not_lived():
    """Who he is is seen from his number."""
    assert_strip(
        lived(plain(levers={"memory": {"identification": "0 min"}}), 0),
        """
        0   appeared dialled picked_up queued answered explaining
        2   talking
        12  solved left_agent call_ended
        """,
    )


def test_he_is_sent_elsewhere_and_must_call_again():
    """The agent could have solved it; the second one does."""
    world = plain(levers={"access": {"sent_elsewhere": 0.3}})
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.ELSEWHERE: 0.1}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  sent_elsewhere left_agent call_ended
        73  dialled picked_up queued answered identifying
        74  explaining
        76  talking=10
        86  solved left_agent call_ended
        """,
    )


def test_he_gives_up_and_pays_a_repair():
    """Persistence ends with the call itself, and so does the journey."""
    world = plain(
        population={"again": {"persistence": 0.8, "repair_share": 0.4, "repair": 80}},
        teams={"front": {"solve": {"plain": 0.0}}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.PERSISTENCE: 0.9, purposes.REPAIR: 0.1}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended gave_up repaired=80
        """,
    )


def test_he_gives_up_and_lives_with_it():
    """The same, with other luck about the repair."""
    world = plain(
        population={"again": {"persistence": 0.8, "repair_share": 0.4, "repair": 80}},
        teams={"front": {"solve": {"plain": 0.0}}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.PERSISTENCE: 0.9, purposes.REPAIR: 0.9}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended gave_up
        """,
    )


def test_two_attempts_are_used_up():
    """However persistent, he makes no third call."""
    world = plain(population={"again": {"most_attempts": 2}}, teams={"front": {"solve": {"plain": 0.0}}})
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended
        73  dialled picked_up queued answered identifying
        74  explaining
        76  talking
        86  unsolved left_agent call_ended limit_reached gave_up
        """,
    )


def test_a_wrong_pitch_and_a_contradiction_lengthen_the_second_call():
    """Half as long again the explanation, 3 min, for the pitch; half of the work redone: talk 10 x 1.5 = 15 min."""
    world = plain(
        teams=HALF,
        levers={
            "knowledge": {"wrong_pitch": 0.3, "pitch_factor": 1.5},
            "memory": {"contradicted": 0.3, "redone": 0.5},
        },
    )
    luck = {
        (0, 0, 0): {purposes.SOLVE: 0.9, purposes.CONTRADICTION: 0.1},  # nobody before him to contradict
        (0, 1, 0): {purposes.SOLVE: 0.1, purposes.PITCH: 0.1, purposes.CONTRADICTION: 0.1},
    }
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0      appeared dialled picked_up queued answered identifying
        1      explaining
        3      talking=10
        13     unsolved left_agent call_ended
        73     dialled picked_up queued answered identifying
        74     wrong_pitch explaining
        77     contradicted talking=15
        92     solved left_agent call_ended
        """,
    )


def test_the_next_agent_of_the_same_call_may_contradict_too():
    """After a transfer, a quarter of the work is redone: 12.5 min."""
    world = plain(
        teams={"front": {"competent": 0.5}, "tech": {"staff": 1, "talk": "10 min", "wage": 0}},
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person"}},
        levers={"memory": {"contradicted": 0.3, "redone": 0.25}},
    )
    luck = {(0, 0, 0): {purposes.COMPETENCE: 0.9}, (0, 0, 1): {purposes.CONTRADICTION: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued answered identifying
        6     explaining
        8     contradicted talking=25/2
        41/2  solved left_agent call_ended
        """,
    )


def test_with_one_file_nothing_is_asked_twice():
    """identified and explained "once": the second call begins with the talk."""
    world = plain(teams=HALF, levers={"memory": {"identified": "once", "explained": "once"}})
    assert_strip(
        lived(world, 0, luck=NOT_SOLVED_AT_FIRST),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended
        73  dialled picked_up queued answered talking=10
        83  solved left_agent call_ended
        """,
    )


def test_a_memory_of_one_call_spares_the_second_agent_but_not_the_second_call():
    """ "once_a_call": after the transfer the talk begins at once; the next call begins from the beginning."""
    world = plain(
        teams={
            "front": {"competent": 0.5},
            "tech": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 0.5}},
        },
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person"}},
        levers={"memory": {"identified": "once_a_call", "explained": "once_a_call"}},
    )
    luck = {
        (0, 0, 0): {purposes.COMPETENCE: 0.9},
        (0, 0, 1): {purposes.SOLVE: 0.9},
        (0, 1, 0): {purposes.COMPETENCE: 0.1},
    }
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0     appeared dialled picked_up queued answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued answered@tech talking=10
        31/2  unsolved left_agent call_ended
        151/2  dialled picked_up queued answered@front identifying
        153/2  explaining
        157/2  talking
        177/2  solved left_agent call_ended
        """,
    )


def test_identification_may_be_remembered_where_the_story_is_not():
    """The two memories are separate."""
    world = plain(teams=HALF, levers={"memory": {"identified": "once", "explained": "to_every_agent"}})
    assert_strip(
        lived(world, 0, luck=NOT_SOLVED_AT_FIRST),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended
        73  dialled picked_up queued answered explaining
        75  talking
        85  solved left_agent call_ended
        """,
    )
