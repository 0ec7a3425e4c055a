"""Calendars, counts and replays as they are written: what is read, and every mistake with its file, row and column."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.moments import clock_of, day_named, day_of, minute_of, moment, monday
from sim.reading import WorldError, digest, load, same_population, variant, warnings_of, written
from sim.reading.difference import difference
from sim.reading.load import from_tree
from sim.reading.shipped import folder, profiles
from sim.units import DAYS
from sim.world.arrivals import CALLS_AT_MOST
from sim.world.population import Population
from tests.reading.conftest import SMALL

VOLUME = "problems_per_day = 50\n"
STORM = '[population.shocks.storm]\nper_year = 12\nsize = 2\nlasts = "6 h"\n'


@pytest.fixture
def world(tmp_path):
    """Write a world with a line in place of its volume, files beside it, and more at its end; return its path."""

    def write(volume=VOLUME, more="", time="", files=None):
        for name, text in (files or {}).items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        text = SMALL.replace(VOLUME, volume).replace('horizon = "7 d"\n', f'horizon = "7 d"\n{time}')
        path = tmp_path / "mine.toml"
        path.write_text(text + more, encoding="utf-8")
        return path

    return write


def told(path):
    """Return what is said of a world that is wrong, without the folder."""
    with pytest.raises(WorldError) as error:
        load(path)
    return str(error.value).replace(f"{path.parent}/", "").splitlines()


# A calendar ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [None, "2026-11-02", date(2024, 2, 26), "1999-12-27"])
@pytest.mark.parametrize("minutes", [0, 1, 59.5, 1439, 1440, 10079, 10080, 483.2, 525600])
def test_a_moment_that_is_written_is_read_back(first, minutes):
    assert minute_of(moment(minutes, first), first) == pytest.approx(minutes, abs=1 / 120)


def test_a_moment_goes_through_a_leap_day():
    """29 February 2024 was a Thursday."""
    assert moment(3 * 1440, "2024-02-26") == "2024-02-29 00:00"
    assert day_named(3) == "week 1, thu"
    assert day_of("2024-03-01", "2024-02-26") == 4
    assert day_of("2024-02-25", "2024-02-26") == -1


def test_seconds_are_rounded_over_midnight():
    assert moment(1439.9999) == "week 1, tue 00:00"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: monday("2026-11-03"), "2026-11-03 is a Tuesday; the nearest Mondays are 2026-11-02 and 2026-11-09"),
        (lambda: monday("2026-02-30"), "no calendar has that day"),
        (lambda: monday("3.11.2026"), 'is not a date; write year, month and day: "2026-11-02"'),
        (lambda: monday("9999-12-27"), "years go from 1900 to 2200"),
        (lambda: moment(float("nan")), "minutes is nan: it has to be minutes from the start of the run"),
        (lambda: moment(-1), "minutes is -1"),
        (lambda: moment(1e300), "minutes is 1e"),
        (lambda: day_of("week 0, mon"), "is not a day"),
        (lambda: day_of("2026-11-03"), "is a date, and the first Monday has none; give time.first_monday"),
        (lambda: minute_of("08:30"), "is not a time"),
        (lambda: clock_of("24:00"), "is not a time of day"),
        (lambda: clock_of("8:3"), "is not a time of day"),
    ],
)
def test_what_is_no_date_or_time_is_refused(ask, said):
    with pytest.raises(ValueError, match=r"\S") as error:
        ask()
    assert said in str(error.value)


def test_the_first_monday_may_be_a_date_or_a_text(world):
    one, other = (load(world(time=f"first_monday = {said}\n")) for said in ("2026-11-02", '"2026-11-02"'))
    assert one == other
    assert one.time.first_monday == "2026-11-02"
    assert digest(one) == digest(other) != digest(load(world()))
    assert load(world(time='first_monday = "none"\n')) == load(world())


def test_a_first_monday_that_is_none_says_the_nearest(world):
    assert told(world(time="first_monday = 2026-11-05\n")) == [
        "mine.toml:7 [time] first_monday is 2026-11-05: 2026-11-05 is a Thursday; "
        "the nearest Mondays are 2026-11-02 and 2026-11-09"
    ]


# Special days -------------------------------------------------------------------------------------------------------


def test_every_mistake_in_special_days_is_told(world):
    days = """
