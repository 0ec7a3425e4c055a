"""The long run as a whole: years that follow from years, the same bits however it is lived, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import sim
from sim.report.generations import findings
from sim.study.generations.found import ITEMS, Generations
from sim.study.generations.turning import turns
from sim.study.running.student import two_sided
from tests.worlds import tiny_world

SEGMENT = {"share": 1.0, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0, "lock_in": 0.2, "worth": 120}
BUSY = {
    "population": {"segments": {"all": SEGMENT | {"renewal": {"law": "uniform", "low": 0, "high": 12}}}},
    "teams": {"front": {"staff": 2, "wage": 20}},
    "tariff": {"price_per_minute": 0.3, "firm_share": 0.5},
    "loyalty": {"lost_per_told": 0.001},
}
"""Two agents, whom 240 problems of 10 minutes keep busy four fifths of the day."""
SIZE: dict[str, Any] = {"replications": 3, "customers": 300}


def pair(**changes):
    """Return a world that bills its busy line, and one that has more agents and is free."""
    first = sim.variant(tiny_world(name="billed", **BUSY), changes) if changes else tiny_world(name="billed", **BUSY)
    return first, sim.variant(
        first, {"levers": {"price": {"free": True}}, "teams": {"front": {"staff": 3}}}, name="free"
    )


@pytest.fixture(scope="module")
def made() -> Generations:
    return sim.generations(pair(), years=3, **SIZE)


def test_the_first_year_is_the_one_that_is_compared(made):
    """Staff, toll and gestures of a problem, 1.6 times a year."""
    compared = sim.compare(*pair(), replications=3, equal="none")
    for item in ("staff_eur", "toll_income_eur"):
        line = compared.line(f"{item}_per_problem")
        for at, lived in enumerate(compared.lived):
            days = lived.totals[f"{item}_per_problem"][
                :, 0
            ]  # a horizon of one day, for which 240 problems are expected
            assert made.year(item, 1, at).mean == pytest.approx(days.mean() / 240 * 1.6)
        assert line.worlds[0].mean > 0


def test_the_years_follow_from_the_customers_who_are_left(made):
    """Each replication has its own customers, hence its own problems: the second year's mean staff is that of a run so
    large, with the luck of that year."""
    from sim.study.generations.people import REPLICATIONS_AT_MOST

    left = made.months[0]["customers"][:, 11]
    world = pair()[0]
    for at, customers in enumerate(left):
        volume = float(world.population.problems_per_day * customers)
        year = sim.changed(world, {"population.problems_per_day": volume})
        lived = sim.replicate(year, replications=[REPLICATIONS_AT_MOST + at], measures=["effort_ces"])
        assert made.shown[0]["effort_ces"][at, 1].tolist() == lived.totals["effort_ces"][0].tolist()


def test_customers_come_and_go_and_nobody_is_lost(made):
    for months in made.months:
        before = np.concatenate([np.ones((3, 1)), months["customers"][:, :-1]], axis=1)
        assert months["customers"] == pytest.approx(before - months["left"] + months["won"], rel=1e-12)


def test_euros_add_up(made):
    for at in (0, 1):
        for year in (1, 2, 3):
            part = {item: made.year(item, year, at).mean for item in ITEMS if item.endswith("_eur")}
            cash = (
                part["staff_eur"]
                + part["gestures_eur"]
                + part["others_eur"]
                + part["acquisition_eur"]
                - part["toll_income_eur"]
            )
            assert part["firm_cash_eur"] == pytest.approx(cash)
            assert part["firm_eur"] == pytest.approx(cash + part["lost_margin_eur"])
        since = sum(made.year("firm_eur", year, at).mean for year in (1, 2, 3))
        assert made.until("firm_eur", 36, at).mean == pytest.approx(since)
        assert made.cumulated("firm_eur", at)[:, -1].mean() == pytest.approx(since)


def test_the_margin_lost_is_that_of_customers_who_are_missing(made):
    """All are worth 120 EUR a year: 10 a month for each who would be there with the base churn alone."""
    for months in made.months:
        missing = (months["unvexed"] - months["customers"])[:, :-1]
        assert months["lost_margin"][:, 1:] == pytest.approx(10 * missing, abs=1e-12)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others(made):
    assert sim.generations(pair(), years=3, workers=1, **SIZE) == made
    assert sim.generations(pair(), years=1, seed=2, **SIZE) != sim.generations(pair(), years=1, **SIZE)


def test_a_longer_study_begins_as_a_shorter_one(made):
    shorter = sim.generations(pair(), years=2, **SIZE)
    for one, other in zip(shorter.months, made.months, strict=True):
        assert one["customers"].tolist() == other["customers"][:, :24].tolist()


def test_simpy_lives_the_same_years():
    """Sums of one engine agree with the other's in twelve digits."""
    both = [sim.generations(pair(), years=2, engine=engine, workers=1, **SIZE) for engine in ("simpy", "compiled")]
    for one, other in zip(both[0].months, both[1].months, strict=True):
        for name in one:
            assert one[name] == pytest.approx(other[name], rel=1e-9, abs=1e-12)


