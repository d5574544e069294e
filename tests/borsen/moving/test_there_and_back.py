"""Handed out here, held there, given back: nothing is lost, and two copies that both changed stay two."""

import json

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, WaitingAgreement
from agreements.moving_file import taken
from borsen.clock import close_hour
from borsen.enums import MailKind, MailStatus, Role
from borsen.feed_version import EventMoved
from borsen.mail_queue import claim_next
from borsen.models import Event, User
from borsen.moving.handing_out import hand_out, take_back
from borsen.moving.reading import parse
from borsen.moving.receiving import receive
from borsen.moving.refusals import BadFile, BothChanged, NotNow
from borsen.moving.tables import tables
from borsen.moving.writing import as_file
from participants.models import Participant, PersonLink
from tests.agreements.posting import broker_client, form, post_json
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_event, make_mail, make_participant, make_user

from .full_event import make_full_event
from .test_equal import delete

pytestmark = pytest.mark.django_db


def go(event, to="PC-en i salen"):
    """Hand the event out; its file."""
    event = hand_out(event=event, to=to, by=organiser_of(event), now=timezone.now())
    found, figures = taken(event, timezone.now())
    return as_file(found, key_figures=figures, now=timezone.now(), handed_out=True)


def organiser_of(event):
    return User.objects.filter(memberships__event=event, memberships__role=Role.ORGANISER).first()


def arrive(content, by):
    return receive(incoming=parse(content), by=by).event


class Elsewhere:
    """Another installation: what is done there is rolled back here, and only its file is left."""

    def __init__(self, content):
        self.content = content

    def hold(self, do):
        with transaction.atomic():
            for event in Event.objects.all():
                delete(event)
            there = arrive(self.content, make_user())
            do(there)
            back = go(there, "nettet")
            transaction.set_rollback(True)
        return back


def numbers(event):
    return sorted(event.agreements.values_list("number", flat=True))


def test_what_was_done_elsewhere_is_here_afterwards_and_everything_else_is_where_it_was():
    event = make_full_event()
    organiser, make_elsewhere = organiser_of(event), make_event("nabobygda")
    tokens = list(PersonLink.objects.order_by("pk").values_list("pk", "token"))
    ids = dict(event.agreements.values_list("number", "pk"))
    participants = list(event.participants.order_by("pk").values_list("pk", flat=True))
    brokers = dict(event.agreements.values_list("number", "broker"))

    def do(there):
        make_agreement(there, by=organiser_of(there))
        close_hour(event=there, now=timezone.now())

    content = go(event)
    back = arrive(Elsewhere(content).hold(do), organiser)

    assert (back.pk, back.moved_to, back.slug) == (event.pk, "", "granfjord")
    assert back.closed_at is not None
    assert numbers(back) == [1, 2, 3, 4, 5]
    assert {number: pk for number, pk in back.agreements.values_list("number", "pk") if number < 5} == ids
    assert {n: pk for n, pk in back.agreements.values_list("number", "broker") if n < 5} == brokers
    assert list(PersonLink.objects.order_by("pk").values_list("pk", "token")) == tokens
    assert list(back.participants.order_by("pk").values_list("pk", flat=True))[: len(participants)] == participants
    assert back.agreements.get(number=5).broker.is_active is False
    assert back.feed_version == event.feed_version + 2
    assert [one.user for one in back.memberships.filter(role=Role.ORGANISER)] == [organiser]
    assert Event.objects.get(pk=make_elsewhere.pk).name == make_elsewhere.name
    Event.objects.filter(pk=back.pk).update(closed_at=None)
    assert make_agreement(back).number == 6


def test_it_goes_and_comes_several_times():
    event = make_full_event()
    organiser = organiser_of(event)
    for turn in range(3):
        event = arrive(Elsewhere(go(event)).hold(make_agreement), organiser)
        assert numbers(event) == list(range(1, 6 + turn))
        make_agreement_here = make_participant(event, f"Ny {turn}")
        assert event.participants.filter(pk=make_agreement_here.pk).exists()


