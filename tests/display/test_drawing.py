"""From a frame to the regions of the screen."""

from datetime import timedelta
from io import BytesIO

import html5lib
import pytest
from django.utils import timezone
from pypdf import PdfReader

from agreements import report_words
from agreements.pdf.render import render as render_pdf
from agreements.report import fetch
from borsen.clock import close_hour
from borsen.enums import Role, Scene, Sector
from borsen.models import Event
from display import feed
from display.cards import Card, PartyCard
from display.drawing import badge, catalogue_code, clock, countdown, fields, follow_code, regions, stage_of
from display.feed import Hour
from display.scenes import choose_scene
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_event, make_open_event, make_participant, make_resource

REGIONS = {
    Scene.TEST: ["hour", "picture", "total"],
    Scene.WELCOME: ["hour", "about", "clock", "hosts", "market", "total"],
    Scene.TRADING: ["hour", "header", "clock", "hero", "total", "latest", "panel", "needs"],
    Scene.PAUSE: ["hour", "message", "clock", "total"],
    Scene.RESULT: ["hour", "header", "total", "prizes", "thanks", "sectors"],
}


def hour(now, *, opened=None, closed=None, starts=0, closes=60):
    def at(minutes):
        return None if minutes is None else now + timedelta(minutes=minutes)

    return Hour(at(starts), at(opened), at(closes), at(closed), at(None if closed is None else closed + 10))


def party(name="Koret", gives=""):
    return PartyCard(name, "voluntary", gives)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "00:00"), (0.2, "00:01"), (1421, "23:41"), (5999, "99:59"), (6000, "1:40:00")]
)
def test_the_countdown_never_shows_zero_before_time(seconds, text):
    assert countdown(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("shape", "text", "mode"),
    [
        ({"starts": 30}, "30:00", "near"),
        ({"starts": 60 * 24}, "24:00:00", "far"),
        ({"starts": -5}, "00:00", "due"),
        ({"starts": -30, "opened": -30, "closes": 30}, "30:00", "near"),
        ({"starts": -70, "opened": -70, "closes": -10}, "00:00", "due"),
        ({"starts": -70, "opened": -70, "closed": -4}, "06:00", "near"),
        ({"starts": -90, "opened": -90, "closed": -30}, "00:00", "due"),
    ],
)
def test_the_clock_counts_to_the_next_stroke_or_to_the_end_of_the_grace(shape, text, mode):
    now = timezone.now()
    drawn = clock(hour(now, **shape), now)
    assert (drawn.text, drawn.mode) == (text, mode)


def test_the_stage_follows_the_strokes():
    now = timezone.now()
    shapes = [{}, {"opened": -5}, {"opened": -65, "closed": -5}, {"opened": -95, "closed": -35}]
    assert [stage_of(hour(now, **shape)) for shape in shapes] == ["before", "open", "closed", "closed"]


@pytest.mark.parametrize(
    ("left", "right", "arrow"), [("A", "B", "both"), ("A", "", "right"), ("", "B", "left"), ("", "", "none")]
)
def test_the_arrow_points_from_giver_to_receiver(left, right, arrow):
    assert badge(party(gives=left), party(gives=right)) == arrow


def test_a_long_name_starts_at_a_smaller_step_and_three_parties_at_the_second():
    two = fields(Card(1, "", False, (party("Koret"), party("N" * 97))))
    three = fields(Card(1, "", False, (party("Koret", "Sang"), party("Kor to"), party("N" * 50))))
    assert [field.step for field in two] == [1, 4]
    assert [(field.step, field.badge) for field in three] == [(2, ""), (2, "right"), (3, "none")]


