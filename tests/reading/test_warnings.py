"""What is possible but most likely not meant is said, with what it comes to."""

from __future__ import annotations

import pytest

from sim.reading import load, named, variant, warnings_of
from tests.worlds import merged

BASE = load("base")


def warned(**changes):
    return warnings_of(variant(BASE, changes))


@pytest.mark.parametrize("name", named())
def test_of_the_shipped_worlds_there_is_nothing_to_say(name):
    assert warnings_of(name) == ()


def test_a_team_that_nobody_reaches_is_told_with_what_it_costs():
    """Two agents for 69 open hours a week at 34.5 EUR: 138 h, 4,761 EUR; with the levers' 1.5 EUR an hour 4,968."""
    alone = {"wrong_person": "none", "too_hard": "none"}
    assert warned(paths=alone) == ("teams.second is reached by no route and no path: its 138 h a week cost 4,761 EUR",)
    (dearer,) = warned(paths=alone, levers={"access": {"cost_per_hour": 1.5}})
    assert "4,968 EUR" in dearer
    assert warned(paths=alone, teams={"second": {"staff": 0}}) == ()
    assert warned(paths=alone, teams={"second": "none"}) == ()


def test_hours_paid_while_the_line_is_closed_and_open_hours_without_anyone_are_told():
    """Four agents for two hours of five evenings are 40 of 280 hours; the Saturday's nine hours are left alone."""
    staff = {"mon-fri 08:00-22:00": 4}
    first, second = warned(teams={"front": {"staff": staff}})
    assert first == "teams.front.staff: 40 of 280 agent hours a week are paid while the line is closed"
    assert second.startswith("line.open: during 9 of 69 h a week nobody of front is at work")


def test_a_day_of_one_value_was_not_mistaken_for_another():
    flat, halves = {"intervals": [1]}, {"intervals": [9, 1]}
    line = {"open": ["mon-fri 12:00-20:00"]}
    assert not any("values stand for" in told for told in warned(line=line, population={"profile": flat}))
    assert any("values stand for" in told for told in warned(line=line, population={"profile": halves}))


def test_open_days_without_a_problem_are_told_with_what_the_others_get():
    """On Sundays the line is closed."""
    (told,) = warned(population={"profile": {"days": [1, 1, 1, 1, 1, 0, 0]}})
    assert told == (
        "population.profile.days gives sat no problem: the 700 a week appear on the other days, 140 on the fullest"
    )


def test_days_without_a_problem_on_which_the_line_is_closed_are_as_they_should_be():
    assert warned(population={"profile": {"days": [1, 1, 1, 1, 1, 1, 0]}}) == ()


def test_a_follow_up_shorter_than_the_delays_is_told_with_the_direction_of_the_bias():
    """Three mean delays of 10 h are 30 h: two days hold them, one day does not; who never calls again needs none."""
    assert warned(time={"follow_up": "2 d"}) == ()
    (told,) = warned(time={"follow_up": "1 d"})
    assert told.startswith(
        "time.follow_up is 1 d, under three times the usual delay of population.again.after_dismissed"
    )
    assert "too few calls" in told
    nothing_found_out = {"follow_through": {"known_now": 1}}
    assert warned(time={"follow_up": "0 d"}, population={"again": {"persistence": 0}}, levers=nothing_found_out) == ()


def test_agents_who_may_all_wait_for_one_another_are_told():
    """Two who ask after .3 of their talks do so at once in 9 of 100 cases; twenty after .4 in one of 91 millions."""
    two = {"staff": 2, "advice": {"team": "front", "share": 0.3, "lasts": "3 min", "if_busy": "wait"}}
    (told,) = warned(teams={"front": two})
    assert told == (
        "teams.front.advice.team lets agents of front wait for those of front, who may wait for them: when all do, "
        "nobody is free again until the line closes"
    )
    assert warned(teams={"front": two}, levers={"time": {"cut_after": "20 min"}}) == ()
    assert warned(teams={"front": merged(two, {"advice": {"if_busy": "skip"}})}) == ()
    assert warned(teams={"front": merged(two, {"staff": 20, "advice": {"share": 0.4}})}) == ()


def test_teams_that_may_wait_for_each_other_are_told_of_both():
    def asks(other: str) -> dict[str, object]:
        return {"staff": 2, "advice": {"team": other, "share": 0.5, "lasts": "1 min", "if_busy": "wait"}}

    one, other = warned(teams={"front": asks("second"), "second": asks("front")})
    assert one.startswith(
        "teams.front.advice.team lets agents of front wait for those of second, who may wait for them"
    )
    assert other.startswith("teams.second.advice.team lets agents of second wait for those of front")


def test_of_two_ways_to_round_the_one_that_is_not_read_is_told():
    assert warned(tariff={"steps": "30/6"}) == ()
    (told,) = warned(tariff={"steps": "30/6", "rounding": "minute"})
    assert told == 'tariff.rounding "minute" is not read: tariff.steps "30/6" stands in its place'


def test_a_limit_of_attempts_that_stops_many_is_told():
    """0.85 to the power of 4 is 52 %."""
    (told,) = warned(population={"again": {"most_attempts": 4}})
    assert told.startswith("population.again.most_attempts is 4: 52 % of those")
    assert warned(population={"again": {"most_attempts": 4, "persistence": 0.4}}) == ()


def test_a_day_whose_problems_appear_while_the_line_is_closed_is_told():
    """Four values are blocks of six hours from midnight on: nobody is there on a Saturday from 18 to 24 h."""
    world = variant("base", {"population": {"profile": {"days": [1] * 7, "sat": [0, 0, 0, 100]}}})
    (said,) = [one for one in warnings_of(world) if "profile.sat" in one]
    assert "100 % of the problems of a sat" in said
    assert "4 values stand for 6 h each" in said


def test_a_team_that_says_nothing_of_what_it_solves_is_told_where_others_do():
    """It solves all; to say 1 is meant. Who only decides on gestures, or advises, is not asked."""
    mail = {
        "messages": {"mail": {"team": "room", "patience": "2 d"}},
        "contacts": {"first": {"phone": 0.5, "mail": 0.5}},
    }
    room = {"staff": {"mon-fri 09:00-17:00": 1}, "talk": "8 min", "wage": 20}
    (said,) = warned(**mail, teams={"room": room})
    assert said == "teams.room says nothing of what it solves, and so solves all it may: write teams.room.solve"
    assert warned(**mail, teams={"room": {**room, "solve": {"easy": 1.0}}}) == ()
    assert warned(**mail, teams={"room": room}, levers={"knowledge": {"solve": {"room": {"hard": 0.5}}}}) == ()
    decides = {"authority": {"above": "approval", "supervisors": "room"}}
    assert warned(teams={"room": room}, levers=decides) == ()
    assert warned(teams={"room": room, "front": {"advice": {"team": "room", "share": 0.1, "lasts": "2 min"}}}) == ()
