"""Studies are values: they can be pickled, copied, hashed, sent to another process, stored, read and put together."""

from __future__ import annotations

import copy
import json
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import joblib
import numpy as np
import pytest

from sim.report.stored import StoredError, read
from sim.study.comparing.compare import compare
from sim.study.running.replicate import replicate
from tests.worlds import tiny_world

BUSY = tiny_world(population={"problems_per_day": 100}, teams={"front": {"staff": 2, "wage": 20}})
SLOW = tiny_world(
    name="slow",
    population={"problems_per_day": 100},
    teams={"front": {"staff": 3, "wage": 20}},
    levers={"memory": {"identification": "5 min"}},
)
STUDY: dict[str, Any] = {"workers": 1, "service_measure": "occupancy"}


@pytest.fixture(scope="module")
def compared():
    return compare(BUSY, SLOW, replications=3, **STUDY)


@pytest.fixture(scope="module")
def lived():
    return replicate(BUSY, replications=3, days=0.5, workers=1)


@pytest.fixture(params=["compared", "lived"])
def study(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_study_goes_through_pickle_and_says_the_same(study, protocol):
    again = pickle.loads(pickle.dumps(study, protocol))
    assert again == study
    assert hash(again) == hash(study)
    assert again.text() == study.text()


def test_a_study_can_be_copied(study):
    assert copy.copy(study) == study
    assert copy.deepcopy(study) == study


def text_of(study):
    return study.text()


def test_a_study_can_be_handed_to_another_process(study):
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(text_of, study).result(120) == study.text()


def test_joblib_can_name_a_study(study):
    assert joblib.hash(study) == joblib.hash(copy.copy(study))


def test_other_luck_is_another_study(lived):
    assert replicate(BUSY, replications=3, days=0.5, seed=2, workers=1) != lived
    assert replicate(BUSY, replications=3, days=0.5, workers=1) == lived


def test_what_is_stored_is_read_again(study, tmp_path):
    (tmp_path / "r.json").write_text(study.to_json(), encoding="utf-8")
    again = read(tmp_path / "r.json")
    assert again == study
    assert again.table().equals(study.table())


def test_a_stored_study_holds_its_worlds_whole(compared):
    tree = json.loads(compared.to_json())
    assert tree["worlds"][1]["contents"]["levers"]["memory"]["identification"] == {"law": "constant", "value": "5 min"}
    assert {"double-peine", "python", "numpy", "numba"} <= set(tree["versions"])
    assert [way["how"] for way in tree["ways"]] == ["none", "staff", "service"]


@pytest.mark.parametrize("equal", ["none", "staff"])
def test_parts_put_together_are_the_whole_to_the_bit(equal):
    one, other, whole = (
        compare(BUSY, SLOW, replications=which, equal=equal, **STUDY) for which in (range(2), range(2, 5), range(5))
    )
    assert one + other == other + one == whole


def test_replications_put_together_are_the_whole_to_the_bit(lived):
    more = replicate(BUSY, replications=[4, 3], days=0.5, workers=1)
    assert lived + more == sum([lived, more]) == replicate(BUSY, replications=5, days=0.5, workers=1)
    assert (lived + more).numbers == (0, 1, 2, 3, 4)


def test_studies_are_added_to_nothing_else(study):
    with pytest.raises(TypeError):
        1 + study


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": 2}, "seeds 1 and 2"),
        ({"days": 1.0}, "as lived differ on time.horizon"),
        ({"replications": [2, 3]}, "replication 3, counted from 1, is in both"),
    ],
)
def test_what_does_not_belong_together_is_refused(lived, changed, said):
    other = replicate(BUSY, **{"replications": [7], "days": 0.5, "workers": 1, **changed})
    with pytest.raises(ValueError, match=said):
        lived + other


def test_other_worlds_do_not_belong_together(lived):
    with pytest.raises(ValueError, match="not of the same world"):
        lived + replicate(SLOW, replications=[7], days=0.5, workers=1)


