"""Who may sign in at the demo børs."""

from django.contrib.auth.hashers import make_password

from borsen.enums import Role
from borsen.models import Event, Membership, User

DEMO_USERS = {
    "arrangor": ("Marit Solheim", Role.ORGANISER),
    "megler": ("Odd Granli", Role.BROKER),
    "koordinator": ("Laila Nergård", Role.COORDINATOR),
}


def prepare_users(password: str) -> User:
    """Make the demo's users, or give those that are there the password; returns the organiser.

    A name that somebody has already chosen is kept.
    """
    hashed = make_password(password)
    for username, (name, _role) in DEMO_USERS.items():
        user, _created = User.objects.get_or_create(username=username)
        user.display_name = user.display_name or name
        user.password = hashed
        user.is_active = True
        user.save()
    return User.objects.get(username="arrangor")


def add_roles(event: Event) -> None:
    """Give each user the role at the demo børs."""
    for username, (_name, role) in DEMO_USERS.items():
        Membership.objects.get_or_create(event=event, user=User.objects.get(username=username), role=role)
