"""A storskjerm that was told «gone» (code 4404) comes back with nothing taken for granted."""

import json
import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .server import Server

pytestmark = pytest.mark.browser


def test_a_screen_that_was_sent_away_asks_for_everything_even_at_the_very_same_version(page: Page, server: Server):
    """A restored backup may stand at the version that the page has, with other content."""
    routes: list[WebSocketRoute] = []
    asked: list[int | None] = []

    def listen(route: WebSocketRoute) -> None:
        routes.append(route)
        upstream = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            asked.append(json.loads(message)["version"])
            upstream.send(message)

        route.on_message(pass_on)

    page.route_web_socket(re.compile(r"/ws/"), listen)
    page.clock.install()
    page.goto("/demo/storskjerm/")
    expect(page.locator("html")).to_have_attribute("data-connection", "live")
    known = int(page.locator("html").get_attribute("data-version") or 0)
    routes[0].close(code=4404)
    expect(page.locator("html")).to_have_attribute("data-connection", "lost")
    page.clock.run_for(41_000)
    expect(page.locator("html")).to_have_attribute("data-connection", "live")
    page.clock.run_for(11_000)
    expect(page.locator("html")).to_have_attribute("data-connection", "live")
    assert (asked[0], None in asked, asked[-1]) == (known, True, known)
