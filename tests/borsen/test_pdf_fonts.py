"""The fonts of the PDFs are the ones that the table beside them names, and can write what people are called."""

import hashlib
import re

from borsen.pdf import faces

LETTERS = "æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽłŁńśźżąęćóđĐăâêôơưảấệỳéèüöäßñç«»–—…’“”·−½€"


def test_every_font_is_listed_with_its_checksum_and_has_its_licence():
    table = (faces.FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", table, flags=re.MULTILINE))
    present = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in faces.FOLDER.glob("*.ttf")}
    assert listed == present
    assert sorted(faces.FILES.values()) == sorted(present)
    assert sorted(path.name for path in faces.FOLDER.glob("LICENSE*")) == [
        "LICENSE-BricolageGrotesque",
        "LICENSE-Inter",
    ]


def test_every_face_writes_norwegian_sami_polish_and_vietnamese():
    missing = {font: [letter for letter in LETTERS if faces.font_for(letter, font) is None] for font in faces.FILES}
    assert missing == {font: [] for font in faces.FILES}


def test_letter_that_the_heading_face_lacks_comes_from_inter():
    assert faces.font_for("ŧ", faces.HEADING) == faces.BOLD
    assert faces.font_for("đ", faces.HEADING) == faces.HEADING
