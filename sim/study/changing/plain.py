"""Values as a file would hold them, where they came out of an array."""

from __future__ import annotations

from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """Return a value with numpy's numbers, texts and arrays as Python's own, inside of tables and lists too.

    Examples
    --------
    >>> plain({"law": "erlang", "mean": "2 min", "stages": np.int64(3)})
    {'law': 'erlang', 'mean': '2 min', 'stages': 3}
    """
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value
