"""Every key of a world has a widget that says what stands there and reads it back; turning one changes that key."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.languages import told
from sim.reading import WorldError, digest, from_tree, load, shipped, written
from sim.reading.fields import keys
from sim.reading.sent import sent
from sim.reading.trees import standing_at
from sim.ui.editing.draft import judged
from sim.ui.editing.files import extending, whole
from sim.ui.editing.laws import as_law
from sim.ui.editing.page import found
from sim.ui.editing.places import ABSENT, at_place, changes, path_of, place_of, set_at, undone, with_changes, written_as
from sim.ui.editing.renaming import added, removed, renamed
from sim.ui.editing.sections import names_in, rows, said_of, sections, shape_at
from sim.ui.editing.values import entries, fits, law_of, read, shown, typed, variant_of
from sim.ui.parts.shapes import MEAN, Shape, beginning, of_law, parameters, shape_of
from sim.world.facts import CHANNEL

TREES = {name: written(load(name)) for name in shipped()}
BASE = TREES["base"]


def leaves(tree, place, shape):
    """Yield every place of a tree that is drawn by a widget of its own, with its shape, as the page walks it."""
    value = at_place(tree, place)
    if shape.kind == "block":
        for row in rows(place, shape):
            if not (row.shape.optional and row.shape.kind == "block" and at_place(tree, row.place) is ABSENT):
                yield from leaves(tree, row.place, row.shape)
            else:
                yield row.place, row.shape
    elif shape.kind == "table":
        for name in entries(value):
            yield from leaves(tree, (*place, name), shape.inner[1])
    elif shape.kind == "either":
        which = variant_of(shape, value)
        inner = shape.inner[which]
        yield from leaves(tree, place, inner if which else replace(inner, optional=shape.optional))
    elif shape.kind == "law" and law_of(shape, value) not in (None, MEAN, "none"):
        for name, inner in parameters(shape.law(law_of(shape, value))):
            if name != "parts":
                yield (*place, name), inner
            for at, part in enumerate(value.get("parts", ()) if name == "parts" else ()):
                yield (*place, name, at, "share"), shape_of(float)
                yield from leaves(tree, (*place, name, at, "of"), dict(parameters(inner.inner[0].model))["of"])
                assert part
    else:
        yield place, shape


def all_leaves(tree):
    """Yield the leaves of all sections."""
    for section in sections():
        shape = shape_at(section)
        if not (shape.optional and at_place(tree, section) is ABSENT):
            yield from leaves(tree, section, shape)


def given_by(shape: Shape, value):
    """Return what the widget of a shape would give for a value: a text, a number, a list, as Streamlit does."""
    if shape.kind == "whole" and not isinstance(value, str):
        return float(value)
    if shape.kind in ("number", "share"):
        return told(typed(shape, value), "fr")
    if shape.kind == "list" and shape.inner[0].kind == "name":
        return [value] if isinstance(value, str) else list(value)
    return value if shape.kind in ("switch", "word") else shown(value)


@pytest.mark.parametrize("name", shipped())
def test_what_the_widgets_hold_read_back_is_the_same_world(name):
    tree = TREES[name]
    again = tree
    seen = 0
    for place, shape in all_leaves(tree):
        value = at_place(tree, place)
        if value is ABSENT:
            assert shape.optional, place
            continue
        assert fits(shape, value), (place, shape.kind, value)
        again = set_at(again, place, read(shape, given_by(shape, value), value))
        seen += 1
    assert seen > 150
    assert list(changes(tree, again)) == []


def test_every_key_of_the_models_has_a_widget():
    """Whatever the models declare is drawn in some section; what is another way to say a key is that key's."""
    lacking = [".".join(place) for place, key in keys() if not key.field.exclude and not _drawn(place)]
    assert lacking == []


def _drawn(place: tuple[str, ...]) -> bool:
    if place in sections():
        return True
    around = shape_at(place[:-1])
    return any(row.place == place for row in rows(place[:-1], around)) or any(
        section[: len(place)] == place for section in sections()
    )


def test_every_key_that_is_drawn_means_something():
    assert [path_of(place) for place, _ in all_leaves(BASE) if not said_of(place)] == []


@pytest.mark.parametrize(
    "shape", list(dict.fromkeys(shape_of(key.kind) for _, key in keys())), ids=lambda one: one.kind
)
def test_what_a_place_begins_with_is_possible_for_its_widget(shape):
    made = beginning(shape, names_in(BASE))
    assert shape.kind in ("table", "block", "either", "list") or fits(shape, made)


