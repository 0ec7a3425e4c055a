"""Film strips: several questions asked in writing, none of them answered yet, and which of them an answer answers.

The mail goes to the office, the post to a room of its own; each is worked on for 10 min, or looked up in 2. To write
takes 8 min by mail and 1 by post, to read what is answered 2 min and 3.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.history.rows import Event, History
from sim.measures import measure, totals_of
from sim.mechanisms.writing.awaited import AT_MOST
from sim.reading import variant
from sim.world import World
from tests.by_hand import MAIL, PHONE, POST, assert_strip, lived, lived_by_half, through, written
from tests.stories.cased import CALLS, asks_after, cased, hours, steps
from tests.worlds import merged

Said = dict[str, Any]

OFFICES: Said = {
    name: {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 0.0}} for name in ("office", "room")
}
"""Nobody of them solves anything, where nothing else is said."""
MESSAGES: Said = {
    "mail": {"team": "office", "writing": "8 min", "reading": "2 min", "patience": "4 h"},
    "post": {"team": "room", "writing": "1 min", "reading": "3 min", "patience": "2 h"},
}


def of_messages(history: History) -> list[tuple[str, int, str, Any]]:
    """Return the answers, and what waits for them ended in vain: each with its contact, its queue and its amount."""
    names = {int(event): event.name.lower() for event in (Event.REPLIED, Event.REPLIED_LATE, Event.NO_REPLY)}
    queues, rows = history.world.queue_names(), history.rows
    return [
        (names[row["event"]], int(row["contact"]), str(queues[row["team"]]), pytest.approx(float(row["amount"])))
        for row in rows
        if row["event"] in names
    ]


def sums(history: History) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return contacts, answers, minutes waited for them, and waits in vain: by mail, and by post."""
    channels = totals_of(history).channels
    return channels["mail"][:4], channels["post"][:4]


# One asks again, elsewhere --------------------------------------------------------------------------------------------


def changes(mail: Said, post: Said, solves: Said | None = None, attempts: int = 2) -> World:
    """Return a world in which one writes a mail, 15 min after 4 h in vain a post, and then calls."""
    teams = merged(OFFICES, {name: {"solve": {"plain": 1.0}} for name in solves or {}})
    return written(
        teams=teams,
        messages=merged(MESSAGES, {"mail": mail, "post": post}),
        contacts={"switch": 1.0, "then": {"mail": {"post": 1.0}, "post": {"phone": 1.0}}},
        population={"again": {"most_attempts": attempts}},
    )


SOLVED_ON_THE_PHONE = """
    {0} switched dialled picked_up queued answered identifying
    {1} explaining
    {2} talking
    {3} solved left_agent call_ended
"""
WRITES_TWICE = """
    0    appeared wrote=1@office
    8    sent
    248  no_reply=1@office
    263  switched wrote=2@room
"""


