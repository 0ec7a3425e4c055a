"""The notebooks: shipped with their outputs, true of them, and running from beginning to end."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "experiments"
PATHS = sorted(FOLDER.glob("*.ipynb"))
SMALLEST = {
    "first_steps": {"FIRST_STEPS_DAYS": "1", "FIRST_STEPS_REPLICATIONS": "2"},
    "double_peine_against_empowered": {"DOUBLE_PEINE_DAYS": "1", "DOUBLE_PEINE_REPLICATIONS": "2"},
    "design_a_sweep": {"SWEEP_DAYS": "1", "SWEEP_REPLICATIONS": "2", "SWEEP_POINTS": "4"},
    "your_own_centre": {"OWN_CENTRE_DAYS": "7", "OWN_CENTRE_REPLICATIONS": "2"},
}
FIGURES = {"first_steps": 6, "double_peine_against_empowered": 5, "design_a_sweep": 3, "your_own_centre": 2}
LONG = ("your_own_centre",)
RUN = [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in SMALLEST]
NUMBER = r"[-+]?[\d,]*\.?\d+"


def read(name: str) -> nbformat.NotebookNode:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@cache
def executed(name: str) -> nbformat.NotebookNode:
    """A notebook, run anew at the smallest size."""
    notebook = read(name)
    with pytest.MonkeyPatch.context() as patched:
        for variable, size in SMALLEST[name].items():
            patched.setenv(variable, size)
        patched.delenv("MPLBACKEND", raising=False)  # else the kernel would draw for no notebook
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
        ).execute()
    return notebook


def printed(notebook: nbformat.NotebookNode) -> str:
    return "".join(output.text for output in outputs(notebook) if output.output_type == "stream")


def tables(notebook: nbformat.NotebookNode) -> list[str]:
    return [output.data["text/html"] for output in outputs(notebook) if "text/html" in output.get("data", {})]


def table(notebook: nbformat.NotebookNode, *words: str) -> list[list[str]]:
    """Return the rows of the first table that holds all these words, cell by cell."""
    return rows_of(next(one for one in tables(notebook) if all(word in one for word in words)))


def rows_of(html: str) -> list[list[str]]:
    """Return the rows of a table, cell by cell."""
    reader = Cells()
    reader.feed(html)
    return [row for row in reader.rows if row]


class Cells(HTMLParser):
    """The cells of all tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th")
        if self.inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def differences(text: str, measure: str) -> list[tuple[float, float]]:
    """Return the bounds of every difference that was printed of a measure."""
    found = re.findall(rf"{measure}: .*?\[({NUMBER}), ({NUMBER})\]", text)
    assert found, measure
    return [(float(low), float(high)) for low, high in found]


@pytest.mark.parametrize("name", RUN)
def test_it_runs_and_draws_its_figures(name):
    pictures = [output for output in outputs(executed(name)) if "image/png" in output.get("data", {})]
    assert len(pictures) == FIGURES[name]


@pytest.mark.parametrize("name", RUN)
def test_nothing_is_written_to_the_error_stream_and_no_bar_is_left(name):
    for output in outputs(executed(name)):
        assert output.get("name") != "stderr"
        assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


def test_every_notebook_is_run_here():
    assert {path.stem for path in PATHS} == {*SMALLEST} == {*FIGURES}


def test_first_steps_compares_both_worlds_and_shows_how_a_mistake_is_answered():
    assert any("double_peine" in one and "[95 %]" in one for one in tables(executed("first_steps")))
    assert "did you mean cut_after?" in outputs(executed("first_steps"))[-1].text


def test_double_peine_has_intervals_in_every_way_and_all_levers():
    notebook = executed("double_peine_against_empowered")
    text = printed(notebook)
    assert len(differences(text, "calls_per_problem")) == 2  # equal staff, equal service
    assert "firm_eur_per_problem" in text
    assert "customer_eur_per_problem of double_peine and empowered at the same tariff.price_per_minute" in text
    players = {row[0] for row in table(notebook, "Shapley", "knowledge") if row}
    assert {"price", "knowledge", "authority", "access", "memory", "time", "follow_through"} <= players
    minutes = table(notebook, "hold_minutes_per_problem", "<th>low</th>", "<th>high</th>")
    for row in minutes[2:]:
        _, one, other, difference, low, high = row
        assert float(difference) == pytest.approx(float(other) - float(one), abs=0.011)  # rounded to .01 each
        assert float(low) <= float(difference) <= float(high)


def test_the_sweep_goes_on_tells_what_failed_and_comes_out_alike_elsewhere():
    notebook = executed("design_a_sweep")
    text = printed(notebook)
    assert re.search(r"runs left: \d+", text)
    assert text.count("a duration cannot be negative") == 3
    tidy = table(notebook, "difference_low", "replications", "failed")
    assert [row[2] for row in tidy[1:]].count("-1 min") == 3
    assert outputs(notebook)[-1].data["text/plain"] == "True"
    heads = [set(row) for html in tables(notebook) for row in rows_of(html)]
    for names in ({"efficient", "beaten by"}, {"first order [95 %]", "total [95 %]"}, {"path", "at low", "at high"}):
        assert any(names <= head for head in heads)


