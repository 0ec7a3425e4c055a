"""Logs that tell little, or are odd: said in words, and a world is written all the same wherever there can be one."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

import sim
from sim.data.call_log import CALL, CallLog, Outcome
from sim.fitting.fit import fit
from sim.fitting.prepared import prepare

DAY = 1440.0


def log_of(many=400, days=14, *, queues=("front",), seed=1, **columns) -> CallLog:
    """Return a log of calls from 09:00 to 17:00, three in four answered by five agents; columns replace."""
    luck = np.random.default_rng(seed)
    calls = np.zeros(many, CALL)
    calls["arrived"] = np.sort(luck.integers(0, days, many) * DAY + luck.uniform(540.0, 1020.0, many))
    calls["queue"] = luck.integers(0, len(queues), many)
    calls["caller"] = np.arange(many)
    wait = luck.exponential(2.0, many)
    answered = luck.random(many) < 0.75
    calls["answered"] = np.where(answered, calls["arrived"] + wait, np.nan)
    calls["left"] = calls["arrived"] + wait + np.where(answered, 1.0 + luck.lognormal(1.0, 0.7, many), 0.0)
    calls["agent"] = np.where(answered, luck.integers(0, 5, many), -1)
    calls["after_call"] = np.where(answered, luck.exponential(1.0, many), np.nan)
    calls["outcome"] = np.where(answered, Outcome.ANSWERED, Outcome.ABANDONED)
    for name, column in columns.items():
        calls[name] = column
    names = tuple(f"agent {at}" for at in range(5))
    return CallLog(calls, date(2024, 1, 1), tuple(queues), names, tuple(map(str, range(many))))


def changed(log: CallLog, **columns) -> CallLog:
    """Return a log with some columns changed."""
    calls = log.calls.copy()
    for name, column in columns.items():
        calls[name] = column
    return CallLog(calls, log.first_monday, log.queues, log.agents, log.callers)


def written(fitted, tmp_path):
    """Return the world that is written of a fit."""
    file = tmp_path / "fitted.toml"
    file.write_text(fitted.to_toml(of="odd"), encoding="utf-8")
    return sim.load(file), file.read_text(encoding="utf-8")


def runs(world) -> None:
    """Live a day of it."""
    day = sim.variant(world, {"time": {"warm_up": "0 d", "horizon": "1 d", "follow_up": "0 d"}})
    assert len(sim.run(day, sim.populate(day, seed=1)).rows) > 0


def test_an_ordinary_log_is_fitted_and_its_world_runs(tmp_path):
    fitted = fit(log_of())
    world, text = written(fitted, tmp_path)
    runs(world)
    assert "01 January 2024" in text
    assert world.population.problems_per_day == pytest.approx(400 / 14, rel=1e-3)
    assert fitted.text(every=True).count("\n") > fitted.text().count("\n")
    assert max(map(len, fitted.text(every=True).splitlines())) <= 100
    assert list(fitted.table().columns)[:3] == ["name", "queue", "value"]
    assert repr(fitted).startswith("<Fitted: 400 calls")


@pytest.mark.parametrize("many", [0, 1, 19])
def test_too_few_calls_are_refused_with_their_number(many):
    with pytest.raises(ValueError, match=f"the log has {many} calls: 20 at least"):
        fit(log_of(many))


def test_twenty_calls_are_fitted_with_warnings_of_what_is_too_few(tmp_path):
    fitted = fit(log_of(20, 3))
    assert any("too few" in one or "at least" in one for one in fitted.warnings)
    runs(written(fitted, tmp_path)[0])


def test_where_nobody_hangs_up_patience_is_not_told_but_bounded(tmp_path):
    log = log_of()
    answered = log.calls["outcome"] == Outcome.ANSWERED
    kept = CallLog(log.calls[answered], log.first_monday, log.queues, log.agents, log.callers)
    fitted = fit(kept)
    minutes = float((kept.calls["answered"] - kept.calls["arrived"])[
        kept.calls["answered"] - kept.calls["arrived"] > 1 / 60] .sum()) - answered.sum() / 60  # fmt: skip
    [said] = [one for one in fitted.warnings if "patience is not told" in one]
    assert float(said.split("above ")[1].split(" min")[0].replace(",", "")) == pytest.approx(minutes / 3.6889, rel=0.02)
    world, text = written(fitted, tmp_path)
    assert "guess: not in the log: nobody hung up" in text
    with pytest.raises(ValueError, match="patience"):
        fitted.value("patience.weibull.scale")
    runs(world)


def test_where_all_hang_up_talk_is_not_told(tmp_path):
    log = log_of()
    wait = np.minimum(log.calls["left"] - log.calls["arrived"], 5.0)
    fitted = fit(changed(log, answered=np.nan, left=log.calls["arrived"] + wait, agent=-1, outcome=Outcome.ABANDONED))
    assert any("no call was answered" in one for one in fitted.warnings)
    world, text = written(fitted, tmp_path)
    assert "guess: not in the log" in text.partition("\ntalk = ")[2].splitlines()[0]
    runs(world)


def test_one_day_tells_no_weekdays_and_no_busyness(tmp_path):
    fitted = fit(log_of(300, 1))
    assert any(one.startswith("the log has 1 day: the weekdays it lacks") for one in fitted.warnings)
    world, text = written(fitted, tmp_path)
    assert world.population.busyness_day is None
    assert world.population.profile.days == (1,) * 7
    assert "tue, wed, thu, fri, sat, sun: guess: not in the log" in text.replace("\n# ", " ")
    assert world.population.problems_per_day == 300


def test_calls_without_agents_tell_no_speed_and_staff_is_a_guess(tmp_path):
    fitted = fit(changed(log_of(), agent=-1))
    assert any("names no agents" in one for one in fitted.warnings)
    world, text = written(fitted, tmp_path)
    assert "speed_cv = 0.22" in text
    assert "minutes of service over 0.8" in text
    assert fitted.left_out["answered calls without an agent (not in speed and staff)"] > 0
    runs(world)


def test_calls_without_callers_stand_each_for_a_problem(tmp_path):
    fitted = fit(changed(log_of(), caller=-1))
    assert any("names no callers" in one for one in fitted.warnings)
    world, _ = written(fitted, tmp_path)
    assert world.population.again.persistence == 0.0
    assert world.population.problems_per_day == pytest.approx(400 / 14, rel=1e-3)


def test_a_few_callers_known_are_said_to_be_few():
    log = log_of()
    fitted = fit(changed(log, caller=np.where(np.arange(400) % 4 == 0, log.calls["caller"], -1)))
    assert any("only 25% of the calls name their caller" in one for one in fitted.warnings)


def test_a_queue_that_is_not_in_the_log_is_refused_with_what_is_meant():
    with pytest.raises(ValueError, match=r"queue is 'sale': did you mean sales\?"):
        fit(log_of(queues=("sales", "care")), queues=["sale"])
    with pytest.raises(ValueError, match="20 at least"):
        fit(changed(log_of(queues=("sales", "care")), queue=0), queues="care")


def test_calls_out_of_order_are_put_in_order_and_counted():
    log = log_of()
    mixed = CallLog(log.calls[::-1].copy(), log.first_monday, log.queues, log.agents, log.callers)
    fitted = fit(mixed)
    assert any("399 calls stood before one that arrived earlier" in one for one in fitted.warnings)
    assert [one.found for one in fitted.values] == [one.found for one in fit(log).values]


def test_a_date_that_is_wrong_is_told():
    log = log_of()
    with pytest.raises(ValueError, match=r"goes over 1[0-9]{2} years: one of its dates has to be wrong"):
        fit(changed(log, arrived=np.append(log.calls["arrived"][:-1], 6e7), answered=np.nan, left=np.nan))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"interval": 20}, "interval is 20: it has to be 15, 30 or 60"),
        ({"interval": "half"}, "interval is 'half'"),
        ({"short_service": -1}, "short_service is -1"),
        ({"same_problem": math.nan}, "same_problem is nan"),
        ({"at_once_within": "1 s"}, "at_once_within is '1 s'"),
    ],
)
def test_what_is_asked_wrongly_is_told_by_its_name(wrong, said):
    with pytest.raises(ValueError, match=said):
        fit(log_of(), **wrong)


@pytest.mark.parametrize("what", [None, "calls.csv", 3, []])
def test_what_is_no_log_is_refused(what):
    with pytest.raises(ValueError, match="it has to be a call log"):
        fit(what)


def test_a_holiday_and_a_day_cut_off_are_left_out_and_told():
    """Four weeks of 50 calls a day, but for one Wednesday of two calls; the log begins on Monday at noon."""
    luck = np.random.default_rng(2)
    times = np.concatenate([day * DAY + luck.uniform(540.0, 1020.0, 2 if day == 9 else 50) for day in range(28)])
    times = np.sort(times[times > 720.0])
    log = log_of(len(times), arrived=times, answered=np.nan, left=times + 1.0, agent=-1, outcome=Outcome.ABANDONED)
    made = prepare(log)
    assert made.odd == (0, 9)
    assert len(made.days) == 26
    assert any("1 of 28 days" in one and "day 10 (2 calls)" in one for one in made.warnings)
    assert any("first day is not whole" in one for one in made.warnings)
    assert fit(log).value("problems_per_day").found.value == pytest.approx(50.0)


def test_a_transferred_call_is_one_call_of_two_legs(tmp_path):
    """Each tenth call goes from sales to care at once: its second leg is no new call, and a path leads there."""
    log = log_of(queues=("sales", "care"))
    calls = np.sort(log.calls, order="arrived")
    calls["queue"] = 0
    passed = np.flatnonzero(calls["outcome"] == Outcome.ANSWERED)[::10]
    legs = calls[passed].copy()
    calls["outcome"][passed] = Outcome.TRANSFERRED
    legs["queue"], legs["arrived"] = 1, calls["left"][passed]
    legs["answered"], legs["left"] = legs["arrived"] + 0.5, legs["arrived"] + 4.0
    both = np.concatenate([calls, legs])
    fitted = fit(CallLog(both[np.argsort(both["arrived"])], None, log.queues, log.agents, log.callers))
    assert fitted.parts.calls.first.sum() == 400
    assert fitted.value("transferred", "sales").found.n == (calls["answered"] > 0).sum()
    world, _ = written(fitted, tmp_path)
    [path] = world.paths.values()
    assert (path.source, path.targets()) == ("sales", {"care": 1.0})
    assert world.teams["sales"].competent == pytest.approx(1 - len(passed) / (calls["answered"] > 0).sum(), abs=1e-3)
    runs(world)


@pytest.mark.parametrize(
    "names",
    [("front", "second"), ("none", ""), ('a "quoted" \\ name', "billing"), ("x" * 200, "x" * 200 + "y"), ("été", "\t")],
)
def test_whatever_queues_are_called_the_world_loads(names, tmp_path):
    world, _ = written(fit(log_of(queues=names)), tmp_path)
    assert len(world.teams) == len(world.population.reasons) == 2
    runs(world)


def test_talks_that_are_all_equal_are_told_by_their_mean(tmp_path):
    log = log_of()
    fitted = fit(changed(log, left=np.where(log.calls["agent"] >= 0, log.calls["answered"] + 3.0, log.calls["left"])))
    many = int((log.calls["agent"] >= 0).sum())
    assert f"queue front has {many} talks, all of 3 min: taken for all, without a spread" in fitted.warnings
    world = written(fitted, tmp_path)[0]
    assert world.teams["front"].talk == 3.0
    assert world.population.handling.model_dump() == {"law": "constant", "value": 1.0}


@pytest.mark.parametrize("talk", [100.0 / 60.0, 80_000.0 / 60.0])
def test_talks_that_differ_by_what_is_rounded_off_are_equal(tmp_path, talk):
    """Of minutes since a Monday, ends less beginnings differ in the last digits: fourteen years on, by a billionth."""
    log = log_of()
    calls = log.calls.copy()
    calls["arrived"][200:] += 5_110 * DAY
    calls["answered"] = np.where(calls["agent"] >= 0, calls["arrived"] + 0.1, np.nan)
    calls["left"] = np.where(calls["agent"] >= 0, calls["answered"] + talk, calls["arrived"] + 1.0)
    talks = (calls["left"] - calls["answered"])[calls["agent"] >= 0]
    assert 0.0 < np.ptp(talks) < 1e-8
    fitted = fit(CallLog(calls, log.first_monday, log.queues, log.agents, log.callers))
    assert any("without a spread" in one for one in fitted.warnings)
    assert written(fitted, tmp_path)[0].teams["front"].talk == pytest.approx(talk, rel=1e-3)


def test_one_talk_that_differs_is_enough_for_a_law(tmp_path):
    """Nearly no spread at all: no law's density holds it far from the mean, and that is no one's business."""
    log = log_of()
    left = np.where(log.calls["agent"] >= 0, log.calls["answered"] + 3.0, log.calls["left"])
    one = np.flatnonzero(log.calls["agent"] >= 0)[0]
    left[one] += 1.0 / 60.0
    fitted = fit(changed(log, left=left))
    assert written(fitted, tmp_path)[0].teams["front"].talk == pytest.approx(3.0, abs=1e-2)


def test_short_services_and_pauses_are_left_out_and_counted():
    log = log_of()
    served = np.flatnonzero(log.calls["agent"] >= 0)
    left, after = log.calls["left"].copy(), log.calls["after_call"].copy()
    left[served[:30]] = log.calls["answered"][served[:30]] + 0.1
    after[served[:7]] = 500.0
    fitted = fit(changed(log, left=left, after_call=after))
    assert fitted.left_out["services under 10 s (not in the talk)"] == 30
    assert fitted.left_out["after-call work over 2 h, taken for a pause"] == 7
    assert fitted.value("short_services", "front").found.value == pytest.approx(30 / len(served))


def test_a_value_that_there_is_not_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"did you mean problems_per_day\?"):
        fit(log_of()).value("problem_per_day")


def test_progress_is_told_to_its_end():
    told: list[tuple[int, int]] = []
    fit(log_of(queues=("a", "b")), progress=lambda done, of: told.append((done, of)))
    assert told == [(at, 6) for at in range(1, 7)]


def test_where_next_to_nobody_calls_again_persistence_is_the_share_seen(tmp_path):
    """All callers known, and each calls once: nothing is taken from base."""
    fitted = fit(log_of(2000, 28))
    world, text = written(fitted, tmp_path)
    assert world.population.again.persistence == 0.0
    assert fitted.value("again.abandoned.in_7d").found.high < 0.05
    assert "as seen within 7 days" in text


def test_more_queues_than_a_world_has_reasons_are_refused_before_anything_is_fitted():
    """A customer's number has 64 places for his reason."""
    names = tuple(f"q{at}" for at in range(65))
    log = log_of(1300, queues=names, queue=np.arange(1300) % 65)
    done = []
    with pytest.raises(ValueError, match="calls of 65 queues, and a world has 64 at most"):
        fit(log, progress=lambda *steps: done.append(steps))
    assert not done
    assert len(prepare(log, names[:64]).queues) == 64