def test_the_mail_is_answered_before_the_post_and_each_bears_its_own_wait():
    """The mail, sent at 8, lies 5 h and is answered at 318: 310 min; the post, sent at 264, at 334: 70 min.

    The mail's answer is waited for no longer, and is of no help: he goes on waiting for the post's.
    """
    history = lived(changes({"lies": "5 h"}, {"lies": "1 h"}), 0)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent
        308  filed@office taken_up worked_on=10
        318  replied_late=310@office
        320  read=1@office unsolved
        324  filed@room taken_up worked_on=10
        334  replied=70@room
        337  read=2@room unsolved limit_reached gave_up
        """,
    )
    assert of_messages(history) == [
        ("no_reply", 0, "office", MAIL),
        ("replied_late", 0, "office", 310),
        ("replied", 1, "room", 70),
    ]
    assert sums(history) == ((1, 0, 0, 1), (1, 1, 70, 0))


def test_each_answer_counts_where_its_own_message_was_begun_in_the_horizon():
    """From 15 on: not the mail of minute 0, waited for until 248, but the post of 263. To 255: the other way round."""
    world = variant(changes({"lies": "5 h"}, {"lies": "1 h"}), {"time": {"warm_up": "15 min"}})
    assert sums(lived(world, 0)) == ((0, 0, 0, 0), (1, 1, 70, 0))
    world = variant(changes({"lies": "5 h"}, {"lies": "1 h"}), {"time": {"horizon": "255 min", "follow_up": "1 d"}})
    assert sums(lived(world, 0)) == ((1, 0, 0, 1), (0, 0, 0, 0))


def test_the_post_is_answered_before_the_mail_and_each_bears_its_own_wait():
    """The post at 274, 10 min after it was sent; then the mail at 318, while he is away and would try once more."""
    history = lived(changes({"lies": "5 h"}, {}, attempts=3), 0)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent filed@room taken_up worked_on=10
        274  replied=10@room
        277  read=2@room unsolved
        308  filed@office taken_up worked_on=10
        318  replied_late=310@office
        320  read=1@office unsolved
        """
        + SOLVED_ON_THE_PHONE.format(337, 338, 340, 350),
    )
    assert of_messages(history) == [
        ("no_reply", 0, "office", MAIL),
        ("replied", 1, "room", 10),
        ("replied_late", 0, "office", 310),
    ]
    assert sums(history) == ((1, 0, 0, 1), (1, 1, 10, 0))


def test_an_answer_to_the_mail_that_solves_makes_the_post_needless():
    """The room works on it all the same, for nobody; nobody has waited for it in vain."""
    history = lived(changes({"lies": "5 h"}, {"lies": "1 h"}, solves={"office": 1}), 0)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent
        308  filed@office taken_up worked_on=10
        318  replied_late=310@office
        320  read=1@office solved
        324  filed@room taken_up worked_on=10
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (1, 0, 0, 0))


def test_the_mail_is_answered_and_the_post_is_not():
    """At 318 he hears of the mail; at 384, two hours after it was sent, he waits no longer for the post."""
    history = lived(changes({"lies": "5 h"}, {"answered": 0.0}), 0)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent
        308  filed@office taken_up worked_on=10
        318  replied_late=310@office
        320  read=1@office unsolved
        384  no_reply=2@room limit_reached gave_up
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (1, 0, 0, 1))


def test_what_the_mail_asks_back_is_nothing_to_one_who_waits_for_the_post():
    """The answer to the mail asks for more; he goes on waiting for the post, and then calls as he would have."""
    assert_strip(
        lived(changes({"lies": "5 h", "asks_back": 1.0}, {"lies": "1 h"}, attempts=3), 0),
        WRITES_TWICE
        + """
        264  sent
        308  filed@office taken_up worked_on=10
        318  replied_late=310@office
        320  read=1@office asked_back
        324  filed@room taken_up worked_on=10
        334  replied=70@room
        337  read=2@room unsolved
        """
        + SOLVED_ON_THE_PHONE.format(397, 398, 400, 410),
    )


# One asks again while a case is worked on -----------------------------------------------------------------------------


def asking(takes: str = "12 h", mail: Said | None = None, post: Said | None = None, **more: Any) -> World:
    """Return a world in which a case lies for so long, and one asks by mail, by post or on the telephone."""
    population = {"chasing": hours(without_date=1.0), **more.pop("population", {})}
    return cased(
        cases=steps(third={"takes": takes, "solves": 1.0}),
        teams=more.pop("teams", OFFICES),
        messages=merged(MESSAGES, {"mail": mail or {}, "post": post or {}}),
        contacts={"asking_by": {"phone": 0.2, "mail": 0.4, "post": 0.4}},
        population=population,
        **more,
    )


NEVER = asks_after(30.0)
BY = {PHONE: 0.1, MAIL: 0.4, POST: 0.8}


