"""When two categories of an event become one, their agreements follow, each with a line in its history."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from borsen.feed_version import advance
from borsen.models import User
from participants.models import Category

from .enums import What
from .history import snapshot
from .models import Agreement, Change


def follow_category(
    sender: type, *, category: Category, into: Category, by: User | None, now: datetime, **_signal: Any
) -> None:
    """Move the agreements of `category` to `into`, inside the transaction that merges them. Four queries in all,
    however many there are."""
    del sender
    agreements = list(category.event.agreements.filter(category=category).with_parties())
    if not agreements:
        return
    version = advance(category.event)
    why = (_("Kategorien «%(category)s» er slått sammen med «%(into)s».") % {"category": category, "into": into})[:300]
    changes = []
    for agreement in agreements:
        before = snapshot(agreement)
        agreement.category, agreement.version = into, version
        changes.append(
            Change(
                agreement=agreement,
                version=version,
                at=now,
                by=by,
                what=What.CORRECTED,
                why=why,
                before=before,
                after=snapshot(agreement),
            )
        )
    Agreement.objects.bulk_update(agreements, ["category", "version"])
    Change.objects.bulk_create(changes)