def test_a_study_stored_when_digests_were_taken_otherwise_is_the_same_study(study, tmp_path):
    """Which world it is, its contents say; the digest in the file is for the eye, and is taken anew."""
    path, tree = tmp_path / "study.json", json.loads(study.to_json())
    for world in tree["worlds"]:
        world["digest"] = "22fc405c7bfc"
    path.write_text(json.dumps(tree))
    assert read(path) == study
    assert read(path).text() == study.text()


def test_an_equal_service_that_was_sought_twice_is_left_out_and_told(compared):
    whole = compared + compare(BUSY, SLOW, replications=range(3, 6), seed=1, **STUDY)
    assert ("service" in whole.missing) == (len(whole.ways) == 2)
    assert [way.equality.how for way in whole.ways][:2] == ["none", "staff"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda tree: tree.pop("seed"), "is not whole"),
        (lambda tree: tree["totals"]["first"]["measures"].update(nonsense=[[1, 2]] * 3), "nonsense"),
        (lambda tree: tree["totals"]["first"]["measures"].update(calls_per_problem=[[1, 2]]), "is not whole"),
        (lambda tree: tree["worlds"][0]["contents"]["teams"]["front"].update(staff=-5), "staff"),
        (lambda tree: tree.update(format=99), "format"),
        (lambda tree: tree.update(numbers="abc"), "is not whole"),
        (lambda tree: tree.update(numbers=[-5, 2, 3]), "is not whole"),
        (lambda tree: tree.update(numbers=[1, 1, 2]), "is not whole"),
        (lambda tree: tree.update(numbers=[2, 1, 3]), "is not whole"),
        (lambda tree: tree.update(numbers=[1, 2, 3.5]), "is not whole"),
        (lambda tree: tree.update(seed=1.9), "is not whole"),
        (lambda tree: tree.update(seed=-1), "is not whole"),
        (lambda tree: tree.update(engine="\ud800"), "is not whole"),
        (lambda tree: tree.update(seconds=float("inf")), "is no number"),
    ],
)
def test_a_damaged_file_is_refused_in_words(lived, tmp_path, damage, said):
    tree = json.loads(lived.to_json())
    damage(tree)
    (tmp_path / "r.json").write_text(json.dumps(tree), encoding="utf-8")
    with pytest.raises(StoredError, match=said):
        read(tmp_path / "r.json")


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint32, np.int64, np.uint64])
def test_a_study_of_numpy_s_whole_numbers_is_that_of_plain_ones(kind, tmp_path):
    made = replicate(BUSY, replications=np.arange(2, 4).astype(kind), seed=kind(3), days=0.5, workers=1)
    assert made == replicate(BUSY, replications=[2, 3], seed=3, days=0.5, workers=1)
    (tmp_path / "r.json").write_text(made.to_json(), encoding="utf-8")
    assert read(tmp_path / "r.json") == made


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seed": 1.5}, "seed is 1.5"),
        ({"seed": True}, "seed is True"),
        ({"replications": {0: 1, 1: 2}}, "replications is {0: 1, 1: 2}"),
        ({"replications": [0, 0]}, "holds a number twice"),
        ({"replications": "11-20"}, "replications is '11-20'"),
        ({"workers": 0}, "workers is 0"),
        ({"progress": 3}, "progress is 3"),
        ({"days": "7"}, "days is '7'"),
        ({"engine": "simpi"}, "did you mean simpy?"),
    ],
)
def test_what_no_study_can_be_made_with_is_refused_by_its_name(wrong, said):
    with pytest.raises(ValueError) as refused:
        replicate(BUSY, **{"replications": 2, **wrong})
    assert said in str(refused.value)


def test_no_path_is_no_study():
    no_path: Any = 3
    with pytest.raises(StoredError, match="path is 3"):
        read(no_path)
