"""Invitations: to work at a børs in a role, or (without a børs) to make børser here.

Whoever has the link may use it, once, within LIFE. It gives exactly what it says and nothing at any other børs.
"""

import secrets
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .addresses import address_of_links
from .enums import MailKind, MailStatus, Role
from .feed_version import locked
from .holding_off import Limit, may_go_on
from .mail_queue import OPEN, Letter, discard, queue
from .models import Event, Invitation, Membership, OutgoingMail, User

LIFE = timedelta(days=14)
# An invitation is a mail in the børs' name to an address that the organiser chooses: enough for everybody who works at
# a børs, and too few to write to strangers with. Of one sender they count for all their børser together.
OF_AN_EVENT = (Limit(30, timedelta(hours=1)), Limit(100, timedelta(days=1)))
OF_A_SENDER = (Limit(40, timedelta(hours=1)), Limit(120, timedelta(days=1)))
TO_ONE_ADDRESS = Limit(5, timedelta(days=1))
TOKEN_BYTES = 18


class Gone(Exception):
    """Used, too old, taken back, or never made: nobody is told which."""


class AlreadyThere(Exception):
    """Who is invited has the role already; the text says so."""


class TooMany(Exception):
    """So many have been mailed that this one was not; the text says what to do instead. Nothing is changed."""


@dataclass(frozen=True)
class Standing:
    """An invitation in the organiser's list, with its link and what became of the latest mail (None: none was made)."""

    invitation: Invitation
    link: str
    is_open: bool
    mail: OutgoingMail | None

    @property
    def field_id(self) -> str:
        """What the link's field is called on the page."""
        return f"link-{self.invitation.pk}"


def can_mail() -> bool:
    """Whether an invitation can be sent: there is a mail server, and an address that works in a mail."""
    return bool(settings.HAS_MAIL and settings.PUBLIC_URL)


def asking_is_possible() -> bool:
    """Whether somebody may ask for an invitation to make børser by themselves (`/konto/ny/`)."""
    return bool(settings.ORGANISER_DOMAINS and can_mail())


def link_of(invitation: Invitation) -> str:
    """The whole address to hand on. Without PUBLIC_URL it works on the machine itself only."""
    return f"{address_of_links()}{reverse('invitation', args=[invitation.token])}"


def invite(
    *, event: Event | None, role: str = "", name: str = "", email: str = "", by: User | None, now: datetime
) -> Invitation:
    """Invite somebody, and mail the link where that is possible. An address that has an open invitation to the same
    gets that one again, with a new time limit. Raises AlreadyThere and TooMany."""
    with _frame(event) as event:
        if event is not None and email and _works_there(event, role, email):
            words = {"email": email, "role": Role(role).label}
            raise AlreadyThere(_("Den som har %(email)s på kontoen sin, er allerede %(role)s her.") % words)
        invitation = _open_one(event, role, email, now) or Invitation(
            event=event, role=role, email=email, token=secrets.token_urlsafe(TOKEN_BYTES), made_at=now, made_by=by
        )
        invitation.name = name or invitation.name
        invitation.expires_at = now + LIFE
        invitation.save()
        _mail(invitation, by)
    return invitation


def send_again(*, invitation: Invitation, by: User | None, now: datetime) -> Invitation:
    """Give an invitation that has not been used a new time limit, and mail it again where that is possible. The link is
    the same. Raises Gone and TooMany."""
    with _frame(invitation.event):
        found = _unused(pk=invitation.pk)
        found.expires_at = now + LIFE
        found.save(update_fields=["expires_at"])
        _mail(found, by)
    return found


def take_back(*, invitation: Invitation) -> None:
    """The link no longer works, and a mail that has not gone out never will. Raises Gone when it has been used."""
    with _frame(invitation.event):
        found = _unused(pk=invitation.pk)
        discard(mails=_mails([found]))
        found.delete()


def find(token: str, now: datetime) -> Invitation:
    """The invitation that this token still opens. Raises Gone."""
    found = Invitation.objects.select_related("event", "made_by").filter(token=token).first()
    if found is None or not _is_open(found, now):
        raise Gone
    return found


def accept(*, invitation: Invitation, user: User, now: datetime) -> Invitation:
    """Use the invitation up: give `user` what it says. Raises Gone when somebody else has been quicker."""
    with _frame(invitation.event):
        found = _unused(pk=invitation.pk)
        if not _is_open(found, now):
            raise Gone
        if found.event is None:
            User.objects.filter(pk=user.pk).update(may_create_events=True)
        else:
            Membership.objects.get_or_create(event=found.event, user=user, role=found.role)
        found.accepted_at, found.accepted_by = now, user
        found.save(update_fields=["accepted_at", "accepted_by"])
    return found


def accept_as_new(*, invitation: Invitation, username: str, name: str, password: str, now: datetime) -> User:
    """Make the user that the invitation is for, with the address that it was made for, and accept it.

    Raises Gone, and IntegrityError when the login name has been taken meanwhile.
    """
    with _frame(invitation.event):
        user = User.objects.create_user(username, email=invitation.email, password=password, display_name=name)
        accept(invitation=invitation, user=user, now=now)
    return user


