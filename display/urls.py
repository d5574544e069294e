"""Addresses of the screen and of the room that runs it."""

from django.urls import path

from .views import calendar, control, invitation, nettest, prizes, scenes, screen, stage

urlpatterns = [
    path("kalender.ics", calendar.calendar, name="event.calendar"),
    path("invitasjon/", invitation.invitation_kit, name="invitation_kit"),
    path("plakat.pdf", invitation.poster_pdf, name="poster.pdf"),
    path("storskjerm/", screen.show, name="screen"),
    path("kontrollrom/", control.room, name="control"),
    path("kontrollrom/scene/", scenes.scene, name="control.scene"),
    path("kontrollrom/sidefelt/", scenes.panel, name="control.panel"),
    path("kontrollrom/apne/", control.strike, {"stroke": "open"}, name="control.open"),
    path("kontrollrom/steng/", control.strike, {"stroke": "close"}, name="control.close"),
    path("kontrollrom/apne-igjen/", control.strike, {"stroke": "reopen"}, name="control.reopen"),
    path("kontrollrom/forleng/", control.strike, {"stroke": "extend"}, name="control.extend"),
    path("kontrollrom/kort-inn/", control.strike, {"stroke": "shorten"}, name="control.shorten"),
    path("kontrollrom/angre/", control.strike, {"stroke": "undo"}, name="control.undo"),
    path("kontrollrom/hjelp/<int:pk>/", control.answer_call, name="control.help"),
    path("kontrollrom/priser/", prizes.prizes, name="prize.list"),
    path("kontrollrom/priser/ny/", prizes.add, name="prize.add"),
    path("kontrollrom/priser/<int:pk>/", prizes.winner, name="prize.winner"),
    path("kontrollrom/priser/<int:pk>/ord/", prizes.words, name="prize.words"),
    path("kontrollrom/priser/<int:pk>/vis/", prizes.show, name="prize.show"),
    path("kontrollrom/priser/<int:pk>/skjul/", prizes.hide, name="prize.hide"),
    path("kontrollrom/priser/<int:pk>/bort/", prizes.remove, name="prize.remove"),
    path("scene/", stage.show, name="stage"),
    path("scene/apne/", stage.strike, {"stroke": "open"}, name="stage.open"),
    path("scene/steng/", stage.strike, {"stroke": "close"}, name="stage.close"),
    path("nettest/", nettest.show, name="nettest"),
    path("nettest/svar/", nettest.answer, name="nettest.answer"),
    path("nettest/resultat/", nettest.store, name="nettest.store"),
    path("nettest/tom/", nettest.empty, name="nettest.empty"),
]
