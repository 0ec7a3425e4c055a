"""An interval report is the same however it is printed, and what is wrong with one is told by row and column."""

from __future__ import annotations

import math
import re
from datetime import date

import numpy as np
import pytest

import sim
from tests.data.tables import said_of, written

PLAIN = [
    ("2024-01-15", "08:00", "Sales", "1200", "1100", "100", "30", "00:05:12.5"),
    ("2024-01-15", "08:30", "Sales", "12", "10", "2", "90", "00:05:00"),
    ("2024-01-16", "08:00", "Sales", "7", "7", "0", "1.5", "00:01:00"),
]
"""Date, start, queue, offered, answered, abandoned, speed of answer in s, handling time."""
STARTS = [480.0, 510.0, 1920.0]
ENGLISH = ("Date", "Time", "Queue", "Offered", "Answered", "Abandoned", "ASA", "AHT")
FRENCH = ("Date", "Heure", "File", "Appels présentés", "Appels traités", "Abandons", "DMA (s)", "DMT")


def table(rows, sign=",", heading=ENGLISH, ends="\n"):
    """Write rows with a sign between the cells."""
    return ends.join(sign.join(row) for row in (*([heading] if heading else []), *rows)) + ends


def with_cells(**changes):
    """Change columns of `PLAIN`: by their places, functions of the cell."""
    return [tuple(changes.get(f"c{at}", str)(cell) for at, cell in enumerate(row)) for row in PLAIN]


def in_french(cell):
    year, month, day = cell.split("-")
    return f"{day}/{month}/{year}"


def in_american(cell):
    year, month, day = cell.split("-")
    return f"{month}/{day}/{year}"


NAMED = {"2024-01-15": "lundi 15 janvier 2024", "2024-01-16": "mardi 16 janv. 2024"}
SERIAL = {"2024-01-15": "45306", "2024-01-16": "45307"}  # days since 30 December 1899, as Excel counts
MINUTES = {"00:05:12.5": "5:12.5", "00:05:00": "5:00", "00:01:00": "1:00"}
SECONDS = {"00:05:12.5": "312,5", "00:05:00": "300", "00:01:00": "60"}
THOUSANDS = {"1200": "1\u202f200", "1100": "1 100"}
WAYS = {
    "commas": (table(PLAIN), "utf-8"),
    "semicolons": (table(PLAIN, ";"), "utf-8"),
    "tabs": (table(PLAIN, "\t"), "utf-8"),
    "bars": (table(PLAIN, "|"), "utf-8"),
    "a byte order mark": (table(PLAIN), "utf-8-sig"),
    "UTF-16": (table(PLAIN, "\t"), "utf-16"),
    "UTF-16 that does not say so": (table(PLAIN, "\t"), "utf-16-be"),
    "lines of Windows": (table(PLAIN, ends="\r\n"), "utf-8"),
    "lines of old Macs": (table(PLAIN, ends="\r"), "utf-8"),
    "what Excel puts in front": ("sep=;\n" + table(PLAIN, ";"), "utf-8"),
    "French in Latin-1": (table(with_cells(c0=in_french), ";", FRENCH), "latin-1"),
    "French in Windows' own": (table(with_cells(c0=in_french), ";", FRENCH), "cp1252"),
    "dates in words": (table(with_cells(c0=NAMED.get), ";", FRENCH), "utf-8"),
    "American dates": (table(with_cells(c0=in_american)), "utf-8"),
    "Excel's own dates": (table(with_cells(c0=SERIAL.get)), "utf-8"),
    "times as parts of a day": (table(with_cells(c1={"08:00": "0.3333333", "08:30": "0.3541667"}.get)), "utf-8"),
    "times as four digits": (table(with_cells(c1=lambda cell: cell.replace(":", ""))), "utf-8"),
    "times before and after noon": (table(with_cells(c1=lambda cell: f"{cell} AM")), "utf-8"),
    "French times": (table(with_cells(c1=lambda cell: cell.replace(":", "h"))), "utf-8"),
    "minutes and seconds": (table(with_cells(c7=MINUTES.get)), "utf-8"),
    "seconds with a decimal comma": (
        table(with_cells(c7=SECONDS.get, c6=lambda cell: cell.replace(".", ",")), ";", FRENCH),
        "utf-8",
    ),
    "blanks between thousands": (table(with_cells(c3=lambda cell: THOUSANDS.get(cell, cell))), "utf-8"),
    "commas between thousands": (table(with_cells(c3=lambda cell: '"1,200"' if cell == "1200" else cell)), "utf-8"),
    "points between thousands": (
        table(
            with_cells(c3=lambda cell: "1.200" if cell == "1200" else cell, c6=lambda cell: cell.replace(".", ",")), ";"
        ),
        "utf-8",
    ),
    "cells in quotation marks": (table([tuple(f'"{cell}"' for cell in row) for row in PLAIN]), "utf-8"),
    "texts as formulas": (table(with_cells(c2=lambda cell: f'"=""{cell}"""')), "utf-8"),
    "lines above and a total below": (
        "Report of activity\nPeriod,January\n\n" + table(PLAIN) + "Total,,,1219,1117,102,,\n",
        "utf-8",
    ),
    "a total without its name": (table([*PLAIN, ("", "", "", "1219", "1117", "102", "", "")]), "utf-8"),
    "dates once a day": (table([PLAIN[0], ("", *PLAIN[1][1:]), PLAIN[2]]), "utf-8"),
    "rows out of order": (table([PLAIN[2], PLAIN[0], PLAIN[1]]), "utf-8"),
    "other columns beside": (
        table([("x", *row, "y,z".replace(",", ".")) for row in PLAIN], heading=("Id", *ENGLISH, "Comment")),
        "utf-8",
    ),
}


