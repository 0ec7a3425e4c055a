"""The pages Levers, Staffing and Sweep, each driven through a small study."""

from __future__ import annotations

import time

import pytest

from sim.languages.writing import SPACE
from sim.reading import load
from sim.study.sweeping.sweep import open_sweep, sweep
from sim.ui.jobs import studies, watching
from sim.ui.jobs.watching import jobs
from sim.ui.parts.paths import ends, paths_of, read_values, values
from sim.ui.staffing import page as staffing
from sim.ui.state import shelf as shelves
from sim.ui.sweeping.asked import Asked
from tests.ui.opened import opened, said, until

SMALL = {"load": "50", "days": "1", "replications": "2"}


def on(page: str, **address: str):
    """Open a page of the app by itself, at an address."""
    return opened(page, **{**SMALL, **address})


def run(at, place: str, so=lambda one: one.get("image")):
    """Press Run, where the server has no answer yet, and wait for the figure."""
    if f"run {place}" in [one.key for one in at.button]:
        at.button(key=f"run {place}").click().run()
    return until(at, so)


def alternatives(at) -> list[str]:
    return [image.alt for picture in at.get("image") for image in picture.proto.imgs]


def test_what_separates_two_worlds_is_parted_lever_by_lever():
    at = run(on("levers", **{"levers.measures": "calls_per_problem", "second": "hotline_2005"}), "levers")
    assert not at.exception
    assert alternatives(at)[0].startswith("Waterfall")
    assert "calls" in said(at)
    (table,) = at.dataframe
    assert {"memory", "time"} <= {*table.value["lever"]}
    assert "**Memory**: What the firm remembers from one agent to the next." in said(at)
    assert "`levers.memory.contradicted`, `levers.memory.redone`" in said(at)


def test_a_tornado_moves_what_is_on_and_nothing_else():
    world = load("double_peine")
    off = {f"t.{path}": "no" for path in paths_of(world) if path not in ("levers.time.cut_after", "teams.*.staff")}
    at = run(on("levers", kind="tornado", **off), "tornado")
    (table,) = at.dataframe
    assert sorted(table.value["path"]) == ["levers.time.cut_after", "teams.*.staff"]


def test_a_break_even_is_looked_for_between_the_bounds_that_are_set():
    at = run(on("levers", kind="break-even", **{"be.from": "0.05", "be.to": "0.5"}), "break-even")
    assert not at.exception
    assert alternatives(at)[0].startswith("The difference between the worlds at every value")
    assert {0.05, 0.5} <= {*at.dataframe[0].value["value"]}


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ({"kind": "tornado", "t.levers.time.cut_after.from": "3 parsecs"}, "parsecs"),
        ({"kind": "break-even", "be.from": "cheap"}, "cheap"),
    ],
)
def test_values_that_are_none_are_told_in_words(address, why):
    at = on("levers", **address)
    assert not at.exception
    assert why in at.error[0].value


@pytest.mark.parametrize(
    ("page", "address", "why"),
    [
        (
            "levers",
            {"kind": "tornado", "t.levers.time.cut_after.from": "0.1"},
            "une durée a besoin de son unité ; écrivez",
        ),
        ("levers", {"kind": "break-even", "be.to": "cheap"}, "il faut un nombre"),
        (
            "levers",
            {"kind": "tornado", "t.levers.time.cut_after.to": "3 parsecs"},
            "l'unité \"parsecs\" n'est pas connue",
        ),
        ("sweep", {"sw.0.values": "10 min, 0.1"}, "une durée a besoin de son unité ; écrivez"),
        (
            "sweep",
            {"sw.kind": "spread", "sw.0.values": "10 min"},
            "il faut deux valeurs, la plus basse et la plus haute",
        ),
        ("sweep", {"sw.measures": "jurneys"}, "jurneys n'est pas un indicateur"),
        ("levers", {"second": "base", "kind": "waterfall"}, "on ne peut donc pas les comparer"),
    ],
)
def test_mistakes_are_told_in_french(page, address, why):
    at = on(page, **{"lang": "fr", "sw.0.path": "levers.time.cut_after", **address})
    assert not at.exception
    assert why in "\n".join(one.value for one in (*at.error, *at.warning)).replace("\\", "").replace(SPACE, " ")


