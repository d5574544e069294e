"""What arrives from a tablet's queue is never refused as long as it is an agreement (design.md §5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import GIVES_MAX, SUMMARY_MAX
from borsen.clock import close_hour, open_hour
from participants.enums import Status
from tests.factories import make_event, make_open_event, make_participant, make_resource

from .posting import broker_client, form, post_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def pair(event):
    return make_participant(event, "Blåfjell kor"), make_participant(event, "Turbussen", sector="business")


def send(event, *parties, **changed):
    return post_json(broker_client(event), event, form(event, *parties, queued="1", **changed))


def test_a_whole_agreement_gets_its_number_and_nothing_to_look_at(event, pair):
    answer = send(event, *pair)
    assert (answer.status_code, answer.json()["needs_review"]) == (201, "")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"summary": "x" * (SUMMARY_MAX + 1)}, "«Kort om avtalen» var for lang"),
        ({"parties_0_gives": "x" * (GIVES_MAX + 1)}, "«Part 1 gir» var for lang"),
        ({"details": "x" * 3000}, "«Mer om avtalen» var for lang"),
        ({"parties_0_offer": "987654321"}, "finnes ikke lenger"),
        ({"parties_0_need": "x"}, "finnes ikke lenger"),
        ({"parties_1_contact": "9" * 100}, "finnes ikke lenger"),
        ({"category": "987654321"}, "Kategorien er ukjent"),
        ({"kind": "kontrakt"}, "Typen er ukjent"),
        ({"challenge": "987654321"}, "Problemstillingen finnes ikke lenger"),
        ({"first_contact_by": "2020-01-01"}, "Dagen for første kontakt («2020-01-01»)"),
        ({"first_contact_by": "i morgen"}, "Dagen for første kontakt («i morgen»)"),
        ({"parties_0_gives": "\u200b\u200d", "parties_1_gives": "\u00a0\u2060"}, "minst én av partene gir"),
        ({"parties_0_gives": "", "parties_1_gives": ""}, "minst én av partene gir"),
    ],
)
def test_what_does_not_fit_is_numbered_with_the_reason_and_kept_off_the_screen(event, pair, changed, reason):
    answer = send(event, *pair, **changed)
    assert answer.status_code == 201
    assert reason in answer.json()["needs_review"]
    assert (event.agreements.counted().count(), event.agreements.shown().count()) == (1, 0)


def test_text_that_was_cut_stands_whole_in_the_details(event, pair):
    long = "Husk " + "ø" * SUMMARY_MAX
    send(event, *pair, summary=long, details="Fra før")
    agreement = event.agreements.get()
    assert (len(agreement.summary), agreement.summary[-1]) == (SUMMARY_MAX, "…")
    assert agreement.details == f"Fra før\nKort om avtalen: {long}"


def test_who_was_cancelled_in_the_meantime_is_still_a_party(event, pair):
    event.participants.filter(pk=pair[1].pk).update(status=Status.CANCELLED)
    answer = send(event, *pair)
    assert (answer.status_code, "avmeldt" in answer.json()["needs_review"]) == (201, True)


def test_the_same_party_twice_beside_another_becomes_one_party_with_both_texts(event, pair):
    answer = send(event, (pair[0], "Sang"), (pair[1], "Buss"), (pair[0], "Kaffe"))
    assert "to ganger" in answer.json()["needs_review"]
    given = [(party.participant, party.gives) for party in event.agreements.get().parties.all()]
    assert given == [(pair[0], "Sang; Kaffe"), (pair[1], "Buss")]


def test_an_unknown_third_party_is_left_out_and_its_text_kept(event, pair):
    stranger = make_participant(make_open_event(), "Nabobygda IL")
    answer = send(event, *pair, (stranger, "Dommere"))
    agreement = event.agreements.get()
    assert "Part 3 er ikke kjent" in answer.json()["needs_review"]
    assert (agreement.parties.count(), "Dommere" in agreement.details) == (2, True)


def test_a_need_of_nobody_in_the_agreement_is_left_out(event, pair):
    need = make_resource(make_participant(event), "Dommere", kind="need")
    answer = send(event, *pair, parties_0_need=str(need.pk))
    assert "hørte ikke til noen av partene" in answer.json()["needs_review"]


def test_after_the_grace_it_is_numbered_with_the_reason(event, pair):
    event.closed_at = timezone.now() - timedelta(minutes=30)
    event.save()
    answer = send(event, *pair)
    assert (answer.status_code, "Ble ferdig etter at" in answer.json()["needs_review"]) == (201, True)


def test_before_the_gong_it_waits_for_it():
    event = make_event()
    answer = send(event, make_participant(event), make_participant(event), made_at="0001-01-01T00:00:00+14:00")
    assert (answer.status_code, event.waiting_agreements.count(), event.agreements.count()) == (202, 1, 0)


def test_made_in_the_hour_and_delivered_long_after_it_is_nothing_to_look_at():
    event, now = make_event(), timezone.now()
    open_hour(event=event, now=now - timedelta(hours=3))
    event = close_hour(event=event, now=now - timedelta(hours=2))
    parties = make_participant(event), make_participant(event)
    in_time, too_late = (event.closed_at + timedelta(minutes=minutes) for minutes in (9, 11))
    reasons = [send(event, *parties, made_at=at.isoformat()).json()["needs_review"] for at in (in_time, too_late)]
    assert reasons == ["", "Ble ferdig etter at registreringen var stengt."]


def test_nul_characters_are_taken_out(event, pair):
    assert send(event, *pair, summary="Jule\x00spill").status_code == 201
    assert event.agreements.get().summary == "Julespill"


def test_sent_again_it_is_the_same_also_when_it_had_to_be_cut(event, pair):
    client = broker_client(event)
    data = form(event, *pair, queued="1", summary="x" * 500)
    answers = [post_json(client, event, data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert answers[0].json() == answers[2].json()


def test_a_first_attempt_that_did_arrive_is_known_when_the_queue_sends_it(event, pair):
    client = broker_client(event)
    data = form(event, *pair)
    assert post_json(client, event, data).status_code == 201
    assert post_json(client, event, data | {"queued": "1"}).status_code == 200
    assert event.agreements.count() == 1


@pytest.mark.parametrize(
    "changed", [{"key": "abc"}, {"parties_1_participant": "987654321"}, {"parties_0_participant": ""}]
)
def test_what_is_no_agreement_is_refused(event, pair, changed):
    answer = send(event, *pair, **changed)
    assert (answer.status_code, bool(answer.json()["errors"])) == (422, True)
    assert event.agreements.count() == 0


def test_what_no_screen_can_show_is_left_out_and_letters_of_other_scripts_are_kept(event, pair):
    send(event, *pair, summary="Kor\x07 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\x1b", details="To\nlinjer\x00")
    agreement = event.agreements.get()
    assert agreement.summary == "Kor \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert agreement.details == "To\nlinjer"