@pytest.mark.parametrize(("text", "encoding"), WAYS.values(), ids=WAYS.keys())
def test_a_report_is_the_same_however_it_is_printed(tmp_path, text, encoding):
    report = sim.interval_report(written(tmp_path, text, encoding))
    assert report.first_monday == date(2024, 1, 15)
    assert report.queues == ("Sales",)
    assert report.rows["starts"].tolist() == pytest.approx(STARTS, abs=1e-9)
    assert report.rows["minutes"].tolist() == [30.0] * 3
    for name, values in (("offered", [1200, 12, 7]), ("answered", [1100, 10, 7]), ("abandoned", [100, 2, 0])):
        assert report.rows[name].tolist() == values
    assert report.rows["speed_of_answer"].tolist() == pytest.approx([0.5, 1.5, 0.025])
    assert report.rows["handle_time"].tolist() == pytest.approx([312.5 / 60, 5.0, 1.0])
    assert np.isnan(report.rows["blocked"]).all()


def test_what_was_left_out_is_counted(tmp_path):
    text, encoding = WAYS["lines above and a total below"]
    report = sim.interval_report(written(tmp_path, text, encoding))
    assert dict(report.left_out) == {"lines above the heading": 2, "totals rows": 1}


def test_columns_are_named_by_heading_or_by_place(tmp_path):
    """Without a heading, all by their places; the first row is one like the others."""
    places = {"date": 1, "time": 2, "queue": 3, "offered": 4, "answered": 5}
    bare = sim.interval_report(written(tmp_path, table(PLAIN, heading=None)), places)
    assert bare.rows["offered"].tolist() == [1200, 12, 7]
    odd = table(PLAIN, heading=("A", "B", "C", "D", "E", "F", "G", "H"))
    columns = {"date": "A", "time": 2, "offered": "d", "answered": "E", "abandoned": 6}
    named = sim.interval_report(written(tmp_path, odd), columns)
    assert named.rows["abandoned"].tolist() == [100, 2, 0]
    assert named.queues == ("all",)