OTHER = {
    "switch": lambda shape, value: not value,
    "word": lambda shape, value: next(word for word in shape.words if word != value),
    "share": lambda shape, value: "12,5" if value != 0.125 else "25",
    "number": lambda shape, value: "0,5" if value != 0.5 else "0.75",
    "whole": lambda shape, value: 7 if value != 7 else 8,
    "duration": lambda shape, value: "7 min" if value != "7 min" else "8 min",
}
TURNED = [
    (place, shape) for place, shape in all_leaves(BASE) if shape.kind in OTHER and at_place(BASE, place) is not ABSENT
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TURNED))
def test_a_widget_turned_changes_its_key_and_no_other(leaf):
    place, shape = leaf
    value = at_place(BASE, place)
    made = set_at(BASE, place, read(shape, OTHER[shape.kind](shape, value), value))
    (change,) = changes(BASE, made)
    assert place[: len(change.place)] == change.place
    assert written_as(with_changes(BASE, [(change.place, change.now)])) == written_as(made)
    assert written_as(undone(BASE, made, change.place)) == written_as(BASE)


LAWS = sorted({word for _, key in keys() if (shape := shape_of(key.kind)).kind == "law" for word in shape.law_names()})


@pytest.mark.parametrize("word", LAWS)
def test_every_law_can_be_chosen_and_left_again(word):
    """A talk of 8.6 minutes becomes any law of durations, which a world takes; its size stays where it has one."""
    shape = shape_at(("population", "patience")) if word == "none" else shape_at(("teams", "front", "talk"))
    place = ("population", "patience") if word == "none" else ("teams", "front", "talk")
    made = as_law(shape, word, "8.6 min", names_in(BASE))
    world = from_tree(set_at(BASE, place, made), "made")
    assert law_of(shape, made) == word
    back = as_law(shape, "exponential", made, names_in(BASE))
    from_tree(set_at(BASE, place, back), "made")
    if word in (MEAN, "constant", "exponential", "lognormal", "gamma", "erlang"):
        assert back == {"law": "exponential", "mean": "8.6 min"}
        assert world.teams["front"].mean_talk("billing") == pytest.approx(8.6)


def test_laws_of_money_and_numbers_begin_possible():
    for place in (("population", "segments", "private", "renewal"), ("population", "again", "repair")):
        shape = shape_at(place)
        for word in shape.law_names():
            from_tree(set_at(BASE, place, of_law(shape.law(word), names_in(BASE))), "made")


@pytest.mark.parametrize(
    ("shape", "said", "value"),
    [
        (Shape("duration"), " 20 mins ", "20 mins"),
        (Shape("number"), "1,5", 1.5),
        (Shape("number"), "many", "many"),
        (Shape("whole"), "4", 4),
        (Shape("list", inner=(Shape("number"),)), "1, 2.5, x", [1.0, 2.5, "x"]),
        (Shape("list", inner=(Shape("number"),)), "1,5; 2", [1.5, 2.0]),
        (Shape("list", inner=(Shape("text"),)), "mon 08:00-12:00\ntue 09:00", ["mon 08:00-12:00", "tue 09:00"]),
        (Shape("list", inner=(Shape("name"),), single=True), ["front"], "front"),
        (Shape("number"), "24,5", 24.5),
        (Shape("share"), "7,1", 0.071),
        (Shape("share"), "7.1 %", 0.071),
        (Shape("share"), "half", "half"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_and_what_is_not_understood_stays_as_it_is(shape, said, value):
    assert read(shape, said, None) == value


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=20), min_size=1, max_size=4))
def test_any_name_may_stand_in_a_place(names):
    assert place_of(path_of(tuple(names))) == tuple(names)


@pytest.mark.parametrize("path", ["", "a..b", "a b", '"a', "a.", "../a"])
def test_what_is_no_place_is_refused(path):
    with pytest.raises(ValueError, match="no key of a world"):
        place_of(path)


def test_a_team_that_is_called_otherwise_is_so_everywhere():
    """The world with the other name is the same but for that name: the order of teams stays, and it can be lived."""
    made = renamed(BASE, ("teams",), "front", "Accueil n°1.b")
    world = from_tree(made, "made")
    assert list(world.teams) == ["Accueil n°1.b", "second"]
    assert world.line.team == "Accueil n°1.b"
    assert world.paths["too_hard"].sources() == ("Accueil n°1.b",)
    assert written_as(renamed(made, ("teams",), "Accueil n°1.b", "front")) == written_as(BASE)


def test_a_reason_that_is_called_otherwise_keeps_its_chances():
    tree = set_at(BASE, ("teams", "front", "solve", "billing.easy"), 0.99)
    made = from_tree(renamed(tree, ("population", "reasons"), "billing", "facture"), "made")
    assert made.teams["front"].solve["facture.easy"] == 0.99


