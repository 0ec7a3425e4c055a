"""A picture made for a white page, as it looks on a dark one: light and dark change places, hues stay."""

from __future__ import annotations

import io

import numpy as np

PAGE = (0x0E, 0x11, 0x17)
"""The dark page's own colour: what white becomes."""


def by_night(picture: bytes) -> bytes:
    """Return a PNG with the lightness of every point turned over.

    The lightness L of a point, half the sum of its largest and its least part, becomes 1 - L, which adds the same
    to red, green and blue: what is coloured keeps its hue, and what stands out from white stands out from black.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as given:
        seen = np.asarray(given.convert("RGB"), dtype=np.int16)
    turned = seen + (255 - seen.max(axis=2) - seen.min(axis=2))[..., None]
    page = np.array(PAGE)
    made = Image.fromarray((page + (255 - page) * turned / 255).round().astype(np.uint8))
    kept = io.BytesIO()
    made.save(kept, "PNG")
    return kept.getvalue()
