"""Addresses of the screen and of the room that runs it."""

from django.urls import path

from .views import control, screen

urlpatterns = [
    path("storskjerm/", screen.show, name="screen"),
    path("kontrollrom/", control.room, name="control"),
    path("kontrollrom/apne/", control.strike, {"stroke": "open"}, name="control.open"),
    path("kontrollrom/steng/", control.strike, {"stroke": "close"}, name="control.close"),
    path("kontrollrom/apne-igjen/", control.strike, {"stroke": "reopen"}, name="control.reopen"),
    path("kontrollrom/forleng/", control.strike, {"stroke": "extend"}, name="control.extend"),
    path("kontrollrom/angre/", control.strike, {"stroke": "undo"}, name="control.undo"),
]
