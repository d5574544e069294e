"""The politicians' case: its sentences, its figures, its form, and that hours and kroner show nowhere else."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.case import Listing, Table, read_case
from agreements.correcting import withdraw
from agreements.enums import FirstTime, Kind
from borsen.clock import close_hour
from borsen.enums import Role, Sector
from borsen.models import Challenge, Host
from borsen.spending import Spent, note_spending
from tests.borsen.addresses import address, arguments_of, make_world, patterns
from tests.factories import (
    make_agreement,
    make_event,
    make_logo,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)
from tests.test_leaks import text_of as said_by

pytestmark = pytest.mark.django_db

TITLES = ["Bakgrunn", "Saksopplysninger", "Resultat", "Ressursbruk", "Vurdering", "Forslag til vedtak"]


def text_of(event, title):
    """What stands below a heading, line by line."""
    (section,) = [section for section in read_case(event, timezone.now()).sections if section.title == title]
    lines = []
    for part in section.parts:
        if isinstance(part, Listing):
            lines += [f"- {line}" for line in part.lines]
        elif isinstance(part, Table):
            lines += [part.caption, " | ".join(part.head), *(" | ".join(row) for row in part.rows)]
        else:
            lines.append(part)
    return lines


def host(event, name="Granfjord kommune", **fields):
    return Host.objects.create(event=event, name=name, sector=Sector.PUBLIC, **fields)


@pytest.fixture
def planned():
    event = make_event(name="Frivilligbørs i Granfjord", place="Lillesalen", goal=100, wish_business=20, theme="Sammen")
    host(event, contributes="Lokaler")
    host(event, "Frivilligsentralen", position=1)
    Challenge.objects.create(event=event, text="Eldre og ensomhet", position=1)
    make_participant(event, sector=Sector.BUSINESS)
    return event


@pytest.fixture
def held():
    event = make_open_event(minutes_ago=70, minutes=60, name="Frivilligbørs i Granfjord", place="", goal=2)
    host(event)
    make_agreement(
        event,
        make_participant(event, sector=Sector.BUSINESS),
        make_participant(event),
        first_time=FirstTime.YES,
        made_at=event.opened_at + timedelta(minutes=3),
    )
    make_agreement(
        event,
        (make_participant(event), "Sang"),
        (make_participant(event), ""),
        kind=Kind.INTENT,
        made_at=event.opened_at + timedelta(minutes=9),
    )
    withdraw(agreement=make_agreement(event, summary="Trukket"), by=None, now=timezone.now())
    return close_hour(event=event, now=event.opened_at + timedelta(minutes=60))


@pytest.fixture
def coordinator(client):
    def sign_in(event):
        client.force_login(make_member(event, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_case_has_the_six_headings_and_leaves_the_last_two_to_the_municipality(planned, held):
    for event in (planned, held):
        sections = read_case(event, timezone.now()).sections
        assert [section.title for section in sections] == TITLES
        assert [section.title for section in sections if not section.parts] == TITLES[-2:]


def test_before_the_gong_it_says_goal_hosts_and_plan(planned):
    background, information = text_of(planned, "Bakgrunn"), text_of(planned, "Saksopplysninger")
    assert background[0].startswith("Granfjord kommune og Frivilligsentralen holder «Frivilligbørs i Granfjord» ")
    assert background[-3:] == ["Temaet er «Sammen».", "Børsen skal bidra til å løse:", "- Eldre og ensomhet"]
    assert information[1:5] == [
        "Vertskapet er likestilt. Slik bidrar de:",
        "- Granfjord kommune: Lokaler",
        "1 deltaker er påmeldt: 1 bedrift.",
        "Målet er 100 avtaler.",
    ]
    assert "Vertskapet ønsker å få med 20 bedrifter." in information
    assert text_of(planned, "Resultat") == ["Børsen er ikke holdt ennå."]


def test_after_the_hour_it_says_what_came_out_of_it(held):
    result = text_of(held, "Resultat")
    reached = timezone.localtime(held.opened_at + timedelta(minutes=9))
    assert result[0] == (
        "På én time ble det inngått 2 avtaler, av dem 1 intensjonsavtale. I 1 av dem gir minst to parter noe, i 1 gir "
        f"én part. Målet på 2 ble nådd kl. {reached:%H.%M}."
    )
    assert result[1] == (
        "1 avtale går på tvers av sektorer. I 1 av dem har partene svart på om de har samarbeidet før, og i 1 er det "
        "første gang."
    )
    pairs = result[result.index("Sektorer | Avtaler | Gjensidige | Enveis") + 1 :][:3]
    assert pairs == ["Bedrift – frivillig | 1 | 1 | 0", "Bare frivillig | 1 | 0 | 1", "Til sammen | 2 | 1 | 1"]
    assert "4 av 6 deltakere inngikk minst én avtale." in result


def test_hour_without_agreements_is_said_plainly():
    event = make_open_event(minutes_ago=70)
    close_hour(event=event, now=timezone.now())
    event.refresh_from_db()
    assert text_of(event, "Resultat") == ["Det ble ikke inngått noen avtaler."]
    assert read_case(event, timezone.now()).provisional.startswith("Foreløpige tall")


def test_hours_and_kroner_are_summed_and_nothing_noted_is_not_zero(held):
    assert text_of(held, "Ressursbruk")[1:] == ["Vertskapets timer og utgifter er ikke notert."]
    second = host(held, "Frivilligsentralen", position=1)
    first = held.hosts.get(name="Granfjord kommune")
    note_spending(event=held, spent={first.pk: Spent(1200, 12500), second.pk: Spent(0, None)})
    assert text_of(held, "Ressursbruk")[1:] == [
        "Vertskapet har til sammen brukt 1\u00a0200 timer og 12\u00a0500 kroner.",
        "Vertskapets ressursbruk",
        "Vert | Timer | Kroner",
        "Granfjord kommune | 1\u00a0200 | 12\u00a0500",
        "Frivilligsentralen | 0 | –",
        "Til sammen | 1\u00a0200 | 12\u00a0500",
    ]


def test_host_of_another_event_is_not_written_to(held, planned):
    foreign = planned.hosts.first()
    note_spending(event=held, spent={foreign.pk: Spent(5, 5)})
    foreign.refresh_from_db()
    assert (foreign.hours_spent, foreign.kroner_spent) == (None, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("40", 40), ("12 500", 12500), ("12.500", 12500), ("1\u00a0000", 1000), ("", None), ("0", 0)],
)
def test_number_is_understood_as_people_write_it(held, coordinator, typed, kept):
    (one,) = held.hosts.all()
    page = coordinator(held).post(reverse("report.case", args=[held.slug]), {f"hours-{one.pk}": typed})
    one.refresh_from_db()
    assert (page.status_code, one.hours_spent) == (302, kept)


def test_what_is_noted_stands_in_the_form_so_that_saving_it_again_changes_nothing(held, coordinator):
    (one,) = held.hosts.all()
    note_spending(event=held, spent={one.pk: Spent(40, 12500)})
    client, url = coordinator(held), reverse("report.case", args=[held.slug])
    form = client.get(url).context["form"]
    client.post(url, {field.html_name: field.value() for field in form})
    one.refresh_from_db()
    assert (one.hours_spent, one.kroner_spent) == (40, 12500)


@pytest.mark.parametrize("typed", ["x", "-1", "1.5", "2,5", "99999999999999999999", "1.50"])
def test_what_is_no_whole_number_is_said_at_its_field_and_nothing_typed_is_lost(held, coordinator, typed):
    (one,) = held.hosts.all()
    url = reverse("report.case", args=[held.slug])
    page = coordinator(held).post(url, {f"hours-{one.pk}": typed, f"kroner-{one.pk}": "777"})
    text = page.content.decode()
    one.refresh_from_db()
    assert (page.status_code, one.hours_spent, one.kroner_spent) == (422, None, None)
    assert [f'value="{typed}"' in text, 'value="777"' in text, f'id="id_hours-{one.pk}_error"' in text] == [True] * 3


class Bare(HTMLParser):
    """What the copied part is made of: tags, and attributes that a word processor would make something of."""

    def __init__(self):
        super().__init__()
        self.depth, self.tags, self.looks = 0, set(), []

    def handle_starttag(self, tag, attrs):
        if self.depth:
            self.tags.add(tag)
            self.looks += [name for name, _value in attrs if name in {"style", "class", "src"}]
        if self.depth or ("id", "case-text") in attrs:
            self.depth += 1

    def handle_endtag(self, _tag):
        self.depth = max(self.depth - 1, 0)


def test_what_is_copied_is_headings_sentences_lists_and_tables_without_looks(held, coordinator):
    Challenge.objects.create(event=held, text="Eldre <b>og</b> ensomhet", position=1)
    bare = Bare()
    bare.feed(coordinator(held).get(reverse("report.case", args=[held.slug])).content.decode())
    assert bare.tags == {"h2", "p", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert bare.looks == []


@pytest.mark.django_db(transaction=True)
def test_hours_and_kroner_show_nowhere_but_here_and_in_the_whole_events_file(client):
    world = make_world()
    event = world.event
    logo = make_logo(host(event))
    note_spending(event=event, spent={logo.host_id: Spent(76543, 8765432)})
    event.report_published = event.page_published = True
    event.save()
    client.force_login(world.organiser, backend="django.contrib.auth.backends.ModelBackend")
    names = [pattern.name for pattern, _converters in patterns() if "slug" in arguments_of(pattern.name)]
    said = {name: said_by(client.get(address(name, world))).replace("\u00a0", "") for name in names}
    # The file that holds the whole event has them too: the event that moves must have them where it comes.
    found = {name for name, text in said.items() if "76543" in text or "8765432" in text}
    assert found == {"report.case", "report.json"}


def test_number_of_queries_is_the_same_with_one_host_and_with_three(held, coordinator, django_assert_num_queries):
    client, url = coordinator(held), reverse("report.case", args=[held.slug])
    client.get(url)
    with django_assert_num_queries(29):
        client.get(url)
    for number in range(2):
        host(held, f"Vert {number}")
        make_resource(make_participant(held), "Mer")
    with django_assert_num_queries(29):
        client.get(url)
