"""What figures draw, as tables: against lives worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import sim
from sim.figures import cost_waterfall
from sim.figures.cost_waterfall import waterfall_table
from sim.figures.effort_distribution import effort_table
from sim.figures.strip_tables import strip_tables
from sim.history.rows import History
from sim.measures.rules.effort import ces
from tests.figures.drawn import at, axes
from tests.figures.test_journey_strip import CLEAN, CUT, HARSH, KIND
from tests.measures.strips import TRANSFERRED, hand_world, history


@pytest.fixture
def both() -> list[History]:
    """Return one customer's life in both worlds, whose hour is worth 12 euros."""
    return [history(HARSH, CUT, value_of_time=12.0), history(KIND, CLEAN, value_of_time=12.0)]


def rows(table: Any, *names: str) -> list[list[Any]]:
    found: list[list[Any]] = table[list(names)].to_numpy().tolist()
    return found


def test_each_spell_has_its_place_its_agent_and_its_price(both):
    """A minute at 30 cents; the first call 1 menu, 9 hold, 2, 3 and 5 with agent 0 of the front; then 1, 0, 1, 1, 7."""
    spells = strip_tables(both, 0).spells
    harsh = spells[spells["world"] == "harsh"]
    assert rows(harsh, "call", "activity", "team", "agent", "start", "minutes") == [
        [1, "menu", "", -1, 600, 1],
        [1, "hold", "", -1, 601, 9],
        [1, "identification", "front", 0, 610, 2],
        [1, "explanation", "front", 0, 612, 3],
        [1, "talk", "front", 0, 615, 5],
        [2, "menu", "", -1, 1460, 1],
        [2, "identification", "front", 0, 1461, 1],
        [2, "explanation", "front", 0, 1462, 1],
        [2, "talk", "front", 0, 1463, 7],
    ]
    assert harsh["eur"].tolist() == [at(0.3 * one) for one in harsh["minutes"]]
    assert harsh["paid"].all()
    assert not spells[spells["world"] == "kind"]["paid"].any()
    assert set(spells["day"]) == {0, 1}


def test_the_strip_has_the_axis_of_the_figure(both):
    """30 minutes are shown at their length; the time away in between is cut short, as the clock does it."""
    found = strip_tables(both, 0)
    assert found.clock.stretches == ((600, 620), (1460, 1470))
    second = found.spells[(found.spells["start"] == 1463)]
    assert second["shown_start"].tolist() == [at(20 + found.clock.gap + 3)]
    assert rows(found.marks, "world", "time", "mark", "tone") == [
        ["harsh", 620, "cut", "worse"],
        ["harsh", 1470, "solved", "better"],
        ["kind", 606, "gesture", "plain"],
        ["kind", 607, "solved", "better"],
    ]
    last = found.money.groupby(["world", "what"])["eur"].last().to_dict()
    # 9 euros of toll and 30 minutes at 12 euros an hour; 7 minutes and 5 euros granted.
    assert last == {
        ("harsh", "paid"): at(9),
        ("harsh", "with own time"): at(15),
        ("kind", "paid"): at(-5),
        ("kind", "with own time"): at(-3.6),
    }


def test_the_hold_after_a_transfer_is_in_a_queue_and_the_hold_for_an_approval_with_an_agent():
    told = TRANSFERRED.replace("601 QUEUED", "601 QUEUED front:-1").replace("607 QUEUED", "607 QUEUED back:-1")
    spells = strip_tables(history(hand_world(), told), 0).spells
    holds = spells[spells["activity"].str.contains("hold")]
    assert rows(holds, "activity", "leg", "queue", "team", "agent", "minutes") == [
        ["hold", 0, "front", "", -1, 2],
        ["transfer_hold", 1, "back", "", -1, 5],
        ["approval_hold", 1, "", "back", 0, 4],
    ]


def test_a_strip_of_nobody_is_told(both):
    with pytest.raises(ValueError, match="histories is empty"):
        strip_tables([], 0)
    with pytest.raises(ValueError, match="customer is 1"):
        strip_tables(both, 1)


