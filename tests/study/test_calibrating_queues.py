"""Calls by queue: which shares of the problems a report tells, worked by hand and found again by simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.data.interval_report import INTERVAL, IntervalReport
from sim.reading.trees import standing_at
from sim.study.calibrating.by_queue import Block, ByQueue, Group, shares_told
from sim.study.calibrating.calibration import Calibration
from sim.study.calibrating.led import calls_by_queue
from sim.study.calibrating.parameters import changes, parts_of
from tests.study.reports import report_of
from tests.worlds import MEMORYLESS, tiny_world

SHARES = {"fault": 0.5, "buy": 0.3, "price": 0.2}
TEAM: dict[str, Any] = {"staff": 3, "talk": "9 min", "wage": 0}


def two_queues(shares: dict[str, float], **changes: Any) -> sim.World:
    """Return a centre of two teams of three: who has a fault is led to support, the others to sales.

    Support solves less, so that a fault is called about more often than anything else: shares of problems are not
    shares of calls.
    """
    asked: dict[str, Any] = {
        "name": "two queues",
        "time": {"warm_up": "7 d", "horizon": "28 d", "follow_up": "14 d"},
        "population": {
            "problems_per_day": 330,
            "handling": MEMORYLESS,
            "patience": {"law": "exponential", "mean": "6 min"},
            "reasons": {name: {"share": share} for name, share in shares.items()},
            "again": {
                "persistence": 0.7,
                "after_abandoned": {"law": "exponential", "mean": "60 min"},
                "after_unsolved": {"law": "exponential", "mean": "10 h"},
            },
        },
        "line": {"team": "sales", "routes": {"fault": "support"}},
        "teams": {
            "front": {"staff": 0, "serves": ["sales"]},
            "sales": {**TEAM, "solve": {"plain": 0.8}},
            "support": {**TEAM, "solve": {"plain": 0.5}},
        },
    }
    return tiny_world(**{**asked, **changes})


def report(**calls: tuple[float, float, float]) -> IntervalReport:
    """Return a report of one Monday hour: by queue calls offered, answered and abandoned."""
    rows = np.zeros(len(calls), INTERVAL)
    for name in INTERVAL.names or ():
        rows[name] = np.nan if rows[name].dtype == float else 0
    rows["starts"], rows["minutes"], rows["queue"] = 540.0, 60.0, np.arange(len(calls))
    for at, counts in enumerate(calls.values()):
        for name, many in zip(("offered", "answered", "abandoned"), counts, strict=True):
            rows[name][at] = many
    return IntervalReport(rows, None, tuple(calls))


# The step, by hand ---------------------------------------------------------------------------------------------------


def test_a_step_multiplies_the_shares_by_calls_reported_over_calls_simulated():
    """Problems of .3 and .7, two calls each and one: 600 and 700 calls; reported are 660 and 340.

    .3 x 660 / 600 = .33 against .7 x 340 / 700 = .34: .33 / .67 of the problems, which make 660 and 340 of 1000 calls.
    """
    two = Block((Group(("sales",), (("b",),)), Group(("support",), (("a",),))))
    counts = {"support": {"offered": 660.0}, "sales": {"offered": 340.0}}
    (move,) = ByQueue(counts, (two,)).step({"support": 600.0, "sales": 700.0})
    odds = 0.3 / 0.7 * np.exp(move)
    share = odds / (1 + odds)
    assert share == pytest.approx(0.33 / 0.67)
    assert 2 * share / (2 * share + 1 - share) == pytest.approx(0.66)


def test_reasons_of_one_queue_keep_their_proportions():
    """A third of the problems are faults; moved by ln 2 against the others, of which 3 in 5 buy: odds of one to one."""
    world = two_queues({"fault": 1 / 3, "buy": 0.4, "price": 1 - 1 / 3 - 0.4})
    by_queue = calls_by_queue(report(support=(50, 50, 0), sales=(50, 50, 0)), world)
    assert by_queue is not None
    (sought,) = by_queue.parameters(world)
    sign = 1 if sought.places[0][2] == "fault" else -1
    tree = changes(world, [sought], [sign * np.log(2)])
    shares = {name: one["share"] for name, one in tree["population"]["reasons"].items()}
    assert shares == pytest.approx({"fault": 0.5, "buy": 0.3, "price": 0.2}, abs=1e-5)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-12)


def test_shares_of_a_whole_add_up_to_it_however_they_are_rounded():
    for whole in (1.0, 0.7, 1 / 3):
        found = parts_of(whole, dict(enumerate(np.random.default_rng(1).uniform(size=40))))
        assert sum(found.values()) == pytest.approx(whole, abs=1e-9)
    tiny = parts_of(1.0, {"a": 1.0, "b": 1e-9})
    assert tiny["b"] == pytest.approx(1e-9, rel=1e-3)
    assert sum(tiny.values()) == pytest.approx(1.0, abs=1e-12)


def test_both_of_two_shares_are_as_sure_as_the_odds_between_them():
    """With one move there is one odds: p / (1 - p) and its inverse have the same error of their logarithm."""
    world = two_queues(SHARES)
    by_queue = calls_by_queue(report(support=(50, 50, 0), sales=(50, 50, 0)), world)
    assert by_queue is not None
    (groups,) = by_queue.wholes(world)
    assert shares_told(groups, [0.3, 0.7], np.array([[0.04]])) == pytest.approx([0.2, 0.2])


def test_of_three_shares_the_first_is_as_sure_as_what_is_left_of_the_others():
    """Weights 1, e^x, e^y at 1/2, 1/4, 1/4: the log odds of the first is -ln(e^x + e^y), of slopes -1/2 and -1/2."""
    groups = (None, None, None)
    found = shares_told(groups, [0.5, 0.25, 0.25], np.diag([0.04, 0.04]))
    assert found[0] == pytest.approx(np.sqrt(0.02))
    assert found[1] == pytest.approx(np.sqrt(0.04 + 0.04 / 9)), "ln w / (1 + v): slopes 1 and -v / (1 + v) = -1/3"


# Who leads where -----------------------------------------------------------------------------------------------------


def test_queues_go_by_their_names_in_small_letters_or_capitals():
    found = calls_by_queue(report(Support=(66, 60, 6), SALES=(34, 30, 4)), two_queues(SHARES))
    assert found is not None
    assert found.calls == {
        "support": {"offered": 66, "answered": 60, "abandoned": 6},
        "sales": {"offered": 34, "answered": 30, "abandoned": 4},
    }
    assert found.notes == ()


def test_queues_of_which_none_is_known_are_a_mistake_and_some_are_told():
    with pytest.raises(ValueError, match='queues "Nord", "Sud" are none of the world\'s, front, sales, support'):
        calls_by_queue(report(Nord=(1, 1, 0), Sud=(1, 1, 0)), two_queues(SHARES))
    found = calls_by_queue(report(support=(66, 60, 6), Nord=(34, 30, 4)), two_queues(SHARES))
    assert found is not None
    assert found.blocks == ()
    assert '"Nord"' in found.notes[0]
    assert "no queue sales" in found.notes[1]


def test_segments_with_a_route_of_their_own_are_sought_against_the_others():
    """Professionals, a fifth, are led to front whatever they call for; front has half of the calls."""
    kind = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
    changed: dict[str, Any] = {
        "population": {"segments": {"all": {"share": 0.8}, "professional": {"share": 0.2, **kind}}},
        "line": {"segment_routes": {"professional": "front"}},
        "teams": {"front": {"staff": 3, "serves": ["front", "sales"]}},
    }
    world = sim.variant(two_queues(SHARES), changed)
    found = calls_by_queue(report(support=(25, 25, 0), sales=(25, 25, 0), front=(50, 50, 0)), world)
    assert found is not None
    of_reasons, of_segments = found.parameters(world)
    assert {place[1] for place in of_reasons.places} == {"reasons"}
    assert of_segments.places == (("population", "segments", "professional", "share"),)
    seen = {"support": 40.0, "sales": 40.0, "front": 20.0}
    moves = dict(zip((of_reasons.name, of_segments.name), found.step(seen), strict=True))
    assert moves[of_reasons.name] == pytest.approx(0.0), "both as many, reported and simulated"
    tree = changes(world, [of_reasons, of_segments], [moves[of_reasons.name], moves[of_segments.name]])
    assert standing_at(tree, "population", "segments", "professional", "share") == pytest.approx(0.5)


def test_calls_that_only_agents_pass_on_tell_no_share():
    found = calls_by_queue(report(front=(66, 60, 6), second=(34, 30, 4)), sim.load("base"))
    assert found is not None
    assert found.blocks == ()
    assert [note for note in found.notes if "No reason and no segment leads to second" in note]
    assert [note for note in found.notes if "counts here once" in note]


def test_a_world_of_one_queue_has_the_calls_of_all():
    found = calls_by_queue(report(Nord=(1, 1, 0), Sud=(1, 1, 0)), tiny_world())
    assert found is not None
    assert (found.calls, found.blocks) == ({}, ())
    said = 'The report\'s queues are taken together, "Nord", "Sud": all calls of this world come to front.'
    assert found.notes == (said,)


def test_a_report_of_one_queue_is_of_all_calls():
    assert calls_by_queue(report(anything=(1, 1, 0)), two_queues(SHARES)) is None


@pytest.mark.parametrize("free", [["queues"], ["queues", "problems"]])
def test_what_no_report_tells_cannot_be_named(free):
    with pytest.raises(ValueError, match="free holds queues: a report by interval is needed"):
        sim.calibrate(two_queues(SHARES), {"repeats": "20 %"}, free=free)


# Found again ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found_again(tmp_path_factory) -> Calibration:
    """Return a fit to one month of a centre of known shares: its own figures, and its own table by intervals."""
    truth = two_queues(SHARES)
    file = tmp_path_factory.mktemp("month") / "by_interval.csv"
    frame = sim.intervals(truth, every=60, by="queue", replications=[0], seed=4000, first_monday="2026-01-05")
    frame.to_csv(file, index=False)
    month = report_of(truth, seed=4000)
    month = {name: one for name, one in month.items() if name not in ("offered", "answered", "abandoned")}
    start = two_queues({"fault": 0.25, "buy": 0.45, "price": 0.3})
    return sim.calibrate(start, month, report=file, replications=10)


def test_shares_are_found_again_from_the_calls_by_queue(found_again):
    """From faults of a quarter, to the half that they are; the other two keep the proportions that they have."""
    shares = {
        key.split(".")[2]: (now, one) for one in found_again.fitted for key, _, now in one.values if "reasons" in key
    }
    assert {*shares} == {*SHARES}
    for name, (now, one) in shares.items():
        whole = sum(value for _, _, value in one.values)
        wanted = sum(SHARES[key.split(".")[2]] for key, _, _ in one.values)
        apart = np.log(whole / (1 - whole)) - np.log(wanted / (1 - wanted))
        assert one.reach is not None and abs(apart) <= one.reach < 0.2, name
        assert now / whole == pytest.approx(SHARES[name] / wanted, rel=1e-4)


def test_each_queue_s_calls_stand_beside_the_report_s(found_again):
    lines = {line.question.name: line for line in found_again.lines}
    for queue in ("sales", "support"):
        assert lines[f"offered of {queue}"].verdict == "inside"
        assert lines[f"offered of {queue}"].sought
        assert not lines[f"answered of {queue}"].sought
        assert lines[f"abandoned of {queue}"].estimate.mean is not None
    text = found_again.text()
    assert "sales: calls offered in 28 days" in text
    assert "Not used of the report by interval: " in text


def test_fitted_shares_are_written_with_their_comments(found_again):
    text = found_again.to_toml(extends="base")
    at = text.index("[population.reasons.fault]")
    assert text[at:].split("\n")[1].startswith("share = 0.")
    assert "# fitted: odds x " in text[at:].split("\n")[1]
    assert "was 0.25" in text[at:].split("\n")[1]
    assert "odds of the share of the reasons led to sales x " in text


def test_shares_that_are_not_sought_show_that_the_report_is_another(tmp_path):
    """66 to 34 in a world of .25 and .75, with the shares held: outside, in so many words."""
    truth = two_queues(SHARES)
    frame = sim.intervals(truth, every=60, by="queue", replications=[0], seed=4000, first_monday="2026-01-05")
    frame.to_csv(tmp_path / "by_interval.csv", index=False)
    start = two_queues({"fault": 0.25, "buy": 0.45, "price": 0.3})
    made = sim.calibrate(
        start, {"repeats": "30 %"}, report=tmp_path / "by_interval.csv", replications=3, free=["problems"]
    )
    verdicts = {line.question.name: line.verdict for line in made.lines}
    assert verdicts["offered of support"] == verdicts["offered of sales"] == "outside"
    assert any("queues is not among what is sought" in note for note in made.notes)
    assert made.text().count("No step brings") <= 1
    assert "Outside, and nothing is fitted to them: " in " ".join(made.text().split())


def test_a_share_is_not_moved_by_two(tmp_path):
    truth = two_queues(SHARES)
    frame = sim.intervals(truth, every=60, by="queue", replications=[0], days=7, first_monday="2026-01-05")
    frame.to_csv(tmp_path / "by_interval.csv", index=False)
    with pytest.raises(ValueError, match=r"population.reasons.fault.share would be moved by two, queues too; name one"):
        sim.calibrate(
            truth,
            {"repeats": "30 %"},
            report=tmp_path / "by_interval.csv",
            free=["queues", "population.reasons.fault.share"],
        )