def test_the_columns_of_genesys_avaya_and_cisco_are_known(tmp_path):
    genesys = "Interval Start,Interval End,Queue Name,Offer,Answer,Abandon,ASA,Avg Handle\n"
    genesys += "2024-01-15T08:00:00,2024-01-15T08:15:00,Sales,12,10,2,30000,300000\n"
    report = sim.interval_report(written(tmp_path, genesys), unit="ms")
    assert report.rows[["minutes", "speed_of_answer", "handle_time"]].tolist() == [(15.0, 0.5, 5.0)]
    avaya = "Date\tTime\tSplit/Skill\tACD Calls\tAban Calls\tAvg Speed Ans\tAvg ACD Time\tAvg ACW Time\tAvg Pos Staff\n"
    avaya += "1/15/2024\t8:00 - 8:30\tSales\t10\t2\t:30\t4:30\t:30\t3.5\n".replace("\t:30", "\t0:30")
    report = sim.interval_report(written(tmp_path, avaya))
    assert report.rows[["offered", "answered", "abandoned", "handle_time", "agents"]].tolist() == [(12, 10, 2, 5, 3.5)]
    cisco = "CSQ Name,Interval Start Time,Interval End Time,Calls Presented,Calls Handled,Calls Abandoned,"
    cisco += "Calls Handled < SL\n"
    cisco += 'Sales,"Jan 15, 2024 8:00 AM","Jan 15, 2024 8:30 AM",12,10,2,9\n'
    report = sim.interval_report(written(tmp_path, cisco), threshold="20 s")
    assert report.rows[["starts", "minutes", "within"]].tolist() == [(480.0, 30.0, 9.0)]
    assert report.threshold == pytest.approx(1 / 3)


def test_a_service_level_is_turned_to_calls(tmp_path):
    """83,5 % of 1200 offered are 1002; of those answered, 918.5."""
    text = "Date;Heure;Présentés;Traités;Niveau de service 20 s\n15/01/2024;08:00;1200;1100;83,5 %\n"
    report = sim.interval_report(written(tmp_path, text))
    assert report.rows["within"].tolist() == pytest.approx([1002.0])
    assert report.threshold == pytest.approx(20 / 60)
    assert sim.interval_report(written(tmp_path, text), level_of="answered").rows["within"] == pytest.approx([918.5])


def test_days_of_the_week_do_without_a_date(tmp_path):
    text = "Jour;Tranche;Reçus;Décrochés\nlundi;08h00-08h30;5;5\nMar.;08h00-08h30;6;6\ndim;23h30-24h00;1;1\n"
    report = sim.interval_report(written(tmp_path, text))
    assert report.first_monday is None
    assert report.rows["starts"].tolist() == [480.0, 1920.0, 6 * 1440 + 1410]


def test_times_that_say_their_zone_are_brought_to_the_centres_own(tmp_path):
    """Paris is one hour ahead of Greenwich in winter, two in summer."""
    text = "starts,offered\n2024-01-15T22:15:00Z,4\n2024-07-15T22:15:00Z,5\n"
    report = sim.interval_report(written(tmp_path, text), zone="Europe/Paris")
    assert report.rows["starts"].tolist() == [23 * 60 + 15, 26 * 10080 + 24 * 60 + 15]
    as_they_stand = sim.interval_report(written(tmp_path, text))
    assert as_they_stand.rows["starts"][0] == 22 * 60 + 15
    assert any("Greenwich" in said for said in as_they_stand.warnings)


def test_dates_of_either_order_are_told_apart_by_the_whole_column(tmp_path):
    day_first = "date,offered\n01/02/2024,1\n13/02/2024,1\n"
    month_first = "date,offered\n01/02/2024,1\n01/13/2024,1\n"
    assert sim.interval_report(written(tmp_path, day_first)).rows["starts"][1] == 1440.0 * (13 - 1 + 3)
    assert sim.interval_report(written(tmp_path, month_first)).rows["starts"][1] == 1440.0 * (13 - 1)


def test_dates_that_could_be_either_are_said_to_be(tmp_path):
    """1, 2 and 3 May follow each other; 5 January, 5 February and 5 March do not."""
    report = sim.interval_report(written(tmp_path, "date,offered\n05/01/2024,1\n05/02/2024,1\n05/03/2024,1\n"))
    assert np.diff(report.rows["starts"]).tolist() == [1440.0, 1440.0]
    assert any("month first" in said for said in report.warnings)
    one = written(tmp_path, "date,offered\n02/01/2024,1\n")
    assert sim.interval_report(one).first_monday == date(2024, 1, 1)
    assert sim.interval_report(one, dates="month first").first_monday == date(2024, 1, 29)