@pytest.mark.parametrize("days", [6, 30])
def test_where_everybody_calls_again_each_call_stands_for_a_problem(days, tmp_path):
    """Four callers, each once or more a day: no call from the eighth day on is the first about a problem."""
    log = log_of(40 * days, days, caller=np.arange(40 * days) % 4)
    fitted = fit(log)
    assert [said for said in fitted.warnings if "every caller calls again" in said]
    assert fitted.value("problems_per_day").found.value == pytest.approx(40, rel=0.2)
    world, text = written(fitted, tmp_path)
    assert "every caller calls again: redials are among the calls already" in text
    assert world.population.again.persistence == 0.0
    runs(world)


def test_agents_who_were_seen_after_closing_alone_are_a_guess_while_it_is_open(tmp_path):
    """All call from 9:00 to 9:30 and are answered two hours later, when nobody calls."""
    log = log_of()
    arrived = np.floor(log.calls["arrived"] / DAY) * DAY + 540.0 + np.arange(400) % 30
    order = np.argsort(arrived)
    late = changed(log, arrived=arrived[order], answered=arrived[order] + 120.0, left=arrived[order] + 125.0,
                   outcome=Outcome.ANSWERED, agent=np.arange(400) % 5)  # fmt: skip
    world, text = written(fit(late), tmp_path)
    assert "nobody was seen with a caller while the line was open" in text
    opened = world.line.open_slots()
    agents = world.teams["front"].by_slot(opened)
    assert all(agents[slot] >= 1 for slot, is_open in enumerate(opened) if is_open)
    runs(world)


