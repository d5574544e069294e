"""No page and no file that a broker, a door host, the børsgeneral or the public can reach shows an e-mail address or a
phone number: asked of every address of the product, with contacts to show and with addresses typed into texts."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements.models import Party
from agreements.telling import content_in_words, latest_of
from borsen.devices import make_device
from borsen.enums import Role
from participants.models import Contact, Participant, Resource
from tests.borsen.addresses import address, client_with_device, make_world, patterns
from tests.factories import make_award, make_contact, make_logo, make_member, make_user
from tests.participants.pages import form_of, tree_of

pytestmark = pytest.mark.django_db(transaction=True)
MAIL, PHONE = "hemmelig@example.org", "911 22 333"
TYPED = f"spør {MAIL} eller {PHONE}"
# Its own page is the person's, and opens by a link that only they have; the receipt is of what this browser registered.
OWN = {"own_page.enter"}
# Who may correct a text has it as it is in the form: masked there, it would be saved so, and what was typed be gone.
EDITED = {"agreement.correct", "prize.list"}
_CONTROL = re.compile(
    r'<textarea.*?</textarea>|<input[^>]* value="[^"]*"|"(?:summary|details|gives)": "[^"]*"', re.DOTALL
)


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "") == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if content.startswith(b"PK"):  # a workbook, and whatever else is a packed file
        with ZipFile(BytesIO(content)) as packed:
            return " ".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return content.decode(errors="replace")


def leaks_in(client: Client, world) -> list[str]:
    """The names of the addresses whose answer shows the secret."""
    found = []
    for name in sorted({pattern.name for pattern, _ in patterns()} - OWN):
        said = text_of(client.get(address(name, world)))
        said = _CONTROL.sub("", said) if name in EDITED else said
        if MAIL in said or PHONE in said or PHONE.replace(" ", "") in said:
            found.append(name)
    return found


@pytest.fixture
def world():
    """Everything that can be opened is open, and every contact and every text of a participant has the secrets."""
    cache.clear()
    world = make_world()
    event = world.event
    for switch in ("published", "page_published", "registration_open", "catalogue_published", "report_published"):
        setattr(event, switch, True)
    event.theme = event.thanks = event.next_date = TYPED
    event.save()
    make_logo(event.hosts.create(name="Kommunen", sector="public", contributes=TYPED))
    event.challenges.create(text=f"Ensomhet, {TYPED}")
    make_contact(world.participant, "Per Kontakt", email=MAIL, phone=PHONE)
    Contact.objects.filter(participant__event=event).update(email=MAIL, phone=PHONE)
    Participant.objects.filter(event=event).update(description=TYPED, place=f"ring {PHONE}")
    Resource.objects.filter(participant__event=event).update(title=f"Sal, {TYPED}", details=TYPED)
    Participant.objects.filter(event=event).update(name=f"Laget, {TYPED}")
    event.agreements.update(summary=f"Bytter, {TYPED}", details=TYPED)
    Party.objects.filter(agreement__event=event).update(gives=f"Boller, {TYPED}")
    award = make_award(event, agreement=world.agreement)
    event.awards.update(title=f"Premie, {TYPED}", reason=TYPED, shown_at=timezone.now())
    assert award.event_id == event.pk
    return world


def test_the_test_finds_a_leak(world):
    # The organiser may see it: that is where it is found.
    client = Client()
    client.force_login(world.organiser)
    assert "participant.edit" in leaks_in(client, world)


def test_who_may_see_contacts_reads_what_was_typed_about_agreements_whole(world):
    for role, others_read_along in ((Role.COORDINATOR, False), (Role.ORGANISER, False), (Role.ORGANISER, True)):
        client = Client(REMOTE_ADDR="192.168.1.20" if others_read_along else "127.0.0.1")
        client.force_login(make_member(world.event, role))
        said = text_of(client.get(address("agreement.show", world)))
        assert [secret in said for secret in (MAIL, PHONE)] == [not others_read_along] * 2


def test_a_broker_who_corrects_an_agreement_saves_back_what_was_typed_and_no_dots(world):
    """Covered in the form, it would be gone for who may see it."""
    device = make_device(event=world.event, user=make_user(), role=Role.BROKER, label="Nettbrett")
    world.event.agreements.update(broker=device.user)
    client, where = client_with_device(device), address("agreement.correct", world)
    form = form_of(client.get(where), "entry") | {"first_time": "yes"}
    assert client.post(where, form).status_code == 302
    agreement = world.event.agreements.get(pk=world.agreement.pk)
    assert (agreement.first_time, agreement.summary, agreement.details) == ("yes", f"Bytter, {TYPED}", TYPED)
    assert {party.gives for party in agreement.parties.all()} == {f"Boller, {TYPED}"}
    said = text_of(client.get(address("agreement.show", world)))
    assert ("Bytter, spør … eller …" in said, MAIL in said) == (True, False)


def test_who_leads_from_the_stage_saves_a_prize_back_as_it_was_written(world):
    client = Client()
    client.force_login(make_member(world.event, Role.STAGE))
    award = world.event.awards.first()
    page = client.get(address("prize.list", world))
    where = reverse("prize.words", args=[world.event.slug, award.pk])
    form = next(each for each in tree_of(page).iter("form") if each.get("action") == where)
    typed = {each.get("name"): each.get("value") or each.text for each in form.iter() if each.get("name")}
    client.post(where, typed | {"title": typed["title"] + "!"})
    award.refresh_from_db()
    assert (award.title, award.reason) == (f"Premie, {TYPED}!", TYPED)


def test_what_the_tablet_is_told_of_an_agreement_shows_no_contact(world):
    assert PHONE in world.event.agreements.first().summary
    told = repr([content_in_words(row) for row in world.event.agreements.all()]) + repr(latest_of(world.event))
    assert ("Bytter, spør … eller …" in told, MAIL in told, PHONE in told) == (True, False, False)


def test_who_photographed_the_code_of_a_receipt_sees_no_address_and_no_telephone(world):
    said = text_of(Client().get(address("receipt", world)))
    assert ("Bytter, spør … eller …" in said, MAIL in said, PHONE in said) == (True, False, False)


def test_the_public_sees_no_address_and_no_telephone(world):
    assert leaks_in(Client(), world) == []


@pytest.mark.parametrize("role", [Role.BROKER, Role.DOOR, Role.STAGE])
def test_who_works_there_by_device_sees_no_address_and_no_telephone(world, role):
    device = make_device(event=world.event, user=make_user(), role=role, label="Nettbrett")
    world.event.agreements.update(broker=device.user)  # so that a broker comes to where it is corrected and withdrawn
    assert leaks_in(client_with_device(device), world) == []
