"""Every mistake is told at once, with its file, its key, its line and what would be right."""

from __future__ import annotations

import os
import pickle

import pytest

from sim.reading import WorldError, fits_in_memory, load, memory, memory_needed, mistakes_in


def test_a_mistake_reads_as_one_line(world_file):
    path = world_file(end='cut_afer = "20 min"\n')
    line = path.read_text().splitlines().index('cut_afer = "20 min"') + 1
    with pytest.raises(WorldError) as raised:
        load(path)
    assert str(raised.value) == f"{path}:{line} [levers.time] cut_afer is not known; did you mean cut_after?"
    (mistake,) = raised.value.mistakes
    assert (mistake.file, mistake.key, mistake.line) == (str(path), "levers.time.cut_afer", line)


def test_a_mistake_survives_the_way_between_processes(world_file, mistakes):
    with pytest.raises(WorldError) as raised:
        load(world_file(("wage = 23", "wage = -1")))
    again = pickle.loads(pickle.dumps(raised.value))
    assert (again.mistakes, str(again)) == (raised.value.mistakes, str(raised.value))


def test_many_mistakes_are_told_together_in_the_order_of_the_file(world_file, mistakes):
    path = world_file(
        ('horizon = "7 d"', "horizon = 7"),
        ("persistence = 0.8", "persistence = 1.8"),
        ('team = "front"', 'team = "frnt"'),
        ("wage = 30", "wages = 30"),
    )
    assert mistakes(path) == [
        (
            "time.horizon",
            'is 7: a duration needs its unit; write "7 s" or "7 min", whichever is meant (s, min, h, d, weeks, months)',
        ),
        ("population.again.persistence", "is 1.8: it must be at most 1; "),
        ("line.team", 'is "frnt": there is no such team; did you mean front?'),
        ("teams.second.wage", "is missing; write wage = ..."),
        ("teams.second.wages", "is not known; did you mean wage?"),
    ]


