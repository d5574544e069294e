"""What the server forgets each time it starts: sessions that have ended, and sign-ins that failed long ago."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

# Long enough to look into an attack on the day after the børs; addresses and login names are personal data.
KEPT = timedelta(days=7)


def forget_the_old(now: datetime) -> int:
    """Delete sessions that are over, and the log of sign-ins older than a week; returns how many rows went."""
    gone = Session.objects.filter(expire_date__lt=now).delete()[0]
    for log in (AccessAttempt, AccessFailureLog, AccessLog):
        gone += log.objects.filter(attempt_time__lt=now - KEPT).delete()[0]
    return gone
