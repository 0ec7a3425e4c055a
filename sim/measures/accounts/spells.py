"""Spells: the unbroken stretches of a customer's time in one activity of a call.

A spell lasts until the same customer's next row that begins an activity, or to the end of the run. Rows that follow
each other in the same activity of the same leg are one spell (a briefing goes on with the transfer hold).
"""

from __future__ import annotations

import numpy as np

SPELL = np.dtype(
    [
        ("customer", np.int32),
        ("contact", np.int16),
        ("leg", np.int16),
        ("activity", np.int8),
        ("start", np.float64),
        ("end", np.float64),
    ],
    align=True,
)
"""One spell on the telephone: customer is the place in `Customers`; start and end in min."""
