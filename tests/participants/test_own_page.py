"""«Min side»: the private link, what it opens, and what the participant may change until it is locked."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from borsen.enums import MailKind
from participants.enums import Status
from participants.models import PersonLink
from participants.person_links import link_for, renew
from participants.proposals import approve, differences
from participants.seen import approve_new, fingerprints
from tests.factories import make_agreement, make_contact, make_event, make_open_event, make_participant, make_resource
from tests.participants.pages import client_of, form_of, tree_of

pytestmark = pytest.mark.django_db
MAIL = "kari@example.no"


@pytest.fixture(autouse=True)
def outside(settings):
    settings.PUBLIC_URL = "https://bors.example"
    settings.HAS_MAIL = True
    cache.clear()


@pytest.fixture
def event():
    return make_event(registration_open=True)


@pytest.fixture
def choir(event):
    choir = make_participant(event, "Granfjord kor")
    make_contact(choir, "Kari Granli", email=MAIL, phone="911 22 333")
    return choir


def own(event, *args, page="own_page"):
    return reverse(page, args=[event.slug, *args])


def come_in(client, event, email=MAIL):
    return client.get(own(event, link_for(event, email).token, page="own_page.enter"))


def words(response):
    return " ".join(" ".join(tree_of(response).itertext()).split())


def change(client, participant, **fields):
    address = own(participant.event, participant.pk, page="own_page.change")
    return client.post(address, form_of(client.get(address), "online") | fields)


def answer_the_change(participant, answer):
    """As the organiser does on the participant's page, which carries what it shows."""
    event, organiser = participant.event, client_of(participant.event)
    page = organiser.get(reverse("participant.edit", args=[event.slug, participant.pk]))
    form = form_of(page, "row") | {"answer": answer}
    organiser.post(reverse("participant.proposal", args=[event.slug, participant.pk]), form)


# --- the link


