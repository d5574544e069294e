"""The stage view: what it shows, the sentences to read aloud, the programme by the clock, and the gong."""

import html
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from agreements.correcting import withdraw
from agreements.enums import Kind
from agreements.models import Agreement
from agreements.statistics import SectorFigures
from borsen.clock import close_hour, open_hour, phase, reopen_hour
from borsen.enums import Phase, Role, Sector
from display.aloud import aloud
from display.programme import items, next_item
from display.stage import lagging, next_milestone, seen, stage
from tests.factories import make_agreement, make_event, make_member, make_open_event, make_participant

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")
BUSINESS_PUBLIC = frozenset({Sector.BUSINESS, Sector.PUBLIC})
BUSINESS_VOLUNTARY = frozenset({Sector.BUSINESS, Sector.VOLUNTARY})
VOLUNTARY_PUBLIC = frozenset({Sector.VOLUNTARY, Sector.PUBLIC})


@pytest.fixture
def general(client):
    """Sign the client in as the børsgeneral of an event."""

    def sign_in(event):
        client.force_login(make_member(event, Role.STAGE), backend="django.contrib.auth.backends.ModelBackend")
        return event

    return sign_in


def page(client, event, query="", **headers):
    return client.get(reverse("stage", args=[event.slug]) + query, headers=headers)


def poll(client, event, *, phase_drawn, seen_name=""):
    return page(client, event, f"?fase={phase_drawn}&sett={seen_name}", **{"HX-Request": "true"})


def spoken(event, *parties, **fields):
    """The agreement's sentences as they sound."""
    made = make_agreement(event, *parties, **fields)
    read = event.agreements.with_parties().get(pk=made.pk)
    return [html.unescape(strip_tags(sentence)) for sentence in aloud(read)]


# --- aloud


@pytest.fixture
def trio():
    event = make_open_event()
    names = ("Kafé Kiwano", "Turlaget", "Granfjord kommune")
    return event, *(make_participant(event, name) for name in names)


def test_both_give_and_what_was_typed_stands_as_it_was_typed(trio):
    event, cafe, hikers, _municipality = trio
    assert spoken(event, (cafe, "kaker til 50"), (hikers, "Vi vasker lokalet!")) == [
        "Kafé Kiwano gir til Turlaget: «kaker til 50».",
        "Turlaget gir tilbake: «Vi vasker lokalet!»",
    ]


def test_the_one_who_gives_comes_first_wherever_it_stands(trio):
    event, cafe, hikers, _municipality = trio
    assert spoken(event, (cafe, ""), (hikers, "Guiding")) == ["Turlaget gir til Kafé Kiwano: «Guiding»."]


def test_one_gives_to_two(trio):
    event, cafe, hikers, municipality = trio
    assert spoken(event, (cafe, "Kaker"), (hikers, ""), (municipality, "")) == [
        "Kafé Kiwano gir til Turlaget og Granfjord kommune: «Kaker».",
    ]


def test_of_three_two_give_and_nobody_guesses_to_whom(trio):
    event, cafe, hikers, municipality = trio
    assert spoken(event, (cafe, "Kaker"), (hikers, "Dugnad"), (municipality, "")) == [
        "Kafé Kiwano, Turlaget og Granfjord kommune er blitt enige.",
        "Kafé Kiwano gir: «Kaker».",
        "Turlaget gir: «Dugnad».",
        "Granfjord kommune tar imot.",
    ]


