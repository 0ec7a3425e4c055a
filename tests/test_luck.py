"""Luck: the published vectors of its generator, and every law against SciPy's."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from sim import purposes
from sim.engines.luck import Luck
from sim.luck import keys
from sim.luck.keys import Kind, uniform, uniforms
from sim.luck.laws import Law, LawCode, quantile
from sim.luck.quantiles import gamma_cdf, gamma_quantile, normal_quantile
from sim.world.laws import NumberLaw

LAW = TypeAdapter(NumberLaw)
PURPOSES = sorted(code for name, code in vars(purposes).items() if name.isupper() and not name.startswith("USUAL"))

KNOWN_ANSWERS = [
    # counter, key, words: the file kat_vectors of Random123 (Salmon and others), philox4x32 with 10 rounds
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

levels = st.floats(1e-9, 1 - 1e-7)
positive = st.floats(0.05, 500)
seeds = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_philox_gives_its_published_words(counter, key, words):
    assert keys.philox(counter, key) == words


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_philox_in_bulk_gives_its_published_words(counter, key, words):
    c0, c2, c3 = (np.array([counter[i]] * 3, np.uint64) for i in (0, 2, 3))
    for word, many in zip(words, keys.philox_many(c0, counter[1], c2, c3, key), strict=True):
        assert many.tolist() == [word] * 3


def test_a_uniform_is_made_of_the_published_words():
    """Seed 0 and customer 0's first patience read the first vector: 52 bits of two words, centred."""
    words = KNOWN_ANSWERS[0][2]
    expected = ((words[0] >> 6) * 2**26 + (words[1] >> 6) + 0.5) / 2**52
    assert uniform(0, 0, Kind.CUSTOMER, 0, purposes.PATIENCE) == expected
    odd = ((words[2] >> 6) * 2**26 + (words[3] >> 6) + 0.5) / 2**52
    assert uniform(0, 0, Kind.CUSTOMER, 0, purposes.COMPETENCE) == odd


@settings(deadline=None, max_examples=60)
@given(
    seed=seeds,
    replication=st.integers(0, 2**24 - 1),
    kind=st.sampled_from(Kind),
    numbers=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5),
    purpose=st.sampled_from(PURPOSES),
    occasion=st.integers(0, 4000 * keys.LEGS),
)
def test_luck_drawn_one_by_one_and_in_bulk_is_the_same_luck(seed, replication, kind, numbers, purpose, occasion):
    """To the bit."""
    alone = [uniform(seed, replication, kind, n, purpose, occasion) for n in numbers]
    assert uniforms(seed, replication, kind, numbers, purpose, occasion).tolist() == alone


@settings(deadline=None, max_examples=20)
@given(seed=seeds, number=st.integers(0, 2**32 - 1), occasion=st.integers(0, 2**18))
def test_a_block_of_purposes_holds_each_purpose_at_its_place(seed, number, occasion):
    row = keys.uniform_pairs(seed, 3, Kind.CUSTOMER, np.array([number], np.uint64), 15, occasion)[0]
    assert row.tolist() == [uniform(seed, 3, Kind.CUSTOMER, number, p, occasion) for p in range(30)]


def test_every_purpose_has_a_code_of_its_own():
    assert len(PURPOSES) == len(set(PURPOSES))


@settings(deadline=None, max_examples=30)
@given(
    seed=seeds,
    contact=st.integers(0, 60),
    leg=st.integers(0, 5),
    asked=st.lists(st.integers(0, 2999), min_size=1, max_size=40),
    data=st.data(),
)
def test_the_engine_s_luck_is_that_of_its_six_keys_however_often_it_is_asked(seed, contact, leg, asked, data):
    """Drawn one by one at first and for a thousand customers together later: to the bit the same numbers."""
    numbers = np.arange(3000) * 64 + 5
    luck = Luck(seed, 3, numbers)
    occasion = contact * keys.LEGS + leg
    upto = purposes.USUAL_OF_A_LEG if leg else purposes.USUAL_OF_A_CALL
    for customer in asked:
        purpose = data.draw(st.integers(0, upto - 1))
        expected = uniform(seed, 3, Kind.CUSTOMER, int(numbers[customer]), purpose, occasion)
        assert luck.usual(customer, contact, leg)[purpose] == expected
        assert luck.one(customer, contact, leg, purpose) == expected


def test_every_key_has_luck_of_its_own():
    """Changing any one of the six numbers gives another draw; so few do not collide by accident."""
    first = (1, 2, int(Kind.CUSTOMER), 4, int(purposes.SOLVE), 6)
    draws = {uniform(*first)}
    for place in range(6):
        for step in range(1, 5):
            changed = list(first)
            changed[place] = (changed[place] + step) % 5 if place == 2 else changed[place] + step
            draws.add(uniform(*changed))
    assert len(draws) == 25


