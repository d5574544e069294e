"""Every address of the product. The first segments of the fixed ones are reserved slugs (borsen/slugs.py)."""

from django.urls import include, path

from borsen.placeholder import inside, outside

handler400 = "borsen.views.errors.bad_request"
handler403 = "borsen.views.errors.forbidden"
handler404 = "borsen.views.errors.not_found"
handler500 = "borsen.views.errors.server_error"

urlpatterns = [
    path("", outside, name="home"),
    path("healthz", outside, name="healthz"),
    path("konto/", outside, name="account"),
    path("konto/logg-inn/", outside, name="login"),
    path("konto/logg-ut/", outside, name="logout"),
    path("ny/", outside, name="event.create"),
    path("<slug:slug>/", inside, name="event.overview"),
    path("<slug:slug>/innstillinger/", inside, name="event.settings"),
    path("<slug:slug>/", include("participants.urls")),
    path("<slug:slug>/", include("agreements.urls")),
    path("<slug:slug>/", include("display.urls")),
]
