"""The control room: what it shows, and every stroke that can be made there."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.correcting import withdraw
from agreements.models import Agreement
from agreements.showing import hide, review
from agreements.waiting import hold
from borsen.clock import close_hour, phase
from borsen.devices import make_device, note_sign_of_life, send_out
from borsen.enums import Phase, Role, Scene
from display.control_regions import REGIONS
from display.scenes import choose_scene, scene_of
from tests.agreements.posting import form
from tests.borsen.addresses import client_for
from tests.factories import (
    make_agreement,
    make_award,
    make_event,
    make_help_call,
    make_member,
    make_open_event,
    make_participant,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def stroke(client, event, name):
    """Strike, and return the event as it stands and the message that the page shows."""
    response = client.post(reverse(f"control.{name}", args=[event.slug]), follow=True)
    assert response.status_code == 200
    event.refresh_from_db()
    return event, [str(message) for message in response.context["messages"]]


def page(client, event, **headers):
    return client.get(reverse("control", args=[event.slug]), headers=headers)


def test_the_gong_opens_and_closes_and_opens_again(client, organiser):
    event = make_event(by=organiser)
    for name, expected in (("open", Phase.OPEN), ("close", Phase.GRACE), ("reopen", Phase.OPEN)):
        event, said = stroke(client, event, name)
        assert phase(event, timezone.now()) is expected
        assert len(said) == 1


def test_five_minutes_more_move_the_end(client, organiser):
    event = make_open_event(by=organiser)
    before = event.planned_end
    event, said = stroke(client, event, "extend")
    assert (event.planned_end, said) == (before + timedelta(minutes=5), ["Børstimen varer 5 minutter til."])


def test_an_opening_by_mistake_is_taken_back(client, organiser):
    event, said = stroke(client, make_open_event(by=organiser), "undo")
    assert (event.opened_at, said) == (None, ["Åpningen er angret."])


def test_an_opening_is_not_taken_back_once_something_is_registered_even_if_withdrawn(client, organiser):
    event = make_open_event(by=organiser)
    withdraw(agreement=make_agreement(event), by=None, now=timezone.now())
    event, said = stroke(client, event, "undo")
    assert (event.opened_at is None, said) == (False, ["Det er registrert avtaler. Åpningen kan ikke angres."])
    assert "Angre åpningen" not in page(client, event).content.decode()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("open", "Åpningsgongen er allerede slått."),
        ("reopen", "Sluttgongen er ikke slått."),
    ],
)
def test_a_stroke_that_cannot_be_made_changes_nothing_and_says_why(client, organiser, name, why):
    event = make_open_event(by=organiser)
    version = event.feed_version
    event, said = stroke(client, event, name)
    assert (event.feed_version, said) == (version, [why])


def test_a_stroke_is_never_made_by_a_link(client, organiser):
    event = make_event(by=organiser)
    assert client.get(reverse("control.open", args=[event.slug])).status_code == 405
    event.refresh_from_db()
    assert event.opened_at is None


def hold_back(agreement, reason="Børstimen var slutt."):
    Agreement.objects.filter(pk=agreement.pk).update(needs_review=reason)


def poll(client, event, html):
    """Ask again from where the page's last answer left off."""
    return client.get(html.split('hx-get="')[1].split('"')[0], headers={"HX-Request": "true"})


def test_the_page_shows_number_and_latest_and_what_someone_must_look_at(client, organiser):
    event = make_open_event(by=organiser, goal=100)
    first, second = make_agreement(event, summary="Strøm på speiderhytta"), make_agreement(event, summary="Julespill")
    hold_back(first)
    html = page(client, event).content.decode()
    for expected in (
        "av 100",
        "1 avtale må ses på",
        "Strøm på speiderhytta",
        "Børstimen var slutt.",
        reverse("agreement.review", args=[event.slug, first.number]),
        "Julespill",
        second.get_absolute_url(),
        f"<title>(1) Kontrollrom – {event.name}</title>",
    ):
        assert expected in html


def test_what_must_be_looked_at_stands_there_though_hidden_and_not_once_withdrawn_or_reviewed(client, organiser):
    event, now = make_open_event(by=organiser), timezone.now()
    agreements = [make_agreement(event, summary=f"Avtale om kano {number}") for number in range(3)]
    for agreement in agreements:
        hold_back(agreement, reason=f"Grunn {agreement.number}")
    hide(agreement=agreements[0], by=None, now=now)
    withdraw(agreement=agreements[1], by=None, now=now)
    review(agreement=agreements[2], by=None, now=now)
    html = page(client, event).content.decode()
    assert [f"Grunn {number}" in html for number in (1, 2, 3)] == [True, False, False]


