"""The PDF's words can be selected and hold the library's numbers; its pages have numbers, its figures have words."""

from __future__ import annotations

import datetime
import io
import logging
import re

import pypdf
import pytest

from sim.handouts import report_bytes
from sim.handouts.cells import of_line
from tests.handouts.studies import HOSTILE, MATTER, UNPRINTABLE, compared, named, usual

DAY = datetime.date(2026, 11, 29)


def read(study, **how):
    made = pypdf.PdfReader(io.BytesIO(report_bytes(study, "pdf", date=DAY, **how)))
    return made, [page.extract_text() for page in made.pages]


def squeezed(text):
    """Words without the spaces and the ends of lines that a narrow cell puts into them."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def study():
    return usual()


@pytest.fixture(scope="module")
def made(study):
    return read(study, command="python -m sim compare a b")


def test_every_measure_of_every_way_is_in_its_words(study, made):
    """The numbers are held to the library where the page is: the same cells stand here."""
    text = squeezed("".join(made[1]))
    for way in study.ways:
        for line in way.lines:
            assert squeezed("".join(of_line(line, "en"))) in text, line.measure.id


def test_a_number_worked_out_from_the_totals(study, made):
    calls, problems = study.first.totals["calls_per_problem"].T
    row = next(line for page in made[1] for line in page.split("\n") if line.startswith("calls_per_problem"))
    assert f"{calls.sum() / problems.sum():.2f}" in row


def test_pages_have_numbers_and_the_file_says_what_it_is(made):
    reader, pages = made
    assert all(f"{at} / {len(pages)}" in page for at, page in enumerate(pages, 1))
    assert reader.metadata.title == "tiny or slow and two_teams: the same customers in each"
    assert reader.root_object["/Lang"] == "en"
    assert reader.metadata.creation_date.date() == DAY
    assert [one.title for one in reader.outline][:2] == ["What was found", "The figures that matter"]


def test_the_figures_have_words(made):
    reader, _ = made
    alternatives = [
        str(one["/Alt"])
        for one in (reader.get_object(at) for at in range(1, int(str(reader.trailer["/Size"]))))
        if isinstance(one, pypdf.generic.DictionaryObject) and "/Alt" in one
    ]
    assert len(alternatives) == 6 and all(len(said) > 40 for said in alternatives)


def test_a_heading_is_repeated_and_never_stands_alone(made):
    _, pages = made
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        assert not any(lines[-2].startswith(said) for said in ("All measures", "What the measures mean"))
    inner = [squeezed(page) for page in pages[1:] if page.startswith(("measure unit", "key "))]
    assert len(inner) > 4
    assert not [page for page in pages if re.match(r"[a-z]+(_[a-z]+)+ [^=]", page)], "begins with a row"


def test_french():
    study = named("tiny", "slow", "two_teams")
    reader, pages = read(study, language="fr")
    assert reader.root_object["/Lang"] == "fr"
    text = " ".join(pages)
    line = study.line("calls_per_problem")
    assert "29 novembre 2026" in text and f"{line.worlds[0].mean:.2f}".replace(".", ",") in text


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 3))
def test_hostile_names(at, caplog):
    with caplog.at_level(logging.WARNING):
        reader, pages = read(named(*HOSTILE[at : at + 3]), command=UNPRINTABLE)
    assert pages and "/JavaScript" not in str(reader.root_object)
    assert [one for one in caplog.records if "fpdf" in one.name or "fontTools" in one.name] == []
    text = squeezed(" ".join(pages))
    for name in HOSTILE[at : at + 3]:
        if name.isascii():
            assert squeezed(name) in text


def test_one_replication():
    _, pages = read(compared((0,), ids=MATTER))
    assert "no interval" in " ".join(pages)
