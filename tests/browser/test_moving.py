"""An event is moved away and comes back, while a tablet goes on, and by the organiser's pages."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .test_broker import ALL, BY_ITSELF, send, write
from .test_participants import PHONE, has_sideways_scroll


def take_out(errors, status):
    """The browser logs an answer that the test expects."""
    errors[:] = [error for error in errors if f"status of {status}" not in error]


def test_a_tablet_keeps_its_agreement_while_the_event_is_away_and_sends_it_when_it_is_back(
    page, server, tmp_path, no_errors_in_the_browser
):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    before = len(server.ask(ALL))
    file = tmp_path / "demo.json"
    server.manage("move", "demo", str(file), "--to", "PC-en i salen")
    write(page)
    send(page)
    expect(page.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    assert len(server.ask(ALL)) == before
    server.manage("receive", str(file), "--user", "arrangor")
    expect(page.get_by_role("heading", name="Registrert som nr.")).to_be_visible(timeout=BY_ITSELF)
    assert server.ask(ALL)[before:] == [[before + 1, "Radioverksted i bruktbutikken", ""]]
    take_out(no_errors_in_the_browser, 409)


@pytest.mark.parametrize("size", [{"width": 1080, "height": 810}, PHONE], ids=["laptop", "phone"])
def test_the_organiser_moves_it_and_takes_it_back_by_the_pages(page, server, size, no_errors_in_the_browser, tmp_path):
    page.set_viewport_size(size)
    sign_in(page, "arrangor")
    page.goto("/demo/innstillinger/")
    page.get_by_role("link", name="Flytt børsen til en annen maskin").click()
    assert (axe(page), has_sideways_scroll(page)) == ([], False)
    page.get_by_label("Hvor flyttes børsen?").fill("PC-en i Kulturhuset")
    page.get_by_role("button", name="Lås børsen her og lag filen").click()
    expect(page.get_by_text("Børsen er flyttet til PC-en i Kulturhuset, og kan ikke endres her")).to_be_visible()
    assert (axe(page), has_sideways_scroll(page)) == ([], False)
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned filen").click()
    assert download.value.suggested_filename == "flytting-demo.json"
    page.get_by_label("Børsfilen (.json)").set_input_files(
        {"name": "annet.json", "mimeType": "application/json", "buffer": b"hei"}
    )
    page.get_by_role("button", name="Les inn filen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dette er ikke en børsfil")
    take_out(no_errors_in_the_browser, 422)
    file = tmp_path / "demo.json"
    download.value.save_as(file)
    page.get_by_label("Børsfilen (.json)").set_input_files(file)
    page.get_by_role("button", name="Les inn filen").click()
    expect(page.get_by_text(re.compile("Børsen er tilbake"))).to_be_visible()
    page.goto("/ny/fra-fil/")
    assert (axe(page), has_sideways_scroll(page)) == ([], False)
