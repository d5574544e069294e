"""The addresses of this app, below `/<slug>/`."""

from django.urls import path

from .views import catalogue, categories, check_in, exporting, importing, organising

urlpatterns = [
    path("innsjekk/", check_in.check_in_page, name="check_in"),
    path("innsjekk/ny/", check_in.check_in_walk_in, name="check_in.walk_in"),
    path("innsjekk/<int:pk>/inn/", check_in.check_in_enter, name="check_in.enter"),
    path("innsjekk/<int:pk>/angre/", check_in.check_in_undo, name="check_in.undo"),
    path("innsjekk/<int:pk>/antall/", check_in.check_in_people, name="check_in.people"),
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog.pdf", catalogue.catalogue_pdf, name="catalogue.pdf"),
    path("innstillinger/kategorier/", categories.categories, name="category.list"),
    path("deltakere/", organising.participant_list, name="participant.list"),
    path("deltakere/ny/", organising.participant_create, name="participant.create"),
    path("deltakere/godkjenn-alle/", organising.participant_approve_all, name="participant.approve_all"),
    path("deltakere/import/", importing.import_upload, name="participant.import"),
    path("deltakere/import/<str:token>/", importing.import_check, name="participant.import.check"),
    path("deltakere/import/<str:token>/kolonner/", importing.import_columns, name="participant.import.columns"),
    path("deltakere/import/<str:token>/forkast/", importing.import_discard, name="participant.import.discard"),
    path("deltakere/import/<str:token>/rapport/", importing.import_report, name="participant.import.report"),
    path("deltakere/import/<str:token>/rapport.xlsx", importing.import_report_file, name="participant.import.file"),
    path("deltakere/eksport/", exporting.participant_export, name="participant.export"),
    path("deltakere/<int:pk>/", organising.participant_edit, name="participant.edit"),
    path("deltakere/<int:pk>/status/", organising.participant_status, name="participant.status"),
    path("deltakere/<int:pk>/fjern/", organising.participant_remove, name="participant.remove"),
]