def test_an_intention_is_said_to_be_one(trio):
    event, cafe, hikers, _municipality = trio
    assert spoken(event, (cafe, "Kaker"), (hikers, "Dugnad"), kind=Kind.INTENT) == [
        "Kafé Kiwano vil gi til Turlaget: «Kaker».",
        "Turlaget vil gi tilbake: «Dugnad».",
        "Det er en intensjonsavtale: De må avklare noe først.",
    ]


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        ("Samarbeid om 17. mai", "Kafé Kiwano og Turlaget er blitt enige: «Samarbeid om 17. mai»."),
        ("", "Kafé Kiwano og Turlaget er blitt enige."),
    ],
)
def test_where_nobody_typed_what_is_given_the_summary_is_read(trio, summary, sentence):
    event, cafe, hikers, _municipality = trio
    made = make_agreement(event, (cafe, "Kaker"), hikers)
    Agreement.objects.filter(pk=made.pk).update(summary=summary)
    made.parties.update(gives="")
    assert [strip_tags(one) for one in aloud(event.agreements.with_parties().get())] == [sentence]


def test_markup_in_what_was_typed_is_only_text(trio):
    event, cafe, hikers, _municipality = trio
    make_agreement(event, (cafe, "<b>Kaker</b> {giver} %s"), (hikers, ""))
    [sentence] = aloud(event.agreements.with_parties().get())
    assert '«<span dir="auto">&lt;b&gt;Kaker&lt;/b&gt; {giver} %s</span>».' in sentence


# --- programme

PROGRAMME = """Velkommen!
17.30 Dørene åpner
kl. 18:00 – Ordføreren åpner
18.30–19.30: Børstimen
  • 19.45 Musikk ved kulturskolen
2026 var et godt år
24.10 finnes ikke
12.05.2027 neste børs
00.30 Stengetid"""


def at(hour, minute, *, day=5):
    return datetime(2027, 3, day, hour, minute, tzinfo=OSLO)


def test_lines_that_begin_with_a_time_are_items_and_the_rest_is_not():
    event = make_event(starts_at=at(18, 30), programme=PROGRAMME)
    assert [(item.at, item.what) for item in items(event)] == [
        (at(17, 30), "Dørene åpner"),
        (at(18, 0), "Ordføreren åpner"),
        (at(18, 30), "Børstimen"),
        (at(19, 45), "Musikk ved kulturskolen"),
        (at(0, 30, day=6), "Stengetid"),
    ]


@pytest.mark.parametrize(
    ("now", "what"),
    [(at(9, 0), "Dørene åpner"), (at(17, 30), "Ordføreren åpner"), (at(19, 44), "Musikk ved kulturskolen")],
)
def test_the_next_item_is_the_first_that_has_not_begun(now, what):
    item = next_item(make_event(starts_at=at(18, 30), programme=PROGRAMME), now)
    assert item is not None
    assert item.what == what


def test_nothing_comes_next_after_the_last_item_or_without_times():
    assert next_item(make_event(starts_at=at(18, 30), programme=PROGRAMME), at(0, 30, day=6)) is None
    assert next_item(make_event(starts_at=at(18, 30), programme="Program kommer"), at(9, 0)) is None


# --- milestones and what lags


@pytest.mark.parametrize(
    ("total", "goal", "expected"),
    [
        (46, None, (50, 4, False)),
        (46, 48, (48, 2, True)),
        (50, 50, (100, 50, False)),
        (0, 50, (50, 50, True)),
        (100, 120, (120, 20, True)),
        (100, None, None),
        (130, 120, None),
    ],
)
def test_the_next_milestone_is_the_nearest_that_is_not_reached(total, goal, expected):
    found = next_milestone(total, goal)
    assert (found and (found.at, found.left, found.is_goal)) == expected


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (
            {BUSINESS_VOLUNTARY: 9, VOLUNTARY_PUBLIC: 7, BUSINESS_PUBLIC: 3},
            ["Bare 3 avtaler mellom bedrift og offentlig"],
        ),
        (
            {BUSINESS_VOLUNTARY: 4, VOLUNTARY_PUBLIC: 1},
            ["Ingen avtaler mellom bedrift og offentlig ennå", "Bare 1 avtale mellom frivillig og offentlig"],
        ),
        ({BUSINESS_VOLUNTARY: 3}, []),
        ({BUSINESS_VOLUNTARY: 8, VOLUNTARY_PUBLIC: 4, BUSINESS_PUBLIC: 4}, []),
    ],
)
def test_pairs_of_sectors_lag_with_less_than_half_of_the_most(numbers, words):
    assert [pair.words for pair in lagging(SectorFigures(numbers), set(Sector))] == words