VALUES = [
    ('talk = "8 min"', 'talk = "8 minutes"', "teams.front.talk", 'unit "minutes" is not known'),
    ('talk = "8 min"', 'talk = "2 hours"', "teams.front.talk", 'write "2 h"'),
    ('talk = "8 min"', 'talk = "8,5 min"', "teams.front.talk", 'write "8.5 min"'),
    ('talk = "8 min"', 'talk = "٣ min"', "teams.front.talk", 'is not a duration'),
    ('talk = "8 min"', 'talk = "4:75"', "teams.front.talk", 'is not a duration'),
    ('talk = "8 min"', "talk = 240", "teams.front.talk", 'write "240 s" (4 min) or "240 min" (4 h)'),
    ('talk = "8 min"', 'talk = "240"', "teams.front.talk", 'write "240 s" (4 min) or "240 min" (4 h), whichever is'),
    ('talk = "8 min"', 'talk = { law = "empirical", values = ["224", "300 s"] }', "teams.front.talk.values[1]",
     "a duration needs its unit"),
    ('warm_up = "1 d"', 'warm_up = { law = "constant", value = "1 d" }', "time.warm_up", "one duration is needed"),
    ('talk = "8 min"', 'talk = "-8 min"', "teams.front.talk", "a duration cannot be negative"),
    ('talk = "8 min"', "talk = true", "teams.front.talk", "a duration is written with its unit"),
    ('talk = "8 min"', 'talk = "8 d"', "teams.front.talk", "a day is the most that makes sense"),
    ('talk = "8 min"', 'talk = "0 min"', "teams.front.talk", "a talk takes time"),
    ("wage = 23", "wage = -23", "teams.front.wage", "must be at least 0"),
    ("wage = 23", "wage = 23000", "teams.front.wage", "it must be at most 1000"),
    ("wage = 23", 'wage = "23"', "teams.front.wage", 'is "23": a number is needed'),
    ("wage = 23", "wage = nan", "teams.front.wage", "finite"),
    ("wage = 23", "wage = 1" + "0" * 400, "teams.front.wage", "finite"),
    ("staff = 3", "staff = 3.5", "teams.front.staff", "a whole number is needed, or a table"),
    ("staff = 3", 'staff = { "mon-fri 08:10-12:00" = 2 }', "teams.front.staff", "hours lie on the quarter of an hour"),
    ("staff = 3", 'staff = { "mon-wed 08:00-12:00" = 2, "wed 10:00-13:00" = 1 }', "teams.front.staff",
     '"wed 10:00-13:00" overlaps "mon-wed 08:00-12:00", and agents do not add up silently; if both are at work, write '
     '"wed 12:00-13:00" = 1, "mon-tue 08:00-12:00" = 2, "wed 08:00-10:00" = 2, "wed 10:00-12:00" = 3'),
    ("staff = 3", 'staff = { "mon-fri 22-6" = 2, "sat 4-8" = 1 }', "teams.front.staff",
     '"sat 4-8" overlaps "mon-fri 22-6"'),
    ("staff = 3", 'staff = { "mon-fri 8 to 12" = 2 }', "teams.front.staff", "is not a time of the week"),
    ("staff = 3", 'staff = { "mon-fri ０8:00-12:00" = 2 }', "teams.front.staff", "is not a time of the week"),
    ("staff = 3", 'staff = { "mon 8-8" = 2 }', "teams.front.staff", "a whole day is 00:00-24:00"),
    ("hard = 0.2 }", "hard = 20 }", "teams.front.solve.hard", '0.2 for 20 %, or write "20 %"'),
    ("hard = 0.2 }", 'hard = "120 %" }', "teams.front.solve.hard", 'it must be at most 1'),
    ("hard = 0.2 }", 'hard = "0.2" }', "teams.front.solve.hard", 'write a part of one or a percentage: 0.8 or "80 %"'),
    ("hard = 0.2 }", "hrad = 0.2 }", "teams.front.solve.hrad", "did you mean hard?"),
    ("hard = 0.2 }", "fault.hard = 0.2 }", "teams.front.solve.fault", "in quotes"),
    ("hard = 0.2 }", '"bill.hard" = 0.2 }', 'teams.front.solve."bill.hard"', "not a difficulty class"),
    ("easy = 1.0", "simple = 1.0", "population.reasons.bill.difficulty.simple", "no team has a chance of solving"),
    ("easy = 1.0", "easy = 0.9", "population.reasons.bill.difficulty", "add up to 1, not 0.9"),
    ("share = 0.3", "share = 0.4", "population.reasons", "add up to 1, not 1.1"),
    ("share = 0.3", "share = 0.3\nadvanced = 20", "population.reasons.bill", "deadline and advanced belong together"),
    ("share = 0.3", 'share = 0.3\ndeadline = "30 d"', "population.reasons.bill", "give both, or neither"),
    ("share = 0.3", 'share = 0.3\ndeadline = "400 d"\nadvanced = 20', "population.reasons.bill.deadline",
     "a year is the most that makes sense"),
    ("share = 0.3", 'share = 0.3\ndeadline = "-1 d"\nadvanced = 20', "population.reasons.bill.deadline",
     "a duration cannot be negative"),
    ("share = 0.3", 'share = 0.3\ndeadline = "0 d"\nadvanced = 20', "population.reasons.bill.deadline",
     "it must be more than 0 min"),
    ("share = 0.3", 'share = 0.3\ndeadline = "1 d"\nadvanced = -20', "population.reasons.bill.advanced", "at least 0"),
    ("share = 0.3", 'share = 0.3\ndeadline = "1 d"\nadvanced = nan', "population.reasons.bill.advanced", "finite"),
    ("hangup = 0.01", "hangup = 0.01\n[levers.access]\ndrops_after = 0", "levers.access.drops_after", "at least 1"),
    ("hangup = 0.01", "hangup = 0.01\n[levers.access]\ndrops_after = 4001", "levers.access.drops_after",
     "at most 4000"),
    ("hangup = 0.01", "hangup = 0.01\n[levers.access]\ndrops_after = true", "levers.access.drops_after",
     "is true: a whole number is needed"),
    ("hangup = 0.01", 'hangup = 0.01\n[levers.access]\ndrops_after = "25"', "levers.access.drops_after",
     "write 25, without quotes and unit"),
    ('patience = { law = "exponential",', 'patience = { law = "exponentail",', "population.patience.law",
     "did you mean exponential?"),
    ('patience = { law = "exponential",', "patience = {", "population.patience", "without its law"),
    ('mean = "5 min" }', "mean = 5 }", "population.patience.mean", "needs its unit"),
    (', mean = "5 min" }', " }", "population.patience.mean", "is missing"),
    ('mean = "5 min" }', 'mean = "5 min", cv = 1 }', "population.patience.cv", "is not known"),
    ('{ law = "exponential", mean = "5 min" }', "[1, 2]", "population.patience", "a law is needed"),
    ('{ law = "exponential", mean = "5 min" }',
     '{ law = "mixture", parts = [{ share = 0.4, of = "5 min" }, { share = 0.4, of = "9 min" }] }',
     "population.patience", "add up to 1, not 0.8"),
    ('{ law = "exponential", mean = "5 min" }',
     '{ law = "mixture", parts = [{ share = 1, of = { law = "gamma", mean = 5, shape = 2 } }] }',
     "population.patience.parts[1].of.mean", "needs its unit"),
    ('open = ["mon-fri 08:00-20:00"]', "open = []", "line.open", "is empty"),
    ('open = ["mon-fri 08:00-20:00"]', 'open = "mon-fri 08:00-20:00"', "line.open", "a list in [brackets] is needed"),
    ('open = ["mon-fri 08:00-20:00"]', 'open = ["mon-fri 20:00-20:00"]', "line.open", "ends when it begins"),
    ('open = ["mon-fri 08:00-20:00"]', 'open = ["mon-fri 00:00-06:00"]', "line.open", "nobody could ever call"),
    ('team = "front"', 'team = "front"\nmisrouted_to = "thrid"', "line.misrouted_to", "the teams are front, second"),
    *(
        ('mean = "5 min" }', f'mean = "5 min" }}\n[population.reasons.more]\nshare = 0\npatience = {never}',
         "population.reasons.more.patience", 'write "none"')
        for never in ('"inf"', "inf", '"infinite"', '"Never"', '"forever"')
    ),
    ('team = "front"', 'team = "front"\nlines = "unlimited"', "line.lines", 'has a word of its own; write "none"'),
    ("hangup = 0.01", "hangup = 0.01\ncut_after = inf", "levers.time.cut_after", "is inf: what has no end"),
    ("persistence = 0.8", 'persistence = "forever"', "population.again.persistence", 'write a part of one'),
    *(
        ('talk = "8 min"', f'talk = {{ law = "{law}", means = ["1 min"] }}', "teams.front.talk.law",
         f'is "{law}": no such law; it is a mixture of exponential ones: write {{ law = "mixture", parts = [')
        for law in ("hyperexponential", "hyper-exponential", "hyperexp", "H2")
    ),
    ('team = "front"', 'team = "front"\nroutes = { bil = "second" }', "line.routes.bil", "did you mean bill?"),
    ('team = "front"', 'team = "front"\nroutes = { bill = "secnd" }', "line.routes.bill", "did you mean second?"),
    ('team = "front"', 'team = "front"\nlines = 0', "line.lines", "every call is blocked"),
    ('to = "second"', 'to = "expert"', "paths.up.to", "there is no such team"),
    ('to = "second"', "to = { second = 0.5, expert = 0.5 }", "paths.up.to.expert", "is not a team"),
    ('to = "second"', "to = { second = 0.5 }", "paths.up.to", "add up to 1, not 0.5"),
    ('from = "front"', 'from = "fornt"', "paths.up.from", 'is "fornt": there is no such team; did you mean front?'),
    ('from = "front"', 'from = ["front", "expert"]', "paths.up.from[2]", "there is no such team"),
    ('from = "front"', 'source = "front"', "paths.up.source", "did you mean from?"),
    ('when = "unsolved"', 'when = "unsloved"', "paths.up.when",
     'use "wrong_person", "above_limit", "unsolved", "on_behalf", "full" or "waited"'),
    ('when = "unsolved"', 'when = "unsolved"\ntries = 60\n[paths.b]\nfrom = "second"\nto = "front"\n'
     'when = "unsolved"\ntries = 4', "paths", "through 65 agents"),
    ('when = "unsolved"', 'when = "unsolved"\n[paths.b]\nfrom = "front"\nto = "second"\nwhen = "unsolved"',
     "paths.b", "is never taken from front: up comes first"),
    ("hangup = 0.01", 'knowledge = { competent = { frnt = 0.5 } }', "levers.time.knowledge", "is not known"),
    ("[levers.time]", "[levers.knowledge.competent]\nfrnt = 0.5\n[levers.time]", "levers.knowledge.competent.frnt",
     "did you mean front?"),
    ("[levers.time]", "[levers.knowledge.solve.second]\nhrad = 0.5\n[levers.time]",
     "levers.knowledge.solve.second.hrad", "did you mean hard?"),
    ("[levers.time]", "[levers.authority.limits]\nfrnt = 5\n[levers.time]", "levers.authority.limits.frnt",
     "did you mean front?"),
    ("[levers.time]", '[levers.authority]\nabove = "escalate"\n[levers.time]', "levers.authority.above",
     "no path leads"),
    ("hangup = 0.01", "hangup = [0.01]", "levers.time.hangup", "is a list: a number is needed"),
    ("price_per_minute = 0.34", 'regime = "fr_2005"', "tariff.regime", "did you mean fr_2005_2007?"),
    ("problems_per_day = 50", "problems_per_day = 0", "population.problems_per_day", "must be more than 0"),
    ("problems_per_day = 50", 'problems_per_day = 50\nwork = { law = "gamma", mean = 2, shape = 1 }',
     "population.work", "its mean is 1, not 2"),
    ("problems_per_day = 50", "problems_per_day = 2024-01-01", "population.problems_per_day", "a number is needed"),
    ('warm_up = "1 d"', 'warm_up = "10 min"', "time.warm_up", "whole quarters"),
    ('horizon = "7 d"', 'horizon = "40000 d"', "time.horizon", "must be at most 36500 d"),
    ('horizon = "7 d"', 'horizon = "0 d"', "time.horizon", "must be more than 0 min"),
    ('about = "Two teams, two reasons."', "", "about", "say in one line"),
    ('about = "Two teams, two reasons."', 'about = """a\nb"""', "about", "is not one line"),
    ('[tariff]\nprice_per_minute = 0.34', "", "tariff", "write a table [tariff]"),
    ('about = "Two teams, two reasons."', 'about = "x"\nextend = "base"', "extend", "did you mean extends?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "said"), VALUES)
def test_a_wrong_value_is_told_in_plain_words(world_file, mistakes, old, new, key, said):
    told = mistakes(world_file((old, new)))
    assert [sentence for where, sentence in told if where == key and said in sentence], told
    for _, sentence in told:
        assert "Input should" not in sentence
        assert "pydantic" not in sentence


@pytest.mark.parametrize(("old", "new", "key", "said"), VALUES)
def test_the_line_told_is_that_of_the_change(world_file, old, new, key, said):
    """The key told stands on a changed line, or, where something is missing, on the line of its table."""
    path = world_file((old, new))
    text = path.read_text()
    with pytest.raises(WorldError) as raised:
        load(path)
    for mistake in raised.value.mistakes:
        assert mistake.file == str(path)
        if mistake.line is None:
            assert mistake.key in ("about", "tariff", "line")
            continue
        line = text.splitlines()[mistake.line - 1]
        names = mistake.key.replace("[", ".").replace('"', "").replace("]", "").split(".")
        assert any(name in line for name in names), (mistake, line)


def test_a_mistake_stands_in_the_file_that_holds_the_key(world_file):
    below = world_file(("wage = 23", "wage = -23"), name="below.toml")
    text = 'extends = "below.toml"\nabout = "x"\nteams.front.talk = 3\n'
    above = world_file(text=text, name="above.toml")
    with pytest.raises(WorldError) as raised:
        load(above)
    assert [(one.file, one.key, one.line) for one in raised.value.mistakes] == [
        (str(above), "teams.front.talk", 3),
        (str(below), "teams.front.wage", below.read_text().splitlines().index("wage = -23") + 1),
    ]


def test_an_extends_that_leads_nowhere_suggests_the_nearest(world_file, mistakes):
    told = mistakes(world_file(text='extends = "bsae"\nabout = "x"\nline.balking = 2\n'))
    assert told == [
        ("extends", 'is "bsae": no such world is shipped; did you mean base?'),
        ("line.balking", 'is 2: it must be at most 1; a share is a part of one: 0.02 for 2 %, or write "2 %"'),
    ]
    world_file()
    assert "did you mean small.toml?" in mistakes(world_file(text='extends = "smal.toml"', name="x.toml"))[0][1]
    assert 'write extends = "small.toml"' in mistakes(world_file(text='extends = "small"', name="x.toml"))[0][1]
    assert "names one world" in mistakes(world_file(text="extends = 3", name="x.toml"))[0][1]


def test_a_loop_of_extends_is_told(world_file, mistakes):
    world_file(text='extends = "c.toml"\nabout = "x"', name="b.toml")
    world_file(text='extends = "a.toml"\nabout = "x"', name="c.toml")
    (key, said), *_ = mistakes(world_file(text='extends = "b.toml"\nabout = "x"', name="a.toml"))
    assert (key, said.split(";")[0]) == ("extends", "goes round in a loop: a -> b -> c -> a")
    assert "a -> a" in mistakes(world_file(text='extends = "a.toml"\nabout = "x"', name="a.toml"))[0][1]


def test_taking_away_what_is_not_there_is_a_mistake(world_file, mistakes):
    world_file()
    told = mistakes(world_file(text='extends = "small.toml"\nabout = "x"\npaths.upp = "none"', name="x.toml"))
    assert told == [("paths.upp", 'is "none", but there is nothing of that name to take away; did you mean up?')]


def test_files_that_are_no_worlds_are_refused_in_words(world_file, mistakes, tmp_path):
    assert "no such file; did you mean small.toml?" in mistakes(world_file().parent / "smal.toml")[0][1]
    assert "did you mean base?" in mistakes("bse")[0][1]
    assert "is a directory" in mistakes(tmp_path)[0][1]
    assert "is a directory" in mistakes(str(tmp_path))[0][1]
    odd = tmp_path / "latin.toml"
    odd.write_bytes("about = 'x'\nname = 'double péine'".encode("latin-1"))
    with pytest.raises(WorldError, match=r"latin.toml:2 is not text in UTF-8"):
        load(odd)
    assert "is not a file" in mistakes("/dev/null")[0][1]
    assert mistakes("a\0.toml")


def test_a_syntax_error_is_told_with_its_line(world_file):
    with pytest.raises(WorldError, match=r"small.toml:9 is not TOML: "):
        load(world_file(text="\n" * 8 + "time = = 3"))
    with pytest.raises(WorldError, match=r"small.toml:3 is not TOML: .* at the end of the file"):
        load(world_file(text="a = 1\nb = [\n1,"))
    with pytest.raises(WorldError, match=r"nested far too deep"):
        load(world_file(text="a = " + "[" * 5000 + "]" * 5000))
    with pytest.raises(WorldError, match=r"nested far too deep"):
        load(world_file(text=".".join("a" * 3000) + " = 1"))
    with pytest.raises(WorldError, match=r"not TOML"):
        load(world_file(text="a = 1" + "0" * 10_000))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(world_file, mistakes):
    path = world_file()
    path.chmod(0)
    assert "cannot be read: permission denied" in mistakes(path)[0][1]


def test_a_team_that_is_reached_needs_someone_at_work(world_file, mistakes):
    assert mistakes(world_file(("staff = 3", "staff = 0")))[0][0] == "teams.front.staff"
    night = ('"mon-fri 08:00-20:00" = 1', '"mon-fri 20:00-24:00" = 1')
    assert "nobody at work while the line is open" in mistakes(world_file(night))[0][1]
    by_ticket = ('when = "unsolved"', 'when = "unsolved"\nby = "ticket"')
    load(world_file(night, by_ticket))  # a ticket waits for nobody's telephone


def test_serving_at_closing_needs_someone_at_closing(world_file, mistakes):
    serve = ('team = "front"', 'team = "front"\nclosing = "serve"')
    load(world_file(serve))
    told = mistakes(world_file(serve, ('"mon-fri 08:00-20:00" = 1', '"mon-fri 08:00-19:30" = 1')))
    assert told[0][0] == "teams.second.staff"
    assert "nobody at closing time, mon 20:00" in told[0][1]


def test_a_menu_longer_than_the_cut_lets_nobody_through(world_file, mistakes):
    told = mistakes(world_file(('team = "front"', 'team = "front"\nmenu = "5 min"'), end='cut_after = "4 min"\n'))
    assert told[0][0] == "levers.time.cut_after"
    assert "every call is cut in the menu, which lasts 5 min" in told[0][1]


def test_who_never_loses_heart_must_be_able_to_leave(world_file, mistakes):
    faithful = ("persistence = 0.8", "persistence = 1")
    load(world_file(faithful))
    lines = ('team = "front"', 'team = "front"\nlines = 2')
    told = mistakes(world_file(faithful, lines, ('after_blocked = "5 min"', 'after_blocked = "0 min"')))
    assert told[0][0] == "population.again.after_blocked"
    assert "40 times in the same instant" in told[0][1]
    never = ("hard = 0.2", "hard = 0"), ("hard = 0.7", "hard = 0.0")
    told = mistakes(world_file(faithful, *never))
    assert told[0][0] == "population.again.persistence"
    assert "fault of class hard" in told[0][1]
    load(world_file(*never))  # who loses heart leaves
    impatient = (
        ('{ law = "exponential", mean = "5 min" }', '"0 min"'),
        ('after_abandoned = "20 min"', 'after_abandoned = "0 s"'),
    )
    assert mistakes(world_file(faithful, *impatient))[0][0] == "population.again.after_abandoned"


def test_a_run_that_would_not_fit_in_memory_is_refused_with_both_numbers(world_file, mistakes, monkeypatch):
    """9 days of 50 problems of 521 bytes: 234 kB; with 100 rows of 200 bytes kept of each, 9 MB."""
    world = load(world_file())
    assert memory_needed(world, kept=True) == pytest.approx(9 * 50 * 100 * 200)
    assert memory_needed(world, kept=False) == pytest.approx(9 * 50 * (520 + 1))
    assert fits_in_memory(world, available=2.4e5)
    assert not fits_in_memory(world, available=2.3e5)
    assert fits_in_memory(world)
    monkeypatch.setattr(memory, "memory_of_the_machine", lambda: 4e9)
    told = mistakes(world_file(("problems_per_day = 50", "problems_per_day = 1e6"), ('"7 d"', '"100 d"')))
    assert told[0][0] == "time.horizon"
    assert "is 100 d" in told[0][1]
    assert "take about 16.2 GB" in told[0][1]  # 31 days of a million problems at a time, and a byte of 102 days' each
    assert "has 4.0 GB" in told[0][1]


@pytest.mark.parametrize(
    "changed",
    [
        ('{ law = "exponential", mean = "5 min" }', '"none"'),
        ('after_abandoned = "20 min"', 'after_abandoned = { law = "exponential", mean = "5 d" }'),
    ],
)
def test_where_some_wait_for_months_all_customers_are_reckoned(world_file, changed):
    """One keeps all of a page: 402 days of 50 problems of 521 bytes, in place of 31 days."""
    year = ('"7 d"', '"400 d"')
    usual = memory_needed(load(world_file(year)), kept=False)
    assert usual == pytest.approx(50 * (31 * 520 + 402))  # a month and the follow-up
    assert memory_needed(load(world_file(year, changed)), kept=False) == pytest.approx(402 * 50 * 521)


def test_where_the_system_does_not_tell_its_memory_nothing_is_refused(world_file, monkeypatch):
    def unknown(name):
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", unknown)
    many = (("problems_per_day = 50", "problems_per_day = 1e6"), ('"7 d"', '"60 d"'))
    assert fits_in_memory(load(world_file(*many)))


def test_a_world_built_without_a_file_can_be_checked_too(world_file):
    world = load(world_file())
    broken = world.model_copy(update={"line": world.line.model_copy(update={"team": "frnt"})})
    assert [(one.key, one.suggestion) for one in mistakes_in(broken)] == [("line.team", "did you mean front?")]


def test_a_line_leads_to_a_team_and_not_to_none(world_file):
    """`misrouted_to` alone may be taken away: every call has to come to somebody."""
    with pytest.raises(WorldError, match=r"line\] team is \"none\": there is no such team"):
        load(world_file(('team = "front"', 'team = "none"')))
