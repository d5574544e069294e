"""Asked of every address of the product: looking changes nothing, no other site can post, and an organiser of another
event reaches nothing by any id."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borsen.enums import MailStatus, Role
from borsen.invitations import invite
from participants.enums import Status
from tests.borsen.addresses import address, client_for, make_world, patterns
from tests.factories import (
    make_mail,
    make_message,
)
from tests.participants.pages import sent
from tests.test_leaks import text_of

pytestmark = pytest.mark.django_db(transaction=True)
MAIL, PHONE = "hemmelig@example.org", "911 22 333"
VICTIM = {"name": "Kari Granli", "email": MAIL, "phone": PHONE}


# --- every address


def rows():
    """Every row of the product, without what a visit may leave behind."""
    kept = {"session", "accesslog", "accessattempt", "accessfailurelog", "contenttype", "permission", "device"}
    models = [model for model in apps.get_models() if model._meta.model_name not in kept]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def everything():
    """A world with something behind every address, and the address of each."""
    world = make_world()
    world.event.registration_open = True
    world.event.save()
    make_message(world.event)
    make_mail(world.event, to=MAIL, status=MailStatus.FAILED)
    return world, {pattern.name: address(pattern.name, world) for pattern, _ in patterns()}


def test_looking_changes_nothing():
    """Mail programs, previews and browsers that read ahead follow every link."""
    world, asked = everything()
    organiser = client_for(world.organiser)
    organiser.get(asked["own_page.enter"])
    before = rows()
    for where in asked.values():
        text_of(organiser.get(where))
        organiser.head(where)
    for label, after in rows().items():
        if label != "borsen.User":  # when somebody was last here
            assert (label, after) == (label, before[label])


def test_a_form_on_another_site_is_taken_by_no_address():
    world, asked = everything()
    victim = Client(enforce_csrf_checks=True)
    victim.force_login(world.organiser)
    victim.get(asked["own_page.enter"])
    before = rows()
    found = {name: victim.post(where, {"email": MAIL, "act": "renew"}).status_code for name, where in asked.items()}
    assert {name for name, status in found.items() if status != 403} == set()
    assert rows() == before


# --- an organiser of another event


def test_another_events_ids_reach_nothing_in_any_field(settings):
    world = make_world()
    theirs, mine = world.event, world.elsewhere
    me = client_for(world.organiser_elsewhere)
    world.organiser_elsewhere.may_create_events = True
    world.organiser_elsewhere.save()
    own = mine.participants.get()
    their, contact = world.participant, world.participant.contacts.get()
    host = theirs.hosts.create(name="Kommunen", sector="public")
    mail = make_mail(theirs, to=MAIL, status=MailStatus.FAILED)
    invitation = invite(event=theirs, role=Role.ORGANISER, name="Per", by=world.organiser, now=timezone.now())
    message = make_message(theirs)
    theirs.participants.filter(pk=their.pk).update(status=Status.REGISTERED)

    def everything_but_mine():
        found = rows()
        found["borsen.Event"] = [row for row in found["borsen.Event"] if row["id"] != mine.pk]
        return {label: each for label, each in found.items() if label != "borsen.User"}

    before = everything_but_mine()

    def post(name, *args, **data):
        return me.post(reverse(name, args=[mine.slug, *args]), data, follow=True)

    for action in ("approve", "cancel", "remind", "addresses"):
        post("participant.chosen", chosen=[their.pk], ids=str(their.pk), action=action, yes="1")
    post("participant.remind", ids=str(their.pk), again="1")
    gone = [
        post("participant.join", own.pk, their.pk),
        post("participant.join", their.pk, own.pk),
        post("participant.not_double", own.pk, their.pk),
        post("participant.proposal", their.pk, answer="approve"),
        post("participant.status", their.pk, status="approved"),
        post("participant.remove", their.pk),
        post("participant.links", their.pk, contact=contact.pk, act="renew"),
        post("host.logo.upload", host.pk),
        post("host.logo.remove", host.pk),
        post("invitation.send", invitation.pk),
        post("invitation.take_back", invitation.pk),
        post("participant.import.discard", world.list_import.token),
        me.get(reverse("message.show", args=[mine.slug, message.pk])),
        me.get("/ny/", {"fra": theirs.slug}),
        me.post("/ny/", {"copied_from": theirs.slug, "name": "Kopi"}),
    ]
    assert [response.status_code for response in gone] == [404] * len(gone)
    post("participant.links", own.pk, contact=contact.pk, act="renew")
    for name in ("mail.again", "mail.discard"):
        post(name, mail=mail.pk)
        post(name, group="failed")
    category, resource = theirs.categories.first(), their.resources.first()
    where = reverse("participant.create", args=[mine.slug])
    contacts = [VICTIM | {"id": contact.pk}]
    form = sent(name="Nytt", contacts=contacts, offers=[{"title": "Sal", "category": category.pk}])
    assert me.post(where, form).status_code == 422
    offer = {"title": "Sal", "category": mine.categories.first().pk, "id": resource.pk}
    assert me.post(where, sent(name="Nytt", contacts=contacts, offers=[offer])).status_code == 302
    for button in ("up", "down", "remove", "merge"):
        into = {f"into-{category.pk}": mine.categories.first().pk, f"name-{category.pk}": "Stjålet"}
        post("category.list", **{button: category.pk}, **into)
    new = mine.participants.exclude(pk=own.pk).get()
    new.delete()
    assert everything_but_mine() == before


@pytest.mark.parametrize(
    "where",
    [
        "/granfjord/min-side/%00/",
        "/konto/invitasjon/%00/",
        "/granfjord/vertskap/1/%00.png",
        "/granfjord/deltakere/import/%00/",
        "/granfjord/deltakere/import/a%00/rapport.xlsx",
    ],
)
def test_a_nul_byte_in_an_address_is_no_error_of_the_server(where):
    """Only PostgreSQL tells: there it was an error with a page of log."""
    assert client_for(make_world().organiser).get(where).status_code == 404
