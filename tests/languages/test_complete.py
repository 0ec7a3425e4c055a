"""French has all that the program says: every sentence of the rooms held here is read off their source.

What a room says is each of its texts of two words or more; a sentence is in French if a catalogue has its skeleton, the
text with ``{}`` at each value.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import defaultdict
from functools import cache

import pytest
from pydantic import BaseModel

from sim.figures.names import spoken
from sim.languages import told
from sim.languages.catalogue import files
from sim.measures import MEASURES
from sim.measures.intervals.columns import COLUMNS
from sim.reading.fields import keys
from sim.reading.meaning import docstrings, meaning
from sim.study.calibrating.figures import Figures
from sim.ui.parts.forms import label_of, words_of
from sim.world import distributions
from tests.languages.harvest import SIM, every_constant, said_in, skeleton, sources

HELD = [
    "asked.py", "data", "engines", "figures", "files.py", "fitting", "history", "measures", "moments.py", "people",
    "quoting.py", "reading", "report", "study", "theory", "units.py", "world",
]  # fmt: skip
NOT_YET_HELD = {
    "bars.py": "progress, written for a terminal",
    "cli": "the commands' own help and errors, read in a terminal",
    "luck": "mistakes that only a programmer can make",
    "machine": "mistakes that only a programmer can make",
    "mechanisms": "mistakes that only a programmer can make",
    "ui": "held by its own words: tests/ui/test_words.py",
    "handouts": "held by its own words: tests/handouts/test_words.py",
}
WORDLESS = {"__init__.py", "__main__.py", "purposes.py", "languages"}
LISTS_OF_HEADINGS = {"data/headings.py", "data/known.py", "data/reading_calls.py", "study/calibrating/figures.py"}
"""Files with headings as others write them, one behind the other."""
PAGES = {"known.py", "page.py"}
"""Files that write a page of the documents."""
NOT_SAID = re.compile(
    r"<[A-Z]\w+ ?(of )?.*>"  # how a value shows itself in Python
    r"|(upper|lower) \w+|axes fraction|offset points|More than .*|Glyph .*"  # for matplotlib
    r"|end of document|Exceeds the limit|A worker stopped while some jobs"  # what others say, to be known again
    r"|s, min, h, d, weeks, months|\{\} min|mon \{\}|week \{\}, \{\}|\"\{\} min\""  # as it is written in a file
    r"|on \{\} at \{\}|le \{\} à \{\}"  # for each language by itself: `sim.report.lived.spoken.SHAPES`
    r"|(sous|total|grand) (total|general)|\w+ name|dial\w+ number",  # headings
    re.DOTALL,
)
SPELLED_OUT = {
    "{} gain{}": "customers gain",
    "{} lose{}": "the firm loses",
    "{} {} effort": "raises effort",
    "{} {} effort more than {}": "raises effort more than",
    "{} {} effort most of all": "raises effort most of all",
    "{} at {} points of a design, {} replication": "point of a design",
    "{} at {} point of a design, {} replication": "point of a design",
    "s of each (seed {}), and as it is: every point on the same customers.": "replications of each",
    "of each (seed {}), and as it is: every point on the same customers.": "replication of each",
}
"""Sentences that are put together where no single template finds them, and words of the composed ones."""
COMPOSED = {"app", "composed", "handouts", "keys", "names", "story", "words"}
"""Catalogues whose sentences do not stand in one piece in the source."""


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """Return the French catalogues by name."""
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files("fr")}


@cache
def skeletons() -> frozenset[str]:
    return frozenset(skeleton(english) for one in catalogues().values() for english in one)


def test_every_room_is_held_or_said_not_to_be_yet():
    rooms = {path.name for path in SIM.iterdir() if path.is_dir() or path.suffix == ".py"} - {"__pycache__"}
    assert rooms == {*HELD, *NOT_YET_HELD, *WORDLESS}


@pytest.mark.parametrize("room", HELD)
def test_every_sentence_of_a_room_is_in_french(room):
    lacking = [
        f"{said.file.relative_to(SIM)}:{said.line}: {said.skeleton}"
        for said in said_in(room)
        if said.skeleton not in skeletons() | SPELLED_OUT.keys()
        and not NOT_SAID.fullmatch(said.skeleton)
        and not (str(said.file.relative_to(SIM)) in LISTS_OF_HEADINGS and "|" in said.skeleton)
        and not said.skeleton.startswith("#")
        and "\n\n" not in said.skeleton
        and said.file.name not in PAGES
        and "measures/register" not in said.file.as_posix()  # definitions that are put together: held by their values
        and said.file != SIM / "measures" / "intervals" / "columns.py"
    ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("composed", sorted(set(SPELLED_OUT.values())))
def test_what_is_spelled_out_stands_among_the_composed_sentences(composed):
    assert any(composed in english for english in catalogues()["composed"])


def test_every_key_and_every_measure_has_its_meaning_in_french():
    meanings = {meaning(".".join(place).replace("*", "x")) for place, _ in keys()} - {""}
    definitions = [measure.definition for measure in MEASURES.values()]
    figures = docstrings(Figures).values()
    said = {*meanings, *definitions, *figures, *(column.definition for column in COLUMNS.values())}
    assert len(said) > 250
    assert [one for one in said if told(one, "fr") == one] == []


ALIKE = {"CES", "contact", "contacts", "effort", "identifications", "messages", "minutes", "service", "solution"}
"""Words of measures' names that are the same in both languages."""


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_called_something_in_french(measure):
    english, french = (set(re.findall("[A-Za-z]{2,}", said)) for said in (spoken(measure), told(spoken(measure), "fr")))
    assert english & french <= ALIKE


