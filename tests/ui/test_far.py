"""How far work is, told in French: one job may be watched in several languages."""

from __future__ import annotations

import pytest

from sim.languages import told
from sim.machine.compiling import Compiling
from sim.ui.jobs.far import days_lived
from sim.ui.jobs.watching import seconds


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (days_lived(5, 20), "jours simulés\u202f: 5 sur 20"),
        (days_lived(5_579, 2_022_400), "jours simulés\u202f: 5\u202f579 sur 2\u202f022\u202f400"),
        (days_lived(5, 20, "Equal staff"), "Effectif égal, jours simulés\u202f: 5 sur 20"),
        (days_lived(5, 20, "our centre"), "our centre, jours simulés\u202f: 5 sur 20"),
        (
            str(Compiling(done=1, of=11, seconds=4.2)),
            "compilation, une seule fois sur cet ordinateur\u202f: parties 1 sur 11, 4 s",
        ),
        (seconds(9_000), "2,5\u202fh"),
    ],
)
def test_how_far_work_is_is_told_in_french(english, french):
    assert told(english, "fr") == french
