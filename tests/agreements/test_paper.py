"""A pile of paper forms typed in afterwards: by name and keyboard, in the hour and after it, and never twice."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from agreements.changes import history
from agreements.models import Agreement
from agreements.paper import OutsideTheHour, made_at_clock
from borsen.clock import close_hour
from borsen.devices import make_device
from borsen.enums import Role, Sector
from participants.enums import Status
from tests.agreements.posting import client_of
from tests.borsen.addresses import client_with_device
from tests.factories import (
    first_category,
    make_agreement,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
)

pytestmark = pytest.mark.django_db
PHONE = "911 22 333"


@pytest.fixture
def event():
    """An hour of sixty minutes whose gong closed it two hours ago; the pile lies on the desk."""
    event = make_open_event("granfjord", minutes_ago=180)
    make_participant(event, "Kafé Kiwano", sector=Sector.BUSINESS)
    make_participant(event, "Turlaget")
    make_participant(event, "Turnforeningen")
    return close_hour(event=event, now=timezone.now() - timedelta(minutes=120))


@pytest.fixture
def organiser(event):
    return make_member(event, Role.ORGANISER, "leder")


def address(event):
    return reverse("paper", args=[event.slug])


def typed(event, first="Kafé Kiwano", second="Turlaget", **changed):
    data = {
        "key": str(uuid.uuid4()), "serial": "", "clock": "", "broker": "", "parties-TOTAL_FORMS": "2",
        "parties-INITIAL_FORMS": "0", "parties-0-name": first, "parties-0-gives": "Kaker", "parties-1-name": second,
        "parties-1-gives": "Guidet tur", "category": str(first_category(event).pk), "kind": "agreement", "summary": "",
        "details": "", "first_time": "", "first_contact": "0", "first_contact_by": "",
    }  # fmt: skip
    return data | changed


def send(event, user, data, **options):
    return client_of(user).post(address(event), data, **options)


def told(response):
    return response.content.decode()


def clock(moment):
    return localtime(moment).strftime("%H.%M")


# --- what becomes of a form


def test_an_organiser_registers_after_the_hour_what_was_made_in_it(event, organiser):
    made_at = event.opened_at + timedelta(minutes=30)
    broker = make_member(event, Role.BROKER, "moen")
    data = typed(event, serial="7", clock=clock(made_at), broker=str(broker.pk))
    response = send(event, organiser, data)
    agreement = event.agreements.get()
    assert (response.status_code, response["Location"]) == (
        302, f"{address(event)}?skjema=P-08&megler={broker.pk}",
    )  # fmt: skip
    assert agreement.made_at == made_at.replace(second=0, microsecond=0)
    assert (agreement.broker, agreement.needs_review) == (broker, "")
    assert [(p.participant.name, p.gives) for p in agreement.parties.all()] == [
        ("Kafé Kiwano", "Kaker"),
        ("Turlaget", "Guidet tur"),
    ]
    line = history(agreement)[0]
    assert (line.by, line.what, line.why) == ("leder", "registrert", "Ført inn fra papirskjema P-07.")


def test_the_page_says_the_number_and_offers_to_undo_and_the_next_serial(event, organiser):
    client = client_of(organiser)
    page = told(client.post(address(event), typed(event, serial="P-07"), follow=True))
    assert "Registrert som nr. 1: Kafé Kiwano og Turlaget." in page
    assert page.count(f'action="{reverse("paper.undo", args=[event.slug, 1])}"') == 2
    assert 'name="serial" value="P-08"' in page


def test_the_same_form_sent_twice_is_one_agreement_also_when_it_brought_a_new_participant(event, organiser):
    data = typed(event, second="Splitter nytt lag", **{"parties-1-sector": "voluntary"})
    answers = [send(event, organiser, data).status_code for _ in range(2)]
    assert (answers, event.agreements.count()) == ([302, 302], 1)
    assert event.participants.filter(name="Splitter nytt lag").count() == 1


def test_the_same_key_with_other_content_is_asked_about_and_gets_a_new_key(event, organiser):
    data = typed(event)
    send(event, organiser, data)
    response = send(event, organiser, data | {"parties-0-gives": "Boller"})
    assert (response.status_code, event.agreements.count()) == (409, 1)
    assert ["nr. 1</a>, med annet innhold" in told(response), data["key"] in told(response)] == [True, False]


def test_without_a_time_it_was_made_at_the_end_of_the_hour(event, organiser):
    send(event, organiser, typed(event))
    assert event.agreements.get().made_at == event.closed_at - timedelta(seconds=1)


def test_three_parties_need_a_card_more_which_keeps_everything(event, organiser):
    page = told(send(event, organiser, typed(event, clock="18.42") | {"parties-add": "1"}))
    assert [f'name="parties-2-{name}"' in page for name in ("name", "gives")] == [True, True]
    assert ['value="Kafé Kiwano"' in page, 'value="18.42"' in page, "ds-validation-message" in page] == [
        True, True, False,
    ]  # fmt: skip
    data = typed(event) | {
        "parties-TOTAL_FORMS": "3",
        "parties-2-name": "Turnfor",
        "parties-2-gives": "",
        "first_contact": "2",
    }
    assert send(event, organiser, data).status_code == 302
    agreement = event.agreements.get()
    assert (agreement.parties.count(), agreement.first_contact.name) == (3, "Turnforeningen")


# --- names


@pytest.mark.parametrize(("text", "name"), [("kafé", "Kafé Kiwano"), ("KIWANO", "Kafé Kiwano"), ("turl", "Turlaget")])
def test_a_name_needs_no_more_than_what_only_one_has(event, organiser, text, name):
    other = "Turnforeningen" if name == "Turlaget" else "Turlaget"
    send(event, organiser, typed(event, first=text, second=other))
    assert event.agreements.get().parties.get(position=0).participant.name == name


def test_a_name_that_several_have_is_asked_about_with_their_names(event, organiser):
    response = send(event, organiser, typed(event, second="tur"))
    assert (response.status_code, event.agreements.count()) == (422, 0)
    assert "Flere passer til «tur»: «Turlaget», «Turnforeningen»." in told(response)


def test_the_whole_name_is_that_one_although_others_begin_with_it(event, organiser):
    make_participant(event, "Turlaget ungdom")
    send(event, organiser, typed(event, second="turlaget"))
    assert event.agreements.get().parties.get(position=1).participant.name == "Turlaget"


def test_participants_of_the_same_name_are_told_apart_by_where_they_are(event, organiser):
    first, second = (make_participant(event, "Speiderne", place=f"Bord {number}") for number in (4, 9))
    assert send(event, organiser, typed(event, second="Speiderne")).status_code == 422
    send(event, organiser, typed(event, second="Speiderne · Bord 9"))
    assert event.agreements.get().parties.get(position=1).participant == second
    assert first.parties.count() == 0


def test_a_name_that_nobody_has_may_be_a_new_participant_once_its_kind_is_said(event, organiser):
    data = typed(event, second="Nye naboer", **{"parties-1-contact_name": "Åse", "parties-1-contact_phone": PHONE})
    response = send(event, organiser, data)
    assert (response.status_code, event.participants.count()) == (422, 3)
    assert ["Ingen deltaker passer til «Nye naboer»." in told(response), 'name="parties-1-sector"' in told(response)]
    assert send(event, organiser, data | {"parties-1-sector": "public"}).status_code == 302
    made = event.participants.get(name="Nye naboer")
    assert (made.sector, made.status) == (Sector.PUBLIC, Status.APPROVED)
    assert [(each.name, each.phone) for each in made.contacts.all()] == [("Åse", PHONE)]


def test_one_that_is_not_taking_part_is_not_registered_anew(event, organiser):
    make_participant(event, "Avmeldt lag", status=Status.CANCELLED)
    data = typed(event, second="Avmeldt lag", **{"parties-1-sector": "voluntary"})
    response = send(event, organiser, data)
    assert (response.status_code, event.participants.filter(name="Avmeldt lag").count()) == (422, 1)
    assert "Avmeldt lag er avmeldt." in told(response)


def test_who_spoke_is_found_among_the_contacts_or_becomes_one(event, organiser):
    cafe = event.participants.get(name="Kafé Kiwano")
    kari = make_contact(cafe, "Kari Granli")
    data = typed(event, **{"parties-0-contact_name": "kari", "parties-1-contact_name": "Ola Vik"})
    send(event, organiser, data)
    parties = event.agreements.get().parties.order_by("position")
    assert [party.contact.name for party in parties] == ["Kari Granli", "Ola Vik"]
    assert (parties[0].contact, cafe.contacts.count()) == (kari, 1)
    walker = event.participants.get(name="Turlaget")
    assert (walker.contacts.count(), "ola vik" in walker.search_text) == (1, True)


def test_a_participant_of_another_event_is_nobody(event, organiser):
    make_participant(make_event("nabobygda"), "Nabokoret")
    response = send(event, organiser, typed(event, second="Nabokoret"))
    assert (response.status_code, event.agreements.count()) == (422, 0)


# --- what is wrong, and everything that was typed


def test_what_is_wrong_is_said_at_once_and_everything_stays(event, organiser):
    data = typed(
        event, first="kafé", second="", serial="P-07", clock="25.99", category="", summary="Kort", details="Langt",
        first_contact_by="igår", **{"parties-1-gives": "Tur", "parties-0-contact_name": "Kari"},
    )  # fmt: skip
    page = told(send(event, organiser, data))
    said = [
        "Skriv klokkeslettet som på skjemaet", "Velg hvem part 2 er.", "Velg en kategori.", "Skriv en dato",
    ]  # fmt: skip
    kept = ["kafé", "P-07", "25.99", "Kort", "igår", "Tur", "Kari"]
    assert [text for text in said if text not in page] == []
    assert [text for text in kept if f'value="{text}"' not in page] == []
    assert ">Langt</textarea>" in page


def test_money_is_stopped_unless_it_is_no_payment(event, organiser):
    data = typed(event, **{"parties-0-gives": "Kaker for 500 kroner"})
    response = send(event, organiser, data)
    assert (response.status_code, "Penger er aldri med på børsen" in told(response)) == (422, True)
    assert send(event, organiser, data | {"not_payment": "1"}).status_code == 302
    assert event.agreements.get().not_payment is True


def test_a_day_of_first_contact_that_is_over_is_as_the_paper_says(event, organiser):
    event.opened_at -= timedelta(days=20)
    event.closed_at -= timedelta(days=20)
    event.save()
    due = timezone.localdate() - timedelta(days=10)
    send(event, organiser, typed(event, first_contact_by=due.strftime("%d.%m.%Y")))
    assert event.agreements.get().first_contact_by == due
    before = (timezone.localdate() - timedelta(days=25)).strftime("%d.%m.%Y")
    response = send(event, organiser, typed(event, first="turnf", first_contact_by=before))
    assert (response.status_code, event.agreements.count()) == (422, 1)


@pytest.mark.parametrize("name", ["parties-0-name", "serial", "clock", "broker", "first_contact_by", "key"])
def test_garbage_is_answered_and_never_an_error(event, organiser, name):
    for text in ("\x00", "🎉" * 3000, "<b>", "9" * 40):
        assert send(event, organiser, typed(event) | {name: text}).status_code in {302, 409, 422}


# --- twice


@pytest.mark.parametrize("by_the_same", [True, False])
def test_what_a_tablet_has_registered_is_asked_about_whatever_the_words(event, organiser, by_the_same):
    cafe, walkers = (event.participants.get(name=name) for name in ("Kafé Kiwano", "Turlaget"))
    in_time = event.opened_at + timedelta(minutes=5)
    make_agreement(event, (walkers, "Fjelltur"), (cafe, "Bakst"), by=organiser if by_the_same else None, now=in_time)
    data = typed(event)
    response = send(event, organiser, data)
    assert (response.status_code, event.agreements.count()) == (409, 1)
    assert "Er dette den samme avtalen som nr. 1?" in told(response)
    assert send(event, organiser, data | {"confirmed": "1"}).status_code == 302
    assert event.agreements.count() == 2


def test_a_paper_that_is_typed_in_already_is_asked_about_unless_it_was_undone(event, organiser):
    send(event, organiser, typed(event, serial="P-07"))
    again = typed(event, first="Turnforeningen", serial="7")
    assert (send(event, organiser, again).status_code, event.agreements.count()) == (409, 1)
    client_of(organiser).post(reverse("paper.undo", args=[event.slug, 1]))
    assert (send(event, organiser, again).status_code, event.agreements.count()) == (302, 2)


def test_other_parties_and_other_papers_are_not_asked_about(event, organiser):
    send(event, organiser, typed(event, serial="P-07"))
    assert send(event, organiser, typed(event, second="Turnforeningen", serial="P-08")).status_code == 302


def test_enter_never_answers_a_question(event, organiser):
    send(event, organiser, typed(event))
    page = told(send(event, organiser, typed(event)))
    form = page[page.index('class="card paper"') :]
    assert form.index(">Registrer avtale<") < form.index('name="confirmed"') < form.index('name="parties-add"')


def test_one_person_who_speaks_for_both_is_asked_about(event, organiser):
    for name in ("Kafé Kiwano", "Turlaget"):
        make_contact(event.participants.get(name=name), "Kari Granli", email="kari@granfjord.example")
    data = typed(event)
    response = send(event, organiser, data)
    assert (response.status_code, "Kari Granli står bak mer enn én av partene" in told(response)) == (409, True)
    assert send(event, organiser, data | {"confirmed": "person"}).status_code == 302


# --- when


@pytest.mark.parametrize("shape", ["%H.%M", "%H:%M", "%H%M", "%H %M"])
def test_a_time_in_the_hour_is_read_however_it_is_written(event, shape):
    moment = (event.opened_at + timedelta(minutes=20)).replace(second=0, microsecond=0)
    assert made_at_clock(event, localtime(moment).strftime(shape), timezone.now()) == moment


def test_the_minute_of_the_gong_and_the_minutes_of_grace_are_moved_into_the_hour(event):
    now = timezone.now()
    assert made_at_clock(event, clock(event.opened_at), now) == event.opened_at
    late = clock(event.closed_at + timedelta(minutes=5))
    assert made_at_clock(event, late, now) == event.closed_at - timedelta(seconds=1)


@pytest.mark.parametrize("minutes", [-30, 90])
def test_a_time_outside_the_hour_is_none_of_the_bors(event, minutes):
    with pytest.raises(OutsideTheHour):
        made_at_clock(event, clock(event.opened_at + timedelta(minutes=minutes)), timezone.now())


def test_before_the_gong_there_is_nothing_to_type_in_but_forms_to_print(organiser, event):
    event.opened_at = event.closed_at = None
    event.save()
    page = told(client_of(organiser).get(address(event)))
    assert ["Skjemaene føres inn her når gongen er slått." in page, 'name="serial"' in page] == [True, False]
    assert reverse("agreement.blank_forms", args=[event.slug]) in page
    response = send(event, organiser, typed(event))
    assert (response.status_code, event.agreements.count()) == (422, 0)


@pytest.mark.parametrize(("role", "status"), [(Role.ORGANISER, 302), (Role.COORDINATOR, 302), (Role.BROKER, 422)])
def test_after_the_hour_brokers_keep_what_they_typed_and_the_others_register_it(event, role, status):
    response = send(event, make_member(event, role), typed(event, summary="Kaker mot tur"))
    assert (response.status_code, event.agreements.count()) == (status, 1 if status == 302 else 0)
    if status == 422:
        assert ["fristen er ute for meglere" in told(response), 'value="Kaker mot tur"' in told(response)] == [True] * 2


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR, Role.BROKER])
def test_in_the_minutes_of_grace_all_of_them_register(role):
    event = make_open_event("granfjord", minutes_ago=60)
    make_participant(event, "Kafé Kiwano")
    make_participant(event, "Turlaget")
    close_hour(event=event, now=timezone.now() - timedelta(minutes=3))
    assert send(event, make_member(event, role), typed(event)).status_code == 302


def test_a_brokers_tablet_types_in_during_the_hour_under_its_own_name(event):
    event.closed_at = None
    event.save()
    broker = make_member(event, Role.BROKER, "moen")
    client = client_with_device(make_device(event=event, user=broker, role=Role.BROKER, label="iPad"))
    assert f'value="{broker.pk}" selected' in told(client.get(address(event)))
    assert client.post(address(event), typed(event, broker=str(broker.pk))).status_code == 302
    assert event.agreements.get().broker == broker


def test_a_name_that_does_not_work_at_the_bors_is_no_broker(event, organiser):
    stranger = make_member(make_event("nabobygda"), Role.BROKER)
    response = send(event, organiser, typed(event, broker=str(stranger.pk)))
    assert (response.status_code, "Velg en av meglerne" in told(response)) == (422, True)


# --- undoing


def entered(event, user):
    send(event, user, typed(event))
    return event.agreements.get()


def undo(event, user, number=1):
    return client_of(user).post(reverse("paper.undo", args=[event.slug, number])).status_code


def test_who_typed_it_and_the_organiser_undo_it_and_others_do_not(event, organiser):
    coordinator = make_member(event, Role.COORDINATOR)
    agreement = entered(event, coordinator)
    assert undo(event, make_member(event, Role.COORDINATOR)) == 403
    assert undo(event, make_member(event, Role.BROKER)) == 403
    assert Agreement.objects.get().withdrawn_at is None
    assert undo(event, coordinator) == 302
    agreement.refresh_from_db()
    assert agreement.withdrawn_at is not None
    assert history(agreement)[0].why == "Angret innføring fra papir."
    assert undo(event, organiser) == 302


def test_a_broker_undoes_no_more_once_the_hour_is_over(event, organiser):
    agreement = entered(event, organiser)
    broker = make_member(event, Role.BROKER)
    agreement.changes.update(by=broker)
    assert undo(event, broker) == 403


def test_what_did_not_come_from_paper_is_not_undone_here(event, organiser):
    make_agreement(event, by=organiser, now=event.opened_at + timedelta(minutes=5))
    assert undo(event, organiser) == 404


def test_the_list_shows_ones_own_latest_first_with_withdrawn_ones_struck(event, organiser):
    other = make_member(event, Role.COORDINATOR)
    entered(event, organiser)
    send(event, organiser, typed(event, second="Turnforeningen"))
    undo(event, organiser, 1)
    mine, others = (told(client_of(user).get(address(event))) for user in (organiser, other))
    listed = mine[mine.index("paper__latest") :]
    assert listed.index("Turnforeningen") < listed.index('class="paper__gone"') < listed.index("Turlaget")
    assert listed.count("Angre") == 1
    assert ["paper__latest" in others, "Ingen ennå." in others] == [False, True]


# --- who reads what


def test_where_others_read_along_no_phone_is_asked_for_and_none_is_shown(event, organiser):
    make_participant(event, "Ring 911 22 333 laget")
    openly = told(client_of(organiser).get(address(event), REMOTE_ADDR="192.168.1.20"))
    privately = told(client_of(organiser).get(address(event)))
    assert ["contact_phone" in page for page in (openly, privately)] == [False, True]
    assert ["911 22 333" in page for page in (openly, privately)] == [False, False]


def test_the_ways_to_it_are_where_people_look(event, organiser):
    pages = [reverse(name, args=[event.slug]) for name in ("event.overview", "agreement.list", "broker")]
    client = client_of(organiser)
    assert [f'href="{address(event)}"' in told(client.get(page)) for page in pages] == [True] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_there_are(event, organiser, count, django_assert_num_queries):
    names = ["Turlaget", "Turnforeningen", "Kor"]
    make_participant(event, "Kor")
    for name in names[:count]:
        send(event, organiser, typed(event, second=name))
    for _ in range(count):
        make_member(event, Role.BROKER)
    client = client_of(organiser)
    client.get(address(event))
    with django_assert_num_queries(10):
        client.get(address(event))
