"""Film strips of money advanced: lost where the problem is not solved by the customer's own deadline."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import sim
from sim import purposes
from sim.measures import measure, tables
from sim.measures.register.cost import customer_parts
from sim.report.lived.course import course
from tests.by_hand import assert_strip, lived, plain, served

A_DAY = 1440
NOBODY = {"front": {"solve": {"plain": 0.0}}}


def due(deadline: str, **more: Any) -> dict[str, Any]:
    """Let 20 EUR be advanced until some time after the problem appears."""
    return {"reasons": {"any": {"share": 1.0, "deadline": deadline, "advanced": 20}}, **more}


def lost(history: Any) -> float:
    """Return what one customer has lost of his advance (EUR), the same in measure, table and parts."""
    (euros, many), made = measure(history)["advance_lost_eur_per_problem"], tables(history)
    assert many == 1
    assert customer_parts(made)["advance lost"] == made.journeys["advance_lost"][0] == euros
    return euros


@pytest.mark.parametrize(("deadline", "euros"), [("14 min", 0), ("13 min", 0), ("12 min", 20)])
def test_what_was_advanced_is_lost_where_the_solution_comes_after_the_deadline(deadline, euros):
    """Solved at 13: before the deadline, on the very minute, and after it; the strip is the same."""
    history = lived(plain(population=due(deadline)), 0)
    assert_strip(history, "0 appeared\n" + served(0))
    assert lost(history) == euros


def test_the_deadline_counts_from_the_appearance_and_not_from_the_first_call():
    """It appears at 0 and is reported two hours later: solved at 133."""
    reasons = {"any": {"share": 1.0, "first_contact": "2 h", "deadline": "132 min", "advanced": 20}}
    assert lost(lived(plain(population={"reasons": reasons}), 0)) == 20


def test_who_gives_up_has_lost_it_though_the_deadline_is_to_come():
    """Nobody solves it, and he tries once: given up at 13, and what would have been due in a year never comes."""
    history = lived(plain(teams=NOBODY, population=due("365 d", again={"most_attempts": 1})), 0)
    assert measure(history)["given_up_share"] == (1, 1)
    assert lost(history) == 20


@pytest.mark.parametrize(("deadline", "euros"), [("20 d", 0), ("10 d", 20)])
def test_what_is_still_open_is_lost_where_the_run_goes_on_beyond_the_deadline(deadline, euros):
    """The run ends after two weeks, and he tries again after three."""
    waits = {"again": {"most_attempts": 9, "after_unsolved": "21 d"}}
    time = {"horizon": "7 d", "follow_up": "7 d"}
    history = lived(plain(time=time, teams=NOBODY, population=due(deadline, **waits)), 0)
    assert measure(history)["open_share"] == (1, 1)
    assert lost(history) == euros


@pytest.mark.parametrize(("deadline", "euros"), [("13 min", 0), ("12 min", 20)])
def test_what_was_solved_in_time_stays_so_though_the_cause_strikes_again(deadline, euros):
    """Solved at 13, there again after a hundred days, and solved once more."""
    again = {"follow_through": {"recurrence": True, "recurs_after": "100 d"}}
    world = plain(time={"horizon": "180 d"}, levers=again, population=due(deadline))
    history = lived(world, {"appeared": 0, "recurs": True})
    assert measure(history)["recurrences_per_problem"] == (1, 1)
    assert lost(history) == euros


def test_nothing_is_lost_by_who_never_had_the_problem():
    world = plain(prevention={"cause": {"share": 1.0}}, population=due("1 min"))
    history = lived(world, 0)
    assert measure(history)["prevented_share"] == (1, 1)
    assert lost(history) == 0


@pytest.mark.parametrize(("ends", "euros"), [(0.1, 0), (0.9, 20)])
def test_what_was_solved_in_time_and_has_struck_again_is_not_lost_by_giving_up(ends, euros):
    """Solved at 13, there again on day 100, and nobody is there any more; or not even the first call solves it."""
    world = plain(
        time={"horizon": "180 d"},
        levers={"follow_through": {"recurrence": True, "recurs_after": "100 d"}},
        teams={"front": {"staff": {"mon 00:00-24:00": 1}, "solve": {"plain": 0.5}}},
        population=due("13 min", patience="10 min", again={"persistence": 0.0}),
    )
    history = lived(world, {"appeared": 0, "recurs": True}, luck={(0, 0, 0): {purposes.SOLVE: ends}})
    assert measure(history)["given_up_share"] == (1, 1)
    assert lost(history) == euros


def test_of_two_reasons_one_has_a_deadline():
    """Both are solved at 13 or later, one after the other by one agent: only who had advanced something loses it."""
    reasons = {"any": {"share": 0.5}, "other": {"share": 0.5, "deadline": "12 min", "advanced": 20}}
    history = lived(plain(population={"reasons": reasons}), {"appeared": 0, "reason": 0}, {"appeared": 0, "reason": 1})
    assert measure(history)["solved_share"] == (2, 2)
    assert measure(history)["advance_lost_eur_per_problem"] == (20, 2)
    assert tables(history).journeys["advance_lost"].tolist() == [0, 20]


def test_it_is_part_of_what_the_problem_costs_its_customer_and_told_in_words():
    history = lived(plain(population=due("1 min")), 0)
    made = tables(history)
    assert measure(history)["customer_eur_per_problem"] == (sum(customer_parts(made).values()), 1)
    assert made.frame()["customer_eur"].sum() == pytest.approx(sum(customer_parts(made).values()))
    assert course(history, 0).advance_lost == 20
    told = " ".join(sim.tell(history, 0).text().split())
    assert "What he had advanced is lost: 20.00 euros." in told


@pytest.mark.parametrize("alone", [{"deadline": "30 d"}, {"advanced": 20}])
def test_a_deadline_and_what_was_advanced_are_given_together(alone):
    with pytest.raises(ValidationError, match="deadline and advanced belong together"):
        plain(population={"reasons": {"any": {"share": 1.0, **alone}}})


@pytest.mark.parametrize("none", [{"deadline": "0 min", "advanced": 20}, {"deadline": "30 d", "advanced": 0}])
def test_neither_is_nothing(none):
    with pytest.raises(ValidationError, match="greater than 0"):
        plain(population={"reasons": {"any": {"share": 1.0, **none}}})
