"""The reader's language, and the app's words in it."""

from __future__ import annotations

import streamlit as st

from sim import languages
from sim.languages import LANGUAGES, Language
from sim.ui.state import address

KEY = "lang"


def language() -> Language:
    """Return the language that is set, or else the browser's where it is spoken here, or else English."""
    return address.read(KEY, of_the_browser(), _read)


def of_the_browser() -> Language:
    """Return the browser's language where it is spoken here, or else English."""
    said = (st.context.locale or "en").lower()
    return next((one for one in LANGUAGES if said.split("-")[0] == one), "en")


def say(template: str, /, **values: object) -> str:
    """Return a sentence of the app in the reader's language (`sim.languages.say`)."""
    return languages.say(template, language(), **values)


def later(template: str) -> str:
    """Return a sentence of the app as it is, in English: `say` says it later, and the catalogue has it."""
    return template


def told(said: str) -> str:
    """Return what the library says in the reader's language (`sim.languages.told`)."""
    return languages.told(said, language())


def _read(said: str) -> Language:
    for one in LANGUAGES:
        if said == one:
            return one
    raise ValueError(later("no language of this app"))
