"""What was said in English is found again by its template, and told in French."""

from __future__ import annotations

import pytest

from sim.languages import catalogue, say, told, told_number, told_rows
from sim.languages.search import Search
from sim.languages.telling import LONGEST
from sim.languages.writing import SPACE

MOST_LOOKED_UP = 5_000
"""Parts of a line: some for each of the 800 that are taken apart further."""

SENTENCES = {
    "Compare": "Comparer",
    "{world}: {n} mistakes": "{world} : {n} erreurs",
    "{key} is not known; {said}": "{key} n'est pas connu ; {said}",
    "is not known": "n'est pas connu",
    "must be at least": "doit être au moins",
    "did you mean {key}?": "vouliez-vous dire {key} ?",
    "the wait is long": "l'attente est longue",
    "the wait is long and {said}": "l'attente est longue, et {said}",
    "nobody answers": "personne ne répond",
    "calls": "appels",
    "hold per call": "attente par appel",
    "of {n} calls{said}, {said2} were cut": "sur {n} appels{said}, {said2} furent coupés",
    ", the last ones late": ", les derniers en retard",
}


@pytest.fixture(autouse=True)
def small(catalogue_of):
    """Let the catalogue hold a few sentences."""
    catalogue_of(SENTENCES)


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


def test_sentences_and_clauses_are_told_one_by_one():
    assert told("The wait is long. Nobody answers.", "fr") == "L'attente est longue. Personne ne répond."
    assert told("nobody answers; the wait is long", "fr") == f"personne ne répond{SPACE}; l'attente est longue"


def test_the_match_in_which_everything_is_found_is_preferred():
    """Taken apart at "and", the second part would stay English."""
    assert told("the wait is long and nobody answers", "fr") == "l'attente est longue, et personne ne répond"


def test_a_text_of_which_most_would_stay_english_stays_english_as_a_whole():
    said = "calls and other such things that nobody wrote down"
    assert told(said, "fr") == said


def test_numbers_are_written_as_french_has_them_and_a_part_may_be_empty():
    assert told("of 1,200 calls, 3.5 % were cut", "fr") == f"sur 1{SPACE}200 appels, 3,5{SPACE}% furent coupés"
    late = "of 12 calls, the last ones late, 3 were cut"
    assert told(late, "fr") == "sur 12 appels, les derniers en retard, 3 furent coupés"


def test_what_stands_in_a_file_is_left_as_it_is_written_there():
    said = "world.toml:12 [levers.time] cut_after must be at least"
    assert told(said, "fr") == "world.toml:12 [levers.time] cut_after doit être au moins"
    assert told('"1,200.5" is not known', "fr") == '"1,200.5" n\'est pas connu'


def test_lines_broken_at_their_width_are_told_in_one_and_broken_anew():
    name = f"levers.{101 * 'x'}"
    broken = f"{name} is not\n  known; did you mean cut_after?"
    joined = told(broken, "fr")
    assert joined.replace("\n  ", " ") == f"{name} n'est pas connu ; vouliez-vous dire cut_after ?"
    assert max(map(len, joined.split("\n"))) <= 120


def test_a_line_that_was_not_broken_stays_one_line():
    said = f"levers.{100 * 'x'} is not known"
    assert "\n" not in told(said, "fr")
    assert len(told(said, "fr")) > 120


def test_cells_keep_their_columns_and_an_indent_stays():
    assert told("  hold per call      1,234.5   calls", "fr") == f"  attente par appel  1{SPACE}234,5   appels"


def test_rows_and_values_are_told_cell_by_cell():
    assert told_rows([["calls", "1,234.5"], ["hold per call", 2]], "fr") == [
        ["appels", f"1{SPACE}234,5"],
        ["attente par appel", "2"],
    ]
    assert (told_number("2 d", "fr"), told_number("1.5 EUR", "fr")) == (f"2{SPACE}j", f"1,5{SPACE}€")
    assert (told_number("2 d"), told_number("soon", "fr")) == ("2 d", "soon")


@pytest.mark.parametrize(
    "said",
    ["a" * 200_000, "of 1 calls" * 9_000, "; " * 50_000, '"' * 3_001, "(" * 3_000 + ")" * 2_000, "is not known; " * 400,
     ", ".join(["the wait is long and"] * 250), "{said}" * 500, "\N{REPLACEMENT CHARACTER}\u202e " * 900, "1," * 2_900],
    ids=["letters", "many", "joints", "quotes", "brackets", "clauses", "list", "names", "signs", "numbers"],
)  # fmt: skip
def test_absurd_lines_are_told_or_left_and_never_looked_at_for_ever(said):
    assert isinstance(told(said, "fr"), str)
    search = Search("fr")
    search.of(said[:LONGEST])
    assert search.looked_up <= MOST_LOOKED_UP


def test_a_line_that_is_absurdly_long_stays_english():
    said = "Compare; " * 1_000
    assert told(said, "fr") == said


def test_the_catalogues_of_every_language_but_english_can_be_read():
    assert {one: bool(catalogue.files(one)) for one in catalogue.LANGUAGES} == {"en": False, "fr": True}
