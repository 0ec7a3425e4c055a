"""What a planner brings: tables within bounds, columns mapped, figures typed, worlds read as data."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time

import openpyxl
import pytest

from sim.data.findings import DataError
from sim.data.interval_report import IntervalReport
from sim.languages import told
from sim.measures.rules.levels import DEFINITIONS
from sim.reading import World, WorldError, digest, load
from sim.reading.shipped import folder
from sim.study.calibrating.figures import FigureError, figures_of
from sim.ui.centre.bounds import LARGEST, MOST_ROWS, Refused, within_rows
from sim.ui.centre.brought import REPORT, ROSTER, columns_of, look, looked, read, taken
from sim.ui.centre.figures import LEVELS
from sim.ui.centre.month import as_read, from_file, mistakes_of, rest_of, tree_of
from sim.ui.centre.own import toml_of, world_of_file
from sim.ui.centre.start import Plain
from sim.ui.centre.workbook import cell_said, text_of_workbook
from sim.ui.parts.file_names import file_name
from sim.ui.state import shelf

PASTED = "Date\tHeure\tAppels présentés\tAppels traités\n08/01/2024\t08:00\t12\t11\n08/01/2024\t08:30\t9\t9\n"


def rows_of(name: str, **how: str):
    table = read("report", name, {}, how).table
    assert isinstance(table, IntervalReport)
    return table.rows


def workbook(rows, percent: str = "", **more) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if percent:
        for cell in sheet[percent][1:]:
            cell.number_format = "0.0%"
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def test_pasted_rows_are_read_as_a_file_is():
    name = taken(REPORT, PASTED.encode())
    outcome = read("report", name, {}, {})
    assert outcome.wrong == ()
    assert rows_of(name)["offered"].tolist() == [12, 9]


def test_a_workbook_is_read_by_its_values():
    rows: list[list[object]] = [["Date", "Time", "Offered", "Answered", "Service level"]]
    rows += [[datetime(2024, 1, 8), time(8, at), 12 + at, 10, 0.85] for at in (0, 30)]
    name = taken(REPORT, workbook(rows, percent="E"))
    assert b"85%" in shelf.get("report", name)
    assert rows_of(name)["offered"].tolist() == [12, 42]
    assert rows_of(name)["within"].tolist() == pytest.approx([0.85 * 12, 0.85 * 42])


def test_a_formula_is_its_value_or_nothing():
    """A workbook that was never opened in a spreadsheet has no value for it; nothing here works it out."""
    assert b"HYPERLINK" not in text_of_workbook(workbook([["Date", "Offered"], ["x", '=HYPERLINK("http://a.b")']]))


def bomb(size: int = 70_000_000) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return page.getvalue()


def unfolding(rows: str) -> bytes:
    """Return a workbook of a few kilobytes whose one sheet has these rows, written without their places."""
    page, plain = io.BytesIO(), zipfile.ZipFile(io.BytesIO(workbook([["x"]])))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in plain.namelist():
            sheet = name == "xl/worksheets/sheet1.xml"
            whole = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            parts.writestr(name, whole if sheet else plain.read(name))
    return page.getvalue()


def packed(name: str) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as parts:
        parts.writestr(name, b"nothing")
    return page.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is empty"),
        (b"  \n ", "This is empty"),
        (b"a;b\n" * 1_500_000, "larger than 5 MB"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 40, "old Excel workbook"),
        (b"%PDF-1.7 and so on", "is a PDF"),
        (b"a\x00\x01\x02b,c\n", "bytes that no text has"),
        ("Date;Heure\n".encode("utf-16")[:-1], "holds bytes that are none"),
        (bomb(), "far larger inside"),
        (packed("readme.txt"), "no Excel workbook"),
        (packed("xl/workbook.xml"), "cannot be read"),
        (b"PK\x03\x04 and no more", "cannot be read"),
        (workbook([]), "no cell with anything"),
        (b"date,time,offered\n" + b"1,1,1\n" * MOST_ROWS, "more than 50,000 rows"),
        (("date,time,offered\r\n" + "1,1,1\r\n" * MOST_ROWS).encode("utf-16"), "more than 50,000 rows"),
        (unfolding('<row r="50001"><c><v>1</v></c></row>'), "more than 50,000 rows"),
    ],
    ids=range(15),
)
def test_what_cannot_be_used_is_told_and_never_kept(content, said, shelf):
    with pytest.raises((Refused, DataError), match=said):
        taken(REPORT, content)
    assert not shelf.exists()


ROW = "<row>{}</row>"


def test_a_workbook_is_not_unfolded_further_than_what_is_taken(monkeypatch):
    written = 0

    def counted(*cell):
        nonlocal written
        written += 1 + len(said := cell_said(*cell))
        return said

    monkeypatch.setattr("sim.ui.centre.workbook.cell_said", counted)
    row = ROW.format("<c><v>1</v></c>" + 20 * f'<c t="inlineStr"><is><t>{490 * "x"}</t></is></c>')
    with pytest.raises(Refused, match="larger than 5 MB"):
        text_of_workbook(unfolding(2_000 * row))
    assert LARGEST < written < LARGEST + 10_000


@pytest.mark.parametrize(
    "rows", [40_000 * ROW.format(61 * "<c><v>1e11</v></c>"), ROW.format(1_250_000 * "<c/>")], ids=["rows", "one row"]
)
def test_a_workbook_of_far_more_cells_than_a_report_is_refused_before_it_is_opened(rows, monkeypatch):
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(Refused, match="far larger inside"):
        text_of_workbook(unfolding(rows))


def test_blank_sheets_count_as_much_as_others():
    book = openpyxl.Workbook()
    for sheet in (book.active, *(book.create_sheet() for _ in range(3))):
        sheet["A20000"].number_format = "0.0%"
    page = io.BytesIO()
    book.save(page)
    with pytest.raises(Refused, match="more than 50,000 rows"):
        text_of_workbook(page.getvalue())


def test_a_year_of_quarters_is_taken_from_csv_and_from_a_workbook():
    year = 366 * 96
    assert text_of_workbook(unfolding(year * ROW.format(4 * "<c><v>12</v></c>"))).count(b"12\t12\t12\t12\n") == year
    assert within_rows(b"1,1,1\n" * year)


def test_rows_of_a_workbook_are_as_wide_as_its_widest():
    text = text_of_workbook(workbook([["Date", "Offered", "Note"], ["x", 1, None], ["y", 2, "said"]]))
    assert text == b"Date\tOffered\tNote\nx\t1\t\ny\t2\tsaid\n"


def test_a_table_is_looked_at_once_however_often_its_page_is_drawn(monkeypatch):
    name = taken(REPORT, PASTED.replace("12", "77").encode())
    seen = looked("report", name)
    monkeypatch.setattr("sim.ui.centre.brought.look", None)
    assert looked("report", name) is seen


def test_mistakes_name_row_and_column_and_no_folder_of_the_server():
    name = taken(REPORT, PASTED.replace("\t12\t", "\ttwelve\t").encode())
    (said,) = read("report", name, {}, {}).wrong
    assert said.startswith("report:2 ")
    assert "Appels présentés" in said
    assert "brought-" not in said


def test_columns_are_mapped_by_place_where_they_are_not_recognised():
    seen = look(REPORT, b"Wann;Uhr;Anrufe;Angenommen\n2024-01-08;08:00;12;11\n2024-01-08;08:30;9;9\n")
    columns = columns_of(REPORT, seen.fields, ["date", "time", "offered", "answered"])
    assert columns == {"date": 1, "time": 2, "offered": 3, "answered": 4}


def test_two_columns_cannot_be_one_field_but_breaks_can():
    with pytest.raises(Refused, match="Columns 1, 2 are all taken for offered"):
        columns_of(REPORT, ["offered", ""], ["offered", "offered"])
    assert columns_of(ROSTER, ["breaks", ""], ["breaks", "breaks"]) == {"breaks": [1, 2]}


def test_how_cells_are_read_can_be_said():
    text = "Date,Time,Offered,Answered,ASA\n03/04/2024,08:00,12,11,2\n03/04/2024,08:30,9,9,1\n"
    name = taken(REPORT, text.encode())
    of_march = read("report", name, {}, {"dates": "month first", "unit": "min"}).table
    assert isinstance(of_march, IntervalReport)
    assert of_march.first_monday.isoformat() == "2024-03-04"
    assert of_march.rows["speed_of_answer"].tolist() == [2.0, 1.0]
    assert "threshold" in read("report", name, {}, {"threshold": "soon"}).wrong[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Date,Time,Offered,Answered\n03/04/2024,08:00,12,11\n03/04/2024,08:30,9,9\n",
            'say month, then day (12/31/2024) under "Dates" or day, then month (31/12/2024) under "Dates"',
        ),
        (
            "Date,Time,Offered,Answered,Foo\n13/04/2024,08:00,12,11,a\n13/04/2024,08:30,9,9,b\n",
            'to read one, say queue of the calls at its column under "Which column is which"',
        ),
        (
            "Date,Time,Offered,Answered,ASA\n13/04/2024,08:00,12,11,1.234\n13/04/2024,08:30,9,9,2\n",
            'say comma under "Decimal sign" or point under "Decimal sign"',
        ),
        (
            "Date,Time,Offered,Offered calls,Answered\n13/04/2024,08:00,1,12,11\n",
            'say which: calls offered at its column under "Which column is which"',
        ),
        (
            "03/04/2024,08:00,12,11\n",
            'dated start of the interval at column 1 under "Which column is which", '
            'queue of the calls at column 2 under "Which column is which"',
        ),
    ],
)
def test_what_is_odd_in_a_table_points_to_the_choices_of_the_page(text, said):
    """In the words of its labels, in both languages: no arguments of Python, which a planner cannot give."""
    outcome = read("report", shelf.put("report", text.encode()), {}, {})
    told_there = outcome.wrong or outcome.table.warnings
    assert any(said in one for one in told_there)
    assert not any(re.search(r'="|={', one) for one in told_there)
    in_french = told(said, "fr")
    assert not re.search("under|say|column", in_french)


def test_calls_picked_up_are_calls_answered():
    seen = look(REPORT, b"Date;Time;Offered;Picked up\n2024-01-08;08:00;12;11\n2024-01-08;08:30;9;9\n")
    assert seen.fields == ("date", "time", "offered", "answered")


def test_every_definition_of_a_service_level_is_said_in_words():
    assert {*LEVELS} == {"", *DEFINITIONS}
    assert len({*LEVELS.values()}) == len(LEVELS)


@pytest.mark.parametrize(
    ("typed", "kind", "is_read"),
    [
        ("18 240", "count", "18240"),
        ("18\u202f240", "count", "18240"),
        ("1,018,240", "count", "1018240"),
        ("18.240", "count", "18240"),
        ("0.940", "count", "0.940"),
        ("83,125 %", "count", "83.125 %"),
        ("85,9 %", "share", "85.9 %"),
        ("3,02 min +- 0,1 min", "minutes", "3.02 min +- 0.1 min"),
    ],
)
def test_figures_are_read_as_planners_write_them(typed, kind, is_read):
    assert as_read(typed, kind) == is_read


def test_fields_make_the_file_that_the_library_reads():
    tree = tree_of({"offered": "18 240", "handling_time": "", "days": "31", "service_level": "84 %",
                    "service_level_within": "20 s", "about": "March, 1,234 calls"}, "arena")  # fmt: skip
    month, _, wrong = figures_of(tree)
    assert not wrong
    assert (month.offered.value, month.days, month.service_level.value) == (18240, 31, 0.84)
    assert month.handling_time is None
    assert month.about == "March, 1,234 calls"


def test_mistakes_stand_at_their_fields():
    wrong = mistakes_of(tree_of({"offered": "many", "days": "-3", "speed_of_answer": "2 parsecs", "answered": "10"}))
    assert set(wrong) == {"offered", "days", "speed_of_answer"}


def test_a_file_fills_the_fields_and_what_has_no_field_stays():
    typed, definition, rest = from_file((folder() / "reports" / "month.toml").read_bytes())
    assert (typed["offered"], typed["service_level"], definition, rest) == ("29710", "85.9%", "sl2", "")
    more = b'offered = 9\nrepeats = { value = "20 %", from = "18 %", to = "23 %" }\n[measures]\nblocked_share = 0.02\n'
    typed, _, rest = from_file(more)
    assert typed == {"offered": "9"}
    assert set(rest_of(rest)) == {"repeats", "measures"}
    assert rest_of("0" * 20) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"AHT = 3\n", "month.toml:1 AHT"),
        (b"offered ==\n", "not TOML"),
        (b"offered = 1\nanswered = 'x'\n", ":2 answered"),
    ],
)
def test_a_file_of_figures_with_mistakes_is_told_with_its_lines(content, said):
    with pytest.raises(FigureError, match=said):
        from_file(content)


def test_a_plain_centre_is_a_world():
    world = Plain(agents=5, experts=2, wage=25.0, calls_a_day=280.0).world()
    assert isinstance(world, World)
    assert world.teams["second"].wage == 37.5
    assert [*Plain().world().teams] == ["front"]
    assert world.population.problems_per_day == 200.0


def test_a_plain_centre_may_have_several_opening_hours():
    hours = ("mon-fri 09:00-18:00", "sat 09:00-12:00")
    world = Plain(agents=5, experts=2, hours=hours).world()
    assert world.line.open == world.population.awake == hours
    assert world.teams["second"].staff == dict.fromkeys(hours, 2)


def test_mistakes_of_a_plain_centre_are_told():
    with pytest.raises(WorldError, match="8 o'clock"):
        Plain(opens="8 o'clock").world()


def test_a_world_of_ones_own_is_read_as_data_and_comes_back_the_same(tmp_path):
    world = world_of_file(b'about = "Mine."\nextends = "empowered"\n[levers.time]\ncut_after = "9 min"\n')
    assert world.levers.time.cut_after == 9.0
    path = tmp_path / "whole.toml"
    path.write_text(toml_of(world), encoding="utf-8")
    assert digest(load(path)) == digest(world)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b'extends = "../../etc/passwd"\n', "world.toml:1 extends"),
        (b'extends = "/etc/x.toml"\n', "no such world is shipped"),
        (b'extends = "base"\n[population]\nreplay = "/etc/passwd"\n', "names no files"),
        (b'extends = "base"\n[population]\ncounts = "secret.csv"\n', "names no files"),
        (b'extends = "base"\n[levers.time]\ncut_afer = "9 min"\n', "world.toml:3 .*did you mean"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_world_that_names_files_or_has_mistakes_is_told_with_its_lines(content, said):
    with pytest.raises(ValueError, match=said):
        world_of_file(content)


def test_no_name_is_a_path():
    assert file_name("../../x/y.toml") == "x_y_toml"
    assert file_name("Cœur de l'été") == "Coeur_de_l_ete"