def asks(*by: int, after: tuple[float, ...]) -> dict[Any, Any]:
    """Set through which channels one asks, contact by contact, and after how many hours since the one before."""
    seen, luck = [PHONE, *by], {(0, which, 0): {purposes.CHANNEL: BY[channel]} for which, channel in enumerate(by, 1)}
    for which, channel in enumerate(seen):
        lived_through = asks_after(after[which]) if which < len(after) else NEVER
        place = (0, through(channel, seen[:which].count(channel)), 0)
        luck[place] = {**luck.get(place, {}), purposes.CHASE: lived_through}
    return luck


BY_MAIL_AND_POST = asks(MAIL, POST, after=(0.5, 0.5))
"""He asks by mail at 43 and sends it at 51; half an hour later, at 81, by post, and sends it at 82."""
ASKS_BOTH = """
    13   case_opened step_begun=720
    43   switched chased wrote=1@office
    51   sent
    81   switched chased wrote=2@room
    82   sent
"""
ENDS = "733  case_closed=1 case_answered solved"


def test_two_questions_are_answered_in_the_order_in_which_they_were_asked():
    """The mail after 60 min and 2 to look it up, the post after 90 and 2."""
    history = lived_by_half(asking(mail={"lies": "60 min"}, post={"lies": "90 min"}), 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS
        + ASKS_BOTH
        + f"""
        111  filed@office taken_up worked_on=2
        113  replied=62@office
        115  read=1@office
        172  filed@room taken_up worked_on=2
        174  replied=92@room
        177  read=2@room
        {ENDS}
        """,
    )
    assert of_messages(history) == [("replied", 1, "office", 62), ("replied", 2, "room", 92)]
    assert sums(history) == ((1, 1, 62, 0), (1, 1, 92, 0))


def test_two_questions_are_answered_in_the_other_order():
    """The post at 84, the mail at 173: neither wait is that of the other."""
    history = lived_by_half(asking(mail={"lies": "2 h"}), 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS
        + ASKS_BOTH
        + f"""
        82   filed@room taken_up worked_on=2
        84   replied=2@room
        87   read=2@room
        171  filed@office taken_up worked_on=2
        173  replied=122@office
        175  read=1@office
        {ENDS}
        """,
    )
    assert of_messages(history) == [("replied", 2, "room", 2), ("replied", 1, "office", 122)]
    assert sums(history) == ((1, 1, 122, 0), (1, 1, 2, 0))


