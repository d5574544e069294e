"""The demo børs: what stands in it, at each stage, and how it is made anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from agreements.enums import Kind as AgreementKind
from agreements.models import Party
from borsen.clock import phase
from borsen.enums import Phase, Role
from borsen.management.demo import Stage, build_demo
from borsen.models import Event, User
from participants.enums import Kind, Status
from participants.models import Resource
from tests.factories import make_agreement, make_open_event

pytestmark = pytest.mark.django_db
PASSWORD = "hatt-og-gong-i-salen"


def build(stage, seed=1):
    return build_demo(stage=stage, seed=seed, password=PASSWORD)


def test_live_is_in_the_middle_of_the_hour_with_47_agreements():
    event = build(Stage.LIVE)
    now = timezone.now()
    assert phase(event, now) is Phase.OPEN
    assert timedelta(minutes=23) < event.planned_end - now <= timedelta(minutes=24)
    assert list(event.agreements.order_by("number").values_list("number", flat=True)) == list(range(1, 48))
    assert not event.agreements.exclude(made_at__gte=event.opened_at, registered_at__lte=now).exists()
    assert (event.slug, event.goal, event.published) == ("demo", 100, True)


def test_it_holds_the_whole_of_granfjord():
    event = build(Stage.LIVE)
    sectors = [event.participants.filter(sector=sector).count() for sector in ("business", "voluntary", "public")]
    assert sectors == [17, 47, 25]
    assert event.participants.count() == 90
    assert event.participants.filter(status=Status.APPROVED).count() == 90
    assert Resource.objects.filter(participant__event=event).count() == 264
    assert [host.name for host in event.hosts.all()] == [
        "Granfjord kommune", "Frivilligsentralen Granfjord", "Granfjord næringsforening",
    ]  # fmt: skip
    assert event.challenges.count() == 3


def test_its_three_users_have_one_role_each_and_the_password():
    event = build(Stage.LIVE)
    roles = dict(event.memberships.values_list("user__username", "role"))
    assert roles == {"arrangor": Role.ORGANISER, "megler": Role.BROKER, "koordinator": Role.COORDINATOR}
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_over_has_all_120_and_the_grace_is_gone():
    event = build(Stage.OVER)
    assert phase(event, timezone.now()) is Phase.OVER
    assert event.agreements.count() == 120
    assert event.agreements.filter(kind=AgreementKind.INTENT).count() == 10
    assert not event.agreements.exclude(needs_review="").exists()
    late = event.agreements.filter(made_at__gte=event.opened_at + timedelta(minutes=50)).count()
    early = event.agreements.filter(made_at__lt=event.opened_at + timedelta(minutes=10)).count()
    assert late > 2 * early


def test_registration_has_new_ones_to_approve_and_no_agreement():
    event = build(Stage.REGISTRATION)
    assert phase(event, timezone.now()) is Phase.BEFORE
    assert timedelta(days=2) < event.starts_at - timezone.now() < timedelta(days=4)
    assert event.participants.filter(status=Status.REGISTERED).count() == 9
    assert event.participants.filter(status=Status.APPROVED).count() == 81
    assert event.agreements.count() == 0


def test_offers_and_needs_are_linked_only_where_they_belong():
    event = build(Stage.OVER)
    parties = Party.objects.filter(agreement__event=event).select_related("offer", "need")
    offers = [party for party in parties if party.offer]
    needs = [party for party in parties if party.need]
    assert len(offers) > 100
    assert len(needs) > 60
    assert all(one.offer.participant_id == one.participant_id and one.offer.kind == Kind.OFFER for one in offers)
    assert all(one.need.participant_id != one.participant_id and one.need.kind == Kind.NEED for one in needs)


def contents(event):
    """What the seed decides, without what depends on the hour it is made in."""
    return (
        list(event.participants.order_by("pk").values_list("key", "name", "place", "expected")),
        [
            (agreement.key, agreement.number, agreement.summary, agreement.made_at - event.opened_at)
            for agreement in event.agreements.order_by("number")
        ],
    )


def test_the_same_seed_gives_the_same_and_another_seed_something_else():
    first = contents(build(Stage.LIVE, seed=7))
    assert contents(build(Stage.LIVE, seed=7)) == first
    assert contents(build(Stage.LIVE, seed=8)) != first


def test_making_it_anew_leaves_other_events_and_their_people_alone():
    other = make_open_event("ekte")
    make_agreement(other)
    first = build(Stage.LIVE)
    make_agreement(first)
    User.objects.filter(username="megler").update(display_name="Kari Megler")
    second = build(Stage.LIVE)
    assert (first.pk != second.pk, Event.objects.count()) == (True, 2)
    assert second.agreements.count() == 47
    assert (other.agreements.count(), other.participants.count()) == (1, 2)
    assert User.objects.get(username="megler").display_name == "Kari Megler"


def test_the_command_prints_a_password_that_it_made_up(monkeypatch, capsys):
    monkeypatch.delenv("BORSEN_DEMO_PASSWORD", raising=False)
    call_command("demo", stage="registration")
    said = capsys.readouterr().out
    password = said.split("Passord: ")[1].split()[0]
    assert User.objects.get(username="koordinator").check_password(password)
    assert "90 deltakere og 0 avtaler" in said


def test_the_command_takes_the_password_of_the_environment_and_does_not_print_it(monkeypatch, capsys):
    monkeypatch.setenv("BORSEN_DEMO_PASSWORD", PASSWORD)
    call_command("demo", stage="registration")
    assert PASSWORD not in capsys.readouterr().out
    assert User.objects.get(username="arrangor").check_password(PASSWORD)
