"""The page of words: in order, and nothing in it leads nowhere."""

from __future__ import annotations

import re

import pytest

from tests.docs.tutorials import ROOT

PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
WORDS = re.findall(r"^\*\*(.+)\*\*\n: ", PAGE, re.MULTILINE)
ENTRIES = dict(zip(WORDS, re.split(r"^\*\*.+\*\*\n: ", PAGE, flags=re.MULTILINE)[1:], strict=True))
FILE = re.compile(r"`((?:sim|tests|docs)/[\w/.]+)`")


def test_the_words_stand_in_alphabetical_order():
    assert len(WORDS) == PAGE.count("\n**") > 60
    assert sorted(WORDS) == WORDS


@pytest.mark.parametrize("word", WORDS)
def test_a_word_leads_to_where_it_lives(word):
    files = FILE.findall(ENTRIES[word])
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_used_where_it_is_said_to_live(word):
    """By its first word at least, and in another form too: `catching up` is `catch_up`."""
    stem = re.sub(r"ing$|y$|s$", "", word.split()[0].lower())
    for file in FILE.findall(ENTRIES[word]):
        assert stem in f"{file} {(ROOT / file).read_text(encoding='utf-8')}".lower(), file


@pytest.mark.parametrize("word", WORDS)
def test_a_word_takes_three_sentences_at_most(word):
    said = FILE.sub("", ENTRIES[word])
    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", said)) <= 3
