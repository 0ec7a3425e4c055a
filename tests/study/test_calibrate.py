"""Worlds of known values, found again from what their own months report."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import sim
from sim.data.interval_report import INTERVAL, IntervalReport
from sim.engines import run
from sim.history.rows import Event
from sim.languages import told
from sim.people import populate
from sim.report.calibrated import headline
from sim.study.calibrating.calibrate import prepared
from sim.study.calibrating.calibration import Beside, Calibration
from sim.study.calibrating.questions import question
from sim.study.running.estimate import Estimate
from tests.study.reports import one_team, report_of

FAR_OFF: dict[str, Any] = {
    "population": {
        "problems_per_day": 250,
        "patience": {"law": "exponential", "mean": "3 min"},
        "again": {"persistence": 0.85},
    },
    "teams": {"front": {"talk": "7 min", "solve": {"plain": 0.75}}},
}
"""Where the search begins for `one_team`: everything is wrong by a quarter or a half."""
BY_ODDS = ("population.again.persistence", "solve", "competent")


def odds(share: float) -> float:
    return math.log(share / (1 - share))


def misses(made: Calibration, truth: sim.World) -> dict[str, float]:
    """Return by how many of their stated errors the fitted values miss the true ones, for each parameter."""
    found = {}
    for one in made.fitted:
        assert one.error is not None
        for key, _, now in one.values:
            wanted = {name: value for at, name, value in flat(truth) if at == key for name in [key]}[key]
            apart = odds(now) - odds(wanted) if one.parameter.is_share else math.log(length(now) / length(wanted))
            found[key] = apart / one.error
    return found


def flat(world: sim.World) -> list[tuple[str, str, Any]]:
    """Return the values of a world's file by key, laws as values."""
    from sim.reading import written

    rows: list[tuple[str, str, Any]] = []

    def walk(tree: dict[str, Any], at: str) -> None:
        for name, value in tree.items():
            key = f"{at}.{name}" if at else name
            rows.append((key, key, value))
            if isinstance(value, dict) and "law" not in value:
                walk(value, key)

    walk(written(world), "")
    return rows


def length(value: Any) -> float:
    """Return the mean of a law, a duration, or a number."""
    from sim.units import minutes

    if isinstance(value, dict):
        value = value["mean"]
    return minutes(value) if isinstance(value, str) else float(value)


def test_a_centre_is_found_again_from_its_own_month():
    """From far off, by 20 replications: every value within its stated 95 % interval, and the intervals are narrow."""
    truth = one_team()
    made = sim.calibrate(sim.variant(truth, FAR_OFF), report_of(truth, seed=1000))
    assert {line.verdict for line in made.lines} == {"inside"}
    assert made.settled
    assert made.flat == ()
    reach = {one.parameter.name: one.reach for one in made.fitted}
    assert max(abs(miss) for miss in misses(made, truth).values()) <= 2.093, "Student's quantile, 19 degrees of freedom"
    assert all(value is not None and value < 0.15 for value in reach.values()), reach


@pytest.mark.slow
def test_a_centre_of_two_teams_is_found_again_from_its_own_month():
    """The neutral world: two teams and transfers, so the share of right agents is sought too."""
    truth = sim.variant("base", {"population": {"problems_per_day": 130}})
    lived = report_of(truth, seed=2000) | {"transfers": transfers(truth, seed=2000)}
    moved = {
        "population": {"problems_per_day": 100, "patience": {"law": "exponential", "mean": "14 min"}},
        "teams": {"front": {"talk": "7 min"}, "second": {"talk": "9.767 min"}},
    }
    made = sim.calibrate(sim.variant(truth, moved), lived)
    assert {line.verdict for line in made.lines} == {"inside"}
    told = {key for one in made.fitted if one.told for key, _, _ in one.values}
    assert {"population.problems_per_day", "population.patience", "teams.front.talk"} <= told
    assert max(abs(miss) for miss in misses(made, truth).values()) <= 2.093


def transfers(world: sim.World, *, seed: int) -> str:
    mean = (
        sim.replicate(world, replications=1, seed=seed, measures=["transfers_per_call"])
        .estimate("transfers_per_call")
        .mean
    )
    assert mean is not None
    return f"{100 * mean:.1f} %"


