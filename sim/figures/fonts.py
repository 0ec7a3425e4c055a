"""The fonts that come with matplotlib: whoever writes words beside its figures has them in the same letters."""

from __future__ import annotations

from pathlib import Path

from sim.figures.canvas import load


def font_file(name: str) -> Path:
    """Return the file of a font, such as DejaVuSans-Bold.

    Raises
    ------
    FileNotFoundError
        If matplotlib came without it.
    """
    load()
    import matplotlib

    file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
    if not file.is_file():
        raise FileNotFoundError(f"{file} is not there: matplotlib comes with it, install it anew")
    return file
