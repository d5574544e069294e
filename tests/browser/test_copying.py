"""The addresses to share have their buttons also after a part of the page has come anew."""

import pytest
from playwright.sync_api import expect

from .conftest import sign_in
from .server import Server


@pytest.fixture
def server(template_server, tmp_path):
    server = Server(tmp_path / "data", template=template_server, PUBLIC_URL="https://bors.example").start()
    yield server
    server.close()


def test_the_address_can_be_copied_after_the_registration_was_closed(page):
    sign_in(page, "arrangor")
    page.goto("/demo/innstillinger/pamelding/")
    page.get_by_role("button", name="Steng påmeldingen").click()
    expect(page.get_by_role("heading", name="Påmeldingen er stengt")).to_be_visible()
    copy = page.locator("[data-copy='address-registration']")
    copy.press("Enter")
    expect(copy).to_have_text("Kopiert")
    expect(copy).to_be_focused()
