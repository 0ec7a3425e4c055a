"""Values as they are typed: as TOML would hold them, the quotes of a text left out."""

from __future__ import annotations

import tomllib
from typing import Any


def typed(written: str) -> Any:
    """Read a value as TOML, or as a text where it is none.

    Examples
    --------
    >>> typed("15 min"), typed("20"), typed('{ law = "constant", value = "1 min" }')
    ('15 min', 20, {'law': 'constant', 'value': '1 min'})
    """
    try:
        return tomllib.loads(f"value = {written}")["value"]
    except (ValueError, RecursionError):  # TOMLDecodeError, and integers of thousands of digits
        return written
