"""The forest: where differences stand, what they are said to mean, what is written beside them."""

from __future__ import annotations

import pytest

from sim.figures import forest
from sim.figures.comparison import FARTHEST, NothingToDrawError
from sim.figures.differences import finding, judged
from sim.figures.style import JUDGED
from tests.figures.drawn import UNDEFINED, at, axes, comparison, labelled, line, texts

CALLS = line("calls_per_problem", 5.0, 3.0, (-2.0, -2.5, -1.5))
COST = line("customer_eur_per_problem", 40.0, 24.0, (-16.0, -20.0, -12.0))
EFFORT = line("effort_ces", 3.8, 1.9, (-1.9, -2.1, -1.7))
STAFF = line("staff_eur_per_problem", 10.0, 11.0, (1.0, -0.5, 2.5))


def test_a_difference_stands_at_its_percentage_of_the_first_mean():
    """Two calls fewer of five are 40 % fewer."""
    ax = forest(comparison(CALLS), axes()[0])
    (dot,) = labelled(ax, "calls_per_problem")
    assert dot.get_xdata()[0] == at(-40.0)


def test_the_interval_is_drawn_on_the_same_scale():
    """From -2.5 to -1.5 calls of five: from -50 to -30 %."""
    ax = forest(comparison(CALLS), axes()[0])
    (interval,) = labelled(ax, "interval")
    assert list(interval.get_xdata()) == [at(-50.0), at(-30.0)]


def test_every_measure_has_its_name_at_its_own_height():
    ax = forest(comparison(CALLS, COST, EFFORT), axes()[0])
    names = dict(zip((label.get_text() for label in ax.get_yticklabels()), ax.get_yticks(), strict=True))
    assert set(names) == {"calls per problem", "customer's cost per problem", "effort (CES)"}
    (dot,) = labelled(ax, "effort_ces")
    assert dot.get_ydata()[0] == names["effort (CES)"]


def test_measures_of_a_family_stand_together_under_its_name():
    """The firm's staff comes between two of the customer's measures, and is sorted out."""
    cuts = line("cuts_per_problem", 1.0, 0.0, (-1.0, -1.2, -0.8))
    ax = forest(comparison(CALLS, STAFF, cuts), axes()[0])
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "calls per problem",
        "cuts per problem",
        "staff per problem",
    ]
    assert [text for text in texts(ax) if text in ("customer", "cost to the firm")] == ["customer", "cost to the firm"]


@pytest.mark.parametrize(
    ("measure", "difference", "meaning"),
    [
        ("calls_per_problem", (-1.0, -2.0, -0.5), "better"),
        ("calls_per_problem", (1.0, 0.5, 2.0), "worse"),
        ("solved_share", (0.1, 0.05, 0.15), "better"),
        ("solved_share", (-0.1, -0.15, -0.05), "worse"),
        ("solved_share", (0.1, -0.05, 0.25), "not told apart"),
        ("solved_share", (0.0, 0.0, 0.0), "not told apart"),
        ("solved_share", (0.1, None, None), "not told apart"),
        ("occupancy", (0.1, 0.05, 0.15), "neither good nor bad"),
    ],
)
def test_a_difference_is_judged_by_the_measures_direction_and_its_interval(measure, difference, meaning):
    assert judged(line(measure, 0.5, 0.6, difference)) == meaning


def test_better_and_worse_differ_in_shape_and_in_colour():
    better, worse, untold = (JUDGED[name] for name in ("better", "worse", "not told apart"))
    assert len({better.marker, worse.marker, untold.marker}) == 3
    assert len({better.colour, worse.colour, untold.colour}) == 3


def test_what_is_not_told_apart_is_hollow():
    ax = forest(comparison(CALLS, STAFF), axes()[0])
    (sure,), (unsure,) = labelled(ax, "calls_per_problem"), labelled(ax, "staff_eur_per_problem")
    assert unsure.get_markerfacecolor() == "white" != sure.get_markerfacecolor()


def test_a_first_mean_of_zero_gives_an_arrow_at_the_edge_and_the_value_beside():
    """From no gesture to two euros there is no percentage."""
    gestures = line("gestures_eur_per_problem", 0.0, 2.0, (2.0, 1.5, 2.5))
    ax = forest(comparison(CALLS, gestures), axes()[0])
    (arrow,) = labelled(ax, "gestures_eur_per_problem")
    assert arrow.get_marker() == ">"
    assert arrow.get_xdata()[0] == at(ax.get_xlim()[1])
    assert "+2.00 [+1.50, +2.50]" in texts(ax)


def test_a_difference_beyond_the_edge_is_an_arrow():
    """From 1 to 9 calls: +800 %, drawn at the farthest."""
    ax = forest(comparison(line("calls_per_problem", 1.0, 9.0, (8.0, 7.0, 9.0))), axes()[0])
    (arrow,) = labelled(ax, "calls_per_problem")
    assert (arrow.get_marker(), arrow.get_xdata()[0]) == (">", FARTHEST)


def test_means_difference_and_unit_are_written_at_the_right():
    written = texts(forest(comparison(CALLS, line("solved_share", 0.65, 0.88, (0.23, 0.2, 0.26))), axes()[0]))
    assert written[written.index("5.00") :][:4] == ["5.00", "3.00", "−2.00 [−2.50, −1.50]", "calls"]
    assert written[written.index("65 %") :][:4] == ["65 %", "88 %", "+23 [+20, +26]", "% pts"]


