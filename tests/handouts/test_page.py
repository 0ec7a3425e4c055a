"""The page holds the library's own numbers, fetches nothing, and is whole whatever worlds are called."""

from __future__ import annotations

import base64
import datetime
import itertools
import re

import pytest

from sim.handouts import report_bytes
from sim.measures import MEASURES
from tests.handouts.pages import Page
from tests.handouts.studies import HOSTILE, UNPRINTABLE, compared, named, usual

DAY = datetime.date(2026, 11, 29)


@pytest.fixture(scope="module")
def study():
    return usual()


@pytest.fixture(scope="module")
def text(study):
    return report_bytes(study, "html", date=DAY, command="python -m sim compare a b").decode("utf-8")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def number(cell: str) -> float:
    return float(cell.replace(",", ""))


def test_every_measure_of_every_way_is_there_as_the_library_has_it(study, page):
    tables = [one for one in page.tables if one.caption.startswith("All measures")]
    assert len(tables) == len(study.ways) == 3
    for table, way in zip(tables, study.ways, strict=True):
        rows = {row[0].rstrip("*"): row for row in table.rows if len(row) > 1}
        for line in way.lines:
            _, unit, first, second, apart, ends, verdict = rows[line.measure.id]
            times = 100 if unit == "%" else 1
            for cell, estimate in ((first, line.worlds[0]), (second, line.worlds[1]), (apart, line.difference)):
                if estimate.mean is None:
                    assert cell == "undefined"
                    continue
                mean, reach = cell.split(" ± ")
                half = 0.5 * 10.0 ** -len(mean.partition(".")[2])
                assert number(mean) == pytest.approx(times * estimate.mean, abs=half * 1.0001)
                assert number(reach) == pytest.approx(times * (estimate.high - estimate.mean), abs=half * 1.0001)
            if line.difference.mean is None:
                assert (ends, verdict) == ("undefined", "")
            else:
                low, high = map(number, ends.strip("[]").split(", "))
                assert low == pytest.approx(times * line.difference.low, abs=0.5)
                assert high == pytest.approx(times * line.difference.high, abs=0.5)
                if line.difference.low <= 0 <= line.difference.high:
                    assert verdict in ("not told apart", "the same")


def test_what_is_better_is_what_the_register_calls_better(study, page):
    (table,) = [one for one in page.tables if one.caption == "All measures, slow instead of tiny, own staff"]
    for row in table.rows:
        if row[-1] in ("better", "worse"):
            up = number(row[4].split(" ± ")[0]) > 0
            assert (row[-1] == "better") == (up == (MEASURES[row[0].rstrip("*")].better == "higher"))


def test_it_says_what_was_found_what_is_missing_and_how_to_repeat_it(study, text, page):
    words = " ".join(page.words)
    for said in (
        "slow instead of tiny, own staff",
        "Equal service is not shown: no staff was found: =1+1 <b>.",
        "python -m sim compare a b",
        "29 November 2026",
        study.digests[0],
        'talk = "15 min"',
        "teams.front.talk",
    ):
        assert said in words
    assert "<b>" not in text


def test_it_fetches_and_runs_nothing(text, page):
    assert not re.search(r"https?:|//\w|@import|url\(", re.sub(r"base64,[\w+/=]+", "", text))
    assert not {"script", "link", "iframe", "object", "embed", "form"} & {tag for tag, _ in page.tags}
    assert not [name for _, bears in page.tags for name in bears if name.startswith("on")]
    policy = [bears["content"] for tag, bears in page.tags if bears.get("http-equiv") == "Content-Security-Policy"]
    assert policy[0].startswith("default-src 'none'")


def test_it_can_be_read_aloud(page):
    assert ("html", {"lang": "en"}) in page.tags
    assert page.wrong == [] and page.open == []
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(table.caption and {"col", "row"} <= {*table.scopes} for table in page.tables)
    pictures = [bears for tag, bears in page.tags if tag == "img"]
    assert len(pictures) >= 3 and all(len(bears["alt"]) > 40 for bears in pictures)
    ids = [bears["id"] for _, bears in page.tags if "id" in bears]
    assert len(ids) == len({*ids})
    assert {bears["href"] for tag, bears in page.tags if tag == "a"} <= {f"#{one}" for one in ids}


def test_the_figures_are_whole_and_fetch_nothing(page):
    for tag, bears in page.tags:
        if tag == "img":
            kind, _, data = bears["src"].partition(";base64,")
            drawing = base64.b64decode(data).decode("utf-8")
            assert kind == "data:image/svg+xml" and drawing.rstrip().endswith("</svg>")
            assert not re.search(r'href="(?!#)', drawing)


def test_french_numbers_have_a_comma_and_a_narrow_space(study):
    page = Page(report_bytes(study, "html", language="fr", date=DAY).decode("utf-8"))
    assert ("html", {"lang": "fr"}) in page.tags
    tables = [one for one in page.tables if one.rows[0][0] == "indicateur" and len(one.rows[0]) == 7]
    line = study.line("calls_per_day")
    cells = [row[2] for table in tables for row in table.rows if row[0] == "calls_per_day"]
    assert cells[0].split(" ± ")[0] == f"{line.worlds[0].mean:.1f}".replace(".", ",")
    numbers = [cell for table in tables for row in table.rows[1:] for cell in row[2:6]]
    assert not any(re.search(r"\d\.\d", cell) for cell in numbers)
    assert not any(re.search(r"\[[^;]*\]", cell) for cell in numbers)


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 3))
def test_hostile_names_stay_words(at):
    names = HOSTILE[at : at + 3]
    text = report_bytes(named(*names), "html", date=DAY, command=UNPRINTABLE).decode("utf-8")
    page = Page(text)
    assert page.wrong == [] and page.open == []
    assert not {"script", "b"} & {tag for tag, _ in page.tags}
    assert [tag for tag, bears in page.tags if tag == "img" and not str(bears["src"]).startswith("data:")] == []
    assert not {"\u202e", "\x1b", "\x00", "\r"} & {*text}
    assert {name in " ".join(page.words) for name in names} == {True}


def test_two_replications_and_one_and_a_measure_undefined():
    one = Page(report_bytes(compared((0,)), "html", date=DAY).decode("utf-8"))
    words = " ".join(one.words)
    assert "no interval" in words and "One replication gives no intervals" in words
    assert "nan" not in [word.lower() for word in re.findall(r"\w+", words)]
