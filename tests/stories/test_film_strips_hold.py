"""Film strips: getting in, holding, losing patience, being rung back, and who is served when."""

from __future__ import annotations

from sim import purposes
from tests.by_hand import assert_strip, lived, plain

TEN_MINUTES = {"share": 0.3, "of": "10 min"}
A_CALL_AT_ONCE = """
    0   appeared dialled picked_up queued answered@front.0 identifying
    1   explaining
    3   talking=10
    13  solved left_agent call_ended
    """


def test_a_call_with_an_agent_free_has_a_hold_of_no_length():
    """The plainest journey of all."""
    assert_strip(lived(plain(), 0), A_CALL_AT_ONCE)


def test_full_lines_block_him_until_the_third_attempt():
    """One line, taken from 0 to 13: blocked at 5 and at 10, in at 15."""
    history = lived(plain(line={"lines": 1}, teams={"front": {"staff": 5}}), 0, 5)
    assert_strip(history, A_CALL_AT_ONCE)
    assert_strip(
        history,
        """
        5   appeared dialled blocked
        10  dialled blocked
        15  dialled picked_up queued answered identifying
        16  explaining
        18  talking
        28  solved left_agent call_ended
        """,
        customer=1,
    )


def test_after_call_work_takes_an_agent_but_no_line():
    """The line is free at 13, the agent at 18: the second caller is in, and holds."""
    history = lived(plain(line={"lines": 1}, teams={"front": {"after_call": "5 min"}}), 0, 14)
    assert_strip(
        history,
        """
        14  appeared dialled picked_up queued
        18  answered identifying
        19  explaining
        21  talking
        31  solved left_agent=5 call_ended
        """,
        customer=1,
    )


def test_he_balks_when_he_would_have_to_hold_and_only_then():
    """Both dislike waiting; the first need not. The second rings half an hour later, when nobody is before him."""
    dislikes = {purposes.BALKING: 0.1}
    history = lived(
        plain(line={"balking": 0.3}), 0, 5, luck={(0, 0, 0): dislikes, (1, 0, 0): dislikes, (1, 1, 0): dislikes}
    )
    assert_strip(history, A_CALL_AT_ONCE)
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued balked call_ended
        35  dialled picked_up queued answered identifying
        36  explaining
        38  talking
        48  solved left_agent call_ended
        """,
        customer=1,
    )


def test_who_hears_of_a_wait_beyond_his_patience_hangs_up_at_once():
    """Whatever the expected wait, a thousand times it is beyond a patience of 3 s and within one of 2000 days."""
    history = lived(
        plain(line={"announcement": {"factor": 1000}}, population={"patience": "48 h"}),
        0,
        {"appeared": 5, "temper": 0.05 / 2880},
        {"appeared": 6, "temper": 1000},
    )
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued balked call_ended
        35  dialled picked_up queued answered identifying
        36  explaining
        38  talking
        48  solved left_agent call_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        6   appeared dialled picked_up queued
        13  answered identifying
        14  explaining
        16  talking
        26  solved left_agent call_ended
        """,
        customer=2,
    )


CALL_BACK = {
    "offered_above": "0 min",
    "accepted": 1.0,
    "missed": 0.5,
    "tries": 2,
    "ringing": "30 s",
    "between": "15 min",
}


