"""People who are invited by a link: how it is made, who may use it, and what it gives."""

import io
import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from borsen.enums import MailStatus, Role
from borsen.holding_off import Limit
from borsen.invitations import (
    LIFE,
    TO_ONE_ADDRESS,
    Gone,
    TooMany,
    accept,
    find,
    invite,
    may_ask_for_one,
    send_again,
    take_back,
)
from borsen.logs import SECRET
from borsen.models import Invitation, OutgoingMail, User
from tests.borsen.addresses import client_for
from tests.factories import PASSWORD, make_event, make_member, make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/granfjord/innstillinger/folk/"
NEW = {
    "name": "Per Bakken",
    "username": "per.bakken",
    "new_password1": "lang-nok-til-bruk",
    "new_password2": "lang-nok-til-bruk",
}
ELSEWHERE = {"REMOTE_ADDR": "192.168.1.20"}


@pytest.fixture
def event():
    return make_event("granfjord", by=make_user("kari", display_name="Kari Granli"), name="Granfjordbørsen")


@pytest.fixture
def organiser(event):
    return client_for(event.memberships.get().user)


@pytest.fixture
def mail(settings):
    settings.HAS_MAIL, settings.PUBLIC_URL = True, "https://bors.example"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


def send(client, email="per@granfjord.example", name="", role="coordinator", **extra):
    data = {"invite-email": email, "invite-name": name, "invite-role": role}
    return client.post(f"{PEOPLE}invitasjon/", data, **extra)


def made(event, role=Role.COORDINATOR, name="Per Bakken", email="", now=None):
    return invite(event=event, role=role, name=name, email=email, by=None, now=now or timezone.now())


def page_of(invitation):
    return f"/konto/invitasjon/{invitation.token}/"


def held(event):
    return sorted(event.memberships.values_list("user__username", "role"))


# --- made by the organiser


def test_an_invitation_is_mailed_with_its_link_and_stands_in_the_list(event, organiser, mail):
    assert send(organiser, name="Per Bakken").status_code == 302
    invitation = Invitation.objects.get()
    link = f"https://bors.example{page_of(invitation)}"
    queued = OutgoingMail.objects.get()
    assert (queued.to, queued.event, queued.kind, queued.status) == (
        "per@granfjord.example",
        event,
        "invitation",
        MailStatus.WAITING,
    )
    for said in (link, "Hei, Per Bakken!", "Kari Granli vil ha deg med på Granfjordbørsen, som koordinator."):
        assert said in queued.body
    html = organiser.get(PEOPLE).content.decode()
    for shown in (f'value="{link}"', "Per Bakken", "E-posten sendes straks."):
        assert shown in html


def test_without_a_mail_server_the_link_is_there_to_copy_and_nothing_is_queued(event, organiser, settings):
    settings.HAS_MAIL, settings.PUBLIC_URL = False, "https://bors.example"
    html = organiser.get(send(organiser)["Location"]).content.decode()
    assert "Kopier den under" in html
    assert f"https://bors.example{page_of(Invitation.objects.get())}" in html
    assert OutgoingMail.objects.count() == 0


def test_without_an_address_of_the_server_it_is_said_that_links_work_here_only(organiser, settings):
    settings.HAS_MAIL, settings.PUBLIC_URL = True, ""
    html = organiser.get(send(organiser)["Location"]).content.decode()
    assert "virker bare på denne maskinen" in html
    assert "http://testserver" not in html
    assert OutgoingMail.objects.count() == 0


def test_who_has_no_address_is_invited_by_name_and_nobody_at_all_is_said(organiser, mail):
    assert send(organiser, email="", name="Per").status_code == 302
    response = send(organiser, email="", name="")
    assert (response.status_code, "Skriv en e-postadresse" in response.content.decode()) == (422, True)
    assert (Invitation.objects.get().name, OutgoingMail.objects.count()) == ("Per", 0)


def test_an_address_that_is_invited_twice_gets_the_same_open_invitation(organiser, mail):
    send(organiser)
    send(organiser, email="Per@granfjord.example", name="Per")
    assert [(one.email, one.name) for one in Invitation.objects.all()] == [("per@granfjord.example", "Per")]
    # The first mail has not gone out, and has the same link.
    assert OutgoingMail.objects.count() == 1
    send(organiser, role="organiser")
    assert Invitation.objects.count() == 2


def test_an_invitation_that_is_too_old_is_no_longer_the_same(event):
    old = made(event, email="per@x.example", now=timezone.now() - LIFE - timedelta(minutes=1))
    new = made(event, email="per@x.example")
    assert (old.pk == new.pk, old.token == new.token) == (False, False)


