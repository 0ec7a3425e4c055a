"""Every event has its words in every language, and all that can be lived can be told."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.engines import run
from sim.history.rows import Event, History
from sim.languages.catalogue import files, sentences, sentences_of
from sim.measures import tables
from sim.people import populate
from sim.reading import load, shipped, variant
from sim.report.lived import spoken, story, telling, words
from sim.report.lived.course import HOLDS
from sim.report.lived.elsewhere import ELSEWHERE
from sim.report.lived.in_calls import IN_CALLS
from sim.report.lived.story import tell
from sim.report.lived.words import COUNTED, ENDINGS, TOLD_OTHERWISE, WORDS
from sim.world import World
from tests import by_hand
from tests.property.worlds_at_large import worlds
from tests.stories.strips import strips

STORY = next(file for file in files("fr") if file.stem == "story")
MANY = 24
"""Customers told of each shipped world."""


def test_every_event_has_its_words():
    """A new event fails here until it has: some are told with what comes before or after them."""
    assert set(WORDS) == set(Event)
    assert not set(IN_CALLS) & set(ELSEWHERE)
    silent = {Event.APPEARED, Event.LEFT_AGENT, Event.CALL_ENDED}
    assert set(TOLD_OTHERWISE) == silent | {Event.SENT, Event.TAKEN_UP, Event.DESK_LEFT, Event.CHAT_ENDED}


def test_something_is_always_said_of_an_event_unless_it_is_a_hold_of_no_length():
    """The last way of one part at least has no condition, and is not silent."""
    for event, parts in WORDS.items():
        if event not in TOLD_OTHERWISE:
            assert any(part[-1][0] is None and part[-1][1] for part in parts), event.name


def test_all_that_a_call_can_end_with_and_all_that_can_happen_in_it_is_told_of_calls_told_together():
    """What is neither an ending nor counted is a step that the sums hold, or an ending of the journey."""
    known = {*ENDINGS, *(event for events in COUNTED.values() for event in events)}
    steps = {Event.DIALLED, Event.PICKED_UP, Event.QUEUED, Event.ANSWERED, Event.TALKING, Event.BRIEFING}
    steps |= {Event.RUNG_BACK, Event.COLLEAGUE_JOINED, Event.CONFERRING, Event.FOUND_OUT}
    steps |= {Event.WROTE, Event.ACKNOWLEDGED, Event.FILED, Event.WORKED_ON, Event.HANDED_ON, Event.READ}
    steps |= {Event.SET_OUT, Event.CHAT_OPENED, Event.CHATTING, Event.STEP_BEGUN, Event.VISIT_BOOKED, Event.CASE_CLOSED}
    last = {Event.DROPPED, Event.GAVE_UP, Event.REPAIRED, Event.LIMIT_REACHED, Event.PREVENTED}
    assert set(Event) - known == steps | last | set(TOLD_OTHERWISE)


@pytest.fixture
def said(monkeypatch):
    """Note every template that is said."""
    noted: set[str] = set()
    for module in (words, telling, spoken, story):
        true = module.say

        def noting(template, *arguments, true=true, **values):
            noted.add(template)
            return true(template, *arguments, **values)

        monkeypatch.setattr(module, "say", noting)
    return noted


@pytest.fixture(scope="module")
def hand_made():
    """Return the histories of all film strips."""
    kept: list[History] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(by_hand, "assert_compiled_tells", kept.append)
    patch.setattr(by_hand, "assert_both_tell", lambda world, customers: kept.append(by_hand.tell(world, customers)))
    for strip in strips().values():
        strip()
    patch.undo()
    return kept


def readable(text: str) -> None:
    """Refuse braces, codes and what was left open."""
    assert not re.search(r"[{}]|\bnan\b|\binf\b|None|\b[A-Z]{2,}_|[a-z]_[a-z]", text), text
    assert "  " not in text.replace("\n  ", "\n"), text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_film_strip_can_be_told(hand_made, language):
    """They hold every event there is; no name of theirs bears an underscore."""
    met: Counter[int] = Counter()
    for history in hand_made:
        for customer in range(len(history.customers)):
            for full in (False, True):
                readable(tell(history, customer, language, full=full).text())
        met.update(history.rows["event"].tolist())
    assert set(met) == set(map(int, Event))


def test_every_sentence_is_in_the_french_catalogue_with_its_names(hand_made, said):
    for history in hand_made:
        for customer in range(len(history.customers)):
            tell([history, history], customer, "fr", full=True)
            tell(history, customer, "fr")
    french = sentences("fr")
    assert {one for one in said | set(words.templates()) if one not in french} == set()
    for english, other in french.items():
        assert Counter(re.findall(r"\{\w+\}", english)) == Counter(re.findall(r"\{\w+\}", other)), english


def test_no_other_catalogue_says_one_of_these_sentences_otherwise():
    assert {one: sentences("fr")[one] for one in sentences_of(STORY)} == sentences_of(STORY)


SHIPPED = sorted(shipped())


@pytest.fixture(scope="module", params=SHIPPED)
def lived(request):
    world = variant(load(request.param), {"time": {"horizon": "7 d"}})
    return run(world, populate(world, seed=3))


def told_of(history: History) -> list[int]:
    """Return customers over the whole run, and those with the most calls."""
    journeys = tables(history).journeys
    most = journeys["customer"][np.argsort(journeys["calls"])[-MANY // 2 :]]
    spread = np.linspace(0, len(history.customers) - 1, MANY).astype(int)
    return sorted({*most.tolist(), *spread.tolist()})


_CALL = re.compile(r"The call has taken [^.]*?and cost (?:nothing|([\d,.]+) euros?)\.")
_CLOSE = re.compile(r"In the end: ([\d,]+) calls?, and ([\d,]+) minutes? on the telephone")
_TOLL = re.compile(r"He has paid ([\d,.]+) euros? of toll")


def number(found: re.Match[str] | None) -> float:
    return float(found.group(1).replace(",", "")) if found else 0.0


def test_stories_of_shipped_worlds_add_up_to_the_tables(lived):
    """Minutes to half a minute, euros to half a cent, calls to the last; each call's euros to half a cent a call."""
    asked = tables(lived)
    by_call = asked.calls["minutes"]
    each = (np.ones(len(by_call)), by_call.sum(axis=1), by_call[:, list(HOLDS)].sum(axis=1), asked.tolls.total)
    sums = [np.bincount(asked.calls["customer"], one, len(lived.customers)) for one in each]
    for customer in told_of(lived):
        calls, minutes, waited, toll = (float(one[customer]) for one in sums)
        whole = tell(lived, customer, full=True)
        text, course = whole.text().replace("\n  ", " "), whole.lived[0].course
        closing = _CLOSE.search(text)
        assert (closing is None) == (calls == 0)
        if closing is not None:
            assert float(closing.group(1).replace(",", "")) == calls
            assert abs(float(closing.group(2).replace(",", "")) - minutes) <= 0.5 + 1e-9
        assert abs(number(_TOLL.search(text)) - toll) <= 0.005 + 1e-9
        one_by_one = sum(float((m.group(1) or "0").replace(",", "")) for m in _CALL.finditer(text))
        assert abs(one_by_one - toll) <= 0.005 * calls + 1e-9
        assert course.beside > -1e-9
        assert (course.held, course.minutes) == pytest.approx((waited, minutes), abs=1e-9)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_hundreds_of_customers_of_shipped_worlds_can_be_told(lived, language):
    for customer in told_of(lived):
        readable(tell(lived, customer, language).text().replace(lived.world.name, "world"))


def test_journeys_of_the_table_have_the_effort_of_the_story(lived):
    journeys = tables(lived).journeys
    for row in journeys[:: max(len(journeys) // MANY, 1)]:
        course = tell(lived, int(row["customer"])).lived[0].course
        assert (course.effort, course.ces, course.toll) == pytest.approx(
            (row["effort"], row["ces"], row["toll"]), rel=1e-12
        )
        assert course.end == ("open", "solved", "gave up")[row["status"]]


@given(written=worlds(), seed=st.integers(0, 2**32), language=st.sampled_from(["en", "fr"]))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
def test_any_world_can_be_told(written, seed, language):
    world = World.model_validate(written)
    history = run(world, populate(world, seed=seed))
    for customer in range(0, len(history.customers), max(len(history.customers) // 20, 1)):
        text = tell(history, customer, language).text()
        assert "{" not in text.replace(world.name, "")
