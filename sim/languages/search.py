"""The search for what a text is made from: the way to take it apart in which the least stays English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sim.languages.catalogue import Language, labels, sentences
from sim.languages.pieces import JOINTS, SENTENCES, heads, pieces
from sim.languages.templates import NAME, Index, Template, is_key, is_numeric, is_raw, is_told
from sim.languages.writing import SPACE, number, value

_TRIES = 800
"""Parts that are looked at for one line."""
_DEEPEST = 8
_FOUND = 0.3
"""What is left at most where a text counts as found."""
_SURE = 0.05
"""What is left at most where no other template is looked at."""
_UNTOUCHED = 0.4
"""Counts for a text in which nothing is found, though it has no words of its own."""
_PATCHWORK = 0.34
"""Share of the words of a text that may be left: where it is more, the text stays English as a whole."""
_TOGETHER = 4
"""Parts between joints that are looked up together where a part alone is not found."""
_FEW = 6
"""Letters from which a template is not found by chance."""
_LONGEST_NAME = 80
"""Characters before a colon that may be a name."""
_LEADS = frozenset(("are", "as", "least", "most", "of", "than", "use"))
"""Words behind which names or values are listed."""
_LONGEST_LEAD = 6
"""Words before a list of names, or of a value before its unit."""
_SHALLOW = 2
"""How deep in a text something may stand behind words that name it."""
_SHORT = 160
"""Characters of a text that is looked up among templates with fewer letters than that."""
_OF_LISTS = (", ", " and ", " or ", " nor ")
_PLAIN = re.compile(r"(?<![\w./\[\-])[A-Za-z][a-z']+(?![\w/=\]])")
_PLACE = re.compile(r"(?<!\S)(?:column|row|line)(?= (?:\d|\"|\S+$))")
_CODED = re.compile(r'[\["./=]')
_QUOTED = re.compile(r'"[^"]*"')
_COMMON = frozenset(
    re.findall(
        "[a-z]+",
        "the a an is are was were be been has have had of and or to in on at by for from with without that this these "
        "those it its not no none more than each every all any which who whose where when there their they as but if "
        "so such one write give use needs",
    )
)


class Found(NamedTuple):
    """What a text is in the other language, and how much of it stayed English: about the words of it."""

    said: str
    left: float


class Search:
    """Looks up one line: what has been looked up for it is remembered, and how much there is to look up is bounded."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._known: dict[str, Found] = {}
        self._tries = _TRIES
        self._apart = (
            self._before_names,
            self._before_a_sign,
            self._after_a_name,
            self._between_joints,
            self._after_code,
            self._in_brackets,
        )
        self._ways = (
            self._exactly,
            self._as_value,
            self._by_templates,
            self._taken_apart,
            self._by_few_words,
            self._after_words,
        )

    @property
    def looked_up(self) -> int:
        """How many parts have been looked up so far."""
        return len(self._known)

    def of(self, text: str, deep: int = 0) -> Found:
        """Return the best that is found for a text."""
        if text not in self._known:
            self._known[text] = Found(text, _left(text))
            self._known[text] = self._looked_up(text, deep)
        return self._known[text]

    def _looked_up(self, text: str, deep: int) -> Found:
        self._tries -= 1
        best = Found(text, _left(text) + _UNTOUCHED)
        if deep > _DEEPEST or self._tries < 0 or not text.strip():
            return best
        if text != text.strip():
            return self._within_blanks(text, deep)
        for way in self._ways:
            for found in way(text, deep):
                if found.left < best.left:
                    best = found
            if best.left < _FOUND:
                return best
        return best

    def _within_blanks(self, text: str, deep: int) -> Found:
        bare = text.strip()
        found = self.of(bare, deep)
        at = text.index(bare)
        return Found(text[:at] + found.said + text[at + len(bare) :], found.left)

    def _exactly(self, text: str, deep: int) -> Iterator[Found]:
        known = exact(self._language) if deep else _exact_and_labels(self._language)
        if text in known:
            yield Found(known[text], 0.0)
        elif text[:1].isupper() and _lowered(text) in known:
            yield Found(_raised(known[_lowered(text)]), 0.0)
        elif text.endswith(".") and text[:-1] in known:
            yield Found(f"{known[text[:-1]]}.", 0.0)

    def _as_value(self, text: str, deep: int) -> Iterator[Found]:
        written = value(text)
        if written is not None:
            yield Found(written, 0.0)
            return
        known, parts = exact(self._language), text.split(" ")
        for at in range(1, min(len(parts), _LONGEST_LEAD)):
            before, unit = value(" ".join(parts[:at])), " ".join(parts[at:])
            if before is not None and unit in known:
                yield Found(f"{before} {known[unit]}", 0.01)

    def _by_templates(self, text: str, deep: int) -> Iterator[Found]:
        yield from self._made(text, deep, few=False)

    def _by_few_words(self, text: str, deep: int) -> Iterator[Found]:
        """Look among templates that have few letters of their own, and so fit nearly anything."""
        if len(text) <= _SHORT:
            yield from self._made(text, deep, few=True)

    def _made(self, text: str, deep: int, *, few: bool) -> Iterator[Found]:
        for said, raise_it in self._cases(text):
            for template in _index(self._language).of(said):
                if (template.letters < _FEW) is few:
                    found = self._best_way(template, said, deep)
                    if found is not None:
                        yield Found(_raised(found.said), found.left) if raise_it else found
                        if found.left < _SURE:
                            return

    def _cases(self, text: str) -> list[tuple[str, bool]]:
        """Return a text as it stands, and as it would be within a sentence if it begins one."""
        return [(text, False), (_lowered(text), True)] if text[:1].isupper() else [(text, False)]

    def _best_way(self, template: Template, text: str, deep: int) -> Found | None:
        best: Found | None = None
        for parts in template.ways(text):
            found = self._filled(template, parts, deep)
            if best is None or found.left < best.left:
                best = found
            if best.left < _FOUND:
                break
        most = _FOUND + (_PATCHWORK * _left(text) if template.letters >= _FEW else 0.0)
        return best if best is not None and best.left <= most else None

    def _filled(self, template: Template, parts: Sequence[str], deep: int) -> Found:
        few = template.letters < _FEW
        named = zip(template.names, parts, strict=True)
        filled = {name: self._part(name, part, deep, few=few) for name, part in named}
        said = NAME.sub(lambda hole: filled[hole[1]].said, template.other)
        return Found(said, 0.01 + sum(part.left for part in filled.values()))

    def _part(self, name: str, part: str, deep: int, *, few: bool) -> Found:
        if is_numeric(name):
            return Found(number(part), 0.0)
        if is_key(name):
            label = _exact_and_labels(self._language).get(part.replace("_", " "), part)
            return Found(label, 0.0 if label != part else 1.0)
        if is_raw(name):
            return Found(part, 0.1)
        if not is_told(name) or not part:
            return Found(part, _strange(part))
        found = self.of(part, deep + 1)
        return found if few and words_left(part) else _as_name(found, part)

    def _taken_apart(self, text: str, deep: int) -> Iterator[Found]:
        most = _PATCHWORK * _left(text) + _FOUND
        for way in self._apart:
            for found in way(text, deep):
                if found.left <= most:
                    yield found
                if found.left < _FOUND:
                    return

    def _after_a_name(self, text: str, deep: int) -> Iterator[Found]:
        """Look up what stands behind a name and a colon in one."""
        at = text.find(": ", 0, _LONGEST_NAME)
        if at > 0:
            before, after = _as_name(self.of(text[:at], deep + 1), text[:at]), self.of(text[at + 2 :], deep + 1)
            yield Found(f"{before.said}{_joint(': ')}{after.said}", before.left + after.left + 0.01)

    def _between_joints(self, text: str, deep: int) -> Iterator[Found]:
        for joint in JOINTS:
            parts = pieces(text, joint)
            if len(parts) > 1:
                if joint == SENTENCES:
                    parts = [*(f"{part}." for part in parts[:-1]), parts[-1]]
                yield self._joined(parts, " " if joint == SENTENCES else joint, deep)
                return

    def _after_code(self, text: str, deep: int) -> Iterator[Found]:
        for head, tail in heads(text):
            after = self.of(tail, deep + 1)
            if after.said != tail:
                place = self._place(head)
                yield Found(f"{place} {after.said}", 0.05 + after.left + _strange(place))

    def _place(self, head: str) -> str:
        """Tell in a place what is no code: that it is a column, a row or a line, or in a variant of a world."""
        known = _exact_and_labels(self._language)
        world, table, key = head.partition(" [")
        if table and " " in world and not _CODED.search(world):
            world = self.of(world, 1).said
        return _PLACE.sub(lambda found: known.get(found[0], found[0]), f"{world}{table}{key}")

    def _before_names(self, text: str, deep: int) -> Iterator[Found]:
        """Look up what stands before a list of names or a value: ``the teams are front, second``."""
        known = exact(self._language)
        for space in list(re.finditer(" ", text[:_LONGEST_NAME]))[:_LONGEST_LEAD]:
            lead, names = text[: space.start()], text[space.end() :]
            if lead.rpartition(" ")[2] in _LEADS and lead in known:
                yield Found(f"{known[lead]} {names}", 0.1 + _of_names(names))

    def _after_words(self, text: str, deep: int) -> Iterator[Found]:
        """Look up what stands behind a few words that name something, such as the world that is wrong."""
        if deep > _SHALLOW:
            return
        for space in list(re.finditer(" ", text[:_LONGEST_NAME]))[:_LONGEST_LEAD]:
            before, tail = text[: space.start()], text[space.end() :]
            if any(word in _COMMON for word in words_left(before) if word != "of"):
                return
            after = self.of(tail, deep + 1)
            if after.left < _FOUND and after.said != tail:
                head = self.of(before, deep + 1) if " " in before and not _CODED.search(before) else Found(before, 0.0)
                yield Found(f"{head.said} {after.said}", 0.2 + after.left + min(_strange(before), head.left))

    def _in_brackets(self, text: str, deep: int) -> Iterator[Found]:
        if text.startswith("(") and text.endswith(")"):
            inner = self.of(text[1:-1], deep + 1)
            yield Found(f"({inner.said})", 0.01 + inner.left)
        if text.endswith(")") and " (" in text:
            at = text.rindex(" (")
            outer, inner = self.of(text[:at], deep + 1), self.of(text[at + 1 :], deep + 1)
            yield Found(f"{outer.said} {inner.said}", 0.05 + outer.left + inner.left)

    def _before_a_sign(self, text: str, deep: int) -> Iterator[Found]:
        if text.endswith((".", ",", ":", ";", "*")) and len(text) > 1:
            inner = self.of(text[:-1], deep + 1)
            sign = f"{SPACE}{text[-1]}" if text[-1] in ":;" else text[-1]
            yield Found(inner.said + sign, 0.01 + inner.left)

    def _joined(self, parts: Sequence[str], joint: str, deep: int) -> Found:
        """Return the best way to look up parts between joints: each by itself, or where that fails some together."""
        best = [Found("", 0.0)]
        for end in range(1, len(parts) + 1):
            ways = [self._after(best[end - 1], parts[end - 1 : end], joint, deep)]
            for begin in range(end - 2, max(end - _TOGETHER, 0) - 1, -1):
                if ways[0].left - best[end - 1].left < _FOUND or end - begin == len(parts):
                    break
                ways.append(self._after(best[begin], parts[begin:end], joint, deep))
            best.append(min(ways, key=lambda found: found.left))
        return best[-1]

    def _after(self, before: Found, parts: Sequence[str], joint: str, deep: int) -> Found:
        """Return what was found before, with parts that are looked up together behind it."""
        text = joint.join(parts)
        found = self.of(text, deep + 1)
        found = _as_name(found, text) if joint in _OF_LISTS else found
        return Found(
            f"{before.said}{_joint(joint)}{found.said}" if before.said else found.said, before.left + found.left
        )


