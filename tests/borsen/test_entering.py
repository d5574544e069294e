"""The door, and signing in by card: real requests from tablets that nobody knows yet."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from borsen.cards import code_of, make_card_holder, renew, token_of
from borsen.devices import SESSION_KEY, kind_of, make_device, note_sign_of_life
from borsen.door import DoorClosed, close_door, is_open, let_in, open_door
from borsen.enums import Role
from borsen.models import Device
from tests.borsen.addresses import client_for, client_with_device
from tests.factories import make_event, make_member, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
JSON = {"Accept": "application/json"}
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16.0 Safari/605.1.15"


@pytest.fixture
def event():
    return open_door(event=make_event("granfjord"), now=NOW)


@pytest.fixture
def card(event):
    return make_card(event)


def make_card(event, name="Berit Moen", role=Role.BROKER):
    return make_card_holder(event=event, name=name, role=role, now=NOW)


def scan(card, client=None, address="10.0.0.1", **more):
    """What the page's script posts after a scan."""
    data = {"token": token_of(card), **more}
    return (client or Client()).post(f"/{card.event.slug}/inn/", data, headers=JSON, REMOTE_ADDR=address)


def type_code(event, code, client=None, address="10.0.0.1", **headers):
    return (client or Client()).post(f"/{event.slug}/inn/", {"code": code}, headers=headers, REMOTE_ADDR=address)


def state(response):
    return response.json()["state"]


def wrong(card):
    """A code with the card's selector and another proof."""
    code = code_of(card)
    return code[:-1] + ("A" if code[-1] != "A" else "B")


# --- the door


def test_the_door_closes_by_itself_after_half_an_hour(event):
    assert is_open(event, NOW + timedelta(minutes=29, seconds=59))
    assert not is_open(event, NOW + timedelta(minutes=30))
    assert not is_open(close_door(event=event), NOW)


def test_opening_an_open_door_holds_it_for_half_an_hour_more(event):
    later = NOW + timedelta(minutes=20)
    assert open_door(event=event, now=later).door_open_until == later + timedelta(minutes=30)


def test_a_door_that_closed_while_the_card_was_looked_up_lets_nobody_in(event, card):
    close_door(event=event)
    with pytest.raises(DoorClosed):
        let_in(event=event, card=card, kind="iPad", replaces=None, now=NOW)
    assert not Device.objects.exists()


def test_while_the_door_is_closed_right_and_wrong_are_answered_alike_and_nothing_is_counted(event, card):
    close_door(event=event)
    right = [scan(card).content, type_code(event, code_of(card), **JSON).content]
    bad = [Client().post("/granfjord/inn/", {"token": "tull"}, headers=JSON).content]
    bad += [type_code(event, code, **JSON).content for code in (wrong(card), "AAAA-AAAA", "tull")]
    assert len(set(right + bad)) == 1
    assert (AccessAttempt.objects.count(), Device.objects.count()) == (0, 0)


@pytest.mark.parametrize(("role", "may"), [(Role.DOOR, True), (Role.BROKER, False)])
def test_a_door_host_opens_and_closes_the_door_and_a_broker_does_not(role, may):
    event = make_event("granfjord")
    client = client_for(make_member(event, role))
    client.post("/granfjord/innstillinger/enheter/dor/", {"open": "1"})
    event.refresh_from_db()
    assert is_open(event, timezone.now()) is may
    client.post("/granfjord/innstillinger/enheter/dor/", {"open": "0"})
    event.refresh_from_db()
    assert not is_open(event, timezone.now())


# --- coming in


def test_a_scanned_card_signs_the_tablet_in_for_the_day_and_leads_to_the_work(event, card):
    client = Client(headers={"User-Agent": IPAD})
    response = scan(card, client, touch="1")
    device = Device.objects.get()
    assert response.json() == {"state": "in", "url": "/granfjord/megler/"}
    assert (device.user, device.role, device.label) == (card.membership.user, "broker", "iPad")
    assert client.session.get_expiry_age() > 60 * 60 * 17
    assert client.get("/granfjord/megler/status/", headers=JSON).json()["user"]["name"] == "Berit Moen"


@pytest.mark.parametrize(
    ("role", "url", "words"),
    [
        (Role.DOOR, "/granfjord/innsjekk/", "Sjekk inn"),
        (Role.STAGE, "/granfjord/scene/", "Gå til scenen"),
        (Role.BROKER, "/granfjord/megler/", "Registrer avtaler"),
    ],
)
def test_each_role_comes_to_where_it_works_and_finds_back_from_the_front_page(event, role, url, words):
    client = Client()
    assert scan(make_card(event, "Ola", role), client).json()["url"] == url
    assert f'<a class="ds-button" href="{url}">{words}</a>' in client.get("/").content.decode()


