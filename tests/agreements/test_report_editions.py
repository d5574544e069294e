"""The two addresses of the PDF: one edition for everybody, one with contacts for whom they are meant; and how far it
has come while it is made."""

import asyncio
from io import BytesIO

import pytest
from django.test import AsyncClient, Client
from django.urls import reverse
from pypdf import PdfReader

from borsen.enums import Role, Sector
from borsen.pdf import answer, worker
from borsen.pdf.answer import PROGRESS
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_contact, make_member, make_open_event, make_participant

pytestmark = pytest.mark.django_db(transaction=True)
OUTSIDE = "192.168.1.20"
SECRETS = ("Kari Kontakt", "911 22 333", "hemmelig@example.no")


@pytest.fixture
def event():
    event = make_open_event("granfjord")
    choir = make_participant(event, "Granfjord kor")
    make_contact(choir, "Kari Kontakt", email="hemmelig@example.no", phone="911 22 333")
    person = make_participant(event, "Frivillig (Åse)", sector=Sector.INDIVIDUAL)
    make_agreement(event, (choir, "Sang"), (person, ""), summary="Julekonsert")
    return event


@pytest.fixture
def coordinator(event):
    return client_for(make_member(event, Role.COORDINATOR))


def text_of(content):
    # A telephone number is kept on one line by spaces that don't break.
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace("\u00a0", " ")


def test_internal_edition_has_the_contacts_of_participants_and_agreements(event, coordinator):
    made = coordinator.get(reverse("report.internal.pdf", args=[event.slug]))
    assert (made.status_code, made["Cache-Control"]) == (200, "private, no-store")
    assert made["Content-Disposition"] == 'attachment; filename="rapport-granfjord-intern.pdf"'
    text = " ".join(text_of(made.content).split())
    assert [text.count(secret) for secret in SECRETS] == [2, 2, 2]
    assert "Frivillig (Åse)" in text


def test_other_edition_is_the_public_one_for_the_coordinator_too(event, coordinator):
    made = coordinator.get(reverse("report.pdf", args=[event.slug]))
    text = text_of(made.content)
    assert [word for word in (*SECRETS, "Åse", "Intern utgave") if word in text] == []
    assert "Julekonsert" in text


def test_internal_edition_is_refused_where_others_can_read_along_and_says_what_to_do(event, coordinator, settings):
    settings.PUBLIC_URL = "https://bors.example"
    address = reverse("report.internal.pdf", args=[event.slug])
    refused = coordinator.get(address, REMOTE_ADDR=OUTSIDE)
    assert (refused.status_code, "https://bors.example" in refused.content.decode()) == (403, True)
    assert [secret for secret in SECRETS if secret in refused.content.decode()] == []
    assert coordinator.get(address, REMOTE_ADDR=OUTSIDE, secure=True).status_code == 200


def test_opening_the_report_to_all_opens_no_contact(event):
    event.report_published = True
    event.save()
    assert Client().get(reverse("report.internal.pdf", args=[event.slug])).status_code == 302
    broker = client_for(make_member(event, Role.BROKER))
    assert broker.get(reverse("report.internal.pdf", args=[event.slug])).status_code == 403


def test_only_the_public_edition_is_kept_for_the_next(event, coordinator, monkeypatch):
    drawn = []

    def draw(_module, content, _progress):
        drawn.append(content.edition)
        return b"%PDF-"

    monkeypatch.setattr(worker, "render_in_child", draw)
    monkeypatch.setattr(worker, "_kept", {})
    for _turn in range(2):
        coordinator.get(reverse("report.pdf", args=[event.slug]))
        coordinator.get(reverse("report.internal.pdf", args=[event.slug]))
    assert drawn == ["public", "internal", "internal"]
    assert len(worker._kept) == 1


@pytest.mark.parametrize(
    ("role", "address", "offered"),
    [
        (Role.COORDINATOR, "127.0.0.1", (True, True, False)),
        (Role.COORDINATOR, OUTSIDE, (True, False, True)),
        (Role.BROKER, "127.0.0.1", (True, False, False)),
    ],
)
def test_page_offers_the_edition_with_contacts_to_whom_it_is_meant_for(event, role, address, offered):
    event.report_published = True
    event.save()
    client = client_for(make_member(event, role))
    page = client.get(reverse("report", args=[event.slug]), REMOTE_ADDR=address).content.decode()
    words = ("Last ned PDF", "Intern utgave med kontakter", "kan bare hentes over en kryptert forbindelse")
    assert tuple(word in page for word in words) == offered


# --- how far it has come


def ask_with_progress(event, user, name="report.pdf"):
    async def ask():
        client = AsyncClient()
        await client.aforce_login(user, backend="django.contrib.auth.backends.ModelBackend")
        response = await client.get(reverse(name, args=[event.slug]), headers={"Accept": PROGRESS})
        return response, b"".join([part async for part in response.streaming_content])

    return asyncio.run(ask())


def test_who_asks_for_progress_gets_the_pages_as_they_are_drawn_and_then_the_file(event, monkeypatch):
    monkeypatch.setattr(answer, "LOOKS_EVERY", 0.001)
    response, body = ask_with_progress(event, make_member(event, Role.COORDINATOR), "report.internal.pdf")
    lines, _empty, file = body.partition(b"\n\n")
    pages = [int(line) for line in lines.split()]
    assert (response["Content-Type"], response["Cache-Control"]) == (PROGRESS, "private, no-store")
    assert (pages[0], pages == sorted(pages), len(set(pages)) > 1) == (0, True, True)
    assert "Kari Kontakt" in text_of(file)
    assert pages[-1] <= len(PdfReader(BytesIO(file)).pages)


def test_who_goes_away_gives_up_the_place_in_the_queue(monkeypatch):
    drawn = []

    async def leave_while_another_is_drawn():
        free = asyncio.Event()
        loop = asyncio.get_running_loop()

        def draw(module, _content, _progress):
            drawn.append(module)
            asyncio.run_coroutine_threadsafe(free.wait(), loop).result()
            return b"%PDF-"

        monkeypatch.setattr(worker, "render_in_child", draw)
        first = asyncio.ensure_future(worker.render_apart("first", None))
        waiting = answer._with_progress("second", None, "")
        assert await anext(waiting) == b"0\n"
        await waiting.aclose()
        free.set()
        await first
        await worker.render_apart("third", None)

    asyncio.run(leave_while_another_is_drawn())
    assert drawn == ["first", "third"]
