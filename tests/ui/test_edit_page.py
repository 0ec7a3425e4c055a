"""The page "Edit a world": a mistake is told at its field and on top, in both languages; what is kept stays kept."""

from __future__ import annotations

import pytest

from sim.reading import load, shipped
from sim.ui.editing.page import _sections
from sim.ui.state import shelf
from tests.ui.opened import said
from tests.ui.test_studies import on

TALK = "w  teams.front.talk"


def edited(**address: str):
    """Open the page at an address."""
    return on("edit", **address)


def errors(at) -> str:
    """Return all errors that the page shows."""
    return "\n".join(str(one.value).replace("\\", "") for one in at.error)


def address_of(at) -> dict[str, str]:
    """Return what the address would say."""
    return dict(at.session_state["address"])


@pytest.mark.parametrize("section", _sections())
def test_every_section_opens_and_says_nothing_is_wrong(section):
    at = edited(section=section)
    assert not at.exception
    assert not at.error
    assert "Nothing is changed yet: this is base." in said(at)


@pytest.mark.parametrize("world", shipped())
def test_every_shipped_world_can_be_edited_and_is_not_changed_by_being_shown(world):
    at = edited(edit=world, section="teams", lang="fr")
    assert not at.exception
    assert not [key for key in address_of(at) if key.startswith("e.")]


@pytest.mark.parametrize(
    ("language", "told", "many"),
    [
        ("en", 'unit "mins" is not known; write "8 min"', "1 mistake"),
        ("fr", "l'unité \"mins\" n'est pas connue", "1 erreur"),
    ],
)
def test_a_wrong_duration_is_told_at_its_field_and_on_top_and_can_be_mended(language, told, many):
    at = edited(lang=language)
    at.text_input(key=TALK).set_value("8 mins").run()
    assert not at.exception
    words = said(at).replace("\\", "").replace("\u202f", " ")
    assert words.count(told) == 2, "once on top and once at the field"
    assert many in words
    assert at.text_input(key=TALK).value == "8 mins"
    assert address_of(at)["e.teams.front.talk"] == "8 mins"
    assert next(one for one in at.button if "edit: keep" in one.key or one.label in ("Keep", "Garder")).disabled
    at.text_input(key=TALK).set_value("8 min").run()
    assert not at.error
    assert address_of(at)["e.teams.front.talk"] == "8 min"


def test_a_draft_is_there_again_by_its_address_alone():
    at = edited(
        **{"e.teams.front.talk": "8 min", "e.levers.time.cut_after": "15 min", "e.population.busyness_day": "none"}
    )
    assert not at.exception
    assert at.text_input(key=TALK).value == "8 min"
    assert "What was changed (3)" in [one.label for one in at.expander]


def test_what_a_link_says_amiss_is_told_and_left_out():
    at = edited(**{"e.teams.front.talk": "8 min", "e.nothing.here": "1", "e.a..b": "1", "draft": "0" * 20})
    assert not at.exception
    assert at.text_input(key=TALK).value == "8 min"
    assert "not kept on this computer" in said(at) and said(at).count("no key of a world") == 2


def test_values_of_another_kind_in_a_link_are_mistakes_at_their_fields():
    at = edited(**{"e.teams.front.wage": "much", "e.teams.front.staff": "[1]", "e.teams.front.solve": "3"})
    assert not at.exception
    assert "a number is needed" in errors(at)
    assert at.text_input(key="w  teams.front.wage").value == "much"


def test_a_change_is_undone_and_all_are():
    at = edited(**{"e.teams.front.talk": "8 min", "e.teams.front.wage": "30"})
    at.button(key="w back teams.front.talk").click().run()
    assert set(address_of(at)) >= {"e.teams.front.wage"} and "e.teams.front.talk" not in address_of(at)
    at.button(key="edit: reset").click().run()
    assert not [key for key in address_of(at) if key.startswith("e.")]
    assert at.text_input(key=TALK).value == "8.6 min"


def test_a_long_draft_is_kept_on_the_shelf_and_found_again_by_its_name():
    at = edited(section="general")
    about = "word " * 300
    at.text_input(key="w  about").set_value(about.strip()).run()
    kept = address_of(at)["draft"]
    assert shelf.get("world", kept)
    assert edited(section="general", draft=kept).text_input(key="w  about").value == about.strip()


def test_a_kept_world_stands_in_all_lists_and_leads_to_the_comparison():
    at = edited(**{"e.teams.front.talk": "8 min"})
    at.text_input(key="edit: name").set_value("My *centre* </b>")
    next(one for one in at.button if one.label == "Keep").click().run()
    assert not at.exception and not at.error
    kept = address_of(at)["kept"]
    assert "Kept as My" in at.success[0].value
    assert kept in address_of(at)["mine"]
    again = edited(edit=kept, mine=kept)
    assert again.text_input(key=TALK).value == "8 min"
    assert "Liberation" in said(again), "what it has of the world it began with keeps its source"
    at.button(key="edit: compare").click().run()
    assert (address_of(at)["first"], address_of(at)["second"]) == ("base", kept)


