"""Best, frontier, tornado and indices, drawn: what stands on the axes is what was found."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.figures import best_figure, frontier_figure, indices_figure, save, tornado_figure
from sim.study.choosing import best as module
from sim.study.choosing.frontier import frontier
from sim.study.choosing.indices import Share, SobolIndices
from sim.study.choosing.tornado import tornado_of
from sim.study.running.estimate import Estimate
from tests.figures.drawn import axes, texts
from tests.study.points import living, named, numbered, swept
from tests.worlds import tiny_world

WORLD = tiny_world()
HOLD, CALLS = "hold_minutes_per_call", "calls_per_problem"
LOW, MIDDLE, HIGH = [1.0, 1.5, 0.5], [3.0, 3.5, 2.5], [4.0, 5.0, 6.0]


def crosses(ax: Any) -> dict[str, Any]:
    """Return what is drawn with intervals, by its label."""
    return {one.get_label(): one for one in ax.containers if one.get_label()[:1] != "_"}


def bars(ax: Any) -> dict[str, list[float]]:
    """Return the lengths of bars by label, those without one left out."""
    drawn = (one for one in ax.containers if hasattr(one, "patches"))
    return {one.get_label(): [bar.get_width() for bar in one.patches] for one in drawn}


def test_the_best_is_a_diamond_with_its_interval_and_its_runs(monkeypatch):
    monkeypatch.setattr(module, "sweep", living({-1: [one + 4 for one in LOW], 0: LOW, 1: LOW}))
    made = sim.best(WORLD, named("$ one", "two"), HOLD, indifference=0.5, pilot=3, most=3)
    ax = best_figure(made, axes()[0])
    drawn = crosses(ax)
    assert set(drawn) == {"best", "the same", "worse, fell out"}
    assert drawn["best"].lines[0].get_xdata()[0] == made.estimates[made.point].mean == 1.0
    assert drawn["worse, fell out"].lines[0].get_xdata()[0] == 5.0
    assert texts(ax).count("3 runs") == 3
    assert ax.get_title(loc="left").startswith("hold_minutes_per_call of tiny is lowest at")
    assert "lower is better" in ax.get_xlabel()


def test_a_search_that_did_not_settle_is_drawn_so(monkeypatch):
    monkeypatch.setattr(module, "sweep", living({-1: HIGH, 0: [4.0, 4.5, 7.0]}))
    made = sim.best(WORLD, numbered(1), HOLD, indifference=0.001, pilot=3, most=3)
    assert not made.settled
    assert set(crosses(best_figure(made, axes()[0]))) == {"best so far", "may be the best"}


def test_the_frontier_leads_along_the_efficient_points():
    seen = {
        HOLD: {-1: MIDDLE, 0: LOW, 1: HIGH, 2: [9.0, 9.5, 8.5], 3: [1.0, 9.0, 2.0]},
        CALLS: {-1: MIDDLE, 0: HIGH, 1: LOW, 2: [9.0, 9.5, 8.5], 3: [5.0, 5.0, 6.0]},
    }
    made = frontier(swept(seen, numbered(4), WORLD), HOLD, CALLS)
    ax = frontier_figure(made, axes()[0])
    drawn = crosses(ax)
    assert set(drawn) == {"efficient (3)", "beaten for sure (1)", "not told apart (1)"}
    line = drawn["efficient (3)"].lines[0]
    assert (list(line.get_xdata()), list(line.get_ydata())) == ([1, 3, 5], [5, 3, 1])
    assert len(drawn["efficient (3)"].lines[2]) == 2  # intervals both ways
    assert drawn["beaten for sure (1)"].lines[0].get_alpha() < 0.5
    ring: Any = next(line for line in ax.lines if line.get_label() == "as it is")
    assert (list(ring.get_xdata()), list(ring.get_ydata())) == ([3.0], [3.0])
    assert "hold minutes per call (min), lower is better" in ax.get_xlabel()


def test_bars_of_a_tornado_lead_from_the_world_as_it_is_to_both_ends():
    own = [10.0, 20.0, 30.0]
    low, high = [one + 2 for one in own], [one - 3 for one in own]
    seen = swept({CALLS: {-1: own, 0: low, 1: high, 2: low, 3: low}}, numbered(6), WORLD, failed={4: "no", 5: "no"})
    made = tornado_of(seen, dict.fromkeys(("line.menu", "line.lines", "teams.front.staff"), ("x0.5", "x2")), CALLS)
    ax = tornado_figure(made, axes()[0])
    lengths = [bar.get_width() for one in ax.containers for bar in getattr(one, "patches", [])]
    assert lengths == [2.0, -3.0, 2.0, 2.0]
    first = [bar for one in ax.containers for bar in getattr(one, "patches", [])]
    assert first[0].get_y() == first[1].get_y()  # on either side of the line: beside each other
    assert first[2].get_y() != first[3].get_y()  # on one side: neither hides the other
    assert texts(ax) == ["x0.5", "x2"] * 2
    assert "(1 of 3 paths are not drawn)" in ax.get_title(loc="left").replace("\n", " ")
    none = tornado_of(swept({CALLS: {-1: own}}, numbered(2), WORLD), {"line.menu": (1, 2)}, CALLS)
    with pytest.raises(ValueError, match="there is nothing to draw"):
        tornado_figure(none)


def test_shares_are_drawn_alone_and_in_total(tmp_path):
    shares = (
        Share("line.menu", "1", "2", Estimate(0.5, 0.4, 0.6), Estimate(0.7, 0.6, 0.9)),
        Share("line.lines", "1", "2", Estimate(-0.01, None, None), Estimate(0.2, None, None)),
    )
    made = SobolIndices(WORLD, sim.MEASURES[CALLS], shares, 8, 1.5, 0.25, 0.9, (0, 1), 1, 1, 0.1)
    ax = indices_figure(made, axes()[0])
    assert bars(ax)["first order: alone"] == [0.5]
    assert bars(ax)["total: with others"] == [0.7]
    assert "bootstrap 90 % intervals" in ax.get_xlabel()
    assert save(indices_figure(made), tmp_path / "i.png").stat().st_size > 10_000
