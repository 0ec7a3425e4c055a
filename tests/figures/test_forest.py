"""The forest: where differences stand, what they are said to mean, what is written beside them."""

from __future__ import annotations

import pytest

from sim.figures import forest
from sim.figures.comparison import FARTHEST, NothingToDrawError
from sim.figures.differences import finding, judged, who_gains
from sim.figures.style import JUDGED
from tests.figures.drawn import UNDEFINED, at, axes, comparison, labelled, line, texts

CALLS = line("calls_per_problem", 5.0, 3.0, (-2.0, -2.5, -1.5))
COST = line("customer_eur_per_problem", 40.0, 24.0, (-16.0, -20.0, -12.0))
EFFORT = line("effort_ces", 3.8, 1.9, (-1.9, -2.1, -1.7))
STAFF = line("staff_eur_per_problem", 10.0, 11.0, (1.0, -0.5, 2.5))


def alone(study, **asked):
    """Draw a comparison in one way on axes of its own."""
    (ax,) = forest(study, axes(), **asked)
    return ax


def test_a_difference_stands_at_its_percentage_of_the_first_mean():
    """Two calls fewer of five are 40 % fewer."""
    ax = alone(comparison(CALLS))
    (dot,) = labelled(ax, "calls_per_problem")
    assert dot.get_xdata()[0] == at(-40.0)


def test_the_interval_of_what_can_be_negative_is_drawn_on_the_same_scale():
    """From 20 to 12 euros less of forty: from -50 to -30 %."""
    ax = alone(comparison(COST))
    (interval,) = labelled(ax, "interval")
    assert list(interval.get_xdata()) == [at(-50.0), at(-30.0)]


def test_no_bar_reaches_beyond_minus_100_percent_where_nothing_can_be_negative():
    """The paired difference alone would reach from -180 to -20 % of the first mean."""
    wide = line("hold_minutes_per_call", 10.0, 0.5, (-9.5, -18.0, -1.0))
    (interval,) = labelled(alone(comparison(wide)), "interval")
    assert min(interval.get_xdata()) > -100.0


def test_an_interval_that_goes_on_beyond_the_edge_says_so_with_an_arrow():
    """From +20 to +400 % of ten euros."""
    far = line("firm_eur_per_problem", 10.0, 31.0, (21.0, 2.0, 40.0))
    ax = alone(comparison(far))
    (interval,), (tip,) = labelled(ax, "interval"), labelled(ax, "interval goes on")
    assert list(interval.get_xdata()) == [at(20.0), FARTHEST]
    assert (tip.get_marker(), tip.get_xdata()[0]) == (">", FARTHEST)


def test_what_is_zero_in_both_worlds_has_no_row():
    nothing = line("cut_share", 0.0, 0.0, (0.0, 0.0, 0.0))
    ax = alone(comparison(CALLS, nothing), measures=["calls_per_problem", "cut_share"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["calls per problem"]
    with pytest.raises(NothingToDrawError, match="met in one: nothing to draw"):
        alone(comparison(nothing), measures=["cut_share"])


def test_every_measure_has_its_name_at_its_own_height():
    ax = alone(comparison(CALLS, COST, EFFORT))
    names = dict(zip((label.get_text() for label in ax.get_yticklabels()), ax.get_yticks(), strict=True))
    assert set(names) == {"calls per problem", "customer's cost per problem", "effort (CES)"}
    (dot,) = labelled(ax, "effort_ces")
    assert dot.get_ydata()[0] == names["effort (CES)"]


def test_measures_of_a_family_stand_together_under_its_name():
    """The firm's staff comes between two of the customer's measures, and is sorted out."""
    cuts = line("cuts_per_problem", 1.0, 0.0, (-1.0, -1.2, -0.8))
    ax = alone(comparison(CALLS, STAFF, cuts))
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
        ("solved_share", (0.0, 0.0, 0.0), "the same"),
        ("solved_share", (0.1, None, None), "not told apart"),
        ("occupancy", (0.1, 0.05, 0.15), "neither good nor bad"),
    ],
)
def test_a_difference_is_judged_by_the_measures_direction_and_its_interval(measure, difference, meaning):
    assert judged(line(measure, 0.5, 0.6, difference)) == meaning


