"""Charts as plain shapes and numbers. `pictures_of` makes all that a report shows; who draws them:
`agreements/charts/svg.py` on the page, `agreements/charts/image.py` as a picture to download, and
`agreements/pdf/pictures.py` in the PDF.
"""

from ..statistics import Figures
from .compared import compared
from .hour import through_the_hour
from .layout import matrix, shares
from .picture import NamedPicture, Picture, Table
from .sectors import given_and_received, sector_pairs
from .subjects import categories, challenges, first_meetings, municipalities, resources

__all__ = [
    "PHONE",
    "WIDE",
    "NamedPicture",
    "Picture",
    "Table",
    "matrix",
    "pictures_of",
    "shares",
]

# The same text size in both: a wide picture across a page of A4 has the text size of the report.
WIDE, PHONE = 720.0, 330.0


def pictures_of(figures: Figures, *, room: float = WIDE) -> list[NamedPicture]:
    """All charts that the figures have something for, in the order in which the report shows them."""
    found = {
        "gjennom-timen": through_the_hour(figures.hour, room=room) if figures.hour else None,
        "kategorier": categories(figures.categories, room=room) if figures.categories else None,
        "sektorer": sector_pairs(figures.sectors, room=room),
        "gitt-og-mottatt": given_and_received(figures.exchange, room=room),
        "nye-samarbeid": first_meetings(figures.first_meetings, room=room) if figures.first_meetings.answered else None,
        "behov-og-tilbud": resources(figures.resources, room=room),
        "problemstillinger": challenges(figures.challenges, room=room) if figures.challenges else None,
        "kommuner": (
            municipalities(figures.municipalities, room=room) if figures.municipalities.is_worth_showing else None
        ),
        "sammenlignet": compared(figures, room=room) if figures.goal or figures.earlier else None,
    }
    return [NamedPicture(name, picture) for name, picture in found.items() if picture is not None]
