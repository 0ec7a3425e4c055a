"""Film strips: how soon a customer asks how his case stands, what he was promised, and when he gives it up.

Luck is set so that he asks once he has lived through so many contacts (`asks_after`): at a contact an hour, 0.5 of
them is half an hour. A third party has the case, for as long as is said.
"""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.measures import measure, totals_of
from sim.world import World
from tests.by_hand import PHONE, assert_strip, lived, lived_by_half, through
from tests.stories.cased import CALLS, asks_after, cased, hours, steps


def waits(*, takes: str, asks: dict[str, Any] | None = None, **changes: Any) -> World:
    """Return a world in which a third party has the case for so long and then has solved the problem."""
    population = {**changes.pop("population", {}), "chasing": asks}
    return cased(cases=steps(third={"takes": takes, "solves": 1.0}), population=population, **changes)


def asking(*lived_through: float, **more: Any) -> dict[Any, Any]:
    """Set when one asks, contact by contact; afterwards not before a hundred contacts have been lived through."""
    return {
        (0, through(PHONE, which), 0): {purposes.CHASE: asks_after(much), **more.get(f"in_{which}", {})}
        for which, much in enumerate([*lived_through, 30.0])
    }


def asks(at: int) -> str:
    """Return the call in which he asks: it takes 5 min, 2 of them to look it up."""
    return f"""
        {at} chased dialled picked_up queued answered identifying
        {at + 1} explaining
        {at + 3} status_told
        {at + 5} left_agent call_ended
    """


ENDS = "case_closed=1 case_answered solved"


def test_nobody_asks_where_nothing_is_said_of_it():
    assert_strip(
        lived(waits(takes="5 d"), 0),
        CALLS + f"13 case_opened step_begun=7200\n 7213 {ENDS}",
    )


def test_he_asks_where_no_date_was_promised():
    """Once an hour: after half of it, then after a quarter of an hour from the end of that call on."""
    assert_strip(
        lived_by_half(waits(takes="120 min", asks=hours(without_date=1.0)), 0, luck=asking(0.5, 0.25)),
        CALLS + "13 case_opened step_begun=120" + asks(43) + asks(63) + f"133 {ENDS}",
    )


def test_nobody_asks_for_a_while():
    """The first hour, however often afterwards: 73 + 15."""
    world = waits(takes="120 min", asks={**hours(without_date=1.0), "after": "1 h"})
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.25)),
        CALLS + "13 case_opened step_begun=120" + asks(88) + f"133 {ENDS}",
    )


ANOTHER_DATE: dict[str, Any] = {"levers": {"follow_through": {"promise": {"within": "1 h", "renewed": 1.0}}}}
WITHIN_AN_HOUR: dict[str, Any] = {"levers": {"follow_through": {"promise": {"within": "1 h", "renewed": 0.5}}}}


def test_a_promise_is_kept():
    """Promised by 73 and done by 72."""
    assert_strip(
        lived(waits(takes="59 min", **WITHIN_AN_HOUR), 0),
        CALLS + f"13 case_opened promised=60 step_begun=59\n 72 {ENDS}",
    )


def test_a_promise_is_broken_and_nobody_asks():
    assert_strip(
        lived(waits(takes="61 min", **WITHIN_AN_HOUR), 0),
        CALLS + f"13 case_opened promised=60 step_begun=61\n 73 promise_broken\n 74 {ENDS}",
    )


def test_the_rate_of_asking_changes_when_the_promise_is_broken():
    """Half a contact an hour for 60 min is 0.5 of the 0.9; the other 0.4 take 12 min at two an hour: 73 + 12."""
    world = waits(takes="120 min", asks=hours(before_date=0.5, after_broken=2.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.9)),
        CALLS + "13 case_opened promised=60 step_begun=120\n 73 promise_broken" + asks(85) + f"133 {ENDS}",
    )