def test_the_title_states_the_finding():
    found = "empowered: −40 % calls, −16 EUR and −1.9 points of effort per problem"
    drawn = comparison(CALLS, COST, EFFORT)
    assert finding(drawn) == found
    assert forest(drawn, axes()[0]).get_title(loc="left") == found


def test_the_title_claims_nothing_that_is_not_told_apart():
    unsure = line("customer_eur_per_problem", 40.0, 24.0, (-16.0, -40.0, 8.0))
    assert finding(comparison(CALLS, unsure)) == (
        "empowered: −40 % calls per problem (the customer's cost not told apart)"
    )
    assert finding(comparison(unsure)) == "double_peine and empowered: the customer's cost not told apart"


def test_the_axis_says_what_is_subtracted_from_what():
    ax = forest(comparison(CALLS), axes()[0])
    assert ax.get_xlabel() == "empowered minus double_peine, in % of double_peine; bars are 95 % intervals"


def test_undefined_differences_are_left_out():
    undefined = line("hold_share_of_toll", 0.4, None, UNDEFINED)
    ax = forest(comparison(CALLS, undefined), axes()[0], measures=["calls_per_problem", "hold_share_of_toll"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["calls per problem"]


def test_a_measure_that_was_not_compared_is_named():
    with pytest.raises(ValueError, match="not measured in this comparison: solved_share"):
        forest(comparison(CALLS), axes()[0], measures=["calls_per_problem", "solved_share"])


def test_nothing_defined_is_said_in_words():
    with pytest.raises(NothingToDrawError, match="nothing to draw"):
        forest(comparison(line("calls_per_problem", None, None, UNDEFINED)), axes()[0])


def beside(staff, service):
    return comparison(staff=staff, service=service)


def test_side_by_side_each_measure_has_two_differences_equal_staff_above():
    """Of five calls two fewer with equal staff, one fewer with equal service: -40 and -20 %."""
    fewer = line("calls_per_problem", 5.0, 4.0, (-1.0, -1.5, -0.5))
    ax = forest(beside([CALLS], [fewer]), axes()[0])
    staff, service = labelled(ax, "calls_per_problem")
    assert (staff.get_xdata()[0], service.get_xdata()[0]) == (at(-40.0), at(-20.0))
    assert ax.yaxis_inverted()
    assert staff.get_ydata()[0] < ax.get_yticks()[0] < service.get_ydata()[0]


def test_side_by_side_the_ways_differ_in_shape_and_dashes_and_the_legend_names_them():
    ax = forest(beside([CALLS], [CALLS]), axes()[0])
    staff, service = labelled(ax, "calls_per_problem")
    assert staff.get_marker() != service.get_marker()
    solid, dashed = labelled(ax, "interval")
    assert (solid.get_linestyle(), dashed.get_linestyle()) == ("-", "--")
    named = {text.get_text(): sign for text, sign in legend(ax)}
    assert named["equal staff"].get_marker() == staff.get_marker()
    assert named["equal service"].get_marker() == service.get_marker()
    assert "better" in named


def test_side_by_side_judgments_differ_in_how_much_is_filled():
    worse = line("calls_per_problem", 5.0, 6.0, (1.0, 0.5, 1.5))
    unsure = line("calls_per_problem", 5.0, 6.0, (1.0, -0.5, 2.5))
    filled = [next(labelled(forest(beside([one], [one]), axes()[0]), "calls_per_problem")) for one in
              (CALLS, worse, unsure)]  # fmt: skip
    assert len({mark.get_fillstyle() for mark in filled}) == 3
    assert len({mark.get_color() for mark in filled}) == 3


def test_side_by_side_the_title_states_both_findings():
    fewer = line("calls_per_problem", 5.0, 4.0, (-1.0, -1.5, -0.5))
    assert forest(beside([CALLS], [fewer]), axes()[0]).get_title(loc="left").splitlines() == [
        "empowered: −40 % calls per problem: equal staff",
        "empowered: −20 % calls per problem: equal service",
    ]


def test_side_by_side_the_first_mean_is_written_once_and_both_differences():
    fewer = line("calls_per_problem", 5.0, 4.0, (-1.0, -1.5, -0.5))
    written = texts(forest(beside([CALLS], [fewer]), axes()[0]))
    assert [text for text in written if text in ("5.00", "3.00", "4.00")] == ["5.00", "3.00", "4.00"]
    assert "−2.00 [−2.50, −1.50]" in written
    assert "−1.00 [−1.50, −0.50]" in written


def test_a_difference_that_only_one_of_the_ways_defines_is_drawn_alone():
    undefined = line("calls_per_problem", 5.0, None, UNDEFINED)
    ax = forest(beside([CALLS], [undefined]), axes()[0])
    assert len(list(labelled(ax, "calls_per_problem"))) == 1
    assert "undefined" in texts(ax)


def test_without_equal_service_the_forest_is_that_of_equal_staff():
    ax = forest(comparison(staff=[CALLS]), axes()[0])
    assert len(list(labelled(ax, "calls_per_problem"))) == 1
    assert "equal staff" not in [text.get_text() for text, _ in legend(ax)]


def legend(ax):
    drawn = ax.get_legend()
    return list(zip(drawn.get_texts(), drawn.legend_handles, strict=True))
