"""The broker's form where the browser has nothing that came after Safari 16.0 (docs/nettlesere.md)."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import sign_in
from .test_broker import choose, party, send, write

pytestmark = pytest.mark.patient

# What Safari 16.0 lacks, taken away before the page's own scripts.
TAKE_AWAY = """
for (const name of ["popover", "showPopover", "hidePopover", "togglePopover"]) delete HTMLElement.prototype[name];
for (const name of ["checkVisibility"]) delete Element.prototype[name];
for (const name of ["union", "intersection", "difference", "isSubsetOf"]) delete Set.prototype[name];
for (const name of ["toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
delete Array.fromAsync;
delete Object.groupBy;
delete Promise.withResolvers;
delete Document.prototype.startViewTransition;
delete Document.prototype.adoptedStyleSheets;
delete crypto.randomUUID;
"""


def test_the_form_does_its_whole_job_without_what_safari_16_lacks(page, no_errors_in_the_browser):
    page.set_viewport_size({"width": 1080, "height": 810})
    page.add_init_script(TAKE_AWAY)
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    write(page)
    party(page, 1).fill("Ny forening")
    page.get_by_role("option", name=re.compile("som ny deltaker")).click()
    page.get_by_role("button", name="Frivillig", exact=True).click()
    page.get_by_role("button", name="Bruk den nye deltakeren").click()
    page.get_by_role("button", name="+ Legg til part").click()
    choose(page, 3, "kiwano", "Kafé Kiwano")
    send(page)
    expect(page.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    # The components' own <style> in their shadow trees is stopped by the policy, and nothing hangs on it.
    others = [error for error in no_errors_in_the_browser if "style" not in error]
    assert others == []
    no_errors_in_the_browser.clear()