def test_he_is_rung_back_misses_it_and_is_rung_again():
    """The agent is free at 13 and rings in vain. The firm rings again 15 min later: the agent is idle since 13.5."""
    history = lived(
        plain(levers={"follow_through": {"call_back": CALL_BACK}}),
        0,
        5,
        luck={(1, 0, 0): {purposes.PRESENCE: 0.1}, (1, 0, 1): {purposes.PRESENCE: 0.9}},
    )
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued call_back_taken@front.-1
        13  ring_missed=1/2@front.0
        28  rung_back@front.-1 answered@front.0 identifying
        29  explaining
        31  talking
        41  solved left_agent call_ended
        """,
        customer=1,
    )


def test_the_firm_that_rang_in_vain_once_too_often_has_lost_him():
    """One ring is all the firm tries, from 13 to 13.5: he counts as having abandoned, and dials 30 min later."""
    history = lived(
        plain(levers={"follow_through": {"call_back": {**CALL_BACK, "tries": 1}}}),
        0,
        5,
        luck={(1, 0, 0): {purposes.PRESENCE: 0.1}},
    )
    assert_strip(
        history,
        """
        5     appeared dialled picked_up queued call_back_taken
        13    ring_missed=1/2
        27/2  abandoned call_ended
        87/2  dialled picked_up queued answered identifying
        89/2  explaining
        93/2  talking
        113/2  solved left_agent call_ended
        """,
        customer=1,
    )


def test_the_agent_who_rang_in_vain_turns_to_the_next_caller():
    """He lost half a minute: the third caller, who declined to be rung, is answered at 13.5."""
    history = lived(
        plain(levers={"follow_through": {"call_back": {**CALL_BACK, "accepted": 0.5}}}),
        0,
        5,
        6,
        luck={
            (1, 0, 0): {purposes.PRESENCE: 0.1, purposes.CALL_BACK: 0.1},
            (1, 0, 1): {purposes.PRESENCE: 0.9},
            (2, 0, 0): {purposes.CALL_BACK: 0.9},
        },
    )
    assert_strip(
        history,
        """
        6     appeared dialled picked_up queued
        27/2  answered identifying
        29/2  explaining
        33/2  talking
        53/2  solved left_agent call_ended
        """,
        customer=2,
    )


def test_who_was_rung_back_has_left_his_line_only_once():
    """Of two lines he left one at 5. At 26 his call ends, and one is still taken by who holds since 6: one is free."""
    history = lived(
        plain(line={"lines": 2}, levers={"follow_through": {"call_back": {**CALL_BACK, "accepted": 0.5, "missed": 0}}}),
        *(0, 5, 6, 27, 28),
        luck={(1, 0, 0): {purposes.CALL_BACK: 0.1}},
    )
    assert_strip(
        history,
        """
        28  appeared dialled blocked
        33  dialled blocked
        38  dialled blocked
        43  dialled picked_up queued
        52  answered identifying
        53  explaining
        55  talking
        65  solved left_agent call_ended
        """,
        customer=4,
    )


def test_the_clock_of_a_connection_starts_anew_when_he_is_rung_back():
    """The one before is cut at 20 and he is rung: to 40 it is, and not to 5 + 20, which would cut his talk."""
    history = lived(
        plain(
            levers={"follow_through": {"call_back": {**CALL_BACK, "missed": 0}}, "time": {"cut_after": "20 min"}},
            population={"again": {"most_attempts": 1}},
        ),
        {"appeared": 0, "work": 10},
        5,
    )
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued call_back_taken
        20  rung_back answered identifying
        21  explaining
        23  talking
        33  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_call_back_is_not_offered_to_who_was_passed_on():
    """The back is busy from 5.5 to 18, which would be long enough; passed on at 11.5, he holds."""
    history = lived(
        plain(
            teams={"front": {"competent": 0.5}, "back": {"staff": 1, "talk": "10 min", "wage": 0}},
            paths={"wrong": {"from": "front", "to": "back", "when": "wrong_person"}},
            levers={"follow_through": {"call_back": {**CALL_BACK, "missed": 0}}},
        ),
        0,
        6,
        luck={(0, 0, 0): {purposes.COMPETENCE: 0.9}, (1, 0, 0): {purposes.COMPETENCE: 0.9}},
    )
    assert_strip(
        history,
        """
        6     appeared dialled picked_up queued answered@front identifying
        7     explaining
        9     talking
        23/2  wrong_person transferred_cold left_agent queued@back
        18    answered@back identifying
        37/2  explaining
        41/2  talking
        61/2  solved left_agent call_ended
        """,
        customer=1,
    )


def test_who_is_rung_back_has_kept_his_place():
    """He hung up at 5 and is rung at 13, before the one who holds since 6."""
    history = lived(
        plain(levers={"follow_through": {"call_back": {**CALL_BACK, "accepted": 0.5, "missed": 0.0}}}),
        0,
        5,
        6,
        luck={(1, 0, 0): {purposes.CALL_BACK: 0.1}, (2, 0, 0): {purposes.CALL_BACK: 0.9}},
    )
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued call_back_taken
        13  rung_back answered identifying
        14  explaining
        16  talking
        26  solved left_agent call_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        6   appeared dialled picked_up queued
        26  answered identifying
        27  explaining
        29  talking
        39  solved left_agent call_ended
        """,
        customer=2,
    )


def test_he_hangs_up_when_patience_ends_and_rings_again():
    """4 minutes of patience against an agent busy until 13."""
    history = lived(plain(population={"patience": "4 min"}), 0, 5)
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued
        9   abandoned call_ended
        39  dialled picked_up queued answered identifying
        40  explaining
        42  talking
        52  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_patient_temper_multiplies_patience():
    """The same 4 minutes, for one three times as patient: 12 would last to 17, and the agent is free at 13."""
    history = lived(plain(population={"patience": "4 min"}), 0, {"appeared": 5, "temper": 3})
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued
        13  answered identifying
        14  explaining
        16  talking
        26  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_released_agent_goes_to_the_one_who_waits_at_that_very_instant():
    """The second caller is answered at 13 sharp; the third, who dials at 13 sharp, comes after him."""
    history = lived(plain(), 0, 5, 13)
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued
        13  answered@front.0 identifying
        14  explaining
        16  talking
        26  solved left_agent call_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        13  appeared dialled picked_up queued
        26  answered@front.0 identifying
        27  explaining
        29  talking
        39  solved left_agent call_ended
        """,
        customer=2,
    )


def test_who_hung_up_and_rang_again_is_served_at_his_new_place():
    """The agent is busy to 103. He held from 1 to 11 and again from 41; the other holds since 20 and comes first."""
    history = lived(
        plain(population={"patience": {"law": "mixture", "parts": [TEN_MINUTES, {"share": 0.7, "of": "100 min"}]}}),
        {"appeared": 0, "work": 10},
        1,
        20,
        luck={(1, 0, 0): {purposes.PATIENCE: 0.05}},
    )
    assert_strip(
        history,
        """
        1    appeared dialled picked_up queued
        11   abandoned call_ended
        41   dialled picked_up queued
        116  answered identifying
        117  explaining
        119  talking
        129  solved left_agent call_ended
        """,
        customer=1,
    )
    assert_strip(
        history,
        """
        20   appeared dialled picked_up queued
        103  answered identifying
        104  explaining
        106  talking
        116  solved left_agent call_ended
        """,
        customer=2,
    )
