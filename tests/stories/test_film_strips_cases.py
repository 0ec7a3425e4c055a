"""Film strips: a case, which the firm works on step by step while the customer is away."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.mechanisms.state import beside, outcome
from sim.world import World
from tests.by_hand import MAIL, PHONE, assert_strip, case_of, lived, lived_by_half, through, written
from tests.stories.cased import CALLS, ONCE, asks_after, cased, hours, rounds, steps


def after(done: World, *strips: str, luck: Any = None) -> None:
    """Have the strip of one customer be the call and what follows it."""
    assert_strip(lived(done, 0, luck=luck), CALLS + "".join(strips))


def test_a_case_is_opened_worked_on_and_closed_and_the_customer_is_told():
    after(
        cased(),
        """
        13  case_opened step_begun=0 filed@experts taken_up worked_on=20@experts.0
        33  case_closed=1 case_answered solved
        """,
    )


def test_steps_are_gone_through_in_their_order():
    """A third party has it for an hour, then it lies for half an hour, then the expert works on it."""
    after(
        cased(cases=steps(third={"takes": "1 h"}, look={"takes": "30 min"})),
        """
        13   case_opened step_begun=60
        73   step_begun=30
        103  filed taken_up worked_on
        123  case_closed=1 case_answered solved
        """,
    )


def test_a_step_takes_some_segments_longer():
    """The only segment there is has its own 90 minutes."""
    after(
        cased(cases=steps(look={"takes": "30 min", "takes_for": {"all": "90 min"}})),
        """
        13   case_opened step_begun=90
        103  filed taken_up worked_on
        123  case_closed=1 case_answered solved
        """,
    )


@pytest.mark.parametrize("luck", [0.2, 0.6])
def test_not_every_case_needs_a_step(luck):
    """The third party is needed in three of ten: in a case without it the expert's is the first step."""
    third = "step_begun=60\n 73" if luck < 0.3 else ""
    ends = 93 if luck < 0.3 else 33
    after(
        cased(cases=steps(third={"takes": "1 h", "share": 0.3}, look={})),
        f"""
        13   case_opened {third} step_begun=0 filed taken_up worked_on
        {ends} case_closed=1 case_answered solved
        """,
        luck={(0, case_of(), 1): {purposes.STEP: luck}},
    )


def test_a_case_of_which_no_step_is_needed_is_closed_at_once():
    """Not even once in two rounds; nothing has solved the problem."""
    luck = {(0, case_of(), leg): {purposes.STEP: 0.9} for leg in (1, 2)}
    case = rounds(2, third={"share": 0.5})
    after(
        cased(cases=case, population=ONCE),
        """
        13   case_opened case_closed=0 case_answered unsolved limit_reached gave_up
        """,
        luck=luck,
    )


def test_the_problem_is_solved_in_the_middle_and_the_rest_is_left_out():
    """A third party solves it; no expert is asked."""
    after(
        cased(cases=steps(third={"takes": "1 h", "solves": 0.5}, look={})),
        """
        13   case_opened step_begun=60
        73   case_closed=1 case_answered solved
        """,
        luck={(0, case_of(), 1): {purposes.SOLVE: 0.3}},
    )


def test_a_step_has_chances_of_its_own_in_place_of_the_team_s():
    """By class, in which the step of the expert who solves everything solves nothing."""
    after(
        cased(cases=steps(look={"solves": {"plain": 0.0}}), population=ONCE),
        """
        13   case_opened step_begun=0 filed taken_up worked_on
        33   case_closed=0 case_answered unsolved limit_reached gave_up
        """,
    )