def test_a_private_link_opens_and_an_old_key_gives_the_same_answer_when_the_event_is_back():
    event = make_full_event()
    organiser = organiser_of(event)
    one, two = make_participant(event), make_participant(event)
    client = broker_client(event)
    data = form(event, one, two)
    first = post_json(client, event, data)
    link = event.person_links.exclude(email="").first()
    content = go(event)
    while_away = post_json(client, event, data)
    event = arrive(Elsewhere(content).hold(make_agreement), organiser)
    again = post_json(client, event, data)
    assert (first.status_code, while_away.status_code, again.status_code) == (201, 200, 200)
    assert first.json()["number"] == while_away.json()["number"] == again.json()["number"]
    visitor = client_for()
    assert visitor.get(reverse("own_page.enter", args=[event.slug, link.token])).status_code == 302
    assert visitor.get(reverse("own_page", args=[event.slug])).status_code == 200


def test_a_new_agreement_from_a_tablet_is_kept_by_the_tablet_while_the_event_is_away():
    event = make_full_event()
    data = form(event, make_participant(event), make_participant(event))
    client = broker_client(event)
    go(event)
    response = post_json(client, event, data | {"queued": "1"})
    assert (response.status_code, set(response.json())) == (409, {"error", "moved_to"})
    assert event.agreements.count() == 4


def test_two_copies_that_both_changed_are_refused_with_what_differs_and_nothing_is_lost():
    event = make_full_event()
    organiser = organiser_of(event)

    def do(there):
        Participant.objects.filter(event=there, name="Bakeren").update(name="Bakeren AS")
        make_agreement(there, summary="Bare der")

    content = Elsewhere(go(event)).hold(do)
    take_back(event=event)
    make_agreement(event, summary="Bare her")
    with pytest.raises(BothChanged) as refused:
        arrive(content, organiser)
    told = {(one.what, one.field, one.here, one.there) for one in refused.value.differences}
    assert ("Avtale «5, Bare her»", "", "finnes", "") in told
    assert ("Avtale «5, Bare der»", "", "", "finnes") in told
    assert ("Deltaker «Bakeren»", "navn", "Bakeren", "Bakeren AS") in told
    assert numbers(event) == [1, 2, 3, 4, 5]
    assert event.agreements.get(number=5).summary == "Bare her"
    assert event.participants.filter(name="Bakeren").exists()


def test_a_copy_that_was_taken_back_but_not_changed_is_replaced_by_the_file():
    event = make_full_event()
    content = Elsewhere(go(event)).hold(make_agreement)
    take_back(event=event)
    assert numbers(arrive(content, organiser_of(event))) == [1, 2, 3, 4, 5]


def test_a_file_from_before_the_last_hand_out_is_refused():
    event = make_full_event()
    old = Elsewhere(go(event)).hold(make_agreement)
    take_back(event=event)
    go(event)
    with pytest.raises(BothChanged, match="eldre"):
        arrive(old, organiser_of(event))
    assert Event.objects.get(pk=event.pk).moved_to == "PC-en i salen"


def test_the_very_file_that_was_handed_out_opens_the_event_again():
    event = make_full_event()
    back = arrive(go(event), organiser_of(event))
    assert (back.moved_to, numbers(back)) == ("", [1, 2, 3, 4])


def test_a_copy_of_an_event_that_never_moved_replaces_nothing():
    event = make_full_event()
    found, figures = taken(event, timezone.now())
    with pytest.raises(BothChanged, match="aldri flyttet"):
        arrive(as_file(found, key_figures=figures, now=timezone.now()), organiser_of(event))


def test_only_an_organiser_of_the_event_takes_it_back():
    event = make_full_event()
    content = go(event)
    with pytest.raises(BadFile, match="arrangør"):
        arrive(content, make_user(may_create_events=True))
    assert Event.objects.get(pk=event.pk).moved_to == "PC-en i salen"


