"""What is done with many chosen participants at once."""

import pytest

from borsen.enums import Role, Sector
from participants.enums import Status
from tests.factories import make_contact, make_event, make_member, make_participant, make_resource
from tests.participants.pages import client_of, form_of, seen_on, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


def statuses(*participants) -> list[str]:
    for participant in participants:
        participant.refresh_from_db()
    return [participant.status for participant in participants]


def choose(event, action, *participants, client=None, **fields):
    data = {"action": action, "chosen": [each.pk for each in participants], **fields}
    client = client or client_of(event)
    if action == "approve" and "seen" not in fields:
        data["seen"] = seen_on(client, event)
    return client.post(url_of("chosen", event), data)


def test_the_chosen_are_approved_and_the_list_comes_back_as_it_was():
    event = make_event()
    first, second, third = (make_participant(event, status=Status.REGISTERED) for _ in range(3))
    version = event.feed_version
    response = choose(event, "approve", first, second, back="status=registered&sorter=-tid")
    assert response["Location"] == url_of("list", event) + "?status=registered&sorter=-tid"
    assert statuses(first, second, third) == [Status.APPROVED, Status.APPROVED, Status.REGISTERED]
    event.refresh_from_db()
    assert event.feed_version == version + 1


def test_all_that_match_are_those_on_the_other_pages_too_and_nobody_outside_the_filters():
    event = make_event()
    matching = [make_participant(event, status=Status.REGISTERED, sector=Sector.BUSINESS) for _ in range(30)]
    other = make_participant(event, status=Status.REGISTERED)
    choose(event, "approve", all="1", back="status=registered&type=business")
    assert set(statuses(*matching)) == {Status.APPROVED}
    assert statuses(other) == [Status.REGISTERED]


def test_another_events_participants_are_never_touched_or_named():
    event, elsewhere = make_event(), make_event()
    theirs = make_participant(elsewhere, "Nabobygda", status=Status.REGISTERED)
    make_contact(theirs, email="nabo@hemmelig.example")
    mine = make_participant(event, "Min egen", status=Status.REGISTERED)
    client = client_of(event)
    choose(event, "approve", mine, theirs, client=client)
    choose(event, "cancel", mine, theirs, client=client, yes="1")
    assert statuses(mine, theirs) == [Status.CANCELLED, Status.REGISTERED]
    for action in ("cancel", "remind", "addresses"):
        response = choose(event, action, mine, theirs, client=client)
        assert response.status_code == 200
        assert "Nabobygda" not in text_of(response)
        assert "hemmelig" not in response.content.decode()
    assert choose(event, "approve", theirs, client=client)["Location"] == url_of("list", event)


def test_signing_off_asks_first_and_says_whom():
    event = make_event()
    first, second = (make_participant(event, name) for name in ("Koret", "Turlaget"))
    client = client_of(event)
    question = choose(event, "cancel", first, second, client=client, back="q=o")
    assert "Melde av 2 deltakere?" in text_of(question)
    assert statuses(first, second) == [Status.APPROVED] * 2
    form = next(each for each in tree_of(question).iter("form") if each.get("action") == url_of("chosen", event))
    data = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("name")} | {"yes": "1"}
    response = client.post(url_of("chosen", event), data, follow=True)
    assert response.redirect_chain == [(url_of("list", event) + "?q=o", 302)]
    assert "2 deltakere er meldt av." in text_of(response)
    assert statuses(first, second) == [Status.CANCELLED] * 2


def test_those_who_are_taken_in_again_are_said_to_be_so_and_not_to_be_approved():
    event = make_event()
    first, second = (make_participant(event, status=Status.CANCELLED) for _ in range(2))
    client = client_of(event)
    seen = seen_on(client, event, status="cancelled")
    data = {"action": "approve", "chosen": [first.pk, second.pk], "back": "status=cancelled", "seen": seen}
    response = client.post(url_of("chosen", event), data, follow=True)
    assert "2 deltakere er meldt på igjen." in text_of(response)
    assert "er godkjent" not in text_of(response)
    assert statuses(first, second) == [Status.APPROVED] * 2


