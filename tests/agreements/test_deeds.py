"""An agreement on a sheet: always one page, everything on it, nothing that a text can harm, and no contact details
where others read them."""

import re
import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements.correcting import withdraw
from agreements.deeds import Person, numbers, read_deeds
from agreements.drafts import PartyDraft
from agreements.enums import Kind
from agreements.receipts import receipt_address
from agreements.sheets.filled import render
from borsen.enums import Role, Sector
from borsen.models import Event
from borsen.pdf import worker
from tests.agreements.a_deed import a_deed, a_side, some_deeds
from tests.agreements.posting import client_of
from tests.factories import make_agreement, make_contact, make_member, make_open_event, make_participant

HARMFUL = ["<b>fet", "</para>", "<img src='/etc/hostname'/>", "a & b < c > d", "]]>", "&lt;i&gt;", "%(x)s {y} \\ ( )"]
MAIL, PHONE = "kari@hemmelig.example", "911 22 333"
SECRETS = (MAIL, PHONE, "911 44 555")


def reader(*deeds, **fields):
    return PdfReader(BytesIO(render(some_deeds(*deeds, **fields))))


def pages_of(document):
    return [" ".join(page.extract_text().split()) for page in document.pages]


def text_of(*deeds, **fields):
    return " ".join(pages_of(reader(*deeds, **fields)))


def unspaced(text):
    return re.sub(r"\s", "", text)


# --- what is drawn


def test_the_sheet_says_everything_that_was_agreed():
    text = text_of(a_deed(challenge="Ensomhet", details="Første gang i april.", first_time="Første gang"))
    told = [
        "Frivilligbørs i Granfjord", "Torsdag 5. mars kl. 18.00–19.00 · Granfjord kulturhus", "Granfjord kommune",
        "Avtale nr. 12", "Radioverksted mot lesestund", "Part 1", "Offentlig virksomhet", "Granfjord bibliotek",
        "Gir Lokale hver torsdag", "Kontakt: Kari Granli · 900 00 000 · kari@granfjord.example", "Part 2",
        "Frivillig organisasjon", "Radioamatørene", "Gir Reparasjon av radioer", "Lokaler", "Ensomhet",
        "5. mars 2026 kl. 18.42", "Megler Moen", "Første gang i april.",
        "Granfjord bibliotek tar første kontakt innen 19. mars 2026.", "Det er aldri penger mellom partene",
        "For Granfjord bibliotek", "For Radioamatørene",
    ]  # fmt: skip
    assert [line for line in told if line not in text] == []
    assert [word in text for word in ("Trukket", "Kvitteringen", "Beløp")] == [False] * 3


def test_an_intention_says_what_it_is_and_who_only_receives_does_too():
    text = text_of(a_deed(is_intent=True, not_payment=True, sides=(a_side(), a_side("Kafé Kiwano", gives=""))))
    assert "Intensjonsavtale nr. 12 Partene vil dette, men må avklare noe først." in text
    assert "Kafé Kiwano Tar imot" in text
    assert "Beløp som er nevnt, er ikke betaling mellom partene." in text


def test_a_withdrawn_one_is_marked_and_has_no_place_for_signatures():
    text = text_of(a_deed(withdrawn="6. mars 2026"))
    assert text.count("Trukket") == 2
    assert "Avtalen ble trukket 6. mars 2026. Den gjelder ikke lenger." in text
    assert "For Granfjord bibliotek" not in text


def test_the_receipts_code_is_there_where_it_has_an_address():
    address = "https://bors.example/granfjord/kvittering/abc/"
    assert "Kvitteringen på telefonen" in text_of(a_deed(receipt=address))


def test_hosts_that_need_two_lines_stand_there_in_full_and_more_than_that_is_cut():
    receipt = "https://bors.example/granfjord/kvittering/abc/"
    hosts = ("Granfjord kommune", "Frivilligsentralen Granfjord", "Granfjord næringsforening")
    assert f"Vertskap: {', '.join(hosts)}" in text_of(a_deed(receipt=receipt), hosts=hosts)
    text = text_of(a_deed(receipt=receipt), hosts=hosts * 5)
    assert ("Vertskap: Granfjord kommune" in text, ", ".join(hosts * 5) in text) == (True, False)