[population.special_days]
"2026-11-04" = { factor = 2 }
"week 1, fri" = { profile = [0, 0] }
"week 1, sat" = { factor = 2, problems = 3 }
"week 1, sun" = { profile = [1, 2, 3, 4, 5, 6, 7] }
"week 1, mon" = { factor = -1 }
"""
    assert told(world(more=days)) == [
        "mine.toml:63 [population.special_days] 2026-11-04 is a date, and the first Monday has none; "
        'give time.first_monday, such as "2026-11-02"',
        'mine.toml:64 [population.special_days."week 1, fri"] profile is not right: all weights are zero; '
        "for a day without problems write factor = 0",
        'mine.toml:65 [population.special_days] "week 1, sat" is not right: factor and problems both say how many '
        "problems appear; write one of the two",
        'mine.toml:66 [population.special_days."week 1, sun"] profile is not right: intervals must divide the day: '
        "1, 24, 48 or 96 weights are usual",
        'mine.toml:67 [population.special_days."week 1, mon"] factor is -1: it must be at least 0',
    ]


def test_a_day_that_stands_twice_is_told(world):
    days = '[population.special_days]\n"2026-11-04" = { factor = 2 }\n"week 1, wed" = { factor = 3 }\n'
    (said,) = told(world(time="first_monday = 2026-11-02\n", more=days))
    assert said.endswith('"week 1, wed" is the same day as "2026-11-04"; write each day once')


def test_what_is_no_day_is_told(world):
    days = '[population.special_days]\n"2026-13-04" = { factor = 2 }\n"friday" = { factor = 3 }\n'
    (said,) = told(world(more=days))
    assert '"2026-13-04" is not a date: no calendar has that day' in said
    assert '"friday" is not a date' in said


def test_a_day_outside_the_run_is_a_warning(world):
    days = '[population.special_days]\n"2026-11-20" = { factor = 2 }\n"2026-10-20" = { factor = 2 }\n'
    found = warnings_of(load(world(time="first_monday = 2026-11-02\n", more=days)))
    assert [warning for warning in found if "never lived" in warning] == [
        "population.special_days.2026-11-20 is never lived: it lies after it has ended, on 2026-11-11 00:00",
        "population.special_days.2026-10-20 is never lived: it lies before the run begins",
    ]


def test_a_special_day_is_taken_away_by_a_nearer_file(tmp_path, world):
    world(more='[population.special_days]\n"week 1, wed" = { factor = 3 }\n"week 1, thu" = { factor = 3 }\n')
    nearer = tmp_path / "nearer.toml"
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population.special_days]\n"week 1, wed" = "none"\n')
    assert list(load(nearer).population.special_days) == ["week 1, thu"]


# Shocks -------------------------------------------------------------------------------------------------------------


def test_every_mistake_in_shocks_is_told(world):
    shocks = """
