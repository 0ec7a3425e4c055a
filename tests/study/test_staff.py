"""The least-cost staff: against formulas, against all staffs of a tiny world, and what cannot be asked."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.report.staffed import head
from sim.study.running.size import Size
from sim.study.searching.equal import EqualServiceError
from sim.study.searching.staffing import paid_hours
from sim.study.staffing.covering import Covering
from sim.study.staffing.formulas import agents_for
from sim.study.staffing.pattern import pattern_of
from sim.study.staffing.search import Search
from sim.study.staffing.shifts import ShiftError, allowed_of, ways_of
from sim.study.staffing.standing import standings
from sim.study.staffing.targets import TargetError, targets_of
from sim.study.staffing.trials import Trials
from sim.theory import ErlangC, erlang_a
from tests import by_hand
from tests.cli.worlds import SMALL
from tests.worlds import tiny_world

TARGET = "service_level>=0.8 within 20 s"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """M/M/n: 3,000 calls a day of 3 min and their ends, no repeats, nobody hangs up: 6.25 erlangs."""
    return plain_world(tmp_path_factory, patience="none")


MAIL = """
[messages.mail]
team = "front"
patience = "none"
[contacts.first]
mail = 1.0
[service_level]
written = "5 min"
"""


def plain_world(factory, patience: str, more: str = ""):
    text = SMALL.format(days=7, per_day=3000, talk="3 min").replace('patience = "1 h"', f"patience = {patience}") + more
    file = factory.mktemp("worlds") / "plain.toml"
    file.write_text(text.replace("patience = none", 'patience = "none"'), encoding="utf-8")
    memoryless = {"law": "exponential", "mean": 1.0}
    return sim.changed(
        sim.load(file),
        {
            "population.handling": memoryless,
            "population.again.persistence": 0.0,
            "population.awake": "mon-sun 00:00-24:00",
            "levers.memory.identification": "0 s",
            "levers.memory.explanation": "0 s",
            "line.menu": "0 s",
            "time.warm_up": "1 d",
        },
    )


def test_a_plain_queue_gets_the_agents_of_erlang_c(plain):
    """6.25 erlangs: with 9 agents 83 % of the callers are answered within 20 s, with 8 only 65 % (Erlang C)."""
    levels = [ErlangC(3000 / 1440, 3.0, agents).service_level(1 / 3) for agents in (8, 9)]
    assert levels[0] < 0.75 < 0.8 < levels[1]
    plan = sim.staff(plain, TARGET, every="day", replications=4)
    (row,) = plan.rows
    assert row.agents == 9
    assert row.erlang_c == row.erlang_c_first == 9
    assert row.repeats == 0.0
    assert row.load == pytest.approx(6.25, rel=0.02)
    assert plan.met
    (less,) = plan.critical.standings
    assert less.verdict == "missed"
    assert less.estimate.low < levels[0] < less.estimate.high


def test_a_plain_queue_of_the_impatient_gets_the_agents_of_erlang_a(tmp_path_factory):
    """Patience of 2 min on average: 8 agents answer more than four in five within 20 s, 7 do not (Erlang A)."""
    world = plain_world(tmp_path_factory, patience='{ law = "exponential", mean = "2 min" }')
    target = "service_level_arena>=0.8 within 20 s"
    levels = [erlang_a(3000 / 1440, 3.0, agents, 2.0).answered_within(1 / 3) for agents in range(6, 11)]
    needed = 6 + next(at for at, level in enumerate(levels) if level >= 0.8)
    plan = sim.staff(world, target, every="day", replications=4)
    assert min(abs(level - 0.8) for level in levels) > 0.01  # nothing hangs on luck
    assert [row.agents for row in plan.rows] == [needed]
    assert [row.erlang_a for row in plan.rows] == [needed]


def test_an_office_gets_the_agents_that_take_up_its_mail_in_time(tmp_path_factory):
    """The same 6.25 erlangs in writing: 8 agents take 92 % up within 5 min, 7 only 72 % (Erlang C)."""
    levels = [ErlangC(3000 / 1440, 3.0, agents).service_level(5.0) for agents in (7, 8)]
    assert levels[0] < 0.85 < 0.9 < levels[1]
    world = plain_world(tmp_path_factory, '"none"', MAIL)
    plan = sim.staff(world, "taken_up_within.front>=0.9", every="day", replications=4)
    (row,), (needed,), (less,) = plan.rows, plan.standings, plan.critical.standings
    assert (row.agents, needed.verdict, less.verdict) == (8, "met", "missed")
    assert needed.estimate.low < levels[1] < needed.estimate.high
    assert less.estimate.low < levels[0] < less.estimate.high


def test_mail_answered_within_a_time_is_a_target(tmp_path_factory):
    """Within 8 minutes, the work on it included; the staff found meets it, one agent less does not."""
    world = sim.changed(plain_world(tmp_path_factory, '"none"', MAIL), {"messages.mail.within": "8 min"})
    plan = sim.staff(world, ["answered_within.mail >= 0.8", "answer_hours.mail<=0.2"], every="day", replications=4)
    lived = [
        sim.replicate(sim.changed(world, {"teams.front.staff": agents}), replications=range(50, 54))
        for agents in (plan.rows[0].agents, plan.rows[0].agents - 1)
    ]
    enough, less = (one.estimate("answered_within.mail") for one in lived)
    assert plan.met
    assert less.high < 0.8 < enough.low


def test_formulas_give_the_published_fourteen(plain):
    """100 calls in half an hour of 3 min each, 80 % within 20 s: 14 agents (pyworkforce and ErlangC, their READMEs)."""
    (target,) = targets_of(TARGET, plain)
    assert agents_for((target,), plain, 100 / 30, 3.0, math.inf) == 14


def tiny(factory):
    """Two stretches of a day that differ, a call in ten hangs up, repeats."""
    text = SMALL.format(days=7, per_day=500, talk="5 min").replace("00:00-24:00", "08:00-20:00")
    file = factory.mktemp("worlds") / "tiny.toml"
    file.write_text(text, encoding="utf-8")
    shape = [0.0] * 2 + [1.0] + [2.0] + [0.7] + [0.0]
    return sim.changed(sim.load(file), {"population.profile.intervals": shape})


@pytest.mark.parametrize("target", [TARGET, f"{TARGET} over the whole", "abandonment<=2 % per day"])
def test_what_is_found_in_a_tiny_world_is_the_cheapest_of_all_staffs(tmp_path_factory, target):
    """All cheaper staffs around the one found are lived on the same replications: none of them meets the target."""
    world = tiny(tmp_path_factory)
    pattern = pattern_of(world, every="4 h")
    trials = Trials(pattern, targets_of(target, world), Size((0, 1, 2), 1), sure="mean", budget=10_000, foreseen=1)
    search = Search(trials)
    search.through()
    found = search.best.staff
    assert trials.lived(found).met
    assert not cheaper_that_meet(trials, pattern, found)


def cheaper_that_meet(trials, pattern, found):
    """Live every staff up to three agents from the one found, at each place, that costs less; return who meets all."""
    near = (np.array(staff) for staff in itertools.product(*(range(max(1, its - 3), its + 3) for its in found)))
    less = pattern.costs @ found - 1e-6
    return [staff for staff in near if pattern.costs @ staff < less and trials.lived(staff).met]


NIGHT = SMALL.replace("00:00-24:00", "20:00-04:00")
SKILLS = """
serves = ["front"]
[teams.both]
staff = 1
talk = "5 min"
wage = 25
serves = ["second", "front"]
[queues.second]
[population.reasons.other]
share = 0.4
"""


def skilled():
    """Return a world of two queues: the agents of one team serve both, those of the other the first alone."""
    text = SMALL.replace("00:00-24:00", "08:00-20:00").replace("any]\nshare = 1", "any]\nshare = 0.6")
    return text.replace('team = "front"', 'team = "front"\nroutes = {{ other = "second" }}') + SKILLS


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (NIGHT, [TARGET]),
        (NIGHT, ["service_level>=0.7 within 20 s", "service_level>=0.9 within 2 min"]),
        pytest.param(
            skilled(),
            [f"{TARGET} of front over the whole", f"{TARGET} of second over the whole"],
            marks=pytest.mark.slow,
        ),
    ],
    ids=["night", "several", "skills"],
)
def test_at_night_and_with_skills_it_is_the_cheapest_of_all_around_it_too(tmp_path, text, targets):
    """A line that closes at four in the morning; two targets at once; agents of whom some take what others cannot."""
    file = tmp_path / "world.toml"
    file.write_text(text.format(days=7, per_day=400, talk="5 min"), encoding="utf-8")
    world = sim.load(file)
    every = "12 h" if "both" in text else "4 h"
    pattern = pattern_of(world, every=every, hours="open")
    trials = Trials(pattern, targets_of(targets, world), Size((0, 1), 1), sure="mean", budget=10_000, foreseen=1)
    search = Search(trials)
    search.through()
    found = search.best.staff
    assert len(found) >= 2
    assert not search.out_of_reach.any()
    assert trials.lived(found).met
    assert not cheaper_that_meet(trials, pattern, found)


def test_what_no_number_of_agents_reaches_is_told_with_what_is_reached(plain):
    """The menu lasts a minute and the clock cuts half of what is said: nobody is answered within what is asked."""
    world = sim.changed(plain, {"line.lines": 5})
    plan = sim.staff(world, "blocked_share<=0.01", every="day", replications=2, budget=30)
    (one,) = plan.standings
    assert one.verdict == "out of reach"
    assert 0.1 < one.best < 0.5  # five lines for 6.25 erlangs lose 26 % (Erlang B)
    assert "out of reach" in plan.text()
    assert not plan.met


def test_the_check_is_on_replications_that_nothing_was_sought_on(plain):
    plan = sim.staff(plain, TARGET, every="day", replications=range(3, 5), check=3)
    assert plan.searched == (3, 4)
    assert not {*plan.searched} & {*plan.checked}
    assert len(plan.checked) == 3


def test_a_staff_is_the_same_whoever_works(plain):
    one, other = (sim.staff(plain, TARGET, every="day", replications=2, workers=many) for many in (1, 2))
    assert one.rows == other.rows
    assert one.standings == other.standings


def test_an_interruption_keeps_the_best_so_far(plain):
    def stop(done: int, of: int) -> None:
        if done > 150:  # ten replications of nine days are the first staff
            raise KeyboardInterrupt

    plan = sim.staff(plain, TARGET, every="8 h", replications=10, progress=stop)
    assert plan.interrupted
    assert "interrupted" in plan.text()


def test_the_world_found_is_written_and_read_again(plain, tmp_path):
    plan = sim.staff("base", "abandonment<=20 % over the whole", every="4 h", replications=2, days=7, shifts="usual")
    file = tmp_path / "mine.toml"
    file.write_text(plan.to_toml(extends="base", at=file), encoding="utf-8")
    again = sim.load(file)
    assert {name: team.shifts for name, team in again.teams.items()} == {
        name: team.shifts for name, team in plan.world().teams.items()
    }
    assert plan.shifts
    assert sim.load("base").time == plan.world().time


# Covering -------------------------------------------------------------------------------------------------------------


def covering(shifts, need):
    """Cover needs by hours of one day, in a world that is open from 08:00 to 20:00 on each."""
    world = sim.changed("base", {"teams.front.staff": {"mon 08:00-20:00": 1}, "line.open": ["mon 08:00-20:00"]})
    pattern = pattern_of(world, every="1 h", teams="front", alike="none")
    found = Covering(pattern, ways_of(pattern, allowed_of(shifts, world)))
    assert len(pattern.places) == 12
    found.check(np.array(need))
    return found, found.covered(np.array(need))


def test_a_small_covering_worked_by_hand():
    """One from 8 to 20, two from 12 to 16: three shifts end to end and one more across noon: 16 h."""
    need = [1] * 4 + [2] * 4 + [1] * 4
    covered, found = covering({"four": {"length": "4 h", "every": "1 h"}}, need)
    assert found.cost == pytest.approx(16 * 23)
    assert found.bound == pytest.approx(found.cost)
    assert (covered.least_at(found.agents) >= need).all()


def test_a_break_has_to_be_covered_by_somebody_else():
    """A shift of 12 h with an hour off at noon leaves that hour bare, which another shift fills."""
    shifts = {
        "long": {"length": "12 h", "lunch": "1 h", "lunch_after": ["4 h"]},
        "short": {"length": "4 h", "every": "1 h"},
    }
    _, found = covering(shifts, [1] * 12)
    assert found.cost == pytest.approx(12 * 23)  # three short ones: cheaper than 11 h and 4 h
    _, alone = covering({**shifts, "short": {"length": "4 h", "every": "1 h", "most": 0}, "noon": {"length": "2 h",
                         "starts": ["12:00"]}}, [1] * 12)  # fmt: skip
    assert alone.cost == pytest.approx((11 + 2) * 23)


def test_every_way_of_covering_a_small_need_costs_as_much_or_more():
    """All numbers of five shifts up to three each are gone through."""
    need = [2, 1, 3, 1, 0, 2, 2, 1, 0, 1, 1, 1]
    shifts = {"four": {"length": "4 h", "starts": ["08:00", "10:00", "12:00", "14:00", "16:00"]}}
    covered, found = covering(shifts, need)
    enough = [
        covered.costs @ np.array(agents)
        for agents in itertools.product(range(4), repeat=5)
        if (covered.least_at(np.array(agents)) >= need).all()
    ]
    assert found.cost == pytest.approx(min(enough))


def test_the_published_union_airways():
    """Five shifts round the clock, 30,610 a day (Hillier and Lieberman, Introduction to Operations Research, 3.4)."""
    starts = {"one": "06:00", "two": "08:00", "three": "12:00", "four": "16:00", "five": "22:00"}
    costs = {"one": 170.0, "two": 160.0, "three": 175.0, "four": 180.0, "five": 195.0}
    best = {"one": 48, "two": 31, "three": 39, "four": 43, "five": 15}
    need = np.array([15, 15, 15, 48, 79, 65, 87, 64, 73, 82, 43, 52])
    always = {"teams.front.staff": 1, "line.open": ["mon-sun 00:00-24:00"]}
    world = sim.changed("base", {**always, "population.awake": "mon-sun 00:00-24:00"})
    pattern = pattern_of(world, every="2 h", teams="front", alike=["mon-sun"], hours="open")
    shifts = {name: {"length": "8 h", "starts": [start], "days": ["mon-sun"]} for name, start in starts.items()}
    ways = [replace(way, cost=costs[way.allowed.name]) for way in ways_of(pattern, allowed_of(shifts, world))]
    found = Covering(pattern, tuple(ways)).covered(need)
    assert {way.allowed.name: many for way, many in zip(ways, found.agents, strict=True)} == best
    assert found.cost == found.bound == pytest.approx(30_610)


def test_an_hour_that_no_shift_covers_is_named():
    with pytest.raises(ShiftError, match=r"none covers the whole of front, mon 08:00-09:00"):
        covering({"late": {"length": "4 h", "starts": ["10:00", "14:00", "16:00"]}}, [1] * 12)


def test_the_shifts_shown_are_the_least_that_cover_the_needs_shown(tmp_path):
    """A target over the day that the first shifts miss asks for agents where they bear most, and the table has them."""
    world = tiny_in_shifts(tmp_path)
    shifts = {"four": {"length": "4 h", "every": "2 h"}}
    plan = sim.staff(
        world, f"{TARGET} per day", every="2 h", least=1, hours="open", shifts=shifts, replications=2, check=2
    )
    pattern = pattern_of(world, every="2 h", hours="open")
    covering_it = Covering(pattern, ways_of(pattern, allowed_of(shifts, world)))
    need = np.array([row.agents for row in plan.rows])
    least = covering_it.covered(need)
    assert plan.bound == pytest.approx(least.cost)
    assert sum(one.eur for one in plan.shifts) <= least.cost + 1e-6


def tiny_in_shifts(folder):
    file = folder / "tiny.toml"
    file.write_text(SMALL.format(days=7, per_day=300, talk="5 min").replace("00:00-24:00", "08:00-20:00"), "utf-8")
    return sim.load(file)


# What cannot be asked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("service_level>=1.2", "1.2 can never be"),
        ("servic_level>=0.8", "did you mean service_level"),
        ("service_level<=0.8", "write service_level>=0.8"),
        ("handling_time>=3 min", "no better direction"),
        ("occupancy>=0.8", "write occupancy<=0.85"),
        ("speed_of_answer<=30", '"30 s" or "30 min"'),
        ("service_level=0.8", "write >="),
        ("nonsense", "cannot be read"),
        ("service_level>=nan", "cannot be read"),
        ("service_level>=inf", "cannot be read"),
        ("abandonment<=5 % within 20 s", "leave it out"),
        ("service_level>=0.8 of nobody", "no team and no queue"),
        ("calls_per_problem<=2 per day", "over the whole alone"),
        ("longest_wait<=3 min", "cannot be put together"),
        ("answered_within.mail>=0.9", "answered_within.mail: nothing is written in this world"),
        ("answered_within>=0.9", 'measure "answered_within" is not known'),
        ("occupancy.frnt<=0.9", "did you mean occupancy.front"),
        (3, "cannot be read"),
    ],
)
def test_a_target_that_cannot_be_is_told(target, said):
    with pytest.raises(TargetError, match=said.replace("(", r"\(").replace("+", r"\+")):
        targets_of([target], sim.load("base"))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("answered_within.mial>=0.9", "did you mean answered_within.mail"),
        ("backlog.mail<=20 items", '"20 items" is not a number: write it alone, in items'),
        ("answer_minutes.mail<=3 min", "did you mean answer_hours.mail"),
        ("backlog.office<=3", "did you mean backlog.web"),
        ("answered_within.mail<=0.9", "write answered_within.mail>=0.9"),
        ("answered_within.mail>=0.9 within 3 h", "its time from messages.mail.within"),
        ("taken_up_within.web>=0.9 within 3 h", "its time from service_level.written"),
        ("answered_within.mail>=0.9 per day", "over the whole alone"),
        ("answer_hours.mail<=24 of web", "answer_hours.mail is told of mail alone: leave out of web"),
        ("answered_within>=0.9", "answered_within.twitter, answered_within.press, answered_within.mail"),
        ("answered_withn.mail>=0.9", "did you mean answered_within.mail"),
        ("service_level>=0.9 of web", "no call comes to web; of it there are occupancy.web, backlog.web"),
        ("contacts_per_day.mail<=3", "no better direction"),
        ("answered_within.mail>=1.2", "can never be"),
    ],
)
def test_a_target_of_a_channel_that_cannot_be_is_told(target, said):
    with pytest.raises(TargetError, match=said.replace("+", r"\+")):
        targets_of([target], sim.load("silence"))


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ValueError, match="service_level") as told:
        sim.staff(
            "base",
            ["service_level>=1.2", "x"],
            every="20 min",
            teams="frnt",
            alike="mon-fry",
            hours="x",
            least=-1,
            shifts={
                "long": {"length": "30 h"},
                "out": {"length": "4 h", "breaks": {"3.75 h": "30 min"}, "teams": ["q"]},
            },
            sure="x",
            replications=0,
            check=1,
            budget=1,
        )
    said = str(told.value)
    for part in ("1.2 can never be", "cannot be read", "every is '20 min'", "did you mean front", "mon-fry", "hours is",
                 "a day at most", "outside the shift", "teams: q", "sure is", "replications is 0", "check is",
                 "budget is"):  # fmt: skip
        assert part in said


def test_targets_are_read_as_they_are_written():
    world = sim.load("base")
    for written in (TARGET, "abandonment<=5 % of front per day", "calls_per_problem<=2", "speed_of_answer<=1 min"):
        (one,) = targets_of(written, world)
        assert targets_of(str(one), world) == (one,)


def test_days_are_alike_where_problems_and_hours_are():
    """The base world has a Monday of its own, four days alike, a Saturday, and a Sunday without an hour."""
    assert pattern_of(sim.load("base")).groups == ((0,), (1, 2, 3, 4), (5,), (6,))
    assert pattern_of(sim.load("hotline_2005")).groups == (tuple(range(7)),)


def test_what_a_pattern_costs_is_what_the_world_pays(plain):
    from sim.study.searching.staffing import paid_eur

    world = sim.changed("base", {"teams.front.wage_premiums": {"sat 00:00-24:00": 0.5}, "teams.front.shrinkage": 0.2})
    pattern = pattern_of(world, every="1 h")
    staff = np.arange(len(pattern.places)) % 5 + 1
    assert pattern.costs @ staff == pytest.approx(paid_eur(pattern.world_with(staff)))


def test_standings_tell_where_it_comes_least_near(plain):
    pattern = pattern_of(plain, every="8 h")
    trials = Trials(pattern, targets_of(TARGET, plain), Size((0, 1), 1), sure="mean", budget=9, foreseen=1)
    (one,) = standings(trials, trials.lived(np.array([20, 7, 20])), None, np.zeros(3, bool))
    assert (one.where, one.many, one.met) == ("mon-sun 08:00-16:00", 3, 2)


def test_two_worlds_at_equal_service_by_the_least_staff(plain):
    """Talks a quarter longer, 7.8 erlangs in place of 6.25: by Erlang C two agents more wait as short as with 9."""
    second = sim.changed(plain, {"teams.front.talk": "x1.25"})
    wait = ErlangC(3000 / 1440, 3.0, 9).speed_of_answer
    needed = next(many for many in range(8, 20) if ErlangC(3000 / 1440, 3.75, many).speed_of_answer <= wait)
    made = sim.compare(sim.changed(plain, {"teams.front.staff": 9}), second, equal="least_cost", replications=4)
    (way,) = made.ways
    first, other = (one.estimate("speed_of_answer").mean for one in (made.first, way.lived))
    assert other <= first < other * 1.1
    agents = paid_hours(way.equality.second) / (7 * 24)
    assert needed - 1 < agents <= needed
    assert way.equality.factor == pytest.approx(agents / (paid_hours(second) / (7 * 24)))
    assert "by the least-cost staff found among" in " ".join(made.text().split())


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("calls_per_day", "has no better direction"),
        ("blocked_share", "no staff of .* was found with which blocked_share is 0 or better"),
    ],
)
def test_a_service_that_no_least_staff_makes_equal_is_told(plain, measure, said):
    second = sim.changed(plain, {"line.lines": 5})
    with pytest.raises(ValueError, match=said):
        sim.compare(plain, second, equal="least_cost", service_measure=measure, replications=2)


def test_what_the_first_world_has_not_is_not_made_equal():
    with pytest.raises(EqualServiceError, match="undefined in empowered"):
        sim.compare(
            "empowered",
            "double_peine",
            equal="least_cost",
            service_measure="hold_share_of_toll",
            replications=2,
            days=1,
        )


@pytest.mark.parametrize("study", [sim.levers, sim.effort_weights])
def test_studies_of_many_worlds_seek_no_least_staff(plain, study):
    with pytest.raises(ValueError, match='equal is "least_cost"'):
        study(plain, sim.changed(plain, {"line.lines": 50}), equal="least_cost")


def test_a_study_until_it_is_precise_seeks_no_least_staff(plain):
    with pytest.raises(ValueError, match='equal is "least_cost"'):
        sim.compare_until(plain, plain, {"calls_per_problem": 1.0}, equal="least_cost")


@pytest.mark.parametrize(
    "target", ["calls_per_problem<=2", "firm_eur_per_problem<=1", "service_level>=0.8", "abandonment<=5 % per day"]
)
def test_where_nobody_ever_calls_there_is_nothing_to_meet_and_nobody_more_is_needed(target):
    """One agent is the least: none of them does anything."""
    world = tiny_world(population={"problems_per_day": 1e-4}, teams={"front": {"staff": 3, "wage": 20}})
    plan = sim.staff(world, target, every="6 h", replications=2, budget=15)
    assert [one.verdict for one in plan.standings] == ["met"]
    assert {row.agents for row in plan.rows} == {1}
    assert plan.critical is None
    assert any("asks for nothing: no call came" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("met", "met"), "staff found that meets service_level>=0.8"),
        (("met", "in doubt"), "abandoned_share<=0.05 per interval, which is in doubt: "),
        (("missed", "in doubt"), "which is missed: "),
        (("missed", "out of reach"), "staff found that comes nearest to service_level>=0.8"),
    ],
)
def test_the_headline_says_how_sure_it_is(plain, verdicts, said):
    made = sim.staff(plain, ["service_level>=0.8", "abandonment<=5 %"], every="day", replications=2, budget=5)
    both = zip(made.standings, verdicts, strict=True)
    assert said in head(replace(made, standings=tuple(replace(one, verdict=verdict) for one, verdict in both)))[0]


def test_who_costs_nothing_is_not_for_that_put_on_duty_by_the_dozen():
    """The fewest that meet it, whether they are paid or not: what is cheapest of those that cost is fewest of these."""
    paid, unpaid = (
        sim.staff(tiny_world(teams={"front": {"wage": wage}}), "abandonment<=5 %", every="6 h", replications=2)
        for wage in (20, 0)
    )
    assert [row.agents for row in unpaid.rows] == [row.agents for row in paid.rows]
    assert (unpaid.eur, paid.eur > 0.0) == (0.0, True)


def test_shifts_that_cost_nothing_are_as_few_as_cover_what_is_needed():
    """Two agents all day and all night, in shifts of a quarter of a day: eight work a day, and not millions."""
    world = tiny_world(population={"problems_per_day": 1e-4})
    shifts = {"short": {"length": "6 h", "starts": ["00:00", "06:00", "12:00", "18:00"], "days": ["mon-sun"]}}
    plan = sim.staff(world, "service_level>=0.8", every="6 h", least=2, shifts=shifts, replications=2, budget=15)
    assert sum(one.agents for one in plan.shifts) == 8


def test_no_shift_that_fits_is_told_in_words():
    """The line is open for an hour, and the only shift takes eight."""
    line, staff = {"open": ["sun 23:00-24:00"]}, {"front": {"staff": {"sun 23:00-24:00": 1}}}
    world = tiny_world(line=line, teams=staff)
    with pytest.raises(ValueError, match="shifts: none covers the whole of front"):
        sim.staff(
            world, "service_level>=0.8", every="1 h", shifts={"full": {"length": "8 h"}}, replications=2, budget=15
        )


def test_replications_that_leave_none_to_check_on_are_refused():
    with pytest.raises(ValueError, match="replications go to 16777215: it is checked on others behind them"):
        sim.staff(tiny_world(), "service_level>=0.8", replications=range(2**24 - 3, 2**24))


def test_hours_may_have_their_unit_and_a_channel_any_name():
    message = {"team": "office", "writing": "8 min", "reading": "2 min", "patience": "4 h"}
    world = by_hand.written(messages={"my écrit": message})
    hours, share = targets_of(["answer_hours.my écrit <= 90 min", "answered_within.my écrit>=80 %"], world, "whole")
    assert (hours.measure, hours.value, share.value) == ("answer_hours.my écrit", 1.5, 0.8)
