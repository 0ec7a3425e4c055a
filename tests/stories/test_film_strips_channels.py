"""Film strips: through which channel a contact is made, the first time and afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from tests.by_hand import MAIL, PHONE, POST, assert_strip, lived, through, written

CALL_FIRST: dict[str, Any] = {"first": {"mail": 0.0, "phone": 1.0}}
TWO_WAYS = {"post": {"team": "office", "writing": "1 min", "reading": "3 min", "patience": "1 h"}}
"""Beside the mail, a post, written in a minute; one waits an hour for what is answered to it, and reads it in three."""
BY_MAIL = """
    0   appeared wrote=1
    8   sent filed taken_up worked_on
    18  replied
    20  read solved
"""
BY_POST = """
    0   appeared wrote=2
    1   sent filed taken_up worked_on
    11  replied
    14  read solved
"""
BY_PHONE = """
    0   appeared dialled picked_up queued answered@front identifying
    1   explaining
    3   talking
    13  solved left_agent call_ended
"""


@pytest.mark.parametrize(
    ("luck", "said"), [(0.1, BY_PHONE), (0.3, BY_MAIL), (0.9, BY_POST)], ids=["phone", "mail", "post"]
)
def test_the_first_contact_is_made_by_preference(luck, said):
    """A fifth call, a half write a mail, three tenths a post: in the order of the channels' numbers."""
    world = written(messages=TWO_WAYS, contacts={"first": {"phone": 0.2, "mail": 0.5, "post": 0.3}})
    assert_strip(lived(world, 0, luck={(0, 0, 0): {purposes.CHANNEL: luck}}), said)


def test_some_reasons_are_taken_elsewhere():
    """By reason in place of all others: who has a bill to ask about calls."""
    world = written(
        population={"reasons": {"any": {"share": 0.5}, "bill": {"share": 0.5}}},
        contacts={"first_for": {"bill": {"phone": 1.0}}},
    )
    history = lived(world, 0, {"appeared": 60, "reason": 1})
    assert_strip(history, BY_MAIL)
    assert_strip(
        history,
        """
        60  appeared dialled picked_up queued answered identifying
        61  explaining
        63  talking
        73  solved left_agent call_ended
        """,
        customer=1,
    )


NEVER = {"office": {"solve": {"plain": 0.0}}, "front": {"solve": {"plain": 0.0}}}
UNSOLVED_BY_MAIL = BY_MAIL.replace("solved", "unsolved")


def test_who_does_not_change_stays_with_his_channel():
    """However many there are."""
    world = written(messages=TWO_WAYS, contacts={"switch": 0.4}, teams={"office": {"solve": {"plain": 0.5}}})
    luck = {
        (0, 1, 0): {purposes.SWITCH: 0.6},
        (0, through(MAIL), 0): {purposes.SOLVE: 0.9},
        (0, through(MAIL, 1), 0): {purposes.SOLVE: 0.1},
    }
    assert_strip(
        lived(world, 0, luck=luck),
        UNSOLVED_BY_MAIL
        + """
        80   wrote=1
        88   sent filed taken_up worked_on
        98   replied
        100  read solved
        """,
    )


@pytest.mark.parametrize(
    ("luck", "said"),
    [
        (0.2, "80 switched dialled picked_up queued answered identifying\n 81 explaining\n 83 talking\n"
              "93 unsolved left_agent call_ended limit_reached gave_up"),
        (0.7, "80 switched wrote=2\n 81 sent filed taken_up worked_on\n 91 replied\n"
              "94 read unsolved limit_reached gave_up"),
    ],
    ids=["phone", "post"],
)  # fmt: skip
def test_who_changes_goes_where_those_who_wrote_go(luck, said):
    """Two fifths of them call."""
    world = written(
        messages=TWO_WAYS,
        contacts={"switch": 0.4, "then": {"mail": {"phone": 0.4, "post": 0.6}}},
        teams=NEVER,
        population={"again": {"most_attempts": 2}},
    )
    changes = {(0, 1, 0): {purposes.SWITCH: 0.1, purposes.CHANNEL: luck}}
    assert_strip(lived(world, 0, luck=changes), UNSOLVED_BY_MAIL + said)


def test_where_nothing_is_said_of_it_one_changes_to_what_others_try_first():
    """Of phone 0.2 and post 0.3, without the mail: two fifths call."""
    world = written(
        messages=TWO_WAYS,
        contacts={"first": {"phone": 0.2, "mail": 0.5, "post": 0.3}, "switch": 1.0},
        teams={"office": {"solve": {"plain": 0.0}}},
    )
    luck = {(0, 0, 0): {purposes.CHANNEL: 0.3}, (0, 1, 0): {purposes.CHANNEL: 0.39}}
    assert_strip(
        lived(world, 0, luck=luck),
        UNSOLVED_BY_MAIL
        + """
        80  switched dialled picked_up queued answered identifying
        81  explaining
        83  talking
        93  solved left_agent call_ended
        """,
    )


def test_who_would_change_and_knows_no_other_way_stays():
    """All write mails first, and nothing is said of what comes then."""
    world = written(contacts={"switch": 1.0}, teams=NEVER, population={"again": {"most_attempts": 2}})
    assert_strip(
        lived(world, 0),
        UNSOLVED_BY_MAIL
        + """
        80   wrote
        88   sent filed taken_up worked_on
        98   replied
        100  read unsolved limit_reached gave_up
        """,
    )


