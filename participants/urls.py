"""The addresses of this app, below `/<slug>/`."""

from django.urls import path

from .views import catalogue, categories, check_in, exporting, importing, organising, own_links, own_page, registration

urlpatterns = [
    path("pamelding/", registration.registration, name="registration"),
    path("pamelding/kvittering/", registration.receipt, name="registration.receipt"),
    path("min-side/", own_page.own_page, name="own_page"),
    path("min-side/lenke/", own_page.ask, name="own_page.ask"),
    path("min-side/lukk/", own_page.leave, name="own_page.leave"),
    path("min-side/<int:pk>/", own_page.change, name="own_page.change"),
    path("min-side/<int:pk>/av/", own_page.sign_off, name="own_page.sign_off"),
    path("min-side/<str:token>/", own_page.enter, name="own_page.enter"),
    path("innsjekk/", check_in.check_in_page, name="check_in"),
    path("innsjekk/ny/", check_in.check_in_walk_in, name="check_in.walk_in"),
    path("innsjekk/<int:pk>/inn/", check_in.check_in_enter, name="check_in.enter"),
    path("innsjekk/<int:pk>/angre/", check_in.check_in_undo, name="check_in.undo"),
    path("innsjekk/<int:pk>/antall/", check_in.check_in_people, name="check_in.people"),
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("innstillinger/kategorier/", categories.categories, name="category.list"),
    path("deltakere/", organising.participant_list, name="participant.list"),
    path("deltakere/ny/", organising.participant_create, name="participant.create"),
    path("deltakere/godkjenn-alle/", own_links.participant_approve_all, name="participant.approve_all"),
    path("deltakere/import/", importing.import_upload, name="participant.import"),
    path("deltakere/import/<str:token>/", importing.import_check, name="participant.import.check"),
    path("deltakere/import/<str:token>/kolonner/", importing.import_columns, name="participant.import.columns"),
    path("deltakere/import/<str:token>/forkast/", importing.import_discard, name="participant.import.discard"),
    path("deltakere/import/<str:token>/rapport/", importing.import_report, name="participant.import.report"),
    path("deltakere/import/<str:token>/rapport.xlsx", importing.import_report_file, name="participant.import.file"),
    path("deltakere/eksport/", exporting.participant_export, name="participant.export"),
    path("deltakere/<int:pk>/", organising.participant_edit, name="participant.edit"),
    path("deltakere/<int:pk>/lenker/", own_links.participant_links, name="participant.links"),
    path("deltakere/<int:pk>/endring/", own_links.participant_proposal, name="participant.proposal"),
    path("deltakere/<int:pk>/status/", organising.participant_status, name="participant.status"),
    path("deltakere/<int:pk>/fjern/", organising.participant_remove, name="participant.remove"),
]
