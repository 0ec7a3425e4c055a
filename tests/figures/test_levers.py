"""The waterfall of levers and the break-even: what is drawn is what was found."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.figures import break_even_figure, lever_waterfall
from tests.figures.drawn import axes, labelled, texts
from tests.study.test_studies_by_hand import FIRM, WORLD, moved, toll_and_none


@pytest.fixture(scope="module")
def parted():
    return sim.levers(WORLD, moved(), equal="staff", replications=3)


def test_the_bars_lead_from_the_first_world_to_the_second(parted):
    (ax,) = lever_waterfall(parted, axes(1), measures=["calls_per_problem"])
    gap = parted.gap("calls_per_problem")
    heights = [bar.get_height() for container in ax.containers for bar in getattr(container, "patches", [])]
    assert heights == pytest.approx([gap.worlds[0].mean, *(one.shapley.mean for one in gap.parts), gap.worlds[1].mean])
    assert heights[0] + sum(heights[1:-1]) == pytest.approx(heights[-1])
    assert gap.largest().player.name in ax.get_title(loc="left")


def test_what_was_not_measured_is_refused(parted):
    with pytest.raises(ValueError, match="was not measured"):
        lever_waterfall(parted, measures=["cals"])


def test_the_root_and_its_interval_are_marked():
    price: dict[str, Any] = {"vary": "tariff.price_per_minute", "vary_in": "first", "between": (0.05, 3.0)}
    made = sim.break_even(*toll_and_none(), **price, measure=FIRM, replications=3)
    (ax,) = [break_even_figure(made, axes(1)[0])]
    assert made.root is not None
    assert made.varied.said(made.root.at) in texts(ax)
    (line,) = labelled(ax, "difference")
    assert list(line.get_xdata()) == [one.value for one in made.tried]
    (marked,) = labelled(ax, "95 % of the break-even")
    low, high = marked.get_xdata()
    assert low == pytest.approx(made.root.interval[0] or made.varied.low)
    assert high == pytest.approx(made.root.interval[1] or made.varied.high)
