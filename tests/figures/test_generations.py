"""The long run drawn: the lines are what was found, the break-even and the change of generation are marked."""

from __future__ import annotations

import numpy as np
import pytest

from sim.figures import generations_figure
from sim.report.generations import headline
from sim.study.generations.cohort import MONTH
from sim.study.generations.found import Generations
from tests.figures.drawn import axes, labelled
from tests.worlds import tiny_world


def by_hand(change: int) -> Generations:
    """Three replications of three years: the first world costs 1 EUR a month and from then on 4, the second 2."""
    worlds = [tiny_world(name=name, generations={"change_in_year": change}) for name in ("double_peine", "empowered")]
    names = (*(MONTH.names or ()), "staff", "gestures", "toll_income", "others", "acquisition")

    def months(staff):
        rows = {name: np.zeros((3, 36)) for name in names}
        shifts = np.array([[-0.01], [0.0], [0.01]])
        return rows | {"customers": np.full((3, 36), 0.9), "initial": np.full((3, 36), 0.5), "staff": staff + shifts}

    costs = np.concatenate([np.full(12, 1.0), np.full(24, 4.0)]), np.full(36, 2.0)
    made = tuple(months(np.tile(cost, (3, 1))) for cost in costs)
    return Generations(tuple(worlds), 3, "kept", 100, 1, (0, 1, 2), made, ({}, {}), "hand", 0.0)


def test_the_lines_are_what_was_found():
    """12 EUR behind after a year, 2 a month gained: the same after 18 months."""
    study = by_hand(change=2)
    euros, apart, customers = generations_figure(study, axes(3))
    (line,) = labelled(euros, "double_peine")
    assert line.get_ydata()[[0, 12, 36]].tolist() == pytest.approx([0, 12, 108])
    assert line.get_xdata()[[0, 12, 36]].tolist() == [0, 1, 3]
    (difference,) = labelled(apart, "empowered")
    assert difference.get_ydata()[[12, 18, 36]].tolist() == pytest.approx([12, 0, -36], abs=1e-9)
    (left,) = labelled(customers, "initial customers, empowered")
    assert left.get_ydata()[[0, 1]].tolist() == [100, 50]


def test_the_break_even_and_the_change_are_marked():
    study = by_hand(change=2)
    _, apart, _ = drawn = generations_figure(study, axes(3))
    (mark,) = labelled(apart, "the same at 1.5 years")
    assert mark.get_xdata()[0] == pytest.approx(1.5)
    assert headline(study)[0].startswith("Added up from the first day, double_peine becomes the dearer one after 1.5")
    assert drawn[0].get_title(loc="left").split("\n")[0] in headline(study)[0]
    for ax in drawn:
        (span,) = [patch for patch in ax.patches if patch.get_label() == "generation changes"]
        assert span.get_extents().transformed(ax.transData.inverted()).intervalx.tolist() == pytest.approx([1, 2])


def test_without_a_change_none_is_marked():
    for ax in generations_figure(by_hand(change=0), axes(3)):
        assert not list(ax.patches)