def test_queues_are_followed_by_their_own_hours():
    """One queue from 8 to 12, one from 14 to 22, of other callers, who call again after 40 minutes on average.

    They do so when their own queue is open, or within half an hour of its next opening.
    """
    luck = np.random.default_rng(5)
    rows: list[tuple[float, int, int]] = []
    for queue, (opens, closes) in enumerate([(480.0, 720.0), (840.0, 1320.0)]):
        first = luck.integers(0, 28, 1500) * DAY + luck.uniform(opens, closes, 1500)
        gap, late = luck.exponential(40.0, 1500), luck.uniform(0.0, 30.0, 1500)
        meant, day = first + 3.0 + gap, np.floor(first / DAY)
        again = np.where(meant < day * DAY + closes, meant, (day + 1.0) * DAY + opens + late)
        rows += [(float(first[at]), queue, queue * 1500 + at) for at in range(1500)]
        rows += [(float(again[at]), queue, queue * 1500 + at) for at in range(0, 1500, 2)]
    arrived, queues, callers = (np.array(column) for column in zip(*sorted(rows), strict=True))
    log = changed(
        log_of(len(rows), 28, queues=("am", "pm")), arrived=arrived, answered=np.nan, left=arrived + 3.0, queue=queues,
        caller=callers, agent=-1, after_call=np.nan, outcome=Outcome.ABANDONED,
    )  # fmt: skip
    mean = fit(log).value("again.abandoned.gap.mean").found
    assert mean.low < 40.0 < mean.high
    assert mean.high - mean.low < 12.0