def test_a_case_goes_round_once_more():
    """The expert solves it at the second try, which has luck of its own."""
    case = rounds(2, third={"takes": "1 h"}, look={})
    after(
        cased(cases=case, teams={"experts": {"solve": {"plain": 0.5}}}),
        """
        13   case_opened step_begun=60
        73   step_begun=0 filed taken_up worked_on
        93   step_begun=60
        153  step_begun=0 filed taken_up worked_on
        173  case_closed=1 case_answered solved
        """,
        luck={(0, case_of(), 2): {purposes.SOLVE: 0.9}, (0, case_of(), 4): {purposes.SOLVE: 0.1}},
    )


def test_a_case_that_did_not_help_is_a_failed_attempt_and_the_next_one_has_luck_of_its_own():
    """He learns at 33 that it is not solved, calls an hour later, and the second case is solved."""
    luck = {(0, case_of(0), 1): {purposes.SOLVE: 0.9}, (0, case_of(1), 1): {purposes.SOLVE: 0.1}}
    after(
        cased(teams={"experts": {"solve": {"plain": 0.5}}}),
        """
        13   case_opened step_begun=0 filed taken_up worked_on
        33   case_closed=0 case_answered unsolved
        93   dialled picked_up queued answered identifying
        94   explaining
        96   talking
        106  ticketed left_agent call_ended case_opened step_begun=0 filed taken_up worked_on
        126  case_closed=1 case_answered solved
        """,
        luck=luck,
    )


def test_cases_wait_for_the_expert():
    """The second customer's, opened at 18, is worked on at 33."""
    history = lived(cased(teams={"front": {"staff": 2}}), 0, 5)
    assert_strip(
        history,
        """
        5   appeared dialled picked_up queued answered identifying
        6   explaining
        8   talking
        18  ticketed left_agent call_ended case_opened step_begun=0 filed
        33  taken_up worked_on
        53  case_closed=1 case_answered solved
        """,
        customer=1,
    )


def test_within_a_case_the_work_is_handed_on_and_no_second_case_is_opened():
    """The first expert is not the right one; the second does not solve it, and the path of the ticket is none here."""
    world = cased(
        teams={
            "experts": {"competent": 0.0, "wrong_talk": 0.5, "solve": {"plain": 0.0}},
            "masters": {"staff": 1, "talk": "30 min", "wage": 0, "solve": {"plain": 0.0}},
        },
        paths={
            "on": {"from": "experts", "to": "masters", "when": "wrong_person"},
            "up": {"from": ["front", "masters"]},
        },
        population=ONCE,
    )
    after(
        world,
        """
        13   case_opened step_begun=0 filed@experts taken_up worked_on=10@experts.0
        23   handed_on@experts filed@masters taken_up worked_on=30@masters.0
        53   case_closed=0 case_answered unsolved limit_reached gave_up
        """,
    )


def test_a_case_lies_until_the_problem_can_be_solved():
    """The document is there 2 h after it was missed: nobody could help before, and the expert may begin at 120."""
    world = cased(
        population={"reasons": {"any": {"share": 1.0, "ready": "2 h"}}},
        teams={"front": {"solve": {"plain": 1.0}}},
        cases=steps(look={"takes": "30 min", "until_ready": True}),
    )
    assert_strip(
        lived(world, 0),
        CALLS.replace("ticketed", "not_ready ticketed")
        + """
        13   case_opened step_begun=107
        120  filed taken_up worked_on
        140  case_closed=1 case_answered solved
        """,
    )


def test_a_case_that_lies_longer_than_the_problem_needs_lies_for_that_long():
    """It can be solved at 20; the step takes half an hour."""
    world = cased(
        population={"reasons": {"any": {"share": 1.0, "ready": "20 min"}}},
        cases=steps(look={"takes": "30 min", "until_ready": True}),
    )
    assert_strip(
        lived(world, 0),
        CALLS.replace("ticketed", "not_ready ticketed")
        + """
        13   case_opened step_begun=30
        43   filed taken_up worked_on
        63   case_closed=1 case_answered solved
        """,
    )


