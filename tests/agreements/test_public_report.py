"""The report as everybody may read it: the same figures, and nobody's name, address or telephone."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements.models import Agreement
from agreements.public_report import for_public
from agreements.report import fetch
from agreements.showing import hide
from borsen.enums import Role, Sector
from borsen.events import HostDraft
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_contact, make_member, make_open_event, make_participant, make_resource

pytestmark = pytest.mark.django_db
SECRETS = ("hemmelig@example.no", "911 22 333", "Åse", "Kari Kontakt", "Uskikket ord")


@pytest.fixture
def event():
    leak = "ring 911 22 333 eller hemmelig@example.no"
    event = make_open_event(
        theme=f"Sammen, {leak}", report_published=True,
        hosts=[HostDraft("Kommunen", "public", f"Kaffe, {leak}")], challenges=[f"Ensomhet, {leak}"],
    )  # fmt: skip
    choir = make_participant(event, "Granfjord kor", description=f"Vi synger, {leak}")
    make_contact(choir, "Kari Kontakt", email="hemmelig@example.no", phone="911 22 333")
    make_resource(choir, f"Sang, {leak}")
    person = make_participant(event, "Frivillig (Åse)", sector=Sector.INDIVIDUAL, description="Åse er pensjonist")
    make_agreement(event, (choir, f"Sang, {leak}"), (person, "Åses bakst"), summary=f"Julekonsert, {leak}")
    rude = make_agreement(event, (choir, "Uskikket ord"), (person, ""), summary="Uskikket ord")
    hide(agreement=rude, by=None, now=timezone.now())
    # What a party gives may hold a name too, which nobody can know; it is left to who reads it before it is opened.
    Agreement.objects.filter(summary__startswith="Julekonsert").get().parties.filter(participant=person).update(
        gives="Bakst"
    )
    return event


def pdf_text(content):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["report", "report.pdf"])
def test_everybody_reads_it_without_persons_addresses_and_what_was_taken_off_the_screen(event, name):
    content = Client().get(reverse(name, args=[event.slug])).content
    text = pdf_text(content) if name == "report.pdf" else content.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert ("Granfjord kor" in text, "Julekonsert" in text, "Denne avtalen vises ikke her" in text) == (
        True,
        True,
        True,
    )


def test_the_coordinator_reads_all_of_it(event):
    text = client_for(make_member(event, Role.COORDINATOR)).get(reverse("report", args=[event.slug])).content.decode()
    assert [word for word in ("Frivillig (Åse)", "Uskikket ord") if word in text] == ["Frivillig (Åse)", "Uskikket ord"]


def test_a_broker_reads_what_everybody_reads_once_it_is_open(event):
    text = client_for(make_member(event, Role.BROKER)).get(reverse("report", args=[event.slug])).content.decode()
    assert "Uskikket ord" not in text


def test_the_figures_are_the_same_and_every_agreement_stands_there(event):
    whole = fetch(event, timezone.now())
    public = for_public(whole)
    # What a challenge is called is text, and somebody may have written a telephone number there.
    assert replace(public.figures, challenges=whole.figures.challenges) == whole.figures
    assert [replace(line, name="") for line in public.figures.challenges] == [
        replace(line, name="") for line in whole.figures.challenges
    ]
    numbers = [[entry.number for entry in chapter.entries] for chapter in public.chapters]
    assert numbers == [[entry.number for entry in chapter.entries] for chapter in whole.chapters]
    assert sum(map(len, numbers)) == public.figures.totals.count == 2


def test_who_is_a_party_of_what_was_taken_off_the_screen_is_not_told_from_the_participant_s_side_either(event):
    whole = fetch(event, timezone.now())
    found = {one.name: (one.gave, one.received) for one in for_public(whole).attendees}
    assert {one.name: one.gave for one in whole.attendees}["Granfjord kor"] == (1, 2)
    assert found == {"Granfjord kor": ((1,), (1,)), "Frivillig enkeltperson": ((1,), (1,))}


def test_over_an_open_line_the_coordinator_reads_what_everybody_reads(event):
    client = client_for(make_member(event, Role.COORDINATOR))
    text = client.get(reverse("report", args=[event.slug]), REMOTE_ADDR="192.168.1.20").content.decode()
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_front_page_links_to_it_when_the_hour_is_over_and_it_is_open(event):
    event.page_published = True
    event.closed_at = timezone.now() - timedelta(hours=2)
    event.save()
    address = reverse("report", args=[event.slug])
    assert address in Client().get(event.get_absolute_url()).content.decode()
    event.report_published = False
    event.save()
    assert address not in Client().get(event.get_absolute_url()).content.decode()


def test_a_private_volunteer_s_place_among_the_others_does_not_tell_the_name():
    orders = []
    for name in ("Aase", "Åse"):
        event = make_open_event()
        for other in ("Banken", "Zanders"):
            make_resource(make_participant(event, other), "Kjøring")
        make_resource(make_participant(event, name, sector=Sector.INDIVIDUAL), "Kjøring")
        found = for_public(fetch(event, timezone.now()))
        orders.append(([one.name for one in found.attendees], [offer.who for offer in found.left[0].offers]))
    in_order = ["Banken", "Frivillig enkeltperson", "Zanders"]
    assert orders == [(in_order, in_order)] * 2
