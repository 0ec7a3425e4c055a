"""The notebooks: shipped with their outputs, and running from beginning to end."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "experiments"
FIRST_STEPS = FOLDER / "first_steps.ipynb"


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    """The first notebook, run anew at the smallest size."""
    notebook = read(FIRST_STEPS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FIRST_STEPS_DAYS", "1")
        patched.setenv("FIRST_STEPS_REPLICATIONS", "2")
        patched.delenv("MPLBACKEND", raising=False)  # else the kernel would draw for no notebook
        NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
        ).execute()
    return notebook


def test_it_runs_and_draws_its_six_figures(executed):
    pictures = [output for output in outputs(executed) if "image/png" in output.get("data", {})]
    assert len(pictures) == 6


def test_its_comparison_is_a_table_with_both_worlds(executed):
    tables = [output.data["text/html"] for output in outputs(executed) if "text/html" in output.get("data", {})]
    assert any("double_peine" in table and "[95 %]" in table for table in tables)


def test_it_shows_how_a_mistake_is_answered(executed):
    assert "did you mean cut_after?" in outputs(executed)[-1].text


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_shipped_with_the_outputs_of_one_run_in_order(path):
    notebook = read(path)
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert not [output for output in outputs(notebook) if output.output_type == "error"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_say_nothing_of_the_machine_they_ran_on(path):
    text = path.read_text()
    assert "stderr" not in text
    assert str(Path.home()) not in text
    assert str(FOLDER.parent) not in text
