"""A børs is made and changed: what is kept, what is refused, and what is given back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from borsen.devices import make_device
from borsen.enums import Role, Sector
from borsen.events import EventDraft, HostDraft, change_event
from borsen.models import Event, HostLogo
from participants.enums import DEFAULT_CATEGORIES
from tests.borsen.addresses import client_for, client_with_device
from tests.factories import make_event, make_logo, make_participant, make_resource, make_user

pytestmark = pytest.mark.django_db

HOST = {"name": "Granfjord Frivilligsentral", "sector": "voluntary", "contributes": "Lokaler", "website": ""}


def form_data(*hosts, **fields):
    rows = {f"hosts-{n}-{name}": value for n, host in enumerate(hosts) for name, value in host.items()}
    management = {"hosts-TOTAL_FORMS": len(hosts), "hosts-INITIAL_FORMS": 0}
    plain = {"name": "Frivilligbørs i Granfjord", "date": "2027-03-04", "time": "18:00", "minutes": "60"}
    return plain | management | rows | fields


@pytest.fixture
def client():
    return client_for(make_user("kari", may_create_events=True))


def test_an_event_is_made_with_hosts_challenges_categories_and_its_organiser(client):
    other = {"name": "Granfjord kommune", "sector": "public", "contributes": "Kaffe", "website": ""}
    data = form_data(HOST, other, place="Lillesalen", goal="100", challenge_1="Eldre og ensomhet", challenge_3="Unge")
    assert client.post("/ny/", data)["Location"] == "/frivilligbors-i-granfjord/"
    event = Event.objects.get(slug="frivilligbors-i-granfjord")
    assert event.starts_at == datetime(2027, 3, 4, 18, tzinfo=ZoneInfo("Europe/Oslo"))
    assert (event.minutes, event.goal, event.place, event.published) == (60, 100, "Lillesalen", False)
    hosts = list(event.hosts.values_list("name", "sector", "contributes"))
    assert hosts == [
        ("Granfjord Frivilligsentral", "voluntary", "Lokaler"),
        ("Granfjord kommune", "public", "Kaffe"),
    ]
    assert [challenge.text for challenge in event.challenges.all()] == ["Eldre og ensomhet", "Unge"]
    assert [category.name for category in event.categories.all()] == [str(name) for name in DEFAULT_CATEGORIES]
    assert list(event.memberships.values_list("user__username", "role")) == [("kari", "organiser")]


def test_a_web_address_is_taken_as_people_write_it(client):
    assert 'type="url"' not in client.get("/ny/").content.decode()
    client.post("/ny/", form_data(HOST | {"website": "www.granfjord.example"}, slug="granfjord"))
    event = Event.objects.get()
    assert event.hosts.get().website == "https://www.granfjord.example"
    assert 'type="url"' not in client.get("/granfjord/innstillinger/").content.decode()


def test_an_empty_row_is_no_host(client):
    empty = {"name": "", "sector": "business", "contributes": "", "website": ""}
    client.post("/ny/", form_data(empty, HOST, slug="granfjord"))
    assert [host.name for host in Event.objects.get().hosts.all()] == ["Granfjord Frivilligsentral"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"slug": "konto"}, "Denne adressen er opptatt."),
        ({"slug": "nabobygda"}, "Denne adressen er opptatt."),
        ({"slug": "Blåbær og fløte"}, "Bruk bare bokstavene a til z"),
        ({"hosts-0-website": "tull og tøys"}, "Skriv adressen slik: www.eksempel.no"),
        ({"name": ""}, "Feltet er påkrevet."),
        ({"date": "i morgen"}, "gyldig dato"),
        ({"minutes": "2"}, "5"),
        ({"time": "02:30", "date": "2027-03-28"}, "fordi klokka stilles"),
        ({"hosts-0-name": ""}, "Skriv hvem det gjelder"),
        ({"challenge_5": "x" * 161}, "160"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_all_that_was_typed_is_kept(fields, says, client):
    make_event("nabobygda")
    response = client.post("/ny/", form_data(HOST, place="Lillesalen på Øya", challenge_2="Unge utenfor") | fields)
    html = response.content.decode()
    assert response.status_code == 422
    assert says in html
    assert 'aria-invalid="true"' in html
    # Also without script the page opens at the first field that is wrong.
    assert re.findall(r"<\w+ [^>]*autofocus[^>]*>", html) == re.findall(r"<\w+ [^>]*aria-invalid[^>]*>", html)
    for typed in ("Lillesalen på Øya", "Unge utenfor", "Lokaler"):
        assert f'value="{typed}"' in html
    assert list(Event.objects.values_list("slug", flat=True)) == ["nabobygda"]


def test_the_settings_show_and_change_all_that_was_said():
    event = make_event("granfjord", hosts=[HostDraft("Sentralen", Sector.VOLUNTARY)], challenges=["Eldre", "Unge"])
    client = client_for(event.memberships.get().user)
    html = client.get("/granfjord/innstillinger/").content.decode()
    for shown in ("Sentralen", "Eldre", "Unge", event.name):
        assert f'value="{shown}"' in html
    data = form_data(HOST, name="Ny tittel", grace_minutes="15", practical="Parkering bak", published="on")
    assert client.post("/granfjord/innstillinger/", data).status_code == 302
    version = event.feed_version
    event.refresh_from_db()
    said = (event.name, event.grace_minutes, event.practical, event.published, event.feed_version)
    assert said == ("Ny tittel", 15, "Parkering bak", True, version + 1)


def test_what_is_wrong_in_the_settings_does_not_show_in_the_frame():
    event = make_event("granfjord", name="Frivilligbørsen")
    client = client_for(event.memberships.get().user)
    response = client.post("/granfjord/innstillinger/", form_data(HOST, name="Feil", grace_minutes="999"))
    assert response.status_code == 422
    assert "<title>Innstillinger – Frivilligbørsen</title>" in response.content.decode()


def change(event, **fields):
    kept = {"name": event.name, "starts_at": event.starts_at}
    return change_event(event=event, draft=EventDraft(**(kept | fields)))


def test_a_host_keeps_its_logo_through_changes_of_order_and_spelling():
    event = make_event(hosts=[HostDraft("Kommunen", "public"), HostDraft("Sentralen", "voluntary")])
    for host in event.hosts.all():
        make_logo(host, digest=host.name[:16])
    change(event, hosts=[HostDraft("Sentralen", "voluntary"), HostDraft("KOMMUNEN", "public", "Kaffe")])
    change(event, hosts=[HostDraft("Frivilligsentralen", "voluntary"), HostDraft("Kommunen", "public")])
    assert list(event.hosts.values_list("name", "logo__digest")) == [
        ("Frivilligsentralen", "Sentralen"),
        ("Kommunen", "Kommunen"),
    ]


def test_a_host_that_is_taken_away_leaves_no_logo_to_the_one_behind_it():
    event = make_event(hosts=[HostDraft("Kommunen", "public"), HostDraft("Sentralen", "voluntary")])
    make_logo(event.hosts.get(name="Kommunen"), digest="Kommunen")
    change(event, hosts=[HostDraft("Sentralen", "voluntary")])
    assert list(event.hosts.values_list("name", "logo__digest")) == [("Sentralen", None)]


def test_a_challenge_that_is_spelt_better_keeps_what_points_at_it_and_one_in_the_middle_can_go():
    event = make_event(challenges=["Eldre og ensomet", "Klima", "Unge utenfor"])
    old, _climate, young = event.challenges.all()
    resource = make_resource(make_participant(event), "Besøk", challenge=old)
    other = make_resource(make_participant(event), "Jobb", challenge=young)
    change(event, challenges=["Eldre og ensomhet", "", "Unge utenfor"])
    resource.refresh_from_db()
    other.refresh_from_db()
    assert (resource.challenge.text, other.challenge.text) == ("Eldre og ensomhet", "Unge utenfor")
    assert [challenge.text for challenge in event.challenges.all()] == ["Eldre og ensomhet", "Unge utenfor"]


def test_the_front_page_lists_each_event_once_with_the_visitors_roles_and_nobody_elses(django_assert_num_queries):
    user = make_user("kari", display_name="Kari Granli")
    mine, also_mine = make_event("granfjord", by=user, name="Granfjordbørsen"), make_event("sundet", name="Sundbørsen")
    make_event("nabobygda", name="Nabobørsen")
    mine.memberships.create(user=user, role=Role.BROKER)
    also_mine.memberships.create(user=user, role=Role.BROKER)
    client = client_for(user)
    with django_assert_num_queries(3):  # session, user, memberships with their events
        html = client.get("/").content.decode()
    assert html.count("Granfjordbørsen") == 1
    assert "arrangør, børsmegler" in html
    assert 'href="/sundet/megler/"' in html
    assert 'href="/sundet/innstillinger/"' not in html
    assert "Nabobørsen" not in html
    assert "Opprett en børs" not in html


def test_who_is_at_no_event_is_told_what_to_do():
    nobody = client_for(make_user("kari")).get("/").content.decode()
    creator = client_for(make_user("ola", may_create_events=True)).get("/").content.decode()
    assert "Brukernavnet ditt er <strong>kari</strong>" in nobody
    assert 'href="/ny/"' in creator


def test_the_front_page_takes_as_many_queries_with_three_events_as_with_one(django_assert_num_queries):
    user = make_user("kari")
    for days in range(3):
        make_event(by=user, starts_at=datetime.now(tz=ZoneInfo("UTC")) + timedelta(days=days))
    client = client_for(user)
    with django_assert_num_queries(3):
        client.get("/")


def test_a_device_finds_its_way_from_the_front_page_to_its_work_and_is_not_asked_to_sign_in():
    event = make_event("granfjord", name="Granfjordbørsen")
    other = make_event("nabobygda", name="Nabobørsen")
    user = make_user("kari", may_create_events=True)
    other.memberships.create(user=user, role=Role.ORGANISER)
    device = make_device(event=event, user=user, role=Role.BROKER, label="Nettbrett")
    html = client_with_device(device).get("/").content.decode()
    assert 'href="/granfjord/megler/"' in html
    assert "Nabobørsen" not in html
    assert "Opprett en børs" not in html
    assert "Logg inn" not in html


def test_an_address_that_is_taken_while_the_form_is_sent_is_said_at_the_field(client, monkeypatch):
    make_event("granfjord")
    # Two organisers press the button at once: the form saw a free address.
    monkeypatch.setattr("borsen.forms_event.is_free", lambda _slug: True)
    monkeypatch.setattr("borsen.forms_event.CreateForm.validate_unique", lambda _form: None)
    response = client.post("/ny/", form_data(HOST, slug="granfjord"))
    assert response.status_code == 422
    assert response.context["form"].errors["slug"][0].startswith("Denne adressen er opptatt.")
    assert Event.objects.count() == 1


# --- from an earlier børs

LAST_YEAR = {
    "place": "Lillesalen",
    "goal": 120,
    "programme": "18.00 Gongen",
    "registration_text": "Velkommen igjen",
    "ask_whom": "Kari",
    "wish_business": 30,
    "reads_together": True,
    "approves_first": False,
    "published": True,
    "catalogue_published": True,
    "page_published": True,
    "registration_open": True,
    "changes_locked": True,
    "next_date": "4. mars",
}


@pytest.fixture
def earlier():
    by = make_user("kari", may_create_events=True)
    hosts = [HostDraft("Kommunen", "public", "Kaffe"), HostDraft("Sentralen", "voluntary")]
    event = make_event(
        "i-fjor", by=by, name="Børsen i Granfjord", hosts=hosts, challenges=["Eldre", "Unge"], **LAST_YEAR
    )
    make_logo(event.hosts.first(), digest="kommunens")
    event.categories.all().delete()
    for position, name in enumerate(["Varme", "Lys"]):
        event.categories.create(name=name, position=position)
    make_resource(make_participant(event), "Sal")
    event.memberships.create(user=make_user("ola"), role=Role.COORDINATOR)
    return event


def test_a_new_event_begins_from_an_earlier_ones_settings_and_from_nothing_else_of_it(earlier):
    client = client_for(earlier.memberships.get(role=Role.ORGANISER).user)
    html = client.get("/ny/?fra=i-fjor").content.decode()
    # The page begins at what it was filled in from.
    assert re.findall(r"<(\w+) [^>]*autofocus", html) == ["p"]
    for shown in ("Børsen i Granfjord", "Lillesalen", "Eldre", "Kaffe", "120"):
        assert f'value="{shown}"' in html
    assert 'type="date" name="date" value=' not in html
    host = {"name": "Kommunen", "sector": "public", "contributes": "Kaffe", "website": ""}
    data = form_data(
        host, slug="i-aar", copied_from="i-fjor", goal="150", challenge_1="Eldre", **{"hosts-INITIAL_FORMS": 1}
    )
    assert client.post("/ny/", data)["Location"] == "/i-aar/"
    event = Event.objects.get(slug="i-aar")
    copied = ("programme", "registration_text", "ask_whom", "wish_business", "reads_together", "approves_first")
    assert [getattr(event, name) for name in copied] == [LAST_YEAR[name] for name in copied]
    assert (event.goal, event.starts_at.year, event.next_date) == (150, 2027, "")
    opened = ("published", "catalogue_published", "page_published", "registration_open", "changes_locked")
    assert [getattr(event, name) for name in opened] == [False] * 5
    assert list(event.hosts.values_list("name", "logo__digest")) == [("Kommunen", "kommunens")]
    assert [category.name for category in event.categories.all()] == ["Varme", "Lys"]
    assert [challenge.text for challenge in event.challenges.all()] == ["Eldre"]
    assert (event.participants.count(), event.agreements.count()) == (0, 0)
    assert list(event.memberships.values_list("user__username", "role")) == [("kari", "organiser")]
    assert [earlier.categories.count(), earlier.hosts.count(), HostLogo.objects.count()] == [2, 2, 2]


def test_what_is_wrong_keeps_the_choice_of_the_earlier_one(earlier):
    client = client_for(earlier.memberships.get(role=Role.ORGANISER).user)
    response = client.post("/ny/", form_data(HOST, copied_from="i-fjor", date=""))
    html = response.content.decode()
    assert (response.status_code, 'name="copied_from" value="i-fjor"' in html) == (422, True)


def test_only_ones_own_earlier_events_are_offered_and_taken(earlier):
    ola = make_user("per", may_create_events=True)
    earlier.memberships.create(user=ola, role=Role.COORDINATOR)
    client = client_for(ola)
    assert "i-fjor" not in client.get("/ny/").content.decode()
    assert client.get("/ny/?fra=i-fjor").status_code == 404
    assert client.post("/ny/", form_data(HOST, copied_from="i-fjor")).status_code == 404
    assert Event.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_earlier_events(count, django_assert_num_queries):
    user = make_user("kari", may_create_events=True)
    for _turn in range(count):
        make_event(by=user)
    client = client_for(user)
    with django_assert_num_queries(3):  # session, user, memberships with their events
        client.get("/ny/")
