"""What may be asked of a report, and how it is told that something cannot be."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import replace

import pytest

import sim
from sim.handouts import FORMS, form_of, report_bytes, write_report
from sim.handouts.document import document
from sim.handouts.drawn import pictures
from sim.handouts.parts import Picture
from sim.handouts.repeated import in_python, world_file
from sim.handouts.writing import lacking
from sim.reading.guesses import guesses
from tests.handouts.reckoning import Reckoned, row_of
from tests.handouts.studies import FIRST, MATTER, SLOW, compared
from tests.worlds import merged, tiny_world

DAY = datetime.date(2026, 11, 29)


@pytest.fixture(scope="module")
def study():
    return compared((0, 1))


def test_everything_wrong_is_told_at_once():
    with pytest.raises(ValueError) as told:
        write_report(3, "report.docx", language="de")
    said = str(told.value)
    assert '"report.docx": a report ends in .html, .pdf or .xlsx' in said
    assert "comparison is of int" in said and "language is 'de'" in said
    with pytest.raises(ValueError, match="form is 'htm': did you mean html"):
        report_bytes(3, "htm")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"customer": 3}, "lived, histories of both worlds, is needed"),
        ({"lived": 3}, "lived has to be a pair"),
        ({"lived": (1, 2)}, "lived has to hold histories"),
        ({"lived": ([], [])}, "lived has to hold histories"),
        ({"date": "today"}, "date is 'today': it has to be a datetime.date"),
        ({"command": 3}, "command is 3: it has to be text"),
    ],
)
def test_what_is_given_beside_it_is_looked_at(study, given, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        report_bytes(study, "html", **given)


def test_a_customer_who_is_not_there(study):
    customers = sim.populate(FIRST, seed=1)
    lived = sim.run(FIRST, customers), sim.run(SLOW, customers)
    with pytest.raises(ValueError, match="customer is 99999: it has to be the place of a customer"):
        report_bytes(study, "html", lived=lived, customer=99_999)
    with pytest.raises(ValueError, match="a life is drawn of histories"):
        report_bytes(study, "html", lived=(sim.tables(lived[0]), sim.tables(lived[1])), customer=0)


@pytest.mark.parametrize("path", ["report", "report.htm", ".pdf", "", 3, None])
def test_a_file_that_ends_otherwise(path):
    with pytest.raises(ValueError, match=r"ends in|path of a file"):
        form_of(path)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_written_whole_over_what_was_there(tmp_path, form):
    study = compared((0, 1), ids=MATTER)
    file = tmp_path / "a folder" / f"report.{form.upper()}"
    assert write_report(study, file, date=DAY) == file
    first = file.read_bytes()
    write_report(study, str(file), date=DAY)
    assert file.read_bytes()[:4] == first[:4] == {"html": b"<!do", "pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[form]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_folder_in_the_place_of_the_file_is_an_error_and_leaves_nothing(study, tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError):
        write_report(study, tmp_path / "report.html", date=DAY)
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_library_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert lacking("xlsx") == "needs XlsxWriter, which is not installed: python -m pip install XlsxWriter"
    assert lacking("pdf").startswith("needs fpdf2") and lacking("html") == ""


def test_the_worlds_of_a_report_are_read_again(study, tmp_path):
    for world in (FIRST, SLOW, sim.load("double_peine"), sim.load("empowered")):
        file = tmp_path / f"{world.name}.toml"
        file.write_text(world_file(world), encoding="utf-8")
        assert sim.digest(sim.load(str(file))) == sim.digest(world)
        assert tomllib.loads(file.read_text(encoding="utf-8"))["name"] == world.name


def test_the_lines_of_python_make_the_same_comparison(tmp_path, monkeypatch):
    made = sim.compare(FIRST, SLOW, equal="both", replications=2, days=0.5, workers=1)
    for at, world in enumerate((FIRST, SLOW), 1):
        (tmp_path / f"world_{at}.toml").write_text(world_file(world), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    *before, last = in_python(made).split("\n")
    known: dict[str, object] = {}
    exec("\n".join([*before, f"again = {last}"]), known)
    assert known["again"] == made


def test_what_is_missing_leaves_no_empty_part(study):
    few = replace(study, ways=tuple(replace(way, lines=way.lines[:1]) for way in study.ways))
    for form in FORMS:
        assert report_bytes(few, form, date=DAY)
    headings = [section.key for section in document(few, date=DAY).sections]
    assert headings[:2] == ["found", "headlines"]


def test_a_world_to_which_nobody_calls_is_reported_too():
    empty = {"population": {"problems_per_day": 0.000001}, "teams": {"front": {"staff": 1, "wage": 20}}}
    nobody = tiny_world(**empty)
    paid = tiny_world(**merged(empty, {"teams": {"front": {"wage": 30}}}), name="paid more")
    study = sim.compare(nobody, paid, equal="none", replications=2, workers=1)
    assert study.line("calls_per_problem").difference.mean is None
    lived = tuple(sim.run(world, sim.populate(world, seed=1)) for world in (nobody, paid))
    for form in FORMS:
        made = report_bytes(study, form, date=DAY, lived=lived)
        assert made and (form != "html" or not re.search(rb">[^<]*\bnan\b", made))
    book = Reckoned(report_bytes(study, "xlsx", date=DAY))
    row = row_of(book, "Measures", "calls_per_problem")
    assert [book.value("Measures", f"{column}{row}") for column in "FHJ"] == ["undefined"] * 3
    row = row_of(book, "Measures", "staff_eur_per_week")
    euros = [book.value("Measures", f"{column}{row}") for column in "FHJ"]
    assert euros == pytest.approx([168 * 20, 168 * 30, 168 * 10])


def test_effort_and_a_strip_are_drawn_where_they_are_given(study):
    customers = sim.populate(FIRST, seed=1)
    lived = sim.run(FIRST, customers), sim.run(SLOW, customers)
    made = document(study, date=DAY, lived=lived, customer=0)
    names = [part.name for section in made.sections for part in section.parts if isinstance(part, Picture)]
    assert names[-2:] == ["How effort is spread over the problems", "One customer's life in both worlds"]
    assert len(names) == 8


def test_values_that_are_guesses_are_those_whose_source_says_so():
    base = {one.key: one for one in guesses(sim.load("base"))}
    assert base["time.horizon"].said == "guess: four whole weeks"
    changed = sim.variant("base", {"time": {"horizon": "7 d"}})
    assert "time.horizon" not in {one.key for one in guesses(changed)}
    assert all("guess" in one.said.lower() for one in guesses(sim.load("double_peine")))


def test_the_texts_of_a_figure_are_told_in_the_language(study):
    from matplotlib.text import Text

    from sim.figures import forest, translated

    axes = forest(study.alone("staff"))
    figure = translated(axes, "fr")
    figure.canvas.draw()
    texts = {text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)}
    assert {"mieux", "moins bien", "non départagés"} & texts and not {"better", "worse", "not told apart"} & texts
    assert not [text for text in texts if re.fullmatch(r"[-+−]?\d+\.\d+.*", text)]
    line = study.alone("staff").line("hold_minutes_per_call")
    assert any(text.startswith(f"{line.worlds[0].mean:.2f}".replace(".", ",")) for text in texts)


def test_the_words_of_a_figure_call_measures_in_words(study):
    said = [row for picture in pictures(study, "en", None, None) for row in picture.words]
    assert any(row.startswith("customer's cost per problem: ") for row in said)
    assert not any(line.measure.id in row for line in study.lines for row in said if "_" in line.measure.id)
