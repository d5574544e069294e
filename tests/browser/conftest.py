"""Real Chromium against a real server. Without a browser on the machine these tests are left out (../conftest.py)."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.chromium import find_chromium

from .server import HOST, PASSWORD, SESSIONS, Server

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]

# How long an expectation may take to come true. On a machine with other work to do five seconds are not always enough;
# one that comes true at once costs nothing.
expect.set_options(timeout=15_000)


# pytest-playwright keeps its event loop for the whole session; while it runs neither Django's ORM nor an async test
# can run in the same process. Here it lives as long as the tests of this folder, which are kept together in groups
# (../conftest.py), because starting a browser takes as long as a test.


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def browser_context_args(server: Server) -> dict[str, Any]:
    """What each page starts with: `page.goto("/demo/megler/")` goes to the test's own server."""
    return {"base_url": server.url, "locale": "nb-NO", "timezone_id": "Europe/Oslo"}


@pytest.fixture(autouse=True)
def no_errors_in_the_browser(context: BrowserContext, server: Server) -> Iterator[list[str]]:
    """Fail the test on script errors, console errors and violations of the Content-Security-Policy, on any page of
    the context. A test that expects one takes it out of the list. What the browser says of a server that the test
    killed is no error."""
    errors: list[str] = []
    watch(context, errors)
    yield errors
    outage = ("net::ERR_", "WebSocket connection to ") if server.has_been_killed else ()
    assert [error for error in errors if not any(words in error for words in outage)] == []


def watch(context: BrowserContext, errors: list[str]) -> None:
    """Collect in `errors` what goes wrong on the pages of `context` (for contexts that a test makes itself)."""

    def on_console(message) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    context.on("console", on_console)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', event =>"
        " console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))"
    )


def sign_in(page: Page, username: str = "megler") -> None:
    """Make the page's browser one of the demo's users, without the seconds that the form takes."""
    cookie = {"name": "sessionid", "value": SESSIONS[username], "domain": HOST, "path": "/", "httpOnly": True}
    page.context.add_cookies([cookie])


def sign_in_by_form(page: Page, username: str = "megler") -> None:
    """Sign in as people do, where the session from the beginning is gone or the form is what is tried."""
    page.goto("/konto/logg-inn/")
    page.get_by_label("Brukernavn").fill(username)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url(lambda url: "/logg-inn/" not in url)


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, one line for each; an empty list is a pass."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
