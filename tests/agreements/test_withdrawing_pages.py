"""«Withdraw or hide»: one question, two answers, each undone by one tap; and «I orden, vis den»."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement
from borsen.clock import close_hour
from borsen.enums import Role
from tests.factories import make_agreement, make_member, make_open_event

from .posting import client_of

pytestmark = pytest.mark.django_db

REASON = "Børstimen var slutt da avtalen ble skrevet."


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def broker(event):
    return make_member(event, Role.BROKER)


@pytest.fixture
def organiser(event):
    return event.memberships.get(role=Role.ORGANISER).user


def url(name, agreement):
    return reverse(f"agreement.{name}", args=[agreement.event.slug, agreement.number])


def hold_back(agreement):
    Agreement.objects.filter(pk=agreement.pk).update(needs_review=REASON)


def state(agreement):
    now = Agreement.objects.get(pk=agreement.pk)
    return {
        "hidden": now.hidden_at is not None,
        "withdrawn": now.withdrawn_at is not None,
        "needs_review": now.needs_review,
    }


def answer(user, agreement, what, **data):
    return client_of(user).post(url("withdraw", agreement), {"what": what, **data}, follow=True)


def undo_address(response):
    return [message.extra_tags for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("what", "expected", "undo"),
    [
        ("hide", {"hidden": True, "withdrawn": False, "needs_review": ""}, "show_again"),
        ("withdraw", {"hidden": False, "withdrawn": True, "needs_review": ""}, "restore"),
    ],
)
def test_each_answer_does_what_it_says_and_is_undone_by_one_tap(broker, event, what, expected, undo):
    agreement = make_agreement(event, by=broker)
    response = answer(broker, agreement, what, why="Feil part")
    assert state(agreement) == expected
    assert agreement.changes.last().why == "Feil part"
    assert undo_address(response) == [url(undo, agreement)]
    assert f'action="{url(undo, agreement)}"' in response.content.decode()
    client_of(broker).post(url(undo, agreement))
    assert state(agreement) == {"hidden": False, "withdrawn": False, "needs_review": ""}


def test_no_answer_and_a_made_up_one_change_nothing_and_ask_again_with_what_was_typed(broker, event):
    agreement = make_agreement(event, by=broker)
    for what in ("", "slett"):
        response = answer(broker, agreement, what, why="Feil part")
        assert (response.status_code, "Velg ett av svarene." in response.content.decode()) == (422, True)
        assert 'value="Feil part"' in response.content.decode()
    assert list(agreement.changes.values_list("what", flat=True)) == ["registered"]


def test_what_is_asked_from_another_page_of_ours_leads_back_there_and_nowhere_else(broker, event):
    agreement = make_agreement(event, by=broker)
    client = client_of(broker)
    listed = reverse("agreement.list", args=[event.slug])
    assert f'name="next" value="{listed}"' in client.get(url("withdraw", agreement), {"next": listed}).content.decode()
    expected = {
        listed: listed,
        "https://example.org/": agreement.get_absolute_url(),
        "//x": agreement.get_absolute_url(),
    }
    found = {
        page: client.post(url("withdraw", agreement), {"what": "hide", "next": page})["Location"] for page in expected
    }
    assert found == expected


def test_a_dialog_gets_the_question_alone(broker, event):
    agreement = make_agreement(event, by=broker)
    html = client_of(broker).get(url("withdraw", agreement), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in html, "Ta bort fra skjermen" in html, "Avtalen gjelder ikke" in html) == (False, True, True)


def test_the_question_offers_what_can_still_be_done(broker, event):
    agreement = make_agreement(event, by=broker)
    page = client_of(broker)

    def offered():
        html = page.get(url("withdraw", agreement)).content.decode()
        words = ("Ta bort fra skjermen", "Vis på skjermen igjen", "Avtalen gjelder ikke", "Ta den tilbake")
        return [word for word in words if f"<strong>{word}</strong>" in html]

    found = [offered()]
    for what in ("hide", "withdraw"):
        page.post(url("withdraw", agreement), {"what": what})
        found.append(offered())
    assert found == [
        ["Ta bort fra skjermen", "Avtalen gjelder ikke"],
        ["Vis på skjermen igjen", "Avtalen gjelder ikke"],
        ["Ta den tilbake"],
    ]


def test_an_organiser_who_hides_what_was_held_back_has_looked_at_it_and_the_undo_holds_it_back_again(organiser, event):
    agreement = make_agreement(event)
    hold_back(agreement)
    response = answer(organiser, agreement, "hide")
    assert state(agreement) == {"hidden": True, "withdrawn": False, "needs_review": ""}
    client_of(organiser).post(undo_address(response)[0])
    assert state(agreement)["needs_review"] == REASON


def test_a_broker_who_hides_what_was_held_back_leaves_it_for_the_organiser_to_look_at(broker, event):
    agreement = make_agreement(event, by=broker)
    hold_back(agreement)
    answer(broker, agreement, "hide")
    assert state(agreement) == {"hidden": True, "withdrawn": False, "needs_review": REASON}


def test_in_order_shows_it_and_can_be_undone(organiser, event):
    agreement = make_agreement(event)
    hold_back(agreement)
    client = client_of(organiser)
    assert "I orden, vis den" in client.get(agreement.get_absolute_url()).content.decode()
    response = client.post(url("review", agreement), follow=True)
    assert (state(agreement)["needs_review"], undo_address(response)) == ("", [url("hold_back", agreement)])
    client.post(url("hold_back", agreement))
    assert state(agreement)["needs_review"] == REASON


@pytest.mark.parametrize("name", ["restore", "show_again", "review", "hold_back"])
def test_nothing_is_done_by_a_link(organiser, event, name):
    assert client_of(organiser).get(url(name, make_agreement(event))).status_code == 405


def test_brokers_change_their_own_until_the_grace_is_over_and_the_organiser_always(broker, organiser, event):
    agreement = make_agreement(event, by=broker)
    now = timezone.now()
    found = {}
    for closed_at, when in ((None, "hour"), (now, "grace"), (now - timedelta(minutes=11), "over")):
        type(event).objects.filter(pk=event.pk).update(closed_at=closed_at)
        found[when] = [client_of(user).get(url("withdraw", agreement)).status_code for user in (broker, organiser)]
        listed = client_of(broker).get(agreement.get_absolute_url()).content.decode()
        assert ("Ta bort eller trekk" in listed) == (when != "over")
    assert found == {"hour": [200, 200], "grace": [200, 200], "over": [403, 200]}


def test_after_the_hour_a_broker_is_told_who_mends_it(broker, event):
    agreement = make_agreement(event, by=broker)
    close_hour(event=event, now=timezone.now())
    type(event).objects.filter(pk=event.pk).update(closed_at=timezone.now() - timedelta(hours=1))
    response = client_of(broker).get(url("correct", agreement))
    assert "Nå er det arrangøren som retter og trekker avtaler." in response.content.decode()


@pytest.mark.parametrize(("what", "undo"), [("hide", "show_again"), ("withdraw", "restore")])
def test_a_broker_does_not_bring_back_what_the_organiser_has_taken_away(broker, organiser, event, what, undo):
    agreement = make_agreement(event, by=broker)
    answer(organiser, agreement, what)
    before = state(agreement)
    page = client_of(broker).get(agreement.get_absolute_url()).content.decode()
    question = client_of(broker).get(url("withdraw", agreement)).content.decode()
    response = client_of(broker).post(url(undo, agreement))
    assert (url(undo, agreement) in page, url(undo, agreement) in question) == (False, False)
    assert (response.status_code, "Det var arrangøren som tok bort avtalen." in response.content.decode()) == (
        403,
        True,
    )
    assert (state(agreement), before["hidden"] or before["withdrawn"]) == (before, True)
    client_of(organiser).post(url(undo, agreement))
    assert state(agreement) == {"hidden": False, "withdrawn": False, "needs_review": ""}


@pytest.mark.parametrize(("what", "undo"), [("hide", "show_again"), ("withdraw", "restore")])
def test_a_broker_brings_back_what_they_took_away_themselves_also_after_the_organiser_did_so_once(
    broker, organiser, event, what, undo
):
    agreement = make_agreement(event, by=broker)
    answer(organiser, agreement, what)
    client_of(organiser).post(url(undo, agreement))
    answer(broker, agreement, what)
    assert url(undo, agreement) in client_of(broker).get(agreement.get_absolute_url()).content.decode()
    client_of(broker).post(url(undo, agreement))
    assert state(agreement) == {"hidden": False, "withdrawn": False, "needs_review": ""}


def test_undoing_that_it_was_taken_off_the_screen_leaves_it_held_back_and_nothing_more(organiser, event):
    agreement = make_agreement(event)
    hold_back(agreement)
    answer(organiser, agreement, "hide")
    client_of(organiser).post(url("hold_back", agreement))
    assert state(agreement) == {"hidden": False, "withdrawn": False, "needs_review": REASON}


def test_the_first_button_of_the_question_which_enter_presses_is_no_answer(broker, event):
    agreement = make_agreement(event, by=broker)
    html = client_of(broker).get(url("withdraw", agreement)).content.decode()
    first = html.split('<form class="question"', 1)[1].split("<button", 1)[1].split(">", 1)[0]
    assert ("name=" in first, "formaction=" in first) == (False, False)
