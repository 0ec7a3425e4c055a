"""What comes before the first contact is read, and all that is wrong with it is told at once."""

from __future__ import annotations

import pytest

from sim.reading import WorldError, load
from tests.reading.conftest import SMALL

WRONG = """
[cases.repair.steps.mend]
takes = "1 h"
solves = 0.5

[self_service]
reads = 1.2
solves = { esay = 0.5 }

[forum]
answered = 1.5
solves = { "bill.hard" = 0.5 }

[detection]
case = "repiar"
share_for = { fualt = 0.5 }
false_alarms = -1
"""


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    """Shares over one, classes that no problem has, a case and a reason that are not there, less than no alarm."""
    file = tmp_path / "wrong.toml"
    file.write_text(SMALL + WRONG, encoding="utf-8")
    with pytest.raises(WorldError) as refused:
        load(file)
    assert {mistake.key for mistake in refused.value.mistakes} == {
        "self_service.reads",
        "self_service.solves.esay",
        "forum.answered",
        'forum.solves."bill.hard"',
        "detection.case",
        "detection.share_for.fualt",
        "detection.false_alarms",
    }
    told = str(refused.value)
    for right in ("did you mean easy", "did you mean repair", "did you mean fault"):
        assert right in told


def test_a_class_that_only_the_forum_solves_is_told_to_have_no_chance_with_a_team(tmp_path):
    file = tmp_path / "forum.toml"
    teams = SMALL.replace(", hard = 0.2", "").replace(", hard = 0.7", "")
    file.write_text(teams + "\n[forum]\nsolves = { hard = 0.5 }\n", encoding="utf-8")
    with pytest.raises(WorldError, match="no team has a chance of solving"):
        load(file)
