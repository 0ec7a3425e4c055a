"""The templates of a language: how an English sentence is taken apart, and which templates a sentence may be made from.

Sentences are walked from literal to literal, without regular expressions that go back and forth: what is absurdly long
costs no more than its length.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sim.languages.writing import NUMBER, is_number

NAME = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NUMBER = re.compile(NUMBER)
_PLACES = 6
"""Places that are tried for one literal: a sentence that has it more often is another one."""
_OF_A_KEY = 9
"""Letters for which the name of a key stands: there are not many."""
_WAYS = 12
"""Ways in which one template may be found in one sentence."""


class Template(NamedTuple):
    """One English sentence with names in braces, and what it is in another language.

    Names that begin with ``said`` stand for words that are told in the other language too, and for nothing at all;
    those that begin with ``n_`` or are ``n`` for numbers. What any other stands for is left as it is: a name, a value,
    a place, or, if it begins with ``raw``, what others said (a system, a parser); ``key_`` is a key, told by its label.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]
    other: str
    letters: int

    def ways(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield what stands for the names, for each way in which the template is found in a text: few at most."""
        first, last = self.literals[0], self.literals[-1]
        if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
            return
        if not all(literal in text for literal in self.literals):
            return
        left = [_WAYS * _PLACES]
        yield from self._from(text[: len(text) - len(last)], 0, len(first), left)

    def _from(self, text: str, at: int, begin: int, left: list[int]) -> Iterator[tuple[str, ...]]:
        """Yield the ways for the names from `at` on, in what of the text begins there."""
        left[0] -= 1
        if left[0] < 0:
            return
        name = self.names[at]
        if at == len(self.names) - 1:
            if may_be(name, text[begin:]):
                yield (text[begin:],)
            return
        literal = self.literals[at + 1]
        for end in _ends(text, begin, literal, name):
            for rest in self._from(text, at + 1, end + len(literal), left):
                yield (text[begin:end], *rest)


def may_be(name: str, part: str) -> bool:
    """Say whether a name may stand for a part of a sentence."""
    if is_numeric(name):
        return is_number(part)
    return (bool(part.strip()) and _is_closed(part)) or (part == "" and is_told(name))


def _is_closed(part: str) -> bool:
    """Say whether every bracket of a part is closed within it, and none that was opened before it."""
    deep = 0
    for sign in part:
        deep += (sign == "(") - (sign == ")")
        if deep < 0:
            return False
    return deep == 0


def is_numeric(name: str) -> bool:
    """Say whether a name stands for a number."""
    return name == "n" or name.startswith("n_")


def is_told(name: str) -> bool:
    """Say whether what a name stands for is told in the other language too."""
    return name.startswith("said")


def is_key(name: str) -> bool:
    """Say whether a name stands for the name of a key, such as a lever's, which has a label."""
    return name.startswith("key_")


def is_raw(name: str) -> bool:
    """Say whether a name stands for words that others said, in whatever language."""
    return name.startswith("raw")


def _ends(text: str, begin: int, literal: str, name: str) -> Iterable[int]:
    """Return where the part that begins here may end: before the next places of a literal."""
    if is_numeric(name):
        found = _NUMBER.match(text, begin)
        ends = [] if found is None else [end for end in range(found.end(), begin, -1) if text.startswith(literal, end)]
        return [end for end in ends[:2] if is_number(text[begin:end])]
    if not literal:
        places = [found.start() for found in re.finditer(r"[ ,.;:()]|$", text[begin:])][: 2 * _PLACES]
        return [end for end in (begin + place for place in places) if may_be(name, text[begin:end])]
    found_at, ends = text.find(literal, begin), []
    while found_at >= 0 and len(ends) < _PLACES:
        if may_be(name, text[begin:found_at]):
            ends.append(found_at)
        found_at = text.find(literal, found_at + 1)
    return ends


class Index:
    """The templates by the rarest word of each: a sentence has few whose word it holds."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        made = [template(one, other) for one, other in sentences.items() if NAME.search(one)]
        often = Counter(word for one in made for word in own_words(one))
        self._by_word: defaultdict[str, list[Template]] = defaultdict(list)
        for one in made:
            self._by_word[min(own_words(one), key=lambda word: (often[word], word), default="")].append(one)

    def of(self, text: str) -> list[Template]:
        """Return the templates that a text may be made from, those with the most letters of their own first."""
        words = {"", *_WORD.findall(text)}
        return sorted(
            (one for word in sorted(words) if word in self._by_word for one in self._by_word[word]),
            key=lambda one: -one.letters,
        )


def own_words(one: Template) -> set[str]:
    """Return the words of a template that stand free, so that a text made from it has them as words."""
    joined = "{0}".join(one.literals)
    return {found[0] for found in _WORD.finditer(joined) if _free(joined, found.start(), found.end())}


def _free(text: str, begin: int, end: int) -> bool:
    before, after = text[begin - 1 : begin], text[end : end + 1]
    return not re.match(r"[A-Za-z{}]", before or " ") and not re.match(r"[A-Za-z{}]", after or " ")


def template(english: str, other: str) -> Template:
    """Return the template of an English sentence with names in braces."""
    parts = NAME.split(english)
    letters = sum(sign.isalpha() for part in parts[::2] for sign in part) + _OF_A_KEY * any(map(is_key, parts[1::2]))
    return Template(tuple(parts[::2]), tuple(parts[1::2]), other, letters)