@pytest.mark.slow
def test_the_intervals_hold_what_they_promise():
    """Forty months of one centre, five values each: of 200 intervals of 95 % at least 178 hold (3.9 errors less)."""
    truth = one_team()
    start = sim.variant(truth, FAR_OFF)
    inside, many = 0, 0
    for seed in range(1000, 1040):
        made = sim.calibrate(start, report_of(truth, seed=seed))
        missed = misses(made, truth)
        inside += sum(abs(miss) <= 2.093 for miss in missed.values())
        many += len(missed)
    assert many == 200
    assert inside >= 178


@pytest.mark.slow
def test_the_hotline_is_found_again_from_its_own_month():
    """Congested, so that one month says little of its waits: the intervals are wide, and hold."""
    truth = sim.load("hotline_2005")
    lived = report_of(truth, seed=77) | {"transfers": transfers(truth, seed=77)}
    start = sim.variant(
        truth,
        {"population": {"problems_per_day": 200, "again": {"persistence": 0.8}}, "teams": {"front": {"talk": "3 min"}}},
    )
    made = sim.calibrate(start, lived, free=["problems", "patience", "persistence", "teams.front.talk"])
    assert max(abs(miss) for miss in misses(made, truth).values()) <= 2.093, "Student's quantile, 19 degrees of freedom"


# What the figures do not tell ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def half_told() -> Calibration:
    """Return a calibration to a report that counts calls and waits, and nothing of who calls again."""
    whole = report_of(one_team(), seed=1000)
    told = {name: whole[name] for name in ("days", "offered", "answered", "speed_of_answer", "handling_time")}
    return sim.calibrate(one_team(), told, replications=6)


def test_calls_alone_do_not_tell_problems_from_repeats(half_told):
    """More problems, or more calls for each: the same calls. A repeat rate or a survey would tell."""
    directions = [{part.name for part, _ in flat.moves} for flat in half_told.flat]
    assert any({"persistence", "solving"} & names for names in directions)
    untold = {one.parameter.name for one in half_told.fitted if not one.told}
    assert {"persistence", "solving"} <= untold
    assert "talk" not in untold
    helps = " ".join(name for flat in half_told.flat for name, _ in flat.helps)
    assert any(word in helps for word in ("repeats", "first-contact", "callers apart", "survey")), helps


def test_it_is_said_in_words(half_told):
    text = half_told.text()
    assert "cannot tell apart" in text
    assert "What would tell" in text
    assert "not told by these figures" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    ("name", "interval", "cell"),
    [
        ("offered", (10.0, -2.0, 22.0), "0 to 616"),  # of 28 days
        ("answered", (0.9, 0.7, 1.1), "70.0 to 100.0 %"),
        ("abandoned", (0.1, -0.1, 0.3), "0.0 to 30.0 %"),
        ("transfers", (0.9, 0.7, 1.1), "70.0 to 110.0 %"),  # a call may be passed on twice
        ("speed_of_answer", (3.0, -1.0, 7.0), "0.00 to 7.00 min"),
    ],
)
def test_an_interval_is_not_printed_beyond_what_can_be_and_that_is_said(half_told, name, interval, cell):
    asked = question(name, share=name in ("answered", "abandoned"))
    line = Beside(asked, interval[0], interval[0], interval[0], True, Estimate(*interval))
    text = " ".join(replace(half_told, lines=(line,)).text().split())
    assert f" {cell} " in text
    assert (f"Cut at 0, or 100 %, where their values end: intervals of {asked.words}." in text) == (name != "transfers")


@pytest.mark.parametrize(
    ("low", "high", "mean", "verdict"),
    [
        (0.05, 0.09, 0.06, "inside"),
        (0.0, 0.202, 0.164, "too wide"),  # a band of 0 to 20.2 % holds 16.4 % beside a reported 6.8 %
        (0.0, 0.202, 0.3, "outside"),
    ],
)
def test_a_band_that_holds_nearly_any_world_tells_nothing(low, high, mean, verdict):
    assert Beside(question("abandoned"), 0.068, low, high, False, Estimate(mean, mean, mean)).verdict == verdict


def test_bands_too_wide_to_tell_are_counted_apart(half_told):
    wide = Beside(question("abandoned", share=True), 0.068, 0.0, 0.202, False, Estimate(0.164, 0.16, 0.17))
    made = replace(half_told, lines=(wide,))
    assert headline(made).endswith("0 of 1 figures inside. Figures whose bands are too wide to tell: 1.")
    assert told(headline(made), "fr").endswith("trop large pour conclure\N{NARROW NO-BREAK SPACE}: 1.")


