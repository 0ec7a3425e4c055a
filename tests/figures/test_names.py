"""Whatever worlds are called, they can be drawn, and are drawn as they are called."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from matplotlib.text import Text

from sim.figures import cost_waterfall, effort_distribution, forest, journey_strip, save
from sim.figures.names import named, plain, short
from sim.measures import MEASURES
from tests.figures.drawn import axes, comparison, line
from tests.figures.test_journey_strip import CLEAN, CUT
from tests.measures.strips import hand_world, history

CALLS = line("calls_per_problem", 5.0, 3.0, (-2.0, -2.5, -1.5))
FIRM = line("firm_eur_per_problem", 30.0, 20.0, (-10.0, -12.0, -8.0))
NAMES = ["a" * 30 + "b" * 29, "_$x_{^2$ \\frac", "5$ to 10$", "двойное наказание", "二重の罰", "%s {0} <b>&amp;"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_can_be_drawn_in_every_figure(tmp_path, name):
    lived = [[history(hand_world(name=one), CUT, value_of_time=12.0)] * 2 for one in (name, f"{name}2")]
    study = comparison(names=(name, f"{name}2"), none=[CALLS, FIRM], staff=[CALLS, FIRM])
    drawn = [
        forest(study),
        cost_waterfall(lived[0], lived[1]),
        [effort_distribution(lived[0], lived[1])],
        journey_strip([lived[0][0], lived[1][0]], 0),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, one in enumerate(drawn):
            assert save(one, tmp_path / f"{number}.png").stat().st_size > 10_000


def test_dollars_are_drawn_and_no_mathematics():
    """What stands between two of them would be set as a formula, and be refused if it is none."""
    (ax,) = forest(comparison(CALLS, names=("5$ a_b $", "empowered")), axes())
    said: list[Any] = [text for text in ax.findobj(Text) if "$" in text.get_text()]
    assert len(said) == 2  # over its column, and in the axis's label
    assert all(text._preprocess_math(text.get_text().splitlines()[0]) == (plain_line(text), False) for text in said)


def plain_line(text: Text) -> str:
    return text.get_text().splitlines()[0].replace(r"\$", "$")


def test_the_legend_names_a_world_whose_name_begins_with_an_underscore():
    lived = [[history(hand_world(name=name), CLEAN)] for name in ("_mine", "_yours")]
    legend = effort_distribution(lived[0], lived[1], axes()[0]).get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["_mine", "_yours"]


def test_variants_of_a_long_name_stay_apart_when_shortened():
    assert short("double_peine_with_cap_1", 12) != short("double_peine_with_cap_2", 12)
    assert len(short("double_peine_with_cap_1", 12)) == 12
    assert plain("no dollars") == "no dollars"


def test_only_what_rests_on_the_guess_bears_its_mark():
    assert named(MEASURES["lost_margin_eur_per_problem"]).endswith("*")
    assert not named(MEASURES["firm_cash_eur_per_problem"]).endswith("*")