def test_staff_is_sought_for_both_worlds_and_shown_beside_formulas(monkeypatch):
    monkeypatch.setitem(staffing._BUDGETS, "quick", (2, 8))
    at = on("staffing", **{"st.every": "2 h", "second": "hotline_2005", "st.share": "50", "st.by": "whole"})
    at = run(at, "staffing")
    assert not at.exception
    assert len(at.metric) == 2
    assert [table.value.shape[0] > 0 for table in at.dataframe] == [True, True]
    assert "erlang a" in at.dataframe[0].value.columns


def test_staff_is_sought_that_answers_in_time_and_it_is_said_where_it_does_not(monkeypatch):
    """In silence no more than two in five of the messages by mail are ever answered, in answered nearly all are."""
    monkeypatch.setitem(staffing._BUDGETS, "quick", (2, 5))
    worlds = {"first": "silence", "second": "answered", "days": "7", "st.every": "2 h"}
    at = run(on("staffing", **worlds, **{"st.kind": "in_time", "st.measure": "answered_within.mail"}), "staffing")
    assert not at.exception
    assert "answered_within.mail>=0.8 over the whole is out of reach" in said(at).replace("\\", "")
    assert [one.value for one in at.warning if "not met everywhere" in one.value]


def test_what_is_written_is_a_target_where_both_worlds_have_it():
    of_telephones = on("staffing")
    assert "In writing" not in " ".join(of_telephones.selectbox(key="st.kind").options)
    at = on("staffing", first="bricoleurs_1", second="pros_2", **{"st.kind": "in_time"})
    assert at.selectbox(key="st.measure").options == [
        "Answered in time by mail", "Taken up in time at support",
    ]  # fmt: skip


def test_teams_and_messages_of_a_written_world_are_varied_and_measured():
    at = on("sweep", first="silence")
    paths, measures = at.selectbox(key="sw.0.path").options, at.multiselect(key="sw.measures").options
    assert "Agents of web (x1 as they are)" in paths
    assert "Answered · messages.twitter.answered" in paths
    assert "Time to the answer by mail (h)" in measures
    assert "Time to the answer by mail (h)" not in on("sweep").multiselect(key="sw.measures").options