def test_a_row_of_the_other_order_is_a_mistake(tmp_path):
    path = written(tmp_path, "date,offered\n13/02/2024,1\n14/02/2024,1\n02/15/2024,1\n")
    (said,) = said_of(lambda: sim.interval_report(path))
    assert said.startswith('4 "date": "02/15/2024" is no date; other rows say that the day comes first')


def test_all_mistakes_are_told_at_once_by_row_and_column(tmp_path):
    text = (
        "Date,Time,Queue,Offered,Answered,ASA\n"
        "2024-01-15,08:00,Sales,-5,4,10\n"
        "2024-01-15,08:30,Sales,ten,9,soon\n"
        "2024-01-15,25:00,Sales,5,4,10\n"
        "2024-01-32,08:00,Sales,5,4,10\n"
        "2024-01-15,09:00,Sals,5,4,####\n"
        "2024-01-16,09:30,Sales,5,6,10\n"
    )
    said = said_of(lambda: sim.interval_report(written(tmp_path, text), queues=["Sales", "Help"]))
    assert [one.split(":")[0] for one in said] == [
        '2 "Offered"', '3 "Offered"', '3 "ASA"', '4 "Time"', '5 "Date"', '6 "Queue"', '6 "ASA"', '7 "Answered"',
    ]  # fmt: skip


def test_answered_beyond_what_was_offered_is_a_mistake_unless_they_came_before(tmp_path):
    """Five came and three were answered: two may be answered in the next half hour, three may not."""
    rows = "date,time,offered,answered\n2024-01-15,08:00,5,3\n2024-01-15,08:30,4,{}\n"
    report = sim.interval_report(written(tmp_path, rows.format(6)))
    assert any("came in the interval before" in said for said in report.warnings)
    (said,) = said_of(lambda: sim.interval_report(written(tmp_path, rows.format(7))))
    assert said == '3 "answered": has 7 answered and 4 offered, and 2 at most were waiting from before'


def test_nobody_waits_over_night(tmp_path):
    """What was left of the day before is not answered the next day."""
    rows = "date,time,offered,answered\n2024-01-15,23:30,5,0\n2024-01-16,00:00,4,5\n"
    assert len(said_of(lambda: sim.interval_report(written(tmp_path, rows)))) == 1


def test_calls_that_do_not_add_up_are_said_and_taken_over(tmp_path):
    head = "date,time,offered,answered,abandoned,blocked\n2024-01-15,08:00,"
    good = ("10,8,2,5", "15,8,2,5", "10,8,2,")
    for row in good:
        assert sim.interval_report(written(tmp_path, head + row + "\n")).warnings == ()
    (said,) = sim.interval_report(written(tmp_path, head + "12,8,2,5\n")).warnings
    assert "has 12 offered, and 8 answered and 2 abandoned and 5 blocked" in said


def test_gaps_within_a_day_are_said(tmp_path):
    rows = ["2024-01-15,08:00,5", "2024-01-15,08:30,5", "2024-01-15,10:00,5", "2024-01-16,09:00,5"]
    report = sim.interval_report(written(tmp_path, "date,time,offered\n" + "\n".join(rows)))
    (said,) = report.warnings
    assert ":4 comes after a gap: 09:00 to 10:00 is missing (2 intervals)" in said


def test_rows_of_the_same_interval_are_a_mistake_and_rows_that_stand_twice_are_left_out(tmp_path):
    head = "date,time,offered\n2024-01-15,08:00,5\n2024-01-15,08:30,5\n"
    twice = sim.interval_report(written(tmp_path, head + "2024-01-15,08:30,5\n"))
    assert len(twice) == 2
    assert twice.left_out["rows that stand twice"] == 1
    (said,) = said_of(lambda: sim.interval_report(written(tmp_path, head + "2024-01-15,08:30,6\n")))
    assert said == "4 : is of the same interval and queue as line 3, with other numbers"


