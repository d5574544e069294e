"""The drawing of the poster, for a process of its own (agreements/pdf/worker.py)."""

from .content import Poster


def draw(poster: Poster) -> bytes:
    from .drawing import draw_poster  # noqa: PLC0415 - reportlab stays out of the server's own process

    return draw_poster(poster)
