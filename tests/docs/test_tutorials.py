"""The pages that tell how something is added are carried out, edit by edit, in a copy of the sources."""

from __future__ import annotations

import re

import pytest

from tests.docs.tutorials import ROOT, Command, apply, commands, copied, edits, output, prints

PAGES = ("add_a_key", "add_a_measure", pytest.param("add_a_mechanism", marks=pytest.mark.slow))
MOST_FILES = 12


def text(page: str) -> str:
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=PAGES)
def page(request):
    return request.param


@pytest.fixture(scope="module")
def edited(page, tmp_path_factory):
    """A copy of the sources in which all edits of a page have been made."""
    folder = copied(tmp_path_factory.mktemp(page))
    for edit in edits(text(page)):
        apply(edit, folder)
    return folder


def as_said(command: Command, folder) -> None:
    seen = output(command.typed, folder)
    assert not command.printed or prints(seen, command.printed), f"{command.typed}\n{seen}"


def test_a_page_can_be_followed(page, edited):
    """Every edit finds its place, and every command that compiles nothing says what the page says."""
    for command in commands(text(page)):
        if not command.compiles:
            as_said(command, edited)


@pytest.mark.slow
def test_a_page_can_be_followed_to_its_end(page, edited):
    for command in commands(text(page)):
        as_said(command, edited)


@pytest.mark.slow
def test_what_a_page_leaves_behind_is_in_good_style(page, edited):
    output("ruff check sim tests && ruff format --check sim tests && mypy -p sim", edited)


def test_a_mechanism_takes_twelve_files():
    """Those of the tests, of the model's page and of the trial are not counted: the page says which."""
    page = text("add_a_mechanism")
    said = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    made = {name for name in said if f"> {name}" in page or name.endswith("schema.json")}
    written = {edit.file for edit in edits(page) if edit.file.startswith("sim/")}
    assert written | made == set(said)
    assert len(said) == MOST_FILES