def test_intervals_may_not_overlap(tmp_path):
    rows = "starts,ends,offered\n2024-01-15 08:00,08:30,5\n2024-01-15 08:15,08:45,5\n"
    (said,) = said_of(lambda: sim.interval_report(written(tmp_path, rows)))
    assert "begins at 08:15, when the interval of line 2 goes on to 08:30" in said


def test_the_hour_that_comes_twice_is_kept_once_and_the_one_that_is_missing_is_no_gap(tmp_path):
    """Summer time of 2024: from 31 March, 02:00, to 27 October, 03:00."""
    autumn = [f"2024-10-27,0{hour}:00,{many}" for hour, many in ((1, 4), (2, 5), (2, 6), (3, 7))]
    report = sim.interval_report(written(tmp_path, "date,time,offered\n" + "\n".join(autumn)))
    assert report.rows["offered"].tolist() == [4, 5, 7]
    assert report.left_out["second passes of an hour at the end of summer time"] == 1
    spring = "date,time,offered\n2024-03-31,00:00,3\n2024-03-31,01:00,3\n2024-03-31,03:00,3\n"
    (said,) = sim.interval_report(written(tmp_path, spring)).warnings
    assert "comes after the hour of 2024-03-31 that the clock leaves out: 02:00 is missing" in said


def test_another_sunday_night_has_no_hour_twice(tmp_path):
    rows = "date,time,offered\n2024-06-02,01:00,4\n2024-06-02,02:00,5\n2024-06-02,02:00,6\n"
    assert len(said_of(lambda: sim.interval_report(written(tmp_path, rows)))) == 1


def test_a_number_of_either_sign_is_said_to_be(tmp_path):
    """1,200 s is twenty minutes, or a little more than a second."""
    rows = 'date,time,offered,ASA\n2024-01-15,08:00,5,"1,200"\n'
    report = sim.interval_report(written(tmp_path, rows))
    assert report.rows["speed_of_answer"][0] == 20.0
    assert any('"1,200" is 1200' in said for said in report.warnings)
    other = sim.interval_report(written(tmp_path, rows), decimal=",")
    assert other.rows["speed_of_answer"][0] == pytest.approx(1.2 / 60)
    assert other.warnings == ()


def test_empty_cells_are_not_nothing(tmp_path):
    report = sim.interval_report(written(tmp_path, "date,time,offered,ASA\n2024-01-15,08:00,,#DIV/0!\n"))
    assert math.isnan(report.rows["offered"][0])
    assert math.isnan(report.rows["speed_of_answer"][0])


@pytest.mark.parametrize(
    ("bytes_", "said"),
    [
        (b"", "is empty"),
        (b"  \r\n \n", "is empty"),
        (b"PK\x03\x04" + b"\0" * 90, "is an Excel workbook or another zip file, no text"),
        (b"date,offered\n2024-01-15,\x005\n", "holds bytes that no text has"),
        (b"\xef\xbb\xbfdate,offered\n2024-01-15,\xff5\n", "says that it is UTF-8, and holds bytes that are none"),
        (b"date,offered\n", "has no row below its heading"),
        (b"foo,bar\n1,2\n", "no heading is recognised here or below"),
        (b'date,offered\n2024-01-15,"5\n' + b"2024-01-15,6\n" * 60, "opens a quotation mark that is not closed"),
        (b"date,offered,calls offered\n2024-01-15,5,6\n", '"offered" and "calls offered" could all be offered'),
        (b"date,time\n2024-01-15,08:00\n", "has no column for offered or answered"),
        (b"date,offered\n2024-01-15,5,6,7\n", "has 4 cells, the heading 2"),
        (b"date,offered\n2024-01-15,1e12\n", '"1e12" is beyond all measure'),
        (b"date,offered\n1924-01-15,1\n2024-01-15,1\n", "more than 20 years lie between"),
    ],
)
def test_files_that_are_no_report_are_told_in_words(tmp_path, bytes_, said):
    path = tmp_path / "table.csv"
    path.write_bytes(bytes_)
    with pytest.raises(sim.DataError) as caught:
        sim.interval_report(path)
    assert said in str(caught.value)


