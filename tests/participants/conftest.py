"""What the tests of participants share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from .stub_register import StubRegister


@pytest.fixture
def register(settings, monkeypatch) -> Iterator[StubRegister]:
    """A register of the test's own, asked directly whatever proxy is set, and nothing remembered of another's."""
    cache.clear()
    monkeypatch.setenv("NO_PROXY", "*")
    with StubRegister() as register:
        settings.BRREG_URL = register.url
        yield register
    cache.clear()