def test_work_that_ends_before_the_problem_can_be_solved_solves_nothing():
    """Neither the third party's, at 73, nor the expert's, at 93; the second round, at 173, does."""
    case = rounds(2, third={"takes": "1 h", "solves": 1.0}, look={})
    world = cased(population={"reasons": {"any": {"share": 1.0, "ready": "95 min"}}}, cases=case)
    assert_strip(
        lived(world, 0),
        CALLS.replace("ticketed", "not_ready ticketed")
        + """
        13   case_opened step_begun=60
        73   step_begun=0 filed taken_up worked_on
        93   step_begun=60
        153  case_closed=1 case_answered solved
        """,
    )


def test_a_message_opens_a_case():
    """What the office cannot solve by mail it hands to the experts, with whom it lies; the answer says so."""
    world = cased(
        teams={"office": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 0.0}}},
        messages={"mail": {"team": "office", "patience": "none"}},
        contacts={"first": {"mail": 1.0}},
        paths={"mail": {"from": "office", "to": "experts", "when": "unsolved", "by": "ticket", "case": "other"}},
        cases={"other": {"steps": {"look": {"team": "experts", "takes": "5 min"}}}},
    )
    assert_strip(
        lived(world, 0),
        """
        0   appeared wrote
        8   sent filed@office taken_up worked_on=10@office.0
        18  replied=10
        20  read case_opened step_begun=5
        25  filed@experts taken_up worked_on=20@experts.0
        45  case_closed=1 case_answered solved
        """,
    )


def test_a_gesture_is_granted_with_the_solution():
    """The expert grants the 30 EUR that the front may not, and the customer is told at 33."""
    world = cased(
        levers={"authority": {"limits": {"experts": 30}, "above": "escalate"}},
        paths={"money": {"from": "front", "to": "experts", "when": "above_limit", "by": "ticket", "case": "repair"}},
    )
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 30}),
        CALLS
        + """
        13  case_opened step_begun=0 filed taken_up worked_on
        33  case_closed=1 case_answered granted=30 solved
        """,
    )


# While the customer is elsewhere --------------------------------------------------------------------------------------

HALF_REGISTERED = {"repair": {"registered": 0.5}}


def test_a_forgotten_case_is_registered_when_the_customer_asks():
    """Of the ticket nobody knows anything; an hour later he asks, and the expert begins."""
    world = cased(cases=HALF_REGISTERED, population={"chasing": hours(without_date=1.0)})
    luck = {(0, through(PHONE), 0): {purposes.REGISTERED: 0.9, purposes.CHASE: asks_after(1.0)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck),
        CALLS
        + """
        13  case_forgotten
        73  chased dialled picked_up queued answered@front identifying
        74  explaining
        76  status_told
        78  left_agent call_ended case_opened step_begun=0 filed taken_up worked_on
        98  case_closed=1 case_answered solved
        """,
    )


def test_a_case_is_answered_while_he_asks_how_it_stands():
    """It is closed at 77, and he hears of it when the call is over."""
    world = cased(
        cases=steps(third={"takes": "64 min", "solves": 1.0}), population={"chasing": hours(without_date=1.0)}
    )
    luck = {(0, through(PHONE), 0): {purposes.CHASE: asks_after(1.0)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck),
        CALLS
        + """
        13  case_opened step_begun=64
        73  chased dialled picked_up queued answered identifying
        74  explaining
        76  status_told
        78  left_agent
        77  case_closed=1
        78  call_ended case_answered solved
        """,
    )


def asleep_by_ten(**changes: Any) -> World:
    """Return a world in which a third party has the case until six in the morning, at 1800."""
    return cased(
        population={"awake": "mon-sun 08:00-22:00", "moved": "30 min", "chasing": hours(without_date=0.1)}, **changes
    )


CALLS_AT_EIGHT = """
    488   appeared dialled picked_up queued answered identifying
    489   explaining
    491   talking
    501   ticketed left_agent call_ended case_opened step_begun=1299
"""
ASKS_IN_THE_NIGHT = {purposes.CHASE: asks_after(1.4)}
"""Fourteen hours after 501, at 1341, he would ask, and waits for the morning, half an hour after eight."""