@pytest.mark.parametrize("luck", [0.1, 0.6])
def test_the_answer_may_be_to_call(luck):
    """To call, in three of ten such answers; he does so after 3 min, and else writes again after 60."""
    world = written(messages={"mail": {"sends_on": {"phone": 0.3}}}, teams={"office": {"solve": {"plain": 0.5}}})
    chance = {
        (0, through(MAIL), 0): {purposes.SENDS_ON: luck, purposes.SOLVE: 0.9},
        (0, through(MAIL, 1), 0): {purposes.SOLVE: 0.1},
    }
    calls = """
        20  sent_on
        23  switched dialled picked_up queued answered identifying
        24  explaining
        26  talking
        36  solved left_agent call_ended
    """
    writes = """
        80   wrote
        88   sent filed taken_up worked_on
        98   replied
        100  read solved
    """
    assert_strip(lived(world, 0, luck=chance), UNSOLVED_BY_MAIL + (calls if luck < 0.3 else writes))


@pytest.mark.parametrize(("luck", "channel"), [(0.1, MAIL), (0.45, POST)], ids=["mail", "post"])
def test_the_agent_may_say_that_one_has_to_write(luck, channel):
    """He knows at the end of the call that it is not solved, and writes 3 min later."""
    world = written(
        messages=TWO_WAYS,
        contacts=CALL_FIRST,
        line={"sends_on": {"mail": 0.4, "post": 0.1}},
        teams={"front": {"solve": {"plain": 0.0}}},
    )
    begins = """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended sent_on
    """
    by_mail = """
        16  switched wrote=1
        24  sent filed taken_up worked_on
        34  replied
        36  read solved
    """
    by_post = """
        16  switched wrote=2
        17  sent filed taken_up worked_on
        27  replied
        30  read solved
    """
    told = lived(world, 0, luck={(0, through(PHONE), 0): {purposes.SENDS_ON: luck}})
    assert_strip(told, begins + (by_mail if channel == MAIL else by_post))


def test_who_believes_it_solved_is_not_sent_on():
    """He finds out 4 h later, when nobody tells him anything."""
    world = written(
        contacts=CALL_FIRST,
        line={"sends_on": {"mail": 1.0}},
        teams={"front": {"solve": {"plain": 0.0}}},
        levers={"follow_through": {"known_now": 0.0}},
        population={"again": {"persistence": 0.0}},
    )
    assert_strip(
        lived(world, 0),
        """
        0    appeared dialled picked_up queued answered identifying
        1    explaining
        3    talking
        13   believed left_agent call_ended
        253  found_out gave_up
        """,
    )


def test_luck_is_that_of_the_channel_whatever_came_before():
    """The second mail has the luck of a second mail, though a call lies between."""
    world = written(
        contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}, "phone": {"mail": 1.0}}},
        teams={"front": {"solve": {"plain": 0.0}}, "office": {"solve": {"plain": 0.4}}},
    )
    luck = {(0, through(MAIL), 0): {purposes.SOLVE: 0.9}, (0, through(MAIL, 1), 0): {purposes.SOLVE: 0.3}}
    assert_strip(
        lived(world, 0, luck=luck),
        UNSOLVED_BY_MAIL
        + """
        80   switched dialled picked_up queued answered identifying
        81   explaining
        83   talking
        93   unsolved left_agent call_ended
        153  switched wrote
        161  sent filed taken_up worked_on
        171  replied
        173  read solved
        """,
    )


def test_who_was_sent_on_is_so_once():
    """The call to which the answer sent him is in vain, and he writes again as all do after a call."""
    world = written(
        messages={"mail": {"sends_on": {"phone": 1.0}}},
        contacts={"switch": 1.0, "then": {"phone": {"mail": 1.0}, "mail": {"phone": 1.0}}},
        teams={"front": {"solve": {"plain": 0.0}}, "office": {"solve": {"plain": 0.4}}},
    )
    luck = {(0, through(MAIL), 0): {purposes.SOLVE: 0.9}, (0, through(MAIL, 1), 0): {purposes.SOLVE: 0.3}}
    assert_strip(
        lived(world, 0, luck=luck),
        UNSOLVED_BY_MAIL
        + """
        20   sent_on
        23   switched dialled picked_up queued answered identifying
        24   explaining
        26   talking
        36   unsolved left_agent call_ended
        96   switched wrote
        104  sent filed taken_up worked_on
        114  replied
        116  read solved
        """,
    )


def test_nobody_writes_while_he_sleeps():
    """Half an hour after eight he writes; the line opens at nine only, which is nothing to him."""
    world = written(
        population={"awake": "mon-sun 08:00-22:00", "moved": "30 min"},
        line={"open": ["mon 09:00-20:00"]},
        teams={"office": {"staff": {"mon 00:00-24:00": 1}}},
    )
    assert_strip(
        lived(world, 0),
        """
        0    appeared
        510  wrote
        518  sent filed taken_up worked_on
        528  replied
        530  read solved
        """,
    )