def test_neither_a_telephone_number_nor_a_date_is_broken_in_two_and_no_line_begins_with_a_dot():
    phone, day = "+47 900 00 000", "19. desember 2026"
    for length in range(8, 40, 3):
        person = Person("A" * length, phone, "kari@granfjord.example")
        deed = a_deed(sides=(a_side(people=(person,)),), first_contact="B" * (length * 2), first_contact_by=day)
        lines = reader(deed).pages[0].extract_text().replace("\u00a0", " ").splitlines()
        assert [any(text in line for line in lines) for text in (phone, day)] == [True, True]
        assert [line for line in lines if line.startswith("·")] == []


@pytest.mark.parametrize(
    "name", ["Sámi searvi Čáhppesjohka", "Đŋŧ Ŧŋđ žš", "Łódź, Gdańsk, Świętokrzyskie", "Nguyễn Thị Ánh Đào"]
)
def test_names_are_read_back_as_typed(name):
    text = text_of(a_deed(summary=name, sides=(a_side(name, gives=name, people=(Person(name),)), a_side())))
    assert unspaced(text).count(unspaced(name)) == 5


def test_what_no_face_can_write_is_shown_as_boxes():
    assert "□□□□□ Al-Noor" in text_of(a_deed(sides=(a_side("مرحبا Al-Noor"), a_side("漢字 Ja"))))


@pytest.mark.parametrize("text", HARMFUL)
def test_markup_in_any_text_is_only_text(text):
    side = a_side(text, gives=text, people=(Person(text, text, text),))
    deed = a_deed(
        category=text, summary=text, sides=(side, side), challenge=text, details=text, first_contact=text, broker=text
    )
    document = reader(deed, name=text, place=text, hosts=(text,))
    assert unspaced("".join(pages_of(document))).count(unspaced(text)) >= 18
    assert [image for page in document.pages for image in page.images] == []
    assert (document.metadata.title, document.metadata.author) == (f"Avtaleskjema nr. 12 – {text}", text)


LONGEST = "W" * 5000
FULL = a_side(("Foreningen for alt som vokser og gror " * 4)[:120], gives=("Hjelp med det meste " * 20)[:200])


@pytest.mark.parametrize("parties", [2, 3, 6])
def test_as_much_as_the_form_takes_is_one_page_with_a_note_where_it_is_cut(parties):
    deed = a_deed(summary=("Kort " * 40)[:120], details=("Mer om dette. " * 200)[:2000], sides=(FULL,) * parties)
    pages = pages_of(reader(deed))
    assert len(pages) == 1
    assert [f"Part {number} " in pages[0] for number in range(1, parties + 1)] == [True] * parties
    is_cut = "Teksten er kortet ned her. Se avtale nr. 12 i børsen." in pages[0]
    assert is_cut == (parties > 2)
    assert (unspaced(pages[0]).count(unspaced(FULL.gives)) == parties) == (parties != 6)


@pytest.mark.parametrize("field", ["summary", "details", "category", "challenge", "broker", "first_contact"])
def test_five_thousand_letters_without_a_space_are_one_page_that_says_that_it_is_cut(field):
    pages = pages_of(reader(a_deed(**{field: LONGEST})))
    assert (len(pages), "Se avtale nr. 12 i børsen." in pages[0]) == (1, True)


def test_six_parties_with_nothing_but_endless_words_stay_above_the_signatures():
    side = a_side(LONGEST, gives=LONGEST, people=(Person(LONGEST, LONGEST, LONGEST),) * 3)
    deed = a_deed(summary=LONGEST, details=LONGEST, category=LONGEST, broker=LONGEST, sides=(side,) * 6)
    placed = []
    document = reader(deed)
    document.pages[0].extract_text(visitor_text=lambda text, cm, tm, *_rest: placed.append((text, cm[5] + tm[5])))
    note = next(y for text, y in placed if "Se avtale nr. 12" in text)
    highest_signature = max(y for text, y in placed if text.startswith("Dato"))
    assert len(document.pages) == 1
    assert note > highest_signature + 20


