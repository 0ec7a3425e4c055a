"""Figures of a report: read, and refused where they cannot be."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.data.interval_report import INTERVAL, IntervalReport
from sim.measures.rules.levels import DEFINITIONS
from sim.study.calibrating.calibrate import calibrate
from sim.study.calibrating.figure import figure
from sim.study.calibrating.figures import NAMES, Figures, read_figures
from sim.study.calibrating.intervals import about_days, far_apart, not_used
from tests.study.reports import one_team


@pytest.mark.parametrize(
    ("written", "kind", "value", "step"),
    [
        (18240, "count", 18240, 1),
        ("16 %", "count", 0.16, 0.01),
        (0.16, "count", 0.16, 0.01),
        ("84.5 %", "share", 0.845, 0.001),
        (0.9, "share", 0.9, 0.1),
        ("190 s", "minutes", 190 / 60, 1 / 60),
        ("6 minutes 11", "minutes", 371 / 60, 1 / 60),
        ("3:10", "minutes", 190 / 60, 1 / 60),
        ("6.7 min", "minutes", 6.7, 0.1),
        (5.2, "number", 5.2, 0.1),
    ],
)
def test_a_figure_is_read_with_its_unit_and_its_last_digit(written, kind, value, step):
    read = figure(written, kind)
    assert (read.value, read.step) == (pytest.approx(value), pytest.approx(step))
    assert read.error is None
    assert read.rounding == pytest.approx(step / math.sqrt(12)), "a uniform law of that width"


@pytest.mark.parametrize(
    "written",
    [
        "190 s +- 6 s",
        "190 s ± 6 s",
        {"value": "190 s", "+-": "6 s"},
        {"value": "190 s", "from": "184 s", "to": "196 s"},
    ],
)
def test_what_a_figure_says_of_its_surety_is_half_of_a_95_percent_interval(written):
    read = figure(written, "minutes")
    assert (read.low, read.high) == (pytest.approx(184 / 60), pytest.approx(196 / 60))
    assert read.error == pytest.approx(6 / 60 / 1.96, rel=1e-4)


@pytest.mark.parametrize(
    ("written", "kind", "said"),
    [
        (84, "share", 'write "84 %"'),
        ("x", "count", "is no number"),
        (True, "share", "no figure of this kind"),
        (math.nan, "count", "from 0 to 1e"),
        (math.inf, "minutes", "needs its unit"),
        (10**400, "count", "from 0 to 1e"),
        (5, "minutes", "needs its unit"),
        ("5 min +- 3", "minutes", "needs its unit"),
        ("5 +- 0", "number", "above 0"),
        ("50 % +- 3", "count", "in the same unit"),
        ({"value": 1}, "count", "a table holds value"),
        ({"value": 1, "from": 2, "to": 3}, "count", "lies between"),
        ([1], "count", "no figure of this kind"),
        ("9" * 200, "count", "no figure of this kind"),
        (-3, "count", "from 0"),
        ("120 %", "share", "from 0 to 1"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(written, kind, said):
    with pytest.raises(ValueError, match=said):
        figure(written, kind)


BAD = """\
days = -3
offered = "many"
answerd = 4
calls_per_day = 7
service_level = 41
service_level_definition = "sl9"
speed_of_answer = 190

