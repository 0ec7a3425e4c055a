"""The catalogues: English sentences, and what they are in another language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from sim.languages.writing import spaced

Language = Literal["en", "fr"]
LANGUAGES: dict[Language, str] = {"en": "English", "fr": "Français"}
"""What each language calls itself."""
_LABELS = "keys"
_FOLDERS: dict[Language, str] = {"fr": "french"}
assert set(LANGUAGES) == set(get_args(Language))


def sentences(language: Language) -> Mapping[str, str]:
    """Return all English sentences that a language has, and what they are in it; English has none."""
    said: dict[str, str] = {}
    for file in files(language):
        if file.stem != _LABELS:
            said |= sentences_of(file)
    return said


def labels(language: Language) -> Mapping[str, str]:
    """Return the names of keys, written with blanks, and what they are called in a language.

    They are words of every day (at, from, share), which mean something else within a sentence.
    """
    said: dict[str, str] = {}
    for file in files(language):
        if file.stem == _LABELS:
            said |= sentences_of(file)
    return said


def files(language: Language) -> list[Path]:
    """Return the catalogues of a language, in the order of their names."""
    folder = _FOLDERS.get(language)
    return [] if folder is None else sorted((Path(__file__).parent / folder).glob("*.toml"))


@cache
def sentences_of(file: Path) -> dict[str, str]:
    """Return the sentences of one catalogue, with the no-break spaces that the language wants."""
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return {one: spaced(other) for one, other in read.items()}