def test_paths_that_are_no_files_are_told_in_words(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.csv", "a" * 5000, "a\0b", "/dev/null"):
        with pytest.raises(sim.DataError):
            sim.interval_report(path)
    for wrong in (None, 3, b"table.csv", ""):
        with pytest.raises(ValueError, match="it has to be the path of a file"):
            sim.interval_report(wrong)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"columns": {"ofered": 1}}, "did you mean offered"),
        ({"columns": {"offered": 0}}, "places go from 1"),
        ({"columns": {"offered": True}}, "it has to be a heading, or a place from 1"),
        ({"columns": "offered"}, "columns is of the kind str"),
        ({"queues": "Sales"}, "it has to be a sequence of names"),
        ({"queues": []}, "at least one name"),
        ({"threshold": "20"}, "threshold: a duration needs its unit"),
        ({"threshold": math.nan}, "threshold is nan"),
        ({"level_of": "all"}, "level_of is 'all'"),
        ({"dates": "year first"}, "known are auto, day first, month first"),
        ({"decimal": ";"}, "decimal is ';'"),
        ({"unit": "weeks"}, "unit is 'weeks'"),
        ({"zone": "Europe/Pari"}, "write a name such as Europe/Paris"),
        ({"zone": "../../etc/passwd"}, "write a name such as Europe/Paris"),
    ],
)
def test_arguments_that_cannot_be_are_told_in_words(tmp_path, asked, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        sim.interval_report(written(tmp_path, table(PLAIN)), **asked)


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path):
    (said,) = said_of(lambda: sim.interval_report(written(tmp_path, table(PLAIN)), {"offered": "Offred"}))
    assert said == '1 : has no column "Offred" for offered'


def test_reports_can_be_compared_and_put_together_by_hand(tmp_path):
    one, other = (sim.interval_report(written(tmp_path, table(PLAIN, sign))) for sign in ",;")
    assert one == other
    assert hash(one) == hash(other)
    assert one.frame()["queue"].tolist() == ["Sales"] * 3
    with pytest.raises(ValueError, match="row 0 has a queue beyond the 0 names"):
        sim.IntervalReport(one.rows, None, ())


@pytest.mark.parametrize("wrong", ["30/02/2024", "8 de enero de 2024", "foo", "0001-01-01", "9999-12-31", "8"])
def test_dates_of_which_none_can_be_read_are_the_mistakes_that_they_are_beside_one_that_can(tmp_path, wrong):
    """They are not passed over, or all calls would be of one Monday."""
    alone = f"Date;Time;Offered\n{wrong};08:00;10\n{wrong};08:30;12\n"
    beside = f"{alone}2024-01-08;09:00;9\n"
    told = said_of(lambda: sim.interval_report(written(tmp_path, alone)))
    assert told == [f'{line} "Date": "{wrong}" is no date' for line in (2, 3)]
    assert said_of(lambda: sim.interval_report(written(tmp_path, beside))) == told


def test_days_of_the_week_among_the_dates_stay_what_they_are(tmp_path):
    """Tuesday at 08:30 is 1440 + 510 min from Monday."""
    report = sim.interval_report(written(tmp_path, "Date;Time;Offered\nlundi;08:00;10\nTue;08:30;12\n"))
    assert report.first_monday is None
    assert report.rows["starts"].tolist() == [480.0, 1950.0]


def test_a_column_called_date_that_holds_times_alone_is_of_times(tmp_path):
    report = sim.interval_report(written(tmp_path, "Date;Offered\n08:00;10\n08:30;12\n"))
    assert report.rows["starts"].tolist() == [480.0, 510.0]


@pytest.mark.parametrize(("minutes", "said"), [("0", "0"), ("0.000001", "1e-06"), ("1441", "1441")])
def test_intervals_of_no_length_or_beyond_a_day_are_told_with_both_bounds(tmp_path, minutes, said):
    text = f"Date;Time;Minutes;Offered\n2024-01-08;08:00;{minutes};10\n2024-01-08;08:30;30;10\n"
    with pytest.raises(sim.DataError) as caught:
        sim.interval_report(written(tmp_path, text))
    [mistake] = caught.value.mistakes
    assert (mistake.line, mistake.problem) == (2, f"is an interval of {said} min")
    assert mistake.suggestion == "1 min is the least, and a day the most"


