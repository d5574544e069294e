"""Behind a reverse proxy the visitor is who the proxy says, and nobody whom the visitor made up."""

import pytest

from borsen.proxy import with_visitor

PROXY = ("127.0.0.1", 4711)


def scope(*values):
    return {"type": "http", "client": PROXY, "headers": [(b"x-forwarded-for", value) for value in values]}


@pytest.mark.parametrize(
    ("values", "visitor"),
    [
        ((b"203.0.113.7",), "203.0.113.7"),
        ((b"198.51.100.1, 203.0.113.7",), "203.0.113.7"),
        ((b"198.51.100.1", b"203.0.113.7"), "203.0.113.7"),
    ],
)
def test_the_last_address_counts_since_only_that_one_is_the_proxys(settings, values, visitor):
    settings.HTTPS = True
    assert with_visitor(scope(*values))["client"] == (visitor, 0)


def test_without_the_header_the_connection_counts(settings):
    settings.HTTPS = True
    assert with_visitor(scope())["client"] == PROXY


def test_without_a_proxy_the_header_is_only_a_visitors_words(settings):
    settings.HTTPS = False
    assert with_visitor(scope(b"198.51.100.1"))["client"] == PROXY
