"""The PDF of a large børs beside what reportlab takes for bare tables of the same rows, and what a push waits for it.

`.venv/bin/python -m tests.bench.report_pdf [AGREEMENTS]` prints the seconds of both, turn by turn in one process, the
most memory that the process which draws the report has held, and how long the event loop was held up meanwhile. The
figures stand in docs/rapport-pdf.md.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from typing import Any
from xml.sax.saxutils import escape

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borsen.settings")
django.setup()

from reportlab.lib.styles import ParagraphStyle  # noqa: E402 - Django comes first
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate  # noqa: E402

from agreements.pdf.render import render  # noqa: E402
from agreements.report_data import Report  # noqa: E402
from borsen.pdf import faces, styles, worker  # noqa: E402
from tests.agreements.a_large_report import a_large_report  # noqa: E402

TURNS = 3
Rows = list[list[Any]]


def main(agreements: int = 2_000) -> None:
    """Measure and print."""
    report = a_large_report(agreements)
    ours, bare = side_by_side(report)
    print(f"{agreements} agreements, {len(report.attendees)} participants, median of {TURNS}")  # noqa: T201
    print(f"report {ours:.2f} s, bare tables {bare:.2f} s: {ours / bare:.2f}")  # noqa: T201
    print(f"most memory of the drawing process: {peak_memory(report):.0f} MB")  # noqa: T201
    held, took = asyncio.run(held_up(report))
    print(f"event loop while it is drawn apart ({took:.1f} s): {held * 1000:.0f} ms at most")  # noqa: T201


def side_by_side(report: Report) -> tuple[float, float]:
    """The median seconds of the report and of the bare tables, turn by turn."""
    ours, bare = [], []
    render(a_large_report(10))  # what is read once in a process is read
    for _turn in range(TURNS):
        ours.append(seconds(lambda: render(report)))
        bare.append(seconds(lambda: bare_tables(report)))
    return statistics.median(ours), statistics.median(bare)


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, in processor time: whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


def bare_tables(report: Report) -> bytes:
    """The same texts in the same faces, as reportlab's own paragraphs in its own tables, and nothing else."""
    faces.register()
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), leftMargin=styles.MARGIN, rightMargin=styles.MARGIN,
        topMargin=styles.TOP, bottomMargin=styles.BOTTOM, initialFontName=faces.TEXT,
    )  # fmt: skip
    half = (styles.FRAME_WIDTH - 40) / 2
    document.build(
        [
            _table(["Nr.", "Avtale", "Parter"], _agreements(report), [40, half, half]),
            PageBreak(),
            _table(["Hva", "Hvem"], _left(report), [styles.FRAME_WIDTH - 190, 190]),
            PageBreak(),
            _table(["Deltaker", "Tilbyr", "Trenger"], _participants(report), [styles.FRAME_WIDTH - 300, 150, 150]),
        ]
    )
    return file.getvalue()


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)


def _table(head: Sequence[str], rows: Rows, widths: Sequence[float]) -> LongTable:
    return LongTable([[_paragraph(word, styles.HEAD) for word in head], *rows], colWidths=widths, repeatRows=1)


def _agreements(report: Report) -> Rows:
    return [
        [
            _paragraph(str(entry.number), styles.STRONG),
            _paragraph(entry.summary, styles.SUMMARY),
            [
                _paragraph(text, style)
                for side in entry.sides
                for text, style in ((side.name, styles.STRONG), (f"Gir {side.gives}", styles.BODY))
            ],
        ]
        for chapter in report.chapters
        for entry in chapter.entries
    ]


def _left(report: Report) -> Rows:
    return [
        [_paragraph(one.title, styles.TABLE_STRONG), _paragraph(one.who, styles.TABLE_CELL)]
        for chapter in report.left
        for one in (*chapter.needs, *chapter.offers)
    ]


def _participants(report: Report) -> Rows:
    def listed(numbers: Sequence[int]) -> Paragraph:
        return _paragraph(", ".join(map(str, numbers)), styles.SMALL)

    return [
        [
            [
                _paragraph(one.name, styles.STRONG),
                _paragraph(one.description, styles.BODY),
                listed(one.gave),
                listed(one.received),
            ],
            [_paragraph(title, styles.LISTED) for title in one.offers],
            [_paragraph(title, styles.LISTED) for title in one.needs],
        ]
        for one in report.attendees
    ]


def peak_memory(report: Report) -> float:
    """In MB, of a new process that draws the report and nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_draw_and_weigh, report).result()


def _draw_and_weigh(report: Report) -> float:
    import resource  # noqa: PLC0415 - not there on Windows, where the rest of this can be measured

    render(report)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


async def held_up(report: Report) -> tuple[float, float]:
    """The longest time for which the event loop, which is what pushes to the screens, did not come round."""
    gaps: list[float] = []

    async def watch() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    await worker.render_apart("agreements.pdf.render", report)
    took = time.perf_counter() - began
    watching.cancel()
    return max(gaps), took


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