@pytest.mark.parametrize("sent", [{}, {"chosen": ["x", "-1", "", "99999999999999999999"]}, {"ids": ",,x"}])
def test_nobody_chosen_says_so(sent):
    event = make_event()
    make_participant(event)
    response = client_of(event).post(url_of("chosen", event), {"action": "approve", **sent}, follow=True)
    assert "Ingen er valgt." in text_of(response)


def test_an_unknown_action_is_refused():
    event = make_event()
    assert choose(event, "slett", make_participant(event)).status_code == 403


def test_the_addresses_are_each_there_once_and_only_where_nobody_can_read_along():
    event = make_event()
    first, second = make_participant(event, "Koret"), make_participant(event, "Turlaget")
    make_contact(first, email="Kari@Example.org")
    make_contact(second, email="kari@example.org")
    make_contact(second, "Per", email="per@example.org")
    none = make_participant(event, "Uten adresse")
    client = client_of(event)
    page = choose(event, "addresses", first, second, none, client=client)
    field = next(each for each in tree_of(page).iter("textarea"))
    assert field.text == "kari@example.org; per@example.org"
    assert "1 deltaker har ingen e-post" in text_of(page)
    assert page["Cache-Control"] == "private, no-store"
    data = {"action": "addresses", "chosen": [first.pk, second.pk]}
    open_wifi = client.post(url_of("chosen", event), data, REMOTE_ADDR="192.168.1.20")
    assert "Forbindelsen er ikke kryptert" in text_of(open_wifi)
    assert "example.org" not in open_wifi.content.decode()


def test_the_coordinator_may_not_do_any_of_it():
    event = make_event()
    participant = make_participant(event, status=Status.REGISTERED)
    client = client_of(event, Role.COORDINATOR)
    assert choose(event, "approve", participant, client=client).status_code == 403
    assert statuses(participant) == [Status.REGISTERED]


def test_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        participants = [make_participant(event, status=Status.REGISTERED) for _ in range(number)]
        for participant in participants:
            make_contact(participant, email=f"{participant.pk}@example.org")
        client = client_of(event)
        # session, user, event, roles, the ids; who they are, their contacts
        with django_assert_num_queries(7):
            choose(event, "addresses", *participants, client=client)
        # the ids; begin, lock, who they are and all that they say, approve, feed, commit; the words for the next page,
        # in the session
        make_member(event, Role.DOOR)
        seen = seen_on(client, event)
        with django_assert_num_queries(15):
            choose(event, "approve", *participants, client=client, seen=seen)


def test_every_row_has_a_box_that_belongs_to_the_form_and_the_form_knows_the_filters():
    event = make_event()
    participants = [make_participant(event, f"Lag {index}") for index in range(3)]
    make_resource(participants[0], "Kurs")
    page = client_of(event).get(url_of("list", event) + "?sorter=-tilbud")
    boxes = [each for each in tree_of(page).iter("input") if each.get("name") == "chosen"]
    assert [(box.get("form"), int(box.get("value"))) for box in boxes] == [("bulk", each.pk) for each in participants]
    assert form_of(page, "bulk")["back"] == "sorter=-tilbud"


def test_enter_in_a_rows_box_does_nothing_to_those_that_are_chosen():
    event = make_event()
    make_participant(event, status=Status.REGISTERED)
    tree = tree_of(client_of(event).get(url_of("list", event) + "?status=registered"))
    form = next(each for each in tree.iter("form") if each.get("id") == "bulk")
    # The button that a browser presses then is the first of the form, and with a disabled one it presses none.
    buttons = [("disabled" in each.attrib, each.get("value")) for each in form.iter("button")]
    assert buttons == [(True, None), (False, "approve"), (False, "remind"), (False, "addresses"), (False, "cancel")]


def test_the_page_that_a_button_leads_to_begins_at_its_heading():
    event = make_event()
    participant = make_participant(event, "Koret")
    for action, heading in (
        ("cancel", "Melde av 1 deltaker?"),
        ("addresses", "E-postadresser"),
        ("remind", "Minn om tilbud og behov"),
    ):
        tree = tree_of(choose(event, action, participant))
        begins = [(each.tag, each.get("tabindex"), each.text) for each in tree.iter() if "autofocus" in each.attrib]
        assert begins == [("h1", "-1", heading)]