def _as_name(found: Found, text: str) -> Found:
    """Return what was found; where that is nothing, a single word counts as a name."""
    if found.said == text and len(words_left(text)) <= 1:
        return Found(text, _strange(text) + 0.1)
    return found


def _joint(joint: str) -> str:
    return {": ": f"{SPACE}: ", "; ": f"{SPACE}; ", " and ": " et ", " or ": " ou ", " nor ": " ni "}.get(joint, joint)


def words_left(text: str) -> list[str]:
    """Return the words of a text, without those in quotes, keys and code."""
    return _PLAIN.findall(_QUOTED.sub('""', text))


def _left(text: str) -> float:
    """Return how much English a text is that was not found: its words."""
    return float(len(words_left(text)))


def _strange(part: str) -> float:
    """Return how little a part looks like a name: its English words, and a little for each blank."""
    bare = _QUOTED.sub('""', part)
    if " " not in bare:
        return 0.0
    return sum(word.lower() in _COMMON for word in _PLAIN.findall(bare)) + 0.02 * bare.count(" ")


def _of_names(text: str) -> float:
    """Return how little a text looks like a list of names or a value."""
    return sum(_strange(one) + max(len(words_left(one)) - 2, 0) for one in text.removesuffix(" ...").split(", "))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _exact_and_labels(language: Language) -> dict[str, str]:
    return {**labels(language), **exact(language)}


@cache
def exact(language: Language) -> dict[str, str]:
    """Return the sentences without names; those that were written over several lines as one line too."""
    written = {one: other for one, other in sentences(language).items() if not NAME.search(one)}
    return {" ".join(one.split()): other for one, other in written.items()} | written


@cache
def _index(language: Language) -> Index:
    return Index(sentences(language))
