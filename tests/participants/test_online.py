"""Online registration: the page, the verb, the receipt, and what holds machines off."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from borsen import holding_off
from borsen.enums import MailKind, Sector
from participants.enums import Source, Status
from participants.letters import MOST_RECEIPTS_A_DAY
from participants.models import Participant
from participants.person_links import link_for
from tests.factories import make_contact, make_event, make_participant, make_resource
from tests.participants.pages import client_of, errors_of, form_of, seen_on, sent, tree_of

pytestmark = pytest.mark.django_db
KARI = {"name": "Kari Granli", "email": "kari@example.no"}


@pytest.fixture(autouse=True)
def outside(settings, monkeypatch):
    settings.PUBLIC_URL = "https://bors.example"
    settings.HAS_MAIL = True
    cache.clear()
    # What a person needs seconds for, a test does at once.
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=-1))


@pytest.fixture
def event():
    return make_event(registration_open=True)


def url(event, tail=""):
    return reverse("registration", args=[event.slug]) + tail


def posted(**fields):
    fields.setdefault("contacts", [KARI])
    return sent(**fields) | {"started": holding_off.stamp()}


def words(response):
    return " ".join(" ".join(tree_of(response).itertext()).split())


def test_a_name_a_sector_and_one_contact_with_e_mail_is_enough(event, client):
    response = client.post(url(event), posted(name="Granfjord kor", sector="voluntary"))
    assert response["Location"] == reverse("registration.receipt", args=[event.slug])
    participant = event.participants.get()
    contact = participant.contacts.get()
    assert (participant.name, participant.sector, participant.source) == ("Granfjord kor", "voluntary", Source.ONLINE)
    assert (participant.status, participant.expected) == (Status.REGISTERED, 1)
    assert (contact.name, contact.email, contact.phone) == ("Kari Granli", "kari@example.no", "")


def test_offers_and_needs_come_along_with_category_and_details(event, client):
    category = str(event.categories.all()[1].pk)
    offers = [{"title": "Sal", "category": category, "details": "Til femti"}]
    client.post(url(event), posted(offers=offers, needs=[{"title": "Kaker", "category": category}]))
    resources = event.participants.get().resources.order_by("pk").values_list("kind", "title", "details", "category")
    assert list(resources) == [("offer", "Sal", "Til femti", int(category)), ("need", "Kaker", "", int(category))]


def test_what_is_missing_is_said_with_a_link_to_each_place_and_nothing_typed_is_lost(event, client):
    data = posted(name="", sector="", contacts=[{"name": "Kari", "email": "kari(at)example.no", "phone": "900"}])
    response = client.post(url(event), data)
    assert response.status_code == 422
    assert errors_of(response) == [
        ("#id_name", "Skriv hva dere heter."),
        ("#id_sector_0", "Velg hvem dere er."),
        ("#id_contacts-0-email", "Skriv e-postadressen slik: navn@eksempel.no"),
    ]
    again = form_of(response, "online")
    assert (again["contacts-0-email"], again["contacts-0-phone"]) == ("kari(at)example.no", "900")
    assert event.participants.count() == 0


def test_the_first_contact_needs_an_e_mail_address_and_the_second_does_not(event, client):
    response = client.post(url(event), posted(contacts=[{"name": "Kari"}, {"name": "Per"}]))
    assert errors_of(response) == [("#id_contacts-0-email", "Skriv e-postadressen. Kvitteringen sendes dit.")]
    client.post(url(event), posted(contacts=[KARI, {"name": "Per"}]))
    assert [row.name for row in event.participants.get().contacts.all()] == ["Kari Granli", "Per"]


def test_a_private_volunteer_gives_a_name_and_the_storskjerm_gets_the_first_of_it(event, client):
    client.post(url(event), posted(name="", sector="individual", contacts=[{**KARI, "name": "Åse Marie Granli"}]))
    participant = event.participants.get()
    assert (participant.name, participant.contacts.get().name) == ("Frivillig (Åse)", "Åse Marie Granli")
    receipt = words(client.get(reverse("registration.receipt", args=[event.slug])))
    assert "Frivillig (Åse) Dette er det andre ser på børsen. Du kan endre det på min side." in receipt


def test_the_municipality_is_chosen_where_several_hold_the_event_and_a_foreign_one_is_refused(client):
    event = make_event(registration_open=True, municipalities="Granfjord, Nordvik")
    options = [option.text for option in tree_of(client.get(url(event))).iter("option") if option.get("value") != ""]
    assert options[:3] == ["Granfjord", "Nordvik", "En annen"]
    assert errors_of(client.post(url(event), posted(municipality="Oslo"))) == [
        ("#id_municipality", "Velg en av kommunene.")
    ]
    client.post(url(event), posted(municipality="Nordvik"))
    assert event.participants.get().municipality == "Nordvik"


def test_a_wrong_organisation_number_is_said_and_none_is_needed(event, client):
    response = client.post(url(event), posted(org_number="123"))
    assert [target for target, _text in errors_of(response)] == ["#id_org_number"]
    client.post(url(event), posted(org_number=""))
    assert event.participants.count() == 1


def test_without_script_the_form_comes_back_with_one_more_row_and_nothing_judged(event, client):
    data = posted(name="Halvveis", offers=[{"title": "Sal"}]) | {"add": "offers"}
    again = form_of(client.post(url(event), data), "online")
    assert (again["name"], again["offers-0-title"], again["offers-TOTAL_FORMS"]) == ("Halvveis", "Sal", "2")
    assert event.participants.count() == 0


def test_where_new_ones_need_no_approval_they_take_part_at_once(client):
    event = make_event(registration_open=True, approves_first=False)
    client.post(url(event), posted())
    assert event.participants.get().status == Status.APPROVED


# --- closed


def test_a_closed_registration_says_so_and_takes_nothing(client):
    event = make_event(page_published=True, ask_whom="Kari, 900 00 000")
    page = client.get(url(event))
    assert "Påmeldingen er stengt" in words(page)
    assert "Kari, 900 00 000" in words(page)
    response = client.post(url(event), posted(name="For sen"))
    assert response.status_code == 409
    assert form_of(response, "online")["name"] == "For sen"
    assert Participant.objects.count() == 0


# --- the same once more


def test_the_same_form_twice_gives_one_participant_and_the_same_receipt(event, client):
    data = posted()
    first, second = client.post(url(event), data), client.post(url(event), data)
    assert (first["Location"], second["Location"]) == (reverse("registration.receipt", args=[event.slug]),) * 2
    assert event.participants.count() == 1
    assert event.mails.count() == 1


def test_a_form_whose_answer_never_came_is_no_double_when_it_is_sent_again_from_a_fresh_browser(event, client):
    data = posted()
    client.post(url(event), data)
    client.cookies.clear()
    assert client.post(url(event), data).status_code == 302
    assert event.participants.count() == 1


def test_another_club_in_the_same_form_after_going_back_is_another_participant(event, client):
    data = posted(name="Koret")
    client.post(url(event), data)
    client.post(url(event), data | {"name": "Korpset"})
    assert sorted(event.participants.values_list("name", flat=True)) == ["Koret", "Korpset"]


@pytest.mark.parametrize("given", [{"name": "granfjord  KOR"}, {"name": "Noe annet", "org_number": "974 760 673"}])
def test_an_organisation_that_is_there_already_is_asked_about_and_can_be_joined(event, client, given):
    known = make_participant(event, "Granfjord kor", org_number="974760673")
    make_contact(known, email="hemmelig@example.org", phone="911 22 333")
    data = posted(**given)
    response = client.post(url(event), data)
    assert response.status_code == 422
    by_number = "org_number" in given
    asked = "Noen med dette organisasjonsnummeret" if by_number else "«Granfjord kor»"
    assert f"{asked} er allerede påmeldt. Er det dere?" in words(response)
    assert ("Granfjord kor" in words(response)) is not by_number
    assert "hemmelig" not in response.content.decode()
    assert event.participants.count() == 1
    client.post(url(event), data | {"twin": "same"})
    joined = event.participants.exclude(pk=known.pk).get()
    assert (joined.same_as, joined.status) == (known, Status.REGISTERED)


@pytest.mark.parametrize(
    ("known", "is_named"),
    [
        ({"status": "approved"}, True),
        ({"status": "approved", "silent": True}, False),
        ({"status": "registered"}, False),
        ({"status": "approved", "closed": True}, False),
    ],
)
def test_an_organisation_number_names_nobody_whom_the_public_catalogue_does_not_name(client, known, is_named):
    """Numbers are public, and who has registered is not: somebody could try them all."""
    event = make_event(registration_open=True, catalogue_published=not known.get("closed"))
    twin = make_participant(event, "Hemmelige venner", org_number="974760673", status=known["status"])
    if not known.get("silent"):
        make_resource(twin, "Sang")
    data = posted(name="Noe annet", org_number="974 760 673")
    response = client.post(url(event), data)
    assert (response.status_code, "Hemmelige venner" in response.content.decode()) == (422, is_named)
    client.post(url(event), data | {"twin": "same"})
    receipt = client.get(reverse("registration.receipt", args=[event.slug]))
    own = client.get(reverse("own_page", args=[event.slug]))
    assert "Hemmelige venner" not in receipt.content.decode() + own.content.decode()


def test_who_says_it_is_the_same_waits_also_where_new_ones_need_no_approval(client):
    event = make_event(registration_open=True, approves_first=False)
    make_participant(event, "Granfjord kor")
    client.post(url(event), posted(name="Granfjord kor") | {"twin": "same"})
    assert event.participants.filter(status=Status.REGISTERED).count() == 1


def test_another_one_of_the_same_name_is_registered_when_it_says_so(event, client):
    make_participant(event, "Granfjord kor")
    client.post(url(event), posted(name="Granfjord kor") | {"twin": "other"})
    assert [row.same_as for row in event.participants.filter(name="Granfjord kor")] == [None, None]


def test_people_are_never_told_that_one_of_their_name_is_registered(event, client):
    make_participant(event, "Frivillig (Åse)", sector=Sector.INDIVIDUAL)
    client.post(url(event), posted(name="Frivillig (Åse)", sector="individual"))
    client.post(url(event), posted(name="Frivillig (Åse)", sector="voluntary", contacts=[KARI]))
    assert event.participants.count() == 3


# --- several for one person


def test_one_more_keeps_the_person_who_gets_one_mail_and_one_link(event, client):
    client.post(url(event), posted(name="Koret", contacts=[{**KARI, "phone": "911 22 333"}]))
    page = client.get(url(event, "?en-til=1"))
    assert "Kontaktperson, som sist: Kari Granli" in words(page)
    assert "kari@example.no" not in page.content.decode()
    assert "911 22 333" not in page.content.decode()
    client.post(url(event, "?en-til=1"), posted(name="Korpset", contacts=[]))
    koret, korpset = event.participants.order_by("pk")
    assert koret.registered_through == korpset.registered_through
    contact = korpset.contacts.get()
    assert (contact.name, contact.email, contact.phone) == ("Kari Granli", "kari@example.no", "911 22 333")
    body = event.mails.get().body
    assert ("Koret" in body, "Korpset" in body) == (True, True)


def test_one_more_after_the_receipt_has_left_is_told_of_in_a_new_one(event, client):
    client.post(url(event), posted(name="Koret"))
    event.mails.update(status="sent", attempts=1)
    client.post(url(event, "?en-til=1"), posted(name="Korpset", contacts=[]))
    assert event.mails.filter(kind=MailKind.RECEIPT).count() == 2


def test_who_knows_an_address_is_not_let_in_to_what_it_has_registered_before(event, client):
    """Typing an address does not prove that it is yours: what it opened before stays closed to this browser."""
    mine = make_participant(event, "Karis kor")
    make_contact(mine, **KARI)
    client.post(url(event), posted(name="En fremmed"))
    page = client.get(reverse("own_page", args=[event.slug]))
    assert ("En fremmed" in words(page), "Karis kor" in words(page)) == (True, False)
    assert (
        link_for(event, "kari@example.no").token
        not in client.get(reverse("registration.receipt", args=[event.slug])).content.decode()
    )


# --- the receipt


def test_the_receipt_shows_what_was_registered_and_the_private_link_only_with_an_address_outside(
    event, client, settings
):
    client.post(url(event), posted(name="Koret"))
    address = reverse("registration.receipt", args=[event.slug])
    link = event.participants.get().registered_through
    page = client.get(address)
    assert "Koret" in words(page)
    assert f"https://bors.example/{event.slug}/min-side/{link.token}/" in page.content.decode()
    settings.PUBLIC_URL = ""
    assert link.token not in client.get(address).content.decode()


def test_the_receipts_mail_has_what_was_written_the_practical_things_and_the_link(client):
    event = make_event(registration_open=True, place="Lillesalen", practical="Parker bak", ask_whom="Kari, 900 00 000")
    category = str(event.categories.first().pk)
    client.post(url(event), posted(name="Koret", offers=[{"title": "Sang", "category": category}]))
    mail = event.mails.get()
    link = link_for(event, "kari@example.no")
    assert (mail.to, mail.kind, mail.name) == ("kari@example.no", MailKind.RECEIPT, "Kari Granli")
    for said in ("Koret", "– Sang", "Lillesalen", "Parker bak", "Kari, 900 00 000", f"/min-side/{link.token}/"):
        assert said in mail.body
    assert mail.body.endswith(f"Hilsen {event.name}\nhttps://bors.example/{event.slug}/")
    # The link of the page is not the link of the mail.
    assert event.participants.get().registered_through.token not in mail.body


@pytest.mark.parametrize(("offers", "asked"), [([], True), ([{"title": "Sang"}], False)])
def test_who_has_written_no_offer_or_need_is_asked_for_it_on_the_receipt_and_in_the_mail(event, client, offers, asked):
    category = str(event.categories.first().pk)
    client.post(url(event), posted(name="Koret", offers=[row | {"category": category} for row in offers]))
    receipt = words(client.get(reverse("registration.receipt", args=[event.slug])))
    request = "Skriv gjerne på min side hva dere tilbyr og trenger."
    assert (request in receipt, request in event.mails.get().body) == (asked, asked)


def test_without_a_mail_server_the_receipt_is_held_and_the_registration_is_kept(event, client, settings):
    settings.HAS_MAIL = False
    client.post(url(event), posted())
    assert (event.participants.count(), event.mails.get().status) == (1, "held")


def test_a_stranger_at_the_receipt_is_sent_to_the_form(event, client):
    make_participant(event, "Andres")
    assert client.get(reverse("registration.receipt", args=[event.slug]))["Location"] == url(event)


# --- machines


def test_a_filled_trap_is_said_and_shown_and_nothing_is_kept(event, client):
    response = client.post(url(event), posted() | {"nettside": "https://spam.example"})
    assert (response.status_code, event.participants.count()) == (422, 0)
    assert "La dette stå tomt" in words(response)
    assert "data-sprung" in response.content.decode()


@pytest.mark.parametrize("stamp", ["", "tull", "now"])
def test_a_form_that_comes_back_at_once_is_asked_to_be_sent_again(event, client, monkeypatch, stamp):
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=60))
    data = posted() | ({} if stamp == "now" else {"started": stamp})
    response = client.post(url(event), data)
    assert (response.status_code, event.participants.count()) == (422, 0)
    assert "lignet en robot" in words(response)
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=-1))
    assert client.post(url(event), form_of(response, "online")).status_code == 302


def test_more_from_one_address_than_a_hall_could_send_are_held_off_and_lose_nothing(event, client, monkeypatch):
    limit = holding_off.Limit(2, timedelta(minutes=15))
    monkeypatch.setattr("participants.views.registration.OF_A_HALL", limit)
    for number in range(2):
        assert client.post(url(event), posted(name=f"Lag {number}")).status_code == 302
    response = client.post(url(event), posted(name="Lag 3"))
    assert (response.status_code, form_of(response, "online")["name"]) == (422, "Lag 3")
    elsewhere = client.post(url(event), posted(name="Lag 4"), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_nobodys_inbox_can_be_filled_by_registering_with_their_address(event, client):
    for number in range(MOST_RECEIPTS_A_DAY + 2):
        client.post(url(event), posted(name=f"Lag {number}"))
        client.cookies.clear()
        event.mails.update(status="sent", attempts=1)
    assert event.mails.count() == MOST_RECEIPTS_A_DAY
    assert event.participants.count() == MOST_RECEIPTS_A_DAY + 2


def test_a_line_break_in_a_name_makes_no_header(event, client):
    event.name = "Børs\r\nBcc: alle@example.org"
    event.save()
    client.post(url(event), posted())
    assert re.search(r"[\r\n]", event.mails.get().subject) is None


# --- who sees it


def test_what_a_stranger_wrote_is_for_the_staff_until_it_is_approved(client):
    event = make_event(registration_open=True, catalogue_published=True, published=True)
    category = str(event.categories.first().pk)
    client.post(url(event), posted(name="Uferdig lag", offers=[{"title": "Noe usett", "category": category}]))
    client.cookies.clear()
    catalogue = reverse("catalogue", args=[event.slug])
    assert "Noe usett" not in client.get(catalogue).content.decode()
    organiser = client_of(event)
    organiser.post(reverse("participant.approve_all", args=[event.slug]), {"seen": seen_on(organiser, event)})
    assert "Noe usett" in client.get(catalogue).content.decode()


def test_the_page_asks_the_database_as_often_with_three_challenges_and_hosts_as_with_one(
    client, django_assert_num_queries
):
    event = make_event(registration_open=True)
    with django_assert_num_queries(4):
        client.get(url(event))
    for number in range(3):
        event.challenges.create(text=f"Problem {number}", position=number)
        event.hosts.create(name=f"Vert {number}", sector="public", position=number)
        event.categories.create(name=f"Ny {number}")
    with django_assert_num_queries(4):
        client.get(url(event))


def test_the_time_of_the_planned_event_is_told(event, client):
    start = timezone.localtime(event.starts_at)
    assert start.strftime("kl. %H.%M") in words(client.get(url(event)))


def test_an_address_or_a_telephone_in_the_name_is_asked_to_stand_with_the_contact(event, client):
    response = client.post(url(event), posted(name="Koret, ring 911 22 333"))
    said = "Skriv bare navnet her. E-post og telefon hører til kontaktpersonen."
    assert errors_of(response) == [("#id_name", said)]
    assert form_of(response, "online")["name"] == "Koret, ring 911 22 333"
