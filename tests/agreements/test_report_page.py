"""The report's page as the accessible edition of the PDF: its parts, its charts, its links, and what it keeps quiet."""

import re
from datetime import timedelta
from itertools import pairwise

import html5lib
import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.awards import reveal, write_award
from agreements.charts import pictures_of
from agreements.correcting import withdraw
from agreements.enums import FirstTime
from agreements.key_figures import key_figures
from agreements.report import fetch
from agreements.showing import hide
from borsen.clock import close_hour
from borsen.enums import Role, Sector
from borsen.events import HostDraft
from tests.borsen.addresses import client_for
from tests.borsen.test_valid_html import faults
from tests.factories import (
    make_agreement,
    make_award,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db
LEAK = "ring 911 22 333 eller hemmelig@example.no"


@pytest.fixture
def event():
    organiser = make_event("mitt").memberships.get().user
    hosts = [HostDraft("Kommunen", "public", f"Kaffe, {LEAK}")]
    earlier = make_open_event("ifjor", minutes_ago=900, by=organiser, name="Hemmelig generalprøve", hosts=hosts)
    close_hour(event=earlier, now=timezone.now() - timedelta(hours=12))
    event = make_open_event(
        "granfjord", by=organiser, name="Frivilligbørs i Granfjord", theme=f"Sammen, {LEAK}", hosts=hosts, goal=2,
        challenges=[f"Ensomhet, {LEAK}", "Unge"], report_published=True,
    )  # fmt: skip
    choir = make_participant(event, "Granfjord kor", description=f"Vi synger, {LEAK}", municipality="Granfjord")
    home = make_participant(event, "Ås sykehjem", sector=Sector.PUBLIC, municipality="Ås")
    shop = make_participant(event, "Bortgjemt butikk", sector=Sector.BUSINESS)
    person = make_participant(
        event, "Frivillig (Åse)", sector=Sector.INDIVIDUAL, description="Åse er pensjonist", municipality="Bortibygda"
    )
    make_contact(choir, "Kari Kontakt", email="hemmelig@example.no", phone="911 22 333")
    make_resource(choir, f"Ledig sang, {LEAK}")
    make_resource(person, "Ledig bakst", kind="offer")
    make_resource(home, "Trenger musikk", kind="need")
    first = make_agreement(
        event, (choir, "Julesang"), (home, ""), summary=f"Sang, {LEAK}", challenge=event.challenges.first(),
        first_time=FirstTime.YES,
    )  # fmt: skip
    make_agreement(event, (home, "Sal"), (choir, "Kor"), (person, ""), summary="Øvingslokale")
    hide(
        agreement=make_agreement(event, (shop, "Uskikket ord"), (choir, ""), summary="Uskikket ord"),
        by=None,
        now=timezone.now(),
    )
    withdraw(agreement=make_agreement(event, summary="Trukket avtale"), by=None, now=timezone.now())
    reveal(
        award=write_award(award=make_award(event, agreement=first), title="Årets avtale", reason=f"Fin, {LEAK}"),
        now=timezone.now(),
    )
    make_award(event, "Ikke vist ennå", participant=home)
    return event


def page_of(event, user=None):
    return client_for(user).get(reverse("report", args=[event.slug])).content.decode()


def coordinator(event):
    return make_member(event, Role.COORDINATOR)


def tree(html):
    return html5lib.parse(html, namespaceHTMLElements=False)


def text_of(element):
    return " ".join(" ".join(element.itertext()).split())


def by_id(root, key):
    return next(element for element in root.iter() if element.get("id") == key)


def test_page_is_valid_and_every_link_inside_it_leads_somewhere(event):
    for user in (coordinator(event), None):
        html = page_of(event, user)
        assert faults(html) == []
        found = tree(html)
        ids = {element.get("id") for element in found.iter()}
        targets = {
            (element.get("href") or "")[1:] for element in found.iter() if (element.get("href") or "").startswith("#")
        }
        assert targets - ids == set()
        assert {"avtale-1", "avtale-2", "sektor-public"} <= targets


def test_contents_lists_the_parts_in_the_order_of_the_page(event):
    found = tree(page_of(event, coordinator(event)))
    nav = next(element for element in found.iter("nav") if element.get("aria-labelledby") == "contents")
    listed = [(link.get("href")[1:], text_of(link)) for link in nav.iter("a")]
    headings = [
        (heading.get("id"), text_of(heading)) for heading in found.iter("h2") if heading.get("id") != "contents"
    ]
    assert listed == headings
    assert [key for key, _title in listed] == [
        "figures", "hosts", "challenges", "prizes", "sectors", "categories", "left", "participants", "method",
    ]  # fmt: skip


def test_headings_have_no_gap_in_their_levels(event):
    levels = [
        int(element.tag[1]) for element in tree(page_of(event)).iter() if re.fullmatch(r"h[1-6]", str(element.tag))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []


def test_each_chart_stands_with_its_name_its_numbers_and_its_files(event):
    named = {each.name: each.picture for each in pictures_of(fetch(event, timezone.now()).figures)}
    found = tree(page_of(event, coordinator(event)))
    figures = {element.get("aria-labelledby").removeprefix("tittel-"): element for element in found.iter("figure")}
    assert sorted(figures) == sorted(named)
    for name, figure in figures.items():
        images = [element for element in figure.iter("{http://www.w3.org/2000/svg}svg") if element.get("role") == "img"]
        assert [by_id(figure, image.get("aria-labelledby").split()[0]).text for image in images] == [
            named[name].title
        ] * 2
        head, *body = [[text_of(cell) for cell in row] for row in figure.iter("tr")]
        assert tuple(head) == named[name].table.head
        assert [tuple(row) for row in body] == [
            tuple(" ".join(str(cell).split()) for cell in row) for row in named[name].table.rows
        ]
        links = [link.get("href") for link in figure.iter("a")]
        assert links == [reverse(f"picture.{ending}", args=[event.slug, name]) for ending in ("png", "svg")]


def test_every_key_figure_stands_with_its_definition(event):
    known = [each for each in key_figures(fetch(event, timezone.now()).figures) if each.value is not None]
    found = next(element for element in tree(page_of(event)).iter("dl") if "definitions" in element.get("class", ""))
    assert [text_of(element) for element in found.iter("dt")] == [each.label for each in known]
    cells = [text_of(element) for element in found.iter("dd")]
    assert cells[1::2] == [each.definition for each in known]
    assert cells[0] == "3"


def test_participant_is_linked_to_the_agreements_that_it_gives_and_receives_in(event):
    found = tree(page_of(event, coordinator(event)))
    card = next(each for each in found.iter("li") if "attendee" in each.get("class", "") and "kor" in text_of(each))
    assert "3 avtaler : gir i 2, får i 2" in text_of(card)
    numbers = next(element for element in card.iter("dl") if element.get("class") == "attendee__numbers")
    assert [[link.get("href") for link in row.iter("a")] for row in numbers] == [
        ["#avtale-1", "#avtale-2"],
        ["#avtale-2", "#avtale-3"],
    ]


def test_what_is_left_is_an_invitation_with_what_it_is_and_whose(event):
    part = next(e for e in tree(page_of(event)).iter("section") if e.get("aria-labelledby") == "left")
    assert [text_of(element) for element in part.iter("h4")] == ["Behov som ikke er dekket", "Tilbud som er ledige"]
    assert "Ta kontakt med Kommunen." in text_of(part)
    assert [text_of(row) for row in part.iter("li")] == [
        "Offentlig virksomhet: Trenger musikk Ås sykehjem",
        "Frivillig enkeltperson: Ledig bakst Frivillig enkeltperson",
        "Frivillig organisasjon: Ledig sang, ring … eller … Granfjord kor",
    ]


def test_challenge_says_what_came_of_it_and_leads_to_its_agreements(event):
    part = next(e for e in tree(page_of(event)).iter("section") if e.get("aria-labelledby") == "challenges")
    cards = [card for card in part.iter("section") if "answered" in card.get("class", "")]
    assert [[link.get("href") for link in card.iter("a")] for card in cards] == [["#avtale-1"], []]
    assert "Ingen avtale er knyttet til dette." in text_of(cards[1])


def test_prize_stands_when_it_has_been_shown(event):
    text = page_of(event, coordinator(event))
    assert ("Årets avtale" in text, "Ikke vist ennå" in text) == (True, False)


SECRETS = (
    "911 22 333", "hemmelig@example.no", "Kari Kontakt", "Frivillig (Åse)", "Åse er pensjonist", "Uskikket ord",
    "Trukket avtale", "Hemmelig generalprøve",
)  # fmt: skip


def test_everybody_s_page_names_nobody_and_nothing_that_was_taken_away(event):
    html = page_of(event)
    assert [secret for secret in SECRETS if secret in html] == []
    assert "Offentlig utgave" in html


def test_organiser_s_page_has_what_everybody_s_keeps_quiet_except_contacts(event):
    html = page_of(event, coordinator(event))
    assert [secret for secret in SECRETS if secret in html] == [
        "911 22 333", "hemmelig@example.no", "Frivillig (Åse)", "Åse er pensjonist", "Uskikket ord",
        "Hemmelig generalprøve",
    ]  # fmt: skip
    assert "Vises ikke på storskjermen og ikke i den offentlige rapporten" in html


def test_everybody_s_page_does_not_tell_who_is_a_party_of_what_was_taken_off_the_screen(event):
    found = tree(page_of(event))
    links = [link.get("href") for link in found.iter("a") if (link.get("href") or "").startswith("#avtale-")]
    assert "#avtale-3" not in links
    assert "Denne avtalen vises ikke her" in text_of(by_id(found, "avtale-3"))


def test_event_without_anything_has_a_page_without_empty_parts():
    event = make_event("stille", hosts=[])
    found = tree(page_of(event, coordinator(event)))
    assert [element.get("id") for element in found.iter("h2")] == ["contents", "participants", "method"]


def test_page_asks_as_few_queries_for_many_as_for_one(event, django_assert_max_num_queries):
    client = client_for(coordinator(event))
    address = reverse("report", args=[event.slug])
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for _ in range(3):
        one = make_agreement(event, challenge=event.challenges.first())
        make_resource(one.parties.first().participant, "Mer")
    with django_assert_max_num_queries(60) as many:
        client.get(address)
    assert len(many) == len(few)