def test_what_is_judged_differs_in_shape_and_in_colour():
    told = [JUDGED[name] for name in ("better", "worse", "not told apart", "neither good nor bad")]
    assert len({look.marker for look in told}) == len(told)
    assert len({look.colour for look in told}) == len(told)


def test_what_is_not_told_apart_is_hollow():
    ax = alone(comparison(CALLS, STAFF))
    (sure,), (unsure,) = labelled(ax, "calls_per_problem"), labelled(ax, "staff_eur_per_problem")
    assert unsure.get_markerfacecolor() == "white" != sure.get_markerfacecolor()


def test_a_first_mean_of_zero_gives_an_arrow_at_the_edge_and_the_value_beside():
    """From no gesture to two euros there is no percentage."""
    gestures = line("gestures_eur_per_problem", 0.0, 2.0, (2.0, 1.5, 2.5))
    ax = alone(comparison(CALLS, gestures))
    (arrow,) = labelled(ax, "gestures_eur_per_problem")
    assert arrow.get_marker() == ">"
    assert arrow.get_xdata()[0] == at(ax.get_xlim()[1])
    assert "+2.00 [+1.50, +2.50]" in texts(ax)


def test_a_difference_beyond_the_edge_is_an_arrow():
    """From 1 to 9 calls: +800 %, drawn at the farthest."""
    ax = alone(comparison(line("calls_per_problem", 1.0, 9.0, (8.0, 7.0, 9.0))))
    (arrow,) = labelled(ax, "calls_per_problem")
    assert (arrow.get_marker(), arrow.get_xdata()[0]) == (">", FARTHEST)


def test_means_difference_and_unit_are_written_at_the_right():
    written = texts(alone(comparison(CALLS, line("solved_share", 0.65, 0.88, (0.23, 0.2, 0.26)))))
    assert written[written.index("5.00") :][:4] == ["5.00", "3.00", "−2.00 [−2.50, −1.50]", "calls"]
    assert written[written.index("65 %") :][:4] == ["65 %", "88 %", "+23 [+20, +26]", "% pts"]


def test_the_title_states_the_finding():
    found = "empowered: −40 % calls, −16 EUR and −1.9 points of effort per problem"
    drawn = comparison(CALLS, COST, EFFORT)
    assert finding(drawn) == found
    assert alone(drawn).get_title(loc="left").splitlines() == [found, "customers gain"]


def test_the_firm_gains_only_with_what_is_guessed_and_the_title_says_so():
    """From 30 to 20 euros with the margin lost, from 5 to 15 without it."""
    firm = line("firm_eur_per_problem", 30.0, 20.0, (-10.0, -12.0, -8.0))
    sure = line("firm_cash_eur_per_problem", 5.0, 15.0, (10.0, 8.0, 12.0))
    title = alone(comparison(COST, firm, sure)).get_title(loc="left").replace("\n", " ")
    assert title.endswith("if customers lost are counted, which is a guess (it loses without them)")
    assert who_gains(comparison(COST, firm)) == "customers gain, the firm gains*"


def test_what_rests_on_the_guess_is_marked_and_the_mark_explained():
    firm = line("firm_eur_per_problem", 30.0, 20.0, (-10.0, -12.0, -8.0))
    sure = line("firm_cash_eur_per_problem", 5.0, 15.0, (10.0, 8.0, 12.0))
    ax = alone(comparison(firm, sure))
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "firm's cost per problem*",
        "firm's, without customers lost",
    ]
    assert ax.get_xlabel().endswith("* rests on guesses about customers who leave")
    assert "*" not in alone(comparison(CALLS)).get_xlabel()


def test_the_title_says_what_is_the_same_and_what_is_not_told_apart():
    """Only a price differs: every customer calls just as often, and pays more or less."""
    same = line("calls_per_problem", 5.0, 5.0, (0.0, 0.0, 0.0))
    unsure = line("customer_eur_per_problem", 40.0, 24.0, (-16.0, -40.0, 8.0))
    assert finding(comparison(same, unsure)) == (
        "double_peine and empowered: the customer's cost not told apart; calls the same"
    )