[population.shocks.storm]
per_year = 1e9
size = -2
lasts = "0 min"
reasons = ["fualt", "storm", "bill"]
[population.shocks.flood]
per_year = -1
size = "a lot"
lasts = 20
reasons = "bill"
often = 3
[population.shocks.cut]
size = 1
lasts = "1 h"
"""
    reasons = "there is no such reason; "
    assert told(world(more=shocks)) == [
        "mine.toml:63 [population.shocks.storm] per_year is 1e+09: it must be at most 365",
        "mine.toml:64 [population.shocks.storm] size is -2: it must be at least 0",
        'mine.toml:65 [population.shocks.storm] lasts is "0 min": it must be at least 1 min',
        f'mine.toml:66 [population.shocks.storm] reasons[1] is "fualt": {reasons}did you mean fault?',
        f'mine.toml:66 [population.shocks.storm] reasons[2] is "storm": {reasons}the reasons are fault, bill',
        "mine.toml:68 [population.shocks.flood] per_year is -1: it must be at least 0",
        'mine.toml:69 [population.shocks.flood] size is "a lot": a number is needed',
        'mine.toml:70 [population.shocks.flood] lasts is 20: a duration needs its unit; write "20 s" or "20 min", '
        "whichever is meant (s, min, h, d, weeks, months)",
        'mine.toml:71 [population.shocks.flood] reasons is "bill": a list in [brackets] is needed; write ["bill"]',
        "mine.toml:72 [population.shocks.flood] often is not known; known here are per_year, size, lasts, reasons",
        "mine.toml:73 [population.shocks.cut] per_year is missing; write per_year = ...",
    ]


def test_shocks_of_a_size_that_makes_no_sense_are_told(world):
    """A constant, and a lognormal law one in a thousand of which is beyond: e^(m + 3.09 s), s^2 = log 17."""
    storm = STORM.replace("size = 2", "size = 1001")
    other = STORM.replace("storm", "flood").replace("size = 2", 'size = { law = "lognormal", mean = 300, cv = 4 }')
    assert told(world(more=storm + other)) == [
        "mine.toml:63 [population.shocks.storm] size comes to 1001 usual days: 1000 usual days is the most that makes "
        "sense",
        "mine.toml:67 [population.shocks.flood] size comes to 13209.6 usual days: 1000 usual days is the most that "
        "makes sense",
    ]


def test_a_reason_that_a_shock_strikes_twice_is_told(world):
    (said,) = told(world(more=STORM + 'reasons = ["bill", "bill"]\n'))
    assert said.endswith("a reason stands there twice; name each once")


def test_a_shock_is_taken_away_by_a_nearer_file(tmp_path, world):
    world(more=STORM + STORM.replace("storm", "flood"))
    nearer = tmp_path / "nearer.toml"
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population.shocks]\nstorm = "none"\n')
    assert list(load(nearer).population.shocks) == ["flood"]
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population.replay]\nat = [1, 2]\n')
    assert load(nearer).population.shocks == {}


# Counts -------------------------------------------------------------------------------------------------------------

BY_DAY = "start;mon;tue;sun\n08:00;1;2;3\n08:30;4;5;6\n"
BY_DATE = "date,start,count\n" + "".join(
    f"{day},{start},{count}\n"
    for day, *counts in (("2026-11-02", 1, 2), ("2026-11-09", 3, 4), ("2026-11-03", 7, 9))
    for start, count in zip(("10:00", "11:00"), counts, strict=True)
)


def test_counts_by_weekday_give_volume_and_shape(world):
    found = load(world('counts = "c.csv"\n', files={"c.csv": BY_DAY})).population
    assert found.problems_by_weekday() == pytest.approx(dict(zip(DAYS, (5, 7, 0, 0, 0, 0, 9), strict=True)))
    assert found.profile.intervals_a_day() == 48
    assert found.profile.mon[15:19] == (0, 1, 4, 0)
    assert found.counts is None


def test_counts_by_date_are_the_means_of_the_weekdays(world):
    found = load(world('counts = "c.csv"\n', files={"c.csv": BY_DATE})).population
    assert found.problems_by_weekday() == pytest.approx(dict(zip(DAYS, (5, 16, 0, 0, 0, 0, 0), strict=True)))
    assert found.profile.mon[9:13] == (0, 2, 3, 0)


@pytest.mark.parametrize("many", [24, 48, 96])
def test_counts_of_whole_days_need_no_start(world, many):
    text = "mon,tue\n" + "1,2\n" * many
    found = load(world('counts = "c.csv"\n', files={"c.csv": b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()}))
    assert found.population.profile.mon == (1.0,) * many


def test_a_world_holds_the_counts_and_not_their_path(tmp_path, world):
    """Equal counts in another file, or in the world's own, are the same world, stored and pickled without a file."""
    one = load(world('counts = "c.csv"\n', files={"c.csv": BY_DAY}))
    other = load(world('counts = "d.csv"\n', files={"d.csv": BY_DAY.replace(";", ",")}))
    pads = ", ".join(["0"] * 16)
    lists = (("mon", "1, 4"), ("tue", "2, 5"), ("sun", "3, 6"))
    inline = ", ".join(f"{day} = [{pads}, {two}, {', '.join(['0'] * 30)}]" for day, two in lists)
    own = load(world(f"counts = {{ {inline} }}\n"))
    assert one == other == own
    assert len({digest(it) for it in (one, other, own)}) == 1
    (tmp_path / "c.csv").unlink()
    assert from_tree(written(one), "again") == pickle.loads(pickle.dumps(one)) == one
    assert same_population(one, own)