def test_no_letter_is_smaller_than_can_be_read():
    sizes = set()
    full = a_deed(summary=LONGEST, details=LONGEST, sides=(FULL,) * 6)
    reader(full).pages[0].extract_text(visitor_text=lambda *given: sizes.add(given[-1]))
    assert min(sizes) >= 8


def test_only_our_own_faces_are_used_and_all_are_embedded():
    found = {}
    for page in reader(a_deed(summary="Ŧŋđ"), a_deed(13, withdrawn="6. mars 2026")).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            descriptor = font.get("/FontDescriptor", {}).get_object()
            found[font["/BaseFont"].split("+")[-1]] = "/FontFile2" in descriptor
    assert found == {
        "Inter-Regular": True,
        "Inter-SemiBold": True,
        "BricolageGrotesque-Heading": True,
        "BricolageGrotesque-Figure": True,
    }


def test_each_sheet_stands_in_the_outline_in_order():
    document = reader(a_deed(3), a_deed(5))
    assert [item.title for item in document.outline] == [
        "3: Radioverksted mot lesestund",
        "5: Radioverksted mot lesestund",
    ]
    assert [document.get_destination_page_number(item) for item in document.outline] == [0, 1]
    assert (document.metadata.title, document.trailer["/Root"]["/Lang"]) == (
        "Avtaleskjemaer – Frivilligbørs i Granfjord",
        "nb-NO",
    )


def test_no_agreements_are_a_friendly_sheet():
    assert "Ingen avtaler er registrert ennå." in text_of()


@pytest.mark.slow
def test_two_thousand_take_no_more_than_a_minute():
    began = time.perf_counter()
    assert len(reader(*map(a_deed, range(1, 2001))).pages) == 2000
    assert time.perf_counter() - began < 60


# --- what is read, and by whom


@pytest.fixture
def event() -> Event:
    return make_open_event("granfjord", place="Lillesalen")


@pytest.fixture
def agreement(event):
    """Everything that can hold an address or a phone number holds one."""
    first = make_participant(event, f"Kafé Kiwano ring {PHONE}", sector=Sector.BUSINESS)
    contact = make_contact(first, f"Kari {MAIL}", email=MAIL, phone=PHONE)
    second = make_participant(event, "Turlaget")
    make_contact(second, "Ola Vik", email=f"ola.{MAIL}", phone="911 44 555")
    draft = [PartyDraft(first, gives=f"Kaker, skriv til {MAIL}", contact=contact), PartyDraft(second, gives="Turer")]
    made = make_agreement(
        event, (first, "Kaker"), (second, "Turer"), summary=f"Kaker mot turer ({MAIL})", details=f"Ring {PHONE}"
    )
    made.parties.filter(position=0).update(contact=contact, gives=draft[0].gives)
    return made


@pytest.fixture
def drawn(monkeypatch):
    """What would have been drawn, without the seconds that a process takes."""
    contents = []
    monkeypatch.setattr(
        worker, "render_in_child", lambda _module, content, *_rest: contents.append(content) or b"%PDF-"
    )
    return contents


def one(event, number=1):
    return reverse("agreement.form", args=[event.slug, number])


def everything(event):
    return reverse("agreement.forms", args=[event.slug])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR])
