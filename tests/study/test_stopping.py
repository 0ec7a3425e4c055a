"""Studies that stop by themselves: the rule against hand-worked numbers, the study against one of that many."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

import sim
from sim.report.stored import read
from sim.study.running import workers
from sim.study.running.estimate import Estimate, ratio
from sim.study.running.replicate import together
from sim.study.running.tasks import ReplicationError, live
from sim.study.searching.equal import Equality
from sim.study.stopping.precision import Precision, precisions
from sim.study.stopping.rule import FAR, Held, Watched, held, looked_ahead, slowest
from tests.worlds import tiny_world

FEW = {"population": {"problems_per_day": 100}, "teams": {"front": {"staff": 2, "wage": 20}}}
MINUTES = "customer_minutes_per_problem"


@pytest.fixture(scope="module")
def worlds():
    return tiny_world(**FEW), tiny_world(**FEW, name="slow", levers={"memory": {"identification": "5 min"}})


def until(worlds, half_width=None, **how):
    asked = {MINUTES: "60 %"} if half_width is None else half_width
    options: Any = {"pilot": 4, "equal": "staff", "workers": 2, **how}
    return sim.compare_until(worlds[0], worlds[1], asked, **options)


def watched(inside: list[bool], wish: float = 1.0) -> Watched:
    """Follow a measure whose half-width is small enough with these numbers of replications, from 2 on."""
    one = Watched(Precision("calls_per_problem", wish), "", 0.95)
    one.halves = [0.5 * wish if good else 2 * wish for good in inside]
    one.wishes = [wish] * len(inside)
    return one


def test_the_rule_waits_until_the_precision_has_held_for_five_more():
    """From 2 on: too wide with 2 to 6, inside with 7 to 9, wide with 10, inside from 11 on: 11 and five more."""
    one = watched([False] * 5 + [True] * 3 + [False] + [True] * 20)
    assert held([one], 4, 15, 5) == Held(11, None)
    assert held([one], 4, 29, 5) == Held(11, 16)
    assert held([one], 4, 10, 5) == Held(None, None)


def test_without_looking_ahead_it_stops_at_once_and_the_pilot_is_lived_whatever_it_shows():
    one = watched([True] * 30)
    assert held([one], 4, 20, 0).enough == 4
    assert held([one], 10, 20, 0).enough == 10
    assert held([one], 10, 20, 5).enough == 15


def test_beyond_a_hundred_the_look_ahead_grows_with_the_replications():
    """Hoad, Robinson and Davies: f(kLimit, n) = kLimit n / 100, rounded down, for n over 100."""
    assert [looked_ahead(at, 5) for at in (3, 100, 101, 120, 250, 1000)] == [5, 5, 5, 6, 12, 50]


def test_all_that_is_watched_has_to_hold_at_once():
    early, late = watched([True] * 30), watched([False] * 12 + [True] * 18)
    assert held([early, late], 4, 31, 5).enough == 14 + 5
    assert slowest([early, late], 8) is late


def test_half_widths_are_those_of_the_intervals_of_so_many(worlds):
    one = Watched(Precision("any", 0.1, "itself"), "", 0.9)
    totals = np.random.default_rng(4).gamma(3.0, 1.0, (12, 2))
    one.follow(totals[:5], None)
    one.follow(totals, None)
    for many in (2, 5, 6, 12):
        low, high = ratio(totals[:many, 0], totals[:many, 1], 0.9)[1:]
        assert one.half(many) == pytest.approx((high - low) / 2)
        assert one.wish(many) == pytest.approx(0.1 * abs(totals[:many, 0].sum() / totals[:many, 1].sum()))
    assert one.half(13) is None
    assert one.half(1) is None


def test_what_is_foretold_is_the_fewest_with_which_student_s_interval_is_narrow_enough():
    """Half-width 2 with 10: s = 2 sqrt(10) / t(9); the least n with t(n - 1) s / sqrt(n) <= 1, by SciPy."""
    one = watched([False] * 9)
    spread = 2 * math.sqrt(10) / stats.t.ppf(0.975, 9)
    enough = next(n for n in range(11, 100) if stats.t.ppf(0.975, n - 1) * spread / math.sqrt(n) <= 1)
    assert one.foretold(10) == enough
    assert watched([True] * 9).foretold(10) == 10


def test_what_never_comes_is_foretold_as_millions_and_what_is_undefined_not_at_all():
    one = watched([False] * 9, wish=1e-9)
    one.halves = [1.0] * 9
    assert one.foretold(10) == FAR
    one.wishes = [0.0] * 9
    assert one.foretold(10) == FAR
    one.wishes = [None] * 9
    assert one.foretold(10) is None


@pytest.mark.parametrize(
    ("of", "expected"), [("unit", 0.1), ("itself", 0.1 * 3), ("first", 0.1 * 8)], ids=["unit", "itself", "first"]
)
def test_a_share_is_of_the_difference_or_of_the_first_world(of, expected):
    asked = Precision("any", 0.1, of)
    assert asked.wished(Estimate(-3, -4, -2), Estimate(8, 7, 9)) == pytest.approx(expected)


def test_a_share_of_what_is_undefined_is_undefined():
    assert Precision("any", 0.1, "itself").wished(Estimate(None, None, None), Estimate(8, 7, 9)) is None


@pytest.mark.parametrize(
    ("written", "size", "of"),
    [
        *((0.5, 0.5, "unit"), ("0.5", 0.5, "unit"), ("0.5 min", 0.5, "unit"), (np.float64(3), 3.0, "unit")),
        *(("2%", 0.02, "itself"), (" 2  % ", 0.02, "itself")),
        *(("2 % of first", 0.02, "first"), (".5 % of the first world", 0.005, "first")),
    ],
)
def test_half_widths_are_read_as_they_are_written(worlds, written, size, of):
    (one,) = precisions({MINUTES: written}, worlds)
    assert (one.measure, one.size, one.of) == (MINUTES, pytest.approx(size), of)


@pytest.mark.parametrize(
    "written",
    [0, -1, math.nan, math.inf, True, None, [1], "", "two", "1e3", "5 EUR", "-2 %", "0 %", "2 % of second", "1_0"],
)
def test_what_is_no_half_width_is_refused_with_what_would_be_one(worlds, written):
    with pytest.raises(ValueError, match=f"the half-width of {MINUTES} is .*(2 % of first|above 0)"):
        precisions({MINUTES: written}, worlds)


def test_all_mistakes_are_told_at_once(worlds):
    with pytest.raises(ValueError, match=r"(?s)did you mean solved_share.*half-width of cut_share"):
        precisions({"solved_shar": 1, "cut_share": "x"}, worlds)
    with pytest.raises(ValueError, match=r"(?s)confidence is.*pilot is 3.*look_ahead is.*most is.*seconds is"):
        until(worlds, confidence=95, pilot=3, look_ahead=-1, most=0, seconds=0)
    with pytest.raises(ValueError, match="most is 5: it has to be 8, the pilot, at least"):
        until(worlds, pilot=8, most=5)
    nothings: list[Any] = [{}, None, "calls_per_problem"]
    for nothing in nothings:
        with pytest.raises(ValueError, match="at least one measure with its half-width"):
            precisions(nothing, worlds)


def test_a_measure_of_one_world_alone_has_no_difference_to_be_known():
    two = tiny_world(**FEW | {"teams": {"front": {"staff": 1}, "back": {"staff": 1, "talk": "5 min", "wage": 1}}})
    with pytest.raises(ValueError, match=r"occupancy\.back is not known in tiny"):
        precisions({"occupancy.back": 0.1}, (tiny_world(**FEW), two))


@pytest.mark.parametrize("equal", ["staff", "all"])
def test_the_result_is_the_comparison_of_that_many_to_the_bit(worlds, equal):
    found = until(worlds, equal=equal, days=1)
    assert found.stopping.why == "reached"
    again = sim.compare(*worlds, replications=found.replications, equal=equal, days=1)
    assert found == again
    assert [(line.difference, line.worlds) for line in found.lines] == [
        (line.difference, line.worlds) for line in again.lines
    ]
    assert {way.equality.how for way in found.ways} == {way.equality.how for way in again.ways}
    assert found.missing == again.missing


def test_it_stops_where_the_half_widths_of_the_comparison_say_so(worlds):
    """Read from comparisons of fewer replications: wide with one less than since, narrow from there to the end."""
    found = until(worlds, {MINUTES: 2.5})
    stopping = found.stopping
    assert found.replications == max(4, stopping.since) + 5

    def half(many: int) -> float:
        one = sim.compare(*worlds, replications=many, equal="staff", measures=[MINUTES]).line(MINUTES).difference
        return (one.high - one.low) / 2

    assert all(half(many) <= 2.5 for many in range(stopping.since, found.replications + 1))
    assert stopping.since == 4 or half(stopping.since - 1) > 2.5
    table = stopping.half_widths()
    assert table.query(f"replications == {found.replications}")["half_width"].item() == pytest.approx(
        half(found.replications)
    )


def test_neither_workers_nor_engine_change_how_many_it_takes(worlds):
    many = {until(worlds, {MINUTES: 2.5}, **how).replications for how in ({"workers": 1}, {"workers": 3})}
    assert len({*many, until(worlds, {MINUTES: 2.5}, engine="simpy").replications}) == 1


def test_what_was_lived_beyond_the_number_that_is_enough_is_not_counted(worlds):
    """Nine workers live nine at a time; without a look-ahead the rule may be content with any of them."""
    one, nine = (until(worlds, {MINUTES: 2.0}, look_ahead=0, workers=many) for many in (1, 9))
    assert (one.replications - 4) % 9, "else it would be no test"
    assert one == nine


def test_another_staff_at_the_end_has_to_be_as_precise_as_was_wished(worlds, monkeypatch):
    """Three agents found on the pilot of four, one on more: that one has more to do than a day has hours."""

    def found(first, second, *, measure, size, others):
        staffed = sim.changed(second, {"teams.front.staff": 3 if len(first.numbers) == 4 else 1})
        (lived,) = together((staffed,), size)
        return Equality("service", staffed, 1.0, "as it was found"), lived

    monkeypatch.setattr("sim.study.stopping.until.equal_service", found)
    study = until(worlds, {MINUTES: 20.0}, equal="service", most=200)
    assert study.stopping.why == "reached"
    assert study.worlds[1].teams["front"].staff != worlds[1].teams["front"].staff
    difference = study.line(MINUTES).difference
    assert (difference.high - difference.low) / 2 <= 20.0
    assert study.replications > 9
    few = until(worlds, {MINUTES: 20.0}, equal="service", most=9)
    assert (few.stopping.why, few.replications) == ("most", 9)


def test_a_single_world_is_replicated_until_its_value_is_known():
    world = tiny_world(**FEW)
    found = sim.replicate_until(world, {MINUTES: "5 %"}, pilot=4, most=200)
    assert found.stopping.reached
    assert found == sim.replicate(world, replications=len(found.numbers))
    mean, low, high = found.estimate(MINUTES)
    assert (high - low) / 2 <= 0.05 * mean
    assert "As precise as was wished" in found.text()


def test_too_few_replications_are_told_with_how_many_it_would_take(worlds):
    found = until(worlds, {MINUTES: 0.01}, most=8)
    assert (found.stopping.why, found.replications, found.stopping.reached) == ("most", 8, False)
    said = " ".join(found.text().split())
    assert "Not as precise as was wished after 8 replications, the most that were allowed" in said
    assert f"some {found.stopping.watched[0].foretold(8):,} replications would be needed" in said


def test_a_share_of_a_difference_that_may_be_nothing_is_told_to_be_out_of_reach():
    """One agent more for a quarter of an hour: in most replications nobody waits just then."""
    one = tiny_world(population={"problems_per_day": 240}, teams={"front": {"staff": 2}})
    quarter = {"mon 00:00-10:00": 2, "mon 10:00-10:15": 3, "mon 10:15-24:00": 2, "tue-sun 00:00-24:00": 2}
    more = sim.changed(one, {"teams.front.staff": quarter})
    found = sim.compare_until(one, more, {"hold_minutes_per_call": "1 %"}, pilot=4, most=6, equal="none")
    apart = found.line("hold_minutes_per_call").difference
    assert apart.low < 0 < apart.high
    assert found.stopping.why == "most"
    assert "holds 0: a share of a difference that may be nothing" in " ".join(found.text().split())


def test_the_same_world_differs_by_nothing_and_that_is_known_after_the_pilot(worlds):
    found = until((worlds[0], worlds[0]), {MINUTES: "1 %"}, equal="none")
    assert (found.stopping.why, found.replications) == ("reached", 9)
    assert "In no replication is there any spread" in " ".join(found.text().split())


def test_a_measure_that_nobody_defines_is_not_waited_for(worlds):
    """No toll is paid here, so hold has no share of it."""
    found = until(worlds, {"hold_share_of_toll": 0.1})
    assert (found.stopping.why, found.replications) == ("undefined", 4)
    assert "Nothing that was wished is defined" in found.text()
    both = until(worlds, {"hold_share_of_toll": 0.1, MINUTES: "60 %"})
    assert both.stopping.why == "reached"
    assert not both.stopping.reached
    assert "hold_share_of_toll: defined in no replication of the pilot" in " ".join(both.text().split())


def test_the_seconds_end_it_after_the_pilot(worlds):
    found = until(worlds, {MINUTES: 0.001}, seconds=1e-6)
    assert (found.stopping.why, found.replications) == ("seconds", 4)
    assert "when the seconds were over" in " ".join(found.text().split())


def test_the_budget_is_told_once_after_the_pilot_with_the_truth_beside_it(worlds):
    told: list[Any] = []
    found = until(worlds, {MINUTES: 2.5}, foretold=told.append)
    assert told == [found.stopping.foretold]
    assert told[0].pilot == 4
    assert told[0].measure == MINUTES
    assert f"It became {found.replications} in all" in " ".join(found.text().split())


def test_progress_goes_up_to_what_was_lived(worlds):
    seen = []
    found = until(worlds, {MINUTES: 2.5}, progress=lambda done, of: seen.append((done, of)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert all(done <= of for done, of in seen)
    assert seen[-1][0] >= 2 * found.replications  # two worlds of one day each


def test_an_interruption_keeps_what_is_finished(worlds, monkeypatch):
    def interrupted(task, *told):
        if task.replication == 6:
            raise KeyboardInterrupt
        return live(task, *told)

    monkeypatch.setattr(workers, "live", interrupted)
    found = until(worlds, {MINUTES: 0.001}, workers=1)
    assert (found.stopping.why, found.replications, found.interrupted) == ("interrupted", 6, True)
    assert "when it was interrupted" in " ".join(found.text().split())


@pytest.mark.parametrize("equal", ["all", "service", "staff"])
def test_an_interruption_in_the_pilot_keeps_what_is_finished_of_it(worlds, monkeypatch, equal):
    def interrupted(task, *told):
        if task.replication == 3:
            raise KeyboardInterrupt
        return live(task, *told)

    monkeypatch.setattr(workers, "live", interrupted)
    if equal == "service":
        with pytest.raises(ValueError, match="interrupted before it was sought"):
            until(worlds, workers=1, equal=equal)
        return
    found = until(worlds, workers=1, equal=equal)
    assert (found.stopping.why, found.replications, found.stopping.foretold) == ("interrupted", 3, None)


def test_a_failure_keeps_what_is_finished(worlds, monkeypatch):
    def failing(task, *told):
        if task.replication == 6:
            raise ReplicationError("slow, replication 6, seed 1: broken")
        return live(task, *told)

    monkeypatch.setattr(workers, "live", failing)
    with pytest.raises(ReplicationError, match="broken") as told:
        until(worlds, {MINUTES: 0.001}, workers=1)
    assert told.value.finished.replications == 6
    assert told.value.finished.stopping.why == "failed"


def test_equal_service_is_sought_on_all_replications_in_the_end(worlds):
    found = until(worlds, equal="service", days=2)
    again = sim.compare(*worlds, replications=found.replications, equal="service", days=2)
    assert found == again
    assert f"on these {found.replications} replications" in found.ways[0].equality.meaning


def test_a_stored_study_tells_what_the_rule_did(worlds, tmp_path):
    for study in (until(worlds), sim.replicate_until(worlds[0], {MINUTES: "20 %"}, pilot=4)):
        (tmp_path / "study.json").write_text(study.to_json(), encoding="utf-8")
        there: Any = read(tmp_path / "study.json")
        assert there == study
        assert there.stopping == study.stopping
        assert there.text() == study.text()


def test_replications_that_are_added_are_no_longer_those_that_a_rule_stopped(worlds):
    one = sim.replicate_until(worlds[0], {MINUTES: "50 %"}, pilot=4)
    many = len(one.numbers)
    more = sim.replicate(worlds[0], replications=range(many, many + 2))
    assert one + more == sim.replicate(worlds[0], replications=many + 2)
    assert type(one + more) is type(more)
    assert type(until(worlds) + sim.compare(*worlds, replications=range(90, 92), equal="staff")) is sim.Comparison


def test_half_widths_beyond_counting_and_what_is_no_function_are_told_before_anything_is_lived():
    with pytest.raises(ValueError, match=r"the half-width of calls_per_problem is \"1000.*: a number above 0, at most"):
        sim.replicate_until("base", {"calls_per_problem": 10**400})
    for of in (sim.replicate_until, lambda half, **more: sim.compare_until("base", "empowered", half, **more)):
        told: Any = {"foretold": 5}
        asked = ("base", {"calls_per_problem": 1}) if of is sim.replicate_until else ({"calls_per_problem": 1},)
        with pytest.raises(ValueError, match="foretold is 5: a function of the budget is needed"):
            of(*asked, **told)