def test_no_milestone_is_named_before_the_first_agreement_or_after_the_hour():
    event = make_open_event()
    found = [stage(event, timezone.now()).milestone]
    make_agreement(event)
    found.append(stage(event, timezone.now()).milestone)
    event = close_hour(event=event, now=timezone.now())
    found.append(stage(event, timezone.now()).milestone)
    assert [milestone and milestone.left for milestone in found] == [None, 49, None]


def test_a_sector_that_nobody_is_from_does_not_lag():
    event = make_open_event()
    for _number in range(4):
        make_agreement(event)
    assert [pair.words for pair in stage(event, timezone.now()).lagging] == []
    make_participant(event, sector=Sector.PUBLIC)
    assert len(stage(event, timezone.now()).lagging) == 2


# --- the page


def test_the_page_shows_time_number_milestone_sentence_and_programme(client, general):
    event = general(make_open_event(programme="23.59 Takk for i kveld", name="Frivilligbørs i Granfjord"))
    for _number in range(2):
        make_agreement(event, (make_participant(event, "Kafé Kiwano"), "Kaker"), make_participant(event, "Turlaget"))
    shown = strip_tags(page(client, event).content.decode())
    for expected in (
        "igjen, til kl.",
        "Børstimen er i gang",
        "48 til 50",
        "Kafé Kiwano gir til Turlaget",
        "Rett før",
        "23.59",
    ):
        assert expected in shown


@pytest.mark.parametrize(
    ("strokes", "expected"),
    [
        ([], ["Før børstimen", "Slå åpningsgongen"]),
        ([open_hour], ["Børstimen er i gang", "Slå sluttgongen"]),
        ([open_hour, close_hour], ["Foreløpig resultat", "Ble gongen slått ved en feil?"]),
    ],
)
def test_the_gong_is_the_one_that_comes_next(client, general, strokes, expected):
    event = general(make_event())
    for make_stroke in strokes:
        event = make_stroke(event=event, now=timezone.now())
    shown = page(client, event).content.decode()
    words = ["Før børstimen", "Børstimen er i gang", "Foreløpig resultat"]
    words += ["Slå åpningsgongen", "Slå sluttgongen", "Ble gongen slått ved en feil?"]
    assert [word for word in words if word in shown] == expected


def test_what_is_hidden_or_withdrawn_is_not_read_aloud(client, general):
    event = general(make_open_event())
    shown = make_agreement(event, (make_participant(event, "Synlig lag"), "Kaker"), make_participant(event))
    secret = make_agreement(event, (make_participant(event, "Skjult lag"), "Skjulte kaker"), make_participant(event))
    gone = make_agreement(event, (make_participant(event, "Trukket lag"), "Trukne kaker"), make_participant(event))
    Agreement.objects.filter(pk=secret.pk).update(hidden_at=timezone.now())
    withdraw(agreement=gone, by=None, now=timezone.now())
    text = page(client, event).content.decode()
    assert ("Synlig lag" in text, "Skjul" in text, "Truk" in text) == (True, False, False)
    assert stage(event, timezone.now()).total == 2
    assert shown.number == 1


def test_a_poll_without_news_is_empty_and_one_with_news_is_the_live_part(client, general):
    event = general(make_open_event())
    name = seen(event, timezone.now())
    quiet = poll(client, event, phase_drawn="open", seen_name=name)
    assert (quiet.status_code, quiet.content, int(quiet["X-Now"]) > 0) == (204, b"", True)
    make_agreement(event)
    news = poll(client, event, phase_drawn="open", seen_name=name).content.decode()
    assert ('id="live"' in news, "<html" in news, 'id="gong"' in news) == (True, False, False)


