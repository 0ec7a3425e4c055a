"""`compare --report` and `merge --report`: what is written, and what is refused before anything is lived."""

from __future__ import annotations

import pytest

from sim.cli import main
from sim.report.stored import read
from sim.study.comparing.comparison import Comparison
from tests.cli.worlds import small_file
from tests.handouts.pages import Page
from tests.handouts.reckoning import Reckoned, row_of


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return small_file(tmp_path, "quick_talk"), small_file(tmp_path, "slow_talk", talk="12 min")


SIZE = ("--replications", "2", "--workers", "1", "--figure", "none")


def test_several_reports_of_one_comparison(pair, tmp_path, capsys):
    files = ["r/report.html", "r/report.pdf", "r/report.xlsx"]
    asked = [word for file in files for word in ("--report", file)]
    assert main(["compare", *pair, *SIZE, *asked, "--json", "c.json"]) == 0
    said = capsys.readouterr()
    assert all(f"written: {file}" in said.err for file in files)
    study = read(tmp_path / "c.json")
    assert isinstance(study, Comparison)
    page = Page((tmp_path / files[0]).read_text(encoding="utf-8"))
    assert any("python -m sim compare" in one and "--report r/report.pdf" in one for one in page.words)
    book = Reckoned((tmp_path / files[2]).read_bytes())
    row = row_of(book, "Measures", "calls_per_problem")
    assert book.value("Measures", f"F{row}") == pytest.approx(study.line("calls_per_problem").worlds[0].mean)
    assert (tmp_path / files[1]).read_bytes().startswith(b"%PDF")


def test_a_stored_comparison_is_reported_in_french(pair, tmp_path):
    assert main(["compare", *pair, *SIZE, "--quiet", "--json", "c.json"]) == 0
    assert main(["merge", "c.json", "--quiet", "--report", "r.html", "--language", "fr"]) == 0
    assert '<html lang="fr">' in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--report", "r.docx"], "--report r.docx has to end in .html, .pdf or .xlsx"),
        (["--report", "report"], "has to end in"),
        (["--report", "quick_talk.toml"], "--report quick_talk.toml has to end in"),
        (["--report", "."], "is a folder"),
        (["--report", "quick_talk.toml/r.html"], "is not a folder"),
        (["--report", "r.html", "--report", "r.html"], "is what --report writes too"),
        (["--report", "r.html", "--report", "r.doc", "--json", "."], "--json . is a folder"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_lived(pair, tmp_path, capsys, more, said):
    assert main(["compare", *pair, *SIZE, *more]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.out == ""
    assert {one.suffix for one in tmp_path.iterdir()} == {".toml"}


def test_an_unknown_language_and_a_run(pair, capsys):
    with pytest.raises(SystemExit):
        main(["compare", *pair, "--report", "r.html", "--language", "de"])
    assert "invalid choice: 'de'" in capsys.readouterr().err
    assert main(["run", pair[0], "--replications", "2", "--workers", "1", "--quiet", "--json", "one.json"]) == 0
    assert main(["merge", "one.json", "--report", "r.html"]) == 2
    assert "--report is of a comparison" in capsys.readouterr().err


def test_a_library_that_is_not_there_is_told_before_anything_is_lived(pair, capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["compare", *pair, *SIZE, "--report", "r.pdf", "--report", "r.xlsx"]) == 2
    told = capsys.readouterr().err
    assert "--report r.pdf needs fpdf2, which is not installed" in told and "--report r.xlsx needs XlsxWriter" in told
