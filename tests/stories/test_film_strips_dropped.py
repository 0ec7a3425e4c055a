"""Film strips of who asks too much: the firm writes that it wants him no more, and he leaves it for certain."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import sim
from sim import purposes
from sim.history.rows import Event
from sim.measures import measure, tables
from sim.measures.graph import graph_of
from sim.report.lived.course import course
from tests.by_hand import PLAIN, assert_strip, count, lived, lived_by_half, plain, served, written
from tests.stories.cased import CALLS, asks_after, cased, hours, steps

NOBODY: dict[str, Any] = {"front": {"solve": {"plain": 0.0}}}


def drops(after: int | str, **levers: Any) -> dict[str, Any]:
    """Return the levers of a firm that drops its customers after so many contacts."""
    return {"access": {"drops_after": after}, **levers}


def in_vain(at: float) -> str:
    """Return a call that is answered at once and solves nothing."""
    return served(at).replace("solved", "unsolved")


def test_who_asks_once_too_often_is_dropped_at_the_end_of_that_call():
    """Two calls in vain, an hour apart; he would call a third time, and many a time after that."""
    history = lived(plain(teams=NOBODY, levers=drops(2)), 0)
    assert_strip(history, f"0 appeared\n{in_vain(0)}\n{in_vain(73)} dropped gave_up")
    asked = measure(history)
    assert asked["dropped_share"] == asked["given_up_share"] == (1, 1)
    assert asked["calls_per_problem"] == (2, 1)


def test_who_is_helped_by_then_is_not_dropped():
    """The second call solves it."""
    world = plain(teams={"front": {"solve": {"plain": 0.5}}}, levers=drops(2))
    luck = {(0, 0, 0): {purposes.SOLVE: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
    history = lived(world, 0, luck=luck)
    assert_strip(history, "0 appeared\n" + in_vain(0) + "\n" + served(73))
    assert measure(history)["dropped_share"] == (0, 1)


def test_who_is_dropped_at_the_first_call_may_pay_a_repair_as_others_who_give_up():
    """The repair is drawn for the contact, whoever has ended the journey."""
    world = plain(teams=NOBODY, levers=drops(1), population={"again": {"repair_share": 0.4, "repair": 80}})
    history = lived(world, 0, luck={(0, 0, 0): {purposes.REPAIR: 0.1}})
    assert_strip(history, "0 appeared\n" + in_vain(0) + " dropped gave_up repaired=80")


def test_whoever_would_not_have_tried_again_is_dropped_as_well():
    """The firm does not know that nobody here ever calls twice, and he has lost all patience after 10 min."""
    world = plain(
        population={"patience": "10 min", "again": {"persistence": 0.0}},
        teams={"front": {"staff": 0}},
        levers=drops(1),
    )
    assert_strip(lived(world, 0), "0 appeared dialled picked_up queued\n 10 abandoned call_ended dropped gave_up")


def test_where_the_most_that_anyone_tries_comes_first_nobody_is_dropped():
    """Two attempts are the most, and the firm would drop him after three; at two it is the firm that ends it."""
    again = {"again": {"most_attempts": 2}}
    late, now = (lived(plain(teams=NOBODY, levers=drops(many), population=again), 0) for many in (3, 2))
    assert [count(late, event) for event in (Event.LIMIT_REACHED, Event.DROPPED, Event.GAVE_UP)] == [1, 0, 1]
    assert [count(now, event) for event in (Event.LIMIT_REACHED, Event.DROPPED, Event.GAVE_UP)] == [0, 1, 1]


def test_who_believed_in_vain_is_dropped_when_he_has_found_out():
    """Told at 13 that all is well, he finds out four hours later, and would have called at 313."""
    world = plain(teams=NOBODY, levers=drops(1, follow_through={"known_now": 0.0, "discovery": "4 h"}))
    assert_strip(
        lived(world, 0),
        "0 appeared\n" + served(0).replace("solved", "believed") + "\n 253 found_out dropped gave_up",
    )


def test_an_answer_that_comes_after_he_was_dropped_comes_to_nothing():
    """Nothing has come by 248, and the firm drops him; at 318 the office has done its work, and nobody reads it."""
    world = written(messages={"mail": {"lies": "5 h"}}, levers=drops(1))
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply dropped gave_up
        308  filed taken_up worked_on
        """,
    )


def test_who_is_asked_for_more_is_not_dropped_for_writing_again():
    """The firm itself has asked; at the most that anyone tries he gives up, and nobody has dropped him."""
    world = written(messages={"mail": {"asks_back": 1.0}}, population={"again": {"most_attempts": 2}}, levers=drops(1))
    history = lived(world, 0)
    assert [count(history, event) for event in (Event.ASKED_BACK, Event.DROPPED, Event.GAVE_UP)] == [2, 0, 1]