def gives_nothing_new(invitation: Invitation, user: User) -> bool:
    """Whether `user` has what the invitation would give, and so would only use up somebody else's link."""
    if invitation.event is None:
        return user.may_create_events
    return invitation.event.memberships.filter(user=user, role=invitation.role).exists()


def standing(event: Event, now: datetime) -> list[Standing]:
    """The event's invitations that have not been used, the newest first, also those that are too old. Two queries."""
    found = list(event.invitations.filter(accepted_at=None))
    mails = {mail.about: mail for mail in _mails(found)} if found else {}
    return [Standing(each, link_of(each), _is_open(each, now), mails.get(_about(each))) for each in found]


def may_ask_for_one(email: str) -> bool:
    """Whether whoever reads mail at this address may make børser here. Only the very domains that are listed count."""
    domain = email.rsplit("@", 1)[-1]
    # Of letters outside ASCII some become another domain's when their case is folded: they must be as they are listed.
    plain = domain.lower() if domain.isascii() else domain
    return plain in settings.ORGANISER_DOMAINS


def answer_who_asks(*, email: str, now: datetime) -> None:
    """Mail a link to make børser to whoever reads mail at a listed address; who may do so already is told where to sign
    in."""
    if not may_ask_for_one(email):
        return
    known = User.objects.filter(email__iexact=email, is_active=True)
    if known.filter(may_create_events=True).exists():
        body = render_to_string(
            "borsen/invitation_known_mail.txt", {"link": f"{settings.PUBLIC_URL}{reverse('login')}"}
        )
        letter = Letter(MailKind.INVITATION, to=email, subject=_("Du har allerede en konto"), body=body)
        queue(event=None, letters=[letter])
    else:
        invite(event=None, email=email, by=None, now=now)


def _frame(event: Event | None) -> AbstractContextManager[Event | None]:
    """The frame of a verb (borsen/feed_version.py); what belongs to no event is one transaction."""
    return locked(event) if event is not None else transaction.atomic()


def _works_there(event: Event, role: str, email: str) -> bool:
    return event.memberships.filter(role=role, user__email__iexact=email, user__is_active=True).exists()


def _open_one(event: Event | None, role: str, email: str, now: datetime) -> Invitation | None:
    if not email:
        return None
    same = Invitation.objects.filter(event=event, role=role, email__iexact=email)
    return same.filter(accepted_at=None, expires_at__gt=now).first()


def _unused(pk: int) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    found = rows.filter(pk=pk, accepted_at=None).first()
    if found is None:
        raise Gone
    return found


def _is_open(invitation: Invitation, now: datetime) -> bool:
    return invitation.accepted_at is None and now < invitation.expires_at


def _mail(invitation: Invitation, by: User | None) -> None:
    """Queue the mail, unless there is one that has not gone out yet: it has the same link. Raises TooMany."""
    if not (invitation.email and can_mail()) or _mails([invitation]).filter(status__in=OPEN).exists():
        return
    if invitation.event is not None:
        _hold_off(invitation.event, invitation.email, by)
    # One that could not be sent is not tried again beside the new one.
    discard(mails=_mails([invitation]).filter(status=MailStatus.FAILED))
    event = invitation.event
    context = {
        "event": event,
        "is_known": User.objects.filter(email__iexact=invitation.email, is_active=True).exists(),
        "name": invitation.name,
        "role": invitation.get_role_display() if event else "",
        "by": str(invitation.made_by or ""),
        "link": link_of(invitation),
        "days": LIFE.days,
    }
    subject = _("Bli med på å arrangere %s") % event if event else _("Lag din egen frivilligbørs")
    letter = Letter(
        MailKind.INVITATION,
        to=invitation.email,
        name=invitation.name,
        subject=subject,
        body=render_to_string("borsen/invitation_mail.txt", context),
        about=_about(invitation),
    )
    queue(event=event, letters=[letter])


def _hold_off(event: Event, email: str, by: User | None) -> None:
    """Who asks for an invitation to make børser is held off where they ask (borsen/views/invitations.py)."""
    sent = OutgoingMail.objects.filter(kind=MailKind.INVITATION)
    instead = _("Du kan gi lenken videre selv: la e-posten stå tom, og skriv navnet.")
    if _times(sent.filter(to__iexact=email), TO_ONE_ADDRESS) >= TO_ONE_ADDRESS.times:
        raise TooMany(" ".join([_("Denne adressen har fått mange invitasjoner det siste døgnet."), instead]))
    if any(_times(sent.filter(event=event), limit) >= limit.times for limit in OF_AN_EVENT):
        raise TooMany(" ".join([_("Det er sendt svært mange invitasjoner herfra. Vent en time eller mer."), instead]))
    if by and not all(may_go_on("invitations of", f"{by.pk}", f"{each.within}", limit=each) for each in OF_A_SENDER):
        raise TooMany(" ".join([_("Du har sendt svært mange invitasjoner. Vent en time eller mer."), instead]))


def _times(mails: QuerySet[OutgoingMail], limit: Limit) -> int:
    return mails.filter(made_at__gte=timezone.now() - limit.within).count()


def _about(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def _mails(invitations: Iterable[Invitation]) -> QuerySet[OutgoingMail]:
    about = [_about(each) for each in invitations]
    return OutgoingMail.objects.filter(kind=MailKind.INVITATION, about__in=about)