def test_a_case_is_answered_while_the_customer_sleeps():
    """Before he has asked."""
    world = asleep_by_ten(cases=steps(third={"takes": "1299 min", "solves": 1.0}))
    assert_strip(
        lived_by_half(world, 488, luck={(0, through(PHONE), 0): ASKS_IN_THE_NIGHT}),
        CALLS_AT_EIGHT + "1800 case_closed=1 case_answered solved",
    )


def test_a_date_that_passes_in_the_night_is_broken():
    """Promised by 1701; he would ask at 1341, but sleeps, and is told at six, 99 min late."""
    world = cased(
        population={"awake": "mon-sun 08:00-22:00", "moved": "30 min", "chasing": hours(before_date=0.1)},
        cases=steps(third={"takes": "1299 min", "solves": 1.0}),
        levers={"follow_through": {"promise": {"within": "20 h"}}},
    )
    assert_strip(
        lived_by_half(world, 488, luck={(0, through(PHONE), 0): ASKS_IN_THE_NIGHT}),
        CALLS_AT_EIGHT.replace("case_opened", "case_opened promised=1200")
        + "1800 case_closed=1 promise_broken case_answered solved",
    )


def test_who_is_about_to_ask_and_learns_that_it_was_in_vain_calls_about_his_problem():
    """At 1950, when he would have asked how it stands."""
    world = asleep_by_ten(cases=steps(third={"takes": "1299 min"}), teams={"front": {"solve": {"plain": 0.5}}})
    luck = {
        (0, through(PHONE), 0): {**ASKS_IN_THE_NIGHT, purposes.SOLVE: 0.9},
        (0, through(PHONE, 1), 0): {purposes.SOLVE: 0.1},
    }
    assert_strip(
        lived_by_half(world, 488, luck=luck),
        CALLS_AT_EIGHT
        + """
        1800  case_closed=0 case_answered unsolved
        1950  dialled picked_up queued answered identifying
        1951  explaining
        1953  talking
        1963  solved left_agent call_ended
        """,
    )


WRITES_FIRST: dict[str, Any] = {
    "teams": {"office": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 0.0}}},
    "messages": {"mail": {"team": "office", "patience": "4 h", "lies": "10 h"}},
    "contacts": {"first": {"mail": 1.0}, "switch": 1.0, "then": {"mail": {"phone": 1.0}}},
    "population": {"again": {"after_unanswered": "15 min"}},
}
"""He writes, in vain until 248, calls at 263, and a case is opened at 276; at 618 the mail's answer comes."""
BEGINS = """
    0    appeared wrote
    8    sent
    248  no_reply
    263  switched dialled picked_up queued answered identifying
    264  explaining
    266  talking
    276  ticketed left_agent call_ended case_opened
"""


def test_an_answer_to_an_old_message_changes_nothing_while_the_case_is_open():
    world = cased(**WRITES_FIRST, cases=steps(look={"takes": "10 h"}))
    assert_strip(
        lived(world, 0),
        BEGINS
        + """
        276  step_begun=600
        608  filed@office taken_up worked_on=10
        618  replied_late=610
        620  read unsolved
        876  filed@experts taken_up worked_on
        896  case_closed=1 case_answered solved
        """,
    )


