"""The page My centre, driven as a planner drives it, at the smallest size it allows."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sim
from sim.reading import difference, load, variant
from sim.reading.shipped import folder
from sim.report.business import business_case
from sim.study.comparing.compare import compare
from sim.study.running.estimate import Estimate
from sim.ui.centre.brought import REPORT, taken
from sim.ui.comparing.question import Question
from sim.ui.state import worlds
from tests.ui.opened import opened, said, until
from tests.ui.test_brought import PASTED

SMALL = {"c.weeks": "1", "c.replications": "2", "days": "7", "replications": "2", "load": "50"}


def on(**address: str):
    return opened("centre", **SMALL | address)


def errors(at) -> str:
    return "\n".join(one.value for one in at.error).replace("\\", "")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Keep one shelf for the tests that follow one path."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def same_shelf(kept, monkeypatch):
    monkeypatch.setenv("DOUBLE_PEINE_SHELF", str(kept))


@pytest.fixture(scope="module")
def exemplary(kept):
    """The page with the example filled in and fitted."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DOUBLE_PEINE_SHELF", str(kept))
        at = on()
        at.button(key="c.example").click().run()
        at.segmented_control(key="c.step").set_value("fit").run()
        if "run centre" in [one.key for one in at.button]:  # else this process has fitted it already
            at.button(key="run centre").click().run()
        return until(at, lambda one: "figures inside" in said(one) or one.error)


def test_the_example_fills_everything_and_stands_in_the_address(exemplary):
    assert not exemplary.exception
    assert exemplary.text_input(key="f.offered").value == "29710"
    assert exemplary.selectbox(key="f.service_level_definition").value == "sl2"
    assert "Read: 170 intervals" in "\n".join(one.value for one in exemplary.success)
    assert {"c.report", "f.offered", "c.world", "c.begin"} <= {*exemplary.query_params}


def test_the_fit_is_shown_figure_by_figure_as_the_library_has_it(exemplary):
    reports = folder() / "reports"
    made = sim.calibrate(
        reports / "mycentre.toml",
        reports / "month.toml",
        report=reports / "interval_report.csv",
        replications=2,
        days=7,
    )
    tables = [one.value for one in exemplary.dataframe]
    figures = next(table for table in tables if "your band" in table.columns)
    words = {"inside": "inside your band", "overlaps": "its interval reaches your band", "outside": "outside your band",
             "too wide": "band too wide to tell"}  # fmt: skip
    assert list(figures["this world is"]) == [words[line.verdict] for line in made.lines]
    assert "lie apart by chance, as the fitted world has it" in "\n".join(one.value for one in exemplary.caption)
    values = next(table for table in tables if "fitted" in table.columns)
    problems = made.world.population.problems_per_day
    assert values.set_index("value").loc["population.problems_per_day", "fitted"] == f"{problems:.4g}"
    assert exemplary.get("arrow_vega_lite_chart") or exemplary.get("vega_lite_chart")


def test_a_fitted_world_is_kept_and_stands_in_the_lists(exemplary, same_shelf):
    exemplary.segmented_control(key="c.step").set_value("keep").run()
    exemplary.text_input(key="c.name").set_value("bank 1999").run()
    exemplary.button(key="c.keep").click().run()
    assert not exemplary.exception
    name = exemplary.query_params["w.world"]
    kept_world = worlds.world(name if isinstance(name, str) else name[0])
    assert kept_world.name == "bank 1999"
    assert kept_world.time.horizon == load("base").time.horizon
    assert "bank 1999" in said(exemplary)


def test_figures_outside_their_bands_are_told_wherever_the_world_is_relied_on(exemplary):
    """At Keep, at the top of What if, and after the world was edited; not of a world that has them all."""
    made = exemplary.session_state["centre: fitted"]
    missed = replace(made, lines=tuple(map(far_off, made.lines)))
    words = f"Of {len(made.lines)} figures, outside your bands: {len(made.lines)}."
    at = on(**{"c.step": "keep"})
    at.session_state["centre: fitted"] = missed
    at.run()
    assert words in said(at)
    at.button(key="c.keep").click().run()
    at.segmented_control(key="c.step").set_value("what_if").run()
    assert words in said(at)
    assert "outside your bands" not in said(on(**{"c.step": "what_if", "w.world": "base"}))


def far_off(line):
    return replace(line, estimate=Estimate(*[line.high * 3.0 + 1.0] * 3))


def test_a_world_made_of_one_that_misses_figures_misses_them_too():
    world = load("base")
    first = worlds.keep(world, outside=worlds.Outside(5, 9))
    assert worlds.outside(worlds.keep(world, first)) == (5, 9)
    assert worlds.outside("base") is None


def test_a_link_shows_the_same_again(exemplary, same_shelf):
    address = {key: value if isinstance(value, str) else value[0] for key, value in exemplary.query_params.items()}
    again = on(**address | {"c.step": "bring"})
    assert not again.warning
    assert again.text_input(key="f.repeats").value == "24 %"
    assert "Read: 170 intervals" in "\n".join(one.value for one in again.success)


