"""The waterfall and the effort's distribution, against lives worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.figures import cost_waterfall, effort_distribution, translated
from sim.figures.cost_waterfall import fall
from sim.figures.effort_distribution import GRID, shares_up_to
from sim.languages import told
from sim.measures import tables
from sim.measures.register.cost import customer_parts, firm_parts
from sim.study.running.estimate import Estimate
from tests.figures.drawn import at, axes, labelled, texts
from tests.figures.test_journey_strip import CLEAN, CUT, HARSH, KIND
from tests.measures.strips import hand_world, history


@pytest.fixture
def replications():
    """Two replications of each world: in the second of the harsh one the call is not cut."""
    first = [history(HARSH, CUT, value_of_time=12.0), history(HARSH, CLEAN, value_of_time=12.0)]
    return first, [history(KIND, CLEAN, value_of_time=12.0)] * 2


def test_the_parts_lead_from_the_first_worlds_cost_to_the_seconds(replications):
    """Toll 9 and 2.10, 0 and 0; time 6 and 1.40, twice 1.40; gestures 0 and 5, twice 5: per problem."""
    first, second = ([tables(one) for one in world] for world in replications)
    cost = fall(first, second, customer_parts)
    means = {name: part.mean for name, part in cost.parts.items()}
    assert means == pytest.approx(
        {"toll": -5.55, "time": -2.3, "outage": 0, "own repair": 0, "advance lost": 0, "gestures received": -2.5}
    )
    assert cost.worlds[0].mean == at((9 + 6 + 2.1 + 1.4 - 5) / 2)
    assert cost.worlds[1].mean == at(1.4 - 5)
    assert cost.worlds[0].mean + sum(means.values()) == at(cost.worlds[1].mean)


def test_bars_hang_from_the_level_reached(replications):
    """6.75 at first; the toll takes 5.55 of it: its bar reaches from 6.75 down to 1.20."""
    customer, _ = cost_waterfall(replications[0], replications[1], axes=axes(2))
    bars: Any = customer.patches
    total, toll, last = bars[0], bars[1], bars[-1]
    assert total.get_height() == at(6.75)
    assert (toll.get_y(), toll.get_y() + toll.get_height()) == (at(6.75), at(1.2))
    assert (last.get_y(), last.get_height()) == (at(0), at(-3.6))


def test_no_name_under_a_bar_lies_over_the_next_in_french_either(replications):
    drawn = cost_waterfall(replications[0], replications[1])
    figure = translated(drawn, "fr")
    figure.canvas.draw()
    for ax in drawn:
        places = [label.get_window_extent() for label in ax.get_xticklabels()]
        assert all(one.x1 < other.x0 for one, other in pairwise(places))
    assert "reversements\ntéléphoniques" in [label.get_text() for label in drawn[1].get_xticklabels()]


@pytest.mark.parametrize("fares", ["gains", "loses"])
def test_what_the_firm_finds_without_customers_lost_is_told_in_french(fares):
    said = told(f"it {fares} without customers lost: +21.3 EUR per problem in empowered, most by toll income", "fr")
    assert said.startswith("elle y ")
    assert not {"without", "problem", "income"} & set(said.split())


def test_the_panels_name_their_parts_and_units(replications):
    customer, firm = cost_waterfall(replications[0], replications[1], axes=axes(2))
    names = [[label.get_text() for label in ax.get_xticklabels()] for ax in (customer, firm)]
    assert names == [
        ["harsh", "toll", "time", "outage", "own repair", "gestures received", "kind"],
        [
            "harsh*",
            "staff",
            "gestures",
            "lost margin*",
            "toll income",
            "kind*",
            "harsh\nwithout\ncustomers lost",
            "kind\nwithout\ncustomers lost",
        ],
    ]
    assert {ax.get_ylabel() for ax in (customer, firm)} == {"EUR per problem"}
    assert "−5.55" in texts(customer)


def test_beside_the_firms_cost_stand_both_worlds_without_the_guess():
    """Twice the same day: the bars at the right are as high as those of the totals less the margin lost."""
    cut = [history(KIND, CUT, value_of_time=12.0, worth=500.0)] * 2
    _, firm = cost_waterfall(cut, cut, axes(2))
    parts = firm_parts(tables(cut[0]))
    sure = parts["staff"] + parts["gestures"] + parts["toll income"]
    assert parts["lost margin"] > 0
    heights = [bars[0].get_height() for bars in labelled(firm, "total")]
    assert heights == [at(sure + parts["lost margin"])] * 2 + [at(sure)] * 2
    assert firm.get_title(loc="left").splitlines() == [
        "the firm's costs do not change*: 0.0 EUR per problem in kind (the same)",
        "its costs do not change without customers lost: 0.0 EUR per problem in kind (the same)",
    ]


def test_a_smaller_income_is_worse_for_the_firm():
    """The customer saves 9 euros for two calls; the firm loses the 6 of the one that begins within the horizon."""
    taking = hand_world(name="harsh", tariff={"price_per_minute": 0.3, "firm_share": 1.0})
    paid = [history(taking, CUT), history(taking, CUT)]
    free = [history(KIND, CUT), history(KIND, CUT)]
    customer, firm = cost_waterfall(paid, free, axes(2))
    assert [bars[0].get_height() for bars in labelled(firm, "worse")] == [at(6.0)]
    assert [bars[0].get_height() for bars in labelled(customer, "better")] == [at(-9.0)]


def test_with_two_replications_every_bar_has_its_interval(replications):
    customer, _ = cost_waterfall(replications[0], replications[1], axes=axes(2))
    assert len(customer.containers) == 7 + 7  # bars and their error bars


def test_two_replications_so_unlike_tell_nothing(replications):
    """Their t interval, with one degree of freedom, reaches beyond zero: the title says so."""
    customer, _ = cost_waterfall(replications[0], replications[1], axes=axes(2))
    title = customer.get_title(loc="left")
    assert title.startswith("customers' costs are not told apart: ")
    assert title.endswith("(not told apart)")
    assert len(list(labelled(customer, "better"))) == 0


def test_one_replication_has_no_interval_and_says_so(replications):
    first, second = replications
    customer, _ = cost_waterfall(first[:1], second[:1], axes(2))
    assert len(customer.containers) == 7
    assert "one replication: no interval" in customer.get_title(loc="left").replace("\n", " ")


def test_identical_worlds_have_no_step(replications):
    first, _ = replications
    cost = fall([tables(one) for one in first], [tables(one) for one in first], customer_parts)
    assert set(cost.parts.values()) == {Estimate(0.0, 0.0, 0.0)}


def test_the_curve_is_the_share_of_problems_with_at_most_so_much_effort(replications):
    """One problem of each replication: the curve leaps by a half at each of the two efforts."""
    asked = [tables(one) for one in replications[0]]
    low, high = sorted(float(one.journeys["ces"][0]) for one in asked)
    shares, _, _ = shares_up_to(asked, np.array([1.0, low - 1e-9, low, high - 1e-9, high, 5.0]))
    assert shares.tolist() == [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]


def test_the_band_stays_within_shares(replications):
    _, low, high = shares_up_to([tables(one) for one in replications[0]], GRID)
    assert low.min() >= 0.0
    assert high.max() <= 1.0


def test_both_worlds_the_threshold_and_the_units_are_drawn(replications):
    ax = effort_distribution(replications[0], replications[1], ax=axes()[0])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["harsh", "kind"]
    assert "high effort" in texts(ax)
    assert any(np.array_equal(line.get_xdata(), [4.0, 4.0]) for line in ax.lines)
    assert "points" in ax.get_xlabel()
    assert ax.get_title(loc="left").startswith("High effort for 0 % of the problems in harsh, 0 % in kind: the same")


def test_a_band_is_drawn_only_where_replications_allow_one(replications):
    first, second = replications
    assert len(effort_distribution(first, second, axes()[0]).collections) == 2
    assert len(effort_distribution(first[:1], second[:1], axes()[0]).collections) == 0
