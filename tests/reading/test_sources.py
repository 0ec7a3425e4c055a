"""Each value of a shipped world leads to the file and the line that say it, and to the comment beside it."""

from __future__ import annotations

import pytest

from sim.reading import load, named
from sim.reading.fields import values
from sim.reading.lines import comments
from sim.reading.shipped import folder
from sim.reading.sources import Source, source_of

LEAVES = [(name, at) for name in named() for at, _, value in values(load(name)) if at[0] not in ("name", "about")]


def test_a_value_that_the_nearest_file_says_comes_from_it():
    found = source_of("empowered", ("levers", "authority", "limit"))
    assert found is not None and (found.file, found.comment) == (
        "empowered.toml",
        "EUR: every gesture of this population",
    )


def test_a_value_that_is_inherited_comes_from_the_file_that_says_it():
    found = source_of("double_peine", ("teams", "front", "wage"))
    assert found is not None and found.file == "hotline_2005.toml"


def test_a_guess_is_known_as_one_and_a_source_is_not():
    guess, known = (source_of("base", ("teams", "front", key)) for key in ("pause", "wage"))
    assert guess is not None and guess.is_guess
    assert known is not None and not known.is_guess
    assert known.comment == "EUR/h: 22 to 24 in the French provinces (Liberation, 18 Oct 2004)"


def test_a_list_over_several_lines_has_the_comment_above_it():
    found = source_of("base", ("population", "profile", "intervals"))
    assert found is not None and found.comment.startswith("By the hour; the peak at 10 h is 1.57")


def test_what_stands_in_an_inline_table_has_the_comment_of_its_line():
    found = source_of("base", ("teams", "front", "solve", "easy"))
    assert found is not None and found.comment == "guess: .70 solved at the first contact (SQM)"


def test_a_tariff_of_a_regime_comes_from_the_regimes():
    found = source_of("hotline_2005", ("tariff", "price_per_minute"))
    assert found is not None
    assert (found.file, found.comment) == (
        "tariffs/regimes.toml",
        "UFC-Que Choisir survey of 2005 (itespresso.fr 13540)",
    )


def test_what_no_file_says_has_no_source():
    assert source_of("base", ("levers", "follow_through", "call_back", "tries")) is None


def test_no_other_file_is_asked():
    with pytest.raises(ValueError, match="no such world is shipped"):
        source_of("../base", ("line", "menu"))


@pytest.mark.parametrize("name", named())
def test_the_line_is_the_one_on_which_the_key_stands(name):
    """The file itself says so: the key's name stands on that line, or a table around it."""
    seen = 0
    for world, at in LEAVES:
        found = source_of(world, at) if world == name else None
        if found is not None:
            line = (folder() / found.file).read_text(encoding="utf-8").splitlines()[found.line - 1]
            assert any(part in line for part in at), (found, at)
            assert not found.comment or found.comment in line or found.line > 1
            seen += 1
    assert seen > 50


def test_hash_signs_in_texts_are_no_comments():
    assert comments('a = "x # y"  # z\nb = \'#\'\n[t]  # of t\nc = { d = "#" }') == {
        ("a",): "z",
        ("t",): "of t",
    }


def test_a_source_says_guess_only_where_it_is_one():
    assert Source("base.toml", 1, "guess, near the mixture").is_guess
    assert not Source("base.toml", 1, "").is_guess