@pytest.mark.django_db
class TestRegions:
    def parsed(self, event):
        html = regions(feed.snapshot(event.pk), timezone.now())
        tree = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parseFragment(html)
        return html, [element for element in tree.iter() if isinstance(element.tag, str)]

    @pytest.mark.parametrize("scene", REGIONS)
    def test_each_region_comes_once_in_every_scene_whatever_the_hour(self, scene):
        stages = [make_event(), make_open_event(), close_hour(event=make_open_event(), now=timezone.now())]
        make_agreement(stages[1])
        for event in stages:
            choose_scene(event=event, scene=scene, now=timezone.now())
            _, elements = self.parsed(event)
            names = [element.get("data-region") for element in elements if element.get("data-region")]
            totals = [element.text for element in elements if element.get("data-total") is not None]
            assert (names, totals) == (REGIONS[scene], ["1" if event is stages[1] else "0"])

    def test_no_agreement_stands_twice_and_the_number_is_the_count(self):
        event = make_open_event(goal=100)
        for _ in range(9):
            make_agreement(event)
        for close, expected in ((False, [9, 8, 7, 6, 5, 4]), (True, [9, 8, 7, 6, 5, 4, 3])):
            if close:
                close_hour(event=event, now=timezone.now())
            _, elements = self.parsed(event)
            shown = [int(element.get("data-agreement")) for element in elements if element.get("data-agreement")]
            totals = [element.text for element in elements if element.get("data-total") is not None]
            assert (shown, totals) == (expected, ["9"])

    @pytest.mark.parametrize(("minutes", "words"), [(1, "avtale på 1 minutt"), (20, "avtale på 20 minutter")])
    def test_a_short_hour_is_told_in_minutes(self, minutes, words):
        event = make_open_event()
        make_agreement(event)
        close_hour(event=event, now=event.opened_at + timedelta(minutes=minutes))
        html, _ = self.parsed(event)
        words_shown = html.split('class="total__words">')[1].split("</p>")[0]
        assert " ".join(words_shown.split()) == words

    @pytest.mark.parametrize(("goal", "words"), [(3, "av 3 avtaler"), (2, "av 2 avtaler"), (1, "avtaler, mål 1")])
    def test_more_than_the_goal_is_not_of_the_goal(self, goal, words):
        event = make_open_event(goal=goal)
        for _ in range(2):
            make_agreement(event)
        html, _ = self.parsed(event)
        words_shown = html.split('class="total__words">')[1].split("</p>")[0]
        assert " ".join(words_shown.split()) == words

    def test_what_people_wrote_is_text_and_never_markup(self):
        event = make_open_event(name="<b>Børs</b>")
        bad = make_participant(event, "<script>alert(1)</script>", sector=Sector.PUBLIC)
        make_resource(bad, "<img src=x onerror=alert(1)>", kind="need")
        make_agreement(event, (bad, "<i>alt</i>"), (make_participant(event), ""), summary='"><svg onload=alert(1)>')
        html, elements = self.parsed(event)
        assert not {"script", "img", "i"} & {element.tag for element in elements}
        assert not [element for element in elements if {"onload", "onerror"} & set(element.attrib)]
        assert "style=" not in html

    def test_without_a_goal_there_is_no_bar(self):
        event = make_open_event()
        make_agreement(event)
        html, elements = self.parsed(event)
        assert "progress" not in {element.tag for element in elements}
        assert "av 100" not in html

    def test_the_code_to_follow_by_needs_a_public_address_and_a_published_event(self, settings):
        published, closed = make_open_event(published=True), make_open_event()
        assert follow_code(feed.snapshot(published.pk)) is None
        settings.PUBLIC_URL = "https://bors.example.no"
        assert follow_code(feed.snapshot(closed.pk)) is None
        assert "style=" not in str(follow_code(feed.snapshot(published.pk)))
        assert "<svg" in str(follow_code(feed.snapshot(published.pk)))

    def test_the_code_of_the_catalogue_needs_a_public_address_and_a_published_catalogue(self, settings):
        event = make_event(published=True)
        settings.PUBLIC_URL = "https://bors.example.no"
        assert catalogue_code(feed.snapshot(event.pk)) is None
        Event.objects.filter(pk=event.pk).update(catalogue_published=True)
        assert "<svg" in str(catalogue_code(feed.snapshot(event.pk)))
        html, _ = self.parsed(event)
        assert html.count('class="qr__code"') == 2
        settings.PUBLIC_URL = ""
        assert catalogue_code(feed.snapshot(event.pk)) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "words"), [(13, "avtaler på 13 minutter"), (58, "avtaler på én time")])
def test_the_storskjerm_the_report_and_the_pdf_say_the_same_of_the_hours_length(minutes, words):
    event = make_open_event(minutes_ago=100)
    for _number in range(2):
        make_agreement(event)
    event = close_hour(event=event, now=event.opened_at + timedelta(minutes=minutes))
    organiser = client_for(event.memberships.get(role=Role.ORGANISER).user)
    pdf = PdfReader(BytesIO(render_pdf(fetch(event, timezone.now()))))
    said = {
        "screen": regions(feed.snapshot(event.pk), timezone.now()),
        "report": organiser.get(f"/{event.slug}/rapport/").content.decode(),
        "pdf": pdf.pages[0].extract_text(),
    }
    assert {name: words in " ".join(text.split()) for name, text in said.items()} == dict.fromkeys(said, True)


@pytest.mark.django_db
def test_while_the_hour_runs_nobody_says_how_long_it_was():
    event = make_open_event(minutes_ago=3)
    make_agreement(event)
    assert report_words.headline(fetch(event, timezone.now()))[0] == "avtale"