def test_the_link_opens_all_that_the_person_is_contact_of_and_leaves_the_address_bar(event, choir, client):
    band = make_participant(event, "Korpset")
    make_contact(band, "Kari", email="KARI@example.no")
    others = make_participant(event, "Andres lag")
    make_contact(others, "Per", email="per@example.no")
    make_contact(make_participant(make_event(), "Nabobygda"), "Kari", email=MAIL)
    response = come_in(client, event)
    assert response["Location"] == own(event)
    said = words(client.get(own(event)))
    assert [name in said for name in ("Granfjord kor", "Korpset", "Andres lag", "Nabobygda")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_pages_are_kept_by_no_cache_and_give_the_address_to_no_other_site(event, choir, client):
    response = come_in(client, event)
    assert "no-store" in response["Cache-Control"]
    page = client.get(own(event))
    assert ("no-store" in page["Cache-Control"], page["Referrer-Policy"]) == (True, "same-origin")


@pytest.mark.parametrize("token", ["tull", "LJZ8qUAW45OWAypDy1iJ3QgP"])
def test_a_link_that_opens_nothing_leads_to_who_sends_a_new_one(event, choir, client, token):
    response = client.get(own(event, token, page="own_page.enter"))
    assert (response.status_code, "Send meg lenken" in words(response)) == (404, True)


def test_a_link_of_another_event_opens_nothing_here(event, choir, client):
    other = make_event()
    token = link_for(event, MAIL).token
    assert client.get(own(other, token, page="own_page.enter")).status_code == 404


def test_a_renewed_link_closes_the_old_one_and_the_browsers_that_came_in_by_it(event, choir, client):
    old = link_for(event, MAIL).token
    come_in(client, event)
    renew(link_for(event, MAIL))
    assert client.get(own(event, old, page="own_page.enter")).status_code == 404
    assert "Granfjord kor" not in words(client.get(own(event)))
    assert client.get(own(event, choir.pk, page="own_page.change")).status_code == 404


def test_closing_the_page_on_a_lent_device_leaves_nothing_open(event, choir, client):
    come_in(client, event)
    client.post(own(event, page="own_page.leave"))
    assert client.get(own(event, choir.pk, page="own_page.change")).status_code == 404


def test_a_stranger_can_neither_see_nor_change_nor_sign_off(event, choir, client):
    for page in ("own_page.change", "own_page.sign_off"):
        assert client.post(own(event, choir.pk, page=page), {"status": "cancelled"}).status_code == 404
    choir.refresh_from_db()
    assert choir.status == Status.APPROVED


def test_who_came_in_by_one_link_can_not_touch_anothers_participant(event, choir, client):
    others = make_participant(event, "Andres lag")
    come_in(client, event)
    assert client.get(own(event, others.pk, page="own_page.change")).status_code == 404
    assert client.post(own(event, others.pk, page="own_page.sign_off"), {"status": "cancelled"}).status_code == 404


# --- asking for it


def test_asking_gives_the_same_answer_whether_the_address_is_known_or_not(event, choir, client):
    answers = [client.post(own(event, page="own_page.ask"), {"email": email}) for email in (MAIL, "ukjent@example.no")]
    assert words(answers[0]) == words(answers[1])
    mail = event.mails.get()
    assert (mail.kind, mail.to) == (MailKind.LINK, MAIL)
    assert f"https://bors.example/{event.slug}/min-side/{link_for(event, MAIL).token}/" in mail.body


def test_asking_twice_in_a_moment_sends_one_mail(event, choir, client):
    for email in (MAIL, "Kari@Example.no"):
        client.post(own(event, page="own_page.ask"), {"email": email})
    assert event.mails.count() == 1


def test_an_address_that_is_none_is_said_and_stands_as_typed(event, client):
    response = client.post(own(event, page="own_page.ask"), {"email": "kari(at)example"})
    assert (response.status_code, "kari(at)example" in response.content.decode()) == (422, True)
    assert "navn@eksempel.no" in words(response)


def test_without_a_mail_server_the_page_says_whom_to_ask(event, client, settings):
    settings.HAS_MAIL = False
    assert "Spør arrangøren om lenken din" in words(client.get(own(event)))


# --- changing


def test_before_approval_everything_can_be_changed_and_stays_new(event, client):
    choir = make_participant(event, "Kor", status=Status.REGISTERED)
    make_contact(choir, "Kari", email=MAIL)
    come_in(client, event)
    category = str(event.categories.first().pk)
    offers = {"offers-0-title": "Sang", "offers-0-category": category}
    assert change(client, choir, name="Koret", expected="3", **offers)["Location"] == own(event)
    choir.refresh_from_db()
    assert (choir.name, choir.expected, choir.status, choir.proposal) == ("Koret", 3, Status.REGISTERED, None)
    assert choir.resources.get().title == "Sang"


def test_after_approval_new_texts_wait_while_numbers_and_contacts_take_effect(event, choir, client):
    old = make_resource(choir, "Sang")
    come_in(client, event)
    texts = {"name": "Frekt navn", "offers-0-title": "Frekk sang", "offers-0-closed": "on"}
    change(client, choir, expected="7", **texts, **{"contacts-0-phone": "922 33 444"})
    choir.refresh_from_db()
    old.refresh_from_db()
    assert (choir.name, choir.expected, choir.contacts.get().phone) == ("Granfjord kor", 7, "922 33 444")
    assert (old.title, old.closed_at is not None) == ("Sang", True)
    assert [(one.before, one.after) for one in differences(choir)] == [
        ("Granfjord kor", "Frekt navn"),
        (f"Sang – ({old.category})", f"Frekk sang – ({old.category})"),
    ]
    # The participant itself sees what it wrote.
    assert "Frekt navn" in words(client.get(own(event)))


def test_approving_the_change_makes_it_so(event, choir, client):
    old = make_resource(choir, "Sang")
    come_in(client, event)
    new = {"needs-0-title": "Noter", "needs-0-category": str(old.category_id)}
    change(client, choir, name="Granfjord sangkor", **new)
    assert choir.resources.count() == 1
    answer_the_change(choir, "approve")
    choir.refresh_from_db()
    assert (choir.name, choir.proposal) == ("Granfjord sangkor", None)
    assert sorted(choir.resources.values_list("kind", "title")) == [("need", "Noter"), ("offer", "Sang")]
    assert choir.resources.get(kind="offer").pk == old.pk


def test_discarding_the_change_leaves_it_as_it_was_approved(event, choir, client):
    come_in(client, event)
    change(client, choir, name="Frekt navn")
    answer_the_change(choir, "discard")
    choir.refresh_from_db()
    assert (choir.name, choir.proposal) == ("Granfjord kor", None)


def test_taking_away_an_offer_takes_effect_at_once(event, choir, client):
    make_resource(choir, "Sang")
    come_in(client, event)
    change(client, choir, **{"offers-0-DELETE": "on"})
    choir.refresh_from_db()
    assert (choir.resources.count(), choir.proposal) == (0, None)


def test_one_that_was_taken_away_since_does_not_come_back_with_the_change(event, choir, client):
    old = make_resource(choir, "Sang")
    come_in(client, event)
    change(client, choir, **{"offers-0-title": "Vakrere sang"})
    old.delete()
    choir.refresh_from_db()
    choir.event = event
    approve(participant=choir)
    assert choir.resources.count() == 0


def test_where_nothing_needs_approval_changes_take_effect_at_once(client):
    event = make_event(approves_first=False)
    choir = make_participant(event, "Kor")
    make_contact(choir, "Kari", email=MAIL)
    come_in(client, event)
    change(client, choir, name="Koret")
    choir.refresh_from_db()
    assert (choir.name, choir.proposal, choir.status) == ("Koret", None, Status.APPROVED)


def test_all_new_ones_are_approved_with_one_tap_but_neither_who_says_to_be_another_nor_changes(event, choir, client):
    come_in(client, event)
    change(client, choir, name="Granfjord sangkor")
    make_participant(event, "Ny", status=Status.REGISTERED)
    make_participant(event, "Granfjord kor", status=Status.REGISTERED, same_as=choir)
    foreign = make_participant(make_event(), "Nabobygda", status=Status.REGISTERED)
    seen = fingerprints(event.participants.all()) | fingerprints(foreign.event.participants.all())
    assert approve_new(event=event, seen=seen).count == 1
    foreign.refresh_from_db()
    assert foreign.status == Status.REGISTERED
    assert sorted(event.participants.values_list("name", "status")) == [
        ("Granfjord kor", "approved"), ("Granfjord kor", "registered"), ("Ny", "approved"),
    ]  # fmt: skip


def test_a_locked_event_shows_all_and_changes_nothing(choir, client):
    event = choir.event
    event.changes_locked = True
    event.save()
    come_in(client, event)
    page = client.get(own(event))
    assert ("Granfjord kor" in words(page), "låst" in words(page)) == (True, True)
    address = own(event, choir.pk, page="own_page.change")
    assert client.get(address)["Location"] == own(event)
    client.post(address, {"name": "Nytt"})
    client.post(own(event, choir.pk, page="own_page.sign_off"), {"status": "cancelled"})
    choir.refresh_from_db()
    assert (choir.name, choir.status) == ("Granfjord kor", Status.APPROVED)


def test_a_participant_without_any_e_mail_is_refused_with_all_that_was_typed(event, choir, client):
    come_in(client, event)
    response = change(client, choir, name="Koret", **{"contacts-0-email": ""})
    assert response.status_code == 422
    assert form_of(response, "online")["name"] == "Koret"
    assert choir.contacts.get().email == MAIL


def test_an_agreed_offer_can_not_be_taken_away(client):
    event = make_open_event()
    choir = make_participant(event, "Granfjord kor")
    make_contact(choir, "Kari", email=MAIL)
    offer = make_resource(choir, "Sang")
    agreement = make_agreement(event, (choir, "Sang"), (make_participant(event, "Bakeren"), "Boller"))
    agreement.parties.filter(participant=choir).update(offer=offer)
    come_in(client, event)
    page = client.get(own(event, choir.pk, page="own_page.change"))
    assert "Dette står i en avtale" in words(page)
    assert "offers-0-DELETE" not in page.content.decode()


def test_signing_off_and_on_again(event, choir, client):
    come_in(client, event)
    address = own(event, choir.pk, page="own_page.sign_off")
    client.post(address, {"status": "cancelled"})
    choir.refresh_from_db()
    assert choir.status == Status.CANCELLED
    client.post(address, {"status": "approved"})
    choir.refresh_from_db()
    assert choir.status == Status.REGISTERED


def test_signing_on_is_no_way_around_the_approval(event, client):
    choir = make_participant(event, "Kor", status=Status.REGISTERED)
    make_contact(choir, "Kari", email=MAIL)
    come_in(client, event)
    client.post(own(event, choir.pk, page="own_page.sign_off"), {"status": "approved"})
    choir.refresh_from_db()
    assert choir.status == Status.REGISTERED


def test_on_a_connection_that_others_can_read_addresses_are_hidden_and_left_as_they_were(event, choir, client):
    come_in(client, event)
    address = own(event, choir.pk, page="own_page.change")
    page = client.get(address, REMOTE_ADDR="192.168.1.20")
    assert (MAIL in page.content.decode(), "911 22 333" in page.content.decode()) == (False, False)
    client.post(address, form_of(page, "online") | {"expected": "4"}, REMOTE_ADDR="192.168.1.20")
    choir.refresh_from_db()
    contact = choir.contacts.get()
    assert (choir.expected, contact.email, contact.phone) == (4, MAIL, "911 22 333")


def test_a_contacts_id_of_another_participant_changes_nobody_else(event, choir, client):
    victim = make_contact(make_participant(event, "Andres"), "Per", email="per@example.no")
    come_in(client, event)
    change(client, choir, **{"contacts-0-id": str(victim.pk), "contacts-0-name": "Ond"})
    victim.refresh_from_db()
    assert (victim.name, victim.email) == ("Per", "per@example.no")


def test_the_page_asks_the_database_as_often_for_three_participants_as_for_one(client, django_assert_num_queries):
    event = make_open_event()
    for number, expected in ((1, 13), (3, 13)):
        while event.participants.filter(contacts__email=MAIL).count() < number:
            mine = make_participant(event)
            make_contact(mine, "Kari", email=MAIL)
            for title in ("Sang", "Dans"):
                make_resource(mine, title)
            make_agreement(event, (mine, "Sang"), (make_participant(event), "Boller"))
        come_in(client, event)
        with django_assert_num_queries(expected):
            client.get(own(event))


# --- the organiser's side


def test_the_organiser_copies_renews_and_sends_a_link(event, choir):
    organiser, address = client_of(event), reverse("participant.links", args=[event.slug, choir.pk])
    contact = {"contact": str(choir.contacts.get().pk)}
    assert PersonLink.objects.count() == 0
    organiser.post(address, contact | {"act": "show"})
    first = PersonLink.objects.get().token
    assert f"https://bors.example/{event.slug}/min-side/{first}/" in organiser.get(address).content.decode()
    organiser.post(address, contact | {"act": "renew"})
    second = PersonLink.objects.get().token
    assert first != second
    organiser.post(address, contact | {"act": "send"})
    assert second in event.mails.get().body


def test_the_links_are_not_shown_where_others_can_read_along(event, choir):
    organiser, address = client_of(event), reverse("participant.links", args=[event.slug, choir.pk])
    token = link_for(event, MAIL).token
    assert token in organiser.get(address).content.decode()
    assert token not in organiser.get(address, REMOTE_ADDR="192.168.1.20").content.decode()


def test_a_contact_of_another_participant_gets_no_link_from_here(event, choir):
    foreign = make_contact(make_participant(event, "Andres"), "Per", email="per@example.no")
    address = reverse("participant.links", args=[event.slug, choir.pk])
    client_of(event).post(address, {"contact": str(foreign.pk), "act": "renew"})
    assert PersonLink.objects.count() == 0


def test_the_answers_address_opened_anew_leads_to_the_form_that_asks(event, client):
    response = client.get(reverse("own_page.ask", args=[event.slug]))
    assert response["Location"] == reverse("own_page", args=[event.slug])


def test_a_receipt_within_ten_minutes_does_not_stop_the_link(event, choir, client):
    client.post(own(event, page="own_page.ask"), {"email": MAIL})
    event.mails.update(made_at=event.mails.get().made_at - timedelta(minutes=11))
    client.post(own(event, page="own_page.ask"), {"email": MAIL})
    assert event.mails.count() == 2
