"""The hosts' logos: what is taken in, what is made of it, and who sees it."""

import io
import zlib
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from borsen.events import HostDraft
from borsen.logos import LARGEST_FILE, NotALogo, draw, set_logo
from borsen.models import HostLogo
from tests.borsen.addresses import client_for
from tests.factories import make_event

pytestmark = pytest.mark.django_db

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(kind="PNG", size=(40, 20), mode="RGB", color=RED, **options):
    target = io.BytesIO()
    Image.new(mode, size, color).save(target, kind, **options)
    return target.getvalue()


def opened(png):
    return Image.open(io.BytesIO(png))


def png_of(width, height):
    """The header of a PNG of this size, with next to nothing behind it."""

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def event():
    return make_event(
        "granfjord", hosts=[HostDraft("Granfjord kommune", "public"), HostDraft("Sentralen", "voluntary")]
    )


@pytest.fixture
def host(event):
    return event.hosts.first()


@pytest.fixture
def client(event):
    return client_for(event.memberships.get().user)


def upload(client, host, content, name="logo.png"):
    url = f"/granfjord/innstillinger/vertskap/{host.pk}/logo/"
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_png_no_larger_than_needed(kind):
    drawn = draw(picture(kind, (2400, 1800)))
    assert (opened(drawn.png).format, drawn.width, drawn.height, opened(drawn.png).size) == (
        "PNG",
        400,
        300,
        (400, 300),
    )


def test_a_small_one_is_not_blown_up():
    assert (draw(picture(size=(40, 20))).width, draw(picture(size=(40, 20))).height) == (40, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_writing_colours_is_understood(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    drawn = draw(picture(kind, (700, 100), mode, color=0 if mode in {"1", "L", "P", "I;16"} else None))
    assert opened(drawn.png).size == (600, 86)


def test_sixteen_bits_of_grey_are_the_same_grey():
    assert opened(draw(picture(mode="I;16", color=128 * 256)).png).getpixel((5, 5)) == (128, 128, 128)


def test_what_is_see_through_stays_so():
    assert opened(draw(picture(mode="RGBA", color=(255, 0, 0, 0))).png).getpixel((5, 5))[3] == 0


def test_a_photo_is_turned_as_it_was_taken_and_says_no_more_where_that_was():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Hjemme hos Kari"
    drawn = draw(picture("JPEG", (400, 200), exif=exif))
    assert (drawn.width, drawn.height) == (150, 300)
    assert (b"Kari" in drawn.png, b"eXIf" in drawn.png, opened(drawn.png).info) == (False, False, {})


def test_what_hangs_after_the_picture_is_left_behind():
    drawn = draw(picture() + b"<script>alert(1)</script>")
    assert b"<script>" not in drawn.png


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Bruk PNG, JPEG eller WebP"),
        (b"%PDF-1.7 ...", "Bruk PNG, JPEG eller WebP"),
        (b'<?xml version="1.0"?>\n<SVG onload="alert(1)">', "SVG-filer"),
        (picture("GIF", mode="P", color=1), "Bruk PNG, JPEG eller WebP"),
        (picture("TIFF"), "Bruk PNG, JPEG eller WebP"),
        (picture(size=(900, 900))[:200], "ødelagt"),
        (png_of(7000, 7000), "Bildet er for stort"),
        (png_of(60_000, 60_000), "Bildet er for stort"),
        (png_of(300, 300), "ødelagt"),
        (b"x" * (LARGEST_FILE + 1), "Filen er for stor"),
    ],
    ids=["empty", "pdf", "svg", "gif", "tiff", "cut off", "49 million", "bomb", "lies", "6 MB"],
)
def test_what_can_not_be_used_is_refused_with_what_to_do(content, says):
    with pytest.raises(NotALogo, match=says):
        draw(content)


def test_a_text_that_unpacks_to_a_hundred_megabytes_is_refused_or_left_out():
    bomb = zlib.compress(b"\0" * 100_000_000)
    data = b"zTXt" + b"k\0\0" + bomb
    chunk = (len(data) - 4).to_bytes(4) + data + zlib.crc32(data).to_bytes(4)
    plain = picture()
    with pytest.raises(NotALogo):
        draw(plain[:33] + chunk + plain[33:])


def test_the_organiser_puts_in_replaces_and_takes_away_a_logo(event, host, client):
    assert upload(client, host, picture()).status_code == 302
    first = HostLogo.objects.get()
    assert (first.host, first.digest) == (host, sha256(first.png).hexdigest()[:16])
    html = client.get("/granfjord/innstillinger/vertskap/").content.decode()
    address = f"/granfjord/vertskap/{host.pk}/{first.digest}.png"
    assert f'src="{address}"' in html
    assert 'alt="Granfjord kommune"' in html
    upload(client, host, picture(color=BLUE))
    second = HostLogo.objects.get()
    assert (first.digest == second.digest, client.get(address).status_code) == (False, 404)
    version = event.feed_version
    event.refresh_from_db()
    client.post(f"/granfjord/innstillinger/vertskap/{host.pk}/logo/fjern/")
    assert (HostLogo.objects.count(), event.feed_version) == (0, version + 2)


def test_a_refused_file_is_said_at_its_host_and_the_old_logo_stays(host, client):
    upload(client, host, picture())
    response = upload(client, host, b"<svg></svg>", "logo.svg")
    html = response.content.decode()
    assert (response.status_code, f'id="wrong-{host.pk}"' in html, "SVG-filer" in html) == (422, True, True)
    assert "data-first-error autofocus>" in html
    assert HostLogo.objects.count() == 1


def test_without_a_file_it_is_said(host, client):
    response = client.post(f"/granfjord/innstillinger/vertskap/{host.pk}/logo/")
    assert (response.status_code, "Velg en fil først." in response.content.decode()) == (422, True)


def test_a_large_file_is_not_even_read(host, client, monkeypatch):
    monkeypatch.setattr("borsen.views.logos.draw", lambda content: pytest.fail(f"{len(content)} bytes"))
    assert upload(client, host, b"x" * (LARGEST_FILE + 1)).status_code == 422


def test_a_logo_may_be_kept_for_long_and_is_nothing_but_a_picture(event, host):
    logo = set_logo(host=host, drawn=draw(picture()))
    event.published = True
    event.save()
    response = client_for().get(f"/granfjord/vertskap/{host.pk}/{logo.digest}.png")
    assert response.content == logo.png
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_another_events_logo_is_not_found_under_this_ones_address(event, host, client):
    elsewhere = make_event("nabobygda", hosts=[HostDraft("Nabokommunen", "public")])
    other = set_logo(host=elsewhere.hosts.get(), drawn=draw(picture()))
    assert client.get(f"/granfjord/vertskap/{other.host_id}/{other.digest}.png").status_code == 404
    assert upload(client, elsewhere.hosts.get(), picture(color=BLUE)).status_code == 404
    assert HostLogo.objects.get().digest == other.digest


def test_a_host_that_is_taken_away_while_its_logo_is_drawn_gets_none(host):
    drawn = draw(picture())
    host.event.hosts.filter(pk=host.pk).delete()
    assert set_logo(host=host, drawn=drawn) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_hosts(count, django_assert_num_queries):
    event = make_event("sundet", hosts=[HostDraft(f"Vertskap {number}", "public") for number in range(count)])
    for one in event.hosts.all():
        set_logo(host=one, drawn=draw(picture()))
    client = client_for(event.memberships.get().user)
    with django_assert_num_queries(5):  # session, user, event, roles, hosts with their logos
        html = client.get("/sundet/innstillinger/vertskap/").content.decode()
    assert html.count("<img") == count