def test_a_typed_code_does_the_same_also_without_script(event, card):
    client = Client()
    response = type_code(event, code_of(card).lower().replace("-", " "), client)
    assert (response.status_code, response["Location"]) == (302, "/granfjord/megler/")
    assert client.get("/granfjord/megler/").status_code == 200


def test_nothing_of_an_earlier_session_is_carried_over(event, card):
    client = Client()
    session = client.session
    session["noe"] = "fra før"
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before
    scan(card, client)
    assert (client.session.session_key == before, "noe" in client.session) == (False, False)
    assert client.session[SESSION_KEY] == Device.objects.get().pk


def test_devices_of_one_kind_are_numbered_for_each_person(event, card):
    for _tablet in range(2):
        scan(card, Client(headers={"User-Agent": IPAD}), touch="1")
    scan(make_card(event, "Ola"), Client(headers={"User-Agent": IPAD}), touch="1")
    assert [str(device) for device in event.devices.order_by("pk")] == [
        "Berit Moen – iPad", "Berit Moen – iPad 2", "Ola – iPad",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("user_agent", "touch", "kind"),
    [
        (IPAD, True, "iPad"),
        (IPAD, False, "Mac"),
        ("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X)", True, "iPad"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X)", True, "iPhone"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) Chrome/120 Safari/537.36", True, "Android-nettbrett"),
        ("Mozilla/5.0 (Linux; Android 13; Pixel 7) Chrome/120 Mobile Safari/537.36", True, "Android-telefon"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120", True, "PC"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541) Chrome/120", False, "Chromebook"),
        ("", False, "Enhet"),
    ],
)
def test_a_device_is_called_what_people_call_it(user_agent, touch, kind):
    assert kind_of(user_agent, has_touch=touch) == kind


def test_the_same_card_once_more_on_the_same_tablet_makes_no_second_device(event, card):
    client = Client()
    scan(card, client)
    assert state(scan(card, client)) == "in"
    assert event.devices.count() == 1


def test_who_is_signed_in_already_is_asked_before_they_become_somebody_else(event, card):
    client = client_for(make_member(event, Role.COORDINATOR, "laila"))
    asked = scan(card, client)
    assert (state(asked), event.devices.count()) == ("ask", 0)
    assert asked.json()["title"] == "Du er logget inn som laila. Bytt til Berit Moen, børsmegler?"
    assert state(scan(card, client, replace="1")) == "in"
    assert "_auth_user_id" not in client.session


def test_a_tablet_that_changes_hands_sends_its_former_device_out_and_says_what_waits_on_it(event, card):
    client = Client()
    scan(card, client)
    berit = event.devices.get()
    note_sign_of_life(device=berit, now=NOW, queue_length=2)
    ola = make_card(event, "Ola")
    assert "2 avtaler fra Berit Moen venter på nettbrettet." in scan(ola, client).json()["text"]
    scan(ola, client, replace="1")
    berit.refresh_from_db()
    assert (berit.revoked_at is None, event.devices.get(revoked_at=None).user) == (False, ola.membership.user)


def test_the_question_is_also_put_without_script(event, card):
    client = client_for(make_member(event, Role.COORDINATOR, "laila"))
    response = type_code(event, code_of(card), client)
    assert response.status_code == 409
    assert "Bytt til Berit Moen" in response.content.decode()
    data = {"code": code_of(card), "replace": "1"}
    assert client.post("/granfjord/inn/", data)["Location"] == "/granfjord/megler/"


def test_a_card_that_is_void_or_of_another_event_or_of_a_closed_user_lets_nobody_in(event, card):
    old = token_of(card)
    renew(membership=card.membership, now=NOW, sends_out=False)
    elsewhere = make_card(make_event())
    closed = make_card(event, "Ola")
    closed.membership.user.is_active = False
    closed.membership.user.save()
    tokens = [old, token_of(elsewhere), token_of(closed), "tull", "æ" * 5000]
    answers = [Client().post("/granfjord/inn/", {"token": token}, headers=JSON) for token in tokens]
    assert [state(answer) for answer in answers] == ["void"] * 5
    assert not Device.objects.exists()


def test_the_page_is_not_kept_and_a_cross_site_post_is_refused(event, card):
    page = Client().get("/granfjord/inn/")
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    client = Client(enforce_csrf_checks=True)
    assert client.post("/granfjord/inn/", {"token": token_of(card)}, headers=JSON).status_code == 403
    assert not Device.objects.exists()


