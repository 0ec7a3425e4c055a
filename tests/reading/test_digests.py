"""A digest stands for all that a world says: what is equal has an equal one, and keys to come leave it as it is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from pydantic import Field

from sim.reading import (
    difference,
    digest,
    load,
    named,
    variant,
    written,
)
from sim.reading.digests import full_digest, neutral
from sim.reading.fields import keys
from sim.units import Minutes, Share
from sim.world import Loyalty, Team, World
from sim.world.distributions import Empirical
from sim.world.facts import Fact, GivenName, Neutral, Ordered, OrNone
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw
from tests.keys.test_every_key import TURNS
from tests.keys.turns import worlds as worlds_of
from tests.property.worlds_at_large import worlds
from tests.worlds import TINY, merged, tiny_world

BASE = load("base")

# What is told ---------------------------------------------------------------------------------------------------------


def test_a_digest_is_that_of_what_a_world_says_beyond_what_is_neutral():
    """The tiny world as canonical JSON, by hand: numbers as they are held, tables whose order counts as lists."""
    nothing = {"law": "constant", "value": 0.0}
    minutes = {"law": "constant", "value": 10.0}
    delays = {f"after_{what}": minutes for what in ("blocked", "abandoned", "cut", "dismissed", "unsolved")}
    segment = {"share": 1.0, "value_of_time": nothing, "outage_value": nothing, "hours_of_use": nothing}
    told = {
        "time": {"warm_up": 0.0, "horizon": 1440.0, "follow_up": 0.0},
        "population": {
            "problems_per_day": 240.0,
            "reasons": [["any", {"share": 1.0}]],
            "segments": [["all", segment]],
            "patience": {"law": "constant", "value": 2880.0},
            "again": {"persistence": 0.0, **delays},
            "awake": "mon-sun 00:00-24:00",
        },
        "line": {"open": ["mon-sun 00:00-24:00"], "team": "front"},
        "tariff": {},
        "teams": [["front", {"staff": 5.0, "talk": 10.0, "wage": 0.0}]],
        "levers": {"memory": dict.fromkeys(("identification", "identification_again", "explanation"), nothing)},
    }
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
    assert full_digest(World.model_validate(TINY)) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.key)
def test_another_value_of_any_key_gives_another_digest_and_a_difference(turn):
    """Every key there is: see the test that each of them is turned."""
    first, *others = worlds_of(turn)
    assert len({digest(world) for world in (first, *others)}) == len(turn.values)
    assert all(difference(first, other) for other in others)


def test_what_is_aimed_at_counts_too():
    assert digest(BASE) != digest(variant(BASE, {"service_level": {"target": 0.9}}))


def test_equal_worlds_have_equal_digests_however_they_are_written(world_file):
    first = digest(load(world_file()))
    assert len(first) == 12
    same = [
        ('talk = "8 min"', 'talk = "480 s"'),
        ('after_blocked = "5 min"', 'after_blocked = { law = "constant", value = "5 min" }'),
        ("solve = { easy = 0.9, hard = 0.2 }", "solve = { hard = 0.2, easy = 0.90 }"),
        ("share = 1\n", "share = 1.0\n"),
        ("hangup = 0.01", 'hangup = 0.01\ncut_after = "none"'),
        (
            "[population.reasons.fault]",
            "[population.profile]\ndays = [1, 1.0, 1, 1, 1, 1, 1]\n[population.reasons.fault]",
        ),
        ("Two teams", "2 teams"),
    ]
    for change in same:
        assert digest(load(world_file(change))) == first, change


def test_the_digest_follows_every_value():
    """Each single key of the base world that is changed changes the digest, and no two changes agree."""
    seen = {digest(BASE)}
    changes: list[dict[str, Any]] = [
        {"teams": {"front": {"talk": "9 min"}}},
        {"population": {"problems_per_day": 101}},
        {"line": {"menu": "61 s"}},
        {"levers": {"memory": {"redone": 0.4}}},
        {"loyalty": {"kappa": 0.2}},
        {"tariff": {"billed": {"menu": False}}},
        {"paths": {"too_hard": {"tries": 2}}},
    ]
    for change in changes:
        seen.add(digest(variant(BASE, change)))
    assert len(seen) == len(changes) + 1


def test_the_regimes_name_is_a_label_only(world_file):
    named = load(world_file(("price_per_minute = 0.34", 'regime = "fr_2005_2007"')))
    bare = load(world_file(("price_per_minute = 0.34", "price_per_minute = 0.34\nfirm_share = 0.58")))
    assert digest(named) == digest(bare)


ORDERED = ("reasons", "segments", "shocks", "prevention", "difficulty", "teams", "shifts", "queues", "paths", "to")


def otherwise(tree: Any, *, ordered: bool = False) -> Any:
    """Write a tree in another way: whole numbers with a point, tables the other way round where no order counts."""
    if isinstance(tree, dict):
        inside = {key: otherwise(value, ordered=key in ORDERED) for key, value in tree.items()}
        return inside if ordered else dict(reversed(inside.items()))
    if isinstance(tree, list):
        return [otherwise(one) for one in tree]
    return float(tree) if isinstance(tree, int) and not isinstance(tree, bool) else tree


@given(plain=worlds())
@settings(max_examples=50, deadline=None)
def test_any_world_with_all_its_defaults_written_out_in_another_way_has_the_same_digest(plain):
    world = World.model_validate(plain)
    same = World.model_validate(otherwise(written(world)), strict=False)
    assert same == world
    assert digest(same) == digest(world)


# Keys to come ---------------------------------------------------------------------------------------------------------


class Pause(Frozen):
    """A block that no team has yet."""

    length: Minutes = 0.0
    paid: bool = True


class LaterTeam(Team):
    """A team as it may be some day, with a key of every kind more."""

    skill: Share = 0.0
    speaks: str = "french"
    briefing: DurationLaw = Field(default="0 s", validate_default=True)
    learns: dict[str, Share] = Field(default={})
    breaks: Pause = Field(default_factory=Pause)
    lunch: OrNone[Pause] = None


class LaterWorld(World):
    """A world as it may be some day."""

    teams: Ordered[dict[GivenName, LaterTeam]] = Field(min_length=1)  # type: ignore[assignment]  # no team is added
    weather: Pause = Field(default_factory=Pause)


@pytest.mark.parametrize("name", named())
def test_keys_that_come_into_being_later_leave_the_digests_of_shipped_worlds(name):
    assert digest(LaterWorld.model_validate(written(name))) == digest(name)


@given(plain=worlds())
@settings(max_examples=50, deadline=None)
def test_keys_that_come_into_being_later_leave_the_digest_of_any_world(plain):
    assert digest(LaterWorld.model_validate(plain)) == digest(World.model_validate(plain))


@pytest.mark.parametrize(
    "said",
    [
        {"skill": 0.5},
        {"speaks": "dutch"},
        {"briefing": "1 s"},
        {"learns": {"tact": 0.0}},
        {"breaks": {"length": "5 min"}},
        {"lunch": {}},  # there is one, though of no length
        {"lunch": {"paid": False}},
    ],
    ids=str,
)
def test_they_count_where_a_world_says_them(said):
    plain = LaterWorld.model_validate(TINY)
    told = LaterWorld.model_validate(merged(TINY, {"teams": {"front": said}}))
    assert digest(told) != digest(plain)


class ChangedTeam(Team):
    """A team of which two defaults are others by now."""

    competent: Annotated[Share, Neutral(1.0)] = 0.9
    after_call: Annotated[DurationLaw, Neutral({"law": "constant", "value": "0 s"})] = Field(
        default="10 s", validate_default=True
    )


class ChangedWorld(World):
    """A world of which defaults are others by now, in a table of blocks and in a block that it has by itself."""

    teams: Ordered[dict[GivenName, ChangedTeam]] = Field(min_length=1)  # type: ignore[assignment]  # as above
    loyalty: Loyalty = Field(default_factory=lambda: Loyalty(kappa=0.5))


BEFORE = {"competent": 1.0, "after_call": "0 s"}
NOW = {"competent": 0.9, "after_call": "10 s"}


def test_a_default_that_is_changed_changes_the_digests_of_the_worlds_that_rely_on_it():
    relying = ChangedWorld.model_validate(TINY)
    assert digest(relying) != digest(tiny_world())
    assert digest(relying) == digest(tiny_world(teams={"front": NOW}, loyalty={"kappa": 0.5}))


def test_a_world_that_says_what_the_default_was_keeps_its_digest():
    said = merged(TINY, {"teams": {"front": BEFORE}, "loyalty": {"kappa": 0.3}})
    assert digest(ChangedWorld.model_validate(said)) == digest(tiny_world())


RECORDED = json.loads(Path(__file__).with_name("neutral.json").read_text(encoding="utf-8"))


def test_every_neutral_value_is_what_it_was_when_its_key_came_into_being():
    """If not: a key that is new is added to the file; a default that was changed gets `Neutral` with the old one."""
    known = [*keys(), *((("law", *place), key) for place, key in keys(Empirical))]
    seen = {
        ".".join(place): neutral(key)
        for place, key in known
        if not key.field.is_required() and not key.has(Fact.LABEL) and not key.field.exclude
    }
    assert seen == RECORDED
