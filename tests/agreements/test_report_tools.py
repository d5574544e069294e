"""The PDF as others read it: qpdf, poppler's pdffonts and pdftotext, with nothing in it and with very much."""

import asyncio
import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from agreements.pdf.render import render
from agreements.report_data import Edition
from tests.agreements.a_large_report import a_large_report
from tests.agreements.a_report import a_report, an_entry
from tests.bench.report_pdf import held_up, side_by_side

TOOLS = ("qpdf", "pdffonts", "pdftotext")
# In CI they are installed (.ci/), and leaving something out there is a failure.
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)) and not os.environ.get("CI"),
    reason="Fant ikke qpdf og poppler på denne maskinen (apt install qpdf poppler-utils).",
)
SIZES = [0, 1, 120, pytest.param(2_000, marks=pytest.mark.slow)]
AWKWARD = [
    "W" * 5_000, "<b>fet", "Čáhppesjohka Ŧŋđ", "Świętokrzyskie Łódź", "Nguyễn Thị Ánh Đào",
    "جمعية الصداقة", "友好协会", "Kor 🎉",
]  # fmt: skip


@pytest.fixture
def ask(tmp_path):
    """Write the report to a file, and what the tool says of it."""

    def asked(report, tool, *arguments):
        file = tmp_path / "rapport.pdf"
        file.write_bytes(render(report))
        before, after = ([*arguments], []) if tool != "pdftotext" else (["-raw"], ["-"])
        done = subprocess.run([tool, *before, file, *after], capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return asked


def awkward():
    return a_report(
        entries=tuple(an_entry(number, text=text, gives=text) for number, text in enumerate(AWKWARD, start=1)),
        attendees=tuple(replace(a_report().attendees[0], name=text, offers=(text,)) for text in AWKWARD),
        name=AWKWARD[0],
    )


def unspaced(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("number", SIZES)
@pytest.mark.parametrize("edition", [Edition.PUBLIC, Edition.INTERNAL])
def test_qpdf_finds_nothing_wrong(number, edition, ask):
    assert "No syntax or stream encoding errors found" in ask(
        a_large_report(number, edition=edition), "qpdf", "--check"
    )


def test_qpdf_finds_nothing_wrong_with_awkward_texts(ask):
    assert "No syntax or stream encoding errors found" in ask(awkward(), "qpdf", "--check")


@pytest.mark.parametrize("report", [a_large_report(0), a_large_report(120), awkward()], ids=["none", "120", "awkward"])
def test_every_face_is_embedded_and_only_the_letters_that_are_used(report, ask):
    lines = ask(report, "pdffonts").splitlines()[2:]
    names = {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in lines}
    assert names <= {"Inter-Regular", "Inter-SemiBold", "BricolageGrotesque-Heading", "BricolageGrotesque-Figure"}
    # «emb sub uni», just before the object's number.
    assert {tuple(line.split()[-5:-2]) for line in lines} == {("yes", "yes", "yes")}


@pytest.mark.parametrize("number", SIZES)
def test_every_agreement_and_name_can_be_copied_out_in_order(number, ask):
    report = a_large_report(number)
    text = unspaced(ask(report, "pdftotext"))
    expected = [unspaced(entry.summary) for chapter in report.chapters for entry in chapter.entries]
    expected += [unspaced(one.name) for one in report.attendees]
    # The chapter comes after its line in the contents and the chart in the summary.
    chapters = [found.start() for found in re.finditer("Avtaleneetterkategori", text)]
    at, missing = chapters[-1], []
    for word in expected:
        found = text.find(word, at)
        if found < 0:
            missing.append(word)
        else:
            at = found
    assert missing == []


def test_names_are_copied_out_as_typed_and_what_no_face_has_as_boxes(ask):
    text = unspaced(ask(awkward(), "pdftotext"))
    assert text.count("W") >= 15_000
    found = [unspaced(name) in text for name in AWKWARD[1:5]]
    assert (found, "□□□□" in text, "Kor□" in text) == ([True] * 4, True, True)


@pytest.mark.slow
def test_2000_agreements_take_no_more_than_half_as_much_again_as_bare_tables():
    ours, bare = side_by_side(a_large_report(2_000))
    assert ours / bare <= 1.5


def test_server_goes_on_while_a_large_report_is_made():
    longest, took = asyncio.run(held_up(a_large_report(600)))
    # Made in this process it would be held up for as long as it takes.
    assert longest < min(took / 2, 0.5)
