"""Whether others can read along, by how the visitor is connected."""

import pytest
from django.test import RequestFactory

from borsen.transport import is_private

VENUE = "192.168.1.20"


def request_from(address, **extra):
    return RequestFactory().get("/", REMOTE_ADDR=address, **extra)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.4.5.6", "::1", "::ffff:127.0.0.1"])
def test_at_the_machine_itself_it_is_private(address):
    assert is_private(request_from(address)) is True


@pytest.mark.parametrize("address", [VENUE, "::ffff:192.168.1.20", "fe80::1", "", "tull"])
def test_over_plain_http_from_another_machine_it_is_not(address):
    assert is_private(request_from(address)) is False


def test_a_host_header_that_claims_to_be_local_changes_nothing():
    assert is_private(request_from(VENUE, HTTP_HOST="localhost")) is False


def test_over_https_it_is_private():
    assert is_private(RequestFactory().get("/", secure=True, REMOTE_ADDR=VENUE)) is True


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"])
def test_what_a_proxy_on_the_machine_passes_on_over_plain_http_is_not(header):
    assert is_private(request_from("127.0.0.1", **{header: "203.0.113.9"})) is False
