"""The jury's pages, and the star that suggests."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.awards import Winner, awards_of, give, reveal, set_star
from agreements.correcting import withdraw
from agreements.models import Star
from borsen.enums import Role
from display import feed
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_award, make_member, make_open_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def jury(event):
    return client_for(make_member(event, Role.STAGE))


def address(name, event, *arguments):
    return reverse(f"prize.{name}", args=[event.slug, *arguments])


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_an_event_without_prizes_offers_the_usual_ones_and_a_tap_makes_one(jury, event):
    page = jury.get(address("list", event)).content.decode()
    assert "Ingen priser ennå." in page
    page = jury.post(address("add", event), {"title": "Årets avtale"}, follow=True).content.decode()
    assert ("+ Årets avtale" in page, "Ingen er valgt ennå." in page) == (False, True)
    assert [award.title for award in awards_of(event)] == ["Årets avtale"]


@pytest.mark.parametrize("title", ["", " ", "x" * 81])
def test_a_prize_without_a_name_or_with_too_long_a_one_is_refused_in_words(jury, event, title):
    response = jury.post(address("add", event), {"title": title}, follow=True)
    assert said(response) == ["Skriv hva prisen heter, med høyst 80 tegn."]
    assert awards_of(event) == []


def test_the_jury_sees_those_with_stars_first_and_a_search_finds_agreements_and_participants(jury, event):
    kiwano = make_participant(event, "Kafé Kiwano")
    first = make_agreement(event, (kiwano, "Lapskaus"), make_participant(event))
    second = make_agreement(event)
    set_star(agreement=first, by=make_member(event, Role.BROKER), is_on=True, now=timezone.now())
    award = make_award(event)
    page = jury.get(address("winner", event, award.pk))
    assert [row.number for row in page.context["found"].agreements] == [first.number, second.number]
    page = jury.get(address("winner", event, award.pk), {"q": "KAFÉ kiw"})
    found = page.context["found"]
    assert ([row.number for row in found.agreements], found.participants) == ([first.number], [(kiwano, 1)])


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_takes_the_same_number_of_queries_however_many_agreements(
    jury, event, number, django_assert_max_num_queries
):
    for _ in range(number):
        make_agreement(event)
    award = make_award(event)
    with django_assert_max_num_queries(13):
        jury.get(address("winner", event, award.pk))


def test_a_winner_is_chosen_changed_and_taken_away(jury, event):
    agreement, participant = make_agreement(event), make_participant(event)
    award = make_award(event)
    outcomes = []
    for value in (f"agreement-{agreement.number}", f"participant-{participant.pk}", ""):
        jury.post(address("winner", event, award.pk), {"winner": value})
        award.refresh_from_db()
        outcomes.append((award.agreement, award.participant))
    assert outcomes == [(agreement, None), (None, participant), (None, None)]


def test_nobody_from_another_event_and_nothing_withdrawn_can_win(jury, event):
    elsewhere = make_open_event()
    for _ in range(2):
        make_agreement(elsewhere)
    stranger = make_participant(elsewhere)
    gone = make_agreement(event)
    withdraw(agreement=gone, by=None, now=timezone.now())
    award, theirs = make_award(event), make_award(elsewhere)
    wrong = (
        f"participant-{stranger.pk}",
        f"agreement-{gone.number}",
        "agreement-2",
        "user-1",
        "agreement-x",
        "agreement-",
    )
    for value in wrong:
        response = jury.post(address("winner", event, award.pk), {"winner": value}, follow=True)
        assert [text.split(":")[0] for text in said(response)] == ["Den kan ikke få prisen lenger"]
    for name in ("winner", "words", "show", "hide", "remove"):
        assert jury.post(address(name, event, theirs.pk)).status_code == 404
    award.refresh_from_db()
    assert (award.agreement, award.participant, awards_of(elsewhere)) == (None, None, [theirs])


@pytest.mark.parametrize("name", ["winner", "words", "show", "hide", "remove"])
def test_a_prize_that_another_juror_has_taken_away_is_said_to_be_gone_and_words_are_not_lost(jury, event, name):
    award = make_award(event)
    pk = award.pk
    award.delete()
    response = jury.post(address(name, event, pk), {"title": "x", "reason": "Min grunn"}, follow=True)
    lost = " Du skrev: «Min grunn»" if name == "words" else ""
    assert said(response) == ["En annen har tatt bort prisen." + lost]


def test_a_tap_reveals_on_the_screen_and_another_takes_it_back(jury, event):
    agreement = make_agreement(event, summary="Radioverksted")
    award = make_award(event, agreement=agreement)
    event.scene, event.scene_chosen_at = "result", timezone.now()
    event.save()
    response = jury.post(address("show", event, award.pk), {"winner": f"agreement-{agreement.number}"}, follow=True)
    assert said(response) == ["«Årets avtale» er avslørt."]
    assert [prize.winner for prize in feed.snapshot(event.pk).prizes] == ["Radioverksted"]
    response = jury.post(address("hide", event, award.pk), follow=True)
    assert said(response) == ["«Årets avtale» er tatt bort fra skjermen."]
    assert feed.snapshot(event.pk).prizes == ()


def test_a_prize_that_nobody_has_won_says_so_instead_of_being_revealed(jury, event):
    response = jury.post(address("show", event, make_award(event).pk), follow=True)
    assert said(response) == ["Velg først hvem som får prisen."]


def test_words_are_kept_and_too_many_are_refused(jury, event):
    award = make_award(event)
    response = jury.post(
        address("words", event, award.pk), {"title": "Juryens pris", "reason": "Den rørte oss."}, follow=True
    )
    award.refresh_from_db()
    assert said(response) == ["Lagret."]
    assert (award.title, award.reason) == ("Juryens pris", "Den rørte oss.")
    response = jury.post(address("words", event, award.pk), {"title": "Juryens pris", "reason": "x" * 301}, follow=True)
    assert said(response) == ["Ikke lagret. Navnet kan ha 80 tegn og begrunnelsen 300."]


def test_a_prize_is_taken_away(jury, event):
    award = make_award(event, agreement=make_agreement(event))
    reveal(award=award, now=timezone.now())
    jury.post(address("remove", event, award.pk))
    assert awards_of(event) == []


def test_the_organiser_reveals_in_the_control_room_and_stays_there(client, event):
    organiser = client_for(event.memberships.get(role=Role.ORGANISER).user)
    award = make_award(event, agreement=make_agreement(event))
    form = {"next": reverse("control", args=[event.slug]), "winner": f"agreement-{award.agreement.number}"}
    response = organiser.post(address("show", event, award.pk), form)
    assert response["Location"] == reverse("control", args=[event.slug])
    page = organiser.get(response["Location"]).content.decode()
    assert ("Klar til «Resultat»" in page, "Årets avtale" in page) == (True, True)


def test_a_star_is_given_and_taken_back_by_a_tablet_and_by_a_page(event):
    agreement = make_agreement(event)
    broker = client_for(make_member(event, Role.BROKER))
    url = reverse("agreement.star", args=[event.slug, agreement.number])
    answers = [broker.post(url, {"want": want}, headers={"Accept": "application/json"}) for want in ("1", "0", "1")]
    assert [answer.json() for answer in answers] == [{"star": True}, {"star": False}, {"star": True}]
    page = broker.get(agreement.get_absolute_url()).content.decode()
    assert ('aria-pressed="true"' in page, Star.objects.count()) == (True, 1)
    response = broker.post(url, {"want": "0"}, follow=True)
    assert (said(response), Star.objects.count()) == (["Forslaget er tatt tilbake."], 0)


def test_another_winner_than_the_one_that_was_read_is_not_revealed(jury, event):
    first, second = make_agreement(event), make_agreement(event)
    award = make_award(event, agreement=first)
    give(award=award, winner=Winner(agreement=second))
    response = jury.post(address("show", event, award.pk), {"winner": f"agreement-{first.number}"}, follow=True)
    award.refresh_from_db()
    assert (award.shown_at, said(response)[0].startswith("En annen i juryen har byttet vinner.")) == (None, True)


def test_a_prize_that_is_revealed_before_its_time_is_said_to_come_with_the_result(jury, event):
    award = make_award(event, agreement=make_agreement(event))
    form = {"winner": f"agreement-{award.agreement.number}"}
    response = jury.post(address("show", event, award.pk), form, follow=True)
    assert said(response) == ["«Årets avtale» kommer fram når storskjermen viser «Resultat»."]
