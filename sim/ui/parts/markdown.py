"""Words that are shown as they are: no name that anybody writes becomes a heading, a link or a picture."""

from __future__ import annotations

import re


def escaped(said: str) -> str:
    r"""Return words that Markdown leaves as they are.

    Examples
    --------
    >>> escaped("a_b*c")
    'a\\_b\\*c'
    """
    return re.sub(r"([\\`*_{}\[\]()#+!|~<>$:-])", r"\\\1", said)
