"""«Påmelding og forside»: what it opens, what it saves, and that the other page of settings leaves it alone."""

import re

import pytest

from borsen.enums import Role
from borsen.events import EVENT_FIELDS, PLAIN_FIELDS, EventDraft, HostDraft, change_event
from borsen.forms_event import SettingsForm
from borsen.forms_registration import RegistrationForm
from borsen.models import Event
from borsen.registration_settings import change_registration, close_page, close_registration, open_registration
from tests.borsen.addresses import client_for
from tests.borsen.test_events import HOST, form_data
from tests.factories import make_event, make_member

pytestmark = pytest.mark.django_db

PAGE = "/granfjord/innstillinger/pamelding/"
SAID = {
    "registration_text": "Velkommen til den femte børsen.",
    "ask_whom": "Kari Granli, 900 00 000",
    "municipalities": "Granfjord, Sundet",
    "approves_first": "on",
    "wish_business": "30",
    "wish_voluntary": "40",
    "wish_public": "",
    "catalogue_published": "on",
    "thanks": "Takk for i dag!",
    "next_date": "torsdag 4. mars 2028",
}


@pytest.fixture
def event():
    return make_event("granfjord", name="Granfjordbørsen")


@pytest.fixture
def client(event):
    return client_for(event.memberships.get().user)


def values(event, *names):
    return tuple(Event.objects.values_list(*names).get(pk=event.pk))


def test_what_is_said_is_saved_and_shown_and_the_screens_are_told(event, client):
    assert client.post(PAGE, SAID)["Location"] == PAGE
    found = values(event, *SAID, "changes_locked", "feed_version")
    expected = {**SAID, "approves_first": True, "wish_business": 30, "wish_voluntary": 40, "wish_public": None}
    expected["catalogue_published"] = True
    assert found == (*expected.values(), False, event.feed_version + 1)
    html = client.get(PAGE).content.decode()
    for shown in ("Velkommen til den femte børsen.", "Kari Granli, 900 00 000", 'value="30"', "Takk for i dag!"):
        assert shown in html


def test_opening_the_registration_opens_the_front_page_and_closing_leaves_it(event, client):
    client.post(f"{PAGE}apent/", {"switch": "open-registration"})
    opened = values(event, "registration_open", "page_published")
    client.post(f"{PAGE}apent/", {"switch": "close-registration"})
    closed = values(event, "registration_open", "page_published")
    client.post(f"{PAGE}apent/", {"switch": "close-page"})
    assert (opened, closed, values(event, "registration_open", "page_published")) == (
        (True, True),
        (False, True),
        (False, False),
    )
    client.post(f"{PAGE}apent/", {"switch": "open-page"})
    assert values(event, "registration_open", "page_published") == (False, True)


def test_closing_the_front_page_closes_a_registration_that_leads_from_it(event):
    open_registration(event=event)
    close_page(event=event)
    assert values(event, "registration_open", "page_published") == (False, False)


def test_the_buttons_say_what_one_tap_does_now(event, client):
    def buttons():
        html = client.get(PAGE).content.decode()
        names = ("Åpne påmeldingen", "Steng påmeldingen", "Åpne forsiden", "Steng forsiden")
        return [name for name in names if f">{name}</button>" in html]

    assert buttons() == ["Åpne påmeldingen", "Åpne forsiden"]
    open_registration(event=event)
    assert buttons() == ["Steng påmeldingen"]
    close_registration(event=event)
    assert buttons() == ["Åpne påmeldingen", "Steng forsiden"]


def test_a_tap_that_says_nothing_known_changes_nothing(event, client):
    assert client.post(f"{PAGE}apent/", {"switch": "sesam"})["Location"] == PAGE
    assert values(event, "registration_open", "page_published", "feed_version") == (False, False, event.feed_version)


