"""What was said in English is found again by its template, and told in French."""

from __future__ import annotations

import pytest

from sim.languages import catalogue, say, saying, telling, told

SENTENCES = {
    "Compare": "Comparer",
    "{world}: {n} mistakes": "{world} : {n} erreurs",
    "{key} is not known; {said}": "{key} n'est pas connu ; {said}",
    "did you mean {key}?": "vouliez-vous dire {key} ?",
}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let the catalogue hold a few sentences."""
    for module in (saying, telling):
        monkeypatch.setattr(module, "sentences", lambda language: SENTENCES)
    for kept in (saying._in, telling._line, telling._exact, telling._templates):
        kept.cache_clear()
    yield
    for kept in (saying._in, telling._line, telling._exact, telling._templates):
        kept.cache_clear()


def test_a_sentence_written_to_be_filled_in_is_filled_in_in_french():
    assert say("{world}: {n} mistakes", "fr", world="mienne", n=3) == "mienne : 3 erreurs"


def test_english_is_left_as_it_is():
    assert told("Compare") == "Compare"


def test_a_line_is_found_by_its_template_and_words_inside_it_are_told_too():
    said = "cut_afer is not known; did you mean cut_after?"
    assert told(said, "fr") == "cut_afer n'est pas connu ; vouliez-vous dire cut_after ?"


def test_what_no_catalogue_has_stays_english():
    assert told("Something else", "fr") == "Something else"


def test_each_line_is_told_by_itself():
    assert told("Compare\nmine: 2 mistakes", "fr") == "Comparer\nmine : 2 erreurs"


def test_the_catalogues_of_every_language_but_english_can_be_read():
    assert {one: bool(catalogue.files(one)) for one in catalogue.LANGUAGES} == {"en": False, "fr": True}