WRITTEN = """
about = "x"
extends = "base"
[messages.mail]
team = "second"
patience = "2 d"
sends_on = { shop = 0.1 }
[desks.shop]
team = "second"
open = ["mon-fri 08:00-20:00"]
[contacts]
first = { phone = 0.5, mail = 0.5 }
then = { mail = { shop = 1.0 } }
[cases.repair.steps.mend]
team = "second"
[paths.too_hard]
by = "ticket"
case = "repair"
"""


def test_channels_and_cases_are_called_otherwise_everywhere():
    tree = written(sent(WRITTEN.encode(), "mine.toml"))
    for at, old, new in (
        (("messages",), "mail", "post"),
        (("desks",), "shop", "agency"),
        (("cases",), "repair", "fix"),
    ):
        tree = renamed(tree, at, old, new)
    world = from_tree(tree, "made")
    assert world.contacts.first == {"phone": 0.5, "post": 0.5}
    assert world.contacts.then == {"post": {"agency": 1.0}}
    assert world.messages["post"].sends_on == {"agency": 0.1}
    assert world.paths["too_hard"].case == "fix"


@pytest.mark.parametrize("name", ["phone", "mail", "shop"])
def test_no_two_channels_have_one_name(name):
    with pytest.raises(ValueError, match="already"):
        added(written(sent(WRITTEN.encode(), "mine.toml")), ("messages",), name)


def test_channels_and_cases_are_added_with_what_they_need():
    tree = written(sent(WRITTEN.encode(), "mine.toml"))
    for *at, name in (("messages", "post"), ("desks", "agency"), ("cases", "fix"), ("cases", "fix", "steps", "see")):
        tree = added(tree, tuple(at), name)
    world = from_tree(tree, "made")
    assert world.channel_names() == ("phone", "mail", "post", "shop", "agency")
    assert list(world.cases["fix"].steps) == ["first", "see"]
    assert "phone" in names_in(tree)[CHANNEL]


def test_what_is_added_like_another_makes_a_world_at_once():
    for at, like in ((("teams",), "front"), (("population", "reasons"), "billing")):
        from_tree(added(BASE, at, "one more", like), "made")
    queue = from_tree(set_at(added(BASE, ("queues",), "more"), ("teams", "front", "serves"), ["front", "more"]), "made")
    assert list(queue.queues) == ["more"]
    with pytest.raises(ValueError, match="already"):
        added(BASE, ("teams",), "front")


def test_what_is_taken_away_is_told_where_a_path_leads_there():
    with pytest.raises(WorldError) as wrong:
        from_tree(removed(TREES["empowered"], ("teams",), "second"), "made")
    assert {one.key.split("[")[0] for one in wrong.value.mistakes} == {
        "paths.wrong_person.from",
        "paths.wrong_person.to",
    }


def test_mistakes_are_found_at_their_places_all_at_once():
    tree = set_at(
        set_at(BASE, ("teams", "front", "talk"), "8 mins"), ("population", "reasons", "billing", "share"), 0.5
    )
    its = judged(json.dumps(tree), "base")
    assert its.world is None
    assert [one.suggestion for one in its.of(("teams", "front", "talk"))] == ['write "8 min"']
    assert its.of(("population", "reasons"))
    assert not its.of(("teams", "second"))


@pytest.mark.parametrize("name", shipped())
def test_a_file_of_an_edited_world_is_that_world(name):
    """Whole or as a difference, what is downloaded reads back to the same digest, and marks what was changed."""
    tree = set_at(TREES[name], ("levers", "time", "cut_after"), "17 min")
    team = next(iter(tree["teams"]))
    tree = set_at(tree, ("teams", team, "wage_skills"), {team: 1.0})
    tree = set_at(tree, ("population", "busyness_day"), ABSENT)
    world = from_tree(tree, "made")
    for text in (whole(world, name), extending(world, name)):
        assert text is not None
        assert digest(sent(text.encode(), "made.toml")) == digest(world)
        assert 'cut_after = "17 min"  # changed: ' in text


def test_teams_in_another_order_are_no_difference_that_a_file_could_say():
    tree = {**BASE, "teams": dict(reversed(BASE["teams"].items()))}
    world = from_tree(tree, "made")
    assert extending(world, "base") is None
    assert digest(sent(whole(world, "base").encode(), "made.toml")) == digest(world)


@pytest.mark.parametrize(
    ("said", "place"),
    [("patience", "population.patience"), ("cut after", "levers.time.cut_after"), ("premium", "teams.*.wage_premiums")],
)
def test_a_key_is_found_by_its_name_or_its_meaning(said, place):
    assert place in [".".join(one.place) for one in found(said)]


def test_nothing_is_found_by_nothing():
    assert found("  ") == [] and found("xyzzy") == []


def test_undone_leaves_tables_in_their_order():
    gone = removed(BASE, ("teams",), "front")
    assert list(undone(BASE, gone, ("teams", "front"))["teams"]) == ["front", "second"]
    assert standing_at(gone, "teams", "front") is None
