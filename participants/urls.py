"""The addresses of this app, below `/<slug>/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("deltakere/", views.participant_list, name="participant.list"),
    path("deltakere/ny/", views.participant_create, name="participant.create"),
    path("deltakere/godkjenn-alle/", views.participant_approve_all, name="participant.approve_all"),
    path("deltakere/<int:pk>/", views.participant_edit, name="participant.edit"),
    path("deltakere/<int:pk>/status/", views.participant_status, name="participant.status"),
    path("deltakere/<int:pk>/fjern/", views.participant_remove, name="participant.remove"),
]
