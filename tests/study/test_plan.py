"""Designs from files: what they say, and every mistake in them at once."""

from __future__ import annotations

import re

import pytest

import sim
from sim.study.sweeping.plan import Plan, points_of, read_plan


@pytest.fixture
def written(tmp_path):
    def write(text: str, name: str = "design.toml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_file_says_what_a_script_would(written):
    plan = read_plan(
        written(
            'base = "double_peine"\nmeasures = ["calls_per_problem"]\n'
            'replications = 4\nseed = 9\ndays = 7\nout = "made"\n'
            '[factorial]\n"levers.time.cut_after" = ["15 min", "none"]\n"teams.*.staff" = ["x0.9", "x1.1"]\n'
        )
    )
    design = sim.factorial({"levers.time.cut_after": ["15 min", "none"], "teams.*.staff": ["x0.9", "x1.1"]})
    assert plan.out is not None
    assert plan.out.name == "made"
    assert (plan.base, plan.design) == (sim.load("double_peine"), design)
    assert (plan.measures, plan.replications, plan.seed, plan.days) == (("calls_per_problem",), 4, 9, 7)


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_ranges_are_filled_as_a_script_would(written, kind):
    ranges = {"line.lines": (10, 40), "teams.*.staff": ("x0.8", "x1.2")}
    said = '{ "line.lines" = [10, 40], "teams.*.staff" = ["x0.8", "x1.2"] }'
    plan = read_plan(written(f'base = "base"\n[{kind}]\npoints = 8\nseed = 3\nranges = {said}\n'))
    assert plan.design == getattr(sim, kind)(ranges, 8, seed=3)
    assert (plan.measures, plan.replications, plan.seed, plan.days, plan.out) == (None, 10, 1, None, None)


def test_points_one_by_one_may_have_tables_and_names(written):
    plan = read_plan(
        written(
            'base = "base"\n[[points]]\nname = "short"\n"line.menu" = "30 s"\n'
            '[[points]]\nname = "long"\nline.menu = { law = "constant", value = "2 min" }\nline.lines = 30\n'
        )
    )
    law = {"law": "constant", "value": "2 min"}
    assert plan.design == sim.Design(({"line.menu": "30 s"}, {"line.menu": law, "line.lines": 30}), ("short", "long"))


def test_a_table_of_points_is_read_as_planners_keep_it(written):
    table = written(
        "# tried in March\nname;line.lines;teams.*.staff\nsmall;10;x0.8\nasis;;\nlarge;40;x1.2\n", "points.csv"
    )
    design = points_of(table)
    assert design.names == ("small", "asis", "large")
    assert list(design) == [
        {"line.lines": 10, "teams.*.staff": "x0.8"},
        {},
        {"line.lines": 40, "teams.*.staff": "x1.2"},
    ]
    assert read_plan(written('base = "base"\ncsv = "points.csv"\n')).design == design


def test_names_keep_their_capitals(written):
    assert points_of(written("teams.Front.staff\n3\n", "points.csv")).paths == ("teams.Front.staff",)


def test_a_world_beside_the_file_is_found(written, tmp_path):
    (tmp_path / "mine.toml").write_text('extends = "base"\nabout = "Mine."\n[line]\nlines = 7\n', encoding="utf-8")
    assert read_plan(written('base = "mine.toml"\n[factorial]\n"line.lines" = [8]\n')).base.line.lines == 7


MISTAKES = [
    ("", ["base is missing: a world's name or file is needed", "no design is given: one of factorial"]),
    ('base = "doube_peine"', ["did you mean double_peine?"]),
    ('base = "base"\nmeasures = ["calls_per_problme"]', ["did you mean calls_per_problem?"]),
    ('base = "base"\nmeasures = []', ["a list of measures is needed, one at least"]),
    ('base = "base"\nreplication = 4', ["replication is not known; did you mean replications?"]),
    ('base = "base"\nreplications = 0', [":2 replications is 0: 1 to 16777216 are possible"]),
    ('base = "base"\nreplications = "ten"', ["replications is 'ten': a whole number"]),
    ('base = "base"\nseed = -1', [":2 seed is -1: a whole number from 0"]),
    ('base = "base"\ndays = 0.3', [":2 days is 0.3: more than 0"]),
    ('base = "base"\nout = 3', [":2 out is 3: the name of a folder is needed"]),
    ('base = "base"\ncsv = "none.csv"', ["none.csv is missing: there is no such file"]),
    ('base = "base"\ncsv = 3', ["csv is 3: the name of a file is needed"]),
    ('base = "base"\nfactorial = 3', ["factorial levels is 3: write the values by path"]),
    ('base = "base"\n[factorial]\n"line.lines" = []', ["line.lines is a list: a list of levels is needed, one"]),
    ('base = "base"\n[factorial]\n"line..x" = [1]', ['"line..x" is no path']),
    (
        'base = "base"\n[sobol]\npoints = 0',
        ["has no ranges: write points = 64, and under [sobol.ranges]", "points is 0"],
    ),
    (
        'base = "base"\n[sobol]\n"line.lines" = [1, 2]',
        ["ranges by path stand under [sobol.ranges]", "has no points and no"],
    ),
    ('base = "base"\n[sobol]\npoints = 4\nline.lines = [1, 2]', ["line is not known; ranges by path stand under"]),
    ('base = "base"\n[sobol]\nranges = { "line.lines" = [4, 3] }', ["sobol has no points: write", "is 4 to 3"]),
    ('base = "base"\n[sobol]\nn = 4\npoints = 4\nranges = { "line.lines" = [4, 3] }', ["n is not known", "is 4 to 3"]),
    ('base = "base"\nsobol = 4', ["sobol is 4: a table with points and ranges is needed"]),
    ('base = "base"\npoints = []', ["a design has 1 to 1,000,000 points, and this one has 0"]),
    ('base = "base"\npoints = [3]', ["write [[points]] for each, with values by path"]),
    ('base = "base"\n[[points]]\nname = "a"\n[[points]]\n"line.lines" = 3', ["name all, or none"]),
    ('base = "base"\n[factorial]\na = [1]\n[sobol]\npoints = 3', ["factorial and sobol are all given: one of"]),
    ("base = ", ["is not TOML", "design.toml:1"]),
    ('base = "base"\nbase = "base"', ["stands twice, on line 1 too"]),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_every_mistake_in_a_file_is_told(written, text, told):
    with pytest.raises(sim.WorldError) as refused:
        read_plan(written(text))
    for one in told:
        assert one in str(refused.value)


def test_all_mistakes_are_told_at_once(written):
    with pytest.raises(sim.WorldError) as refused:
        read_plan(written('base = "x"\nseed = -1\nout = 3\nother = 1\n[factorial]\n"a b" = [1]\n'))
    assert len(refused.value.mistakes) == 5


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "is empty"),
        ("line.lines\n", "a table has a header and rows"),
        ("line.lines,line.lines\n1,2\n", ':1 column "line.lines" is a column twice'),
        ("line.lines,line..x\n1,2\n", 'points.csv:1 "line..x" is no path'),
        ("line.lines,line.menu\n1\n", "points.csv:2 has 1 cells, and the header 2"),
        ("name,line.lines\na,1\na,2\n", "a is the name of two points"),
    ],
)
def test_every_mistake_in_a_table_is_told(written, table, told):
    with pytest.raises(sim.WorldError, match=re.escape(told)):
        points_of(written(table, "points.csv"))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\0\0", b"[" * 50_000, b"a = " + b"9" * 5_000])
def test_what_is_no_file_of_a_design_is_told(tmp_path, content):
    (tmp_path / "design.toml").write_bytes(content)
    for path in (tmp_path / "design.toml", tmp_path, tmp_path / "none.toml"):
        with pytest.raises(sim.WorldError):
            read_plan(path)


def test_a_plan_is_a_value():
    assert Plan(sim.load("base"), sim.Design(({},))) == Plan(sim.load("base"), sim.Design(({},)))
