"""What the program really says is read in French, and no English is left in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import sim
from sim.history.events import COLUMNS, Event
from sim.languages import told, told_rows
from sim.languages.writing import SPACE
from sim.measures import MEASURES
from sim.reading import WorldError, load
from sim.reading.fields import keys
from sim.reading.meaning import docstrings, meaning
from sim.report.finding import findings
from sim.study.calibrating.figures import Figures
from sim.study.searching.equal import LABELS
from tests.reading.conftest import SMALL

ENGLISH = re.compile(
    r"(?<![\w.\"\[/`'(=-])(the|is|are|was|were|of|and|with|by|that|which|or|not|from|to|over|per|at|for|it|has|have"
    r"|each|every|there|no|its|than|their|they|when|where|whose|must|write|did|you|mean|replications?|days?|calls?)"
    r"(?![\w.=\]/`'-])"
)
CODE = re.compile(r'``.*?``|`[^`]*`|"[^"]*"|\{[^{}]*\}|\[[^\]]*\] \S+|\w+ = \S+')


def english_in(french: str) -> list[str]:
    """Return the common English words of a text, those of its code left out."""
    return [found[0] for found in ENGLISH.finditer(CODE.sub("#", french))]


def assert_french(said: str) -> None:
    """Hold that a text has become French, all of it."""
    french = told(said, "fr")
    assert english_in(french) == [], f"{said}\n-> {french}"


def test_the_list_of_english_words_finds_english():
    """Or else none of what follows would fail."""
    assert english_in("customers gain, the firm's costs are not told apart") == ["the", "are", "not"]


def test_every_key_says_what_it_means():
    for place, _ in keys():
        assert_french(meaning(".".join(place).replace("*", "x")))


def test_every_figure_of_a_report_says_what_it_means():
    for said in docstrings(Figures).values():
        assert_french(said)


def test_every_measure_says_what_it_means_and_in_what_it_counts():
    for measure in MEASURES.values():
        for said in (measure.definition, measure.unit, measure.family):
            assert_french(said)


def test_every_event_and_every_column_of_a_history():
    for said in [*(event.meaning for event in Event), *COLUMNS.values(), *LABELS.values()]:
        assert_french(said)


MISTAKES = [
    ('talk = "8 min"', 'talk = "8 minutes"'), ('talk = "8 min"', "talk = 240"), ('talk = "8 min"', 'talk = "-8 min"'),
    ('talk = "8 min"', 'talk = "8 d"'), ('talk = "8 min"', 'talk = "0 min"'), ("wage = 23", "wage = -23"),
    ("wage = 23", "wage = 23000"), ("wage = 23", 'wage = "23"'), ("wage = 23", "wage = nan"),
    ("wage = 23", "wages = 23"),
    ("staff = 3", "staff = 3.5"), ("staff = 3", 'staff = { "mon-fri 08:10-12:00" = 2 }'),
    ("staff = 3", 'staff = { "mon-wed 08:00-12:00" = 2, "wed 10:00-13:00" = 1 }'),
    ("staff = 3", 'staff = { "mon-fri 8 to 12" = 2 }'), ("staff = 3", 'staff = { "mon 8-8" = 2 }'),
    ("hard = 0.2 }", "hard = 20 }"), ("hard = 0.2 }", 'hard = "120 %" }'), ('team = "front"', 'team = "frnt"'),
    ("persistence = 0.8", "persistence = 1.8"), ('horizon = "7 d"', "horizon = 7"), ('horizon = "7 d"', ""),
    ('team = "front"', "team = 3"), ("staff = 3", ""), ('talk = "8 min"', 'talk = { law = "hyperexponentiel" }'),
    ('talk = "8 min"', 'talk = { law = "lognormal", mean = "8 min", sd = 3 }'),
    ("[population]", '[population]\nspecial_days = { "2026-11-04" = { factor = 0 } }'),
    ("[population]", '[population]\ncounts = "nowhere.csv"'), ("staff = 3", "staff = 3\nstaff = 4"),
    ("staff = 3", "staff = = 3"), ("persistence = 0.8", "persistence = true"), ("staff = 3", "staff = 3\ntalks = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), MISTAKES, ids=[wrong[:40] or f"no {right}" for right, wrong in MISTAKES])
def test_every_mistake_in_a_world_is_told_in_french(tmp_path, right, wrong):
    path = tmp_path / "mine.toml"
    assert right in SMALL
    path.write_text(SMALL.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(WorldError) as raised:
        load(path)
    french = told(str(raised.value), "fr")
    said = french.replace("Cannot overwrite a value", "").replace("Invalid value", "")  # of the TOML parser
    assert english_in(said) == [], f"{raised.value}\n-> {french}"
    assert french.count("mine.toml") == str(raised.value).count("mine.toml")


def test_a_mistake_reads_as_a_french_planner_would_say_it(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(SMALL + 'cut_afer = "20 min"\n', encoding="utf-8")
    with pytest.raises(WorldError) as raised:
        load(path)
    where = str(raised.value).split(" is not known")[0]
    assert told(str(raised.value), "fr") == (f"{where} n'est pas connu{SPACE}; vouliez-vous dire cut_after{SPACE}?")


@pytest.mark.parametrize("key", ["persistence", "share", "team", "talk", "time", "from"])
def test_a_key_is_called_in_a_mistake_as_it_is_in_the_file(key):
    """Though it has a French label: who mends the file looks for the key."""
    french = told(f"mine.toml:3 [population.again] {key} is 1.8: it must be at most 1", "fr")
    assert french.startswith(f"mine.toml:3 [population.again] {key} vaut 1.8")
    assert told(f"mine.toml {key} is missing", "fr") == f"mine.toml {key} manque"
    assert told(f"{key} is not known; did you mean {key}s?", "fr").startswith(f"{key} n'est pas connu")


@pytest.fixture(scope="module")
def comparison():
    """Two shipped worlds over three replications of a day."""
    return sim.compare("double_peine", "empowered", replications=3, days=1, equal="both")


def test_a_whole_comparison_is_told_in_french(comparison):
    text = told(comparison.text(), "fr")
    assert english_in(text) == [], [line for line in text.split("\n") if english_in(line)]


def test_its_table_is_told_cell_by_cell(comparison):
    frame = comparison.table()
    rows = [list(map(str, frame.columns)), *frame.astype(str).values.tolist()]
    assert [cell for row in told_rows(rows, "fr") for cell in row if english_in(cell)] == []


def test_its_finding_says_who_gains_and_what_is_sure(comparison):
    (first, *_) = findings(comparison)
    french = told(first, "fr")
    assert french.startswith("empowered au lieu de double_peine, effectif égal (")
    assert "heures d'agent par semaine" in french
    assert english_in(french) == []


def test_a_finding_of_several_measures_is_told_measure_by_measure():
    """Brackets that open in one measure and close in another are no part of either."""
    each = [
        "calls_per_problem the rest (-1.2 ± 0.4 of -2.5 ± 0.3 calls)",
        "effort_index knowledge (-5.50 ± 0.41 of -6.00 ± 0.40 points)",
        "firm_eur_per_problem* knowledge (-7.1 ± 4.7 of -8.2 ± 2.7 EUR, not told apart from 0)",
    ]
    french = told(f"From mine to theirs at equal staff, most by: {'; '.join(each)}.", "fr")
    assert french == (
        "De mine à theirs avec effectif égal, surtout par\u202f: calls_per_problem le reste (-1,2 ± 0,4 sur -2,5 ± 0,3 "
        "appels)\u202f; effort_index compétence (-5,50 ± 0,41 sur -6,00 ± 0,40 points)\u202f; firm_eur_per_problem* "
        "compétence (-7,1 ± 4,7 sur -8,2 ± 2,7\u202f€, sans se distinguer de 0)."
    )


@pytest.mark.parametrize(
    ("reach", "french"),
    [
        ("(95 %: 0.3 to 0.6)", "(95\u202f%\u202f: 0,3 à 0,6)"),
        (
            "(95 %: from 0.2 on, and above as far as was looked, 0.5)",
            "(95\u202f%\u202f: à partir de 0,2, et au-dessus aussi loin qu'on a cherché, 0,5)",
        ),
    ],
)
def test_a_break_even_is_told_with_how_far_it_reaches_and_who_has_more(reach, french):
    said = f"firm_eur_per_problem* of mine and theirs is the same at tariff.price_per_minute = 0.4665 {reach}"
    assert told(f"{said}; below it mine has more, above it theirs.", "fr") == (
        f"firm_eur_per_problem*\u202f: mine et theirs sont à égalité à tariff.price_per_minute = 0,4665 {french}"
        "\u202f; en dessous mine en a davantage, au-dessus theirs."
    )


def test_one_world_is_told_in_french():
    lived = sim.replicate("hotline_2005", replications=2, days=1)
    text = told(lived.text(), "fr")
    assert english_in(text) == [], [line for line in text.split("\n") if english_in(line)]


def test_every_shipped_world_says_in_french_what_it_is():
    for name in sim.shipped():
        assert_french(load(name).about)


def test_what_a_planner_wrote_stays_as_it_is():
    assert told("Our hotline in the autumn, with the new team", "fr") == "Our hotline in the autumn, with the new team"


def test_catalogues_hold_code_as_a_file_has_it():
    """What is to be copied into a file has its plain spaces and its decimal points."""
    for file in Path(sim.__file__).parent.glob("languages/french/*.toml"):
        for french in tomllib.loads(file.read_text(encoding="utf-8")).values():
            assert not any(SPACE in code for code in re.findall(r'"[^"]*"', french))