@pytest.mark.slow
def test_your_own_centre_fits_every_figure_finds_staff_and_compares():
    notebook = executed("your_own_centre")
    verdicts = {one: int(many) for one, many in re.findall(r"(\w+): (\d+) of 9 figures", printed(notebook))}
    assert sum(verdicts.values()) == 9
    assert {*verdicts} == {"inside", "overlaps", "outside"}
    assert "the least-cost staff found" in printed(notebook)
    assert "better instead of mycentre, equal staff" in printed(notebook)
    log = table(notebook, "patience.exponential.mean", "<th>low</th>")
    for row in log[2:]:
        value, low, high = map(float, row[2:5])
        assert low <= value <= high


# What the sentences say, held to the outputs that are shipped beside them.


def test_the_sentences_on_the_three_comparisons_are_true():
    text = printed(read("double_peine_against_empowered"))
    assert all(high < 0 for _, high in differences(text, "calls_per_problem"))
    assert all(low > 0 for low, _ in differences(text, "solved_share"))
    assert all(low > 0 for low, _ in differences(text, "firm_cash_eur_per_problem"))


def test_the_sentences_on_the_customer_s_side_are_true():
    notebook = read("double_peine_against_empowered")
    text = printed(notebook)
    values = {
        measure: float(re.search(rf"{measure}: ({NUMBER}), then", text)[1])
        for measure in ("customer_eur_per_problem", "toll_eur_per_problem")
    }
    assert values["toll_eur_per_problem"] < values["customer_eur_per_problem"] / 2
    rows = {row[0]: row[1:] for row in table(notebook, "hold_minutes_per_problem", "<th>low</th>")[2:]}
    (before, after, _, _, high), every = (
        map(float, rows["hold_minutes_per_problem"]),
        rows["customer_minutes_per_problem"],
    )
    assert before > float(every[0]) / 2
    assert after < before / 2
    assert high < 0
    ((_, most),) = differences(text, "effort_ces")
    assert most < 0


def test_the_sentence_on_levers_is_true():
    """No other lever takes more from the customer's euros: its Shapley value, row by row."""
    rows = table(read("double_peine_against_empowered"), "Shapley", "knowledge")
    at = rows[0].index("Shapley")
    first = [row for row in rows[1:] if len(row) > at][:8]
    shapley = {row[0]: float(re.search(NUMBER, row[at])[0].replace(",", "")) for row in first}
    assert min(shapley, key=lambda name: shapley[name]) == "knowledge"


def test_the_sentences_on_the_price_are_true():
    text = printed(read("double_peine_against_empowered"))
    assert re.search(r"firm_eur_per_problem\* of double_peine and empowered is the same at tariff", text)
    assert re.search(r"below it double_peine has more, above it\s+empowered", text)
    apart = rf"{NUMBER} \[{NUMBER}, ({NUMBER})\] EUR"
    none = re.search(
        rf"none between 0 and\s+1\.\s+empowered minus double_peine is {apart} at 0 and\s+{apart} at 1", text
    )
    assert float(none[1]) < 0
    assert float(none[2]) < 0


def test_the_sentence_on_weights_is_true():
    rows = table(read("double_peine_against_empowered"), "holds for all")
    assert any("empowered is less effort than double_peine" in row[0] and "holds for all" in row[-1] for row in rows)


def test_the_sentence_on_the_sweep_is_true():
    """In each measure the mean falls with the staff at each cut, and with the cut at each staff."""
    rows = table(read("design_a_sweep"), "firm_eur_per_problem", "customer_eur_per_problem", "failed")
    heading = rows[0]
    for measure in ("calls_per_problem", "customer_eur_per_problem"):
        at = heading.index(measure)
        for cut in ("10 min", "20 min", "40 min"):
            fewer, more, most = (float(row[at]) for row in rows[1:] if row[2] == cut)
            assert fewer > more > most
        for staff in ("x0.9", "x1.1", "x1.3"):
            sooner, later, latest = (float(row[at]) for row in rows[1:] if row[3] == staff and row[2] != "-1 min")
            assert sooner > later > latest


def test_the_shipped_sweep_was_interrupted_and_went_on():
    notebook = read("design_a_sweep")
    assert int(re.search(r"runs left: (\d+)", printed(notebook))[1]) > 0
    assert "Not finished" not in "".join(tables(notebook))


def test_the_shipped_centre_fits_its_report():
    text = printed(read("your_own_centre"))
    assert "outside: 0 of 9 figures" in text
    assert re.search(r"least-cost staff found (?:that meets|for) service_level>=0.9 within 1 min per day", text)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_notebooks_are_shipped_with_the_outputs_of_one_run_in_order(path):
    notebook = read(path.stem)
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert not [output for output in outputs(notebook) if output.output_type == "error"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_notebooks_say_nothing_of_the_machine_they_ran_on(path):
    text = path.read_text(encoding="utf-8")
    assert "stderr" not in text
    assert "widget" not in text
    for folder in (Path.home(), FOLDER.parent, Path(tempfile.gettempdir())):
        assert f"{folder}/" not in text
    assert "site-packages" not in text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_notebooks_are_small_and_use_public_words_alone(path):
    assert path.stat().st_size < 1_000_000
    source = "\n".join(cell.source for cell in read(path.stem).cells if cell.cell_type == "code")
    assert {*re.findall(r"^(?:from|import) (sim[\w.]*)", source, re.MULTILINE)} <= {"sim", "sim.figures"}