def test_the_star_of_a_band_is_explained_once_and_only_where_one_stands(half_told):
    assert half_told.text().count("lie apart by chance, as the fitted world has it") == 1
    stated = tuple(replace(line, stated=True) for line in half_told.lines)
    assert "lie apart by chance, as" not in replace(half_told, lines=stated).text()


def test_what_hardly_is_told_is_said_in_a_plain_number(half_told):
    (flat, *_) = half_told.flat
    vague = replace(flat, helps=(("a survey", math.log(3391.2)),))
    assert "to a factor of 3,400" in replace(half_told, flat=(vague,)).text()


def test_a_calibration_is_a_table_a_tree_and_a_page(half_told):
    import json

    table = half_told.table()
    assert list(table.index) == ["offered", "answered", "speed_of_answer", "handling_time"]
    assert table.loc["offered", "yours"] * 28 == pytest.approx(report_of(one_team(), seed=1000)["offered"])
    tree = json.loads(half_told.to_json())
    assert [line["figure"] for line in tree["figures"]] == list(table.index)
    assert half_told._repr_html_().startswith("<p>one team fitted")


# The file it leaves --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_written_is_what_was_lived(half_told, tmp_path, whole):
    """Whole, or as what differs from the planner's own file, which is kept with its comments."""
    from sim.reading import written
    from sim.reading.writing import file_of

    base, file = tmp_path / "worlds" / "mine.toml", tmp_path / "fits" / "fitted.toml"
    for one in (base, file):
        one.parent.mkdir()
    base.write_text(file_of(written(one_team()), {}, ["The planner's own."]), encoding="utf-8")
    text = half_told.to_toml() if whole else half_told.to_toml(extends=base, at=file)
    file.write_text(text, encoding="utf-8")
    assert sim.digest(sim.load(file)) == sim.digest(half_told.world)
    assert whole or 'extends = "../worlds/mine.toml"' in text
    assert "  # fitted: value x " in text
    assert "these figures do not tell it; was" in text


# The shape of the week -----------------------------------------------------------------------------------------------


