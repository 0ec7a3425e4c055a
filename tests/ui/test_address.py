"""The address: a link opens the same again, and what it says that is none is told."""

from __future__ import annotations

import pytest

from sim.languages.writing import SPACE
from sim.reading import load, variant
from sim.ui.state import worlds
from tests.ui.opened import opened, until

SMALL = {"load": "50", "days": "1", "replications": "2"}


@pytest.fixture(scope="module")
def plain():
    return until(opened(**SMALL), lambda at: at.metric)


def test_what_a_link_says_is_set():
    at = opened(**SMALL, first="hotline_2005", second="double_peine", seed="7")
    assert [at.selectbox(key=key).value for key in ("first", "second")] == ["hotline_2005", "double_peine"]
    assert (at.slider(key="load").value, at.number_input(key="seed").value) == (50, 7)
    assert not at.warning


def test_what_is_turned_stands_in_the_address_and_what_is_turned_back_does_not(plain):
    plain.slider(key="load").set_value(60).run()
    assert plain.query_params["load"] == "60"
    plain.slider(key="load").set_value(100).run()
    assert "load" not in plain.query_params
    plain.slider(key="load").set_value(50).run()


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("load", "500", "a whole number from 50 to 150 is needed"),
        ("load", "nan", "a whole number from 50 to 150 is needed"),
        ("days", "3.5", "a whole number from 1 to 28 is needed"),
        ("replications", "ten", "a whole number from 2 to 200 is needed"),
        ("seed", "-1", "a whole number from 0 to 2,147,483,648 is needed"),
        ("first", "no_such_world", "no world of this name is shipped"),
        ("first", "own-0123456789abcdef0123", "not kept on this computer"),
        ("second", "../../etc/passwd", "no world of this name is shipped"),
        ("lang", "klingon", "no language of this app"),
        ("view", "inside", "one of"),
        ("mine", "own-0123456789abcdef0123", "not kept on this computer"),
        ("a.levers.time.cut_after", "3 parsecs", "one of"),
        ("load", "9" * 5000, "too long"),
        ("lod", "150", "did you mean load?"),
        ("z.levers", "1", "no page has it"),
        ("how", "kindly", "one of"),
    ],
)
def test_what_is_not_understood_is_told_and_the_page_opens_without_it(key, value, why):
    at = until(opened(**{**SMALL, key: value}), lambda one: one.metric)
    assert not at.exception
    (warning,) = [one.value for one in at.warning if "not understood" in one.value]
    assert key in warning and why in warning.replace("\\", "")
    assert key not in at.query_params or at.query_params[key] != value


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("load", "500", "il faut un nombre entier de 50 à 150"),
        ("seed", "-1", f"il faut un nombre entier de 0 à 2{SPACE}147{SPACE}483{SPACE}648"),
        ("first", "base_peine", f"aucun monde de ce nom n'est fourni{SPACE}; vouliez-vous dire double_peine{SPACE}?"),
        ("first", "own-0123456789abcdef0123", "qui a fait le lien peut l'envoyer en fichier"),
        ("view", "inside", "il faut l'un de "),
        ("load", "9" * 5000, "trop long"),
    ],
)
def test_what_is_not_understood_is_told_in_french_too(key, value, why):
    at = opened(**{**SMALL, "lang": "fr", key: value})
    (warning,) = [one.value for one in at.warning if "pas été comprise" in one.value]
    assert why in warning.replace("\\", "")


def test_a_world_of_ones_own_is_found_again_by_its_link(monkeypatch):
    mine = variant(load("double_peine"), {"levers": {"time": {"cut_after": "15 min"}}}, name="my <b>centre</b>")
    with monkeypatch.context() as outside:
        outside.setattr("streamlit.session_state", {})
        name = worlds.keep(mine)
    at = until(opened(**SMALL, first=name), lambda one: one.metric)
    assert at.selectbox(key="first").value == name
    assert "my <b>centre</b>" in at.selectbox(key="first").options
    assert at.select_slider(key="a.levers.time.cut_after").value == "15 min"
