"""What was said in English, told in another language: found again by the sentences it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sim.languages.catalogue import Language
from sim.languages.layout import cells, paragraphs
from sim.languages.search import Search, exact
from sim.languages.writing import value

LONGEST = 6_000
"""Characters of a line that is looked up; a longer one stays English."""
_REMEMBERED = 20_000


def told(said: str, language: Language = "en") -> str:
    """Return in a language what was said in English.

    Parameters
    ----------
    said : str
        Whatever the program says: a word, a sentence, several composed, a text of many lines broken at their width, or
        a table in columns.

    Returns
    -------
    str
        What no catalogue has stays English: parts of a sentence only where no template fits better. Numbers and units
        are written as the language has them where they are the program's; code, keys and quoted values stay.

    Examples
    --------
    >>> told("is not known; did you mean cut_after?", "fr")
    "n'est pas connu\u202f; vouliez-vous dire cut_after\u202f?"
    """
    if language == "en" or not said:
        return said
    whole = exact(language).get(said)
    if whole is not None:
        return whole
    return "\n".join(paragraphs(said, lambda line: _line(line, language)))


def told_rows(rows: Iterable[Sequence[object]], language: Language = "en") -> list[list[str]]:
    """Return rows of cells in a language, each cell by itself."""
    return [[told(str(cell), language) for cell in row] for row in rows]


def told_number(written: str, language: Language = "en") -> str:
    """Return a number or value, such as ``1,234.5 EUR``, as a language writes it; other texts as they are."""
    return written if language == "en" else value(written) or written


@lru_cache(maxsize=_REMEMBERED)
def _line(line: str, language: Language) -> str:
    if len(line) > LONGEST:
        return line
    bare = line.strip()
    before = line[: len(line) - len(line.lstrip())]
    said = cells(bare, lambda cell: Search(language).of(cell).said)
    return before + said
