"""The logos of a børs' hosts: whatever picture is uploaded, what is kept is a PNG that we have drawn ourselves.

So nothing but pixels is left of the file: no metadata (a photo's place and camera), and nothing that a browser could
take for something else than a picture.
"""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .collation import folded
from .feed_version import advance, locked
from .models import Event, Host, HostLogo

LARGEST_FILE = 5_000_000
MOST_PIXELS = 40_000_000
WIDTH, HEIGHT = 600, 300
FORMATS = ("PNG", "JPEG", "WEBP")
# One picture at a time: 40 million pixels are up to 320 MB while they are drawn smaller.
_drawing = Lock()


@dataclass(frozen=True)
class Drawn:
    """A logo as it is kept."""

    png: bytes
    width: int
    height: int


class NotALogo(Exception):
    """The file can't be used; the text says why, and what to do."""


def draw(content: bytes) -> Drawn:
    """The picture in `content`, at most WIDTH × HEIGHT, as a PNG. Takes a second for a large one, and no database: it
    is for a plain thread. Raises NotALogo."""
    if len(content) > LARGEST_FILE:
        raise NotALogo(too_large())
    with _drawing:
        return _draw(content)


def too_large() -> str:
    """What is said of a file that is not even read."""
    return _("Filen er for stor. Den kan være på høyst %d MB.") % (LARGEST_FILE // 1_000_000)


def _draw(content: bytes) -> Drawn:
    try:
        with warnings.catch_warnings():
            # Pillow's own warning of large pictures; ours is smaller and refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        raise NotALogo(_too_many_pixels()) from None
    except Exception:  # noqa: BLE001 — a broken header makes Pillow raise nearly anything
        raise NotALogo(_not_a_picture(content)) from None
    # Known from the header: nothing has been unpacked yet.
    if picture.width * picture.height > MOST_PIXELS:
        raise NotALogo(_too_many_pixels())
    try:
        return _smaller(picture)
    except Exception:  # noqa: BLE001 — and so does a broken rest of the file
        raise NotALogo(_("Bildet er ødelagt eller ikke helt lastet ned. Lagre det på nytt, og prøv igjen.")) from None


def _smaller(picture: Image.Image) -> Drawn:
    if picture.format == "JPEG":
        # JPEG can be unpacked at a fraction of its size; either side may be the long one until it has been turned.
        picture.draft(None, (2 * WIDTH, 2 * WIDTH))
    if picture.mode.startswith("I"):
        # 16 bits of grey, which would be cut off at white.
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.mode not in {"RGB", "RGBA"}:
        # In all colours, and with the transparency that it has, also one colour that counts as transparent.
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((2 * WIDTH, 2 * WIDTH), Image.Resampling.BOX)
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    # A picture of nothing but the pixels: what came with the file stays behind.
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    target = io.BytesIO()
    bare.save(target, "PNG", optimize=True)
    return Drawn(target.getvalue(), *bare.size)


def _too_many_pixels() -> str:
    return _("Bildet er for stort. Gjør det mindre, for eksempel 1200 punkter bredt, og prøv igjen.")


def _not_a_picture(content: bytes) -> str:
    if b"<svg" in content[:4096].lower():
        return _(
            "SVG-filer kan inneholde mer enn et bilde, og tas ikke imot. Lagre logoen som PNG, eller spør den som har"
            " laget den."
        )
    return _("Filen er ikke et bilde som kan brukes her. Bruk PNG, JPEG eller WebP.")


def set_logo(*, host: Host, drawn: Drawn) -> HostLogo | None:
    """Give the host this logo instead of the one it has; None when the host has been taken away meanwhile."""
    with locked(host.event) as event:
        if not event.hosts.filter(pk=host.pk).exists():
            return None
        digest = sha256(drawn.png).hexdigest()[:16]
        logo, _is_new = HostLogo.objects.update_or_create(host=host, defaults={**vars(drawn), "digest": digest})
        advance(event)
    return logo


def remove_logo(*, host: Host) -> None:
    """The host is shown by its name alone."""
    with locked(host.event) as event:
        HostLogo.objects.filter(host=host).delete()
        advance(event)


def copy_logos(*, of: Event, to: Event) -> None:
    """Give the hosts of `to` the logos of the hosts with the same names in `of`, inside the caller's transaction."""
    logos = {folded(logo.host.name): logo for logo in HostLogo.objects.filter(host__event=of).select_related("host")}
    HostLogo.objects.bulk_create(
        HostLogo(host=host, png=logo.png, width=logo.width, height=logo.height, digest=logo.digest)
        for host in to.hosts.all()
        if (logo := logos.get(folded(host.name)))
    )
