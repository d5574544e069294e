"""What the server forgets when it starts."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

from borsen.forgetting import forget_the_old

pytestmark = pytest.mark.django_db


def attempt(username, age):
    row = AccessAttempt.objects.create(username=username, ip_address="10.0.0.7", failures_since_start=1)
    AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - age)


def test_old_failures_and_sessions_that_are_over_go_and_the_rest_stays():
    attempt("gammel", timedelta(days=8))
    attempt("fersk", timedelta(days=6))
    now = timezone.now()
    for key, left in (("over", -1), ("gjelder", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(minutes=left))
    assert forget_the_old(now) == 2
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["fersk"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["gjelder"]