def test_a_mail_that_waits_goes_out_from_one_place_only(settings):
    settings.HAS_MAIL = True
    event = make_event()
    mail = make_mail(event, status=MailStatus.WAITING)
    content = go(event)
    assert claim_next(timezone.now()) is None
    there = []
    back = Elsewhere(content).hold(lambda copy: there.extend(copy.mails.values_list("status", flat=True)))
    assert there == [MailStatus.HELD]
    event = arrive(back, organiser_of(event))
    assert [(one.pk, one.status) for one in event.mails.all()] == [(mail.pk, MailStatus.WAITING)]
    assert claim_next(timezone.now()) == mail


def test_a_mail_that_was_sent_there_is_not_sent_here():
    event = make_event()
    make_mail(event, status=MailStatus.WAITING)
    back = Elsewhere(go(event)).hold(lambda copy: copy.mails.update(status=MailStatus.SENT))
    assert [one.status for one in arrive(back, organiser_of(event)).mails.all()] == [MailStatus.SENT]


def test_what_a_mail_is_about_and_what_history_names_are_the_same_things_there():
    event = make_full_event()
    content, found = go(event), {}

    def do(there):
        copies = there.mails.filter(kind=MailKind.COPY)
        known = {f"agreement:{pk}" for pk in there.agreements.values_list("pk", flat=True)}
        about = {":".join(mail.about.split(":")[:2]) for mail in copies}
        found["about"] = about <= known and f"agreement:{there.agreements.get(number=1).pk}" in about
        change = there.agreements.get(number=1).changes.get(what="corrected")
        named = [party["participant"] for party in change.after["parties"]]
        found["parties"] = list(there.agreements.get(number=1).parties.values_list("participant", flat=True)) == named
        proposal = there.participants.get(proposal__isnull=False).proposal
        found["resource"] = there.participants.filter(resources=proposal["resources"][0]["id"]).count()

    Elsewhere(content).hold(do)
    assert found == {"about": True, "parties": True, "resource": 1}


def test_while_an_agreement_waits_for_the_gong_the_event_stays():
    event = make_event()
    WaitingAgreement.objects.create(event=event, key="0" * 32, posted={}, arrived_at=timezone.now())
    with pytest.raises(NotNow, match="1 avtale venter"):
        go(event)
    assert Event.objects.get(pk=event.pk).moved_to == ""


def test_a_locked_event_refuses_every_verb_and_says_where_it_went():
    event = make_full_event()
    go(event)
    with pytest.raises(EventMoved, match="PC-en i salen"):
        make_agreement(event)
    client = client_for(organiser_of(event))
    page = client.post(reverse("control.close", args=[event.slug]))
    assert (page.status_code, "PC-en i salen" in page.content.decode()) == (409, True)
    assert Event.objects.get(pk=event.pk).closed_at is None
    overview = client.get(reverse("event.overview", args=[event.slug])).content.decode()
    assert "Børsen er flyttet til PC-en i salen" in overview
    assert client.get(reverse("screen", args=[event.slug])).status_code == 200


def test_the_file_tells_where_it_came_from_and_its_key_figures_without_being_asked_for_them():
    event = make_full_event()
    said = json.loads(go(event))
    assert (said["format"], said["version"], said["hand_out"]["to"]) == ("frivilligbors.event", 1, "PC-en i salen")
    assert {"key": "agreements", "label": "Antall avtaler", "value": 3} in said["key_figures"]
    assert Agreement.objects.count() == len(said["tables"]["agreements"])
    assert len(tables()) + 1 == len(said["tables"])


def test_of_an_agreement_that_only_one_copy_has_its_parties_and_history_are_not_told_too():
    event = make_full_event()
    content = go(event)
    take_back(event=event)
    make_agreement(event, *event.participants.order_by("pk")[:2], summary="Bare her")
    with pytest.raises(BothChanged) as refused:
        arrive(content, organiser_of(event))
    assert [one.what for one in refused.value.differences] == ["Avtale «5, Bare her»"]


def test_who_has_a_role_here_is_not_among_those_to_be_invited_anew():
    event = make_full_event()
    back = arrive(Elsewhere(go(event)).hold(make_agreement), organiser_of(event))
    here = set(back.memberships.values_list("user__username", flat=True))
    listed = {one["username"] for one in back.travel.members}
    assert (listed & here, len(listed)) == (set(), 1)