def test_pasted_rows_are_taken_and_mapped():
    at = on()
    at.text_area(key="c.report paste").set_value(PASTED.replace("Appels traités", "Bruit")).run()
    at.button(key="c.report take").click().run()
    assert "has no column" not in errors(at)
    at.selectbox(key="c.report.4").set_value("answered").run()
    assert at.query_params["c.report.4"] in ("answered", ["answered"])
    assert "Read: 2 intervals, 21 calls offered" in at.success[0].value
    at.button(key="c.report away").click().run()
    assert "c.report" not in at.query_params
    assert "c.report.4" not in at.query_params


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("r.csv", b"", "empty"),
        ("r.csv", b"%PDF-1.4 ...", "is a PDF"),
        ("r.csv", b"Date;Heure;Pr\xe9sent\xe9s\n08/01/2024;08:00;a few\n", "a few"),
        ("../../r.txt", b"one word", "no heading is recognised|has no column"),
    ],
)
def test_an_upload_with_mistakes_is_told_in_words(name, content, why):
    import re

    at = on()
    at.file_uploader(key="c.report upload").upload(name, content).run()
    assert not at.exception
    assert re.search(why, errors(at) + "\n".join(one.value for one in at.info).replace("No", "no"))


def test_mistakes_of_figures_are_told_at_their_fields_and_before_anything_is_lived():
    at = on(
        **{"f.days": "30", "f.offered": "100", "f.answered": "90", "f.abandoned": "40", "f.speed_of_answer": "soon"}
    )
    assert "soon" in errors(at)
    at.text_input(key="f.speed_of_answer").set_value("20 s").run()
    assert not at.error
    at.segmented_control(key="c.step").set_value("fit").run()
    assert "no call is both" in errors(at)
    assert "run centre" not in [button.key for button in at.button]


def test_a_service_level_asks_for_its_definition():
    at = on(
        **{
            "f.days": "30",
            "f.offered": "3000",
            "f.service_level": "84 %",
            "f.service_level_within": "20 s",
            "c.step": "fit",
        }
    )
    assert "Service level: is of no definition; choose what your service level is a share of" in errors(at)
    at.selectbox(key="f.service_level_definition").set_value("arena").run()
    assert not at.error
    assert at.button(key="run centre")


def test_transfers_without_anyone_to_take_them_ask_for_experts():
    at = on(**{"f.days": "30", "f.offered": "3000", "f.transfers": "12 %", "c.step": "fit"})
    assert "Transfers: my centre passes no call on; add experts who take over" in errors(at)


def test_transfers_too_few_for_a_low_resolution_are_explained_before_the_fit():
    figures = {"days": "30", "offered": "17720", "abandoned": "6,8 %", "transfers": "12 %"}
    figures |= {"first_contact_resolution": "68 %"}
    at = on(**{f"f.{name}": value for name, value in figures.items()}, **{"p.experts": "2", "c.step": "fit"})
    captions = "\n".join(one.value for one in at.caption)
    assert "in this world agents pass on every call that they do not solve" in captions
    assert at.button(key="run centre")


def test_what_durations_were_read_in_stands_beside_the_rows():
    rows = "Date,Time,Offered,Answered,AHT,ASA\n08/01/2024,08:00,12,10,371,20\n08/01/2024,08:30,9,5,341,35\n"
    at = on(**{"c.report": taken(REPORT, rows.encode())})
    captions = "\n".join(one.value for one in at.caption)
    assert (
        "Durations without a unit were read as seconds; on average: handling time 6 min 1 s, speed of answer 25 s."
        in captions
    )
    at.selectbox(key="c.report.unit").set_value("min").run()
    assert "were read as minutes; on average: handling time 361 min 0 s" in "\n".join(one.value for one in at.caption)


def test_opening_hours_are_those_of_the_report_until_others_are_chosen():
    at = on(**{"c.report": taken(REPORT, (folder() / "reports" / "interval_report.csv").read_bytes())})
    assert at.selectbox(key="p.days").value == "report"
    assert "Open as in your report: mon-thu 07:00-24:00, sun 07:00-24:00." in "\n".join(one.value for one in at.caption)
    assert not [one for one in at.text_input if one.key in ("p.from", "p.to")]
    at.selectbox(key="p.days").set_value("mon-sat").run()
    assert at.text_input(key="p.from").value == "08:00"
    assert "as in your report" in at.selectbox(key="p.days").options
    assert "as in your report" not in on().selectbox(key="p.days").options


@pytest.mark.parametrize(("said", "address"), [("24,5", "24.5"), ("24.5", "24.5"), ("23", None)])
def test_a_wage_is_typed_with_a_comma_or_a_point(said, address):
    at = on(lang="fr")
    at.text_input(key="p.wage").set_value(said).run()
    assert at.session_state["address"].get("p.wage") == address
    assert at.text_input(key="p.wage").value == said.replace(".", ",")


def test_a_wage_that_is_no_number_is_told_and_not_taken():
    at = on()
    at.text_input(key="p.wage").set_value("cheap").run()
    assert "a number from 0 to 500 is needed" in said(at)
    assert at.text_input(key="p.wage").value == "23"