# Fixed seeds: these always pass or always fail. A right generator falls below a p-value of 0.001 for one seed
# in a thousand, and the seed was not chosen.


def test_uniforms_are_uniform():
    """Kolmogorov and Smirnov on 100,000 customers, and every draw inside the open interval."""
    u = uniforms(1, 0, Kind.CUSTOMER, np.arange(100_000), purposes.PATIENCE)
    assert stats.kstest(u, "uniform").pvalue > 0.001
    assert u.min() > 0
    assert u.max() < 1


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("customer", lambda n: uniforms(1, 0, Kind.CUSTOMER, n + 1, purposes.PATIENCE)),
        ("purpose in the same block", lambda n: uniforms(1, 0, Kind.CUSTOMER, n, purposes.COMPETENCE)),
        ("purpose in the next block", lambda n: uniforms(1, 0, Kind.CUSTOMER, n, purposes.HANDLING)),
        ("occasion", lambda n: uniforms(1, 0, Kind.CUSTOMER, n, purposes.PATIENCE, 1)),
        ("contact", lambda n: uniforms(1, 0, Kind.CUSTOMER, n, purposes.PATIENCE, keys.LEGS)),
        ("replication", lambda n: uniforms(1, 1, Kind.CUSTOMER, n, purposes.PATIENCE)),
        ("kind", lambda n: uniforms(1, 0, Kind.AGENT, n, purposes.PATIENCE)),
        ("seed", lambda n: uniforms(2, 0, Kind.CUSTOMER, n, purposes.PATIENCE)),
    ],
)
def test_neighbouring_keys_are_independent(what, other):
    """Chi-square of the pairs on a 16 by 16 grid: 255 degrees of freedom, 200 pairs expected in each cell."""
    numbers = np.arange(51_200)
    first = uniforms(1, 0, Kind.CUSTOMER, numbers, purposes.PATIENCE)
    cells = np.histogram2d(first, other(numbers), bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(cells.ravel()).pvalue > 0.001, what


# Laws -----------------------------------------------------------------------------------------------------


def lognormal(mean: float, cv: float) -> stats.rv_continuous:
    wide = math.log1p(cv * cv)
    return stats.lognorm(s=math.sqrt(wide), scale=mean * math.exp(-wide / 2))


LAWS: dict[str, tuple[Any, Callable[..., Any]]] = {
    "exponential": (st.fixed_dictionaries({"mean": positive}), lambda mean: stats.expon(scale=mean)),
    "lognormal": (st.fixed_dictionaries({"mean": positive, "cv": st.floats(0.05, 5)}), lognormal),
    "weibull": (
        st.fixed_dictionaries({"scale": positive, "shape": st.floats(0.2, 8)}),
        lambda scale, shape: stats.weibull_min(shape, scale=scale),
    ),
    "gamma": (
        st.fixed_dictionaries({"mean": positive, "shape": st.floats(0.05, 1000)}),
        lambda mean, shape: stats.gamma(shape, scale=mean / shape),
    ),
    "erlang": (
        st.fixed_dictionaries({"mean": positive, "stages": st.integers(1, 50)}),
        lambda mean, stages: stats.erlang(stages, scale=mean / stages),
    ),
    "uniform": (
        st.fixed_dictionaries({"low": st.floats(0, 10), "high": st.floats(11, 500)}),
        lambda low, high: stats.uniform(low, high - low),
    ),
    "triangular": (
        st.fixed_dictionaries({"low": st.floats(0, 10), "mode": st.floats(11, 20), "high": st.floats(21, 500)}),
        lambda low, mode, high: stats.triang((mode - low) / (high - low), loc=low, scale=high - low),
    ),
}


@pytest.mark.parametrize("name", LAWS)
@settings(deadline=None, max_examples=100)
@given(data=st.data(), u=levels)
def test_a_law_is_inverted_as_scipy_inverts_it(name, data, u):
    """To a relative 1e-8: what is left of 16 digits when 1 - u is as small as 1e-7."""
    parameters, twin = LAWS[name]
    written = data.draw(parameters)
    law = LAW.validate_python({"law": name, **written}).numbers()
    assert quantile(law, u) == pytest.approx(float(twin(**written).ppf(u)), rel=1e-8, abs=1e-290)


@pytest.mark.parametrize("name", LAWS)
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_a_law_has_the_mean_it_says(name, data):
    """Against SciPy's mean of the same law."""
    parameters, twin = LAWS[name]
    written = data.draw(parameters)
    mean = LAW.validate_python({"law": name, **written}).mean_value()
    assert mean == pytest.approx(float(twin(**written).mean()), rel=1e-9)


@settings(deadline=None, max_examples=200)
@given(u=st.floats(2**-53, 1 - 2**-53))
def test_the_normal_law_is_inverted_to_the_last_digits(u):
    """Wichura claims about 1e-16 relative for AS 241; SciPy's own inverse differs by a few units of that."""
    assert normal_quantile(u) == pytest.approx(float(stats.norm.ppf(u)), rel=1e-13, abs=1e-15)


@settings(deadline=None, max_examples=100)
@given(u=st.floats(2**-53, 1 - 2**-53), shape=st.floats(0.005, 1e5))
def test_a_gamma_draw_exists_however_odd_the_shape(u, shape):
    """Every draw of the generator has a value, finite and not negative, however small."""
    drawn = gamma_quantile(u, shape, math.lgamma(shape))
    assert 0 <= drawn < math.inf


@settings(deadline=None, max_examples=100)
@given(data=st.data(), name=st.sampled_from(sorted(LAWS)))
def test_more_luck_never_gives_a_shorter_time(data, name):
    """A quantile function rises."""
    parameters, _ = LAWS[name]
    law = LAW.validate_python({"law": name, **data.draw(parameters)}).numbers()
    low, high = sorted(data.draw(st.tuples(levels, levels)))
    assert quantile(law, low) <= quantile(law, high) * (1 + 1e-12)


def test_a_constant_law_is_always_its_value():
    law = LAW.validate_python(3.5)
    assert (quantile(law.numbers(), 0.2), law.mean_value()) == (3.5, 3.5)


def test_a_lognormal_of_mean_zero_is_zero():
    assert quantile(LAW.validate_python({"law": "lognormal", "mean": 0, "cv": 1}).numbers(), 0.9) == 0


def test_measured_values_without_levels_are_equally_likely():
    """Four values: each for a quarter of the luck; their mean is the plain mean."""
    law = LAW.validate_python({"law": "empirical", "values": [4, 1, 2, 9]})
    assert [quantile(law.numbers(), u) for u in (0.1, 0.3, 0.6, 0.8)] == [1, 2, 4, 9]
    assert law.mean_value() == pytest.approx(4)


def test_measured_levels_are_joined_by_straight_lines():
    """Half under 10 minutes, nine tenths under 30, none over 60."""
    law = LAW.validate_python({"law": "empirical", "values": [0, 10, 30, 60], "levels": [0, 0.5, 0.9, 1]})
    assert [quantile(law.numbers(), u) for u in (0.25, 0.5, 0.7, 0.95)] == pytest.approx([5, 10, 20, 45])
    assert law.mean_value() == pytest.approx(0.5 * 5 + 0.4 * 20 + 0.1 * 45)


MIXTURE = {
    "law": "mixture",
    "parts": [
        {"share": 0.3, "of": {"law": "exponential", "mean": 2}},
        {"share": 0.5, "of": {"law": "lognormal", "mean": 10, "cv": 0.5}},
        {"share": 0.2, "of": 40},
    ],
}


def test_a_mixture_gives_each_part_its_share_and_its_law():
    """The luck within a part is stretched over the part's own law."""
    law = LAW.validate_python(MIXTURE).numbers()
    assert quantile(law, 0.15) == pytest.approx(stats.expon(scale=2).ppf(0.5))
    assert quantile(law, 0.3 + 0.5 * 0.25) == pytest.approx(lognormal(10, 0.5).ppf(0.25))
    assert quantile(law, 0.81) == quantile(law, 0.999) == 40


def test_a_mixture_has_the_mean_of_its_parts():
    """0.3 x 2 + 0.5 x 10 + 0.2 x 40, and by drawing: 4 standard errors of 40,000 draws."""
    law = LAW.validate_python(MIXTURE)
    assert law.mean_value() == pytest.approx(13.6)
    drawn = [quantile(law.numbers(), u) for u in uniforms(1, 0, Kind.CUSTOMER, np.arange(40_000), 0).tolist()]
    assert np.mean(drawn) == pytest.approx(13.6, abs=4 * float(np.std(drawn)) / 200)


@pytest.mark.parametrize("u", [0.3, math.nextafter(0.3, 0), 0.8, math.nextafter(0.8, 0), 2**-53, 1 - 2**-53])
def test_luck_at_the_seam_of_two_parts_still_has_a_value(u):
    """At the exact share of a part the luck within the next one would be 0, where a law has no quantile."""
    assert 0 <= quantile(LAW.validate_python(MIXTURE).numbers(), u) < math.inf


@settings(deadline=None, max_examples=50)
@given(shape=st.floats(0.05, 500), x=st.floats(1e-6, 2000))
def test_the_gamma_distribution_function_is_scipys(shape, x):
    ours = gamma_cdf(x, shape, math.lgamma(shape))
    assert ours == pytest.approx(float(stats.gamma.cdf(x, shape)), rel=1e-9, abs=1e-13)


def test_a_triangle_of_no_width_is_its_point():
    assert quantile(Law(LawCode.TRIANGULAR, 3, 3, 3), 0.7) == 3