def test_each_of_the_latest_is_hidden_or_shown_by_the_second_tap_and_the_answer_is_the_control_room(client, organiser):
    event = make_open_event(by=organiser)
    agreement = make_agreement(event)
    room = reverse("control", args=[event.slug])
    for name, what in (("withdraw", {"what": "hide"}), ("show_again", {})):
        url = reverse(f"agreement.{name}", args=[event.slug, agreement.number])
        assert f'formaction="{url}"' in page(client, event).content.decode()
        response = client.post(url, {**what, "next": room}, follow=True)
        assert response.redirect_chain == [(room, 302)]
    assert list(agreement.changes.values_list("what", flat=True)) == ["registered", "hidden", "shown"]


def test_nothing_is_sent_again_until_something_has_changed_and_then_only_that(client, organiser):
    event = make_open_event(by=organiser)
    html = page(client, event).content.decode()
    answer = poll(client, event, html)
    assert (answer.status_code, answer.content) == (204, b"")
    make_help_call(event, make_user("berit", display_name="Berit"))
    answer = poll(client, event, html)
    part = answer.content.decode()
    assert (answer.status_code, "<html" in part, "Berit" in part) == (200, False, True)
    assert re.findall(r'id="control-(\w+)"', part) == ["calls"]
    assert "<title>(1) Kontrollrom" in part
    assert poll(client, event, part).status_code == 204


def test_a_page_of_another_release_gets_every_region(client, organiser):
    event = make_open_event(by=organiser)
    part = client.get(f"/{event.slug}/kontrollrom/?sett=1.2", headers={"HX-Request": "true"}).content.decode()
    assert len(re.findall(r'id="control-(\w+)"', part)) == len(REGIONS)


def test_the_gong_is_swapped_when_it_has_been_struck_elsewhere(client, organiser):
    event = make_open_event(by=organiser)
    html = page(client, event).content.decode()
    close_hour(event=event, now=timezone.now())
    part = poll(client, event, html).content.decode()
    assert re.findall(r'id="control-(\w+)"', part) == ["phase", "figures", "gong", "scene"]
    assert ("Åpne børstimen igjen" in part, "Slå sluttgongen" in part) == (True, False)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "Registreringen stenger med en gang."),
        (1, "Meglerne har 1 minutt til å registrere"),
        (10, "Meglerne har 10 minutter til å registrere"),
    ],
)
def test_what_the_closing_stroke_means_is_said_before_it(client, organiser, minutes, words):
    assert words in page(client, make_open_event(by=organiser, grace_minutes=minutes)).content.decode()


@pytest.mark.parametrize(("number", "words"), [(1, "1 megler venter på gongen"), (7, "7 meglere venter på gongen")])
def test_brokers_that_wait_for_the_gong_stand_beside_it_until_it_is_struck(client, organiser, number, words):
    event = make_event(by=organiser, starts_at=timezone.now() - timedelta(minutes=2))
    for _number in range(number):
        wait_for_gong(event)
    html = page(client, event).content.decode()
    assert (words in html, "Gongen skulle slå kl." in html) == (True, True)
    stroke(client, event, "open")
    assert "venter på gongen" not in page(client, event).content.decode()


def wait_for_gong(event):
    broker = make_member(event, Role.BROKER)
    data = form(event, make_participant(event), make_participant(event))
    hold(event=event, data=data, by=broker, device=None, now=timezone.now())


def test_who_needs_help_is_named_with_device_and_wait_and_is_told_that_someone_comes(client, organiser):
    event = make_open_event(by=organiser)
    berit = make_user("berit", display_name="Berit")
    device = make_device(event=event, user=berit, role=Role.BROKER, label="iPad")
    call = make_help_call(event, berit, minutes_ago=2, device=device)
    html = page(client, event).content.decode()
    assert all(words in html for words in ("Berit (iPad)", "trenger hjelp", "for 2 minutter siden"))
    url = reverse("control.help", args=[event.slug, call.pk])
    said = []
    for _tap in range(2):
        said += [str(message) for message in client.post(url, follow=True).context["messages"]]
    call.refresh_from_db()
    assert (call.answered_by, said) == (organiser, ["Berit får vite at du kommer.", "Berit har fått hjelp allerede."])
    assert "trenger hjelp" not in page(client, event).content.decode()


