"""The parties' copies by e-mail: who gets them, what stands in them, and what becomes of them after a change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.copies import ROOM_FOR_CORRECTIONS, send_again
from agreements.correcting import correct, restore, withdraw
from agreements.drafts import Draft, PartyDraft
from agreements.registering import register
from agreements.showing import review
from borsen.devices import SIMULATED, make_device
from borsen.enums import MailKind, MailStatus, Role
from participants.proposals import as_written
from participants.registering import change
from tests.factories import (
    make_agreement,
    make_contact,
    make_draft,
    make_event,
    make_mail,
    make_member,
    make_open_event,
    make_participant,
    make_user,
)
from tests.participants.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings):
    settings.PUBLIC_URL = "https://bors.example"
    settings.HAS_MAIL = True


@pytest.fixture
def event():
    return make_open_event("granfjord", name="Granfjordbørsen")


def side(event, name, *contacts):
    participant = make_participant(event, name)
    for who, email, phone in contacts:
        make_contact(participant, who, email=email, phone=phone)
    return participant


@pytest.fixture
def choir(event):
    return side(event, "Koret", ("Kari", "Kari@kor.example", "911 22 333"))


@pytest.fixture
def baker(event):
    return side(event, "Bakeren", ("Per", "per@bake.example", "922 33 444"))


@pytest.fixture
def agreement(event, choir, baker):
    return make_agreement(event, (choir, "Sang"), (baker, "Boller"))


def mails(event):
    return list(event.mails.filter(kind=MailKind.COPY).order_by("pk"))


def told(event):
    return [(mail.to, mail.subject.split(" ")[0]) for mail in mails(event)]


def all_sent(event):
    event.mails.update(status=MailStatus.SENT)


def draft_of(agreement, **fields) -> Draft:
    parties = tuple(PartyDraft(party.participant, gives=party.gives) for party in agreement.parties.all())
    return replace(
        Draft(key=agreement.key, category=agreement.category, parties=parties, summary=agreement.summary), **fields
    )


def corrected(agreement, **fields):
    agreement.refresh_from_db()
    draft = draft_of(agreement, **fields)
    return correct(agreement=agreement, draft=draft, expected_version=agreement.version, by=None, now=timezone.now())


def test_each_party_gets_the_others_contact_what_is_given_and_who_calls_first(event, agreement):
    first, second = mails(event)
    assert (first.to, second.to) == ("kari@kor.example", "per@bake.example")
    assert first.subject == f"Kopi av avtale nr. {agreement.number} på Granfjordbørsen"
    assert (first.about, first.status) == (f"agreement:{agreement.pk}", MailStatus.WAITING)
    for words in ("Hei Kari!", "Koret gir: Sang", "Bakeren gir: Boller", "– Per, 922 33 444, per@bake.example"):
        assert words in first.body
    assert "Koret tar første kontakt innen " in first.body
    assert f"https://bors.example/granfjord/kvittering/{agreement.receipt_token}/" in first.body
    link = event.person_links.get(email="kari@kor.example")
    assert f"https://bors.example/granfjord/min-side/{link.token}/" in first.body
    assert ("911 22 333" in first.body, "911 22 333" in second.body) == (False, True)
    assert link.token not in second.body
    assert first.next_try_at > first.made_at + ROOM_FOR_CORRECTIONS - timedelta(minutes=1)


def test_without_an_address_of_its_own_the_copy_has_no_links_and_no_link_is_made(event, choir, baker, settings):
    settings.PUBLIC_URL = ""
    make_agreement(event, choir, baker)
    assert ["http" in mail.body or "/granfjord/" in mail.body for mail in mails(event)] == [False, False]
    assert event.person_links.count() == 0


def test_without_a_mail_server_the_copy_is_held(event, choir, baker, settings):
    settings.HAS_MAIL = False
    make_agreement(event, choir, baker)
    assert [mail.status for mail in mails(event)] == [MailStatus.HELD, MailStatus.HELD]


def test_who_speaks_for_both_gets_one_and_who_has_no_address_gets_none(event):
    both = ("Kari", "kari@kor.example", "")
    make_agreement(event, side(event, "Koret", both), side(event, "Korpset", both), side(event, "Uten", ("Nn", "", "")))
    assert told(event) == [("kari@kor.example", "Kopi")]


def test_the_chosen_contact_gets_it_alone_and_all_of_them_when_it_has_no_address(event, baker):
    choir = side(event, "Koret", ("Kari", "kari@kor.example", ""), ("Liv", "liv@kor.example", ""), ("Tor", "", "1"))
    _kari, liv, tor = choir.contacts.all()
    for contact, expected in ((liv, {"liv@kor.example"}), (tor, {"kari@kor.example", "liv@kor.example"})):
        event.mails.all().delete()
        draft = make_draft(event, (choir, "Sang"), (baker, "Boller"))
        first = replace(draft.parties[0], contact=contact)
        draft = replace(draft, parties=(first, draft.parties[1]))
        register(event=event, draft=draft, by=None, now=timezone.now())
        assert {mail.to for mail in mails(event)} == expected | {"per@bake.example"}
        assert (f"– {contact.name}" in mails(event)[-1].body) is True


def test_the_same_form_again_queues_nothing_more(event, choir, baker):
    draft = make_draft(event, choir, baker)
    for _ in range(2):
        register(event=event, draft=draft, by=None, now=timezone.now())
    assert len(mails(event)) == 2


def test_a_correction_before_it_has_left_is_in_it(event, agreement, baker):
    corrected(agreement, summary="Sang mot horn")
    assert told(event) == [("kari@kor.example", "Kopi"), ("per@bake.example", "Kopi")]
    assert ["Sang mot horn" in mail.body for mail in mails(event)] == [True, True]


def keeps(participant, *names):
    """Let the participant keep the contacts with these names and no other."""
    draft = as_written(participant)
    kept = [contact for contact in draft.contacts if contact.name in names]
    change(participant=participant, draft=replace(draft, contacts=kept))


def test_a_contact_who_is_taken_away_before_it_has_left_gets_none(event, baker):
    choir = side(event, "Koret", ("Kari", "kari@kor.example", ""), ("Mona", "mona@kor.example", ""))
    make_agreement(event, choir, baker)
    assert {mail.to for mail in mails(event)} == {"kari@kor.example", "mona@kor.example", "per@bake.example"}
    keeps(choir, "Mona")
    assert {mail.to for mail in mails(event)} == {"mona@kor.example", "per@bake.example"}


def test_a_contact_who_still_speaks_for_another_gets_it_all_the_same(event, choir, baker, agreement):
    side(event, "Turlaget", ("Kari", "kari@kor.example", ""))
    keeps(choir)
    assert {mail.to for mail in mails(event)} == {"kari@kor.example", "per@bake.example"}


def test_withdrawn_before_it_has_left_nothing_is_sent_and_restored_it_is(event, agreement):
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert mails(event) == []
    restore(agreement=agreement, by=None, now=timezone.now())
    assert told(event) == [("kari@kor.example", "Kopi"), ("per@bake.example", "Kopi")]


def test_a_correction_afterwards_is_told_only_when_the_parties_see_another_thing(event, agreement):
    all_sent(event)
    corrected(agreement, first_time="yes")
    assert len(mails(event)) == 2
    corrected(agreement, summary="Sang mot horn")
    assert told(event)[2:] == [("kari@kor.example", "Rettet"), ("per@bake.example", "Rettet")]


def test_who_is_no_party_any_more_is_told_so_without_the_new_partys_contact(event, agreement):
    all_sent(event)
    new = side(event, "Slakteren", ("Siv", "siv@slakt.example", "933 44 555"))
    choir = agreement.parties.first()
    corrected(agreement, parties=(PartyDraft(choir.participant, gives="Sang"), PartyDraft(new, gives="Pølser")))
    latest = {mail.to: mail for mail in mails(event)[2:]}
    assert set(latest) == {"kari@kor.example", "siv@slakt.example", "per@bake.example"}
    assert "du står ikke lenger som kontaktperson" in latest["per@bake.example"].body
    assert ("933 44 555" in latest["per@bake.example"].body, "911 22 333" in latest["per@bake.example"].body) == (
        False,
        False,
    )


def test_withdrawn_afterwards_gives_each_one_short_notice_and_restored_the_copy_again(event, agreement):
    all_sent(event)
    for _ in range(2):
        withdraw(agreement=agreement, by=None, now=timezone.now())
    notices = mails(event)[2:]
    assert [mail.subject for mail in notices] == ["Avtale nr. 1 på Granfjordbørsen er trukket tilbake"] * 2
    assert ["922 33 444" in mail.body or "/kvittering/" in mail.body for mail in notices] == [False, False]
    all_sent(event)
    restore(agreement=agreement, by=None, now=timezone.now())
    assert [subject for _to, subject in told(event)[4:]] == ["Rettet", "Rettet"]


def test_what_must_be_looked_at_waits_until_it_has_been(event, choir, baker):
    draft = make_draft(event, choir, baker)
    remarks = ("Se på den.",)
    agreement = register(event=event, draft=draft, by=None, now=timezone.now(), remarks=remarks).agreement
    assert mails(event) == []
    review(agreement=agreement, by=None, now=timezone.now())
    assert len(mails(event)) == 2


def test_the_demo_and_simulated_tablets_write_to_nobody(choir, baker, event):
    demo = make_open_event("demo")
    pair = [side(demo, name, (name, f"{name}@bors.no", "")) for name in ("a", "b")]
    make_agreement(demo, *pair)
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label=f"{SIMULATED} 1")
    draft = make_draft(event, choir, baker)
    register(event=event, draft=draft, by=device.user, device=device, now=timezone.now())
    assert (mails(demo), mails(event)) == ([], [])


@pytest.mark.parametrize("count", [2, 6])
def test_copies_cost_a_registration_four_queries_however_many_parties(event, count, django_assert_num_queries):
    parties = [side(event, f"Lag {n}", (f"K{n}", f"k{n}@lag.example", "")) for n in range(count)]
    draft, now = make_draft(event, *parties), timezone.now()
    with django_assert_num_queries(PLAIN + 4):
        register(event=event, draft=draft, by=None, now=now)


# What a registration asks without anybody to write to, less the look for contacts.
PLAIN = 10


# --- by hand


def press(client, agreement):
    return client.post(f"{agreement.get_absolute_url()}kopi/", follow=True).content.decode()


def test_the_coordinator_sends_it_again_and_sees_how_far_it_has_come(event, agreement):
    all_sent(event)
    page = press(client_of(event, Role.COORDINATOR), agreement)
    assert ("2 kopier sendes nå." in page, "2 sendt, 2 venter på å bli sendt" in page) == (True, True)
    assert ("Send kopi på nytt" in page, "/e-post/" in page) == (True, False)
    assert "/e-post/" in client_of(event).get(agreement.get_absolute_url()).content.decode()
    press(client_of(event), agreement)
    assert len(mails(event)) == 4


def test_a_broker_neither_sends_nor_sees_it(event, agreement):
    client = client_of(event, Role.BROKER)
    assert client.post(f"{agreement.get_absolute_url()}kopi/").status_code == 403
    assert "Send kopi på nytt" not in client.get(agreement.get_absolute_url()).content.decode()


def test_nothing_is_sent_again_of_what_is_withdrawn(event, agreement):
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert (send_again(agreement=agreement), mails(event)) == (0, [])


def test_other_mails_are_left_alone(event, agreement):
    make_member(make_event(), Role.BROKER)
    mine = make_mail(event, about=f"agreement:{agreement.pk}0", kind=MailKind.COPY)
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert mails(event) == [mine]


def test_that_one_of_two_contacts_is_chosen_afterwards_is_told(event, choir, baker, agreement):
    make_contact(baker, "Ola", email="ola@bake.example")
    send_again(agreement=agreement)
    all_sent(event)
    before = len(mails(event))
    per = baker.contacts.get(name="Per")
    corrected(agreement, parties=(PartyDraft(choir, gives="Sang"), PartyDraft(baker, gives="Boller", contact=per)))
    news = [(mail.to, mail.subject.split(" ")[0]) for mail in mails(event)[before:]]
    assert news == [("kari@kor.example", "Rettet"), ("ola@bake.example", "Avtale")]


def test_who_was_told_that_they_are_no_party_hears_no_more_of_it(event, choir, agreement):
    all_sent(event)
    bank = side(event, "Banken", ("Bo", "bo@bank.example", ""))
    changed = corrected(agreement, parties=(PartyDraft(choir, gives="Sang"), PartyDraft(bank, gives="Rom")))
    all_sent(event)
    before = len(mails(event))
    withdraw(agreement=changed, by=None, now=timezone.now())
    assert [mail.to for mail in mails(event)[before:]] == ["kari@kor.example", "bo@bank.example"]


def test_what_a_simulated_tablet_has_registered_is_not_sent_again_either(event, agreement):
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label=f"{SIMULATED} 1")
    event.agreements.update(device=device)
    before = len(mails(event))
    page = client_of(event, Role.COORDINATOR).post(f"{agreement.get_absolute_url()}kopi/", follow=True)
    assert (len(mails(event)), "får ikke e-post" in page.content.decode()) == (before, True)
