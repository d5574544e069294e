"""A PDF as an answer: downloaded under a name that says what it is, and kept by no cache."""

from django.http import HttpResponse


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    """`name` without its ending: «rapport-granfjord»."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
