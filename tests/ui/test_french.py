"""The pages in French: no English word is left in anything that they show, label, explain or offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from sim.languages.writing import SPACE
from sim.ui.comparing.views import VIEWS
from sim.ui.editing.grids import GRIDS
from tests.ui.opened import said, until
from tests.ui.test_studies import on, run

ENGLISH = re.compile(
    r"(?<![\w.\"\[/=_-])(the|is|are|was|were|of|and|with|by|that|which|or|not|from|to|over|per|at|for|it|has|have"
    r"|every|there|no|its|than|their|they|when|where|whose|must|write|did|you|needed|lived|staff|calls?|customers?|days?"
    r"|knowledge|rest|together|share|hold|toll|firm)(?![\w.=\]/_-])"
)
CODE = re.compile(r'`[^`]*`|"[^"]*"|\w+ = \S+|\w+>=.*?\.\.\.')
SOURCE = re.compile(r"\(\w+\.toml:\d+\)")
"""Where a value comes from, as the worlds' files say it: in English."""
PROGRAM = {"code", "text_area"}
"""Elements that hold what a file or a command line would."""
TOLD_ELSEWHERE = {
    "id",
    "url",
    "key",
    "element_id",
    "form_id",
    "fragment_id",
    "name",
    "icon",
    "user_key",
    "css",
    "media",
}
"""What of an element is no word for a reader."""


def english_in(said: str) -> list[str]:
    """Return the common English words of a text; what is code, and the French words that look like them, left out."""
    return [found[0] for found in ENGLISH.finditer(CODE.sub("#", said.replace("\\", "")))]


def words_of(message: Message) -> Iterator[str]:
    """Yield every text of an element, with what it holds."""
    for field, value in message.ListFields():
        if field.name in TOLD_ELSEWHERE:
            continue
        many = value if isinstance(value, (list, tuple)) or hasattr(value, "append") else [value]
        for one in many:
            if isinstance(one, str):
                yield one
            elif isinstance(one, Message):
                yield from words_of(one)


def shown(at) -> Iterator[str]:
    """Yield every text of a page: labels, help, options, captions, and the headings and words of its tables."""
    for one in elements(at._tree):
        proto = getattr(one, "proto", None)
        if isinstance(proto, Message) and one.type not in PROGRAM:
            yield from words_of(proto)
    for table in at.dataframe:
        cells = table.value.select_dtypes(exclude="number").to_numpy().flatten()
        yield from map(str, cells if table.proto.editing_mode else [*table.value.columns, *cells])


def elements(block) -> Iterator[Any]:
    """Yield what stands in a block, and in the blocks in it."""
    for one in block.children.values():
        yield one
        if hasattr(one, "children"):
            yield from elements(one)


def left(at) -> list[str]:
    """Return the lines of a page that are English still."""
    lines = [line for text in shown(at) for line in text.splitlines()]
    return [line for line in dict.fromkeys(lines) if english_in(line) and not SOURCE.search(line)]


def written(at) -> list[str]:
    """Return the numbers of the first table as they are written."""
    styled = at.dataframe[0].proto.arrow_data.styler.display_values
    numbers = at.dataframe[0].value.select_dtypes("number").columns
    return [str(cell) for name in numbers for cell in convert_arrow_bytes_to_pandas_df(styled)[name]]


def idle(at) -> bool:
    """Say whether nothing is being worked on for a page any more."""
    return not at.get("progress") and not any("se compile" in one.value for one in at.info)


def test_english_is_found():
    """Or else none of what follows could fail."""
    assert english_in("Toll per appel, `the code` and what = of") == ["per", "and"]
    assert "Calls offered" in "\n".join(shown(on("centre", lang="en")))
    assert len(left(on("levers", lang="en"))) > 50


@pytest.mark.parametrize("page", ["compare", "centre", "levers", "staffing", "stories", "sweep", "watch"])
def test_a_page_has_nothing_in_english(page):
    at = until(on(page, lang="fr"), idle)
    assert not at.exception
    assert left(at) == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_a_comparison_has_nothing_in_english(view):
    at = until(on("compare", lang="fr", view=view), lambda one: idle(one) and one.metric)
    assert left(at) == []


@pytest.mark.parametrize("section", [*(f"table.{name}" for name in GRIDS), "population", "tariff", "teams", "effort"])
def test_a_section_of_a_world_has_nothing_in_english_but_its_sources(section):
    assert left(on("edit", lang="fr", section=section)) == []


@pytest.mark.parametrize("step", ["fit", "keep", "what_if"])
def test_a_step_of_my_centre_has_nothing_in_english(step):
    assert left(on("centre", lang="fr", **{"c.step": step})) == []


def test_a_business_case_has_nothing_in_english():
    at = until(on("centre", lang="fr", **{"c.step": "what_if", "w.staff": "80"}), lambda one: idle(one) and one.metric)
    assert left(at) == []


@pytest.mark.parametrize(
    ("page", "place", "address"),
    [
        ("levers", "levers", {"levers.measures": "calls_per_problem", "second": "hotline_2005"}),
        ("levers", "tornado", {"kind": "tornado"}),
        ("levers", "break-even", {"kind": "break-even", "be.from": "0.05", "be.to": "0.5"}),
        ("levers", "levers", {"first": "silence", "second": "answered", "days": "3",
                              "levers.measures": "backlog.web"}),
        ("levers", "break-even", {"first": "silence", "second": "answered", "kind": "break-even",
                                  "be.vary": "messages.mail.answered", "be.measure": "answered_share.mail"}),
        ("sweep", "sweep", {"sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "10 min, none"}),
        ("sweep", "sweep", {"first": "silence", "sw.many": "1", "sw.0.path": "teams.web.staff",
                            "sw.measures": "backlog.web,answer_hours.mail"}),
        pytest.param(
            "staffing",
            "staffing",
            {"st.every": "2 h", "second": "hotline_2005", "st.share": "50", "st.by": "whole"},
            marks=pytest.mark.slow,
        ),
    ],
)  # fmt: skip
def test_a_study_answers_in_french(page, place, address):
    """With a seed of its own: the server keeps answers, and what others ask would be there without a button."""
    at = run(on(page, lang="fr", seed="2", **address), place, lambda one: idle(one) and one.get("image"))
    assert left(at) == []
    assert not at.warning
    assert english_in("\n".join(one.value for one in at.code)) == []
    numbers = written(at)
    assert any("," in one for one in numbers)
    assert not any("." in one for one in numbers)


def test_a_story_is_placed_in_french():
    there = on("stories", lang="fr", story="silence", times="6")
    at = run(there, "stories silence", lambda one: idle(one) and one.get("image"))
    assert left(at) == []
    assert [*at.dataframe[0].value["indicateur"]] == ["contacts", "canaux"]
    assert all(" ; " in cell.replace(SPACE, " ") for table in at.dataframe for cell in table.value["percentile"])


def test_a_grid_is_pasted_under_the_headings_that_it_has_in_french():
    at = on("edit", lang="fr", section="table.segments")
    assert "dans cet ordre : Segment, Part, Autre réseau, Autonomie." in said(at).replace(SPACE, " ")
    rows = "Autonomie;Part;Autre réseau;Segment\n15;80;10;private\n15;20;10;professional"
    at.text_area(key="table: pasted segments").set_value(rows)
    next(one for one in at.button if one.label == "Prendre ces lignes").click().run()
    assert not at.error
    assert at.dataframe[0].value["share"].tolist() == [80, 20]
