"""A slip in what is compiled for both tellings alike, in measures or in drawing, spoils a number worked by hand."""

from __future__ import annotations

import pytest

from tests.copies import Edit, printed_by_a_copy, stands_once

TURNS = """
from tests.keys.test_every_key import TURNS
from tests.keys.turns import wrong_answers
turns = [turn for turn in TURNS if turn.key == "{key}"]
assert turns
print(*[wrong for turn in turns for wrong in wrong_answers(turn, "simpy")], sep="\\n")
"""
_EFFORT, _LOYALTY, _FOLLOWING = "measures/rules/effort.py", "measures/rules/loyalty.py", "measures/accounts/following"
_DRAWING, _METER, _JOURNEYS = "people/drawing.py", "measures/rules/meter.py", "measures/accounts/journeys.py"
RING = "levers.follow_through.call_back"

SLIPS = (
    (Edit(_EFFORT, "max(contacts_of(journey) - 1, 0)", "contacts_of(journey)"), "effort.repeat"),
    (Edit(_EFFORT, "(times[TRANSFERRED_WARM] + times[TICKETED])", "times[TRANSFERRED_WARM]"), "effort.transfer_warm"),
    (Edit(_EFFORT, "weights.cut * (times[CUT]", "weights.cut * (times[DIALLED]"), "effort.cut"),
    (Edit(_EFFORT, "max(times[EXPLAINING] - 1, 0)", "max(times[IDENTIFYING] - 1, 0)"),
     "effort.explained_again"),
    (Edit(_EFFORT, "weights.owned if owned and", "weights.owned if"), "effort.repeat"),
    (Edit(_LOYALTY, "(1.0 - b) * loyalty.kappa", "loyalty.kappa"), "loyalty.kappa"),
    (Edit(_LOYALTY, " * (1.0 - lock_in)", ""), "loyalty.kappa"),
    (Edit(_LOYALTY, "(leaves - loyalty.base_churn)", "leaves"), "loyalty.years_lost"),
    (Edit(_LOYALTY, " * loyalty.lost_per_told", ""), "loyalty.lost_per_told"),
    (
        Edit("measures/rules/levels.py", "return int(good), int(not gone)", "return int(good), 1"),
        "service_level.definition",
    ),
    (Edit("measures/rules/levels.py", "within + _ROUNDING", "within - _ROUNDING"), "service_level.within"),
    (Edit("measures/rules/calls.py", "call.minutes[MENU] + call.minutes[HOLD]", "call.minutes[HOLD]"), "line.menu"),
    (Edit(_METER, "math.ceil(beyond)", "math.floor(beyond)"), "tariff.rounding"),
    (Edit(_METER, "(metered - tariff.first_step", "(metered - tariff.next_step"), "tariff.steps"),
    (Edit(_METER, "of_minutes * kept - of_hold", "of_minutes - of_hold"), "tariff.cap"),
    (Edit(_METER, "tariff.charged[other_network, rung_back", "tariff.charged[rung_back, other_network"),
     "tariff.hold_billed"),
    (Edit(_METER, "return is_answered(call) and not call.call_back", "return True"), "tariff.starts"),
    (Edit(_JOURNEYS, "missed_use - active_hours", "missed_use"), "population.segments.all.hours_of_use"),
    (Edit(_JOURNEYS, " * person.severity", ""), "population.reasons.any.severity"),
    (Edit(_JOURNEYS, "time <= person.appeared + terms", "time < person.appeared + terms"),
     "population.reasons.any.deadline"),
    (Edit(_JOURNEYS, "if journey.status == OPEN else journey.ended, person", ", person"),
     "population.reasons.any.deadline"),
    (Edit(_JOURNEYS, "time - journey.ended\n", "0.0\n"), "levers.follow_through.recurrence"),
    (Edit(_JOURNEYS, "terms.advanced[person.reason]", "terms.advanced[0]"), "population.reasons.other.advanced"),
    (Edit(f"{_FOLLOWING}/journeys.py", "row.time + books.terms.lives_with_it", "row.time"),
     "population.again.lives_with_it"),
    (Edit(f"{_FOLLOWING}/agents.py", " - off_duty_minutes(timetable, since)", ""), "teams.front.staff"),
    (Edit(f"{_FOLLOWING}/spells.py", "lasted > books.terms", "lasted >= books.terms"), "effort.long_hold_after"),
    (Edit(f"{_FOLLOWING}/agents.py", "account.answered, row.time + row.amount", "account.answered, row.time"),
     "teams.front.after_call"),
    (Edit(_DRAWING, "reason.work * _value", "_value"), "population.reasons.any.work"),
    (Edit(_DRAWING, "here.rate * of_the_day", "here.rate"), "population.busyness_day"),
    (Edit(_DRAWING, "_value(segment.worth,", "_value(segment.renewal,"), "population.segments.all.worth"),
    (Edit(_DRAWING, "which < many - 1 and u >=", "which < many - 2 and u >="), "population.segments.*.share"),
)  # fmt: skip
"""Each with a key that shows it."""


def said(slip: tuple[Edit, str]) -> str:
    """Name a slip."""
    return f"{slip[0].right} -> {slip[0].wrong}"


@pytest.mark.parametrize("slip", SLIPS, ids=said)
def test_what_a_slip_replaces_stands_there_once(slip):
    assert stands_once(slip[0])


@pytest.mark.slow
def test_a_copy_without_a_slip_has_every_number_right(tmp_path):
    keys = sorted({key for _, key in SLIPS})
    script = "\n".join(TURNS.format(key=key) for key in keys)
    assert "".join(printed_by_a_copy(tmp_path, None, script)) == ""


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS, ids=said)
def test_a_slip_is_shown_by_its_key(slip, tmp_path):
    edit, key = slip
    assert "".join(printed_by_a_copy(tmp_path, edit, TURNS.format(key=key))) != ""
