"""`POST /<slug>/avtaler/ny/` (design.md §8), with and without script."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.models import GIVES_MAX, SUMMARY_MAX, Agreement
from agreements.registering import register
from agreements.views import registration
from borsen.clock import close_hour, open_hour
from borsen.devices import make_device, open_session, send_out
from borsen.enums import Role
from participants.enums import Status
from tests.factories import (
    make_contact,
    make_draft,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

from .posting import JSON, broker_client, client_of, form, post, post_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def pair(event):
    return make_participant(event, "Blåfjell kor"), make_participant(event, "Turbussen", sector="business")


@pytest.fixture
def client(event):
    return broker_client(event)


def texts(response):
    return [" ".join(found) for found in response.json()["errors"].values()]


# --- taken


def test_a_form_without_script_leads_to_the_agreement(client, event, pair):
    response = post(client, event, form(event, *pair))
    assert (response.status_code, response["Location"]) == (302, f"/{event.slug}/avtaler/1/")
    assert [str(party) for party in event.agreements.get().parties.all()] == ["Blåfjell kor", "Turbussen"]


def test_the_tablet_gets_201_with_number_address_key_and_no_reason_to_look_at_it(client, event, pair):
    data = form(event, *pair)
    response = post_json(client, event, data)
    expected = {"number": 1, "url": f"/{event.slug}/avtaler/1/", "key": data["key"], "needs_review": ""}
    assert (response.status_code, response.json()) == (201, expected)


def test_everything_that_was_sent_is_kept(client, event, pair):
    giver, taker = pair
    contact = make_contact(giver)
    offer, need = make_resource(giver, "Julekonsert"), make_resource(taker, "Musikk til julebordet", kind="need")
    made_at = timezone.now() - timedelta(minutes=3)
    data = form(
        event, (giver, "En julekonsert"), (taker, ""),
        kind="intent", details="Linje en\r\nLinje to", made_at=made_at.isoformat(), not_payment="on",
        parties_0_contact=str(contact.pk), parties_0_offer=str(offer.pk), parties_0_need=str(need.pk),
    )  # fmt: skip
    assert post_json(client, event, data).status_code == 201
    agreement = event.agreements.get()
    assert (agreement.kind, agreement.details, agreement.made_at) == ("intent", "Linje en\nLinje to", made_at)
    assert agreement.not_payment is True
    first, second = agreement.parties.all()
    assert (first.gives, first.contact, first.offer, first.need) == ("En julekonsert", contact, offer, need)
    assert (second.gives, second.contact, second.offer, second.need) == ("", None, None, None)


def test_the_broker_and_the_device_are_kept(event, pair):
    user = make_member(event, Role.BROKER)
    device = make_device(event=event, user=user, role=Role.BROKER, label="Nettbrett 1")
    client = Client()
    client.cookies["sessionid"] = open_session(device)
    assert post_json(client, event, form(event, *pair)).status_code == 201
    agreement = event.agreements.get()
    assert (agreement.broker, agreement.device) == (user, device)


def test_each_form_posted_three_times_gives_one_agreement_and_one_answer(client, event, pair):
    data = form(event, *pair)
    answers = [post_json(client, event, data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert [answer.json() for answer in answers] == [answers[0].json()] * 3
    pages = [post(client, event, data)["Location"] for _ in range(3)]
    assert pages == [f"/{event.slug}/avtaler/1/"] * 3
    assert event.agreements.count() == 1


def test_a_late_repetition_is_answered_whatever_has_happened_since(client, event, pair):
    data = form(event, *pair)
    post_json(client, event, data)
    event.participants.update(status=Status.CANCELLED)
    event.closed_at = timezone.now() - timedelta(hours=1)
    event.save()
    response = post_json(client, event, data)
    assert (response.status_code, response.json()["number"]) == (200, 1)


def test_the_form_and_the_draft_have_the_same_digest(client, event, pair):
    """So an agreement that the simulation or an import made with a key is known when a form sends it again."""
    key = uuid.uuid4()
    draft = make_draft(event, *[(party, f"Hjelp fra {party.name}") for party in pair], key=key, summary="Kort")
    register(event=event, draft=draft, by=None, now=timezone.now())
    again = form(event, *pair, key=str(key), summary=" Kort \r\n", parties_0_participant=f"0{pair[0].pk} ")
    assert post_json(client, event, again).status_code == 200


def test_an_empty_third_card_is_no_party(client, event, pair):
    data = form(event, *pair) | {"parties-TOTAL_FORMS": "3", "parties-2-participant": "", "parties-2-gives": " "}
    assert post_json(client, event, data).status_code == 201
    assert event.agreements.get().parties.count() == 2


@pytest.mark.parametrize("made_at", ["", "i går", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "\x00"])
def test_made_at_that_is_no_time_of_the_hour_is_now(client, event, pair, made_at):
    before = timezone.now()
    response = post_json(client, event, form(event, *pair, made_at=made_at))
    if made_at == "\x00":
        assert response.status_code == 422
        return
    assert before <= event.agreements.get().made_at <= timezone.now()


# --- the same key with other content


def test_the_same_key_with_other_content_is_409_that_shows_both(client, event, pair):
    data = form(event, *pair)
    post_json(client, event, data)
    response = post_json(client, event, data | {"summary": "Noe annet"})
    found = response.json()
    assert response.status_code == 409
    assert (found["mine"]["summary"], found["theirs"]["summary"]) == ("Noe annet", "Julespill mot busstur")
    assert found["theirs"]["number"] == 1
    assert found["mine"]["parties"] == found["theirs"]["parties"]
    assert event.agreements.count() == 1


def test_without_script_it_is_a_page_with_both_and_a_key_of_its_own(client, event, pair):
    data = form(event, *pair)
    post(client, event, data)
    response = post(client, event, data | {"summary": "Noe annet"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "allerede registrert som nr. 1" in page
    assert 'value="Noe annet"' in page
    assert data["key"] not in page


# --- refused, with and without script

BAD = {
    "same party twice": ({"parties_1_participant": "{0}"}, "parties-1-participant", "står allerede i avtalen"),
    "party of another event": ({"parties_1_participant": "{elsewhere}"}, "parties-1-participant", "ikke med på denne"),
    "made-up party": ({"parties_0_participant": "987654321"}, "parties-0-participant", "ikke med på denne"),
    "garbage party": ({"parties_0_participant": "<b>"}, "parties-0-participant", "ikke med på denne"),
    "enormous id": ({"parties_0_participant": "9" * 5000}, "parties-0-participant", "ikke med på denne"),
    "not chosen": ({"parties_1_participant": ""}, "parties-1-participant", "Velg hvem part 2 er."),
    "nothing given": ({"parties_0_gives": " ", "parties_1_gives": ""}, "parties-0-gives", "minst én av partene"),
    "too long gives": ({"parties_1_gives": "x" * (GIVES_MAX + 7)}, "parties-1-gives", "7 tegn for lang"),
    "too long summary": ({"summary": "ø" * (SUMMARY_MAX + 1)}, "summary", "1 tegn for lang"),
    "too long details": ({"details": "x" * 2012}, "details", "12 tegn for lang"),
    "made-up category": ({"category": "987654321"}, "category", "Velg en av kategoriene."),
    "garbage category": ({"category": "Lokaler"}, "category", "Velg en av kategoriene."),
    "no category": ({"category": ""}, "category", "Velg en kategori."),
    "made-up kind": ({"kind": "kontrakt"}, "kind", "Velg avtale eller intensjonsavtale."),
    "nul in text": ({"summary": "a\x00b"}, "summary", ""),
    "nul in gives": ({"parties_0_gives": "a\x00b"}, "parties-0-gives", ""),
    "nul in id": ({"parties_0_participant": "1\x00"}, "parties-0-participant", ""),
    "no key": ({"key": ""}, "key", "mangler nøkkelen"),
    "garbage key": ({"key": "abc"}, "key", "ødelagt"),
    "made-up offer": ({"parties_0_offer": "987654321"}, "parties-0-offer", "finnes ikke lenger"),
    "made-up contact": ({"parties_0_contact": "x"}, "parties-0-contact", "finnes ikke lenger"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_422_with_the_message_at_its_field(client, event, pair, case):
    changed, field, message = BAD[case]
    elsewhere = make_participant(make_open_event(), "Nabobygda IL")
    changed = {name: text.replace("{0}", str(pair[0].pk)).replace("{elsewhere}", str(elsewhere.pk))
               for name, text in changed.items()}  # fmt: skip
    data = form(event, *pair, **changed)
    answer = post_json(client, event, data)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert message in " ".join(answer.json()["errors"][field])
    page = post(client, event, data)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert event.agreements.count() == 0


def test_no_party_at_all_says_who_to_choose_at_each_field(client, event):
    answer = post_json(client, event, form(event))
    errors = answer.json()["errors"]
    assert errors["parties-0-participant"] == ["Velg hvem part 1 er."]
    assert errors["parties-1-participant"] == ["Velg hvem part 2 er."]


@pytest.mark.parametrize("total", ["", "x", "1e3", None])
def test_a_form_without_its_management_fields_is_422(client, event, pair, total):
    data = form(event, *pair)
    data["parties-TOTAL_FORMS"] = total
    if total is None:
        del data["parties-TOTAL_FORMS"]
    assert post_json(client, event, data).status_code == 422
    assert post(client, event, data).status_code == 422


def test_too_many_parties_are_422(client, event):
    parties = [make_participant(event) for _ in range(7)]
    answer = post_json(client, event, form(event, *parties))
    assert (answer.status_code, texts(answer)) == (422, ["En avtale kan ha høyst 6 parter."])
    assert post_json(client, event, form(event, *parties) | {"parties-TOTAL_FORMS": "99999"}).status_code == 422


def test_a_third_card_with_text_and_nobody_chosen_is_named(client, event, pair):
    data = form(event, *pair) | {"parties-TOTAL_FORMS": "3", "parties-2-gives": "Kaffe"}
    expected = {"parties-2-participant": ["Velg hvem part 3 er, eller fjern det som står her."]}
    assert post_json(client, event, data).json() == {"errors": expected}


def test_messages_stand_at_the_cards_of_the_page_when_one_between_them_is_empty(client, event, pair):
    data = form(event, *pair) | {
        "parties-TOTAL_FORMS": "4",
        "parties-3-participant": str(pair[0].pk),
        "parties-3-gives": "Kaffe",
    }
    assert list(post_json(client, event, data).json()["errors"]) == ["parties-3-participant"]


@pytest.mark.parametrize(("status", "words"), [(Status.CANCELLED, "avmeldt"), (Status.REGISTERED, "ikke godkjent")])
def test_who_does_not_take_part_can_not_be_chosen(client, event, pair, status, words):
    gone = make_participant(event, "Skiklubben", status=status)
    answer = post_json(client, event, form(event, pair[0], gone))
    assert answer.status_code == 422
    assert words in texts(answer)[0]


def test_offers_needs_and_contacts_must_belong_to_their_parties(client, event, pair):
    one, other = pair
    stranger = make_participant(event, "Skiklubben")
    data = form(
        event, one, other,
        parties_0_offer=str(make_resource(other, "Buss").pk),
        parties_0_contact=str(make_contact(other).pk),
        parties_1_need=str(make_resource(stranger, "Dommere", kind="need").pk),
    )  # fmt: skip
    errors = post_json(client, event, data).json()["errors"]
    assert sorted(errors) == ["parties-0-contact", "parties-0-offer", "parties-1-need"]


def test_everything_typed_comes_back_on_the_page(client, event, pair):
    data = form(event, *pair, category="", summary="Sommerfest & grill", details="Mer <b>her</b>", kind="intent")
    data |= {"parties-TOTAL_FORMS": "3", "parties-2-gives": "Kaffe"}
    page = post(client, event, data).content.decode()
    for typed in ("Hjelp fra Blåfjell kor", "Sommerfest &amp; grill", "Mer &lt;b&gt;her&lt;/b&gt;", 'value="Kaffe"'):
        assert typed in page
    assert f'value="{data["key"]}"' in page
    assert f'<option value="{pair[0].pk}" selected>' in page
    assert '<input type="radio" name="kind" value="intent" checked>' in page


def test_add_a_party_without_script_gives_the_form_with_one_more_card_and_no_errors(client, event, pair):
    data = form(event, pair[0], (pair[1], "Buss"), category="") | {"parties-add": "1"}
    response = post(client, event, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert (page.count('name="parties-2-gives"'), 'aria-invalid="true"' in page) == (1, False)
    assert 'value="Buss"' in page


# --- the hour


def test_before_the_gong_the_form_says_so_and_keeps_what_was_typed():
    event = make_event()
    pair = make_participant(event), make_participant(event)
    client = broker_client(event)
    data = form(event, *pair)
    expected = {"__all__": ["Gongen er ikke slått ennå. Avtalen kan registreres når børstimen begynner."]}
    assert (post_json(client, event, data).status_code, post_json(client, event, data).json()["errors"]) == (
        422,
        expected,
    )
    assert data["summary"] in post(client, event, data).content.decode()
    open_hour(event=event, now=timezone.now())
    assert post_json(client, event, data).status_code == 201


def test_in_the_grace_it_is_taken_and_after_it_refused(client, event, pair):
    close_hour(event=event, now=timezone.now() - timedelta(minutes=9))
    assert post_json(client, event, form(event, *pair)).status_code == 201
    event.closed_at = timezone.now() - timedelta(minutes=11)
    event.save()
    answer = post_json(client, event, form(event, *pair))
    assert (answer.status_code, texts(answer)) == (422, ["Børstimen er slutt. Spør arrangøren om å åpne igjen."])


# --- who


def test_who_is_not_signed_in_gets_401_in_json_and_the_login_as_a_page(event, pair):
    data = form(event, *pair)
    answer = post_json(Client(), event, data)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    assert post(Client(), event, data)["Location"].startswith(reverse("login"))


def test_a_device_that_was_sent_out_gets_401(event, pair):
    device = make_device(event=event, user=make_member(event, Role.BROKER), role=Role.BROKER, label="Nettbrett")
    client = Client()
    client.cookies["sessionid"] = open_session(device)
    send_out(device=device, now=timezone.now())
    assert post_json(client, event, form(event, *pair)).status_code == 401
    assert event.agreements.count() == 0


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DOOR, Role.STAGE])
def test_other_roles_are_refused_in_json(event, pair, role):
    answer = post_json(client_of(make_member(event, role)), event, form(event, *pair))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")
    assert event.agreements.count() == 0


def test_without_the_token_it_is_403_in_json(event, pair):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(event, Role.BROKER), backend="django.contrib.auth.backends.ModelBackend")
    answer = post_json(client, event, form(event, *pair))
    assert (answer.status_code, answer.json()["csrf"]) == (403, True)
    token = client.get(reverse("broker.status", args=[event.slug]), headers=JSON).json()["csrf"]
    url = reverse("agreement.create", args=[event.slug])
    taken = client.post(url, form(event, *pair), headers=JSON | {"X-CSRFToken": token})
    assert taken.status_code == 201


def test_a_key_of_another_event_is_free_here(client, event, pair):
    elsewhere = make_open_event()
    draft = make_draft(elsewhere)
    register(event=elsewhere, draft=draft, by=None, now=timezone.now())
    assert post_json(client, event, form(event, *pair, key=str(draft.key))).status_code == 201
    assert Agreement.objects.filter(key=draft.key).count() == 2


# --- how much it asks the database

QUERIES = 20


@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_registration_asks_the_same_whatever_the_number_of_parties(client, event, count, django_assert_num_queries):
    parties = [make_participant(event) for _ in range(count)]
    data = form(event, *parties)
    with django_assert_num_queries(QUERIES):
        assert post_json(client, event, data).status_code == 201


# --- what is removed in the very moment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("extra", "status"), [({}, 422), ({"queued": "1"}, 422)])
def test_a_participant_removed_after_the_check_is_told_of_and_nothing_is_kept(monkeypatch, extra, status):
    event = make_open_event()
    stays, goes = make_participant(event), make_participant(event)
    real = registration.register

    def remove_first(**given):
        event.participants.filter(pk=goes.pk).delete()
        return real(**given)

    monkeypatch.setattr(registration, "register", remove_first)
    answer = post_json(broker_client(event), event, form(event, stays, goes) | extra)
    assert (answer.status_code, event.agreements.count()) == (status, 0)


@pytest.mark.django_db(transaction=True)
def test_a_contact_removed_after_the_check_leaves_a_queued_agreement_with_a_mark(monkeypatch):
    event = make_open_event()
    one, other = make_participant(event), make_participant(event)
    contact = make_contact(one)
    real = registration.register

    def remove_first(**given):
        contact.__class__.objects.filter(pk=contact.pk).delete()
        return real(**given)

    monkeypatch.setattr(registration, "register", remove_first)
    data = form(event, one, other, queued="1", parties_0_contact=str(contact.pk))
    answer = post_json(broker_client(event), event, data)
    assert (answer.status_code, "finnes ikke lenger" in answer.json()["needs_review"]) == (201, True)