def test_of_two_questions_the_first_is_never_answered():
    """At 291, 4 h after it was sent, he waits no longer for the mail's answer; the post's has come long before."""
    history = lived_by_half(asking(mail={"answered": 0.0}), 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS
        + ASKS_BOTH
        + f"""
        82   filed@room taken_up worked_on=2
        84   replied=2@room
        87   read=2@room
        291  no_reply=1@office
        {ENDS}
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (1, 1, 2, 0))


def test_of_two_questions_the_first_alone_is_answered():
    """The mail's answer comes at 113; for the post he waits until 202, two hours after it was sent, and in vain."""
    history = lived_by_half(asking(mail={"lies": "60 min"}, post={"answered": 0.0}), 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS
        + ASKS_BOTH
        + f"""
        111  filed@office taken_up worked_on=2
        113  replied=62@office
        115  read=1@office
        202  no_reply=2@room
        {ENDS}
        """,
    )
    assert sums(history) == ((1, 1, 62, 0), (1, 0, 0, 1))


def test_of_two_questions_the_second_is_never_answered_and_the_first_one_late():
    """For the post he waits until 202, for the mail until 291: its answer comes at 413, which is late."""
    world = asking(mail={"lies": "6 h"}, post={"answered": 0.0})
    history = lived_by_half(world, 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS
        + ASKS_BOTH
        + f"""
        202  no_reply=2@room
        291  no_reply=1@office
        411  filed@office taken_up worked_on=2
        413  replied_late=362@office
        415  read=1@office
        {ENDS}
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (1, 0, 0, 1))


def test_what_others_can_read_stays_unanswered_though_he_has_written_otherwise_since():
    """The mail can be read by others, the post cannot."""
    both = {"answered": 0.0}
    history = lived_by_half(asking(mail={**both, "public": True}, post=both), 0, luck=BY_MAIL_AND_POST)
    assert_strip(
        history,
        CALLS + ASKS_BOTH.replace("51   sent", "51   sent posted") + f"202 no_reply=2\n 291 no_reply=1\n {ENDS}",
    )
    assert measure(history)["unanswered_posts_per_problem"] == (1, 1)


def test_answers_that_come_while_he_is_on_the_telephone_are_all_read():
    """He calls at 112 and is on the telephone until 117: the mail is answered at 113, the post at 114.

    The mail's is read first, and that of the post, which came last, at 119.
    """
    world = asking(mail={"lies": "60 min"}, post={"lies": "30 min"})
    luck = asks(MAIL, POST, PHONE, after=(0.5, 0.5, 0.5))
    assert_strip(
        lived_by_half(world, 0, luck=luck),
        CALLS
        + ASKS_BOTH
        + f"""
        111  filed@office taken_up worked_on=2
        112  switched chased dialled picked_up queued answered identifying
        113  explaining
        115  status_told
        117  left_agent
        112  filed@room taken_up worked_on=2
        117  call_ended replied=66@office
        119  read=1@office
        119  replied=37@room
        122  read=2@room
        {ENDS}
        """,
    )


def test_an_answer_that_comes_after_the_end_of_the_case_is_read_before_it_is_heard_of():
    """He calls at 104 and is on the telephone until 109: the case ends at 105, the post is answered at 106."""
    world = asking("92 min", post={"lies": "60 min"})
    assert_strip(
        lived_by_half(world, 0, luck=asks(POST, PHONE, after=(0.5, 1.0))),
        CALLS
        + """
        13   case_opened step_begun=92
        43   switched chased wrote=2@room
        44   sent
        104  switched chased dialled picked_up queued answered identifying
        105  explaining
        107  status_told
        109  left_agent
        104  filed@room taken_up worked_on=2
        105  case_closed=1
        109  call_ended replied=65@room
        112  read=2@room
        112  case_answered solved
        """,
    )


def test_more_answers_than_eight_are_waited_for_by_nobody():
    """He writes a post every hour: when the ninth is sent he gives up the first, which nobody would have answered."""
    many = AT_MOST + 1
    world = asking("24 h", post={"answered": 0.0, "patience": "none"})
    history = lived_by_half(world, 0, luck=asks(*[POST] * many, after=(1.0,) * many))
    sent = [13 + 60 * which + which for which in range(1, many + 1)]
    strip = "".join(
        f"{at - 1} {'switched ' if which == 0 else ''}chased wrote=2\n {at} sent\n" for which, at in enumerate(sent)
    )
    assert_strip(
        history,
        CALLS + "13 case_opened step_begun=1440\n" + strip + f"{sent[-1]} no_reply=2@room\n 1453 {ENDS[5:]}",
    )
    assert of_messages(history) == [("no_reply", 1, "room", POST)]
    assert sums(history)[1] == (many, 0, 0, 1)


def test_an_answer_that_is_due_before_he_can_call_is_in_vain_then():
    """He would call at 81, when the line is closed until Tuesday: at 291 he waits no longer for the mail's answer.

    It comes at 413, late, and changes nothing.
    """
    world = asking(
        "48 h",
        mail={"lies": "6 h"},
        teams=merged(OFFICES, {"office": {"staff": {"mon-sun 00:00-24:00": 1}}}),
        line={"open": ["mon 00:00-01:00", "tue 00:00-24:00"]},
        population={"moved": "0 min"},
    )
    history = lived_by_half(world, 0, luck=asks(MAIL, PHONE, after=(0.5, 0.5)))
    assert_strip(
        history,
        CALLS
        + """
        13    case_opened step_begun=2880
        43    switched chased wrote=1
        51    sent
        291   no_reply=1@office
        411   filed@office taken_up worked_on=2
        413   replied_late=362@office
        415   read=1
        1440  switched chased dialled picked_up queued answered identifying
        1441  explaining
        1443  status_told
        1445  left_agent call_ended
        2893  case_closed=1 case_answered solved
        """,
    )
    assert of_messages(history) == [("no_reply", 1, "office", MAIL), ("replied_late", 1, "office", 362)]
    assert sums(history) == ((1, 0, 0, 1), (0, 0, 0, 0))


def test_an_answer_that_comes_before_he_can_call_is_in_time():
    """He would call at 81, when the line is closed until Tuesday: at 113 he reads the answer to the mail, sent at 51.

    So nobody waits in vain for it at 291.
    """
    world = asking(
        "48 h",
        mail={"lies": "60 min"},
        teams=merged(OFFICES, {"office": {"staff": {"mon-sun 00:00-24:00": 1}}}),
        line={"open": ["mon 00:00-01:00", "tue 00:00-24:00"]},
        population={"moved": "0 min"},
    )
    history = lived_by_half(world, 0, luck=asks(MAIL, PHONE, after=(0.5, 0.5)))
    assert_strip(
        history,
        CALLS
        + """
        13    case_opened step_begun=2880
        43    switched chased wrote=1
        51    sent
        111   filed@office taken_up worked_on=2
        113   replied=62@office
        115   read=1
        1440  switched chased dialled picked_up queued answered identifying
        1441  explaining
        1443  status_told
        1445  left_agent call_ended
        2893  case_closed=1 case_answered solved
        """,
    )
    assert sums(history) == ((1, 1, 62, 0), (0, 0, 0, 0))


def test_of_two_answers_that_are_due_together_the_earlier_message_is_given_up_first():
    """Mail and post are waited for until 291: 240 min from 51 on, and 209 from 82."""
    world = asking(mail={"answered": 0.0}, post={"answered": 0.0, "patience": "209 min"})
    assert_strip(
        lived_by_half(world, 0, luck=BY_MAIL_AND_POST),
        CALLS + ASKS_BOTH + f"291 no_reply=1@office no_reply=2@room\n {ENDS}",
    )


def test_answers_about_a_case_that_is_over_are_waited_for_no_longer():
    """It is closed, in vain, at 133; then he writes a new mail, and what is said of the old case is late."""
    world = cased(
        cases=steps(third={"takes": "2 h"}),
        teams=merged(OFFICES, {"office": {"solve": {"plain": 1.0}}}),
        messages=merged(MESSAGES, {"mail": {"answered": 1.0}, "post": {"lies": "2 h"}}),
        contacts={"asking_by": {"post": 1.0}, "switch": 1.0, "then": {"post": {"mail": 1.0}}},
        population={"chasing": hours(without_date=1.0), "again": {"after_unsolved": "1 h"}},
    )
    history = lived_by_half(world, 0, luck=asks(POST, after=(0.5,)))
    assert_strip(
        history,
        CALLS
        + """
        13   case_opened step_begun=120
        43   switched chased wrote=2
        44   sent
        133  case_closed=0 case_answered unsolved
        164  filed@room taken_up worked_on=2
        166  replied_late=122@room
        169  read=2 unsolved
        193  switched wrote=1
        201  sent filed taken_up worked_on=10
        211  replied=10@office
        213  read=1 solved
        """,
    )
    assert sums(history) == ((1, 1, 10, 0), (1, 0, 0, 0))


# What is told of a problem that has been solved since -----------------------------------------------------------------

RECURS = {"appeared": 0, "recurs": True}
AGAIN: Said = {"follow_through": {"recurrence": True, "recurs_after": "1 h", "root_cause": 0.6}}
CHANGES_ONCE = {(0, 0, 0): {purposes.ROOT_CAUSE: 0.7}, (0, 1, 0): {purposes.SWITCH: 0.1}}
"""After the first contact; and the cause is found when it has struck for the second time."""


def test_what_was_asked_of_the_problem_before_is_no_answer_to_the_one_that_came_anew():
    """The first post solves it at 307, and it is there again at 367.

    He waits for the second post when the mail is answered, at 388, and hears nothing of it.
    """
    world = written(
        levers=AGAIN,
        teams=merged(OFFICES, {"room": {"solve": {"plain": 1.0}}}),
        messages=merged(MESSAGES, {"mail": {"lies": "370 min"}, "post": {"lies": "30 min"}}),
        contacts={"switch": 0.4, "then": {"mail": {"post": 1.0}}},
    )
    history = lived_by_half(world, RECURS, luck=CHANGES_ONCE)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent
        294  filed@room taken_up worked_on=10
        304  replied=40
        307  read=2 solved
        367  recurred wrote=2
        368  sent
        378  filed@office taken_up worked_on=10
        398  filed@room taken_up worked_on=10
        408  replied=40
        411  read=2 solved cause_found
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (2, 2, 80, 0))


def test_what_was_asked_of_the_problem_before_is_waited_for_no_longer():
    """The mail's answer solves it at 320, before that of the post, which nobody answers; it is there again at 380.

    For the second post he waits two hours from 381 on; the first, sent at 264, is nothing to him at 384.
    """
    world = written(
        levers=AGAIN,
        teams=merged(OFFICES, {"office": {"solve": {"plain": 1.0}}}),
        messages=merged(MESSAGES, {"mail": {"lies": "5 h"}, "post": {"answered": 0.0}}),
        contacts={"switch": 0.4, "then": {"mail": {"post": 1.0}}},
        population={"again": {"most_attempts": 3}},
    )
    history = lived_by_half(world, RECURS, luck=CHANGES_ONCE)
    assert_strip(
        history,
        WRITES_TWICE
        + """
        264  sent
        308  filed@office taken_up worked_on=10
        318  replied_late=310
        320  read=1 solved
        380  recurred wrote=2
        381  sent
        501  no_reply=2 limit_reached gave_up
        """,
    )
    assert sums(history) == ((1, 0, 0, 1), (2, 0, 0, 1))


def test_the_case_of_the_problem_before_is_not_that_of_the_one_that_came_anew():
    """The mail's answer solves it at 370, while the case opened at 276 is worked on; it is there again at 430.

    Another case is opened at 443, with no word of the first, which is closed at 576 for nobody; the second at 743.
    """
    world = cased(
        cases=steps(third={"takes": "5 h", "solves": 1.0}),
        levers=AGAIN,
        teams=merged(OFFICES, {"office": {"solve": {"plain": 1.0}}}),
        messages={"mail": {**MESSAGES["mail"], "lies": "350 min"}},
        contacts={"first": {"mail": 1.0}, "switch": 0.4, "then": {"mail": {"phone": 1.0}}},
        population={"again": {"after_unanswered": "15 min"}},
    )
    assert_strip(
        lived_by_half(world, RECURS, luck=CHANGES_ONCE),
        """
        0    appeared wrote=1
        8    sent
        248  no_reply
        263  switched dialled picked_up queued answered identifying
        264  explaining
        266  talking
        276  ticketed left_agent call_ended case_opened step_begun=300
        358  filed@office taken_up worked_on=10
        368  replied_late=360
        370  read=1 solved
        430  recurred dialled picked_up queued answered identifying
        431  explaining
        433  talking
        443  ticketed left_agent call_ended case_opened step_begun=300
        576  case_closed=1
        743  case_closed=1 case_answered solved cause_found
        """,
    )
