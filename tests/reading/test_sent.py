"""A world that is sent as the content of a file: the same world, every mistake with its line, no other file read."""

from __future__ import annotations

import pytest

from sim.reading import WorldError, digest, load, named, written
from sim.reading.sent import sent
from sim.reading.shipped import shipped_file
from sim.reading.writing import file_of


def refused(content: bytes) -> list[str]:
    """Return what is wrong with a file that is sent."""
    with pytest.raises(WorldError) as error:
        sent(content, "mine.toml")
    return [str(mistake) for mistake in error.value.mistakes]


@pytest.mark.parametrize("name", named())
def test_a_shipped_file_that_is_sent_is_the_shipped_world(name):
    assert digest(sent(shipped_file(name).read_bytes(), f"{name}.toml")) == digest(load(name))


def test_a_whole_world_that_is_sent_is_that_world():
    world = load("empowered")
    assert sent(file_of(written(world), {}, []).encode(), "mine.toml") == world


def test_mistakes_are_told_all_with_their_lines():
    said = refused(b'about = "x"\nextends = "base"\n[levers.time]\ncut_after = "20 mins"\nclok = "connection"\n')
    assert [one.split(" ")[0] for one in said] == ["mine.toml:4", "mine.toml:5"]


@pytest.mark.parametrize("named", ["/etc/passwd", "../base.toml", "base.toml", "bas", ""])
def test_no_file_is_extended_that_is_not_shipped(named):
    (said,) = refused(f'about = "x"\nextends = "{named}"\n'.encode())
    assert said.startswith("mine.toml:2 extends is")


@pytest.mark.parametrize("key", ["replay", "counts"])
def test_no_file_of_this_computer_is_read(key, tmp_path):
    (tmp_path / "secret.csv").write_text("time\nnobody may read this\n")
    (said,) = refused(f'about = "x"\nextends = "base"\n[population]\n{key} = "{tmp_path}/secret.csv"\n'.encode())
    assert "names no files of its own" in said and "nobody" not in said


def test_shipped_counts_may_be_named():
    world = sent(b'about = "x"\nextends = "base"\n[population]\ncounts = "bank_1999"\n', "mine.toml")
    assert world.population.problems_per_day > 100


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"= 1", b"x" * 1_000_001, b"[a]\n" * 20, b"\x00"])
def test_what_is_no_world_is_told_in_words(content):
    assert all(one.startswith("mine.toml") for one in refused(content))