def test_who_has_the_role_already_is_not_invited_to_it(event, organiser):
    User.objects.filter(pk=make_member(event, Role.COORDINATOR).pk).update(email="per@granfjord.example")
    response = send(organiser)
    assert (response.status_code, "er allerede koordinator her" in response.content.decode()) == (422, True)
    assert send(organiser, role="organiser").status_code == 302


def test_sending_again_gives_the_same_link_and_a_new_time_limit(event, organiser, mail):
    invitation = made(event, email="per@x.example", now=timezone.now() - LIFE - timedelta(days=1))
    OutgoingMail.objects.update(status=MailStatus.SENT)
    organiser.post(f"{PEOPLE}invitasjon/{invitation.pk}/send/")
    assert find(invitation.token, timezone.now()) == invitation
    assert OutgoingMail.objects.filter(body__contains=invitation.token).count() == 2


def test_what_is_taken_back_opens_nothing_and_its_mail_is_not_sent(event, organiser, mail):
    invitation = made(event, email="per@x.example")
    organiser.post(f"{PEOPLE}invitasjon/{invitation.pk}/trekk/")
    assert (OutgoingMail.objects.count(), Client().get(page_of(invitation)).status_code) == (0, 410)


def mailed():
    OutgoingMail.objects.update(status=MailStatus.SENT)


def test_an_address_that_has_had_many_invitations_gets_no_more_today_and_nothing_is_changed(event, organiser, mail):
    for role in ("coordinator", "organiser", "coordinator", "organiser", "coordinator"):
        assert send(organiser, "PER@granfjord.example" if role == "organiser" else "per@granfjord.example", role=role)
        mailed()
    assert OutgoingMail.objects.count() == TO_ONE_ADDRESS.times
    before = list(Invitation.objects.values())
    response = send(organiser, role="broker")
    assert response.status_code == 422
    assert "Denne adressen har fått mange invitasjoner det siste døgnet." in response.content.decode()
    invitation = event.invitations.first()
    told = organiser.post(f"{PEOPLE}invitasjon/{invitation.pk}/send/", follow=True).content.decode()
    assert "Denne adressen har fått mange invitasjoner" in told
    assert (list(Invitation.objects.values()), OutgoingMail.objects.count()) == (before, TO_ONE_ADDRESS.times)
    # Another address, or another day, is not held up.
    assert send(organiser, "ase@granfjord.example").status_code == 302
    OutgoingMail.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    assert send(organiser, role="broker").status_code == 302


@pytest.mark.parametrize("within", [timedelta(hours=1), timedelta(days=1)])
def test_an_event_invites_so_many_by_mail_and_more_by_links_to_hand_on(event, organiser, mail, monkeypatch, within):
    monkeypatch.setattr("borsen.invitations.OF_AN_EVENT", (Limit(2, within),))
    for number in range(2):
        assert send(organiser, f"nummer{number}@x.example").status_code == 302
    other = client_for(make_member(event, Role.ORGANISER))
    response = send(other, "nummer2@x.example", name="Per")
    assert (response.status_code, "svært mange invitasjoner herfra" in response.content.decode()) == (422, True)
    assert 'value="nummer2@x.example"' in response.content.decode()
    assert (event.invitations.count(), OutgoingMail.objects.count()) == (2, 2)
    assert send(other, "", name="Per").status_code == 302
    OutgoingMail.objects.update(made_at=timezone.now() - within - timedelta(minutes=1))
    assert send(other, "nummer2@x.example").status_code == 302


def test_one_sender_gets_no_more_mails_by_making_more_events(event, organiser, mail, monkeypatch):
    monkeypatch.setattr("borsen.invitations.OF_A_SENDER", (Limit(2, timedelta(hours=1)),))
    sender, others = event.memberships.get().user, [make_event(by=event.memberships.get().user) for _ in range(3)]
    for number, each in enumerate(others[:2]):
        invite(event=each, role="broker", email=f"{number}@x.example", by=sender, now=timezone.now())
    with pytest.raises(TooMany, match="Du har sendt svært mange"):
        invite(event=others[2], role="broker", email="2@x.example", by=sender, now=timezone.now())
    somebody = make_user()
    assert invite(event=others[2], role="broker", email="2@x.example", by=somebody, now=timezone.now()).pk