def test_he_asks_before_the_date():
    """A quarter of a contact at half a contact an hour is half an hour; the second time the promise breaks first.

    From 48 to 73 he lives through 25/120 of a contact, and through the other 0.2 in 6 min at two an hour.
    """
    world = waits(takes="120 min", asks=hours(before_date=0.5, after_broken=2.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.25, 25 / 120 + 0.2)),
        CALLS + "13 case_opened promised=60 step_begun=120" + asks(43) + "73 promise_broken" + asks(79) + f"133 {ENDS}",
    )


def test_the_date_comes_while_nobody_asks_yet():
    """It is broken at 73, and he begins to think of asking at 93: half an hour at once an hour."""
    world = waits(takes="120 min", asks={**hours(after_broken=1.0), "after": "80 min"}, **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + "13 case_opened promised=60 step_begun=120\n 73 promise_broken" + asks(123) + f"133 {ENDS}",
    )


def test_another_date_is_promised_to_who_asks_after_the_date():
    """He asks at 103, is put off by an hour to 168, and asks no more before that; it is broken again."""
    world = waits(takes="180 min", asks=hours(after_broken=1.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5, 30.0, in_1={purposes.RENEWED: 0.1})),
        CALLS
        + "13 case_opened promised=60 step_begun=180\n 73 promise_broken"
        + asks(103)
        + f"108 promise_reset=60\n 168 promise_broken\n 193 {ENDS}",
    )


def test_no_other_date_is_promised_to_half_of_them():
    """He goes on asking as often as before."""
    world = waits(takes="180 min", asks=hours(after_broken=1.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5, 0.5, in_1={purposes.RENEWED: 0.9}, in_2={purposes.RENEWED: 0.9})),
        CALLS + "13 case_opened promised=60 step_begun=180\n 73 promise_broken" + asks(103) + asks(138) + f"193 {ENDS}",
    )


def test_who_asks_before_the_date_is_put_off_by_nobody():
    world = waits(takes="50 min", asks=hours(before_date=1.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5, 30.0, in_1={purposes.RENEWED: 0.1})),
        CALLS + "13 case_opened promised=60 step_begun=50" + asks(43) + f"63 {ENDS}",
    )


def test_a_date_that_comes_during_the_call_is_over_when_it_ends_and_another_one_is_promised():
    """He asks from 70 to 75."""
    world = waits(takes="120 min", asks=hours(before_date=1.0), **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(57 / 60, 30.0, in_1={purposes.RENEWED: 0.1})),
        CALLS
        + "13 case_opened promised=60 step_begun=120"
        + asks(70)
        + f"75 promise_broken promise_reset=60\n 133 {ENDS}",
    )


def test_a_date_that_passes_while_he_is_busy_is_broken_whatever_he_is_told_then():
    """Asking from 70 to 75, he learns that it was solved at 74, a minute late."""
    world = waits(takes="61 min", asks=hours(before_date=1.0), **WITHIN_AN_HOUR)
    call = asks(70).replace("left_agent call_ended", "left_agent\n 74 case_closed=1\n 75 call_ended")
    assert_strip(
        lived_by_half(world, 0, luck=asking(57 / 60)),
        CALLS + "13 case_opened promised=60 step_begun=61" + call + "75 promise_broken case_answered solved",
    )


def test_who_registers_a_forgotten_case_promises_anew():
    """Asked at 43 he registers it; the hour runs from 48."""
    case = steps(third={"takes": "70 min", "solves": 1.0})
    case["repair"]["registered"] = 0.5
    world = cased(cases=case, population={"chasing": hours(before_date=1.0)}, **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5, 30.0, in_0={purposes.REGISTERED: 0.9})),
        CALLS
        + "13 case_forgotten promised=60"
        + asks(43)
        + f"48 case_opened promise_reset=60 step_begun=70\n 108 promise_broken\n 118 {ENDS}",
    )


NEWS: dict[str, Any] = {"levers": {"follow_through": {"news": {"cost": 0.2}}}}


def test_who_is_told_by_itself_asks_less_often():
    """Told at 13, as the step begins: half a contact at half a contact an hour takes an hour."""
    world = waits(takes="120 min", asks=hours(without_date=1.0, informed=0.5), **NEWS)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + "13 case_opened news_sent=1/5 step_begun=120" + asks(73) + f"133 {ENDS}",
    )


