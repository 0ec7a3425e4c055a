"""Sentences written to be filled in, in the language of the reader."""

from __future__ import annotations

from functools import cache

from sim.languages.catalogue import Language, sentences


def say(template: str, language: Language = "en", /, **values: object) -> str:
    """Return a sentence in a language, its ``{names}`` filled with values.

    Parameters
    ----------
    template : str
        In English, as a catalogue has it; it stays English where none has.
    **values
        As they are to be read: numbers written and words translated already.

    Examples
    --------
    >>> say("{world}: {n} mistakes", world="mine", n=2)
    'mine: 2 mistakes'
    """
    return _in(language).get(template, template).format(**values)


@cache
def _in(language: Language) -> dict[str, str]:
    return dict(sentences(language))