def test_who_waits_for_a_case_is_not_dropped_meanwhile_however_often_he_asks():
    """He asks at 43; the case is done at 133, and solved."""
    world = cased(
        cases=steps(third={"takes": "2 h", "solves": 1.0}),
        population={"chasing": hours(without_date=1.0)},
        levers=drops(1),
    )
    luck = {(0, 0, 0): {purposes.CHASE: asks_after(0.5)}, (0, 1, 0): {purposes.CHASE: asks_after(30.0)}}
    history = lived_by_half(world, 0, luck=luck)
    assert [count(history, event) for event in (Event.CHASED, Event.DROPPED, Event.SOLVED)] == [1, 0, 1]


def test_a_case_that_came_to_nothing_is_a_failed_attempt_and_ends_it():
    """The third party has it for two hours and does not help: he is told at 133, and dropped with it."""
    world = cased(cases=steps(third={"takes": "2 h", "solves": 0.0}), levers=drops(1))
    assert_strip(
        lived(world, 0),
        CALLS + "13 case_opened step_begun=120\n 133 case_closed=0 case_answered unsolved dropped gave_up",
    )


def test_contacts_of_a_problem_that_strikes_again_are_counted_together():
    """Solved at the first call, and there again on day 100, when nobody is there: the second call is his last."""
    day = 13 + 100 * 1440
    world = plain(
        time={"horizon": "180 d"},
        population={"patience": "10 min"},
        teams={"front": {"staff": {"mon 00:00-24:00": 1}}},
        levers=drops(2, follow_through={"recurrence": True, "recurs_after": "100 d"}),
    )
    assert_strip(
        lived(world, {"appeared": 0, "recurs": True}),
        f"""0 appeared
        {served(0)}
        {day} recurred dialled picked_up queued
        {day + 10} abandoned call_ended dropped gave_up
        """,
    )


@pytest.mark.parametrize(("after", "leaves"), [(1, 1.0), (2, 0.14)])
def test_who_is_dropped_leaves_the_firm_for_certain_whatever_binds_him(after, leaves):
    """Locked in altogether he would leave at the base churn of .14 alone; his margin of 100 EUR is lost for 3 years.

    Nobody tries twice, so that the one who is not dropped gives up at the same minute. Nobody speaks of it.
    """
    world = plain(
        teams=NOBODY,
        population={"again": {"persistence": 0.0}},
        levers=drops(after),
        loyalty={"base_churn": 0.14, "years_lost": 3, "people_told": 0},
    )
    asked = measure(lived(world, {"appeared": 0, "lock_in": 1.0, "worth": 100}))
    assert asked["leaves_at_renewal_share"] == (pytest.approx(leaves), 1)
    assert asked["lost_margin_eur_per_problem"] == (pytest.approx((leaves - 0.14) * 100 * 3), 1)


def test_what_he_means_to_do_and_tells_is_that_of_his_effort():
    """The letter changes what he does, and no law of what customers feel: the same effort, the same ill word."""
    felt = ("disloyal_share", "negative_word_of_mouth_per_1000", "effort_ces", "customer_eur_per_problem")
    tellings = [
        measure(lived(plain(teams=NOBODY, population={"again": {"persistence": 0.0}}, levers=drops(after)), 0))
        for after in (1, 2)
    ]
    assert [tellings[0][one] for one in felt] == [tellings[1][one] for one in felt]


def test_it_is_told_in_words_and_in_both_languages():
    history = lived(plain(teams=NOBODY, levers=drops(1)), 0)
    assert course(history, 0).times(Event.DROPPED) == 1
    assert tables(history).journeys["status"].tolist() == [2]
    told = " ".join(sim.tell(history, 0).text().split())
    assert "The firm writes that he asks too much, and that it wants him no more. He leaves it." in told
    assert "After 13 minutes the firm drops him, and the problem is not solved." in told
    assert "gives up" not in told
    french = " ".join(sim.tell(history, 0, language="fr").text().split())
    assert "le congédie, et le problème n'est pas résolu" in french


def test_he_is_another_end_in_the_graph_of_journeys():
    """From the telephone to the letter, and nothing follows it."""
    graph = graph_of(lived(plain(teams=NOBODY, levers=drops(2)), 0))
    at = {name: place for place, name in enumerate(graph.names)}
    assert graph.times[at["phone"], at["dropped"]] == 1
    assert graph.times[:, at["gave up"]].sum() == graph.times[at["dropped"]].sum() == 0


@pytest.mark.parametrize("after", [0, 4001, 2.5, -1, float("nan")])
def test_it_is_a_whole_number_of_contacts(after):
    with pytest.raises(ValidationError):
        plain(levers=drops(after))


def test_none_is_the_firm_that_drops_nobody():
    assert plain(levers=drops("none")).levers.access == plain().levers.access
    assert PLAIN["levers"].get("access") is None
