"""The catalogues: English sentences, and what they are in another language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "fr"]
LANGUAGES: dict[Language, str] = {"en": "English", "fr": "Français"}
"""What each language calls itself."""
_FOLDERS: dict[Language, str] = {"fr": "french"}
assert set(LANGUAGES) == set(get_args(Language))


def sentences(language: Language) -> Mapping[str, str]:
    """Return all English sentences that a language has, and what they are in it; English has none."""
    said: dict[str, str] = {}
    for file in files(language):
        said |= sentences_of(file)
    return said


def files(language: Language) -> list[Path]:
    """Return the catalogues of a language, in the order of their names."""
    folder = _FOLDERS.get(language)
    return [] if folder is None else sorted((Path(__file__).parent / folder).glob("*.toml"))


@cache
def sentences_of(file: Path) -> dict[str, str]:
    """Return the sentences of one catalogue."""
    return tomllib.loads(file.read_text(encoding="utf-8"))