@pytest.fixture
def replications() -> tuple[list[History], list[History]]:
    """Return two replications of each world: in the second of the harsh one the call is not cut."""
    first = [history(HARSH, CUT, value_of_time=12.0), history(HARSH, CLEAN, value_of_time=12.0)]
    return first, [history(KIND, CLEAN, value_of_time=12.0)] * 2


def test_the_waterfall_leads_from_one_world_to_the_other(replications):
    """6.75 EUR; toll less 5.55, time less 2.30, 2.50 more granted: -3.60. The bars are those that are drawn."""
    table = waterfall_table(*replications)
    customers = table[table["who"] == "customers"]
    assert rows(customers, "bar", "kind") == [
        ["harsh", "total"],
        ["toll", "part"],
        ["time", "part"],
        ["outage", "part"],
        ["own repair", "part"],
        ["gestures received", "part"],
        ["kind", "total"],
    ]
    assert customers["eur"].tolist() == [at(one) for one in (6.75, -5.55, -2.3, 0, 0, -2.5, -3.6)]
    assert customers["end"].tolist() == [at(one) for one in (6.75, 1.2, -1.1, -1.1, -1.1, -3.6, -3.6)]
    drawn = cost_waterfall(replications[0], replications[1], axes(2))[0].patches
    heights = [bar.get_height() for bar in drawn]  # type: ignore[attr-defined]
    assert heights == [at(one) for one in customers["eur"]]


def test_what_is_guessed_is_marked_and_left_out_beside_it(replications):
    table = waterfall_table(*replications)
    assert table[table["guessed"]]["bar"].tolist() == ["harsh", "lost margin", "kind"]
    sure = table[table["who"] == "firm without customers lost"]
    assert "lost margin" not in set(sure["bar"])
    assert set(table["who"]) == {"customers", "firm", "firm without customers lost"}


def test_one_replication_has_bars_without_intervals(both):
    table = waterfall_table(*both)
    assert table["low"].isna().all()
    assert table["eur"].notna().all()


def test_the_shares_of_effort_add_up_and_step_where_the_efforts_lie(both):
    """One problem of 30 minutes, one repeat, told again twice, one cut and a long hold; one of 7 minutes."""
    # harsh: 30 / 30 + 1 + 0.25 + 0.25 + 1.2 + 0.3 = 4.0; kind: 7 / 30.
    efforts = [ces(7 / 30), ces(4.0) - 1e-9, ces(4.0)]
    table = effort_table(both[0], both[1], efforts)
    assert rows(table, "place", "share", "beyond") == [[1, 0, 1], [1, 0, 1], [1, 1, 0], [2, 1, 0], [2, 1, 0], [2, 1, 0]]
    assert table["low"].isna().all()


def test_a_share_of_effort_has_its_interval_over_replications(replications):
    """Half of the two problems are beyond 4 of 5: 0.5, plus or minus 12.7 times a half, within 0 and 1."""
    table = effort_table(replications[0], replications[1], [3.0])
    assert rows(table, "share", "low", "high") == [[0.5, 0, 1], [1, 1, 1]]
    with pytest.raises(ValueError, match="efforts is no row of finite numbers"):
        effort_table(replications[0], replications[1], [math.nan])
    with pytest.raises(ValueError, match="second is empty"):
        effort_table(replications[0], [])


def test_the_tables_of_a_shipped_world_hold_what_the_journeys_hold():
    """Of the customer with the most calls: his spells' minutes and euros are those of his journey."""
    world = sim.variant("base", {"time": {"horizon": "7 d"}})
    lived = sim.run(world, sim.populate(world, seed=1))
    journeys = sim.tables(lived).journeys
    most = journeys[np.argmax(journeys["calls"])]
    spells = strip_tables(lived, int(most["customer"])).spells
    assert spells["minutes"].sum() == pytest.approx(most["active_minutes"], abs=1e-9)
    assert spells["call"].max() == most["calls"]
    assert spells["eur"].sum() == pytest.approx(most["toll"], abs=1e-9)
    served = spells[spells["activity"].isin(["identification", "explanation", "talk"])]
    assert set(served["team"]) <= {"front", "second"}
    assert (served["agent"] >= 0).all()