def test_he_is_told_at_every_step():
    """Which changes nothing more."""
    case = steps(lies={"takes": "30 min"}, third={"takes": "90 min", "solves": 1.0})
    world = cased(cases=case, population={"chasing": hours(without_date=1.0, informed=0.5)}, **NEWS)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + "13 case_opened news_sent step_begun=30\n 43 news_sent step_begun=90" + asks(73) + f"133 {ENDS}",
    )


def test_news_help_no_longer_when_a_promise_is_broken():
    """An hour at half a contact an hour, then 0.5 of a contact at two an hour: 73 + 15."""
    world = waits(
        takes="120 min",
        asks=hours(before_date=1.0, after_broken=2.0, informed=0.5),
        levers={"follow_through": {**NEWS["levers"]["follow_through"], "promise": {"within": "1 h"}}},
    )
    assert_strip(
        lived_by_half(world, 0, luck=asking(1.0)),
        CALLS
        + "13 case_opened promised=60 news_sent step_begun=120\n 73 promise_broken"
        + asks(88)
        + f"93 promise_reset=60\n 133 {ENDS}",
    )


def test_the_customer_of_a_forgotten_case_is_told_nothing():
    """And asks as often as without news; once it is registered he is told."""
    case = steps(third={"takes": "70 min", "solves": 1.0})
    case["repair"]["registered"] = 0.5
    world = cased(cases=case, population={"chasing": hours(without_date=1.0, informed=0.5)}, **NEWS)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5, 0.5, in_0={purposes.REGISTERED: 0.9})),
        CALLS
        + "13 case_forgotten"
        + asks(43)
        + "48 case_opened news_sent step_begun=70"
        + asks(108).replace("left_agent call_ended", f"left_agent call_ended\n 118 {ENDS}"),
    )


# Whom one asks --------------------------------------------------------------------------------------------------------

MAIL: dict[str, Any] = {
    "teams": {"office": {"staff": 1, "talk": "10 min", "wage": 0}},
    "messages": {"mail": {"team": "office", "patience": "1 h"}},
    "contacts": {"asking_by": {"phone": 0.3, "mail": 0.7}},
}
BY_MAIL = {(0, 1, 0): {purposes.CHANNEL: 0.5}}
BY_PHONE = {(0, 1, 0): {purposes.CHANNEL: 0.2}}


def test_some_ask_by_mail():
    """Seven in ten: the office looks it up in 2 min, and nobody asks back."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "asks_back": 1.0}}}
    world = waits(takes="120 min", asks=hours(without_date=1.0), **mail)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(9.0)}}),
        CALLS
        + f"""
        13   case_opened step_begun=120
        43   switched chased wrote
        51   sent filed@office taken_up worked_on=2
        53   replied=2
        55   read
        133  {ENDS}
        """,
    )


def test_some_ask_where_nobody_can_look_it_up():
    """An account that sees no cases answers, and has nothing to say of it."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "sees_cases": False}}}
    world = waits(takes="120 min", asks=hours(without_date=1.0), **mail)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(9.0)}}),
        CALLS
        + f"""
        13   case_opened step_begun=120
        43   switched chased wrote
        51   sent filed@office taken_up worked_on=2
        53   replied=2
        55   read unsolved
        133  {ENDS}
        """,
    )