def test_devices_stand_with_who_sign_of_life_and_queue_the_longest_queue_first_and_not_those_sent_out(
    client, organiser
):
    event, now = make_open_event(by=organiser), timezone.now()
    for name, minutes, queue in (("Berit", 0, 0), ("Arne", 12, 3)):
        device = make_device(event=event, user=make_user(display_name=name), role=Role.BROKER, label=f"iPad til {name}")
        note_sign_of_life(device=device, now=now, queue_length=queue)
        event.devices.filter(pk=device.pk).update(last_seen_at=now - timedelta(minutes=minutes))
    gone = make_device(event=event, user=make_user(display_name="Gerd"), role=Role.BROKER, label="Mobil")
    send_out(device=gone, now=now)
    elsewhere = make_event()
    make_device(event=elsewhere, user=make_user(display_name="Hans"), role=Role.BROKER, label="Mobil")
    html = page(client, event).content.decode()
    devices = html.split('id="control-devices"')[1]
    assert re.findall(r"<bdi>(\w+)</bdi>", devices) == ["Arne", "Berit"]
    assert [words in devices for words in ("Stille i 12 minutter", "3 avtaler i kø", "Tilkoblet nå")] == [True] * 3


def test_a_coordinator_reads_along_without_a_single_button(client):
    event = make_open_event()
    hold_back(make_agreement(event, summary="Strøm på speiderhytta"))
    make_agreement(event, summary="Julespill")
    make_help_call(event, make_user("berit", display_name="Berit"))
    html = client_for(make_member(event, Role.COORDINATOR)).get(f"/{event.slug}/kontrollrom/").content.decode()
    assert [words in html for words in ("Strøm på speiderhytta", "Julespill", "Berit")] == [True] * 3
    assert ("<button" in html, "<form" in html, "/trekk/" in html) == (False, False, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_three_of_each_as_for_one(
    client, organiser, django_assert_num_queries, number
):
    event = make_open_event(by=organiser)
    for _number in range(number):
        make_agreement(event)
        hold_back(make_agreement(event))
        make_help_call(event, make_member(event, Role.BROKER))
        make_device(event=event, user=make_user(), role=Role.BROKER, label="iPad")
        make_award(event, agreement=make_agreement(event))
    # session, user, event, roles; the count, calls, what must be looked at, the latest and the prizes with their
    # parties, screens, devices
    with django_assert_num_queries(16):
        html = page(client, event).content.decode()
    with django_assert_num_queries(16):
        assert poll(client, event, html).status_code == 204


def test_five_minutes_more_after_the_planned_end_are_five_from_now_and_can_be_undone(client, organiser):
    event = make_open_event(by=organiser, minutes_ago=90)
    before = timezone.now()
    event, _said = stroke(client, event, "extend")
    assert before + timedelta(minutes=5) <= event.planned_end <= timezone.now() + timedelta(minutes=5)
    end = event.planned_end
    event, said = stroke(client, event, "extend")
    assert event.planned_end == end + timedelta(minutes=5)
    event, said = stroke(client, event, "shorten")
    assert (event.planned_end, said) == (end, ["Forlengelsen er angret."])


def test_a_pause_that_the_closing_gong_ended_does_not_come_back_with_the_hour(client, organiser):
    event = make_open_event(by=organiser)
    choose_scene(event=event, scene=Scene.PAUSE, message="Ordføreren taler", now=timezone.now())
    for name, expected in (("close", Scene.RESULT), ("reopen", Scene.TRADING)):
        event, _said = stroke(client, event, name)
        assert scene_of(event) == expected
    choose_scene(event=event, scene=Scene.PAUSE, now=timezone.now())
    event.refresh_from_db()
    assert scene_of(event) == Scene.PAUSE


def test_two_control_rooms_change_only_what_each_has_changed(client, organiser):
    event = make_open_event(by=organiser)
    url = {name: reverse(f"control.{name}", args=[event.slug]) for name in ("scene", "panel")}
    client.post(url["scene"], {"scene": "pause", "message": "Mat", "message_was": ""})
    client.post(url["scene"], {"scene": "trading", "message": "", "message_was": ""})
    client.post(
        url["panel"], {"panel": "goal", "panel_was": "triangle", "most_agreements_shown": "on", "most_was": "0"}
    )
    client.post(url["panel"], {"panel": "categories", "panel_was": "triangle", "most_was": "0"})
    event.refresh_from_db()
    assert (event.scene, event.screen_message) == ("trading", "Mat")
    assert (event.side_panel, event.most_agreements_shown) == ("categories", True)
    client.post(url["scene"], {"scene": "pause", "message": "", "message_was": "Mat"})
    event.refresh_from_db()
    assert event.screen_message == ""