def test_the_title_claims_nothing_that_is_not_told_apart():
    unsure = line("customer_eur_per_problem", 40.0, 24.0, (-16.0, -40.0, 8.0))
    assert finding(comparison(CALLS, unsure)) == (
        "empowered: −40 % calls per problem (the customer's cost not told apart)"
    )
    assert finding(comparison(unsure)) == "double_peine and empowered: the customer's cost not told apart"


def test_the_axis_says_what_is_subtracted_from_what():
    ax = alone(comparison(CALLS))
    said = ax.get_xlabel().splitlines()
    assert said[0] == "empowered minus double_peine, in % of double_peine"
    assert "logarithm" in " ".join(said[1:])


def test_undefined_differences_are_left_out():
    undefined = line("hold_share_of_toll", 0.4, None, UNDEFINED)
    ax = alone(comparison(CALLS, undefined), measures=["calls_per_problem", "hold_share_of_toll"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["calls per problem"]


def test_a_measure_that_was_not_compared_is_named():
    with pytest.raises(ValueError, match="not measured in this comparison: solved_share"):
        alone(comparison(CALLS), measures=["calls_per_problem", "solved_share"])


def test_nothing_defined_is_said_in_words():
    with pytest.raises(NothingToDrawError, match="nothing to draw"):
        alone(comparison(line("calls_per_problem", None, None, UNDEFINED)))


def beside(staff, service):
    return comparison(staff=staff, service=service)


FEWER = line("calls_per_problem", 5.0, 4.0, (-1.0, -1.5, -0.5))


def test_each_way_has_its_panel_on_the_same_rows_and_the_same_scale():
    """Of five calls two fewer with equal staff, one fewer with equal service: -40 and -20 %."""
    left, right = forest(beside([CALLS], [FEWER]), axes(2))
    (staff,), (service,) = labelled(left, "calls_per_problem"), labelled(right, "calls_per_problem")
    assert (staff.get_xdata()[0], service.get_xdata()[0]) == (at(-40.0), at(-20.0))
    assert staff.get_ydata() == service.get_ydata()
    assert (left.get_xlim(), left.get_ylim()) == (right.get_xlim(), right.get_ylim())
    assert left.yaxis_inverted()


def test_the_rows_are_named_once():
    left, right = forest(beside([CALLS], [FEWER]), axes(2))
    assert [[label.get_text() for label in ax.get_yticklabels()] for ax in (left, right)] == [
        ["calls per problem"],
        [""],
    ]


def test_each_panel_is_titled_by_its_way_its_finding_and_who_gains():
    dearer = line("customer_eur_per_problem", 40.0, 52.0, (12.0, 8.0, 16.0))
    left, right = forest(beside([CALLS, COST], [FEWER, dearer]), axes(2))
    assert left.get_title(loc="left").splitlines()[:2] == ["equal staff", "customers gain"]
    assert right.get_title(loc="left").splitlines()[:2] == ["equal service", "customers lose"]
    assert "−20 % calls" in right.get_title(loc="left")


def test_the_first_mean_is_written_in_the_first_panel_alone():
    left, right = (texts(ax) for ax in forest(beside([CALLS], [FEWER]), axes(2)))
    assert {"5.00", "3.00", "−2.00 [−2.50, −1.50]"} <= set(left)
    assert {"4.00", "−1.00 [−1.50, −0.50]", "calls"} <= set(right)
    assert "5.00" not in right


def test_a_difference_that_only_one_of_the_ways_defines_is_drawn_alone():
    undefined = line("calls_per_problem", 5.0, None, UNDEFINED)
    left, right = forest(beside([CALLS], [undefined]), axes(2))
    assert len(list(labelled(left, "calls_per_problem"))) == 1
    assert not list(labelled(right, "calls_per_problem"))
    assert "undefined" in texts(right)


def test_as_many_axes_as_ways_are_needed():
    with pytest.raises(ValueError, match="needs 2 axes"):
        forest(beside([CALLS], [FEWER]), axes())


def test_the_legend_names_the_judgments_met():
    drawn = alone(comparison(CALLS, STAFF)).get_legend()
    signs = {text.get_text(): sign for text, sign in zip(drawn.get_texts(), drawn.legend_handles, strict=True)}
    assert list(signs) == ["better", "not told apart"]
    assert signs["better"].get_marker() == JUDGED["better"].marker
