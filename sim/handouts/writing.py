"""Reports as files: what may be asked for, and how each is written, whole or not at all."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from sim.asked import Mistakes, nearest, one_of
from sim.files import written_whole
from sim.languages import LANGUAGES, Language
from sim.study.comparing.comparison import Comparison

if TYPE_CHECKING:
    from sim.handouts.drawn import Lived

Form = Literal["html", "pdf", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
"""What a report is written as; a file ends in the same letters."""
ENDINGS = " or ".join(filter(None, [", ".join(f".{form}" for form in FORMS[:-1]), f".{FORMS[-1]}"]))


def write_report(
    comparison: Comparison,
    path: str | Path,
    *,
    language: Language = "en",
    command: str | None = None,
    date: datetime.date | None = None,
    lived: tuple[Lived, Lived] | None = None,
    customer: int | None = None,
) -> Path:
    r"""Write the report of a comparison, as a page, a PDF or a workbook by what its name ends in.

    Parameters
    ----------
    comparison : Comparison
        As `compare` returns it, or as `read` does.
    path : str or Path
        Of the file: it ends in .html, .pdf or .xlsx. It is written whole, over whatever was there.
    language : {"en", "fr"}
        Of all words and numbers in it.
    command : str, optional
        What to type to make it again; by default the lines of Python that do.
    date : datetime.date, optional
        On which it is written; today by default.
    lived : pair of History or Tables, or of sequences of them, optional
        What was lived in the first world and in the first way's (`run`, `tables`): how effort is spread is drawn too.
    customer : int, optional
        With ``lived`` histories: the customer, by place in `Customers`, whose life in both worlds is drawn.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If the name ends otherwise, the language is not known, or no comparison is given.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import sim, tempfile, pathlib
    >>> compared = sim.compare("double_peine", "empowered", equal="staff", replications=2, days=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = sim.write_report(compared, pathlib.Path(folder) / "meeting.html", language="fr")
    ...     page.read_text(encoding="utf-8")[:32]
    '<!doctype html>\n<html lang="fr">'
    """
    wrong = Mistakes()
    with wrong.noted():
        form = form_of(path)
    with wrong.noted():
        _asked(comparison, language)
    wrong.tell()
    made = report_bytes(comparison, form, language=language, command=command, date=date, lived=lived, customer=customer)
    with written_whole(Path(path)) as unfinished:
        unfinished.write_bytes(made)
    return Path(path)


def report_bytes(
    comparison: Comparison,
    form: Form,
    *,
    language: Language = "en",
    command: str | None = None,
    date: datetime.date | None = None,
    lived: tuple[Lived, Lived] | None = None,
    customer: int | None = None,
) -> bytes:
    """Return the report of a comparison as the bytes of a file, for whoever sends it on.

    Parameters
    ----------
    form : {"html", "pdf", "xlsx"}
    comparison, language, command, date, lived, customer
        As of `write_report`.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If the form or the language is not known, or no comparison is given.
    """
    wrong = Mistakes()
    with wrong.noted():
        one_of("form", form, FORMS)
    with wrong.noted():
        _asked(comparison, language)
    wrong.tell()
    from sim.handouts.document import document

    day = date or datetime.date.today()
    made = document(comparison, language=language, command=command, date=day, lived=lived, customer=customer)
    if form == "xlsx":
        from sim.handouts.book.workbook import workbook

        return workbook(made, comparison, day)
    if form == "pdf":
        from sim.handouts.printed import printed

        return printed(made, day)
    from sim.handouts.page import page

    return page(made).encode("utf-8")


_LIBRARIES: dict[Form, tuple[str, str]] = {"pdf": ("fpdf", "fpdf2"), "xlsx": ("xlsxwriter", "XlsxWriter")}
"""What writes a form: the package that is imported, and what it is called where packages are found."""


def lacking(form: Form) -> str:
    """Say which library is not there that writes a form; empty where it is."""
    from importlib.util import find_spec

    package, called = _LIBRARIES.get(form, ("", ""))
    if not package or find_spec(package) is not None:
        return ""
    return f"needs {called}, which is not installed: python -m pip install {called}"


def form_of(path: str | Path) -> Form:
    """Return what a file is to be, by the letters that its name ends in.

    Raises
    ------
    ValueError
        If it ends otherwise.

    Examples
    --------
    >>> form_of("out/meeting.PDF")
    'pdf'
    """
    if not isinstance(path, (str, Path)):
        raise ValueError(f"path is {path!r}: the path of a file is needed")
    ending = Path(path).suffix.lower().removeprefix(".")
    found = next((form for form in FORMS if form == ending), None)
    if found is None:
        told = nearest(ending, FORMS) if ending else ""
        raise ValueError(f'"{path}": a report ends in {ENDINGS}{f"; {told}" if told else ""}')
    return found


def _asked(comparison: object, language: object) -> None:
    """Refuse what is no comparison, and a language that nobody knows."""
    wrong = Mistakes()
    if not isinstance(comparison, Comparison):
        wrong.said.append(
            f"comparison is of {type(comparison).__name__}: a comparison is needed, as compare returns it"
        )
    with wrong.noted():
        one_of("language", language, LANGUAGES)
    wrong.tell()
