"""«Mine avtaler» on «min side»: whose contacts are shown to whom, and «Slik gikk det»."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.utils import timezone

from agreements.correcting import correct, withdraw
from agreements.enums import Outcome
from agreements.outcomes import report_outcome
from borsen.enums import Role
from participants.enums import Status
from participants.person_links import link_for, new_link
from tests.factories import make_agreement, make_contact, make_draft, make_open_event, make_participant
from tests.participants.pages import client_of, form_of, tree_of

pytestmark = pytest.mark.django_db
OTHER = ("per@bake.example", "922 33 444")


@pytest.fixture(autouse=True)
def outside(settings):
    settings.PUBLIC_URL = "https://bors.example"
    cache.clear()


@pytest.fixture
def event():
    return make_open_event("granfjord")


@pytest.fixture
def agreement(event):
    choir, baker = make_participant(event, "Koret"), make_participant(event, "Bakeren")
    make_contact(choir, "Kari", email="Kari@kor.example", phone="911 22 333")
    make_contact(baker, "Per", email=OTHER[0], phone=OTHER[1])
    return make_agreement(event, (choir, "Sang"), (baker, "Boller"))


@pytest.fixture
def kari(client, event, agreement):
    client.get(f"/granfjord/min-side/{link_for(event, 'kari@kor.example').token}/")
    return client


def seen(client, page="/granfjord/min-side/", **more):
    content = client.get(page, **more).content.decode()
    return [secret in content for secret in OTHER]


def words(response):
    return " ".join(" ".join(tree_of(response).itertext()).split())


def tell(client, **fields):
    page = "/granfjord/min-side/avtaler/1/"
    return client.post(page, form_of(client.get(page), "outcome") | fields)


def test_by_the_link_in_the_mail_the_other_party_can_be_reached(kari, agreement):
    said = words(kari.get("/granfjord/min-side/"))
    for expected in ("Mine avtaler", "Avtale nr. 1", "Bakeren gir Boller", "Koret tar første kontakt innen"):
        assert expected in said
    assert seen(kari) == [True, True]
    assert seen(kari, "/granfjord/min-side/avtaler/1/") == [True, True]
    assert agreement.receipt_token in kari.get("/granfjord/min-side/").content.decode()


def test_where_others_read_along_it_can_not(kari):
    for page in ("/granfjord/min-side/", "/granfjord/min-side/avtaler/1/"):
        assert seen(kari, page, REMOTE_ADDR="192.168.1.20") == [False, False]


def test_the_link_that_was_shown_proves_no_address_and_shows_no_contact(client, event, agreement):
    link = new_link(event)
    choir = event.participants.get(name="Koret")
    choir.registered_through, choir.status = link, Status.APPROVED
    choir.save()
    client.get(f"/granfjord/min-side/{link.token}/")
    assert "Bakeren gir Boller" in words(client.get("/granfjord/min-side/"))
    assert (seen(client), seen(client, "/granfjord/min-side/avtaler/1/")) == ([False] * 2, [False] * 2)


def test_a_withdrawn_one_is_marked_and_shows_no_contact(kari, agreement):
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert ("trukket tilbake" in words(kari.get("/granfjord/min-side/")), seen(kari)) == (True, [False, False])


def test_somebody_elses_agreement_is_404(kari, event):
    make_agreement(event)
    for number in (2, 2**31):
        assert kari.get(f"/granfjord/min-side/avtaler/{number}/").status_code == 404
        assert kari.post(f"/granfjord/min-side/avtaler/{number}/", {"outcome": "done"}).status_code == 404


def test_how_it_went_is_kept_with_who_told_it_and_every_report_stays(kari, agreement):
    before = agreement.event.feed_version
    assert tell(kari, outcome="running", note="Øver på tirsdager").status_code == 302
    tell(kari, outcome="done", note="")
    tell(kari, outcome="done", note="")
    agreement.refresh_from_db()
    reports = [(r.outcome, r.note, str(r.by_party), r.by_user) for r in agreement.outcome_reports.all()]
    assert reports == [("running", "Øver på tirsdager", "Koret", None), ("done", "", "Koret", None)]
    agreement.event.refresh_from_db()
    assert (agreement.outcome, agreement.event.feed_version) == (Outcome.DONE, before)
    assert "Slik gikk det: Gjennomført" in words(kari.get("/granfjord/min-side/"))


def test_what_can_not_be_kept_is_shown_again_as_it_was_typed(kari, agreement):
    page = tell(kari, outcome="perhaps", note="Nesten")
    assert (page.status_code, "Nesten" in page.content.decode()) == (422, True)
    assert agreement.outcome_reports.count() == 0


def test_the_form_can_be_sent_after_the_page_has_closed(kari, agreement, event):
    form = form_of(kari.get("/granfjord/min-side/avtaler/1/"), "outcome")
    kari.post("/granfjord/min-side/lukk/")
    assert kari.post("/granfjord/min-side/avtaler/1/", form | {"outcome": "done"}).status_code == 302
    assert agreement.outcome_reports.count() == 1


def test_both_parties_may_tell_and_a_correction_keeps_who_told(agreement, event):
    first, second = agreement.parties.all()
    for party, outcome in ((first, Outcome.RUNNING), (second, Outcome.DONE)):
        report_outcome(party=party, outcome=outcome, now=timezone.now())
    stays, new = first.participant, make_participant(event, "Ny")
    draft = replace(make_draft(event, (stays, "Sang"), (new, "Kaker")), key=agreement.key)
    agreement.refresh_from_db()
    correct(agreement=agreement, draft=draft, expected_version=agreement.version, by=None, now=timezone.now())
    told = [str(report.by_party) for report in agreement.outcome_reports.all()]
    assert (told, agreement.outcome_reports.count()) == (["Koret", "None"], 2)


def test_of_a_withdrawn_agreement_nothing_is_told(agreement):
    party = agreement.parties.first()
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert report_outcome(party=party, outcome=Outcome.DONE, now=timezone.now()) is None
    assert agreement.outcome_reports.count() == 0


def test_the_part_asks_the_same_for_one_and_for_three(kari, event, django_assert_max_num_queries):
    choir = event.participants.get(name="Koret")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as asked:
            kari.get("/granfjord/min-side/")
        counts.append(len(asked))
        for _ in range(2):
            make_agreement(event, (choir, "Sang"), (make_participant(event), "Boller"))
    assert counts[0] == counts[1]


def test_what_was_told_is_read_by_the_other_party_and_by_who_arranges_it(client, event, agreement):
    choir, baker = agreement.parties.all()
    report_outcome(party=choir, outcome=Outcome.RUNNING, note="Vi øver, ring 911 22 333", now=timezone.now())
    report_outcome(party=baker, outcome=Outcome.DONE, note="Det ble en fest", now=timezone.now())
    client.get(f"/granfjord/min-side/{link_for(event, OTHER[0]).token}/")
    said = words(client.get("/granfjord/min-side/"))
    assert [text in said for text in ("Gjennomført Det ble en fest", "Vi øver, ring …", "I gang")] == [True] * 3
    page = client_of(event, Role.COORDINATOR).get(agreement.get_absolute_url())
    assert [text in words(page) for text in ("Det ble en fest", "Vi øver, ring 911 22 333")] == [True] * 2
    page = client_of(event, Role.BROKER).get(agreement.get_absolute_url())
    assert [text in words(page) for text in ("Vi øver, ring …", "911 22 333")] == [True, False]


def test_what_waits_to_be_looked_at_shows_no_contact_yet(kari, agreement):
    agreement.needs_review = "Se på teksten."
    agreement.save()
    assert seen(kari) == [False, False]
    assert "Arrangøren ser over avtalen" in words(kari.get("/granfjord/min-side/"))