@pytest.mark.parametrize(
    ("drawn", "steps", "said"),
    [
        ("before", ["open"], "Åpningsgongen ble slått kl."),
        ("open", ["open", "close"], "Sluttgongen ble slått kl."),
        ("grace", ["open", "close", "reopen"], "Børstimen er åpnet igjen."),
        ("open", [], "Åpningen er angret."),
        ("open", ["open"], ""),
    ],
)
def test_what_others_do_with_the_gong_is_told_in_words_and_changes_it(client, general, drawn, steps, said):
    event = general(make_event())
    now = timezone.now()
    verbs = {"open": open_hour, "close": close_hour, "reopen": reopen_hour}
    for number, name in enumerate(steps):
        event = verbs[name](event=event, now=now - timedelta(minutes=5 - number))
    answer = poll(client, event, phase_drawn=drawn).content.decode()
    assert (said in answer, 'id="gong"' in answer) == (True, bool(said))


def test_the_page_asks_as_many_queries_for_three_agreements_as_for_one(client, general, django_assert_num_queries):
    event = general(make_open_event())
    make_agreement(event)
    with django_assert_num_queries(9):
        page(client, event)
    make_agreement(event)
    make_agreement(event)
    with django_assert_num_queries(9):
        page(client, event)


def test_a_poll_without_news_asks_only_who_it_is(client, general, django_assert_num_queries):
    event = general(make_open_event())
    with django_assert_num_queries(4):
        poll(client, event, phase_drawn="open", seen_name=seen(event, timezone.now()))


# --- the gong


def stroke(client, event, name, **headers):
    response = client.post(reverse(f"stage.{name}", args=[event.slug]), headers=headers)
    event.refresh_from_db()
    return response


def test_the_general_opens_and_closes(client, general):
    event = general(make_event())
    answer = stroke(client, event, "open", **{"HX-Request": "true"}).content.decode()
    assert (phase(event, timezone.now()), "Åpningsgongen er slått. Børstimen er i gang." in answer) == (
        Phase.OPEN,
        True,
    )
    assert "Slå sluttgongen" in answer
    stroke(client, event, "close")
    assert phase(event, timezone.now()) is Phase.GRACE


def test_a_stroke_that_somebody_else_made_first_changes_nothing_and_is_told_of(client, general):
    event = general(make_event())
    opened = open_hour(event=event, now=timezone.now() - timedelta(minutes=1))
    answer = stroke(client, event, "open", **{"HX-Request": "true"})
    clock = timezone.localtime(opened.opened_at).strftime("%H.%M")
    assert f"Åpningsgongen er allerede slått, kl. {clock}." in answer.content.decode()
    assert event.feed_version == opened.feed_version
    followed = client.post(reverse("stage.open", args=[event.slug]), follow=True)
    assert [str(message) for message in followed.context["messages"]] == [
        f"Åpningsgongen er allerede slått, kl. {clock}."
    ]


def test_without_script_the_gong_asks_first_and_a_link_never_strikes(client, general):
    event = general(make_event())
    url = reverse("stage.open", args=[event.slug])
    asked = client.get(url).content.decode()
    event.refresh_from_db()
    assert ("Ja, slå åpningsgongen" in asked, event.opened_at) == (True, None)
    too_early = client.get(reverse("stage.close", args=[event.slug])).content.decode()
    assert ("Ja, slå" in too_early, "Børstimen er ikke i gang." in too_early) == (False, True)


def test_a_closing_stroke_before_the_opening_one_is_refused_in_words(client, general):
    event = general(make_event())
    answer = stroke(client, event, "close", **{"HX-Request": "true"}).content.decode()
    assert ("Børstimen er ikke i gang." in answer, event.closed_at) == (True, None)
