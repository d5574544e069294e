"""What the middleware must be for a request to hold its lane only while sync code runs (design.md §6)."""

from django.conf import settings
from django.utils.module_loading import import_string


def test_no_middleware_is_sync_only():
    sync_only = [path for path in settings.MIDDLEWARE if not getattr(import_string(path), "async_capable", False)]
    assert sync_only == []
