"""The break-even price of paid hold: every branch of the finding, and the whole at its smallest."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import sim
from tests.experiments.by_hand import about, ended

import paid_hold  # isort: skip - by_hand says where it lies
from paid_hold import DEAREST, FIRMS, PRICE, SAME_SERVICE, SAME_STAFF, Case, Crossing, finding, standing, told  # isort: skip

NAMES = "paid", "free"
CASH, WHOLE = FIRMS
CUSTOMER = "customer_eur_per_problem"
BOUNDS = 0.0, DEAREST


def case(measure, hold="paid", staff=SAME_STAFF):
    return Case(measure, PRICE, hold, staff)


RISING = about(-20), about(30)


def at(value, low, high, ends=RISING):
    return Crossing((value,), low, high, ends)


NONE_FIRST_DEARER = Crossing((), None, None, (about(-90), about(-200)))
NONE_SECOND_DEARER = Crossing((), None, None, (about(4), about(60)))


def test_a_break_even_is_told_with_its_interval():
    assert told(case(CASH), at(0.3, 0.25, 0.35), NAMES, BOUNDS) == "0.300 (0.250 to 0.350) EUR a minute"
    assert told(case(CASH), at(0.3, None, None), NAMES, BOUNDS) == "0.300 (below 0 to above 0.8) EUR a minute"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (NONE_FIRST_DEARER, "none from 0 to 0.8 EUR a minute: paid costs more throughout"),
        (NONE_SECOND_DEARER, "none from 0 to 0.8 EUR a minute: free costs more throughout"),
        (Crossing((), None, None, (about(0), about(3))), "not told apart throughout"),
        (Crossing((0.1, 0.5), None, None, (about(1), about(1))), "several: 0.100 and 0.500"),
        (Crossing((0.2,), None, None, (about(-1), about(1)), jump=True), "a jump at 0.200"),
        (Crossing((), None, None, (about(1), about(1)), flat=True), "changes nothing"),
        (Crossing((0.2,), 0.1, 0.3, (about(-1), about(1)), open=True), "not closed in on"),
    ],
)
def test_that_there_is_none_or_more_than_one_is_said_plainly(found, said):
    assert said in told(case(CASH), found, NAMES, BOUNDS)


def test_a_price_lies_below_above_or_within():
    found = at(0.3, 0.25, 0.35)
    assert [standing(found, now) for now in (0.2, 0.25, 0.3, 0.36)] == ["below", "within", "within", "above"]
    assert standing(at(0.3, None, 0.35), 0.0) == "within"


def test_below_the_break_even_the_free_world_is_cheaper_and_above_it_the_paid_one():
    """The second minus the first rises from -20 to +30: the dearer the minute, the cheaper the first."""
    found = {case(CASH): at(0.3, 0.25, 0.35)}
    assert "at 0.2, below that, free is the cheaper one" in finding(found, NAMES, 0.2)
    assert "at 0.5, above that, paid is the cheaper one" in finding(found, NAMES, 0.5)


def test_where_the_price_makes_the_first_dearer_it_is_the_other_way_round():
    found = {case(CUSTOMER): at(0.3, 0.25, 0.35, (about(20), about(-30)))}
    assert "at 0.2, below that, paid is the cheaper one" in finding(found, NAMES, 0.2)
    assert "at 0.5, above that, free is the cheaper one" in finding(found, NAMES, 0.5)


def test_a_price_within_the_interval_is_not_judged():
    said = finding({case(CASH): at(0.34, 0.3, 0.4)}, NAMES, 0.34)
    assert "which is cheaper at 0.34 cannot be told" in said


def test_no_break_even_is_a_finding():
    said = finding({case(CASH): NONE_SECOND_DEARER, case(CUSTOMER): NONE_FIRST_DEARER}, NAMES, 0.34)
    assert said.count("there is no one break-even price") == 2
    assert "free costs more throughout" in said
    assert "paid costs more throughout" in said


def test_what_is_paid_for_hold_is_told():
    """A price of 0.80 brings 50 with hold paid and 10 with hold free: 80 % of it is paid for hold."""
    found = {case(WHOLE): at(0.32, 0.3, 0.34), case(WHOLE, "free"): Crossing((), None, None, (about(-20), about(-10)))}
    said = finding(found, NAMES, 0.34)
    assert "with the hold free there is none up to the dearest price allowed" in said.lower()
    assert "80% of what the price brings the firm is paid for hold" in said


def test_a_price_with_free_hold_is_compared_by_intervals():
    paid = at(0.32, 0.3, 0.34)
    near, far = at(0.35, 0.31, 0.4, (about(-20), about(20))), at(0.7, 0.6, 0.8, (about(-20), about(3)))
    assert "not told apart" in finding({case(WHOLE): paid, case(WHOLE, "free"): near}, NAMES, 0.34)
    assert "it is 0.700, not 0.320" in finding({case(WHOLE): paid, case(WHOLE, "free"): far}, NAMES, 0.34)


def test_the_same_wait_is_told_where_it_was_lived():
    found = {case(CASH, staff=SAME_SERVICE): at(0.1, 0.09, 0.11)}
    assert "with the same wait instead of the same staff" in finding(found, NAMES, 0.34).lower()
    assert "paid is the cheaper one" in finding(found, NAMES, 0.34)


@pytest.mark.slow
def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--replications", "2", "--days", "0.5", "--out", str(tmp_path), "--figure", str(tmp_path / "it.png")]
    assert paid_hold.main(["hotline_2005", "empowered", *arguments]) == 0
    text = ended(paid_hold.NAME, tmp_path)
    assert text.count("\n|") == 2 + len(paid_hold.cases())
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_where_no_staff_gives_the_same_wait_the_rest_is_sought_all_the_same(tmp_path, capsys):
    """On a first day that ends at six in the morning nobody has called."""
    sizes = {"replications": 2, "days": 0.25, "seed": 1}
    world, why = paid_hold.with_fewer(sim.load("hotline_2005"), sim.load("empowered"), sizes)
    assert world is None
    assert "undefined" in why


def test_a_price_aversion_that_cannot_be_is_told(tmp_path, capsys):
    assert paid_hold.main(["--quick", "--price-aversion", "nan", "--out", str(tmp_path)]) == 2
    assert "--price-aversion is nan" in capsys.readouterr().err


def test_interrupted_it_tells_the_break_evens_that_are_finished(tmp_path, capsys, monkeypatch):
    calls = []

    def found(*_):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return SimpleNamespace(interrupted=False)

    monkeypatch.setattr(paid_hold, "with_fewer", lambda *_: (None, ""))
    monkeypatch.setattr(paid_hold, "sought", found)
    monkeypatch.setattr(paid_hold, "crossing", lambda _: at(0.3, 0.25, 0.35))
    assert paid_hold.main(["--quick", "--out", str(tmp_path)]) == 130
    text = ended(paid_hold.NAME, tmp_path)
    assert text.startswith("interrupted: this is made of what is finished")
    assert " ".join(text.split()).count("0.300 (0.250 to 0.350)") == 2 + 2
