"""The money rule on the tablet: money.js gives the verdicts of agreements/money.py, in a real browser."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from agreements.money import find_money, patterns
from tests.agreements.money import CAUGHT, LETTERS, NOT_CAUGHT

from .conftest import sign_in

pytestmark = pytest.mark.browser

IMPORT = """async (data) => {
  const { useMoney, findMoney } = await import("/static/js/broker/money.js");
  useMoney(data);
  window.findMoney = findMoney;
}"""
PIECES = sorted({word for text in (*CAUGHT, *NOT_CAUGHT) for word in text.split()})
# Not the code points that this Python doesn't know: a newer browser may know them, and write them otherwise.
LETTER = st.characters(exclude_categories=("Cs", "Cn"))
BLANK = st.sampled_from(
    [" ", " ", " ", "", "\u00a0", "\u2009", "\n", ", ", ". ", "-", "\u0301", "\u200b", "İ", "ſ", "ẞ"]
)
TEXT = st.lists(st.tuples(st.sampled_from(PIECES) | st.text(LETTER, max_size=4), BLANK), max_size=12).map(
    lambda pairs: "".join(piece + blank for piece, blank in pairs)
)


@pytest.fixture
def in_the_browser(page):
    page.goto("/")
    page.evaluate(IMPORT, patterns())
    return lambda texts: page.evaluate("texts => texts.map((text) => findMoney(text))", texts)


def test_the_browser_finds_the_same_words_in_every_text_of_the_corpora(in_the_browser):
    texts = [*CAUGHT, *NOT_CAUGHT, *LETTERS, " ".join(CAUGHT), " ".join(NOT_CAUGHT), "\n".join(CAUGHT).upper()]
    assert dict(zip(texts, in_the_browser(texts), strict=True)) == {text: find_money(text) for text in texts}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=25))
def test_the_browser_finds_the_same_words_in_texts_that_nobody_has_written(in_the_browser, texts):
    assert in_the_browser(texts) == [find_money(text) for text in texts]


def test_no_long_text_takes_longer_than_a_key_stroke(page, in_the_browser):
    """The best of five: a busy machine is no reason to fail."""
    texts = [("\n".join(CAUGHT))[:2000], *((piece * 2000)[:2000] for piece in ("1 ", "100 ", "femti ", "ikke en "))]
    timed = """(texts) => texts.map((text) => Math.min(...[1, 2, 3, 4, 5].map(() => {
      const began = performance.now();
      findMoney(text);
      return performance.now() - began;
    })))"""
    assert max(page.evaluate(timed, texts)) < 100


NOT_PAYMENT = "Det er ikke betaling mellom partene"
LAST = (
    "import json; from borsen.models import Event; row = Event.objects.get(slug='demo').agreements.latest('number');"
    "print(json.dumps([row.not_payment, row.needs_review, [party.gives for party in row.parties.all()]]))"
)


@pytest.fixture
def broker(page):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    for number, letters, name in ((1, "radio", "Granfjord Radioamatører"), (2, "runde", "Bruktbutikken «Andre Runde»")):
        page.get_by_role("combobox", name=f"Part {number}", exact=True).press_sequentially(letters)
        page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}")).first.click()
    page.locator("#entry").get_by_text("Praktisk hjelp og dugnad", exact=True).click()
    return page


def test_without_network_the_words_are_quoted_and_the_parties_write_something_else(broker, context, server):
    gives = broker.get_by_label("Part 1 gir", exact=True)
    expect(broker.get_by_label(NOT_PAYMENT)).to_be_hidden()
    context.set_offline(True)
    gives.fill("Vipps 200 for strømmen")
    broker.get_by_role("button", name="Registrer avtale").click()
    expect(broker.get_by_text("«Vipps 200»")).to_be_visible()
    gives.fill("En kveld med lodding")
    context.set_offline(False)
    broker.get_by_role("button", name="Registrer avtale").click()
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert server.ask(LAST) == [False, "", ["En kveld med lodding", ""]]


def test_one_tap_says_that_it_is_no_payment(broker, server):
    broker.get_by_label("Part 1 gir", exact=True).fill("Radio til en verdi av 500 kr")
    broker.get_by_role("button", name="Registrer avtale").click()
    broker.get_by_label(NOT_PAYMENT).check()
    broker.get_by_role("button", name="Registrer avtale").click()
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert server.ask(LAST) == [True, "", ["Radio til en verdi av 500 kr", ""]]


def test_what_the_short_text_repeats_is_not_said_again(broker):
    broker.get_by_role("button", name="Kurs i egenberedskap og samband").click()
    broker.get_by_label("Part 1 gir", exact=True).fill("Kurs i samband for 500 kr")
    summary = broker.get_by_label("Kort om avtalen", exact=True)
    expect(summary).to_have_value("Kurs i samband for 500 kr")
    broker.get_by_role("button", name="Registrer avtale").click()
    expect(broker.get_by_text("Penger er aldri med på børsen")).to_have_count(1)
    summary.fill("Kurs mot 300 kr")
    broker.get_by_role("button", name="Registrer avtale").click()
    expect(broker.get_by_text("Penger er aldri med på børsen")).to_have_count(2)
