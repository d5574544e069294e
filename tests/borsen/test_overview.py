"""The first page of an event: what it says before, in and after the hour, and to whom."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from borsen.cards import make_card_holder
from borsen.clock import close_hour
from borsen.countdown import Countdown, countdown, when
from borsen.devices import make_device
from borsen.enums import MailKind, MailStatus, Role, Sector
from borsen.events import HostDraft
from borsen.models import Event, OutgoingMail
from display.attention import matters
from display.preparing import facts, steps
from participants.enums import Source, Status
from participants.importing.plan import State
from tests.borsen.addresses import client_for
from tests.factories import (
    make_agreement,
    make_event,
    make_list_import,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def at(day, hour, minute=0, year=2027):
    return datetime(year, 3, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("now", "large", "small"),
    [
        (at(1, 23), "3 dager", "til gongen slår"),
        (at(3, 23, 59), "I morgen", "kl. 18.00 slår gongen"),
        (at(4, 8), "I dag", "kl. 18.00 slår gongen"),
        (at(4, 17, 20), "41 minutter", "til gongen slår"),
        (at(4, 17, 59), "2 minutter", "til gongen slår"),
        (at(4, 18, 1), "Nå", "gongen er ikke slått ennå"),
    ],
)
def test_the_countdown_goes_by_days_hours_and_minutes(now, large, small):
    assert countdown(Event(starts_at=at(4, 18)), now) == Countdown(large, small)


def test_the_date_has_its_year_only_when_it_is_another():
    event = Event(starts_at=at(4, 18), minutes=60)
    assert when(event, at(1, 12)) == "Torsdag 4. mars kl. 18.00–19.00"
    assert when(event, at(1, 12, year=2026)) == "Torsdag 4. mars 2027 kl. 18.00–19.00"


def test_once_struck_the_hours_of_the_gong_stand_instead_of_the_planned_ones():
    event = Event(starts_at=at(4, 18), minutes=60, opened_at=at(4, 17, 52), closes_at=at(4, 18, 52))
    assert when(event, at(4, 18)) == "Torsdag 4. mars kl. 17.52–18.52"
    event.closed_at = at(4, 18, 49)
    assert when(event, at(4, 20)) == "Torsdag 4. mars kl. 17.52–18.49"


def titles(event):
    return [(step.title, step.done, step.next) for step in steps(event, facts(event))]


def test_an_empty_event_says_what_is_missing_and_points_at_one_thing():
    assert titles(make_event()) == [
        ("Sett opp børsen", False, True),
        ("Åpne påmeldingen", False, False),
        ("Registrer deltakerne", False, False),
        ("Skaff 1 megler", False, False),
        ("Prøv nettet i salen", False, False),
        ("Prøv storskjermen i salen", False, False),
        ("Slå gongen", False, False),
    ]


def test_who_has_a_list_finds_the_import_from_the_overview_whether_or_not_the_registration_is_open(client):
    event = make_event()
    client.force_login(make_member(event, Role.ORGANISER))
    brought_in = f'href="/{event.slug}/deltakere/import/"'
    closed = client.get(f"/{event.slug}/").content.decode()
    Event.objects.filter(pk=event.pk).update(registration_open=True)
    opened = client.get(f"/{event.slug}/").content.decode()
    make_participant(event)
    make_participant(event)
    filled = client.get(f"/{event.slug}/").content.decode()
    assert [page.count(brought_in) for page in (closed, opened, filled)] == [1, 1, 0]
    assert (step(event, 2).url, step(event, 2).other) == (f"/{event.slug}/deltakere/", None)


def test_sixteen_participants_need_two_brokers():
    event = make_event(place="Lillesalen", hosts=[HostDraft("Sentralen", Sector.VOLUNTARY)], goal=100)
    for _number in range(16):
        make_participant(event)
    make_participant(event, status=Status.CANCELLED)
    make_member(event, Role.BROKER)
    known = steps(event, facts(event))
    assert [(step.title, step.done) for step in known[:4]] == [
        ("Børsen er satt opp", True),
        ("Åpne påmeldingen", False),
        ("Deltakerne er registrert", True),
        ("Skaff 1 megler til", False),
    ]
    assert known[0].details == "Sted, tid, vertskap og mål på 100 avtaler"
    assert (known[3].details, known[3].next) == ("16 deltakere trenger 2 meglere. 1 er klar.", True)
    make_member(event, Role.BROKER)
    assert titles(event)[3] == ("Det er nok meglere", True, False)


def test_who_has_handed_out_cards_is_asked_to_let_the_tablets_in():
    event = make_event()
    card = make_card_holder(event=event, name="Berit", role=Role.BROKER, now=timezone.now())
    waiting = steps(event, facts(event))[4]
    make_device(event=event, user=card.membership.user, role=Role.BROKER, label="iPad")
    inside = steps(event, facts(event))[4]
    assert (waiting.title, waiting.done) == ("Slipp inn nettbrettene", False)
    assert (inside.title, inside.details, inside.done) == ("Meglerne har logget inn", "1 enhet er inne.", True)


def test_new_participants_wait_for_approval_before_all_is_well():
    event = make_event()
    make_participant(event)
    make_participant(event)
    make_participant(event, status=Status.REGISTERED)
    assert titles(event)[2] == ("Godkjenn nye deltakere", False, False)
    waiting = steps(event, facts(event))[2]
    assert waiting.details == "1 ny venter på godkjenning."
    assert (waiting.url, waiting.action) == (f"/{event.slug}/deltakere/?status=registered", "Se dem")


def step(event, number):
    return steps(event, facts(event))[number]


def test_the_registration_is_open_when_it_is_and_says_how_many_have_used_it():
    event = make_event()
    assert (step(event, 1).title, step(event, 1).url) == (
        "Åpne påmeldingen",
        f"/{event.slug}/innstillinger/pamelding/",
    )
    Event.objects.filter(pk=event.pk).update(registration_open=True)
    event = Event.objects.get(pk=event.pk)
    opened = step(event, 1)
    assert (opened.title, opened.done, opened.details) == ("Påmeldingen er åpen", True, "Ingen har meldt seg på ennå.")
    assert opened.url == f"/{event.slug}/pamelding/"
    assert (step(event, 2).title, step(event, 2).url) == ("Inviter deltakerne", f"/{event.slug}/invitasjon/")
    yesterday = timezone.localtime().replace(hour=0, minute=0) - timedelta(minutes=1)
    for status in (Status.APPROVED, Status.REGISTERED, Status.CANCELLED):
        old = make_participant(event, source=Source.ONLINE, status=status)
        event.participants.filter(pk=old.pk).update(created_at=yesterday)
        make_participant(event, source=Source.ONLINE, status=status)
    make_participant(event, source=Source.IMPORT)
    make_participant(make_event(), source=Source.ONLINE)
    assert step(event, 1).details == "4 har meldt seg på, 2 i dag."
    event.registration_open = False
    assert (step(event, 1).title, step(event, 1).done) == ("Påmeldingen er lukket", True)


def test_who_has_a_list_can_do_without_the_registration():
    event = make_event(place="Lillesalen", hosts=[HostDraft("Sentralen", Sector.VOLUNTARY)])
    assert titles(event)[1] == ("Åpne påmeldingen", False, True)
    make_participant(event)
    make_participant(event)
    assert titles(event)[1] == ("Åpne påmeldingen", False, False)


def page(event, role):
    return client_for(make_member(event, role)).get(f"/{event.slug}/").content.decode()


def test_the_organiser_sees_tiles_bars_and_steps_of_this_event_only():
    event, other = make_event(), make_event()
    baker = make_participant(event, "Bakeren", sector=Sector.BUSINESS)
    make_resource(baker, "Boller")
    make_resource(baker, "Hjelp i kassa", kind="need")
    make_resource(make_participant(other), "Noe annet")
    html = page(event, Role.ORGANISER)
    tiles = [
        html.split(f"</strong> {word}")[0].rsplit(">", 1)[1] for word in ("deltakere", "tilbud", "behov", "meglere")
    ]
    assert tiles == ["1", "1", "1", "0"]
    assert "Før gongen" in html
    assert html.count("step--next") == 1


@pytest.mark.parametrize("role", [Role.BROKER, Role.DOOR, Role.STAGE, Role.COORDINATOR])
def test_the_others_see_neither_the_steps_nor_the_settings(role):
    html = page(make_event(), role)
    assert "Før gongen" not in html
    assert '/innstillinger/"' not in html
    assert ("/innstillinger/enheter/" in html) == (role is Role.DOOR)
    assert ("Registrer avtaler" in html) == (role is Role.BROKER)


def test_in_the_hour_and_after_it_the_number_of_agreements_is_said():
    event = make_open_event(minutes=60, goal=50)
    make_agreement(event)
    make_agreement(event)
    html = page(event, Role.ORGANISER)
    assert "2 avtaler er registrert" in html
    assert "Målet er 50." in html
    assert "Før gongen" not in html
    event = close_hour(event=event, now=timezone.now())
    assert "avtaler, foreløpig resultat" in page(event, Role.ORGANISER)
    Event.objects.filter(pk=event.pk).update(closed_at=timezone.now() - timedelta(minutes=event.grace_minutes + 1))
    assert "avtaler ble det" in page(event, Role.ORGANISER)


def test_an_open_page_follows_by_itself_and_becomes_final_when_the_grace_is_over():
    event = close_hour(event=make_open_event(minutes=60), now=timezone.now())
    client = client_for(event.memberships.get(role=Role.ORGANISER).user)

    def poll_address(html):
        return html.split('hx-get="')[1].split('"')[0]

    def poll(address):
        return client.get(address, headers={"HX-Request": "true"})

    address = poll_address(client.get(event.get_absolute_url()).content.decode())
    assert (poll(address).status_code, poll(address).content) == (204, b"")
    Event.objects.filter(pk=event.pk).update(closed_at=timezone.now() - timedelta(minutes=event.grace_minutes + 1))
    part = poll(address)
    assert part.status_code == 200
    assert "avtaler ble det" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert poll(poll_address(part.content.decode())).status_code == 204
    make_participant(event)
    assert poll(poll_address(part.content.decode())).status_code == 200


@pytest.mark.parametrize(
    ("roles", "offered"),
    [
        ([Role.BROKER], ["Se avtalene"]),
        ([Role.BROKER, Role.COORDINATOR], ["Se rapporten", "Se avtalene"]),
        ([Role.COORDINATOR], ["Se rapporten", "Se storskjermen"]),
    ],
)
def test_after_the_hour_nobody_is_led_to_a_form_that_is_closed(roles, offered):
    event = make_open_event()
    Event.objects.filter(pk=event.pk).update(closed_at=timezone.now() - timedelta(hours=1))
    user = make_member(event, roles[0])
    for role in roles[1:]:
        event.memberships.create(user=user, role=role)
    html = client_for(user).get(f"/{event.slug}/").content.decode()
    words = ("Registrer avtaler", "Se rapporten", "Se avtalene", "Se storskjermen")
    assert [word for word in words if f">{word}</a>" in html] == offered


def test_the_address_is_shared_only_where_there_is_one_that_works_outside(settings):
    event = make_event("granfjord")
    settings.PUBLIC_URL = ""
    without = page(event, Role.ORGANISER)
    settings.PUBLIC_URL = "https://bors.example"
    with_one = page(event, Role.ORGANISER)
    assert ('class="qr"' in without, "ingen adresse som virker utenfor" in without) == (False, True)
    assert ('class="qr"' in with_one, 'href="https://bors.example/granfjord/"' in with_one) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_many_as_for_few(number, django_assert_num_queries):
    event = make_open_event()
    for _number in range(number):
        make_agreement(event)
        make_resource(make_participant(event), "Boller")
        make_member(event, Role.BROKER)
    client = client_for(event.memberships.get(role=Role.ORGANISER).user)
    # session, user, event, roles; participants by sector, door, resources, agreements, brokers twice, waiting,
    # screens, network tests, the latest agreements and their parties; what participants have changed, e-mails twice,
    # the last import, who has not written
    with django_assert_num_queries(20):
        client.get(event.get_absolute_url())


@pytest.mark.parametrize(("role", "sees"), [(Role.COORDINATOR, True), (Role.BROKER, True), (Role.DOOR, False)])
def test_the_latest_agreements_stand_there_for_who_may_open_them(role, sees):
    event = make_open_event()
    make_agreement(event, summary="Radioverksted i bruktbutikken")
    html = page(event, role)
    assert ("De siste avtalene" in html, "Radioverksted i bruktbutikken" in html) == (sees, sees)


def test_sign_ups_stand_against_the_wish_and_missing_businesses_are_said():
    event = make_event(wish_business=3, wish_voluntary=1)
    make_participant(event, sector=Sector.BUSINESS)
    make_participant(event, sector=Sector.VOLUNTARY)
    html = page(event, Role.ORGANISER)
    assert [words in html for words in ("av 3 ønskede", "av 1 ønskede", "Det mangler 2 bedrifter.")] == [True] * 3
    assert f'href="/{event.slug}/invitasjon/#bedrift"' in html
    others = page(event, Role.BROKER)
    assert ("ønskede" in others, "Det mangler" in others) == (False, False)
    make_participant(event, sector=Sector.BUSINESS)
    make_participant(event, sector=Sector.BUSINESS)
    assert "Det mangler" not in page(event, Role.ORGANISER)


def test_without_a_wish_businesses_are_missed_when_there_are_none():
    event = make_event()
    assert "Ingen bedrifter er påmeldt ennå." not in page(event, Role.ORGANISER)
    make_participant(event, sector=Sector.VOLUNTARY)
    assert "Ingen bedrifter er påmeldt ennå." in page(event, Role.ORGANISER)
    make_participant(event, sector=Sector.BUSINESS)
    assert "Ingen bedrifter er påmeldt ennå." not in page(event, Role.ORGANISER)


def mail(event, status):
    return OutgoingMail.objects.create(
        event=event, kind=MailKind.RECEIPT, to="a@example.org", subject="x", body="x", status=status,
        next_try_at=timezone.now(), message_id="<x@y>",
    )  # fmt: skip


def test_what_waits_for_the_organiser_is_listed_until_it_is_seen_to():
    event, other = make_event(), make_event()
    assert matters(event, waiting=0, now=timezone.now()) == []
    for each in (other, event):
        mail(each, MailStatus.FAILED)
        mail(each, MailStatus.HELD)
        mail(each, MailStatus.HELD)
        mail(each, MailStatus.SENT)
        silent = make_participant(each)
    make_resource(make_participant(event, proposal={"name": "Nytt"}), "Boller")
    make_participant(event, status=Status.REGISTERED, same_as=silent)
    make_participant(event, status=Status.CANCELLED)
    first, last = make_list_import(event), make_list_import(event)
    make_list_import(event)  # begun on, and not brought in
    for stored, wrong in ((first, 7), (last, 5)):
        stored.result = {"counts": {State.WRONG: wrong, State.NEW: 2}, "rows": []}
        stored.save()
    found = matters(event, waiting=2, now=timezone.now())
    assert [matter.text for matter in found] == [
        "2 nye påmeldinger venter på godkjenning.",
        "1 deltaker har endret det som er meldt inn.",
        "1 påmelding skal slås sammen med en annen.",
        "1 e-post kunne ikke sendes.",
        "2 e-poster er holdt igjen, fordi serveren ikke hadde noen e-posttjener.",
        "5 rader i den importerte listen ble ikke tatt med.",
        "1 deltaker har ikke skrevet noe tilbud eller behov.",
    ]
    assert [matter.url for matter in found] == [
        f"/{event.slug}/deltakere/?status=registered",
        f"/{event.slug}/deltakere/?bare=endret",
        f"/{event.slug}/deltakere/doble/",
        f"/{event.slug}/e-post/",
        f"/{event.slug}/e-post/",
        f"/{event.slug}/deltakere/import/{last.token}/rapport/",
        f"/{event.slug}/deltakere/?bare=mangler",
    ]
    later = timezone.now() + timedelta(days=2)
    assert "importerte" not in " ".join(matter.text for matter in matters(event, waiting=0, now=later))


@pytest.mark.parametrize("make", [make_event, make_open_event])
def test_who_waits_for_approval_is_said_once_before_the_gong_and_after_it(make):
    event = make()
    make_resource(make_participant(event, status=Status.REGISTERED), "Boller")
    assert page(event, Role.ORGANISER).count("venter på godkjenning") == 1


def test_only_the_organiser_sees_what_waits_and_an_open_page_hears_of_it():
    event = make_event()
    client = client_for(event.memberships.get(role=Role.ORGANISER).user)
    html = client.get(event.get_absolute_url()).content.decode()
    address = html.split('hx-get="')[1].split('"')[0]
    assert ("Ting å se på" in html, client.get(address, headers={"HX-Request": "true"}).status_code) == (False, 204)
    mail(event, MailStatus.FAILED)
    assert "Ting å se på" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Ting å se på" not in page(event, Role.COORDINATOR)