[measures]
hold_min = 5
"""


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path):
    file = tmp_path / "month.toml"
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(sim.FigureError) as told:
        read_figures(file)
    lines = [(one.line, one.key) for one in told.value.mistakes]
    assert lines == [
        (1, "days"),
        (2, "offered"),
        (3, "answerd"),
        (4, "calls_per_day"),
        (5, "service_level"),
        (6, "service_level_definition"),
        (7, "speed_of_answer"),
        (9, "measures"),
    ]
    assert "did you mean answered?" in str(told.value)
    assert "write it under [measures]: calls_per_day" in str(told.value)


@pytest.mark.parametrize("what", ["missing", "directory", "latin", "empty", "no toml", "huge"])
def test_a_file_that_holds_no_figures_is_told_in_words(tmp_path, what):
    file = tmp_path / "month.toml"
    if what == "directory":
        file.mkdir()
    elif what != "missing":
        texts = {"latin": b'about = "\xe9t\xe9"', "empty": b"", "no toml": b"offered: 5", "huge": b"a = 1\n" * 300_000}
        file.write_bytes(texts[what])
    with pytest.raises(sim.FigureError, match=r"month\.toml|no figure is there"):
        calibrate(one_team(), file)


@pytest.mark.parametrize("what", [5, None, ["offered"], {1: 2}, {"offered": None}, {"measures": 4}, {"about": "a\nb"}])
def test_what_is_no_table_of_figures_is_refused(what):
    with pytest.raises(ValueError, match="figures"):
        read_figures(what)


def test_every_figure_of_a_report_has_its_definition():
    from sim.reading.meaning import docstrings

    assert set(NAMES) < set(docstrings(Figures)) == set(Figures.model_fields)


SERVICE = {"service_level_within": "20 s", "service_level_definition": "arena"}


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({}, "no figure is there"),
        ({"offered": 100}, "of how many days is not said"),
        ({"offered": "80 %"}, "calls offered are counted"),
        ({"service_level": "80 %"}, "of no threshold"),
        (
            {"service_level": "80 %", "service_level_within": "20 s"},
            "service_level is of no definition; write service_l",
        ),
        ({"talk_time": "10:00", "handling_time": "5:00"}, "talk_time is 10 min, and handling_time 5 min: talk is a"),
        ({"days": 28, "offered": 0}, "offered is 0"),
        ({"handling_time": "0 s"}, "handling_time is 0: every answered call takes its time"),
        ({"talk_time": "0 s"}, "talk_time is 0"),
        ({"days": 28, "offered": 1000, "answered": 1200}, "more than the calls offered"),
        ({"days": 28, "offered": 1000, "answered": 900, "abandoned": 200}, "110.0% of the calls offered together"),
        ({"answered": "90 %", "abandoned": "12 %"}, "of the calls offered together"),
        ({"answered": "70 %", "service_level": "80 %", **SERVICE}, "more than the share of calls answered"),
        # Of a mean wait of 10 s, no more than half can be 20 s: at least half of the nine tenths answered is in time.
        ({"answered": "90 %", "service_level": "40 %", "speed_of_answer": "10 s", **SERVICE}, "is too low for a speed"),
        ({"answered": "90 %", "service_level": "10 %", "speed_of_answer": "10 s", **SERVICE}, "it is 4[0-9]% at least"),
        ({"repeats": "20 %", "first_contact_resolution_logged": "70 %"}, "add up to 100 %"),
        (
            {"repeats": "5 %", "first_contact_resolution": {"value": "100 %", "from": "100 %", "to": "100 %"}},
            "lies between",
        ),
        ({"transfers": "10 %"}, "passes no call on"),
        ({"blocked": "3 %"}, "lines for all"),
        ({"days": 28, "offered": 99_000, "answered": 90_000, "handling_time": "9 min"}, "h of work a week"),
        ({"days": 28, "offered": 99_000, "answered": "91 %", "handling_time": "9 min"}, "h of work a week"),
        ({"measures": {"service_level": "80 %"}}, "stands under measures"),
    ],
)
def test_figures_that_contradict_each_other_are_told_before_anything_runs(figures, said):
    with pytest.raises(sim.FigureError, match=said):
        calibrate(one_team(), figures)


def test_figures_that_may_all_be_true_are_not_refused():
    """The bounds are sharp: half of them wait not at all, half a little over 20 s: a mean of 10.1 s, half in time."""
    from sim.study.calibrating.contradictions import check

    kind = {"answered": "100 %", "service_level": "50 %", "speed_of_answer": "10.1 s", **SERVICE}
    read, layer = read_figures({**kind, "repeats": "20 %", "first_contact_resolution_logged": "80 %"})
    check(read, layer, one_team())


def test_a_talk_as_long_as_the_work_to_the_last_digit_is_no_contradiction():
    """5.1 min may be 5.05 min, and 5.0 min too."""
    from sim.study.calibrating.contradictions import check

    check(*read_figures({"talk_time": "5.1 min", "handling_time": "5.0 min"}), one_team())
    with pytest.raises(sim.FigureError, match="talk is a part of it"):
        check(*read_figures({"talk_time": "5.2 min", "handling_time": "5.0 min"}), one_team())


def test_contradictions_say_which_line_they_stand_on(tmp_path):
    file = tmp_path / "month.toml"
    lines = 'days = 28\noffered = 1000\nanswered = 1200\nblocked = "3 %"\nservice_level = "80 %"\n'
    file.write_text(f'{lines}service_level_within = "20 s"\n', encoding="utf-8")
    with pytest.raises(sim.FigureError) as told:
        calibrate(one_team(), file)
    wrong = [(3, "answered"), (4, "blocked"), (5, "service_level")]
    assert [(one.line, one.key) for one in told.value.mistakes] == wrong
    assert {one.file for one in told.value.mistakes} == {str(file)}


# What everybody calls them, and all of it at once --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AHT", "handling_time"),
        ("aht", "handling_time"),
        ("ASA", "speed_of_answer"),
        ("FCR", "first_contact_resolution"),
        ("SL", "service_level"),
        ("SLA", "service_level"),
        ("calls", "offered"),
        ("calls_offered", "offered"),
        ("handled", "answered"),
        ("abandon_rate", "abandoned"),
        ("Abandonment rate", "abandoned"),
        ("ATT", "talk_time"),
        ("threshold", "service_level_within"),
        ("repeat rate", "repeats"),
    ],
)
def test_what_everybody_calls_a_figure_is_told_by_its_name(written, meant):
    with pytest.raises(sim.WorldError) as caught:
        calibrate(one_team(), {written: 5})
    assert f"is not known; did you mean {meant}?" in str(caught.value)


def test_unknown_names_and_contradictions_are_told_in_one_go():
    """97 % answered and 8 % abandoned are 105 %, whatever else cannot be read; offered and days are missed nowhere."""
    with pytest.raises(sim.WorldError) as caught:
        calibrate(one_team(), {"answered": "97 %", "abandoned": "8 %", "AHT": "9:09", "occupancy": "many"})
    said = [str(one) for one in caught.value.mistakes]
    assert len(said) == 3
    assert any("105.0%" in one for one in said)
    assert not any("no figure is there" in one for one in said)


def test_where_nothing_can_be_read_it_is_not_said_that_nothing_is_there():
    with pytest.raises(sim.WorldError) as caught:
        calibrate(one_team(), {"AHT": "9:09"})
    assert len(caught.value.mistakes) == 1


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_every_definition_of_the_program_may_be_a_report_s(definition):
    given = {"service_level": "80 %", "service_level_within": "20 s", "service_level_short": "5 s"}
    found, _ = read_figures({**given, "service_level_definition": definition})
    assert found.service_level_definition == definition


def test_the_definitions_are_listed_one_a_line_the_usual_one_marked():
    with pytest.raises(sim.WorldError) as caught:
        calibrate(one_team(), {"service_level": "80 %", "service_level_within": "20 s"})
    first, *lines = str(caught.value).splitlines()
    assert first.endswith('write service_level_definition = "arena", or another of these')
    assert [line.split('"')[1] for line in lines] == [*DEFINITIONS]
    assert [line for line in lines if "usual" in line] == [
        '  "arena"       calls answered within T / calls dialled   <- the usual one'
    ]
    assert max(map(len, lines)) <= 120


def test_the_page_names_every_definition():
    page = (Path(__file__).resolve().parents[2] / "docs" / "calibrating.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in DEFINITIONS)


# The days of a report, and what of it is not used --------------------------------------------------------------------


def days_reported(*days: int, monday: date | None = date(2026, 3, 2)) -> IntervalReport:
    """Return a report of one hour with ten calls on each of these days, counted from the first Monday."""
    rows = np.zeros(len(days), INTERVAL)
    for name in INTERVAL.names or ():
        rows[name] = np.nan if rows[name].dtype == float else 0
    rows["starts"], rows["minutes"], rows["offered"] = np.array(days) * 1440.0 + 540, 60.0, 10.0
    return IntervalReport(rows, monday, ("all",))


def test_whole_weeks_from_a_monday_on_need_no_word():
    assert about_days(days_reported(*range(14)), one_team()) == ()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (range(2, 9), "The report begins on wed 2026-03-04: its days count by their names, as a week from Monday on."),
        (
            range(10),
            "The report goes from mon 2026-03-02 to wed 2026-03-11, which are no whole weeks: each day of the week "
            "counts as the mean of its days (mon 2, tue 2, wed 2, thu 1, fri 1, sat 1, sun 1).",
        ),
        (range(5), "The report has no sat, no sun, though the line is open then: no problem appears on it."),
    ],
)
def test_weeks_that_are_not_whole_or_begin_elsewhere_are_told(days, said):
    assert about_days(days_reported(*days), one_team()) == (said,)


def test_what_of_a_report_is_not_used_is_told_in_a_line():
    report = days_reported(*range(7))
    report.rows["blocked"], report.rows["speed_of_answer"], report.rows["within"] = 1.0, 0.5, 5.0
    month, _ = read_figures({"days": 31, "offered": 300, "speed_of_answer": "30 s"})
    assert not_used(month, report, shifts=False) == (
        "Not used of the report by interval: calls offered, speed of answer as figures (the month's own count); "
        "calls answered in time (it does not say within which time); calls blocked.",
    )


def test_a_month_and_a_report_that_are_far_apart_are_told():
    """A week of 700 calls: a month of 100 is far from it, one of 690 is not, and a few more or less are chance."""
    report = days_reported(*range(7))
    report.rows["offered"], report.rows["answered"], report.rows["abandoned"] = 100.0, 95.0, 1.0
    report.rows["handle_time"] = 5.0
    far, _ = read_figures({"days": 7, "offered": 100, "answered": 660, "abandoned": 9, "handling_time": "9 min"})
    assert far_apart(far, report, 700.0) == (
        "Month and report by interval are far apart: calls offered 100 and 700; handling time 9 min and 5 min. "
        "Are they of the same time and calls?",
    )
    near, _ = read_figures({"days": 7, "offered": 690, "answered": "20 %", "abandoned": 9, "handling_time": "5:10"})
    assert far_apart(near, report, 700.0) == ()


def test_a_contradiction_with_a_figure_of_the_report_says_whose_it_is(tmp_path):
    rows = "".join(f"2026-03-0{day},{hour}:00,5,5,0\n" for day in range(2, 9) for hour in (10, 11))
    (tmp_path / "report.csv").write_text(f"date,time,offered,answered,abandoned\n{rows}")
    with pytest.raises(sim.FigureError, match=r"answered \(the report's\) is more than"):
        calibrate(one_team(), {"days": 7, "offered": 20}, report=tmp_path / "report.csv")
