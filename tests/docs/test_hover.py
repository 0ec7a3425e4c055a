"""What an editor shows of a public word: what it takes, in which unit, what it gives, what it refuses, an example."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
from enum import EnumMeta
from pathlib import Path
from typing import Any

import pytest

import sim

WORDS = {name: getattr(sim, name) for name in sim.__all__ if callable(getattr(sim, name))}
FUNCTIONS = {name: word for name, word in WORDS.items() if not inspect.isclass(word)}
CLASSES = {name: word for name, word in WORDS.items() if inspect.isclass(word)}
WITH_EXAMPLES = (
    "best", "break_even", "changed", "compare", "levers", "load", "populate", "replicate", "run", "staff", "sweep",
)  # fmt: skip
"""The words that nearly everybody begins with."""
NEVER_REFUSE = {
    "bar", "difference", "difference_table", "digest", "events", "regimes", "same_population", "shipped", "stories",
    "variants",
}  # fmt: skip
"""They take nothing that could be wrong, or nothing at all."""


def section(word: Any, title: str) -> str:
    """Return what stands under a heading of a docstring in NumPy's style; nothing where it has none."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", f"{inspect.getdoc(word)}\n", re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def told(word: Any, title: str = "Parameters") -> set[str]:
    """Return the names that a section tells of: before a colon, or alone on their lines, several with commas."""
    lines = re.findall(r"^([*\w][*\w, ]*?)(?: *:.*)?$", section(word, title), re.MULTILINE)
    return {name.strip(" *") for line in lines for name in line.split(",")}


def taken(word: Any) -> set[str]:
    return {*inspect.signature(word).parameters}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_tells_of_all_that_it_takes_and_of_nothing_else(name):
    assert told(FUNCTIONS[name]) == taken(FUNCTIONS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_returns_and_what_it_refuses(name):
    word = FUNCTIONS[name]
    assert section(word, "Returns"), "Returns"
    if name not in NEVER_REFUSE:
        assert re.search(r"^\w*(?:Error|Interrupt)", section(word, "Raises"), re.MULTILINE), "Raises"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_types_that_a_function_says_stand_in_its_signature(name):
    """py.typed is shipped: an editor shows them."""
    signature = inspect.signature(FUNCTIONS[name])
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_says_what_it_is(name):
    word = CLASSES[name]
    assert word.__doc__
    if dataclasses.is_dataclass(word) and not isinstance(word, EnumMeta):
        fields = {one.name for one in dataclasses.fields(word) if not one.name.startswith("_")}
        assert told(word, "Attributes") <= fields | {*dir(word)}, "a name that it does not have"
        assert section(word, "Attributes"), "Attributes"


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_main_words_have_an_example_that_is_run(name):
    """The examples of the sources are run where they stand; here they are once more, as somebody would type them."""
    word = FUNCTIONS[name]
    assert ">>> " in section(word, "Examples")
    file = Path(inspect.getsourcefile(inspect.unwrap(word)) or "")
    found = doctest.DocTestParser().get_doctest(section(word, "Examples"), {"sim": sim, name: word}, name, str(file), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(found)
    assert runner.summarize(verbose=False).failed == 0


def test_the_types_are_shipped():
    assert (Path(sim.__file__).parent / "py.typed").is_file()
