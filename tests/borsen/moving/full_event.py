"""An event in which every table of the file has rows, with texts that nobody expects."""

import io
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from agreements.awards import Winner, add_award, give, set_star
from agreements.correcting import correct, withdraw
from agreements.drafts import draft_of
from agreements.models import OutcomeReport
from borsen.enums import MailKind, MailStatus, Role
from borsen.logos import draw, set_logo
from borsen.models import Event
from participants.models import NotDouble
from participants.person_links import link_for, new_link
from tests.factories import (
    make_agreement,
    make_contact,
    make_mail,
    make_member,
    make_message,
    make_open_event,
    make_participant,
    make_resource,
)

AWKWARD = "<b>Bøk & «Sær»</b> 'x' \u202eعربي\u2028 🎩 Đuođđá 你好 \\u0000"
LONG = "å" * 2000


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(target, "PNG")
    return target.getvalue()


def make_full_event(slug: str = "granfjord") -> Event:
    """Agreements 1 to 4: one plain and corrected, one hidden, one withdrawn, one to be looked at."""
    event = make_open_event(slug, place=AWKWARD[:100], goal=40, practical="Linje en\r\nlinje to\n")
    now = timezone.now()
    broker = make_member(event, Role.BROKER)
    organiser = event.memberships.get(role=Role.ORGANISER).user
    challenge = event.challenges.create(text="Eldre og ensomhet", position=0)
    set_logo(host=event.hosts.create(name="Granfjord kommune", sector="public", hours_spent=3), drawn=draw(picture()))
    link, known = new_link(event), link_for(event, "kari@granfjord.example")
    one = make_participant(event, AWKWARD, registered_through=link, checked_in_at=now, checked_in_by=broker)
    two = make_participant(event, "Bakeren", sector="business", same_as=one, website="https://bakeren.example")
    contact = make_contact(one, "Kari", email="kari@granfjord.example", phone="900 00 000")
    offer = make_resource(one, "Lokale", challenge=challenge, details=AWKWARD)
    need = make_resource(two, "Boller", kind="need")
    category = event.categories.first()
    row = {"kind": "offer", "title": "Nytt", "details": "", "category": category.pk, "challenge": challenge.pk}
    texts = {"name": "Ny", "sector": "voluntary", "description": "", "website": ""}
    one.proposal = texts | {"resources": [row | {"id": offer.pk}, row | {"id": None}]}
    one.save()
    NotDouble.objects.create(event=event, first=one, second=two)
    first = make_agreement(event, (one, "Lokale"), (two, "Boller"), by=broker, details=LONG)
    party = first.parties.get(position=0)
    party.contact, party.offer, party.need = contact, offer, need
    party.save()
    first = event.agreements.with_parties().get(pk=first.pk)
    changed = draft_of(first)
    changed = replace(changed, summary=AWKWARD[:100])
    correct(agreement=first, draft=changed, by=organiser, now=now, expected_version=first.version)
    hidden = make_agreement(event, one, two, by=broker)
    event.agreements.filter(pk=hidden.pk).update(hidden_at=now)
    withdraw(agreement=make_agreement(event, by=organiser), by=organiser, now=now, why="Feil")
    event.agreements.filter(pk=make_agreement(event).pk).update(needs_review="Se på denne")
    OutcomeReport.objects.create(agreement=first, at=now, by_user=organiser, outcome="running", note=AWKWARD)
    OutcomeReport.objects.create(
        agreement=first, at=now, by_party=first.parties.order_by("position").first(), outcome="done"
    )
    set_star(agreement=hidden, by=broker, is_on=True, now=now)
    give(award=add_award(event=event, title="Årets avtale"), winner=Winner(agreement=first))
    make_message(event, "Velkommen")
    make_mail(event, about=f"link:{known.pk}", kind=MailKind.RECEIPT, status=MailStatus.WAITING)
    make_mail(event, about=f"agreement:{first.pk}", kind=MailKind.COPY, status=MailStatus.SENT, sent_at=now)
    type(event).objects.filter(pk=event.pk).update(created_at=now - timedelta(days=9))
    event.refresh_from_db()
    return event
