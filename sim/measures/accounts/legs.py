"""The table of legs: what each agent did, and for how long it kept him."""

from __future__ import annotations

import numpy as np

LEG = np.dtype(
    [
        ("call", np.int64),
        ("customer", np.int32),
        ("contact", np.int16),
        ("leg", np.int16),
        ("team", np.int16),
        ("agent", np.int32),
        ("answered", np.float64),
        ("left", np.float64),
        ("after_call", np.float64),
    ],
    align=True,
)
"""One answered leg: call is the place in the table of calls; answered and left in min (the end of the run
where the customer is still with the agent); after_call in min.
"""