def test_a_sweep_is_lived_kept_and_found_again_by_its_address():
    small = {"sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "10 min, none"}
    at = run(on("sweep", **small), "sweep")
    assert not at.exception
    asked = Asked(
        load("double_peine"),
        (("levers.time.cut_after", ("10 min", "none")),),
        ("firm_cash_eur_per_problem", "effort_ces", "customer_eur_per_problem"),
        2, 1, 1,
    )  # fmt: skip
    kept = open_sweep(asked.folder())
    assert not kept.interrupted
    mine = sweep("double_peine", asked.design(), measures=asked.measures, replications=2, days=1)
    assert kept.table().equals(mine.table())
    assert [text.split(":")[0] for text in alternatives(at)] == [
        "The measure at every point, with its 95 % interval, and the world as it is.",
        "Frontier",
    ]


@pytest.mark.parametrize("part", [0.0, 0.5], ids=["the world as it is", "some points"])
def test_what_a_cancelled_sweep_has_finished_is_there_when_it_is_asked_again(part):
    small = {"sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "10 min, 15 min, none"}
    asked = Asked(
        load("double_peine"),
        (("levers.time.cut_after", ("10 min", "15 min", "none")),),
        ("firm_cash_eur_per_problem", "effort_ces", "customer_eur_per_problem"),
        2, 1, 1,
    )  # fmt: skip

    class EnoughError(Exception):
        pass

    def stops(done: int, of: int) -> None:
        if done > part * of:
            raise EnoughError

    with pytest.raises(EnoughError):
        sweep(
            asked.world,
            asked.design(),
            measures=asked.measures,
            replications=2,
            days=1,
            out=asked.folder(),
            progress=stops,
            workers=1,
        )
    at = on("sweep", **small)
    assert not at.exception and not at.error
    assert ("No point of this sweep is finished yet" in said(at)) == (part == 0.0)
    assert bool(alternatives(at)) == (part > 0.0)


def test_a_sweep_that_was_ended_before_its_first_point_is_offered_again():
    asked = Asked(
        load("double_peine"),
        (("levers.time.cut_after", ("10 min", "none")),),
        ("firm_cash_eur_per_problem", "effort_ces", "customer_eur_per_problem"),
        2, 1, 41,
    )  # fmt: skip

    sweep(asked.world, asked.design(), measures=asked.measures, replications=2, days=1, seed=41, out=asked.folder())
    for part in asked.folder().rglob("*.parquet"):
        part.unlink()
    small = {"sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "10 min, none", "seed": "41"}
    at = on("sweep", **small)
    assert not at.exception and not at.error
    assert alternatives(at) == []
    assert at.button(key="run sweep")


LONG = {"days": "28", "replications": "200", "levers.measures": "calls_per_problem", "second": "hotline_2005"}


def test_who_cancels_what_another_waits_for_is_offered_it_again_and_the_other_keeps_it():
    """Whoever opens the link of a study that runs is shown it, and waits for it too."""
    one = on("levers", **LONG, seed="31")
    one.button(key="run levers").click().run()
    other = on("levers", **LONG, seed="31")
    job = other.session_state["job: levers"]
    one.button(key="cancel levers").click().run()
    assert not job.over
    assert "still being worked on" not in said(one)
    assert one.button(key="run levers")
    other.button(key="cancel levers").click().run()
    assert job.state == "cancelled"


@pytest.mark.parametrize(("another", "seed"), [(False, "32"), (True, "34")], ids=["cancelled", "another in its place"])
def test_a_study_ends_when_nobody_waits_though_the_session_that_began_it_has_ended(another, seed, monkeypatch):
    """A page that is loaded again is another session: the one before it waits for nothing."""
    before = on("levers", **LONG, seed=seed)
    before.button(key="run levers").click().run()
    began = before.session_state["owner"]
    again = on("levers", **LONG, seed=seed)
    monkeypatch.setattr(watching, "_is_gone", lambda one: one == began)
    if another:
        again.number_input(key="seed").set_value(35).run()
        again.button(key="run levers").click().run()
    else:
        again.button(key="cancel levers").click().run()
    assert before.session_state["job: levers"].state == "cancelled"
    if another:
        again.button(key="cancel levers").click().run()


def test_another_run_of_a_page_ends_the_one_before_and_a_look_elsewhere_does_not():
    """Whoever asks anew does not wait behind himself; what he asked first goes on while he tries settings."""
    at = on("levers", **LONG)
    at.button(key="run levers").click().run()
    first = at.session_state["job: levers"]
    at.number_input(key="seed").set_value(2).run()
    assert not first.over
    assert "What was asked for before is still being worked on." in said(at)
    at.button(key="run levers").click().run()
    second = at.session_state["job: levers"]
    assert second is not first and first.state == "cancelled"
    at.button(key="cancel levers").click().run()
    assert second.state == "cancelled"


def test_a_study_too_large_for_the_app_is_told(monkeypatch):
    monkeypatch.setattr(studies, "MOST_STUDIED", 1000)
    at = on("levers", **{"levers.measures": "calls_per_problem"})
    assert "at most 1,000 are lived here" in at.error[0].value
    with pytest.raises(KeyError):
        at.button(key="run levers")


def test_an_answer_that_the_server_has_forgotten_stays_on_its_page_and_is_not_made_again():
    off = {f"t.{path}": "no" for path in paths_of(load("double_peine")) if path != "levers.time.cut_after"}
    at = run(on("levers", kind="tornado", **off), "tornado")
    made = at.session_state["job: tornado"]
    jobs().tidy(time.monotonic() + 10_000)
    assert jobs().known(made.key) is None
    at.run()
    assert alternatives(at) and jobs().known(made.key) is None


def test_bounds_are_those_of_the_value_that_is_varied():
    at = on("levers", kind="break-even", **{"be.from": "0.1"})
    at.selectbox(key="be.vary").set_value("levers.time.cut_after").run()
    assert not at.error
    assert at.text_input(key="be.from").value == ends(load("double_peine"), "levers.time.cut_after")[0]


def test_the_slider_of_agents_is_no_part_of_the_question_of_levers():
    plain, turned = (on("levers", staff=staff) for staff in ("100", "150"))
    assert "agents of the second are as written" not in said(plain)
    assert "agents of the second are as written" in said(turned)


@pytest.mark.parametrize(("manifest", "seed"), [(b"", 2), (b"{", 3), (b"[]", 4), (b"\xff\xfe", 5)], ids=str)
def test_a_sweep_that_cannot_be_read_is_put_aside_and_begun_anew(manifest, seed):
    asked = Asked(load("base"), (("levers.time.cut_after", ("10 min", "none")),), ("effort_ces",), 2, 1, seed)
    small = {"first": "base", "sw.many": "1", "sw.0.path": "levers.time.cut_after", "sw.0.values": "10 min, none"}
    small |= {"sw.measures": "effort_ces", "seed": str(seed)}
    folder = asked.folder()
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(manifest)
    at = on("sweep", **small)
    assert "Run puts it aside and begins anew" in at.warning[0].value
    at = run(at, "sweep")
    assert not (at.exception or at.error or at.warning)
    assert not open_sweep(folder).interrupted
    assert (folder.with_suffix(".aside") / "manifest.json").read_bytes() == manifest


def test_a_sweep_goes_in_time_as_all_that_is_on_the_shelf():
    asked = Asked(load("base"), (("levers.time.cut_after", ("10 min",)),), ("effort_ces",), 2, 1, 1)
    sweep(asked.world, asked.design(), measures=asked.measures, replications=2, days=1, out=asked.folder())
    shelves.clear(time.time() + 400 * 86_400)
    assert not asked.folder().exists()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ({"sw.0.values": "10 min, soon"}, "soon"),
        ({"sw.0.values": " , "}, "one at least"),
        ({"sw.1.path": "levers.time.cut_after"}, "twice"),
        ({"sw.kind": "spread", "sw.0.values": "10 min"}, "two values are needed"),
        ({"sw.measures": "jurneys"}, "no measure"),
    ],
)
def test_mistakes_in_a_design_are_told_before_anything_is_lived(address, why):
    at = on("sweep", **{"sw.0.path": "levers.time.cut_after", **address})
    assert not at.exception
    assert why in "\n".join(one.value for one in (*at.error, *at.warning)).replace("\\", "")


def test_a_sweep_too_large_for_the_app_is_told():
    many = ", ".join(f"x{1 + at / 1000:g}" for at in range(60))
    at = on(
        "sweep",
        **{
            "sw.0.values": many,
            "sw.0.path": "teams.*.staff",
            "sw.1.path": "population.problems_per_day",
            "sw.1.values": many,
        },
    )
    assert "at most 2000" in at.error[0].value.replace(",", "")


@pytest.mark.parametrize(
    ("kind", "many", "each", "said"),
    [
        ("all", 4, 31, "923521 points: at most 2000"),
        ("all", 1, 900, "900 values: at most 200"),
        ("spread", 1, 900, "900 values: at most 200"),
    ],
)
def test_values_are_counted_before_any_is_tried(kind, many, each, said, monkeypatch):
    monkeypatch.setattr("sim.ui.sweeping.fields.mistakes_of", None)
    monkeypatch.setattr("sim.ui.sweeping.asked.factorial", None)
    typed = {f"sw.{at}.values": ",".join(["2"] * each) for at in range(many)}
    at = on("sweep", **{"sw.many": str(many), "sw.kind": kind, **typed})
    assert not at.exception
    assert said in "\n".join(one.value for one in at.error)


def test_values_are_tried_once_however_often_the_page_is_drawn(monkeypatch):
    at = on("sweep", **{"sw.0.values": "10 min, 17 min, soon"})
    monkeypatch.setattr("sim.ui.sweeping.fields.mistakes_of", None)
    at.run()
    assert not at.exception
    assert "soon" in at.error[0].value


@pytest.mark.parametrize("name", ["double_peine", "empowered", "hotline_2005"])
def test_the_values_that_are_offered_are_possible_ones(name):
    from sim.study.changing.changed import changed

    world = load(name)
    for path in paths_of(world):
        for value in [*read_values(values(world, path)), *read_values(", ".join(ends(world, path)))]:
            assert changed(world, {path: value})
