"""How numbers, values and signs are written in a language other than English."""

from __future__ import annotations

import re

SPACE = "\N{NARROW NO-BREAK SPACE}"
"""Stands in French between thousands and before ``: ; ? ! %`` and units."""
NUMBER = r"[-+\N{MINUS SIGN}±]?(?:\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?|inf\b|nan\b)"
_UNITS = {
    "min": "min", "h": "h", "s": "s", "d": "j", "weeks": "semaines", "months": "mois", "EUR": "€", "%": "%", "GB": "Go",
    "MB": "Mo", "points": "points", "EUR/h": "€/h", "EUR/min": "€/min", "minutes": "minutes", "hours": "heures",
    "days": "jours", "week": "semaine", "day": "jour", "to": "à", "±": "±", "x": "x",
}  # fmt: skip
_POINTS = ("% pts", "points")
"""In which shares differ: two words in English, one that is a unit already in French."""
_SIGN = re.compile(r"(?<=\S) (?=[:;?!%»](?:[\s.,;:)\"]|$))|(?<=«) ")
_QUOTED = re.compile(r'"[^"]*"')
_ONE = re.compile(rf"([\[(]?)({NUMBER})( ?%)?([\]),.;]?)")
ENDS = re.compile(r"\[([^\[\]]*?\d), ([^\[\]]*?\d)\]")
"""The ends of an interval: a comma between them would be read as one within a number."""
_BEGINS = re.compile(r"[\[(]?[-+\N{MINUS SIGN}±]?(?:\d|inf|nan|± )")
_ALONE = re.compile(NUMBER)


def is_number(text: str) -> bool:
    """Say whether a text is one number, as the program writes it.

    Examples
    --------
    >>> is_number("-1,234.5"), is_number("12 min")
    (True, False)
    """
    return _ALONE.fullmatch(text) is not None


def number(text: str) -> str:
    """Write a number that was written in English as French has it.

    Examples
    --------
    >>> number("1,234.5").replace(SPACE, "_")
    '1_234,5'
    """
    return text.replace(",", SPACE).replace(".", ",").replace("%", f"{SPACE}%")


def value(text: str) -> str | None:
    """Write a value, its units and its interval as French has them; None where a word in it is no unit.

    Examples
    --------
    >>> value("+12.5 ± 0.4 EUR"), value("2 d"), value("soon")
    ('+12,5 ± 0,4\u202f€', '2\u202fj', None)
    >>> value("+23 [+20, +26] % pts")
    '+23 [+20 ; +26] points'
    """
    if _BEGINS.match(text) is None:
        return None
    text, written = ENDS.sub(r"[\1 ; \2]", text).replace(*_POINTS), list[str]()
    for part in text.split(" "):
        found = _ONE.fullmatch(part)
        unit = part.rstrip("]).,;")
        if found:
            written.append(_number(found))
        elif part in (";", "±"):
            written.append(part)
        elif unit in _UNITS and written:
            written.append(_UNITS[unit] + part[len(unit) :])
        else:
            return None
    return _unit_spaces(" ".join(written))


def _number(found: re.Match[str]) -> str:
    percent = f"{SPACE}%" if found[3] else ""
    return found[1] + number(found[2]) + percent + found[4]


def _unit_spaces(text: str) -> str:
    return re.sub(r"(?<=\d) (?=(?:min|h|s|j|€|%|Go|Mo|€/h|€/min)(?:[\s\]),.;]|$))", SPACE, text)


def spaced(french: str) -> str:
    """Put no-break spaces before the signs that want them, but not within quotes: what stands there is code.

    Examples
    --------
    >>> spaced('ou : "20 %"') == f'ou{SPACE}: "20 %"'
    True
    """
    parts, at = [], 0
    for kept in _QUOTED.finditer(french):
        parts += [_SIGN.sub(SPACE, french[at : kept.start()] + '"')[:-1], kept[0]]
        at = kept.end()
    return "".join([*parts, _SIGN.sub(SPACE, french[at:])])