def test_what_is_resumed_is_the_whole(made, tmp_path):
    first = sim.generations(pair(), years=1, out=tmp_path, **SIZE)
    assert first.years == 1
    told = []
    whole = sim.generations(pair(), years=3, out=tmp_path, progress=lambda done, of: told.append((done, of)), **SIZE)
    assert whole == made
    assert sorted(file.name for file in tmp_path.glob("year_*")) == ["year_001.json", "year_002.json", "year_003.json"]
    assert told[-1][0] == told[-1][1] == 3 * 3 * 2


def test_ctrl_c_keeps_the_years_that_are_finished(made, tmp_path):
    def in_the_third_year(done, of):
        if done > 2 * of // 3:
            raise KeyboardInterrupt

    broken = sim.generations(pair(), years=3, out=tmp_path, progress=in_the_third_year, workers=1, **SIZE)
    assert (broken.interrupted, broken.years, broken.asked) == (True, 2, 3)
    assert "Interrupted: 2 of 3 years" in broken.text()
    assert sim.generations(pair(), years=3, out=tmp_path, **SIZE) == made


def test_interrupted_in_the_first_year_there_is_nothing_to_tell():
    def at_once(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.generations(pair(), years=2, progress=at_once, workers=1, **SIZE)


def test_a_folder_with_another_study_is_refused(tmp_path):
    sim.generations(pair(), years=1, out=tmp_path, **SIZE)
    with pytest.raises(ValueError, match="another study: seed, customers differ"):
        sim.generations(pair(), years=1, out=tmp_path, seed=2, replications=3, customers=301)


@pytest.mark.parametrize("held", ["", "[]", "[[1]]", '{"a": 1}', "nan", "[[{}, {}], [{}, {}], [{}, {}]]"])
def test_a_year_that_is_none_is_refused(tmp_path, held):
    sim.generations(pair(), years=1, out=tmp_path, **SIZE)
    (tmp_path / "year_001.json").write_text(held, encoding="utf-8")
    with pytest.raises(ValueError, match="is no year of this study"):
        sim.generations(pair(), years=1, out=tmp_path, **SIZE)


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="out is"):
        sim.generations(pair(), years=1, out=tmp_path / "file", **SIZE)


def test_all_that_is_wrong_is_told_at_once():
    other = sim.variant(pair()[1], {"generations": {"memory": 6}, "loyalty": {"base_churn": 0.2}})
    with pytest.raises(ValueError, match="years is 0") as refused:
        sim.generations(
            [pair()[0], other, "no_such_world"],
            years=0,
            replications=1,
            staff="gone",  # type: ignore[arg-type]
            customers=-3,
        )
    said = str(refused.value)
    for part in (
        "customers is -3", "staff is 'gone'", "replications is 1", "no_such_world", "generations.memory: 18.0 / 6.0",
        "loyalty.base_churn: 0.12 / 0.2",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    ("worlds", "said"),
    [("base", "a list of two"), (3, "a list of two"), (["base"], "worlds holds 1"), ([], "worlds holds 0"),
     (["base", "hotline_2005"], "other customers")],
)  # fmt: skip
def test_worlds_that_cannot_be_compared_are_refused(worlds, said):
    with pytest.raises(ValueError, match=said):
        sim.generations(worlds)


def test_a_world_that_drops_its_customers_is_refused():
    """A cohort knows its journeys by their effort alone, and not who was dropped."""
    with pytest.raises(ValueError, match="sprint_2007 drops its customers"):
        sim.generations(["abolition", "sprint_2007"], years=2)


def test_years_and_items_that_are_not_there_are_refused(made):
    for ask, said in (
        (lambda: made.year("firm_eur", 4), "1 to 3"),
        (lambda: made.until("firm_eur", 37), "1 to 36"),
        (lambda: made.year("firm", 1), "did you mean"),
        (lambda: made.year("firm_eur", 1, 2), "0 to 1"),
    ):
        with pytest.raises(ValueError, match=said):
            ask()


def test_no_more_replications_than_have_luck_of_their_own():
    with pytest.raises(ValueError, match="0 to 65535"):
        sim.generations(pair(), replications=[0, 70_000])


