"""The workbook holds the library's numbers, reckons them by its own formulas, and no user's word becomes one."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile

import pytest

from sim.handouts import report_bytes
from sim.report.business import business_case
from tests.handouts.reckoning import Reckoned, row_of
from tests.handouts.studies import HOSTILE, UNPRINTABLE, compared, named, usual

DAY = datetime.date(2026, 11, 29)
LABELS = (
    "slow (world 2) instead of tiny (world 1), own staff",
    "slow (world 2) instead of tiny (world 1), equal staff",
    "two_teams (world 2) instead of tiny (world 1), own staff",
)


def near(number):
    """Sums of sixteen digits in another order."""
    return pytest.approx(number, rel=1e-9, abs=1e-9)


@pytest.fixture(scope="module")
def study():
    return usual()


@pytest.fixture(scope="module")
def made(study):
    return report_bytes(study, "xlsx", date=DAY)


@pytest.fixture(scope="module")
def book(made):
    return Reckoned(made)


def reckons_as_stored(book):
    for sheet, place in book.formulas():
        stored, found = book.stored[sheet][place].value, book.value(sheet, place)
        assert found == (stored if isinstance(stored, str) else near(stored)), f"{sheet}!{place}"


def test_every_formula_comes_to_the_value_that_is_stored_beside_it(book):
    assert len(book.formulas()) > 1000
    reckons_as_stored(book)


def test_every_measure_of_every_way_is_what_the_library_says(study, book):
    for at, way in enumerate(study.ways):
        for line in way.lines:
            row = row_of(book, "Measures", line.measure.id, more=("E", LABELS[at]))
            one, other = line.worlds
            first, second, apart, low, high = (book.value("Measures", f"{column}{row}") for column in "FHJLM")
            for value, mean in ((first, one.mean), (second, other.mean), (apart, line.difference.mean)):
                assert value == ("undefined" if mean is None else near(mean))
            if line.difference.low is None:
                assert low is None and high is None
            else:
                assert low == near(line.difference.low)
                assert high == near(line.difference.high)
            for world, column in ((one, "G"), (other, "I")):
                if world.high is not None:
                    half = book.value("Measures", f"{column}{row}")
                    assert half == near(world.high - world.mean)


def test_the_totals_are_those_of_the_replications_and_average_to_the_measure(study, book):
    line = study.line("calls_per_problem")
    first = row_of(book, "Replications", "calls_per_problem", "B")
    rows = range(first, first + study.replications)
    for world, columns in enumerate((("E", "F"), ("G", "H"))):
        totals = study.lived[world].totals["calls_per_problem"]
        found = [[book.value("Replications", f"{column}{row}") for column in columns] for row in rows]
        assert found == totals.tolist()
    for column, mean in (("I", line.worlds[0].mean), ("J", line.worlds[1].mean), ("K", line.difference.mean)):
        values = [book.value("Replications", f"{column}{row}") for row in rows]
        assert sum(values) / len(values) == near(mean)


def test_a_year_is_365_days_of_what_a_week_costs(study, book):
    """By a measure that the sheet does not use: what the firm and its customers pay in a week."""
    for name, measure in (
        ("the firm*", "firm_eur_per_week"),
        ("the firm without customers lost", "firm_cash_eur_per_week"),
        ("customers", "customer_eur_per_week"),
        ("staff", "staff_eur_per_week"),
    ):
        row, line = row_of(book, "Business case 1", name), study.line(measure)
        for column, mean in (("F", line.worlds[0].mean), ("G", line.worlds[1].mean), ("H", line.difference.mean)):
            assert book.value("Business case 1", f"{column}{row}") == near(365 / 7 * mean)


def test_its_intervals_are_those_of_a_problem_times_the_problems(study, book):
    row, line = row_of(book, "Business case 1", "customers"), study.line("customer_eur_per_problem")
    problems = 365 * study.line("problems_per_day").worlds[0].mean
    for column, end in (("J", line.difference.low), ("K", line.difference.high)):
        assert book.value("Business case 1", f"{column}{row}") == near(problems * end)


def test_a_year_is_that_of_the_page(study, book):
    """The business case of the app and that of the workbook say the same of the staff, to the cent."""
    row, year = row_of(book, "Business case 1", "staff"), business_case(study).line("staff_eur_per_problem")
    for column, mean in (("F", year.worlds[0].mean), ("G", year.worlds[1].mean), ("H", year.difference.mean)):
        assert book.value("Business case 1", f"{column}{row}") == near(mean)


def test_a_planner_changes_wage_weeks_and_volume(study, made):
    book, sheet = Reckoned(made), "Business case 1"
    staff, firm = (row_of(book, sheet, name) for name in ("staff", "the firm*"))
    wages = [row_of(book, sheet, name) for name in ("wage of a paid hour", "wage of a paid hour, as simulated")]
    assert [book.value(sheet, f"C{row}") for row in wages] == pytest.approx([20.0, 20.0])
    assert book.value(sheet, f"D{wages[0]}") == pytest.approx(25.0)
    before = [book.value(sheet, f"{column}{row}") for row in (staff, firm) for column in "FGH"]
    book.put(sheet, f"D{wages[0]}", 50.0)
    after = [book.value(sheet, f"{column}{row}") for row in (staff, firm) for column in "FGH"]
    assert after[1] == pytest.approx(2 * before[1])  # twice the wage, twice the staff's euros in the second world
    assert after[0] == pytest.approx(before[0])
    assert after[4] - before[4] == pytest.approx(before[1])
    book.put(sheet, f"C{row_of(book, sheet, 'weeks a year')}", 26)
    assert book.value(sheet, f"G{staff}") == pytest.approx(2 * before[1] * 26 * 7 / 365)
    volume = row_of(book, sheet, "problems a week")
    for column in "CD":
        book.put(sheet, f"{column}{volume}", 3 * book.value(sheet, f"{column}{volume}"))
    assert book.value(sheet, f"G{staff}") == pytest.approx(3 * 2 * before[1] * 26 * 7 / 365)


def test_another_confidence_moves_every_interval(study, made):
    book = Reckoned(made)
    row = row_of(book, "Measures", "hold_minutes_per_call")
    half = book.value("Measures", f"K{row}")
    assert half > 0
    book.put("Measures", "B3", 0.99)
    assert book.value("Measures", f"K{row}") > 1.2 * half
    assert book.named("Measures", "confidence") == 0.99


def test_numbers_are_numbers_with_formats_and_units(book):
    row = row_of(book, "Measures", "solved_share")
    cell = book.book["Measures"][f"F{row}"]
    assert cell.number_format == "0.0%" and book.value("Measures", f"B{row}") == "%"
    assert 0 <= book.value("Measures", f"F{row}") <= 1
    assert book.book["Measures"].freeze_panes == "B6"
    assert book.book["Replications"].auto_filter.ref
    assert {"weeks_a_year", "problems_a_week_1", "wage_2"} <= {*book.book["Business case 1"].defined_names}


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 3))
def test_hostile_names_stay_words_in_the_workbook_and_in_csv(at):
    names = HOSTILE[at : at + 3]
    made = report_bytes(named(*names), "xlsx", date=DAY, command=UNPRINTABLE)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(name).decode("utf-8") for name in parts.namelist() if "worksheets/sheet" in name]
        assert not [name for name in parts.namelist() if "externalLink" in name or "vba" in name.lower()]
    formulas = [one for sheet in sheets for one in re.findall(r"<f[^>]*>([^<]*)</f>", sheet)]
    assert formulas and not [one for one in formulas for name in names if len(name) > 2 and name in one]
    assert not re.search(r"cmd|DDE|HYPERLINK|WEBSERVICE", " ".join(formulas))
    assert not [sheet for sheet in sheets if "<hyperlink" in sheet]
    book = Reckoned(made)
    text = io.StringIO()
    for sheet in book.stored:
        csv.writer(text).writerows([["" if one is None else one for one in row] for row in sheet.values])
    for row in csv.reader(io.StringIO(text.getvalue())):
        for one in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", one)
            assert number or one == "-" or not one.lstrip().startswith(("=", "+", "-", "@", "＝")), one
    words = {str(one) for sheet in book.stored for row in sheet.values for one in row}
    assert all(any(name in one for one in words) for name in names)


def test_one_replication_has_no_intervals_and_no_formula_that_fails():
    book = Reckoned(report_bytes(compared((0,)), "xlsx", date=DAY))
    row = row_of(book, "Measures", "calls_per_problem")
    assert [book.value("Measures", f"{column}{row}") for column in "GIKLM"] == [None] * 5
    reckons_as_stored(book)


def test_french_sheets(study):
    book = Reckoned(report_bytes(study, "xlsx", language="fr", date=DAY))
    assert book.book.sheetnames[:2] == ["Résumé", "Bilan annuel 1"]
    row = row_of(book, "Bilan annuel 1", "l'entreprise*")
    assert book.value("Bilan annuel 1", f"H{row}") == pytest.approx(
        365 / 7 * study.line("firm_eur_per_week").difference.mean
    )


def test_of_very_many_replications_the_figures_that_matter_have_formulas(study, monkeypatch):
    monkeypatch.setattr("sim.handouts.book.measures.MOST_ROWS", 100)
    book = Reckoned(report_bytes(study, "xlsx", date=DAY))
    held = {cell.value for cell in book.book["Replications"]["B"]}
    assert "calls_per_problem" in held and "cuts_per_problem" not in held
    row = row_of(book, "Measures", "cuts_per_problem")
    assert book.value("Measures", f"F{row}") == pytest.approx(study.line("cuts_per_problem").worlds[0].mean)