def test_a_nearer_file_scales_counts_or_takes_others(tmp_path, world):
    world('counts = "c.csv"\n', files={"c.csv": BY_DAY})
    nearer = tmp_path / "nearer.toml"
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population]\nproblems_per_week = 42\n')
    assert load(nearer).population.problems_by_weekday()["mon"] == pytest.approx(10)
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population]\ncounts = "bank_1999"\n')
    assert load(nearer).population.problems_by_weekday()["mon"] == pytest.approx(1620, abs=1)


def test_a_variant_reads_files_too(tmp_path, monkeypatch, world):
    base = load(world(files={"c.csv": BY_DAY}))
    monkeypatch.chdir(tmp_path)
    assert variant(base, {"population": {"counts": "c.csv"}}).population.problems_per_week == pytest.approx(21)
    with pytest.raises(
        WorldError, match=r'counts is "d.csv": there is no such file beside this one; did you mean c.csv'
    ):
        variant(base, {"population": {"counts": "d.csv"}})


WRONG = {
    "start,mon,tus\n08:00,1,2\n08:30,x,3\n": [
        "c.csv:1 column tus is not known; did you mean tue?",
        'c.csv:3 column mon is "x": a number is needed',
    ],
    "start,mon\n08:00,1\n09:30,2\n09:00,3\n09:30,3\n09:30,1\n": [
        "c.csv:3 column start leaves a gap: 08:30 is missing; write 0 where nobody called",
        'c.csv:4 column start is "09:00", before the row above; sort the rows',
        'c.csv:6 column start is "09:30" twice; write each interval once',
    ],
    "start,mon\n08:00,-1\n08:30,nan\n09:00,\n09:30,1e400\n10:00,1_0\n": [
        'c.csv:2 column mon is "-1": a count goes from 0 to 1e9',
        'c.csv:3 column mon is "nan": a count goes from 0 to 1e9',
        "c.csv:4 column mon is empty",
        'c.csv:5 column mon is "1e400": a count goes from 0 to 1e9',
        'c.csv:6 column mon is "1_0": a count goes from 0 to 1e9',
    ],
    "start;mon\n08:00;1,5\n08:30;2\n": ['c.csv:2 column mon is "1,5": a number is needed; write 1.5'],
    "start,mon\n08:00,1\n08:20,2\n": ["c.csv column start goes on by 20 minutes; counts are by 15, 30 or 60 minutes"],
    "start,mon\n08:10,1\n08:40,2\n": [
        'c.csv:2 column start is "08:10": rows start every 30 min from midnight',
        'c.csv:3 column start is "08:40": rows start every 30 min from midnight',
    ],
    "start,mon\n8h,1\n08:30,2\n09:00,2\n": [
        'c.csv:2 column start is wrong: "8h" is not a time of day; write "08:03" or "08:03:12"'
    ],
    "mon\n" + "1\n" * 25: ["c.csv has 25 rows and no column start: a whole day has 24, 48 or 96"],
    "start,mon\n08:00,0\n09:00,0\n": ["c.csv holds no call at all"],
    "start,mon\n08:00,1\n": [
        "c.csv column start does not tell for how long a row stands; give two rows at least for a day"
    ],
    "start\n08:00\n08:30\n": [
        'c.csv:1 has no column of counts; columns are start (such as "08:30") and mon to sun, or date, start and count'
    ],
    "start,mon,mon\n08:00,1,2\n": ["c.csv:1 column mon is a column twice"],
    "start,mon\n08:00,1,2\n08:30\n": ["c.csv:2 has 3 cells, and the header 2", "c.csv:3 has 1 cells, and the header 2"],
    "": ["c.csv is empty"],
    "start,mon\n": ["c.csv is empty: a table has a header and rows"],
    "date,start,count\n2026-02-30,08:00,1\n2026-11-02,08:00,1\n2026-11-02,08:30,2\n": [
        'c.csv:2 column date is wrong: "2026-02-30" is not a date: no calendar has that day'
    ],
    "date,start\n2026-11-02,08:00\n": [
        'c.csv:1 column count is missing; columns are start (such as "08:30") and mon to sun, or date, start and count'
    ],
    b"\xff\xfe": ["c.csv:1 is not text in UTF-8; save it with the encoding UTF-8"],
    'start,mon\n"08:00,1\n': ["c.csv is not a table: unexpected end of data"],
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_every_mistake_in_a_table_of_counts_is_told(world, text):
    found = told(world('counts = "c.csv"\n', files={"c.csv": text}))
    for said in WRONG[text]:
        assert said in found
    assert all(one.startswith("c.csv") for one in found)


def test_comments_count_as_lines(world):
    text = "# from the switch\n\nstart,mon\n# night\n08:00,x\n08:30,1\n"
    assert told(world('counts = "c.csv"\n', files={"c.csv": text})) == ['c.csv:5 column mon is "x": a number is needed']


def test_mistakes_of_the_table_and_of_the_world_are_told_together(world):
    found = told(world('counts = "c.csv"\nprofile = { days = [1] }\n', files={"c.csv": "start,mon\n08:00,1\n"}))
    assert len(found) == 3
    assert found[0].startswith("mine.toml:10 [population] counts says how many problems appear and when")
    assert "[population.profile] days has 1 items" in found[1]
    assert found[2].startswith("c.csv column start does not tell")


@pytest.mark.parametrize("name", ["../nowhere.csv", "a" * 5000 + ".csv", "\\u0000.csv", " ", "bank_1998", "."])
def test_a_file_that_is_none_is_told(world, name):
    (said,) = told(world(f'counts = "{name}"\n'))
    assert "counts" in said or "is a directory" in said
    assert name != "bank_1998" or "did you mean bank_1999?" in said


def test_a_table_that_is_far_too_large_is_told(world):
    (said,) = told(world('counts = "c.csv"\n', files={"c.csv": b"1" * 20_000_001}))
    assert said == "c.csv is far too large for a table: more than 20 MB"


def test_files_are_read_for_files_and_variants_alone(world):
    """What others hand over as values, such as a stored study, may name none."""
    tree = written(load(world()))
    tree["population"] = {**tree["population"], "counts": "c.csv"}
    with pytest.raises(WorldError, match=r"names a file, which only a world's file and sim\.variant read"):
        from_tree(tree, "stored")
    with pytest.raises(ValueError, match="leave out the volume and the profile"):
        Population.model_validate({**load(world()).population.model_dump(), "counts": {"mon": [1, 2]}})


# Replays ------------------------------------------------------------------------------------------------------------

CALLS = 'time,reason,segment\n20,bill,\n"week 1, mon 00:10:30",,private\n2026-11-03 09:00,fault,\n2026-11-03T00:00,,\n'


def replay(world, text=CALLS, more="", time="first_monday = 2026-11-02\n"):
    return world('replay = "r.csv"\n', more=more, time=time, files={"r.csv": text})


def test_a_replay_is_sorted_and_holds_its_times(world):
    population = load(replay(world)).population
    assert population.replay.at == (10.5, 20, 1440, 1980)
    assert population.replay.reasons == ("", "bill", "", "fault")
    assert population.replay.segments == ("private", "", "", "")
    assert population.problems_per_day == 2


def test_a_world_with_a_replay_is_written_pickled_told_apart_and_named_by_its_values(tmp_path, world):
    one = load(replay(world))
    other = load(replay(world, CALLS.replace("20,bill", "21,bill")))
    (tmp_path / "r.csv").unlink()
    assert from_tree(written(one), "again") == pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
    assert digest(one) != digest(other)
    assert [change.key for change in difference(one, other)] == ["population.replay"]
    assert not same_population(one, other)


def test_a_nearer_file_says_calls_or_a_volume(tmp_path, world):
    replay(world)
    nearer = tmp_path / "nearer.toml"
    nearer.write_text('about = "x"\nextends = "mine.toml"\n[population]\nproblems_per_day = 7\n')
    assert load(nearer).population.replay is None
    nearer.write_text('about = "x"\nextends = "base"\n[population]\nreplay = { at = [1, 2] }\n')
    assert load(nearer).population.replay.at == (1, 2)
    assert load(nearer).population.busyness_day is None


def test_every_mistake_in_a_replay_is_told(world):
    text = "time,reason,segment\n-5,bill,\nweek 9,fault,\n2026-10-30 09:00,bil,pri\n09:30,,\nnan,,\n1e12,,\n"
    how = '; write minutes from the start of the run, "2026-12-24 08:03:12" or "week 1, mon 08:03:12"'
    assert told(replay(world, text)) == [
        f'r.csv:2 column time is "-5", which lies before the run begins{how}',
        'r.csv:3 column time is wrong: "week" is not a day; write "2026-12-25" or "week 2, fri"',
        'r.csv:4 column reason is "bil": there is no such reason; did you mean bill?',
        'r.csv:4 column segment is "pri": there is no such segment; did you mean private?',
        f'r.csv:4 column time is "2026-10-30 09:00", which lies before the run begins{how}',
        'r.csv:5 column time is wrong: "09:30" is not a time; write "2026-12-24 08:03:12" or "week 1, mon 08:03:12"',
        f'r.csv:6 column time is "nan", which is no time of a run{how}',
        f'r.csv:7 column time is "1e12", which is no time of a run{how}',
    ]


def test_a_replay_by_date_needs_the_date_of_the_first_monday(world):
    found = told(replay(world, time=""))
    assert len(found) == 2
    assert "the first Monday has none; give time.first_monday" in found[0]
    assert told(replay(world, time="first_monday = 2026-11-03\n"))[-1].startswith(
        "mine.toml:11 [population] replay cannot"
    )


def test_what_speaks_of_chance_beside_a_replay_is_told(world):
    more = '[population.special_days]\n"week 1, mon" = { factor = 2 }\n'
    path = world('replay = "r.csv"\nbusyness_day = 3\n', more=more, files={"r.csv": "time\n1\n"})
    (said,) = told(path)
    assert said.endswith("leave out busyness_day, special_days")
    path = world('replay = "r.csv"\n', more=STORM, files={"r.csv": "time\n1\n"})
    (said,) = told(path)
    assert said.endswith("leave out shocks")
    (said,) = told(world('replay = "r.csv"\nproblems_per_day = 3\n', files={"r.csv": "time\n1\n"}))
    assert said.endswith("leave out problems_per_day")


def test_a_replay_of_too_many_calls_is_told(world):
    text = "time\n" + "1\n" * (CALLS_AT_MOST + 1)
    assert told(replay(world, text)) == ["r.csv holds 200,001 calls: 200,000 are the most that a replay may"]


def test_calls_after_the_run_are_a_warning(world):
    *found, of_the_delays = warnings_of(load(replay(world, "time\n1\n20000\n")))
    assert of_the_delays.startswith("time.follow_up")
    assert found == ["population.replay: 1 of 2 calls come after the end of the run, 2026-11-11 00:00"]


def test_a_replay_of_many_calls_can_be_stored(world):
    """Ten thousand and more: as many as a list of calls may hold, not as other lists."""
    found = load(replay(world, "time\n" + "".join(f"{n / 7}\n" for n in range(20_000))))
    assert from_tree(written(found), "again") == found


# Anything at all ------------------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    [
        "start",
        "mon",
        "tue",
        "date",
        "count",
        "time",
        "reason",
        "08:00",
        "08:30",
        "2026-11-02",
        "1",
        "2.5",
        "-1",
        "nan",
        "",
    ]
)
ROWS = st.lists(st.lists(CELLS | st.text(max_size=4), min_size=1, max_size=4).map(",".join), max_size=6)
FILES = ROWS.map("\n".join).map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=60)