def test_where_nobody_acts_on_what_he_means_the_worlds_keep_the_same_customers():
    found = sim.generations(pair(loyalty={"kappa": 0.0, "lost_per_told": 0.0}), years=2, **SIZE)
    assert found.difference("customers") == (0.0, 0.0, 0.0)
    assert found.until("lost_margin_eur", 24, 0).mean == pytest.approx(0.0, abs=1e-12)
    assert found.until("initial_left", 24, 0).mean == pytest.approx(0.88**2)
    assert found.until("customers", 24).mean <= 1.0 + 0.12**2  # those who came are bound for their first year


def test_a_firm_that_loses_all_its_new_customers_shrinks_and_goes_on():
    found = sim.generations(pair(loyalty={"base_churn": 1.0, "lost_per_told": 1.0}), years=3, **SIZE)
    assert found.until("initial_left", 36, 0).mean == pytest.approx(0.0, abs=1e-12)
    assert np.isfinite(found.cumulated("firm_eur")).all()


def test_staff_that_follows_costs_as_much_less_as_there_are_fewer_problems():
    """Whole agents are halved by hours of the week: to the nearest half-hour of 672 quarters."""
    gone = pair(loyalty={"base_churn": 0.5, "kappa": 0.0}, generations={"acquisitions": 0})
    found = sim.generations(gone, years=2, staff="follows", **SIZE)
    first, second = (found.year("staff_eur", year).mean for year in (1, 2))
    assert second / first == pytest.approx(0.5, abs=0.01)


def test_a_difference_that_grows_and_falls_turns_once():
    """10 less a month for a year, then 5 more: the same after 24 more months, at 3 years."""
    steps = np.concatenate([np.full(12, -10.0), np.full(36, 5.0)])
    (one,) = turns(np.cumsum(np.tile(steps, (3, 1)), axis=1))
    assert (one.at, one.low, one.high, one.rises) == (3.0, 3.0, 3.0, True)


def test_the_interval_of_a_turn_is_where_the_differences_interval_holds_nothing():
    """Replications d - 1, d, d + 1 about a line d of month - 12: half the interval is t(2) / sqrt(3) = 2.484."""
    months = np.arange(1, 25)
    rows = np.stack([months - 12.0 + shift for shift in (-1, 0, 1)])
    (one,) = turns(rows)
    reach = two_sided(2, 0.95) / np.sqrt(3)
    assert 12 * one.at == pytest.approx(12.0)
    assert (12 * one.low, 12 * one.high) == pytest.approx((12 - reach, 12 + reach))


def test_a_turn_that_is_never_sure_has_no_ends():
    rows = np.stack([np.linspace(-1, 1, 24) + shift for shift in (-50, 0, 50)])
    (one,) = turns(rows)
    assert (one.low, one.high) == (None, None)
    assert turns(np.zeros((3, 24))) == turns(np.ones((3, 24))) == []


def test_the_findings_say_who_is_dearer_when(made):
    said = " ".join(findings(made))
    assert "What free costs the firm beyond billed, for each initial customer*: +" in said
    assert "EUR over 36 months." in said
    assert "of 100 initial customers are left in billed" in said
    end = made.difference("firm_eur").mean
    if not made.turns():
        assert f"{'billed' if end > 0 else 'free'} stays the cheaper one" in said


def test_what_is_stored_is_what_was_found(made):
    tree = json.loads(made.to_json())
    assert tree["years"] == 3
    assert [one["name"] for one in tree["worlds"]] == ["billed", "free"]
    row = next(row for row in tree["by_year"] if (row["world"], row["number"], row["item"]) == ("free", 2, "firm_eur"))
    assert row["mean"] == made.year("firm_eur", 2, 1).mean
    assert row["beyond_mean"] == made.difference("firm_eur", year=2).mean
    frame = made.table()
    assert len(frame) == 2 * 3 * len(ITEMS)
    assert frame.query("world == 'free' and year == 2 and item == 'firm_eur'")["mean"].item() == row["mean"]


def test_it_is_printed_in_120_columns(made):
    assert max(map(len, made.text().splitlines())) <= 120
    assert "grievance (points)" in made.text()
    assert "<table" in made._repr_html_()


def test_three_worlds_are_each_compared_with_the_first():
    first, second = pair()
    third = sim.variant(second, {"teams": {"front": {"staff": 4}}}, name="more")
    found = sim.generations([first, second, third], years=1, **SIZE)
    two = sim.generations([first, third], years=1, **SIZE)
    assert found.difference("firm_eur", 2) == two.difference("firm_eur", 1)
    assert len(findings(found)) == 2 * len(findings(two))