def test_a_place_beyond_the_columns_of_a_file_without_heading_is_a_mistake(tmp_path):
    path = written(tmp_path, "08/01/2024;08:00;10\n08/01/2024;08:30;12\n")
    said = said_of(lambda: sim.interval_report(path, {"date": 1, "time": 2, "offered": 9}))
    assert said == ["1 : has 3 columns, and offered is to stand in column 9"]
    assert sim.interval_report(path, {"date": 1, "time": 2, "offered": 3}).rows["offered"].tolist() == [10.0, 12.0]


@pytest.mark.parametrize(
    ("levels", "taken"),
    [(["0.5", "0.8", "80"], [0.005, 0.008, 0.8]), (["1", "80 %", "75 %"], [0.01, 0.8, 0.75])],
)
def test_fractions_among_percentages_are_told(tmp_path, levels, taken):
    """Of 10 calls offered, those in time are a tenth of the percentage."""
    rows = "".join(f"2024-01-08;08:{15 * at:02d};10;10;{level}\n" for at, level in enumerate(levels))
    report = sim.interval_report(written(tmp_path, f"Date;Time;Offered;Answered;Service level\n{rows}"))
    assert report.rows["within"].tolist() == pytest.approx([10 * level for level in taken])
    told = [one for one in report.warnings if "percentages" in one]
    assert len(told) == sum("%" not in level and float(level) <= 1 for level in levels)
    assert f'2 column "Service level" "{levels[0]}" is taken as {levels[0]} %' in told[0]


@pytest.mark.parametrize("levels", [["0.5", "1", "0.8"], ["50 %", "1 %", "80 %"], ["50", "100", "80"]])
def test_shares_of_one_kind_are_not_told(tmp_path, levels):
    rows = "".join(f"2024-01-08;08:{15 * at:02d};10;10;{level}\n" for at, level in enumerate(levels))
    report = sim.interval_report(written(tmp_path, f"Date;Time;Offered;Answered;Service level\n{rows}"))
    assert not any("percentages" in one for one in report.warnings)


def test_a_zone_that_is_none_is_quoted_once(tmp_path):
    with pytest.raises(ValueError, match=r'^zone is "Mars/Phobos": write'):
        sim.interval_report(written(tmp_path, table(PLAIN)), zone="Mars/Phobos")


def test_a_share_in_a_column_of_counts_is_a_mistake(tmp_path):
    text = "date,time,offered,answered,abandoned\n2024-01-15,8:00,200,83 %,12%\n"
    assert said_of(lambda: sim.interval_report(written(tmp_path, text))) == [
        '2 "answered": "83 %" is no number that could stand here',
        '2 "abandoned": "12%" is no number that could stand here',
    ]


def test_a_column_is_one_field_once(tmp_path):
    text = "date,time,a,b\n2024-01-15,8:00,200,10\n"
    twice = {"offered": "a", "answered": 3, "abandoned": "b"}
    assert said_of(lambda: sim.interval_report(written(tmp_path, text), columns=twice)) == [
        '1 : "a" is to be offered and answered'
    ]


def test_a_queue_may_be_called_after_a_total(tmp_path):
    """ "Total Energies" has a time of its own, the sum of the day has none, and "Total" is one whatever it has."""
    text = (
        "date,time,queue,offered\n2024-01-15,8:00,Total Energies,12\n2024-01-15,8:30,Total Energies,8\n"
        "2024-01-15,,Total Energies,20\n2024-01-15,9:00,Total,20\nTotal 2024,,,40\n"
    )
    report = sim.interval_report(written(tmp_path, text))
    assert report.queues == ("Total Energies",)
    assert report.rows["offered"].tolist() == [12.0, 8.0]
    assert dict(report.left_out) == {"totals rows": 3}


def test_a_table_that_is_too_wide_is_told_that_alone(tmp_path):
    wide = ",".join(map(str, range(1001)))
    assert said_of(lambda: sim.interval_report(written(tmp_path, f"{wide}\n{wide}\n"))) == ["1 : has 1,001 cells"]
