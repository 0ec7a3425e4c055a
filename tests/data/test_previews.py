"""A table looked at before it is read: its heading, what each column is taken for, its first rows."""

from __future__ import annotations

import pytest

import sim
from sim.data.findings import DataError
from sim.data.headings import INTERVAL_WORDS
from sim.data.preview import preview

HEAD = "Rapport du mois\nDate;Heure;Appels présentés;Appels traités;Bruit\n"
TEXT = HEAD + "08/01/2024;08:00;12;11;x\n\n08/01/2024;08:30;9;9;y\n"


def written(tmp_path, text):
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_recognised_and_rows_keep_their_lines(tmp_path):
    seen = preview(written(tmp_path, TEXT), INTERVAL_WORDS)
    assert seen.headings == ("Date", "Heure", "Appels présentés", "Appels traités", "Bruit")
    assert seen.fields == ("date", "time", "offered", "answered", "")
    assert [line.number for line in seen.first] == [3, 5]
    assert seen.rows == 2
    assert seen.headed


def test_without_a_heading_columns_have_their_numbers(tmp_path):
    seen = preview(written(tmp_path, "08/01/2024\t08:00\t12\t11\n08/01/2024\t08:30\t9\t9\n"), INTERVAL_WORDS)
    assert not seen.headed
    assert seen.headings == ("column 1", "column 2", "column 3", "column 4")
    assert set(seen.fields) == {""}


def test_two_columns_that_could_be_one_field_are_both_shown_as_it(tmp_path):
    seen = preview(written(tmp_path, "Date,Offered,Calls offered\n2024-01-08,3,4\n"), INTERVAL_WORDS)
    assert seen.fields == ("date", "offered", "offered")


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"%PDF-1.7", "is a PDF"), (b"a\0b\n", "bytes")])
def test_what_is_no_table_is_told(tmp_path, content, said):
    path = tmp_path / "report.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        preview(path, INTERVAL_WORDS)


def test_a_field_that_is_none_stands_in_no_column(tmp_path):
    text = "Date;Heure;Présentés;Traités;Agents\n08/01/2024;08:00;12;11;many\n08/01/2024;08:30;9;9;few\n"
    path = written(tmp_path, text)
    with pytest.raises(DataError, match="many"):
        sim.interval_report(path)
    report = sim.interval_report(path, {"agents": None})
    assert report.rows["offered"].tolist() == [12, 9]
