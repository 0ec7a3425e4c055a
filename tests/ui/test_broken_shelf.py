"""What breaks on the shelf, or is of another kind than a link says: told in words, and the page stays up."""

from __future__ import annotations

import json

import pytest

from sim.reading import load, variant, written
from sim.ui.centre.brought import REPORT, ROSTER, taken
from sim.ui.state import shelf as shelves
from sim.ui.state.worlds import OWN
from tests.ui.opened import said
from tests.ui.test_brought import PASTED
from tests.ui.test_studies import on

NOT_KEPT = {"en": "not kept on this computer", "fr": "sur cet ordinateur"}
SHIFTS = b"team;day;start;end;agents\nfront;Mon;08:00;12:00;3\n"
DRAFT = json.dumps({"draft": {"name": "a draft"}}).encode()
ROWS = json.dumps([{"team": "frnt"}]).encode()
NESTED = json.dumps([{"team": {"front": [1, 2]}}]).encode()
REST = json.dumps({"measures": {"blocked_share": 0.02}}).encode()


def own_world(name: str) -> bytes:
    """Return a world as the shelf has it; of a name for each test, since a server remembers those that it has read."""
    return json.dumps({"name": name, "tree": written(variant(load("base"), {}, name=name))}).encode()


BROUGHT = {
    "world": ("world", "compare", "first", own_world),
    "mine": ("world", "compare", "mine", own_world),
    "begun": ("world", "edit", "edit", own_world),
    "what if": ("world", "centre", "w.world", own_world),
    "draft": ("world", "edit", "draft", lambda test: DRAFT),
    "rows": ("figures", "edit", "rows.staff", lambda test: ROWS),
    "report": ("report", "centre", "c.report", lambda test: PASTED.encode()),
    "roster": ("roster", "centre", "c.roster", lambda test: SHIFTS),
    "figures": ("figures", "centre", "f.more", lambda test: REST),
}
HOW = {
    "empty": lambda content: b"",
    "truncated": lambda content: content[: len(content) // 2],
    "no text": lambda content: b"\xff\x00" + content,
    "another": lambda content: content.replace(b"a", b"b"),
}


def place_of(key: str, name: str) -> dict[str, str]:
    """Return what an address says of it."""
    named = OWN + name if key in ("first", "mine", "edit", "w.world") else name
    return {key: named} | ({"c.step": "what_if"} if key == "w.world" else {})


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("what", BROUGHT)
def test_what_is_not_of_its_name_any_more_is_not_taken_and_told(what, how):
    kind, page, key, content_of = BROUGHT[what]
    content = content_of(f"{what} {how}")
    name = shelves.put(kind, content)
    (shelves.folder() / kind / f"{name}.kept").write_bytes(HOW[how](content))
    at = on(page, **place_of(key, name))
    assert not at.exception
    assert NOT_KEPT["en"] in said(at).replace("\\", "")
    at.session_state["address"] = at.session_state["address"] | {"lang": "fr"}
    assert not at.run().exception
    assert NOT_KEPT["fr"] in said(at)


@pytest.mark.parametrize(
    ("kind", "content", "page", "key"),
    [
        ("world", DRAFT, "compare", "first"),
        ("world", DRAFT, "compare", "mine"),
        ("world", DRAFT, "edit", "edit"),
        ("world", own_world("no draft"), "edit", "draft"),
        ("figures", ROWS, "centre", "f.more"),
        ("figures", REST, "edit", "rows.staff"),
        ("figures", NESTED, "edit", "rows.staff"),
    ],
)
def test_what_is_of_another_kind_than_the_link_says_is_told(kind, content, page, key):
    at = on(page, **place_of(key, shelves.put(kind, content)))
    assert not at.exception
    assert NOT_KEPT["en"] in said(at).replace("\\", "")


@pytest.mark.parametrize("key", ["c.report", "c.roster"])
def test_a_table_that_is_brought_again_is_there_again(key):
    sort, content = {"c.report": (REPORT, PASTED.encode()), "c.roster": (ROSTER, SHIFTS)}[key]
    name = taken(sort, content)
    (shelves.folder() / sort.kind / f"{name}.kept").write_bytes(b"")
    assert taken(sort, content) == name
    at = on("centre", **{key: name})
    assert not at.exception
    assert NOT_KEPT["en"] not in said(at)
    assert at.success[0].value.startswith("Read: ")