def test_who_is_not_answered_goes_on_waiting_for_the_case():
    """His mail is lost: after an hour he waits no longer for it, and hears of the case all the same."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "answered": 0.0}}}
    world = waits(takes="120 min", asks=hours(without_date=1.0), **mail)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(9.0)}}),
        CALLS
        + f"""
        13   case_opened step_begun=120
        43   switched chased wrote
        51   sent
        111  no_reply
        133  {ENDS}
        """,
    )


def test_who_calls_before_he_waits_no_longer_was_left_unanswered_by_mail():
    """He posts at 43 and calls at 66: at 111 it is the post, which others can read, that nobody has answered."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "answered": 0.0, "public": True}}}
    luck = asking(0.5, in_1=BY_MAIL[0, 1, 0]) | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(0.25)}}
    world = waits(takes="5 h", asks=hours(without_date=1.0), **mail)
    history = lived_by_half(world, 0, luck=luck | {(0, 2, 0): {purposes.CHANNEL: 0.2}})
    assert_strip(
        history,
        CALLS
        + f"""
        13   case_opened step_begun=300
        43   switched chased wrote
        51   sent posted
        66   switched chased dialled picked_up queued answered identifying
        67   explaining
        69   status_told
        71   left_agent call_ended
        111  no_reply
        313  {ENDS}
        """,
    )
    assert measure(history)["unanswered_posts_per_problem"] == (1, 1)
    through = totals_of(history).channels
    assert (through["phone"], through["mail"]) == ((2, 0, 0, 0, 0), (1, 0, 0, 1, 0))