def test_an_old_answer_that_asks_for_more_leaves_him_to_ask_as_all_do():
    """By mail, as all do, when he wants to know; he does not go on by the way by which he has called."""
    mail = {"team": "office", "patience": "4 h", "lies": "10 h", "asks_back": 1.0}
    again = {"after_unanswered": "15 min"}
    changes: dict[str, Any] = {
        "messages": {"mail": mail},
        "population": {"chasing": hours(without_date=0.1), "again": again},
    }
    changes["contacts"] = {**WRITES_FIRST["contacts"], "asking_by": {"mail": 1.0}}
    world = cased(**{**WRITES_FIRST, **changes}, cases=steps(look={"takes": "10 h"}))
    luck = {(0, through(PHONE), 0): {purposes.CHASE: asks_after(0.7)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck),
        BEGINS
        + """
        276  step_begun=600
        608  filed@office taken_up worked_on=10
        618  replied_late=610
        620  read asked_back
        696  switched chased wrote
        704  sent
        876  filed@experts taken_up worked_on
        896  case_closed=1 case_answered solved
        1304 filed@office taken_up worked_on=2
        """,
    )


def test_an_old_answer_that_opens_a_case_comes_in_place_of_the_call_that_he_meant_to_make():
    """He would call at 263; at 253 the mail's answer tells of a case. An hour later he calls: his second contact."""
    mail = {"team": "office", "patience": "4 h", "lies": "235 min"}
    changes: dict[str, Any] = {
        "messages": {"mail": mail},
        "population": {"chasing": hours(without_date=1.0), "again": {"after_unanswered": "15 min"}},
        "contacts": {**WRITES_FIRST["contacts"], "asking_by": {"phone": 1.0}},
        "paths": {"up": {"from": ["front", "office"]}},
    }
    world = cased(**{**WRITES_FIRST, **changes}, cases=steps(look={"takes": "2 h"}))
    after = {0: 1.0, 1: 30.0}
    luck = {(0, through(PHONE, which), 0): {purposes.CHASE: asks_after(hour)} for which, hour in after.items()}
    history = lived_by_half(world, 0, luck=luck)
    assert_strip(
        history,
        """
        0    appeared wrote
        8    sent
        243  filed@office taken_up worked_on=10
        248  no_reply
        253  replied_late=245
        255  read case_opened step_begun=120
        315  switched chased dialled picked_up queued answered identifying
        316  explaining
        318  status_told
        320  left_agent call_ended
        375  filed@experts taken_up worked_on
        395  case_closed=1 case_answered solved
        """,
    )
    assert history.rows["contact"].max() == 1


NEWS_BY_WEIGHT = (
    outcome.NOTHING,
    outcome.TOLD,
    outcome.UNSOLVED,
    outcome.TICKET,
    outcome.UNSOLVED | beside.OF_THE_CASE,
    outcome.SOLVED,
)


@pytest.mark.parametrize("less", range(len(NEWS_BY_WEIGHT) - 1))
def test_of_two_news_the_weightier_counts_whichever_comes_first(less):
    """How it stands, an answer that did not help, a case to be registered, the end of it, the solution."""
    for more in range(less + 1, len(NEWS_BY_WEIGHT)):
        one, other = NEWS_BY_WEIGHT[less], NEWS_BY_WEIGHT[more]
        assert (beside.weightier(one, other), beside.weightier(other, one)) == (other, other)


def test_of_two_news_of_like_weight_the_later_counts():
    """Two answers that did not help."""
    one, other = (beside.news_of(ended, 0, 1, 0) for ended in (outcome.UNSOLVED, outcome.ASKED_BACK))
    assert (beside.weightier(one, other), beside.weightier(other, one)) == (other, one)


def test_a_case_of_more_pieces_than_a_contact_has_legs_has_other_luck_for_each():
    """A minute each; the 63rd is the first of the occasion that follows, and solves it."""
    world = cased(cases=rounds(70, third={"takes": "1 min", "solves": 0.5}))
    luck = {(0, case_of(), leg): {purposes.SOLVE: 0.9} for leg in range(1, 63)}
    begun = "\n".join(f"{13 + piece} step_begun=1" for piece in range(1, 63))
    assert_strip(
        lived_by_half(world, 0, luck=luck | {(0, case_of() + 1, 0): {purposes.SOLVE: 0.1}}),
        CALLS
        + f"""
        13   case_opened step_begun=1
        {begun}
        76   case_closed=1 case_answered solved
        """,
    )


