"""Nobody is shut out: axe-core finds no serious fault on any page, in both languages, light and dark, wide or not."""

from __future__ import annotations

import pytest

from sim.ui.app import PAGES
from tests.browser.conftest import AXE
from tests.browser.driving import drawn, settled

SEEN = [("en-GB", 1280, False), ("fr-FR", 390, True)]


def faults(page) -> list[str]:
    """Return the serious faults that axe-core finds."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def lasting(page, looks: int = 3) -> list[str]:
    """Return the serious faults that are still there at the third look: a chart may be redrawn while axe-core looks."""
    found: list[str] = []
    for _ in range(looks):
        drawn(page)
        found = faults(page)
        if not found:
            break
    return found


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: .ci/browser fetches it")
@pytest.mark.parametrize(("language", "wide", "dark"), SEEN)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(visit, name, language, wide, dark):
    page = visit("/" if name == next(iter(PAGES)) else f"/{name}", wide=wide, language=language, dark=dark)
    settled(page)
    assert lasting(page) == []
