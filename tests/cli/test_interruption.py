"""Ctrl-C, and readers who stop reading: what is finished is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from sim.cli import main
from sim.study.running.tasks import live
from sim.study.running.workers import left_to_us
from tests.cli.worlds import ROOT, hears_ctrl_c, small_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals to process groups are a Unix matter")


def test_ctrl_c_prints_and_writes_what_is_finished(tmp_path):
    """As a terminal does it: the signal goes to the workers too, and only the first process answers it."""
    worlds = [small_file(tmp_path, name) for name in ("a", "b")]
    files = ["--equal", "staff", "--json", str(tmp_path / "r.json"), "--figure", str(tmp_path / "r.png")]
    command = [sys.executable, "-m", "sim", "compare", *worlds, "--replications", "300", "--workers", "2", *files]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    try:
        assert process.stderr is not None
        told = iter(process.stderr.readline, "")
        assert any("% of the simulated days" in line for line in told)  # the first fifth of the work is done
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    tree = json.loads((tmp_path / "r.json").read_text())
    assert 2 <= tree["replications"] < 300
    assert f"Interrupted: only the {tree['replications']} replications" in out
    assert "Traceback" not in err, err
    assert (tmp_path / "r.png").exists()


def test_ctrl_c_before_anything_is_finished_says_so(tmp_path, monkeypatch, capsys):
    from sim.study.running import workers

    def interrupted(task, *told):
        if task.replication:
            raise KeyboardInterrupt
        return live(task, *told)

    monkeypatch.setattr(workers, "live", interrupted)
    worlds = [small_file(tmp_path, name) for name in ("a", "b")]
    monkeypatch.chdir(tmp_path)
    assert main(["compare", *worlds, "--replications", "3", "--workers", "1", "--quiet"]) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert "interrupted before" in told.err


@pytest.mark.parametrize("at", ["sim.cli.options", "sim.cli.differing", "sim.reading", "pydantic"])
def test_ctrl_c_while_the_program_is_still_being_read_is_told_in_words(at):
    """The first moments are imports: whichever of them is being made when the signal comes."""
    done = subprocess.run([sys.executable, "-c", PRESSED, at], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "sim: interrupted before there was anything more to print\n"


def test_ctrl_c_that_a_module_takes_for_an_error_of_its_own_is_told_in_words():
    """Modules of C that are interrupted while they are imported say that they could not be: pandas does."""
    done = subprocess.run([sys.executable, "-c", TAKEN], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "sim: interrupted before there was anything more to print\n"


def test_an_import_that_fails_by_itself_is_no_interruption():
    broken = TAKEN.replace("os.kill(os.getpid(), signal.SIGINT)", "pass")
    done = subprocess.run([sys.executable, "-c", broken], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "ImportError: it failed to import" in done.stderr


TAKEN = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Taken:
    def find_spec(self, name, *_):
        if name == "sim.cli.differing":
            try:
                os.kill(os.getpid(), signal.SIGINT)
                for _ in range(1000): pass
            except KeyboardInterrupt:
                pass
            raise ImportError("it failed to import")
sys.meta_path.insert(0, Taken())
from sim.cli import main
sys.exit(main(["diff", "base", "empowered"]))
"""


def test_processes_that_are_begun_for_a_study_are_deaf_from_their_first_moment():
    """A terminal sends Ctrl-C to them too, while they still import what they need: this one alone answers it."""
    rings = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('goes on')"
    with left_to_us():
        process = subprocess.Popen([sys.executable, "-c", rings], stdout=subprocess.PIPE, text=True)
    assert process.communicate(timeout=60)[0] == "goes on\n"


def test_ctrl_c_while_processes_are_begun_is_answered_afterwards():
    done = subprocess.run([sys.executable, "-c", BEGINNING], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("begun\nanswered\n", "")


BEGINNING = """
import signal, threading
from sim.study.running.workers import left_to_us
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started this may have it ignored
try:
    with left_to_us():
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        print("begun")
except KeyboardInterrupt:
    print("answered")
"""


@pytest.mark.parametrize("at", [1, 8, 24])
def test_ctrl_c_while_a_value_is_being_written_is_no_mistake(tmp_path, at):
    """A world is written to be read again: the interruption is not taken for a value at fault, nor swallowed."""
    command = [sys.executable, "-c", WRITING, small_file(tmp_path, "a"), str(at)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "sim: interrupted before there was anything more to print\n"


WRITING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
left = int(sys.argv[2])
def pressed(frame, event, argument):
    global left
    if event == "call" and frame.f_code.co_name == "_as_written":
        left -= 1
        if not left:
            sys.setprofile(None)
            os.kill(os.getpid(), signal.SIGINT)
from sim.cli import main
sys.setprofile(pressed)
sys.exit(main(["run", sys.argv[1], "--workers", "1", "--quiet"]))
"""

PRESSED = """
import sys
class Pressed:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
from sim.cli import main
sys.exit(main(["diff", "base", "empowered"]))
"""


def test_a_reader_who_stops_reading_does_not_lose_the_files(tmp_path):
    world, target = small_file(tmp_path, "a"), tmp_path / "r.json"
    command = (
        f'"{sys.executable}" -m sim run "{world}" --replications 2 --workers 1 --quiet --json "{target}" | head -n 1'
    )
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert json.loads(target.read_text())["replications"] == 2
