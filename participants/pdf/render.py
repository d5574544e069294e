"""From the catalogue's data to the PDF's bytes."""

from io import BytesIO

from django.utils import translation

from borsen.pdf import faces

from ..catalogue_print import Printed
from .document import Document
from .sheets import story


def render(printed: Printed) -> bytes:
    """Draw the catalogue. Asks no database, so that it can run in a process or a thread that has none."""
    faces.register()
    file = BytesIO()
    with translation.override(printed.language):
        Document(file, printed).write(story(printed))
    return file.getvalue()
