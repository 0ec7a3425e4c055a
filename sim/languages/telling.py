"""Sentences that were said in English, told in another language: found again by the templates they were made from."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from sim.languages.catalogue import Language, sentences

_NAME = re.compile(r"\{(\w+)\}")
_NUMBER = r"[-+\N{MINUS SIGN}±]?\d[\d,]*(?:\.\d+)?"


class Template(NamedTuple):
    """One English sentence with names in braces, and what it is in another language.

    Names that begin with ``said`` stand for words that are told in the other language too, those that begin with ``n_``
    or are ``n`` for numbers; what any other stands for is left as it is.
    """

    english: re.Pattern[str]
    other: str
    letters: int


def told(said: str, language: Language = "en") -> str:
    """Return in a language what was said in English, line by line; a line that no catalogue has stays English."""
    if language == "en":
        return said
    return "\n".join(_line(line, language) for line in said.split("\n"))


@lru_cache(maxsize=20_000)
def _line(line: str, language: Language) -> str:
    exact = _exact(language).get(line)
    if exact is not None:
        return exact
    for template in _templates(language):
        found = template.english.fullmatch(line)
        if found is not None:
            parts = {name: _part(name, part, language) for name, part in found.groupdict().items()}
            return template.other.format(**parts)
    return line


def _part(name: str, part: str, language: Language) -> str:
    return told(part, language) if name.startswith("said") else part


@cache
def _exact(language: Language) -> dict[str, str]:
    return {one: other for one, other in sentences(language).items() if not _NAME.search(one)}


@cache
def _templates(language: Language) -> tuple[Template, ...]:
    """Return the templates, those with the most letters of their own first."""
    made = [_template(one, other) for one, other in sentences(language).items() if _NAME.search(one)]
    return tuple(sorted(made, key=lambda template: -template.letters))


def _template(english: str, other: str) -> Template:
    parts = _NAME.split(english)
    pattern = "".join(re.escape(part) if at % 2 == 0 else _group(part) for at, part in enumerate(parts))
    return Template(re.compile(pattern), other, sum(map(len, parts[::2])))


def _group(name: str) -> str:
    return f"(?P<{name}>{_NUMBER if name == 'n' or name.startswith('n_') else '.+?'})"