def test_one_that_has_been_used_is_neither_sent_again_nor_taken_back(event, organiser):
    invitation = made(event)
    accept(invitation=invitation, user=make_user("per"), now=timezone.now())
    for verb in (
        lambda: send_again(invitation=invitation, by=None, now=timezone.now()),
        lambda: take_back(invitation=invitation),
    ):
        with pytest.raises(Gone):
            verb()
    for button in ("send", "trekk"):
        answer = organiser.post(f"{PEOPLE}invitasjon/{invitation.pk}/{button}/", follow=True)
        assert "Invitasjonen er allerede brukt" in answer.content.decode()
    assert held(event) == [("kari", "organiser"), ("per", "coordinator")]


def test_another_events_invitation_is_out_of_reach(event, organiser):
    other = made(make_event("nabobygda"))
    for button in ("send", "trekk"):
        assert organiser.post(f"{PEOPLE}invitasjon/{other.pk}/{button}/").status_code == 404
    assert other.token not in organiser.get(PEOPLE).content.decode()


def test_over_plain_http_from_another_machine_no_link_or_address_is_shown_or_asked_for(event, organiser, mail):
    invitation = made(event, email="per@granfjord.example", name="")
    html = organiser.get(PEOPLE, **ELSEWHERE).content.decode()
    assert [text in html for text in (invitation.token, "per@granfjord.example", "invite-email")] == [False] * 3
    assert send(organiser, email="ny@granfjord.example", **ELSEWHERE).status_code == 422
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(event, organiser, mail, count, django_assert_num_queries):
    for number in range(count):
        made(event, email=f"{number}@x.example")
    with django_assert_num_queries(8):  # as the page does without them, and their mails
        html = organiser.get(PEOPLE).content.decode()
    assert html.count("Trekk tilbake") == count


# --- used by who is invited


def test_who_is_new_makes_a_user_with_the_role_and_is_signed_in(event):
    invitation = made(event, email="per@granfjord.example")
    client = Client()
    html = client.get(page_of(invitation)).content.decode()
    assert 'value="per.bakken"' in html
    assert "Granfjordbørsen" in html
    assert client.post(page_of(invitation), NEW)["Location"] == "/granfjord/"
    user = User.objects.get(username="per.bakken")
    assert (str(user), user.email, user.check_password("lang-nok-til-bruk"), user.may_create_events) == (
        "Per Bakken",
        "per@granfjord.example",
        True,
        False,
    )
    assert held(event) == [("kari", "organiser"), ("per.bakken", "coordinator")]
    assert client.get("/granfjord/").status_code == 200


def test_who_has_a_user_signs_in_comes_back_and_says_yes_with_one_tap(event):
    invitation = made(event)
    make_user("per")
    client = Client()
    sign_in = re.search(r'href="(/konto/logg-inn/\?next=[^"]+)"', client.get(page_of(invitation)).content.decode())[1]
    back = client.post(sign_in, {"username": "per", "password": PASSWORD, "next": page_of(invitation)})["Location"]
    assert back == page_of(invitation)
    assert "Bli med som per" in client.get(back).content.decode()
    assert held(event) == [("kari", "organiser")]
    assert client.post(back)["Location"] == "/granfjord/"
    assert held(event) == [("kari", "organiser"), ("per", "coordinator")]


def test_looking_uses_nothing_up(event):
    invitation = made(event)
    client = client_for(make_user("per"))
    assert [client.get(page_of(invitation)).status_code for _turn in range(3)] == [200, 200, 200]
    invitation.refresh_from_db()
    assert (invitation.accepted_at, held(event)) == (None, [("kari", "organiser")])


def test_the_organiser_who_tries_the_link_is_told_that_it_is_for_somebody_else(event, organiser):
    invitation = made(event, role=Role.ORGANISER)
    html = organiser.get(page_of(invitation)).content.decode()
    assert ("Lenken er til en annen" in html, ">Bli med som" in html) == (True, False)


def test_used_too_old_and_unknown_give_the_same_page(event):
    used, old = made(event), made(event, name="Ola", now=timezone.now() - LIFE)
    accept(invitation=used, user=make_user("per"), now=timezone.now())
    pages = [Client().get(path) for path in (page_of(used), page_of(old), "/konto/invitasjon/finnes-ikke/")]
    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert Client().post(page_of(used), NEW).status_code == 410
    assert not User.objects.filter(username="per.bakken").exists()


def test_who_has_used_it_comes_on_to_where_it_led(event):
    used, user = made(event), make_user("per")
    accept(invitation=used, user=user, now=timezone.now())
    assert client_for(user).get(page_of(used))["Location"] == "/granfjord/"
    assert client_for(make_user("ola")).get(page_of(used)).status_code == 410


