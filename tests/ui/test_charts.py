"""The charts draw what the library says: places, intervals and words of the same numbers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim import languages
from sim.engines import run
from sim.figures import effort_table, style
from sim.figures.clock import Clock
from sim.figures.comparison import FARTHEST
from sim.figures.differences import difference_text, point
from sim.figures.numbers import clock_time
from sim.figures.style import GREEN, JUDGED, ORANGE, PURPLE, SKY, YELLOW
from sim.measures import tables
from sim.people import populate
from sim.reading import load
from sim.study.calibrating.calibration import Beside
from sim.study.calibrating.questions import question
from sim.study.comparing.compare import compare
from sim.study.running.estimate import Estimate
from sim.study.running.size import with_days
from sim.ui.charts import costs, differences, effort, floor, service, strip
from sim.ui.charts.fit import fit_chart, fit_table
from sim.ui.charts.looks import broken, legend, luminance, names_of, seen
from sim.ui.comparing import lives, views
from sim.ui.jobs.job import Job
from sim.ui.watching.day import QUEUE, live_day

WORLDS = with_days(load("double_peine"), 1), with_days(load("empowered"), 1)


@pytest.fixture(scope="module")
def made():
    return compare("double_peine", "empowered", replications=2, days=1, equal="staff")


@pytest.fixture(scope="module")
def job():
    return Job("a", lambda one: None, stays=False)


def estimate(mean):
    return Estimate(mean, mean, mean)


def layers_of(chart):
    return chart.to_dict()["layer"]


def test_differences_stand_where_the_paired_differences_lie_within_the_ends_of_the_axis(made):
    rows = differences.table(made)
    for row in rows.to_dict("records"):
        placed = point(made.line(row["id"])).at
        assert row["at"] == placed if not row["beyond"] else 100 < abs(row["at"]) < abs(placed)


def test_what_lies_beyond_the_axis_is_an_arrow_with_its_number(made):
    rows = differences.table(made)
    beyond = rows[rows["beyond"] != ""]
    assert "service_level" in set(beyond["id"])
    for row in beyond.itertuples():
        assert row.far == f"+{point(made.line(row.id)).at:.0f} %"
        assert row.beyond == "right"
    filters = [layer.get("transform", [{}])[0].get("filter") for layer in layers_of(differences.differences(made))]
    assert filters.count("datum.beyond == 'right'") == 2  # the arrow and its number
    assert filters.count("datum.beyond == ''") == 1  # a point stands for what lies within alone


@pytest.mark.parametrize(("apart", "way"), [((10.0, -8.0, 40.0), "right"), ((-10.0, -40.0, 8.0), "left")])
def test_an_interval_that_goes_on_beyond_the_axis_ends_in_an_arrow(made, apart, way):
    line = made.line("firm_cash_eur_per_problem")
    wide = replace(line, worlds=(estimate(10.0), estimate(20.0)), difference=Estimate(*apart))
    rows = differences.table(SimpleNamespace(lines=(wide, made.line("effort_ces"))))
    ends = differences.goes_on(rows)
    assert ends[["measure", "way"]].to_numpy().tolist() == [[rows["measure"].iloc[0], way]]
    assert abs(ends["at"].iloc[0]) == FARTHEST


def test_what_lies_beyond_the_axis_with_all_its_interval_has_one_arrow(made):
    line = made.line("firm_cash_eur_per_problem")
    far = replace(line, worlds=(estimate(10.0), estimate(50.0)), difference=Estimate(40.0, 30.0, 50.0))
    rows = differences.table(SimpleNamespace(lines=(far,)))
    assert rows["beyond"].tolist() == ["right"]
    assert differences.goes_on(rows).empty


@pytest.mark.parametrize(("low", "below"), [(-9.0, False), (-11.0, True)])
def test_a_cost_that_may_fall_by_more_than_all_of_it_is_known(made, low, below):
    line = made.line("customer_eur_per_problem")
    fallen = replace(line, worlds=(estimate(10.0), estimate(2.0)), difference=Estimate(-8.0, low, -5.0))
    assert differences.below_nothing(SimpleNamespace(lines=(fallen,))) is below


def test_every_judgment_has_a_sign_that_is_seen_filled(made):
    inside = next(layer for layer in layers_of(differences.differences(made)) if "shape" in layer["encoding"])
    assert inside["mark"]["filled"]
    assert "stroke" not in inside["encoding"]["shape"]["scale"]["range"]  # a line has nothing to fill


def test_hovering_a_difference_tells_both_values_the_interval_the_percentage_and_the_verdict(made):
    line = made.line("calls_per_problem")
    row = differences.table(made).set_index("id").loc["calls_per_problem"]
    assert (row["first"], row["second"]) == tuple(f"{one.mean:.2f} calls" for one in line.worlds)
    assert row["difference"] == f"{difference_text(line)} calls"
    assert row["percent"].startswith(row["far"].removesuffix(" %"))
    assert row["percent"].endswith("] %")
    tips = [tip["field"] for tip in layers_of(differences.differences(made))[1]["encoding"]["tooltip"]]
    assert tips == ["measure", "first", "second", "difference", "percent", "judged"]


def test_labels_stand_where_their_rows_and_ticks_do(made):
    inside = next(layer for layer in layers_of(differences.differences(made)) if "shape" in layer["encoding"])
    x, y = (inside["encoding"][one] for one in "xy")
    assert not any(one["axis"][moved] for one in (x, y) for moved in ("labelFlush", "labelBound", "labelOverlap"))
    assert [end % 20 for end in x["scale"]["domain"]] == [0, 0]


def test_a_measure_that_is_zero_in_the_first_world_alone_has_no_percentage(made):
    line = made.line("calls_per_problem")
    (row,) = differences.table(
        SimpleNamespace(lines=(replace(line, worlds=(estimate(0.0), line.worlds[1])),))
    ).itertuples()
    assert (row.far, row.percent) == ("from 0: no percentage", "from 0: no percentage")


@pytest.mark.parametrize("whose", ["customers", "firm"])
def test_the_waterfall_begins_with_the_first_worlds_cost_and_ends_with_the_seconds(made, whose):
    rows = costs.table(made, whose)
    line = made.line({"customers": "customer_eur_per_problem", "firm": "firm_eur_per_problem"}[whose])
    assert (rows["end"].iloc[0], rows["end"].iloc[-1]) == pytest.approx([one.mean for one in line.worlds])
    parts = rows[rows["kind"] == "part"]
    assert (parts["end"] - parts["start"]).sum() == pytest.approx(line.difference.mean)
    assert (parts["start"].iloc[1:].to_numpy() == parts["end"].iloc[:-1].to_numpy()).all()  # each hangs on the last
    assert costs.costs(made, whose).to_dict()["layer"]


def test_one_customer_is_the_same_in_both_worlds_and_is_told_in_words(job):
    found = lives.live_customer(WORLDS, 1, "median", "en", job)
    assert [one.world for one in found.story.lived] == ["double_peine", "empowered"]
    shown = strip.spells(found.strip, WORLDS)
    assert set(shown["world"]) <= {"double_peine", "empowered"}
    assert found.story.lived[0].course.calls
    toll = shown[shown["place"] == 1]["eur"].sum()
    assert toll <= found.strip.money.query("place == 1 and what == 'paid'")["eur"].max() + 1e-6


@pytest.fixture(scope="module")
def lived(job):
    return lives.live_customer(WORLDS, 1, "worst", "en", job).strip


def test_a_journey_and_its_money_stand_under_one_another_on_one_axis(lived):
    chart = strip.journey(lived, WORLDS).to_dict()
    calls, money = chart["vconcat"]
    bars, points = (layer["encoding"]["x"]["scale"]["domain"] for layer in calls["layer"])
    assert bars == points == money["encoding"]["x"]["scale"]["domain"]
    assert chart["resolve"]["scale"]["x"] == "shared"
    assert chart["autosize"] == {"type": "fit-x", "contains": "padding"}  # else the page cuts what is at its right


def test_no_sign_of_a_journey_hides_another(lived):
    shown = strip.marks(lived)
    for (_, _), same in shown.groupby(["place", "level"]):
        assert (same["shown"].diff().dropna() >= 0.02 * lived.clock.length).all()


def test_who_gives_up_as_he_is_cut_has_both_signs_one_over_the_other():
    happened = pd.DataFrame({"place": 1, "mark": ["cut", "cut", "gave up"], "time": [10.0, 500.0, 500.0]})
    signs = strip.marks(SimpleNamespace(marks=happened.assign(shown=[0.0, 50.0, 50.0]), clock=Clock(((0, 100),), 1.0)))
    assert signs["level"].tolist() == [0, 0, 1]


def test_signs_have_in_the_legend_the_colour_that_they_have_in_the_journey(lived):
    signs = strip.journey(lived, WORLDS).to_dict()["vconcat"][0]["layer"][1]["encoding"]
    assert signs["color"]["field"] == signs["shape"]["field"]  # one legend for both
    assert signs["color"]["scale"]["domain"] == signs["shape"]["scale"]["domain"]
    colour_of = dict(zip(signs["color"]["scale"]["domain"], signs["color"]["scale"]["range"], strict=True))
    assert set(colour_of) == set(lived.marks["mark"])
    assert (colour_of["cut"], colour_of["solved"]) == ("#D55E00", "#009E73")


def test_a_world_in_which_nothing_is_paid_has_its_line_up_to_the_end(lived):
    free = strip.paid(lived, WORLDS).query("place == 2")
    assert (free["eur"] == 0).all()
    assert (free["shown"].min(), free["shown"].max()) == (0.0, lived.clock.length)


def test_the_time_of_every_call_is_told_under_the_journey(lived):
    axis = strip.journey(lived, WORLDS).to_dict()["vconcat"][1]["encoding"]["x"]["axis"]
    assert axis["labelAngle"] == -90  # upright, they find room side by side
    for _, call in lived.spells.groupby(["place", "call"]):
        assert call["shown_start"].min() in axis["values"]
        assert clock_time(call["start"].min()) in axis["labelExpr"]


def test_the_days_of_a_journey_are_told_in_the_readers_language(lived, monkeypatch):
    monkeypatch.setattr(strip, "told", lambda said: languages.told(said, "fr"))
    assert (
        strip.marks(lived)["when"]
        .str.split()
        .str[0]
        .isin(["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."])
        .all()
    )


def test_every_measure_is_called_in_words_with_its_id_beside(made):
    table = views.measures_table(made)
    assert list(table.columns) == [
        *("measure", "unit", "double_peine", "empowered", "difference", "better", "definition", "id")
    ]
    row = table.set_index("id").loc["firm_cash_eur_per_problem"]
    assert row["measure"] == "firm's, without customers lost"
    assert not table["measure"].str.contains("_").any()
    assert table["id"].tolist() == [line.measure.id for line in made.lines]


LIGHT, DARK = "#FFFFFF", "#0E1117"


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.2)."""
    pale, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (pale + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def drawn_in(view):
    """Return the colours of a view and of all within it; of what has an edge, the edge's alone."""
    inner = [one for many in ("layer", "vconcat") for one in view.get(many, [])]
    if inner:
        return {colour for one in inner for colour in drawn_in(one)}
    mark, scale = view["mark"], view["encoding"].get("color", {}).get("scale", {})
    return {mark["stroke"]} if "stroke" in mark else {*scale.get("range", []), *filter(None, [mark.get("color")])}


def test_every_mark_is_seen_on_white_and_on_black(made, lived, job):
    waiting = pd.DataFrame({"customer": np.arange(2), "place": "front", "minutes": [30.0, 0.0]})
    pictures = [
        differences.differences(made),
        costs.costs(made, "customers"),
        costs.costs(made, "firm"),
        strip.journey(lived, WORLDS),
        floor.floor(floor.table(waiting, [("front", 1, 2)]), 8),
    ]
    for picture in pictures:
        colours = drawn_in(picture.to_dict())
        assert len(colours) >= 2
        faint = {one: ground for one in colours for ground in (LIGHT, DARK) if contrast(one, ground) < 3}
        assert faint == {}


KNOWN = {look.colour for look in (*JUDGED.values(), *style.WORLDS.values())}


@pytest.mark.parametrize("colour", sorted(KNOWN | {GREEN, ORANGE, PURPLE, SKY, YELLOW}))
def test_every_colour_of_the_figures_has_one_that_is_seen_on_both_grounds(colour):
    assert min(contrast(seen(colour), ground) for ground in (LIGHT, DARK)) >= 3


def test_every_bar_of_a_waterfall_bears_its_name_on_a_telephone_too(made):
    axis = layers_of(costs.costs(made, "customers"))[0]["encoding"]["x"]["axis"]
    assert axis["labelOverlap"] is False
    assert axis["labelAngle"] == {"expr": "containerSize()[0] < 500 ? -40 : 0"}


def test_a_long_name_beside_a_row_is_broken_on_a_telephone_and_whole_elsewhere():
    assert broken(["firm's cost per solved problem"])["labelExpr"] == (
        """containerSize()[0] < 500 ? {"firm's cost per solved problem": ["firm's cost per solved", "problem"]}"""
        "[datum.label] : datum.label"
    )


def test_a_legend_has_fewer_columns_on_a_telephone():
    assert legend("bottom", 3).to_dict()["columns"] == {"expr": "containerSize()[0] < 500 ? 1 : 3"}


def test_any_customer_can_be_asked_for_and_one_who_is_none_is_refused(job):
    listed = lives.live_customer(WORLDS, 1, "worst", "fr", job).others
    number = int(listed["customer"].iloc[0])
    assert lives.live_customer(WORLDS, 1, str(number), "en", job).customer == number
    with pytest.raises(ValueError, match="customer"):
        lives.live_customer(WORLDS, 1, "99999999", "en", job)


def test_those_who_gain_most_are_listed_first(job):
    listed = lives.live_customer(WORLDS, 1, "median", "en", job).others
    beyond = listed["effort_1"] - listed["effort_2"]
    assert (beyond.diff().dropna() <= 1e-9).all()


def test_effort_is_the_librarys_table(made, job):
    drawn = lives.live_effort(WORLDS, 1, 2, job)
    same = [populate(WORLDS[0], seed=1, replication=at) for at in range(2)]
    first, second = ([tables(run(world, one)) for one in same] for world in WORLDS)
    mine = effort_table(first, second)
    pd.testing.assert_frame_equal(drawn, mine)
    assert effort.effort(drawn, made).to_dict()["layer"]


def test_service_by_the_hour_comes_to_the_replications_that_are_asked_for(made, job):
    rows = lives.live_hours(WORLDS, 1, 2, job)
    shown = service.table(rows, "offered", made)
    assert set(shown["world"]) == {"double_peine", "empowered"}
    share = service.table(rows, "abandoned_share", made)
    assert share["value"].max() > 1.0  # in percent
    assert service.service(rows, "offered", "calls", made).to_dict()["layer"]


def test_two_worlds_of_one_name_are_told_apart():
    assert names_of((WORLDS[0], WORLDS[0])) == ("double_peine (1)", "double_peine (2)")


def test_a_watched_day_counts_who_is_there_at_every_minute(job):
    for day in live_day(WORLDS, 1, 0, job):
        first, last = day.opens()
        for minute in range(first, last, 37):
            there = day.at(minute)
            assert (there["where"] == QUEUE).sum() == day.waiting[minute]
            assert (there["where"] == "agent").sum() == day.serving[minute]
            teams = day.teams_at(minute)
            assert sum(one.on_duty for one in teams) == day.on_duty[minute].sum()
            assert all(one.team in day.world.teams for one in teams)
            assert (there["minutes"].diff().dropna() <= 1e-9).all()  # those there longest first


def test_the_floor_has_every_agent_and_every_customer_who_waits():
    waiting = pd.DataFrame({"customer": np.arange(45), "place": "front", "minutes": np.linspace(30, 0, 45)})
    rows = floor.table(waiting, [("front", 21, 25), ("second", 1, 3)])
    assert rows["what"].value_counts().to_dict() == {"waits": 45, "busy": 22, "free": 6}
    agents, queue = rows[rows["what"] != "waits"], rows[rows["what"] == "waits"]
    assert agents["y"].max() < queue["y"].min()
    assert not rows.duplicated(["x", "y"]).any()
    assert queue["minutes"].iloc[0] == 30
    assert floor.floor(rows, 8).to_dict()["layer"]


def test_a_mean_beyond_the_axis_of_a_fit_is_an_arrow_with_its_number_and_no_dot():
    """A dot at the end of the axis would say 200 % of what is 241 %."""
    inside, beyond = (
        Beside(question(name, share=True), 0.068, 0.0, 0.202, False, Estimate(mean, mean, mean))
        for name, mean in (("abandoned", 0.05), ("answered", 2.41 * 0.068))
    )
    made = SimpleNamespace(lines=(inside, beyond), figures=SimpleNamespace(over=lambda: 30.0))
    rows = fit_table(made)
    assert rows["beyond"].tolist() == ["", "\N{RIGHTWARDS ARROW} 241 %"]
    assert rows["at"].notna().tolist() == [True, False]
    assert rows["figure"].iloc[0].endswith("your band: 0.0 to 20.2 %")
    assert "beyond" in str(fit_chart(made).to_dict())
