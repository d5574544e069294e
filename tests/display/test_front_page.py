"""The front page of an event, for who has no role there: three states, and nothing that is not for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from agreements.showing import hide
from borsen.clock import close_hour
from borsen.enums import Role, Sector
from borsen.events import HostDraft
from borsen.models import Event
from display.front_page import what_it_is
from display.programme import Line, lines
from participants.enums import Status
from tests.borsen.addresses import client_for
from tests.borsen.test_valid_html import faults
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
    make_user,
)

pytestmark = pytest.mark.django_db

MAIL, PHONE = "kari.granli@example.org", "412 34 567"
SAID = {
    "place": "Lillesalen",
    "theme": "Sammen får vi til mer",
    "practical": "Heis til andre etasje.\n\nBuss 12.",
    "programme": "Kl. 17.30: Kaffe\nSkolekorpset spiller\n18.00–19.00 Børstimen",
    "film_url": "https://film.example/bors",
    "ask_whom": "Sentralen, post@sentralen.example, 22 33 44 55",
    "thanks": "Så mange hender!",
    "next_date": "torsdag 4. mars 2027",
    "challenges": ["Eldre og ensomhet"],
    "hosts": [
        HostDraft("Granfjord kommune", Sector.PUBLIC, "Lys og lyd", "https://kommune.example/"),
        HostDraft("Sentralen", Sector.VOLUNTARY),
    ],
}
HEADINGS = {
    "what": "Hva er en frivilligbørs?",
    "challenges": "Det vi vil gjøre noe med",
    "film": "Se en film om børsen",
    "programme": "Program</h2>",
    "prepare": "Slik forbereder du deg",
    "where": "Når og hvor",
    "calendar": "/kalender.ics",
    "who": "Hvem som kommer",
    "ask": "Spørsmål?",
    "hosts": 'id="hosts"',
    "newest": "Den nyeste avtalen",
    "result": "Dette ble resultatet",
    "thanks": "Takk!",
    "next": "Neste børs:",
    "join": ">Meld på</a>",
    "screen": "/storskjerm/",
    "catalogue": "/katalog/",
}


def page(event, user=None, query=""):
    response = client_for(user).get(f"/{event.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def parts(html):
    return {name for name, words in HEADINGS.items() if words in html}


def over(event):
    """The event once the minutes after its closing gong have gone."""
    now = timezone.now()
    close_hour(event=event, now=now)
    Event.objects.filter(pk=event.pk).update(closed_at=now - timedelta(minutes=event.grace_minutes + 1))
    return Event.objects.get(pk=event.pk)


def test_before_the_hour_it_says_what_when_where_who_and_how_to_register():
    event = make_event("granfjord", registration_open=True, catalogue_published=True, **SAID)
    make_participant(event, sector=Sector.BUSINESS)
    html = page(event)
    assert parts(html) == set(HEADINGS) - {"newest", "result", "thanks", "next", "screen"}
    assert html.count("Lillesalen") >= 2
    assert ("Heis til andre etasje." in html, "Lys og lyd" in html, "1 er påmeldt til nå." in html) == (True,) * 3
    assert 'href="/granfjord/pamelding/"' in html
    assert 'href="mailto:post@sentralen.example"' in html


def test_in_the_hour_it_shows_the_number_the_newest_agreements_and_the_time_that_is_left():
    event = make_open_event("granfjord", published=True, registration_open=True, **SAID)
    baker = make_participant(event, "Bakeren", sector=Sector.BUSINESS)
    make_agreement(event, (baker, "Boller"), (make_participant(event, "Koret"), "Sang"), summary="Sang mot boller")
    html = page(event)
    assert parts(html) == set(HEADINGS) - {"prepare", "who", "result", "thanks", "next", "catalogue"}
    assert "<span" in html.split("hat-number")[1]
    assert ("Sang mot boller" in html, "Bakeren" in html, "avtale så langt" in html) == (True,) * 3
    assert "50 minutter" in html


def test_after_the_hour_it_tells_the_result_thanks_the_hosts_and_names_the_next_date():
    event = make_open_event("granfjord", page_published=True, registration_open=True, **SAID)
    make_agreement(event)
    html = page(over(event))
    assert parts(html) == {"what", "challenges", "film", "ask", "hosts", "result", "thanks", "next"}
    assert "Takk til Granfjord kommune og Sentralen, til meglerne og til alle som var med." in html
    assert ("Så mange hender!" in html, "torsdag 4. mars 2027" in html) == (True, True)
    assert "av 2 deltakere inngikk minst én avtale" in html


def test_what_nobody_has_written_leaves_no_empty_box():
    assert parts(page(make_event(page_published=True))) == {"what", "prepare", "where", "calendar"}
    assert parts(page(make_open_event(page_published=True))) == {"what", "where", "calendar"}
    assert parts(page(over(make_open_event(page_published=True)))) == {"what", "result", "thanks"}


@pytest.mark.parametrize("setting", ["published", "page_published", "registration_open"])
def test_who_has_no_role_gets_the_front_page_and_members_the_overview(setting):
    event = make_event(**{setting: True})
    for stranger in (None, make_user(), make_event().memberships.get().user):
        assert "Slik forbereder du deg" in page(event, stranger)
    for role in Role:
        html = page(event, make_member(event, role))
        assert ("Slik forbereder du deg" in html, "?vis=forside" in html) == (False, True)


def test_members_see_the_front_page_as_others_do_also_before_it_is_open():
    event = make_event(hosts=[HostDraft("Sentralen", Sector.VOLUNTARY)])
    broker = make_member(event, Role.BROKER)
    html = page(event, broker, "?vis=forside")
    assert parts(html) - {"screen", "catalogue"} == {"what", "prepare", "where", "calendar", "hosts"}
    assert "Bare dere ser den nå." in html
    assert "vis=forside" in html.split('hx-get="')[1].split('"')[0]
    assert client_for().get(f"/{event.slug}/?vis=forside").status_code == 302
    assert client_for(make_user()).get(f"/{event.slug}/?vis=forside").status_code == 404


def test_agreements_are_named_only_where_the_storskjerm_is_for_everybody():
    event = make_open_event(page_published=True)
    make_agreement(event, summary="Sang mot boller")
    html = page(event)
    assert ("avtale så langt" in html, "Sang mot boller" in html) == (True, False)


def leaky_event():
    """A børs in its hour with contact details and names in every column that somebody may have written them in."""
    leak = f"Ring Kari Granli {PHONE} eller {MAIL}"
    event = make_open_event(
        "granfjord", published=True, registration_open=True, catalogue_published=True,
        theme=f"Tema {PHONE} {MAIL}", programme=f"18.00 Velkommen {MAIL}\n{PHONE}", thanks=f"Takk {PHONE}",
        next_date=f"I mars {PHONE}", challenges=[f"Ensomhet {MAIL}"],
        hosts=[HostDraft("Sentralen", Sector.VOLUNTARY, f"Kaffe {PHONE} {MAIL}")],
    )  # fmt: skip
    for status in Status:
        participant = make_participant(
            event, f"{status.label} forening", status=status, description=leak, place="Bord 4", org_number="999990002"
        )
        make_contact(participant, "Kari Granli", email=MAIL, phone=PHONE)
        make_resource(participant, leak, details=leak)
    person = make_participant(event, "Frivillig (Torunn)", sector=Sector.INDIVIDUAL)
    make_contact(person, "Torunn Granheim", email=MAIL, phone=PHONE)
    shop = make_participant(event, f"Butikken {MAIL}", sector=Sector.BUSINESS)
    broker = make_member(event, Role.BROKER, "berit")
    now = timezone.now()
    hidden = make_agreement(event, summary="Skjult avtale", by=broker)
    hide(agreement=hidden, by=broker, now=now)
    doubtful = make_agreement(event, summary="Tvilsom avtale", by=broker)
    Agreement.objects.filter(pk=doubtful.pk).update(needs_review="Ser ut som penger")
    withdrawn = make_agreement(event, summary="Trukket avtale", by=broker)
    Agreement.objects.filter(pk=withdrawn.pk).update(withdrawn_at=now)
    make_agreement(
        event, (person, f"En prat {PHONE}"), (shop, f"Kaffe {MAIL}"), summary=f"Prat {PHONE}", details=leak, by=broker
    )
    return event


@pytest.mark.parametrize("state", ["before", "hour", "over"])
def test_no_person_contact_details_or_hidden_agreement_stands_on_it(state):
    event = leaky_event()
    if state == "before":
        Event.objects.filter(pk=event.pk).update(opened_at=None, closes_at=None)
    if state == "over":
        over(event)
    html = page(event)
    forbidden = [
        MAIL, PHONE, PHONE.replace(" ", ""), "Kari", "Granli ", "Torunn", "Granheim", "berit", "Skjult avtale",
        "Tvilsom avtale", "Trukket avtale", "Ny forening", "Avmeldt forening", "999990002", "Bord 4", "ut som penger",
    ]  # fmt: skip
    assert [words for words in forbidden if words in html] == []
    shown = [words in html for words in ("Frivillig enkeltperson", "En prat …", "Butikken …")]
    assert shown == {"before": [True, False, False], "hour": [True] * 3, "over": [False] * 3}[state]
    if state != "before":
        assert '<span class="hat-number__figure">3</span>' in html


def test_markup_and_long_words_are_only_text():
    text = "<script>alert(1)</script>"
    event = make_event(
        page_published=True, name=f"Børs {text}", theme=text, place=text, practical=f"{text} http://x.example/{text}",
        programme=f"18.00 {text}", ask_whom=text, challenges=[text], hosts=[HostDraft(text, Sector.PUBLIC, text)],
    )  # fmt: skip
    html = page(event)
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 9
    assert faults(html) == []


@pytest.mark.parametrize("state", ["before", "hour", "over"])
def test_the_page_is_valid_html_for_everybody(state):
    event = make_event(registration_open=True, **SAID) if state == "before" else make_open_event(published=True, **SAID)
    if state != "before":
        make_agreement(event)
        make_agreement(event)
    if state == "over":
        event = over(event)
    organiser = event.memberships.get().user
    assert [faults(page(event)), faults(page(event, organiser, "?vis=forside"))] == [[], []]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("state", "queries"),
    # The event; who takes part, the door; hosts, challenges. In the hour: the number, the newest and their parties.
    # After it: the number, in full (2), categories, sectors, resources.
    [("before", 5), ("hour", 8), ("over", 11)],
)
def test_the_page_takes_as_many_queries_for_many_as_for_few(number, state, queries, django_assert_num_queries):
    hosts = [HostDraft(f"Vert {place}", Sector.PUBLIC) for place in range(number)]
    challenges = [f"Problem {place}" for place in range(number)]
    event = make_open_event(published=True, hosts=hosts, challenges=challenges)
    for _number in range(number):
        make_agreement(event)
    if state == "before":
        Event.objects.filter(pk=event.pk).update(opened_at=None, closes_at=None)
    if state == "over":
        over(event)
    with django_assert_num_queries(queries):
        client_for().get(event.get_absolute_url())


def poll(html):
    return client_for().get(html.split('hx-get="')[1].split('"')[0], headers={"HX-Request": "true"})


def test_an_open_page_follows_the_hour_by_itself(django_assert_num_queries):
    event = make_event(published=True)
    before = page(event)
    with django_assert_num_queries(1):
        assert poll(before).status_code == 204
    Event.objects.filter(pk=event.pk).update(opened_at=timezone.now(), closes_at=timezone.now() + timedelta(minutes=60))
    struck = poll(before)
    assert (struck.status_code, struck["HX-Refresh"]) == (204, "true")
    in_hour = page(event)
    with django_assert_num_queries(1):
        assert "HX-Refresh" not in poll(in_hour)
    make_agreement(event, summary="Sang mot boller")
    changed = poll(in_hour)
    html = changed.content.decode()
    assert changed.status_code == 200
    assert ("Sang mot boller" in html, "<html" in html, "Hva er en frivilligbørs?" in html) == (True, False, False)
    assert poll(html).status_code == 204
    over(event)
    assert poll(html)["HX-Refresh"] == "true"
    assert "hx-get" not in page(event)


def test_every_line_of_the_programme_is_kept():
    text = "Kl. 17.30: Kaffe\n\n  Skolekorpset spiller\n- 18:00 – kl. 19.00 Børstimen\n19.10 Premier"
    assert lines(Event(programme=text)) == [
        Line("17.30", "Kaffe"),
        Line("", "Skolekorpset spiller"),
        Line("18:00 – kl. 19.00", "Børstimen"),
        Line("19.10", "Premier"),
    ]


def test_what_it_is_takes_some_forty_words_and_the_length_of_the_hour():
    assert 35 <= len(what_it_is(Event(minutes=60)).split()) <= 45
    assert "i én time går" in what_it_is(Event(minutes=60))
    assert "i 45 minutter går" in what_it_is(Event(minutes=45))


def test_who_shares_the_page_shares_its_time_and_place(settings):
    settings.PUBLIC_URL = "https://bors.example"
    html = page(make_event(page_published=True, name="Børs «A» & B", place="Salen"))
    assert '<meta property="og:title" content="Børs «A» &amp; B">' in html
    about = html.split('<meta property="og:description" content="')[1].split('"')[0]
    assert ("Salen. På en frivilligbørs møtes" in about, " kl. " in about) == (True, True)
    assert f'<meta name="description" content="{about}">' in html
