"""The form at a børs of 2,000 participants on a slow tablet (Chromium with a CPU slowed down four times).

`pytest -s -n 0 tests/browser/test_many_participants.py` prints the figures. The limits of the product are one second
for the page and 100 ms for a key; the ones asserted are wider, for machines that do other things at the same time.
Measured on two cores that did nothing else, server and browser together: form ready 0.3 s after a reload and 1.0 s
with an empty cache, the list there to search in after 0.5 s and 1.4 s, the picture after a key 45 ms, the slowest
57 ms.
"""

import pytest
from playwright.sync_api import expect

from .conftest import sign_in
from .test_broker import party

SLOWDOWN = 4
PAGE_LIMIT, KEY_LIMIT = 3_000, 250
FILL = "import json; from tests.bench.many import fill; print(json.dumps(fill()))"
# From the key to the picture after it, with the list that belongs to it.
TIME_A_KEY = """(field) => new Promise((done) => {
  const began = performance.now();
  field.addEventListener("input", () =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))), { once: true });
  document.execCommand("insertText", false, window.nextLetter);
})"""


@pytest.fixture
def slow(page, server):
    assert server.ask(FILL) == 2_000
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


@pytest.mark.patient
def test_the_page_opens_and_each_key_answers_at_once_with_2000_participants(slow):
    slow.reload()
    ready = slow.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    field = party(slow, 1)
    field.click()
    expect(slow.get_by_role("option").nth(5)).to_be_visible()
    listed = slow.evaluate("performance.now()")
    keys = []
    for letter in "kari fra speiderne":
        slow.evaluate("letter => (window.nextLetter = letter)", letter)
        keys.append(field.evaluate(TIME_A_KEY))
    expect(slow.get_by_role("option").first).to_contain_text("Kontakt: Kari")
    print(f"form ready {ready:.0f} ms, list open {listed:.0f} ms, slowest key {max(keys):.0f} ms")  # noqa: T201
    print("keys:", *(f"{key:.0f}" for key in keys))  # noqa: T201
    assert ready < PAGE_LIMIT
    assert sorted(keys)[len(keys) // 2] < KEY_LIMIT
    assert slow.get_by_role("option").count() < 50