def test_an_old_message_for_which_another_agent_would_open_a_case_opens_no_second_one():
    """The office too hands to the experts what it cannot solve: he learns that it is with them."""
    world = cased(**WRITES_FIRST, cases=steps(look={"takes": "10 h"}), paths={"up": {"from": ["front", "office"]}})
    assert_strip(
        lived(world, 0),
        BEGINS
        + """
        276  step_begun=600
        608  filed@office taken_up worked_on=10
        618  replied_late=610
        620  read
        876  filed@experts taken_up worked_on
        896  case_closed=1 case_answered solved
        """,
    )


def test_an_old_message_registers_a_case_that_was_forgotten():
    """As asking how it stands would."""
    world = cased(**WRITES_FIRST, cases=HALF_REGISTERED, paths={"up": {"from": ["front", "office"]}})
    assert_strip(
        lived(world, 0, luck={(0, through(PHONE), 0): {purposes.REGISTERED: 0.9}}),
        BEGINS.replace("case_opened", "case_forgotten")
        + """
        608  filed@office taken_up worked_on=10
        618  replied_late=610
        620  read case_opened step_begun=0 filed@experts taken_up worked_on
        640  case_closed=1 case_answered solved
        """,
    )


def test_of_two_news_that_come_during_a_call_he_hears_that_of_the_case():
    """He asks from 606 to 629: at 612 the case was closed in vain, and at 618 the mail was answered."""
    case = steps(third={"takes": "336 min"})
    case["repair"]["asking"] = "20 min"
    again = {"after_unanswered": "15 min", "most_attempts": 3}
    world = cased(**{**WRITES_FIRST, "population": {"chasing": hours(without_date=0.1), "again": again}}, cases=case)
    luck = {(0, through(PHONE), 0): {purposes.CHASE: asks_after(0.55)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck),
        BEGINS
        + """
        276  step_begun=336
        606  chased dialled picked_up queued answered identifying
        607  explaining
        609  status_told
        629  left_agent
        608  filed@office taken_up worked_on=10
        612  case_closed=0
        629  call_ended case_answered unsolved limit_reached gave_up
        """,
    )


ASKS_ONCE_BY_MAIL = {(0, through(MAIL), 0): {purposes.CHASE: asks_after(9.0)}}
"""Who has asked by mail does not ask again while he waits for the answer."""


def test_an_answer_about_a_case_that_is_over_by_then_does_not_help():
    """He asks by mail at 20; the case is closed in vain at 73, and the office looks it up at 128."""
    world = cased(
        cases=steps(third={"takes": "1 h"}),
        teams={"office": {"staff": 1, "talk": "10 min", "wage": 0}},
        messages={"mail": {"team": "office", "patience": "none", "lies": "100 min"}},
        contacts={"asking_by": {"mail": 1.0}},
        population={"chasing": hours(without_date=6.0), "again": {"most_attempts": 2, "after_unsolved": "3 h"}},
    )
    luck = {(0, through(PHONE), 0): {purposes.CHASE: asks_after(0.7)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck | ASKS_ONCE_BY_MAIL),
        CALLS
        + """
        13   case_opened step_begun=60
        20   switched chased wrote
        28   sent
        73   case_closed=0 case_answered unsolved limit_reached gave_up
        128  filed@office taken_up worked_on=2
        """,
    )