def test_a_case_is_answered_while_he_waits_for_an_answer_to_his_mail():
    """Which the office will look up later, for nobody."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "lies": "30 min"}}}
    world = waits(takes="1 h", asks=hours(without_date=1.0), **mail)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL),
        CALLS
        + f"""
        13   case_opened step_begun=60
        43   switched chased wrote
        51   sent
        73   {ENDS}
        81   filed@office taken_up worked_on=2
        """,
    )


def test_a_date_that_passes_while_he_waits_for_an_answer_is_broken():
    """He has asked by mail before the date, at 43; told at 83, ten minutes late, he needs no answer any more."""
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "lies": "60 min"}}}
    world = waits(takes="70 min", asks=hours(before_date=1.0), **mail, **WITHIN_AN_HOUR)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL),
        CALLS
        + """
        13   case_opened promised=60 step_begun=70
        43   switched chased wrote
        51   sent
        73   promise_broken
        83   case_closed=1 case_answered solved
        111  filed@office taken_up worked_on=2
        """,
    )


def test_an_answer_in_time_brings_a_new_date_in_place_of_the_broken_one():
    """Broken at 73; at two an hour half of it is a quarter of an hour; the new date, from 100 on, is broken too."""
    world = waits(takes="4 h", asks=hours(after_broken=2.0), **MAIL, **ANOTHER_DATE)
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5) | BY_MAIL | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(9.0)}}),
        CALLS
        + f"""
        13   case_opened promised=60 step_begun=240
        73   promise_broken
        88   switched chased wrote
        96   sent filed@office taken_up worked_on=2
        98   replied=2
        100  read promise_reset=60
        160  promise_broken
        253  {ENDS}
        """,
    )


def test_the_clock_cuts_the_call_while_it_is_looked_up_how_it_stands():
    """Twenty minutes from 43 on; before he asks again the case is over."""
    case = steps(third={"takes": "52 min", "solves": 1.0})
    case["repair"]["asking"] = "1 h"
    world = cased(cases=case, population={"chasing": hours(without_date=1.0)}, levers={"time": {"cut_after": "20 min"}})
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS
        + f"""
        13  case_opened step_begun=52
        43  chased dialled picked_up queued answered identifying
        44  explaining
        46  status_told
        63  cut left_agent call_ended
        65  {ENDS}
        """,
    )


def test_others_ask_by_telephone():
    world = waits(takes="1 h", asks=hours(without_date=1.0), **MAIL)
    assert_strip(
        lived_by_half(world, 0, luck={**asking(0.5), **BY_PHONE}),
        CALLS + "13 case_opened step_begun=60" + asks(43) + f"73 {ENDS}",
    )


def test_a_forgotten_case_is_registered_by_mail():
    """The office finds out at 53 that nobody has registered it."""
    case = steps(third={"takes": "1 h", "solves": 1.0})
    case["repair"]["registered"] = 0.5
    world = cased(cases=case, population={"chasing": hours(without_date=1.0)}, **MAIL)
    luck = asking(0.5, in_0={purposes.REGISTERED: 0.9}) | BY_MAIL
    assert_strip(
        lived_by_half(world, 0, luck=luck | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(9.0)}}),
        CALLS
        + f"""
        13   case_forgotten
        43   switched chased wrote
        51   sent filed@office taken_up worked_on=2
        53   replied=2
        55   read case_opened step_begun=60
        115  {ENDS}
        """,
    )


def test_an_answer_that_registers_the_case_late_leaves_him_as_near_to_asking_as_he_was():
    """He has waited for it in vain from 51 to 111; two hours after 51 he asks, though he has learnt of it at 141."""
    case = steps(third={"takes": "1 h", "solves": 1.0})
    case["repair"]["registered"] = 0.5
    mail = {**MAIL, "messages": {"mail": {**MAIL["messages"]["mail"], "lies": "88 min"}}}
    world = cased(cases=case, population={"chasing": hours(without_date=1.0)}, **mail)
    luck = asking(0.5, 30.0, in_0={purposes.REGISTERED: 0.9}) | BY_MAIL | {(0, 2, 0): {purposes.CHANNEL: 0.2}}
    assert_strip(
        lived_by_half(world, 0, luck=luck | {(0, 1 << 12, 0): {purposes.CHASE: asks_after(2.0)}}),
        CALLS
        + """
        13   case_forgotten
        43   switched chased wrote
        51   sent
        111  no_reply
        139  filed@office taken_up worked_on=2
        141  replied_late=90
        143  read case_opened step_begun=60
        """
        + asks(171).replace("chased", "switched chased")
        + f"203 {ENDS}",
    )


# The end --------------------------------------------------------------------------------------------------------------


def with_patience(patience: str) -> dict[str, Any]:
    """Return the case of a third party who has it for 4 h, and for which one waits so long."""
    case = steps(third={"takes": "4 h", "solves": 1.0})
    case["repair"]["patience"] = patience
    return case


def test_who_has_waited_for_the_solution_long_enough_gives_up():
    """Two hours after 13; the firm goes on working."""
    assert_strip(
        lived(cased(cases=with_patience("2 h")), 0),
        CALLS + "13 case_opened step_begun=240\n 133 gave_up\n 253 case_closed=1",
    )


def test_whose_patience_ends_while_he_asks_is_done_with_the_call_first():
    """At 48, when it ended at 45."""
    world = cased(cases=with_patience("32 min"), population={"chasing": hours(without_date=1.0)})
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + "13 case_opened step_begun=240" + asks(43) + "48 gave_up\n 253 case_closed=1",
    )


def test_who_has_tried_as_often_as_anyone_asks_no_more_and_goes_on_waiting():
    """He would have asked at 43."""
    world = waits(takes="2 h", asks=hours(without_date=1.0), population={"again": {"most_attempts": 1}})
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + f"13 case_opened step_begun=120\n 43 limit_reached\n 133 {ENDS}",
    )


def test_news_are_nothing_to_who_may_ask_no_more():
    case = steps(lies={"takes": "1 h"}, third={"takes": "1 h", "solves": 1.0})
    world = cased(
        cases=case, population={"chasing": hours(without_date=1.0, informed=1.0), "again": {"most_attempts": 1}}, **NEWS
    )
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS + f"13 case_opened news_sent step_begun=60\n 43 limit_reached\n 73 news_sent step_begun=60\n 133 {ENDS}",
    )


def test_an_attempt_to_ask_that_fails_is_no_failed_attempt_at_the_problem():
    """He asks in vain, there is nobody at the front at that time, and goes on waiting though he never persists."""
    world = waits(
        takes="2 h",
        asks=hours(without_date=1.0),
        population={"patience": "10 min", "again": {"persistence": 0.0}},
        teams={"front": {"staff": {"mon 00:00-00:30": 1}}},
    )
    assert_strip(
        lived_by_half(world, 0, luck=asking(0.5)),
        CALLS
        + f"""
        13   case_opened step_begun=120
        43   chased dialled picked_up queued
        53   abandoned call_ended
        133  {ENDS}
        """,
    )
