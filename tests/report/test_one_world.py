"""One world's study, as it is printed."""

from __future__ import annotations

import sim
from tests.worlds import tiny_world


def test_only_days_that_were_lived_are_told_of_a_typical_week():
    two_days = tiny_world(time={"horizon": "2 d"})
    (said,) = [line for line in sim.replicate(two_days, replications=2).text().splitlines() if "typical week" in line]
    assert [word for word in said.replace(",", "").split() if word in ("Mon", "Tue", "Wed", "Sun")] == ["Mon", "Tue"]


def test_a_star_has_its_footnote_where_it_stands_and_only_there():
    lived = sim.replicate(tiny_world(), replications=2)
    for every in (False, True):
        text = lived.text(every=every)
        starred = any(line.split()[0].endswith("*") for line in text.splitlines() if line.strip())
        assert starred == ("* with the margin of customers lost" in text)
    assert "* with the margin of customers lost" in lived.text(every=True)