def test_every_key_is_called_something_in_french():
    labels = {place[-1].replace("_", " ") for place, _ in keys()}
    words = catalogues()["keys"].keys() | catalogues()["words"].keys() | catalogues()["measures"].keys()
    assert [one for one in sorted(labels) if one not in words and told(one, "fr") == one] == []


CODES = {"arena", "minute", "second", "sl0", "sl1", "sl2", "slg"}
"""Words of keys that are names of their own, or the same in both languages."""


def test_every_word_that_a_key_may_have_is_called_something_in_french():
    words = {word for _, key in keys() for word in words_of(key.kind)} - CODES
    assert len(words) > 40
    assert [one for one in sorted(words) if told(label_of(one), "fr") == label_of(one)] == []


def abouts() -> set[str]:
    """Return what the shipped worlds, profiles and tariffs say that they are."""
    files = (SIM.parent / "scenarios").rglob("*.toml")
    line = re.compile(r'^(?:about|title|told) = "(.*)"', re.MULTILINE)
    said = (line.findall(file.read_text(encoding="utf-8")) for file in files)
    return set(itertools.chain.from_iterable(said))


def test_whatever_is_shipped_says_in_french_what_it_is():
    assert len(abouts()) > 10
    assert abouts() - catalogues()["shipped"].keys() == set()


def test_both_sides_have_the_same_names():
    odd = [
        english
        for one in catalogues().values()
        for english, french in one.items()
        if set(re.findall(r"\{(\w+)\}", english)) != set(re.findall(r"\{(\w+)\}", french))
    ]
    assert odd == []


def test_no_sentence_is_said_in_two_ways():
    """Names of keys aside: they are words of every day, which mean something else within a sentence."""
    said = defaultdict(set)
    for name, one in catalogues().items():
        for english, french in one.items() if name != "keys" else ():
            said[skeleton(english)].add(skeleton(french))
    assert {english: french for english, french in said.items() if len(french) > 1} == {}


def test_no_catalogue_says_what_nothing_says():
    said = {one for file in sources(["."]) for one in every_constant(file)}
    said |= {skeleton(meaning(".".join(place).replace("*", "x"))) for place, _ in keys()}
    laws = (model for model in vars(distributions).values() if isinstance(model, type) and issubclass(model, BaseModel))
    said |= {skeleton(one) for one in abouts()}
    said |= {skeleton(one) for model in (*laws, Figures) for one in docstrings(model).values()}
    evaluated = "\n".join(
        [*(measure.definition for measure in MEASURES.values()), *(one.definition for one in COLUMNS.values())]
    )
    idle = [
        f"{name}: {english}"
        for name, one in catalogues().items()
        if name not in COMPOSED
        for english in one
        if skeleton(english) not in said and not _stands_in(english, evaluated)
    ]
    assert idle == []


def _stands_in(english: str, text: str) -> bool:
    """Say whether a sentence with names stands in a text: each of its parts does."""
    parts = [part.strip() for part in re.split(r"\{\w+\}", english) if len(part.strip()) > 3]
    return bool(parts) and all(part.rstrip(".") in text for part in parts)


def test_french_is_spaced_as_french_is():
    """A no-break space stands before the high signs once a catalogue is read; in the file it may be a plain one."""
    french = [french for one in catalogues().values() for french in one.values()]
    assert [one for one in french if re.search(r"\w[;?!](\s|$)", _bare(one))] == []


def _bare(french: str) -> str:
    return re.sub(r'"[^"]*"|\{[^}]*\}', "", french)
