"""Which scene stands: chosen by hand, or by the hour itself; and the switches in the control room."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Award
from agreements.statistics import by_challenge
from borsen.clock import close_hour, open_hour
from borsen.enums import Panel, Scene, Sector
from borsen.models import Event
from display import feed
from display.panels import Line
from display.scenes import choose_panel, choose_scene, scene_of
from tests.factories import make_agreement, make_event, make_open_event, make_participant, make_resource, make_user

pytestmark = pytest.mark.django_db


def test_the_hour_itself_chooses_between_the_strokes():
    now = timezone.now()
    before = make_event()
    opened = open_hour(event=make_event(), now=now)
    closed = close_hour(event=make_open_event(), now=now)
    assert [scene_of(event) for event in (before, opened, closed)] == [Scene.WELCOME, Scene.TRADING, Scene.RESULT]


def test_a_chosen_scene_stands_until_the_next_stroke_and_moves_the_feed():
    event, now = make_event(), timezone.now()
    chosen = choose_scene(event=event, scene=Scene.PAUSE, message="Nå snakker ordføreren", now=now)
    assert (scene_of(chosen), chosen.screen_message) == (Scene.PAUSE, "Nå snakker ordføreren")
    assert chosen.feed_version == event.feed_version + 1
    assert scene_of(open_hour(event=event, now=now + timedelta(minutes=1))) == Scene.TRADING


def test_a_scene_chosen_after_a_stroke_holds_until_the_next_one():
    event, now = make_open_event(minutes_ago=30), timezone.now()
    assert scene_of(choose_scene(event=event, scene=Scene.PAUSE, now=now)) == Scene.PAUSE
    assert scene_of(close_hour(event=event, now=now + timedelta(minutes=1))) == Scene.RESULT
    assert scene_of(choose_scene(event=event, scene=Scene.TRADING, now=now + timedelta(minutes=2))) == Scene.TRADING
    assert scene_of(choose_scene(event=event, scene=Scene.AUTO, now=now + timedelta(minutes=3))) == Scene.RESULT


def test_what_only_one_scene_shows_is_not_read_for_the_others():
    event = make_event()
    owner = make_participant(event, "Turlaget")
    make_resource(owner, "Refleksvester", kind="need")
    make_resource(owner, "Lavvo", kind="offer")
    Award.objects.create(event=event, title="Beste avtale", participant=owner, shown_at=timezone.now())
    found = {}
    for scene in (Scene.WELCOME, Scene.TRADING, Scene.PAUSE, Scene.RESULT):
        choose_scene(event=event, scene=scene, now=timezone.now())
        frame = feed.snapshot(event.pk)
        found[scene] = [len(part) for part in (frame.offers, frame.needs, frame.prizes)]
    assert found == {
        Scene.WELCOME: [1, 1, 0],
        Scene.TRADING: [0, 1, 0],
        Scene.PAUSE: [0, 0, 0],
        Scene.RESULT: [0, 0, 1],
    }


def test_prizes_are_revealed_the_last_one_first_and_never_for_what_is_hidden():
    event, now = make_open_event(), timezone.now()
    shown, hidden = make_agreement(event, summary="Boller"), make_agreement(event)
    event.agreements.filter(pk=hidden.pk).update(hidden_at=now)
    choir = make_participant(event, "Koret", sector=Sector.VOLUNTARY)
    for position, award in enumerate(
        (
            {"title": "Beste avtale", "agreement": shown, "shown_at": now},
            {"title": "Morsomste", "participant": choir, "shown_at": now + timedelta(seconds=1)},
            {"title": "Skjult", "agreement": hidden, "shown_at": now + timedelta(seconds=2)},
            {"title": "Hemmelig ennå", "participant": choir},
        )
    ):
        Award.objects.create(event=event, position=position, **award)
    choose_scene(event=event, scene=Scene.RESULT, now=timezone.now())
    prizes = feed.snapshot(event.pk).prizes
    assert [(prize.title, prize.winner, prize.sector) for prize in prizes] == [
        ("Morsomste", "Koret", "voluntary"),
        ("Beste avtale", "Boller", ""),
    ]


# --- the panel


def shown_panels(event):
    return feed.snapshot(event.pk).panels


def test_the_triangle_stands_alone_until_something_else_is_chosen():
    event = make_open_event(goal=100, challenges=["Eldre og ensomhet"])
    make_agreement(event)
    assert shown_panels(event).names == ("triangle",)
    choose_panel(event=event, panel=Panel.TURNS, most_agreements_shown=False)
    assert shown_panels(event).names == ("triangle", "categories", "goal", "challenges")


def test_a_panel_with_nothing_to_say_leaves_its_place_to_the_triangle():
    event = make_open_event()
    for panel in (Panel.GOAL, Panel.CHALLENGES, Panel.CATEGORIES):
        choose_panel(event=event, panel=panel, most_agreements_shown=True)
        assert shown_panels(event).names == ("triangle",)


def test_most_agreements_are_named_only_when_chosen():
    event = make_open_event()
    often, once = make_participant(event, "Årvoll"), make_participant(event, "Zulu")
    also = make_participant(event, "Ådal", sector=Sector.BUSINESS)
    for other in (once, also, also):
        make_agreement(event, (often, "Hjelp"), (other, ""))
    assert shown_panels(event).most == ()
    choose_panel(event=event, panel=Panel.TRIANGLE, most_agreements_shown=True)
    shown = shown_panels(event)
    assert shown.names == ("triangle", "most")
    assert shown.most == (Line("Årvoll", 3, "voluntary"), Line("Ådal", 2, "business"))


def test_challenges_count_the_agreements_that_answer_them():
    event = make_open_event(challenges=["Eldre og ensomhet", "Unge utenfor"])
    first = event.challenges.first()
    make_agreement(event, challenge=first)
    make_agreement(event)
    assert [(figure.name, figure.count) for figure in by_challenge(event)] == [
        ("Eldre og ensomhet", 1),
        ("Unge utenfor", 0),
    ]


# --- milestones


@pytest.mark.parametrize(("goal", "expected"), [(None, None), (2, (2, True)), (3, (3, True)), (4, None)])
def test_the_last_milestone_that_the_count_has_passed_is_told_with_its_moment(goal, expected):
    event, now = make_open_event(goal=goal), timezone.now()
    for number in range(3):
        make_agreement(event, now=now + timedelta(seconds=number))
    milestone = feed.snapshot(event.pk).milestone
    assert (milestone and (milestone.count, milestone.is_goal)) == expected
    if milestone:
        assert milestone.passed_at == now + timedelta(seconds=milestone.count - 1)


# --- the switches


def post(client, event, name, **fields):
    response = client.post(reverse(name, args=[event.slug]), fields, follow=True)
    assert response.status_code == 200
    return Event.objects.get(pk=event.pk), [str(message) for message in response.context["messages"]]


@pytest.fixture
def event(client):
    user = make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return make_open_event(by=user)


def test_the_control_room_chooses_scene_and_message(client, event):
    event, said = post(client, event, "control.scene", scene="pause", message="Vi begynner igjen kl. 12")
    assert (scene_of(event), event.screen_message) == (Scene.PAUSE, "Vi begynner igjen kl. 12")
    assert said == ["Storskjermen viser nå: Pause."]


@pytest.mark.parametrize("fields", [{"scene": "tull"}, {}, {"scene": "pause", "message": "x" * 121}])
def test_a_scene_that_is_none_changes_nothing(client, event, fields):
    after, said = post(client, event, "control.scene", **fields)
    assert (after.feed_version, scene_of(after), len(said)) == (event.feed_version, Scene.TRADING, 1)


def test_the_control_room_chooses_the_panel(client, event):
    event, _ = post(client, event, "control.panel", panel="turns", most_agreements_shown="on")
    assert (event.side_panel, event.most_agreements_shown) == (Panel.TURNS, True)
    event, _ = post(client, event, "control.panel", panel="goal")
    assert (event.side_panel, event.most_agreements_shown) == (Panel.GOAL, False)
    again, _ = post(client, event, "control.panel", panel="tull")
    assert again.feed_version == event.feed_version