@pytest.mark.parametrize("role", [Role.BROKER, Role.DOOR])
def test_a_device_that_is_sent_out_is_told_at_its_next_request(event, card, role):
    client = Client()
    scan(card, client)
    device = event.devices.get()
    sender = client_for(event.memberships.get(role=Role.ORGANISER).user)
    sender.post(f"/granfjord/innstillinger/enheter/{device.pk}/ut/")
    assert client.get("/granfjord/megler/status/", headers=JSON).status_code == 401
    assert state(scan(card, client)) == "in"


# --- guessing


def guess(card, times, address="10.0.0.1", **more):
    return [type_code(card.event, wrong(card), address=address, **more).status_code for _attempt in range(times)]


def test_after_eight_wrong_codes_that_card_waits_there_and_others_do_not(event, card):
    limit = django_settings.AXES_FAILURE_LIMIT
    assert guess(card, limit) == [422] * limit
    held = type_code(event, code_of(card))
    assert (held.status_code, "Vent 5 minutter" in held.content.decode()) == (429, True)
    other = make_card(event, "Ola")
    assert type_code(event, code_of(other)).status_code == 302  # another card from the same address
    assert state(scan(card)) == "in"  # the same card by its QR code
    assert type_code(event, code_of(card), address="10.0.0.2").status_code == 302  # from elsewhere


def test_another_browser_at_the_same_address_does_not_get_more_guesses(event, card):
    for number in range(django_settings.AXES_FAILURE_LIMIT):
        type_code(event, wrong(card), Client(headers={"User-Agent": f"Leser {number}"}))
    assert type_code(event, code_of(card)).status_code == 429


def test_the_wait_is_over_after_five_minutes(event, card):
    guess(card, django_settings.AXES_FAILURE_LIMIT)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=5, seconds=1))
    assert type_code(event, code_of(card)).status_code == 302


def test_the_right_code_forgets_the_wrong_ones_before_it(event, card):
    guess(card, django_settings.AXES_FAILURE_LIMIT - 1)
    assert type_code(event, code_of(card)).status_code == 302
    assert guess(card, 1) == [422]


def test_a_card_that_does_not_exist_is_answered_and_held_off_like_one_that_does(event, card):
    limit = django_settings.AXES_FAILURE_LIMIT
    there = [type_code(event, wrong(card), **JSON).content for _attempt in range(limit + 1)]
    nowhere = [type_code(event, "ZZZZ-2222", **JSON).content for _attempt in range(limit + 1)]
    assert there == nowhere


def test_what_can_not_be_a_code_is_no_guess(event, card):
    assert [type_code(event, "k7pm").status_code for _attempt in range(20)] == [422] * 20
    assert AccessAttempt.objects.count() == 0


def test_guessing_a_card_does_not_hold_off_passwords(event, card):
    user = make_user("kari")
    guess(card, django_settings.AXES_FAILURE_LIMIT, address="127.0.0.1")
    signed_in = Client().post("/konto/logg-inn/", {"username": user.username, "password": "riktig-hest-batteri"})
    assert signed_in.status_code == 302


def test_nothing_of_the_code_or_the_token_is_written_down(event, card):
    guess(card, 2)
    written = repr(list(AccessAttempt.objects.values()))
    assert wrong(card) not in written
    assert wrong(card)[5:].lower() not in written.lower()


# --- signs of life


def test_a_sign_of_life_is_written_at_most_every_twenty_seconds_unless_the_queue_changes(
    event, django_assert_num_queries
):
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label="iPad")
    start = device.last_seen_at
    with django_assert_num_queries(0):
        note_sign_of_life(device=device, now=start + timedelta(seconds=19), queue_length=0)
    with django_assert_num_queries(1):
        note_sign_of_life(device=device, now=start + timedelta(seconds=19), queue_length=2)
    with django_assert_num_queries(1):
        note_sign_of_life(device=device, now=start + timedelta(seconds=60))
    device.refresh_from_db()
    assert (device.last_seen_at, device.queue_length) == (start + timedelta(seconds=60), 2)


def test_every_request_of_a_device_is_a_sign_of_life_and_says_nothing_of_its_queue(event):
    device = make_device(event=event, user=make_user(), role=Role.DOOR, label="iPad")
    Device.objects.update(last_seen_at=NOW - timedelta(hours=1), queue_length=3)
    client_with_device(device).get("/granfjord/")
    device.refresh_from_db()
    assert (device.last_seen_at > NOW - timedelta(minutes=1), device.queue_length) == (True, 3)