def test_a_kept_world_is_downloaded_under_the_name_it_was_kept_as(monkeypatch):
    given = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda words, content, file, *_, **how: given.update({how["key"]: (content, file)})
    )
    at = edited(**{"e.teams.front.talk": "8 min"})
    at.text_input(key="edit: name").set_value("Été rapide")
    next(one for one in at.button if one.label == "Keep").click().run()
    (whole, file), (differs, other) = given["edit: whole"], given["edit: differs"]
    assert (file, other) == ("Ete_rapide.toml", "Ete_rapide_differs.toml")
    assert all('name = "Été rapide"' in text for text in (whole(), differs))


def test_another_world_begins_anew():
    at = edited(**{"e.teams.front.talk": "8 min"})
    at.selectbox(key="edit").set_value("empowered").run()
    assert not [key for key in address_of(at) if key.startswith("e.")]
    assert at.text_input(key=TALK).value == "3.34 min"


def test_a_team_is_added_called_otherwise_and_removed():
    at = edited()
    at.text_input(key="w added teams").set_value("Night [x](y)")
    next(one for one in at.button if one.label == "Add" and "w add teams" in str(one.proto.form_id)).click().run()
    assert not at.exception
    assert address_of(at)["in.teams"] == "Night [x](y)"
    assert 'w  teams."Night [x](y)".wage' in [one.key for one in at.text_input]
    at.button(key='w remove teams."Night [x](y)"').click().run()
    assert not at.exception
    assert not [key for key in address_of(at) if key.startswith("e.")]


@pytest.mark.parametrize("said", ["24,5", "24.5"])
def test_a_decimal_comma_is_one(said):
    """A browser's field for numbers made 245 of it."""
    at = edited(section="teams", lang="fr", **{"in.teams": "front"})
    at.text_input(key="w  teams.front.wage").set_value(said).run()
    assert address_of(at)["e.teams.front.wage"] == "24.5"
    assert at.text_input(key="w  teams.front.wage").value == "24,5"


def test_a_search_leads_to_the_section_of_a_key():
    at = edited(find="coupure", lang="fr")
    at.button(key="found levers.time.cut_after").click().run()
    assert address_of(at)["section"] == "levers.time"
    assert at.text_input(key="w  levers.time.cut_after").value == ""


def test_a_law_is_chosen_and_taken_into_the_world():
    at = edited(section="population")
    at.selectbox(key="w law population.patience").set_value("uniform").run()
    assert not at.exception and not at.error
    assert address_of(at)["e.population.patience"] == '{ law = "uniform", low = "0 min", high = "8 min" }'


def test_rows_are_pasted_and_wrong_ones_are_told_with_their_row():
    at = edited(section="table.staff", lang="fr")
    at.text_area(key="table: pasted staff").set_value("front;mon-fri;08:00;20:00;beaucoup")
    next(one for one in at.button if one.label == "Prendre ces lignes").click().run()
    assert "Ligne 1, Agents" in errors(at) and "il faut un nombre" in errors(at)
    at.text_area(key="table: pasted staff").set_value("front;mon-fri;08:00;20:00;9\nsecond;open;;;4")
    next(one for one in at.button if one.label == "Prendre ces lignes").click().run()
    assert not at.exception and not at.error
    assert address_of(at)["e.teams.front.staff"] == '{ "mon-fri 08:00-20:00" = 9 }'
    assert address_of(at)["e.teams.second.staff"] == "4"


def test_rows_that_are_not_right_yet_are_kept_and_keep_the_world_from_being_kept():
    at = edited(section="table.staff")
    at.text_area(key="table: pasted staff").set_value("frnt;mon-fri;08:00;20:00;9")
    next(one for one in at.button if one.label == "Take these rows").click().run()
    again = edited(section="teams", **{"rows.staff": address_of(at)["rows.staff"]})
    assert "1 mistake" in errors(again)
    assert next(one for one in again.button if one.label == "Keep").disabled


def test_a_file_is_brought_and_edited_and_a_wrong_one_is_told_line_by_line():
    at = edited()
    text = 'about = "x"\nextends = "base"\n[levers.time]\ncut_after = "20 mins"\n'
    at.file_uploader(key="edit: upload").upload("mine.toml", text.encode(), "application/toml").run()
    assert 'mine.toml:4 [levers.time] cut_after is "20 mins"' in errors(at)
    at.file_uploader(key="edit: upload").upload("mine.toml", text.replace("mins", "min").encode(), "text/plain").run()
    at.button(key="edit: brought").click().run()
    assert not at.exception
    assert address_of(at)["edit"].startswith("own-")


def test_the_base_world_is_as_it_is_shipped():
    assert load("base").teams["front"].talk == 8.6
