"""The error pages: in Norwegian, with what to do next, whatever else is broken."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory

from borsen.views import errors
from tests.borsen.test_valid_html import faults

PAGES = {
    400: (lambda request: errors.bad_request(request, SuspiciousOperation()), "Vi forsto ikke det som ble sendt"),
    403: (lambda request: errors.forbidden(request, PermissionDenied("Bare arrangøren.")), "Bare arrangøren."),
    404: (lambda request: errors.not_found(request, Http404()), "Siden finnes ikke"),
    500: (errors.server_error, "Noe gikk galt hos oss"),
}


@pytest.mark.parametrize("status", PAGES)
def test_an_error_page_needs_no_database_no_session_and_no_manifest(status, settings):
    # No `db` mark: a query would fail the test. The manifest has no file in it.
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "borsen.statics.HashedStaticFiles"}}
    view, says = PAGES[status]
    response = view(RequestFactory().get("/x/"))
    html = response.content.decode()
    assert (response.status_code, says in html, 'href="/"' in html) == (status, True, True)
    assert faults(html) == []


@pytest.mark.parametrize("status", PAGES)
def test_a_script_gets_json(status):
    view, _says = PAGES[status]
    response = view(RequestFactory().get("/x/", HTTP_ACCEPT="application/json"))
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")


def test_a_form_without_its_token_says_what_to_do_and_a_script_that_it_is_the_token():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/konto/logg-inn/", {"username": "kari"})
    script = client.post("/konto/logg-inn/", headers={"Accept": "application/json"})
    assert (page.status_code, "Skjemaet er for gammelt" in page.content.decode()) == (403, True)
    assert (script.status_code, script.json()["csrf"]) == (403, True)
    assert faults(page.content.decode()) == []


@pytest.mark.django_db
def test_an_address_that_does_not_exist_gives_the_page(client):
    response = client.get("/finnes/ikke/i/det/hele/tatt")
    assert (response.status_code, "Siden finnes ikke" in response.content.decode()) == (404, True)


@pytest.mark.logs_errors
def test_an_address_that_the_server_does_not_answer_to_gives_the_page(client):
    response = client.get("/", HTTP_HOST="ond.example")
    assert (response.status_code, "Vi forsto ikke" in response.content.decode()) == (400, True)
