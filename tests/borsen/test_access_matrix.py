"""The permission matrix: one row for every address of the product, asked as everybody who could come by.

Adding an address: add a row here, and where it has an argument that is not known yet, a line in addresses.ARGUMENTS.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from borsen.access import Access
from borsen.devices import make_device, send_out
from borsen.enums import Role
from tests.borsen.addresses import address, arguments_of, client_for, client_with_device, make_world, patterns
from tests.factories import make_member, make_user


@dataclass(frozen=True)
class Row:
    """Who is let in; ORGANISER always is, and is not named. `needs` is a field of the user that has to be set.
    `open_when`: what of the event lets everybody in (OPENS).

    `own`: all but the organiser only to an agreement that they registered themselves.
    """

    roles: frozenset[Role] = frozenset()
    open_when: str = ""
    kind: str = "roles"
    needs: str = ""
    own: bool = False


def roles(*allowed: Role, open_when: str = "", own: bool = False) -> Row:
    return Row(frozenset(allowed), open_when, own=own)


PUBLIC = Row(kind="public")
ANYONE_AT_EVENT = Row(kind="anyone at event")
BY_PRIVATE_LINK = Row(kind="private link")
LIKE_THE_FRONT_PAGE = Row(kind="like the front page")  # to who has no private link: 404 while that is closed
SIGNED_IN = Row(kind="signed in")
ORGANISER_ONLY = roles()

MATRIX: dict[str, Row] = {
    # borsen
    "home": PUBLIC,
    "healthz": PUBLIC,
    "favicon": PUBLIC,
    "login": PUBLIC,
    "login.link": PUBLIC,
    "logout": PUBLIC,
    "password.forgotten": PUBLIC,
    "password.new": PUBLIC,
    "password.change": SIGNED_IN,
    "account": SIGNED_IN,
    "event.create": Row(kind="signed in", needs="may_create_events"),
    "event.receive": Row(kind="signed in", needs="may_create_events"),
    "event.overview": roles(Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE, open_when="has_front_page"),
    "event.calendar": roles(Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE, open_when="has_front_page"),
    "event.settings": ORGANISER_ONLY,
    "registration.settings": ORGANISER_ONLY,
    "registration.settings.switch": ORGANISER_ONLY,
    "host.list": ORGANISER_ONLY,
    "host.logo.upload": ORGANISER_ONLY,
    "host.logo.remove": ORGANISER_ONLY,
    "host.logo": roles(*set(Role) - {Role.ORGANISER}, open_when="has_front_page"),
    "invitation": PUBLIC,
    "invitation.ask": PUBLIC,
    "invitation.create": ORGANISER_ONLY,
    "invitation.send": ORGANISER_ONLY,
    "invitation.take_back": ORGANISER_ONLY,
    "event.people": ORGANISER_ONLY,
    "event.people.give": ORGANISER_ONLY,
    "event.people.create": ORGANISER_ONLY,
    "event.people.remove": ORGANISER_ONLY,
    "card.show": ORGANISER_ONLY,
    "card.create": ORGANISER_ONLY,
    "card.replace": ORGANISER_ONLY,
    "card.print": ORGANISER_ONLY,
    "device.list": roles(Role.DOOR),
    "device.door": roles(Role.DOOR),
    "device.dismiss": roles(Role.DOOR),
    "device.enter": ANYONE_AT_EVENT,
    # participants
    "registration": roles(Role.COORDINATOR, open_when="has_public_page"),
    "registration.receipt": roles(Role.COORDINATOR, open_when="has_public_page"),
    "own_page": LIKE_THE_FRONT_PAGE,
    "own_page.ask": LIKE_THE_FRONT_PAGE,
    "own_page.leave": ANYONE_AT_EVENT,
    "own_page.enter": ANYONE_AT_EVENT,
    "own_page.change": BY_PRIVATE_LINK,
    "own_page.sign_off": ANYONE_AT_EVENT,  # answers POST alone; tests/participants/test_own_page.py asks as a stranger
    "participant.links": ORGANISER_ONLY,
    "participant.proposal": ORGANISER_ONLY,
    "check_in": roles(Role.DOOR),
    "check_in.walk_in": roles(Role.DOOR),
    "check_in.enter": roles(Role.DOOR),
    "check_in.undo": roles(Role.DOOR),
    "check_in.people": roles(Role.DOOR),
    "category.list": ORGANISER_ONLY,
    "catalogue": roles(Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE, open_when="catalogue_published"),
    "registration.unit": roles(Role.COORDINATOR, Role.DOOR, open_when="has_public_page"),
    "catalogue.pdf": roles(Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE, open_when="catalogue_published"),
    "participant.list": roles(Role.COORDINATOR),
    "participant.create": ORGANISER_ONLY,
    "participant.approve_all": ORGANISER_ONLY,
    "participant.edit": roles(Role.COORDINATOR),
    "participant.status": ORGANISER_ONLY,
    "participant.remove": ORGANISER_ONLY,
    "participant.import": ORGANISER_ONLY,
    "participant.import.check": ORGANISER_ONLY,
    "participant.import.columns": ORGANISER_ONLY,
    "participant.import.discard": ORGANISER_ONLY,
    "participant.import.report": ORGANISER_ONLY,
    "participant.import.file": ORGANISER_ONLY,
    "participant.export": roles(Role.COORDINATOR),
    "participant.chosen": ORGANISER_ONLY,
    "participant.remind": ORGANISER_ONLY,
    "participant.doubles": ORGANISER_ONLY,
    "participant.join": ORGANISER_ONLY,
    "participant.not_double": ORGANISER_ONLY,
    "message.list": roles(Role.COORDINATOR),
    "message.create": ORGANISER_ONLY,
    "message.show": roles(Role.COORDINATOR),
    "mail.list": ORGANISER_ONLY,
    "mail.again": ORGANISER_ONLY,
    "mail.discard": ORGANISER_ONLY,
    # agreements
    "broker": roles(Role.BROKER),
    "broker.status": roles(Role.BROKER),
    "broker.market": roles(Role.BROKER),
    "broker.help": roles(Role.BROKER),
    "broker.take_back": roles(Role.BROKER),
    "broker.participants": roles(Role.BROKER),
    "agreement.list": roles(Role.COORDINATOR, Role.BROKER),
    "agreement.create": roles(Role.BROKER),
    "agreement.show": roles(Role.COORDINATOR, Role.BROKER),
    "agreement.correct": roles(Role.BROKER, own=True),
    "agreement.withdraw": roles(Role.BROKER, own=True),
    "agreement.restore": roles(Role.BROKER, own=True),
    "agreement.show_again": roles(Role.BROKER, own=True),
    "agreement.review": ORGANISER_ONLY,
    "agreement.hold_back": ORGANISER_ONLY,
    "agreement.meets": roles(Role.BROKER, own=True),
    "agreement.form": roles(Role.COORDINATOR, Role.BROKER),
    "agreement.forms": roles(Role.COORDINATOR),
    "agreement.blank_forms": roles(Role.COORDINATOR, Role.BROKER),
    "paper": roles(Role.COORDINATOR, Role.BROKER),
    "paper.undo": roles(Role.COORDINATOR, Role.BROKER),
    "agreement.star": roles(Role.BROKER, Role.COORDINATOR, Role.STAGE),
    "agreement.copies": roles(Role.COORDINATOR),
    "receipt": ANYONE_AT_EVENT,  # who has the link; others get 404
    "receipt.calendar": ANYONE_AT_EVENT,
    "own_page.agreement": BY_PRIVATE_LINK,
    "report": roles(Role.COORDINATOR, open_when="report_published"),
    "report.case": roles(Role.COORDINATOR),
    "report.csv": roles(Role.COORDINATOR),
    "report.table": roles(Role.COORDINATOR),
    "report.xlsx": roles(Role.COORDINATOR),
    "report.pdf": roles(Role.COORDINATOR, open_when="report_published"),
    "report.internal.pdf": roles(Role.COORDINATOR),
    "picture.png": roles(Role.COORDINATOR, open_when="report_published"),
    "picture.svg": roles(Role.COORDINATOR, open_when="report_published"),
    "report.json": roles(Role.COORDINATOR),
    "moving": ORGANISER_ONLY,
    "moving.file": ORGANISER_ONLY,
    "moving.return": ORGANISER_ONLY,
    "moving.take_back": ORGANISER_ONLY,
    # display
    "invitation_kit": roles(Role.COORDINATOR),
    "poster.pdf": roles(Role.COORDINATOR),
    "screen": roles(Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE, open_when="published"),
    "control": roles(Role.COORDINATOR),
    "control.scene": ORGANISER_ONLY,
    "control.panel": ORGANISER_ONLY,
    "control.open": ORGANISER_ONLY,
    "control.close": ORGANISER_ONLY,
    "control.reopen": ORGANISER_ONLY,
    "control.extend": ORGANISER_ONLY,
    "control.shorten": ORGANISER_ONLY,
    "control.undo": ORGANISER_ONLY,
    "control.help": ORGANISER_ONLY,
    "prize.list": roles(Role.STAGE),
    "prize.add": roles(Role.STAGE),
    "prize.winner": roles(Role.STAGE),
    "prize.words": roles(Role.STAGE),
    "prize.show": roles(Role.STAGE),
    "prize.hide": roles(Role.STAGE),
    "prize.remove": roles(Role.STAGE),
    "stage": roles(Role.STAGE),
    "stage.open": roles(Role.STAGE),
    "stage.close": roles(Role.STAGE),
    "nettest": ANYONE_AT_EVENT,
    "nettest.answer": ANYONE_AT_EVENT,
    "nettest.store": ANYONE_AT_EVENT,
    "nettest.empty": ORGANISER_ONLY,
}

# What an organiser sets, and the conditions of the rows above that it makes true.
OPENS = {
    "published": {"published", "has_front_page"},
    "catalogue_published": {"catalogue_published"},
    "report_published": {"report_published"},
    "page_published": {"has_front_page", "has_public_page"},
    "registration_open": {"has_front_page", "has_public_page", "registration_open"},
}

GUARDED = [name for name, row in MATRIX.items() if row.kind == "roles"]
OUTSIDE = [name for name, row in MATRIX.items() if row.kind in {"public", "signed in"}]
KNOWN = {pattern.name for pattern, _ in patterns()}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def outcome(response):
    """What happened to the visitor, in one word; everything else than being turned away is "in"."""
    if response.status_code == 302 and urlsplit(response["Location"]).path == reverse("login"):
        return "login"
    return {401: "401", 403: "403", 404: "404"}.get(response.status_code, "in")


def test_every_address_has_one_row_and_no_row_is_left_over():
    assert sorted(pattern.name or str(pattern.pattern) for pattern, _ in patterns()) == sorted(MATRIX)


def test_every_view_is_marked_with_its_access():
    assert [name for name, access in _marks().items() if not isinstance(access, Access)] == []


def _marks():
    return {pattern.name: getattr(pattern.callback, "access", None) for pattern, _ in patterns()}


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_each_role_gets_in_where_the_matrix_says_so_and_403_elsewhere(name, world):
    row = MATRIX[name]
    found = {}
    for role in Role:
        user = make_member(world.event, role)
        registered_by(user if row.own else None, world.agreement)
        found[role] = outcome(client_for(user).get(address(name, world)))
    assert found == {role: "in" if role in row.roles | {Role.ORGANISER} else "403" for role in Role}


def registered_by(user, agreement):
    agreement.broker = user
    agreement.save()


@pytest.mark.parametrize("name", sorted(name for name in KNOWN if MATRIX.get(name, PUBLIC).own))
def test_another_persons_agreement_is_only_the_organisers_to_change(name, world):
    registered_by(make_user(), world.agreement)
    found = {}
    for role in Role:
        client, url = client_for(make_member(world.event, role)), address(name, world)
        response = client.get(url)
        found[role] = outcome(client.post(url) if response.status_code == 405 else response)
    assert found == {role: "in" if role is Role.ORGANISER else "403" for role in Role}


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_who_is_not_signed_in_gets_the_login_whether_the_event_exists_or_not(name, world):
    there = client_for().get(address(name, world))
    nowhere = client_for().get(address(name, world, slug="finnes-ikke"))
    assert (outcome(there), outcome(nowhere)) == ("login", "login")


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_scripts_and_fragments_of_who_is_not_signed_in_get_401(name, world):
    url = address(name, world)
    script = client_for().get(url, headers={"Accept": "application/json"})
    fragment = client_for().get(url, headers={"HX-Request": "true"})
    assert (script.status_code, script["Content-Type"]) == (401, "application/json")
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, reverse("login"))


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_an_organiser_of_another_event_gets_404(name, world):
    client = client_for(world.organiser_elsewhere)
    assert outcome(client.get(address(name, world))) == "404"
    assert outcome(client.get(address(name, world, slug="finnes-ikke"))) == "404"
    if set(arguments_of(name)) - {"slug", "table"}:  # a table has the same name at every event
        # Own address, the other event's participant or agreement.
        url = address(name, world, slug=world.elsewhere.slug)
        response = client.get(url)
        assert outcome(client.post(url) if response.status_code == 405 else response) == "404"


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_everybody_gets_in_once_published_only_where_the_matrix_says_so(name, world):
    url = address(name, world)
    for setting, conditions in OPENS.items():
        setattr(world.event, setting, True)
        world.event.save()
        expected = ("in", "in") if MATRIX[name].open_when in conditions else ("login", "404")
        assert (outcome(client_for().get(url)), outcome(client_for(world.organiser_elsewhere).get(url))) == expected
        setattr(world.event, setting, False)


@pytest.mark.parametrize("name", sorted(name for name in KNOWN if MATRIX.get(name) == BY_PRIVATE_LINK))
def test_a_persons_own_page_is_for_who_came_in_by_its_link_and_404_for_all_others(name, world):
    url = address(name, world)
    visitors = [None, world.organiser_elsewhere, *(make_member(world.event, role) for role in Role)]
    assert {outcome(client_for(visitor).get(url)) for visitor in visitors} == {"404"}
    client = client_for()
    client.get(address("own_page.enter", world))
    assert outcome(client.get(url)) == "in"
    assert outcome(client.get(address(name, world, slug=world.elsewhere.slug))) == "404"


@pytest.mark.parametrize("name", sorted(name for name in KNOWN if MATRIX.get(name) == LIKE_THE_FRONT_PAGE))
def test_of_an_event_that_is_not_public_a_stranger_without_a_link_finds_nothing(name, world):
    url = address(name, world)

    def found(user=None):
        response = client_for(user).post(url, {"email": "kari@granfjord.example"}) if name.endswith("ask") else None
        return outcome(response or client_for(user).get(url))

    assert (found(), found(world.organiser_elsewhere)) == ("404", "404")
    assert {found(make_member(world.event, role)) for role in Role} == {"in"}
    person = client_for()
    person.get(address("own_page.enter", world))
    assert outcome(person.get(address("own_page", world))) == "in"
    for setting, conditions in OPENS.items():
        setattr(world.event, setting, True)
        world.event.save()
        assert found() == ("in" if "has_front_page" in conditions else "404")
        setattr(world.event, setting, False)


@pytest.mark.parametrize("name", sorted(KNOWN & set(GUARDED)))
def test_a_device_has_its_role_at_its_event_until_it_is_sent_out(name, world):
    url = address(name, world)
    user = make_user()
    registered_by(user, world.agreement)
    found = {}
    for role in Role:
        device = make_device(event=world.event, user=user, role=role, label="Nettbrett")
        found[role] = outcome(client_with_device(device).get(url))
    assert found == {role: "in" if role in MATRIX[name].roles | {Role.ORGANISER} else "403" for role in Role}

    elsewhere = make_device(event=world.elsewhere, user=user, role=Role.ORGANISER, label="Nettbrett")
    assert outcome(client_with_device(elsewhere).get(url)) == "404"

    client = client_with_device(device)
    send_out(device=device, now=timezone.now())
    assert client.get(url, headers={"Accept": "application/json"}).status_code == 401
    assert outcome(client.get(url)) == "login"


def test_everybody_who_has_the_address_of_an_event_gets_in_where_the_matrix_says_so(world):
    visitors = [None, world.organiser_elsewhere, *(make_member(world.event, role) for role in Role)]
    clients = [client_for(visitor) for visitor in visitors]
    names = sorted(name for name in KNOWN if MATRIX.get(name) == ANYONE_AT_EVENT)
    found = {name: {outcome(client.get(address(name, world))) for client in clients} for name in names}
    assert found == {name: {"in"} for name in names}


@pytest.mark.parametrize("name", sorted(KNOWN & set(OUTSIDE)))
def test_outside_events_the_public_and_the_signed_in_get_in_where_the_matrix_says_so(name, world):
    row, url = MATRIX[name], address(name, world)
    assert outcome(client_for().get(url)) == ("in" if row.kind == "public" else "login")
    assert outcome(client_for(make_user()).get(url)) == ("403" if row.needs else "in")
    if row.needs:
        assert outcome(client_for(make_user(**{row.needs: True})).get(url)) == "in"


def test_the_public_address_of_an_event_that_there_is_not_is_404_for_everybody(world):
    url = address("device.enter", world, slug="finnes-ikke")
    assert (outcome(client_for().get(url)), outcome(client_for(world.organiser).get(url))) == ("404", "404")