def test_what_is_wrong_in_the_first_step_is_mended_there():
    at = on(**{"p.from": "noon", "c.step": "fit"})
    assert "mend it in the first step" in errors(at)


@pytest.mark.parametrize(
    "broken",
    [
        {"c.report": "0" * 20},
        {"c.report": "../../etc/passwd"},
        {"c.roster": "x"},
        {"f.more": "0" * 20},
        {"c.begin": "nowhere"},
        {"c.world": "own-" + "0" * 20, "c.begin": "world"},
        {"w.world": "atlantis", "c.step": "what_if"},
        {"c.weeks": "999", "c.step": "fit"},
    ],
    ids=str,
)
def test_a_broken_link_opens_and_is_told(broken):
    at = on(**broken)
    assert not at.exception
    assert at.warning


def test_a_month_from_a_file_fills_the_fields():
    at = on()
    at.file_uploader(key="c.month upload").upload("month.toml", b'offered = 900\nhandling_time = "4 min"\n').run()
    assert at.text_input(key="f.offered").value == "900"
    at.file_uploader(key="c.month upload").upload("month.toml", b"AHT = 3\n").run()
    assert "handling_time" in errors(at)


def test_a_world_of_ones_own_is_brought_and_taken_away():
    at = on(**{"c.step": "keep"})
    at.file_uploader(key="c.own upload").upload("w.toml", b'about = "Mine."\nextends = "../x.toml"\n').run()
    assert "no such world is shipped" in errors(at)
    at.file_uploader(key="c.own upload").upload("w.toml", b'about = "Mine."\nextends = "base"\nname = "mine"\n').run()
    assert not at.error
    assert "bookmark it" in said(at)
    (button,) = [one for one in at.button if one.key.startswith("away ")]
    button.click().run()
    assert "None yet" in said(at)


def test_a_lever_turned_is_reckoned_for_a_year_beside_the_spreadsheet():
    at = on(**{"c.step": "what_if", "w.world": "double_peine", "w.t.levers.time.cut_after": "never"})
    at = until(at, lambda one: len(one.dataframe) > 1 or one.error)
    assert not at.exception
    asked = Question("double_peine", "double_peine", of_second=("levers.time.cut_after=none",))
    made = compare(*asked.worlds(), replications=2, days=7, equal="none")
    case = business_case(made)
    line = case.line("toll_eur_per_problem")
    table = at.dataframe[0].value.set_index("what")
    assert str(table.loc["toll that customers pay *", "today"]).startswith(f"{line.worlds[0].mean:,.0f}"[:3])
    assert [*at.dataframe[2].value["reckoned by"]][-1] == "this simulation"
    assert len(at.metric) == 4
    rests = at.dataframe[1].value.set_index("key")["rests on it"]
    assert "**\\* What rests on a guess, not on your figures**" in [one.value for one in at.markdown]
    assert "gestures of money" in rests["population.reasons.billing.gesture"]
    at.button(key="w.edit population.reasons").click().run()
    set_now = at.session_state["address"]
    assert (set_now["edit"], set_now["section"]) == ("double_peine", "population.reasons")


def test_customers_who_are_given_more_than_they_pay_are_explained(monkeypatch):
    free = {"gesture_share": 1, "gesture": {"law": "constant", "value": 900}}
    generous = variant("double_peine", {"population": {"reasons": {"billing": free}}}, name="generous")
    with monkeypatch.context() as outside:
        outside.setattr("streamlit.session_state", {})
        name = worlds.keep(generous)
    at = on(**{"c.step": "what_if", "w.world": name, "w.t.levers.time.cut_after": "never"})
    at = until(at, lambda one: len(one.dataframe) > 1 or one.error)
    assert "the gestures that they receive outweigh what they pay" in said(at)


def test_nothing_turned_is_said():
    at = on(**{"c.step": "what_if"})
    assert "Turn at least one lever" in said(at)


def test_what_if_opens_in_compare():
    at = on(**{"c.step": "what_if", "w.world": "double_peine", "w.t.levers.time.cut_after": "never", "b.x": "1"})
    at.button(key="w.compare").click().run()
    set_now = at.session_state["address"]
    assert (set_now["first"], set_now["second"]) == ("double_peine", "double_peine")
    assert set_now["b.levers.time.cut_after"] == "never"
    assert "b.x" not in set_now


def test_the_page_speaks_french():
    """The language is turned in the session: AppTest reads what a list has chosen in the language it was drawn in."""
    at = on()
    at.button(key="c.example").click().run()
    at.session_state["address"] = at.session_state["address"] | {"lang": "fr"}
    at.run()
    assert "Votre propre centre" in said(at)
    assert "Lu : 170 intervalles" in at.success[0].value.replace("\u202f", " ")


def test_the_downloaded_world_loads_alone(exemplary, tmp_path):
    from sim.ui.centre.fit import _FITTED
    from sim.ui.centre.own import named

    made = exemplary.session_state[_FITTED]
    called = named(made, "bank 1999", 28 * 1440.0)
    path = tmp_path / "bank.toml"
    path.write_text(called.to_toml(), encoding="utf-8")
    assert not difference(load(path), called.world)
    assert "# fitted:" in path.read_text(encoding="utf-8")