@given(content=FILES, key=st.sampled_from(["counts", "replay"]))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_table_the_answer_is_a_world_or_mistakes_in_words(tmp_path_factory, content, key):
    folder = tmp_path_factory.mktemp("any")
    (folder / "t.csv").write_bytes(content)
    (folder / "mine.toml").write_text(SMALL.replace(VOLUME, f'{key} = "t.csv"\n'))
    try:
        found = load(folder / "mine.toml")
    except WorldError as error:
        assert error.mistakes
        assert all(mistake.problem for mistake in error.mistakes)
    else:
        assert from_tree(written(found), "again") == found


# Shipped ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", profiles())
def test_a_shipped_profile_is_named_and_its_world_is_good(world, name):
    whole = load(folder() / "profiles" / f"{name}.toml")
    assert load(world(f'counts = "{name}"\n')).population.profile == whole.population.profile
    assert (folder() / "profiles" / f"{name}.csv").read_text(encoding="utf-8").startswith("# Calls")


def test_the_shipped_profiles_are_those_of_the_real_centres():
    """Mean total, and the first day of the week; in 2003 there are not as many days of each name."""
    small, large = (load(folder() / "profiles" / f"{name}.toml").population for name in profiles())
    assert sum(small.problems_by_weekday()[day] for day in ("sun", "mon", "tue", "wed", "thu")) / 5 == pytest.approx(
        1622.3, rel=1e-3
    )
    assert small.problems_by_weekday()["sun"] / 1622.3 == pytest.approx(1.037, abs=1e-3)
    assert sum(large.problems_by_weekday().values()) / 5 == pytest.approx(32461.3, rel=3e-3)
    assert large.problems_by_weekday()["mon"] / 32461.3 == pytest.approx(1.122, abs=1e-3)


