"""The account page, and passwords that are changed or forgotten."""

import re
import threading

import pytest
from django.core import mail
from django.test import Client

from borsen.devices import SESSION_KEY
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "tre tilfeldige ord"


@pytest.fixture
def with_mail(settings):
    settings.HAS_MAIL = True
    settings.PUBLIC_URL = "https://bors.example"


def sent():
    """The mails, once the threads that send them are done."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(5)
    return mail.outbox


def can_sign_in(username, password):
    return Client().post("/konto/logg-inn/", {"username": username, "password": password}).status_code == 302


def test_the_account_page_changes_name_and_mail(client):
    user = make_user("kari")
    client.force_login(user)
    assert client.post("/konto/", {"display_name": "Kari Granli", "email": "kari@granfjord.example"}).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.email) == ("Kari Granli", "kari@granfjord.example")


def test_a_bad_mail_address_gives_the_form_back_with_what_was_typed(client):
    client.force_login(make_user("kari"))
    response = client.post("/konto/", {"display_name": "Kari", "email": "kari(at)granfjord"})
    assert response.status_code == 422
    assert 'value="kari(at)granfjord"' in response.content.decode()


def test_the_password_is_changed_by_who_knows_the_old_one_and_they_stay_signed_in(client):
    client.force_login(make_user("kari"))
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/konto/passord/", data)["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert (can_sign_in("kari", NEW), can_sign_in("kari", PASSWORD)) == (True, False)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"old_password": "feil"}, "Det er ikke passordet du har nå."),
        ({"new_password1": "kort", "new_password2": "kort"}, "for kort"),
        ({"new_password2": "noe annet enn det"}, "ikke like"),
    ],
)
def test_a_password_that_can_not_be_changed_says_why(data, says, client):
    client.force_login(make_user("kari"))
    sent_data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | data
    response = client.post("/konto/passord/", sent_data)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert can_sign_in("kari", PASSWORD)


def test_without_mail_the_page_says_whom_to_ask(client, settings):
    settings.HAS_MAIL = False
    html = client.get("/konto/glemt-passord/").content.decode()
    assert "manage.py link" in html
    assert 'name="email"' not in html


def test_a_forgotten_password_is_mailed_a_link_on_the_public_address_that_works(client, with_mail):
    make_user("kari", email="kari@granfjord.example")
    response = client.post("/konto/glemt-passord/", {"email": "Kari@granfjord.example"}, HTTP_HOST="localhost")
    assert response.status_code == 200
    (message,) = sent()
    assert message.to == ["kari@granfjord.example"]
    (path,) = re.findall(r"^https://bors\.example(/konto/nytt-passord/\S+)$", message.body, flags=re.MULTILINE)
    url = Client().get(path, follow=True).redirect_chain[-1][0]
    browser = Client()
    browser.get(path)
    # A tablet that was signed in as a device: who sets a password there is that person from now on.
    session = browser.session
    session[SESSION_KEY] = 4711
    session.save()
    assert browser.post(url, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/"
    assert ("_auth_user_id" in browser.session, SESSION_KEY in browser.session) == (True, False)
    assert can_sign_in("kari", NEW)
    assert "Lenken virker ikke lenger" in Client().get(path).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, with_mail):
    make_user("kari", email="kari@granfjord.example")
    known = client.post("/konto/glemt-passord/", {"email": "kari@granfjord.example"})
    unknown = client.post("/konto/glemt-passord/", {"email": "ola@granfjord.example"})
    assert [message.to for message in sent()] == [["kari@granfjord.example"]]
    same = known.content.decode().replace("kari@granfjord.example", "ola@granfjord.example")
    assert unknown.content.decode() == same


@pytest.mark.logs_errors
def test_a_mail_server_that_does_not_answer_is_logged_without_the_address(client, with_mail, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    make_user("kari", email="kari@granfjord.example")
    assert client.post("/konto/glemt-passord/", {"email": "kari@granfjord.example"}).status_code == 200
    sent()
    lines = [record.getMessage() for record in caplog.records if record.name == "borsen.mailing"]
    assert lines == ["E-post ble ikke sendt (1 stykker): ConnectionRefusedError"]