def test_organisers_and_coordinators_get_the_contacts_of_those_named_and_of_parties_that_named_nobody(
    event, agreement, drawn, role
):
    client_of(make_member(event, role)).get(one(event))
    sides = drawn[0].deeds[0].sides
    assert [side.people for side in sides] == [
        (Person(f"Kari {MAIL}", PHONE, MAIL),),
        (Person("Ola Vik", "911 44 555", f"ola.{MAIL}"),),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_broker_gets_names_but_no_address_and_no_phone_wherever_they_stand(event, agreement, drawn):
    client_of(make_member(event, Role.BROKER)).get(one(event))
    deed = drawn[0].deeds[0]
    assert [secret in repr(deed) for secret in SECRETS] == [False] * 3
    assert [[person.name for person in side.people] for side in deed.sides] == [["Kari …"], ["Ola Vik"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [one, everything])
def test_where_others_read_along_nobody_gets_them_but_all_get_the_receipts_address(
    event, agreement, drawn, settings, address
):
    settings.PUBLIC_URL = "https://bors.example"
    client = client_of(make_member(event, Role.COORDINATOR))
    client.get(address(event), REMOTE_ADDR="192.168.1.20")
    client.get(address(event))
    openly, privately = (repr(content) for content in drawn)
    assert [secret in openly for secret in (*SECRETS, agreement.receipt_token)] == [False, False, False, True]
    assert [secret in privately for secret in (*SECRETS, agreement.receipt_token)] == [True] * 4


@pytest.mark.django_db
def test_the_receipt_has_an_address_only_where_the_server_has_one_and_not_for_a_withdrawn_one(
    event, agreement, settings
):
    def receipt():
        return read_deeds(event, [1], with_details=True)[0].receipt

    settings.PUBLIC_URL = ""
    assert receipt() == ""
    settings.PUBLIC_URL = "https://bors.example"
    assert receipt() == receipt_address(agreement)
    assert receipt() == f"https://bors.example/granfjord/kvittering/{agreement.receipt_token}/"
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert receipt() == ""


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_one_is_marked_alone_and_left_out_of_the_file(event, drawn):
    agreements = [make_agreement(event, summary=f"Nr. {number}") for number in (1, 2, 3)]
    withdraw(agreement=agreements[1], by=None, now=timezone.now())
    client = client_of(make_member(event, Role.COORDINATOR))
    client.get(one(event, 2))
    client.get(everything(event))
    alone, collected = drawn
    assert [bool(deed.withdrawn) for deed in alone.deeds] == [True]
    assert [(deed.number, deed.withdrawn) for deed in collected.deeds] == [(1, ""), (3, "")]


@pytest.mark.django_db
def test_what_the_agreement_says_is_read_in_words(event):
    event.challenges.create(text="Ensomhet")
    broker = make_member(event, Role.BROKER, "moen")
    due = timezone.localdate() + timedelta(days=3)
    participant = make_participant(event, "Turlaget")
    make_agreement(
        event, (participant, "Turer"), (make_participant(event, "Kafé"), ""), by=broker, kind=Kind.INTENT,
        challenge=event.challenges.get(), first_contact=participant, first_contact_by=due, not_payment=True,
    )  # fmt: skip
    deed = read_deeds(event, [1], with_details=True)[0]
    assert (deed.is_intent, deed.challenge, deed.broker, deed.first_contact, deed.not_payment) == (
        True, "Ensomhet", "moen", "Turlaget", True,
    )  # fmt: skip
    assert deed.first_contact_by.startswith(f"{due.day}. ")
    assert [(side.name, side.gives) for side in deed.sides] == [("Turlaget", "Turer"), ("Kafé", "")]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_however_many_there_are(event, count, django_assert_num_queries):
    for _ in range(count):
        make_agreement(event)
    with django_assert_num_queries(4):
        read_deeds(event, numbers(event), with_details=True)


@pytest.mark.django_db(transaction=True)
def test_the_file_is_a_pdf_with_a_page_for_each_and_a_name_that_says_what_it_is(event):
    for _ in range(2):
        make_agreement(event)
    answer = client_of(make_member(event, Role.COORDINATOR)).get(everything(event))
    assert len(PdfReader(BytesIO(answer.content)).pages) == 2
    assert answer["Content-Disposition"] == 'attachment; filename="avtaleskjemaer-granfjord.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [99, 2**40])
def test_an_agreement_that_there_is_not_is_not_found(event, number):
    assert client_of(make_member(event, Role.COORDINATOR)).get(one(event, number)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "sees_all"), [(Role.ORGANISER, True), (Role.COORDINATOR, True), (Role.BROKER, False)])
def test_the_pages_lead_to_them(event, role, sees_all):
    make_agreement(event)
    client = client_of(make_member(event, role))
    shown = client.get(reverse("agreement.show", args=[event.slug, 1])).content.decode()
    listed = client.get(reverse("agreement.list", args=[event.slug])).content.decode()
    assert f'href="{one(event)}"' in shown
    assert (f'href="{everything(event)}"' in listed) == sees_all
    assert f'href="{reverse("paper", args=[event.slug])}"' in listed