# Profiles that do not go together -----------------------------------------------------------------------------------


def test_segments_whose_hours_cannot_hold_their_share_are_told(world):
    more = "\n[population.segments.private.profile]\nintervals = [1, 0]\n"
    assert "problems appear, but no segment's profile has a weight there" in told(world(more=more))[0]
    other = "\n[population.segments.pro]\nshare = 0\nvalue_of_time = 1\noutage_value = 1\nhours_of_use = 1\n"
    (said,) = told(world(more=more + other))
    assert "do not go with their shares" in said or "no segment's profile" in said


def test_a_profile_that_is_zero_whenever_the_line_is_open_is_a_warning(world):
    found = warnings_of(load(world("problems_per_day = 50\nprofile = { days = [0, 0, 0, 0, 0, 1, 1] }\n")))
    assert any("population.profile is zero at all times at which the line is open" in one for one in found)
    more = "\n[population.reasons.bill.profile]\nintervals = [1, 0, 0, 0]\n"
    found = warnings_of(load(world(more=more)))
    assert any("population.reasons.bill.profile is zero at all times" in one for one in found)


def test_a_correlation_without_its_factor_is_a_warning(world):
    found = warnings_of(load(world("problems_per_day = 50\nbusyness_day_correlation = 0.5\n")))
    assert "population.busyness_day_correlation is of no effect: there is no population.busyness_day" in found


def test_more_problems_than_there_are_numbers_are_told_at_once(world):
    """Seven of ten are of one reason, and 2^26 = 67 million numbers are there for it: 9.58e7 problems are too many."""
    for per_day, too_many in ((9.5e6, False), (9.7e6, True)):
        path = world(f"problems_per_day = {per_day}\n")
        text = path.read_text().replace('horizon = "7 d"', 'horizon = "8 d"')
        path.write_text(text)
        found = told(path) if too_many else ()
        assert any("there are numbers for 67,108,864" in said for said in found) == too_many


def test_profiles_that_do_not_fit_each_other_are_told(world):
    more = "\n[population.reasons.bill.profile]\nintervals = [" + ", ".join(["1"] * 36) + "]\n"
    (said,) = told(
        world("problems_per_day = 50\nprofile = { intervals = [" + ", ".join(["1"] * 32) + "] }\n", more=more)
    )
    assert "profiles of 32, 36 intervals a day do not fit each other" in said