def test_an_answer_about_a_case_that_was_over_when_it_came_is_read_as_no_help():
    """As above, with a third attempt: he would call at 253, and reads at 130 what no longer holds."""
    world = cased(
        cases=steps(third={"takes": "1 h"}),
        teams={"front": {"solve": {"plain": 0.5}}, "office": {"staff": 1, "talk": "10 min", "wage": 0}},
        messages={"mail": {"team": "office", "patience": "none", "lies": "100 min"}},
        contacts={"asking_by": {"mail": 1.0}, "switch": 1.0, "then": {"mail": {"phone": 1.0}}},
        population={"chasing": hours(without_date=6.0), "again": {"after_unsolved": "3 h"}},
    )
    luck = {
        (0, through(PHONE), 0): {purposes.CHASE: asks_after(0.7), purposes.SOLVE: 0.9},
        (0, through(PHONE, 1), 0): {purposes.SOLVE: 0.1},
    }
    assert_strip(
        lived_by_half(world, 0, luck=luck | ASKS_ONCE_BY_MAIL),
        CALLS
        + """
        13   case_opened step_begun=60
        20   switched chased wrote
        28   sent
        73   case_closed=0 case_answered unsolved
        128  filed@office taken_up worked_on=2
        130  replied_late=102
        132  read unsolved
        253  switched dialled picked_up queued answered identifying
        254  explaining
        256  talking
        266  solved left_agent call_ended
        """,
    )


def test_a_new_message_is_not_answered_by_what_is_said_of_the_old_case():
    """He asks by mail at 20, and writes again at 133; what is answered to the first at 140 is of a case that is over.

    He reads it when he has sent the second, 113 min after the first, and goes on waiting for the answer to the second.
    """
    world = cased(
        cases=steps(third={"takes": "1 h"}),
        teams={"office": {"staff": 1, "talk": "10 min", "wage": 0}},
        messages={"mail": {"team": "office", "patience": "none", "lies": "110 min", "writing": "8 min"}},
        contacts={"asking_by": {"mail": 1.0}},
        population={"chasing": hours(without_date=6.0), "again": {"after_unsolved": "1 h"}},
    )
    luck = {(0, through(PHONE), 0): {purposes.CHASE: asks_after(0.7)}}
    assert_strip(
        lived_by_half(world, 0, luck=luck | ASKS_ONCE_BY_MAIL),
        CALLS
        + """
        13   case_opened step_begun=60
        20   switched chased wrote
        28   sent
        73   case_closed=0 case_answered unsolved
        133  wrote
        138  filed@office taken_up worked_on=2
        141  sent replied_late=113
        143  read unsolved
        251  filed taken_up worked_on=10
        261  replied=120
        263  read solved
        """,
    )


# Which case, and whose queue ------------------------------------------------------------------------------------------


def test_an_answer_opens_the_case_of_the_way_that_its_team_takes():
    """The office's way is neither the first nor the last: its case goes to a third party for an hour."""
    ways = {"from": "front", "to": "experts", "when": "unsolved", "by": "ticket"}
    world = written(
        teams={
            "office": {"solve": {"plain": 0.0}},
            "experts": {"staff": 1, "talk": "20 min", "wage": 0, "solve": {"plain": 1.0}},
            "other": {"staff": 1, "talk": "20 min", "wage": 0},
        },
        paths={
            "first": {**ways, "case": "long"},
            "office": {**ways, "from": "office", "case": "short"},
            "last": {**ways, "from": "other", "case": "long"},
        },
        cases={
            "long": {"steps": {"third": {"takes": "3 h", "solves": 1.0}}},
            "short": {"steps": {"third": {"takes": "1 h", "solves": 1.0}}},
        },
    )
    assert_strip(
        lived(world, 0),
        """
        0   appeared wrote
        8   sent filed@office taken_up worked_on
        18  replied
        20  read case_opened step_begun=60
        80  case_closed=1 case_answered solved
        """,
    )


def test_work_leaves_the_queue_in_which_it_has_waited_for_the_team_that_serves_it():
    world = cased(
        teams={"experts": {"serves": ["tickets"]}},
        queues={"tickets": {}},
        cases=steps(look={"team": "tickets"}),
        paths={"up": {"to": "tickets"}},
    )
    after(
        world,
        """
        13  case_opened step_begun=0 filed@tickets taken_up@tickets worked_on=20@experts.0
        33  case_closed=1 case_answered solved
        """,
    )