def by_interval(world: sim.World, *, seed: int) -> IntervalReport:
    """Return what a switch would count of four weeks of a world: calls by half-hour, and the agents at work."""
    history = run(world, populate(world, seed=seed))
    times = history.rows["time"][history.rows["event"] == Event.DIALLED] - world.time.warm_up
    counts = np.bincount((times[(times >= 0) & (times < world.time.horizon)] // 30).astype(int), minlength=28 * 48)
    agents = world.teams["front"].by_slot(world.line.open_slots())
    rows = np.zeros(len(counts), INTERVAL)
    for name in INTERVAL.names or ():
        rows[name] = np.nan if rows[name].dtype == float else 0
    rows["starts"], rows["minutes"] = np.arange(len(counts)) * 30.0, 30.0
    rows["offered"], rows["agents"] = (
        counts,
        [agents[at * (len(agents) // 336) % len(agents)] for at in range(len(counts))],
    )
    return IntervalReport(rows, None, ("front",))


def test_a_report_by_interval_gives_the_shape_the_staff_and_the_calls():
    """Mondays twice as busy, mornings thrice the afternoons; the search begins with a flat week and other agents."""
    truth = one_team(profile={"days": [2, 1, 1, 1, 1, 1, 1], "intervals": [0, 0, 3, 1]})
    report = report_of(truth, seed=3000)
    figures = {name: report[name] for name in ("answered", "repeats", "first_contact_resolution") if name != "answered"}
    figures["answered"] = f"{100 * report['answered'] / report['offered']:.1f} %"
    start = sim.variant(one_team(), {"teams": {"front": {"staff": 7}}})
    made = sim.calibrate(start, figures, report=by_interval(truth, seed=3000), replications=8)
    assert made.figures.offered is not None
    assert made.figures.offered.value == pytest.approx(report["offered"])
    assert made.world.teams["front"].by_slot(made.world.line.open_slots()) == truth.teams["front"].by_slot(
        truth.line.open_slots()
    )
    days = made.world.population.problems_by_weekday()
    others = sum(days[day] for day in days if day != "mon") / 6
    assert days["mon"] / others == pytest.approx(2, rel=0.15)
    profile = made.world.population.profile
    quarters = np.add.reduceat(np.array(profile.tue or profile.intervals), range(0, 48, 12))
    assert quarters[2] / quarters[3] == pytest.approx(3, rel=0.25)
    # The redials of the evening fall into the small hours, where no problem appears: most are taken out of the shape.
    assert quarters[:2].sum() < 0.12 * quarters.sum()


def test_agents_that_belong_to_nobody_are_told():
    report = by_interval(one_team(), seed=3)
    queues = {"line": {"team": "night"}, "queues": {"night": {}}, "teams": {"front": {"serves": ["front", "night"]}}}
    made = sim.calibrate(
        sim.variant("base", {"time": {"horizon": "7 d"}, **queues}),
        {"repeats": "20 %"},
        report=IntervalReport(report.rows, None, ("night", "service")),
        replications=2,
        free=["persistence"],
    )
    assert any("were not taken over" in note for note in made.notes)
    assert "were not taken over" in made.text()


# What goes wrong -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"replications": 1}, "2 to"),
        ({"seed": -1}, "seed is -1"),
        ({"days": 0}, "days is 0"),
        ({"free": []}, "nothing in this world"),
        ({"free": ["nonsense"]}, "no value of this world"),
        ({"report": 5}, "report is 5"),
    ],
)
def test_what_is_asked_wrongly_is_refused(asked, said):
    with pytest.raises(ValueError, match=said):
        sim.calibrate(one_team(), {"repeats": "20 %"}, **asked)


def test_a_world_in_which_nobody_is_answered_has_no_figures():
    empty = sim.variant(one_team(), {"population": {"problems_per_day": 1e-6}})
    with pytest.raises(ValueError, match="answers none of some figures"):
        sim.calibrate(empty, {"repeats": "20 %"}, replications=2)


def test_an_interruption_leaves_the_best_so_far():
    """Ctrl-C when half of the days are done: the values so far, with what was lived of them."""
    told: list[int] = []

    def stop(done: int, of: int) -> None:
        told.append(done)
        if done > 0.5 * of:
            raise KeyboardInterrupt

    truth = one_team()
    made = sim.calibrate(sim.variant(truth, FAR_OFF), report_of(truth, seed=1000), replications=16, progress=stop)
    assert made.interrupted
    assert not made.settled
    assert "Interrupted" in made.text()
    assert sim.digest(made.world) != sim.digest(one_team())
    assert made.to_toml()


def test_an_interruption_after_a_profile_was_corrected_leaves_what_is_known():
    """The profile is corrected when the coarse search is over: what was lived to either side is of the old one."""
    world = one_team()
    trying = prepared(world, report_of(world, seed=1000), report=by_interval(world, seed=1000), replications=6).trying
    shaped, at, times = trying.shaped, trying.at, {"shaped": 0, "lived": 0, "stopped": 0}

    def counted(moves):
        times["shaped"] += 1
        shaped(moves)

    def stopped(moves, many):
        times["lived"] += times["shaped"] > 1 and tuple(map(float, moves)) not in trying.lived
        if times["lived"] == 2 and not times["stopped"]:
            times["stopped"] = 1
            raise KeyboardInterrupt
        return at(moves, many)

    trying.shaped, trying.at = counted, stopped  # type: ignore[method-assign]
    made = trying.made(world, (), 0.0)
    assert times["stopped"] == 1
    assert made.interrupted
    assert made.to_toml()
    assert "Interrupted" in made.text()


def test_an_interruption_before_anything_was_lived_leaves_nothing():
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.calibrate(one_team(), {"repeats": "20 %"}, progress=stop)


def test_progress_comes_to_its_end_and_never_goes_back():
    told: list[tuple[int, int]] = []
    sim.calibrate(
        one_team(), {"repeats": "28 %"}, replications=3, free=["persistence"], progress=lambda *at: told.append(at)
    )
    parts = [done / of for done, of in told]
    assert parts == sorted(parts)
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert parts[0] < 0.5


def test_a_search_that_takes_longer_than_foreseen_stays_nearly_done():
    """Of 1000 days foreseen 4000 are lived: it comes to 95 % and stays there, but for rounding, until the end."""
    told: list[tuple[int, int]] = []
    trying = prepared(one_team(), {"repeats": "28 %"}, replications=3, free=["persistence"]).trying
    trying.size = replace(trying.size, progress=lambda *at: told.append(at))
    trying.foreseen = 1000
    for done in range(50, 4001, 50):
        trying._tell(done)
    trying._tell(trying.foreseen, over=True)
    parts = [done / of for done, of in told]
    assert max(later - before for before, later in zip(parts[1:-1], parts, strict=False)) <= 1e-3, "never back"
    assert max(parts[:-1]) <= 0.95
    assert parts[-1] == 1.0
