"""Every address of the product. The first segments of the fixed ones are reserved slugs (borsen/slugs.py)."""

from django.urls import include, path

from borsen import url_parts  # noqa: F401 — registers «word»
from borsen.views import (
    account,
    cards,
    devices,
    entering,
    events,
    health,
    home,
    identity,
    invitations,
    logos,
    moving,
    people,
    registration_settings,
)
from display.overview import overview

handler400 = "borsen.views.errors.bad_request"
handler403 = "borsen.views.errors.forbidden"
handler404 = "borsen.views.errors.not_found"
handler500 = "borsen.views.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("favicon.ico", identity.favicon, name="favicon"),
    path("konto/", account.account, name="account"),
    path("konto/logg-inn/", account.sign_in, name="login"),
    path("konto/logg-ut/", account.sign_out, name="logout"),
    path("konto/lenke/<str:token>/", account.by_link, name="login.link"),
    path("konto/passord/", account.change_password, name="password.change"),
    path("konto/glemt-passord/", account.forgotten, name="password.forgotten"),
    path("konto/nytt-passord/<uidb64>/<token>/", account.new_password, name="password.new"),
    path("konto/invitasjon/<word:token>/", invitations.invitation, name="invitation"),
    path("konto/ny/", invitations.ask, name="invitation.ask"),
    path("ny/", events.create, name="event.create"),
    path("ny/fra-fil/", moving.receive_event, name="event.receive"),
    path("<slug:slug>/", overview, name="event.overview"),
    path("<slug:slug>/innstillinger/", events.settings, name="event.settings"),
    path("<slug:slug>/innstillinger/pamelding/", registration_settings.settings, name="registration.settings"),
    path(
        "<slug:slug>/innstillinger/pamelding/apent/", registration_settings.switch, name="registration.settings.switch"
    ),
    path("<slug:slug>/innstillinger/vertskap/", logos.hosts, name="host.list"),
    path("<slug:slug>/innstillinger/vertskap/<int:pk>/logo/", logos.upload, name="host.logo.upload"),
    path("<slug:slug>/innstillinger/vertskap/<int:pk>/logo/fjern/", logos.remove, name="host.logo.remove"),
    path("<slug:slug>/vertskap/<int:pk>/<word:digest>.png", logos.logo, name="host.logo"),
    path("<slug:slug>/innstillinger/folk/", people.people, name="event.people"),
    path("<slug:slug>/innstillinger/folk/rolle/", people.give, name="event.people.give"),
    path("<slug:slug>/innstillinger/folk/ny/", people.create, name="event.people.create"),
    path("<slug:slug>/innstillinger/folk/<int:pk>/fjern/", people.remove, name="event.people.remove"),
    path("<slug:slug>/innstillinger/folk/invitasjon/", people.invite_person, name="invitation.create"),
    path("<slug:slug>/innstillinger/folk/invitasjon/<int:pk>/send/", people.invite_again, name="invitation.send"),
    path("<slug:slug>/innstillinger/folk/invitasjon/<int:pk>/trekk/", people.uninvite, name="invitation.take_back"),
    path("<slug:slug>/innstillinger/folk/kort/", cards.print_all, name="card.print"),
    path("<slug:slug>/innstillinger/folk/kort/ny/", people.create_card_holder, name="card.create"),
    path("<slug:slug>/innstillinger/folk/<int:pk>/kort/", cards.show, name="card.show"),
    path("<slug:slug>/innstillinger/folk/<int:pk>/kort/nytt/", cards.replace, name="card.replace"),
    path("<slug:slug>/innstillinger/enheter/", devices.devices, name="device.list"),
    path("<slug:slug>/innstillinger/enheter/dor/", devices.door, name="device.door"),
    path("<slug:slug>/innstillinger/enheter/<int:pk>/ut/", devices.dismiss, name="device.dismiss"),
    path("<slug:slug>/inn/", entering.enter, name="device.enter"),
    path("<slug:slug>/", include("participants.urls")),
    path("<slug:slug>/", include("agreements.urls")),
    path("<slug:slug>/", include("display.urls")),
]