def test_an_open_tab_of_one_page_does_not_undo_what_the_other_saved(event, client):
    # Both pages stand open; then one is saved, a switch is tapped, and the other is saved as it stood.
    client.post(PAGE, SAID)
    open_registration(event=event)
    client.post("/granfjord/innstillinger/", form_data(HOST, name="Ny tittel", grace_minutes="10"))
    assert values(event, "name", "registration_text", "registration_open", "catalogue_published", "wish_business") == (
        "Ny tittel",
        "Velkommen til den femte børsen.",
        True,
        True,
        30,
    )
    client.post(PAGE, {"registration_text": "Nytt", "approves_first": "on"})
    assert values(event, "name", "registration_text", "registration_open", "page_published") == (
        "Ny tittel",
        "Nytt",
        True,
        True,
    )
    assert [host.name for host in event.hosts.all()] == [HOST["name"]]


def test_the_verbs_write_only_what_their_page_asks_for(event):
    stale = EventDraft(name="Ny", starts_at=event.starts_at, hosts=[HostDraft("Kommunen", "public")])
    change_registration(event=event, said={"thanks": "Takk", "registration_open": True})
    change_event(event=event, draft=stale)
    change_registration(event=event, said={"next_date": "i mars"})
    assert values(event, "name", "thanks", "registration_open", "next_date") == ("Ny", "Takk", True, "i mars")


def test_the_two_pages_ask_for_nothing_in_common_and_between_them_for_everything(event):
    switches = {"page_published", "registration_open"}
    one = {*SettingsForm(instance=event)._meta.fields, "starts_at"}
    other = set(RegistrationForm(instance=event, is_private=True).fields)
    assert (one, one & other) == (set(EVENT_FIELDS), set())
    assert one | other | switches == set(PLAIN_FIELDS)


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(event, client):
    response = client.post(PAGE, SAID | {"wish_business": "-3", "registration_text": "x" * 1001})
    html = response.content.decode()
    assert (response.status_code, html.count('aria-invalid="true"'), html.count(" autofocus")) == (422, 2, 1)
    assert "Takk for i dag!" in html
    # Neither is anything cut unseen while it is pasted.
    assert ("x" * 1001 in html, re.findall(r"<textarea[^>]*maxlength", html)) == (True, [])
    assert values(event, "thanks") == ("",)


def test_municipalities_are_written_tidily(event, client):
    client.post(PAGE, SAID | {"municipalities": " Granfjord,, Nedre  Sund ,granfjord"})
    assert values(event, "municipalities") == ("Granfjord, Nedre Sund",)


def test_addresses_to_share_are_shown_only_where_links_are_made(event, client, settings):
    settings.PUBLIC_URL = ""
    html = client.get(PAGE).content.decode()
    assert ("PUBLIC_URL" in html, "testserver" in html) == (True, False)
    settings.PUBLIC_URL = "https://bors.example"
    html = client.get(PAGE).content.decode()
    for shared in ("https://bors.example/granfjord/pamelding/", "https://bors.example/granfjord/"):
        assert f'value="{shared}"' in html
    assert 'href="/granfjord/pamelding/"' in html


def test_over_plain_http_from_another_machine_whom_to_ask_is_neither_shown_nor_touched(event):
    change_registration(event=event, said={"ask_whom": "Kari, 900 00 000"})
    client = client_for(make_member(event, Role.ORGANISER))
    elsewhere = {"REMOTE_ADDR": "192.168.1.20"}
    assert "900 00 000" not in client.get(PAGE, **elsewhere).content.decode()
    client.post(PAGE, SAID | {"ask_whom": "En annen"}, **elsewhere)
    assert values(event, "ask_whom", "thanks") == ("Kari, 900 00 000", "Takk for i dag!")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_hosts(count, django_assert_num_queries):
    event = make_event("granfjord", hosts=[HostDraft(f"Vertskap {number}", "public") for number in range(count)])
    client = client_for(event.memberships.get().user)
    with django_assert_num_queries(
        6
    ):  # session, user, event, roles; hosts and challenges, for what is to be said of their texts
        client.get(PAGE)
