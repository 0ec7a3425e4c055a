"""Names of files that are given away: what a thing is called, in letters that every disk takes."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def file_name(name: str) -> str:
    """Return a name as a file may be called: plain letters and digits, accents left out.

    Examples
    --------
    >>> file_name("Centre été 2026"), file_name("My centre / 2026"), file_name("../..")
    ('Centre_ete_2026', 'My_centre_2026', 'world')
    """
    parted = unicodedata.normalize("NFKD", name.translate(_LIGATURES))
    plain = "".join(one for one in parted if not unicodedata.combining(one))
    return re.sub(r"[^A-Za-z0-9-]+", "_", plain).strip("_")[:60] or "world"