def test_of_two_who_use_the_same_link_one_gets_in(event):
    invitation = made(event)
    accept(invitation=invitation, user=make_user("per"), now=timezone.now())
    with pytest.raises(Gone):
        accept(invitation=invitation, user=make_user("ola"), now=timezone.now())
    assert held(event) == [("kari", "organiser"), ("per", "coordinator")]


def test_an_invitation_gives_its_role_at_its_event_and_nothing_else(event):
    elsewhere, user = make_event("nabobygda"), make_user("per")
    client = client_for(user)
    stolen = {"event": elsewhere.pk, "slug": "nabobygda", "role": "organiser", "may_create_events": "on"}
    client.post(f"{page_of(made(event))}?slug=nabobygda&role=organiser", stolen)
    user.refresh_from_db()
    assert list(user.memberships.values_list("event__slug", "role")) == [("granfjord", "coordinator")]
    assert user.may_create_events is False


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"username": "KARI"}, "Noen har allerede brukernavnet «KARI». Er det deg, logg inn i stedet."),
        ({"username": "per bakken"}, "uten mellomrom"),
        ({"new_password1": "kort", "new_password2": "kort"}, "Passordet er for kort."),
        ({"new_password2": "noe-ganske-annet"}, "like"),
        ({"name": ""}, "påkrevet"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_is_not_used_up(fields, says, event):
    invitation = made(event)
    response = Client().post(page_of(invitation), NEW | fields)
    assert (response.status_code, says in response.content.decode()) == (422, True)
    assert find(invitation.token, timezone.now()) == invitation
    assert held(event) == [("kari", "organiser")]


def test_a_login_name_that_was_just_taken_is_said(event, monkeypatch):
    make_user("per.bakken")
    invitation = made(event)
    monkeypatch.setattr("borsen.forms_account.new_username", lambda username, _taken: username)
    response = Client().post(page_of(invitation), NEW)
    assert (response.status_code, "Er det deg, logg inn" in response.content.decode()) == (422, True)
    assert find(invitation.token, timezone.now()) == invitation


def test_the_page_is_not_kept_not_listed_and_not_shown_where_others_read_along(event):
    invitation = made(event, email="per@granfjord.example")
    response = Client().get(page_of(invitation))
    assert ("no-store" in response["Cache-Control"], response["X-Robots-Tag"]) == (True, "noindex")
    refused = Client().get(page_of(invitation), **ELSEWHERE)
    assert (refused.status_code, "per@granfjord.example" in refused.content.decode()) == (403, False)
    assert Client().post(page_of(invitation), NEW, **ELSEWHERE).status_code == 403
    assert held(event) == [("kari", "organiser")]


@pytest.mark.parametrize(
    ("written", "logged"),
    [
        ("Forbidden: /konto/invitasjon/abc-DEF_123/", "Forbidden: /konto/invitasjon/…/"),
        ("/konto/logg-inn/?next=/konto/invitasjon/abc-DEF_123/", "/konto/logg-inn/?next=/konto/invitasjon/…/"),
        ("?next=%2Fkonto%2Finvitasjon%2Fabc-DEF_123%2F", "?next=%2Fkonto%2Finvitasjon%2F…%2F"),
        ("Not Found: /granfjord/min-side/4:abc.def:xyz/", "Not Found: /granfjord/min-side/…/"),
        ("Not Found: /granfjord/kvittering/abc-DEF_123/", "Not Found: /granfjord/kvittering/…/"),
        ("/konto/nytt-passord/MQ/abc-123/", "/konto/nytt-passord/MQ/…/"),
        ("/granfjord/deltakere/12/", "/granfjord/deltakere/12/"),
    ],
)
def test_what_signs_somebody_in_is_never_written_in_the_log(written, logged):
    assert SECRET.sub(r"\1…", written) == logged


def test_the_token_of_a_refused_page_is_not_in_the_log(event, monkeypatch):
    said = io.StringIO()
    for handler in logging.getLogger("django").handlers:
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", said)
    invitation = made(event)
    Client().get(page_of(invitation), **ELSEWHERE)
    Client(enforce_csrf_checks=True).post(page_of(invitation), NEW)
    assert (said.getvalue().count("/konto/invitasjon/…/"), invitation.token in said.getvalue()) == (2, False)


# --- who may make børser


def test_the_command_prints_a_link_that_gives_the_right_to_make_events(mail):
    out = StringIO()
    call_command("invite", "per@granfjord.example", "--name", "Per Bakken", stdout=out)
    path = out.getvalue().splitlines()[1].removeprefix("https://bors.example")
    assert OutgoingMail.objects.get().to == "per@granfjord.example"
    client = Client()
    assert "Lag din egen frivilligbørs" in client.get(path).content.decode()
    assert client.post(path, NEW)["Location"] == "/ny/"
    user = User.objects.get()
    assert (user.may_create_events, user.memberships.count()) == (True, 0)
    assert client.get("/ny/").status_code == 200


def test_the_command_refuses_what_is_no_address():
    with pytest.raises(CommandError, match="ikke en e-postadresse"):
        call_command("invite", "per")


@pytest.fixture
def listed(mail, settings):
    settings.ORGANISER_DOMAINS = ["granfjord.kommune.no", "bærum.example"]


def ask(email, **extra):
    return Client().post("/konto/ny/", {"email": email}, **extra)


@pytest.mark.parametrize(
    ("email", "may"),
    [
        ("per@granfjord.kommune.no", True),
        ("per@GRANFJORD.Kommune.no", True),
        ("per@bærum.example", True),
        ("per@skole.granfjord.kommune.no", False),
        ("per@ikkegranfjord.kommune.no", False),
        ("per@granfjord.kommune.no.example", False),
        ('"per@granfjord.kommune.no"@example.no', False),
        ("per@granfjord.\N{KELVIN SIGN}ommune.no", False),
        ("per", False),
    ],
)
def test_only_the_very_domains_that_are_listed_count(email, may, listed):
    assert may_ask_for_one(email) is may


def test_the_answer_is_the_same_for_who_is_listed_who_is_not_and_who_is_here_already(listed):
    make_user("kari", email="kari@granfjord.kommune.no", may_create_events=True)
    make_user("ola", email="ola@granfjord.kommune.no")
    pages = {}
    for who in (
        "per@granfjord.kommune.no",
        "per@andre.example",
        "kari@granfjord.kommune.no",
        "ola@granfjord.kommune.no",
    ):
        response = ask(who)
        pages[response.status_code, response.content.decode().replace(who, "…")] = who
    assert len(pages) == 1
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert sorted(mails) == [
        "kari@granfjord.kommune.no",
        "ola@granfjord.kommune.no",
        "per@granfjord.kommune.no",
    ]
    assert "Du har allerede en konto som kan det." in mails["kari@granfjord.kommune.no"]
    assert "https://bors.example/konto/logg-inn/" in mails["kari@granfjord.kommune.no"]
    assert "Du har allerede en konto her." in mails["ola@granfjord.kommune.no"]
    assert Invitation.objects.count() == 2


def test_one_address_gets_three_mails_a_day_and_who_asks_is_not_told(listed):
    for _turn in range(5):
        assert ask("per@granfjord.kommune.no").status_code == 200
        OutgoingMail.objects.update(status=MailStatus.SENT)
    assert (OutgoingMail.objects.count(), Invitation.objects.count()) == (3, 1)


def test_who_asks_again_and_again_from_one_place_has_to_wait_and_others_do_not(listed):
    answers = [ask(f"{number}@andre.example", REMOTE_ADDR="127.0.0.2").status_code for number in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert ask("per@granfjord.kommune.no").status_code == 200


@pytest.mark.parametrize("missing", ["domains", "mail", "address", "privacy"])
def test_where_it_can_not_be_done_it_says_whom_to_ask(missing, listed, settings):
    extra = {}
    if missing == "domains":
        settings.ORGANISER_DOMAINS = []
    elif missing == "mail":
        settings.HAS_MAIL = False
    elif missing == "address":
        settings.PUBLIC_URL = ""
    else:
        extra = ELSEWHERE
    html = Client().get("/konto/ny/", **extra).content.decode()
    assert ("Spør den som driver serveren" in html, 'name="email"' in html) == (True, False)
    assert ask("per@granfjord.kommune.no", **extra).status_code == 422
    assert (OutgoingMail.objects.count(), Invitation.objects.count()) == (0, 0)


def test_the_ways_there_are_shown_only_where_it_leads_somewhere(settings, mail):
    def ways():
        user = client_for(make_user())
        pages = [Client().get("/"), Client().get("/konto/logg-inn/"), user.get("/"), user.get("/ny/")]
        return [('href="/konto/ny/"' in page.content.decode(), page.status_code) for page in pages]

    settings.ORGANISER_DOMAINS = []
    assert ways() == [(False, 200), (False, 200), (False, 200), (False, 403)]
    settings.ORGANISER_DOMAINS = ["granfjord.kommune.no"]
    assert ways() == [(True, 200), (True, 200), (True, 200), (True, 403)]
