"""Words that are shown as they are: no name that anybody writes becomes a heading, a link or a picture."""

from __future__ import annotations

import re


def escaped(said: str) -> str:
    r"""Return words that Markdown leaves as they are.

    Examples
    --------
    >>> escaped("a_b*c")
    'a\\_b\\*c'

    What looks like an address of the web or of a person is parted by a mark that is not seen.

    >>> escaped("www.example.org").replace("\N{WORD JOINER}", "|")
    'www|.example.org'
    """
    plain = re.sub(r"([\\`*_{}\[\]()#+!|~<>$:&-])", r"\\\1", said)
    return re.sub(r"(?i)(?<=www)(?=\.)|(?=@)", "\N{WORD JOINER}", plain)
