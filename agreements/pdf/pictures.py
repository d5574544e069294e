"""A picture of agreements/charts/ in the PDF: the same shapes, drawn by reportlab.graphics."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import FILL_EVEN_ODD, Drawing, Group, Path, String
from reportlab.graphics.shapes import Line as DrawnLine
from reportlab.graphics.shapes import Rect as DrawnRect
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from agreements.charts.picture import Anchor, Hatch, Line, Picture, Rect, Shape, Symbol, Text
from borsen.pdf import faces, styles
from borsen.pdf.text import plain
from borsen.symbol_paths import strokes
from borsen.templatetags.components import BOXES, SHAPES


def drawing_of(picture: Picture, *, width: float = styles.FRAME_WIDTH) -> Flowable:
    """The picture, as wide as asked for. It stays together, and is cut at its breaks only when no page holds it."""
    return PictureBlock(picture, width)


class PictureBlock(Flowable):
    """A picture, or the band of it from `top` to `bottom` in the picture's own measure."""

    def __init__(self, picture: Picture, width: float, top: float = 0, bottom: float | None = None) -> None:
        super().__init__()
        self.picture, self.width = picture, width
        self.top, self.bottom = top, picture.height if bottom is None else bottom
        self.scale = width / picture.width
        self.height = (self.bottom - self.top) * self.scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        if self.height <= styles.FRAME_HEIGHT:
            return []
        fitting = [place for place in self.picture.breaks if self.top < place <= self.top + height / self.scale]
        if not fitting:
            return []
        cut = max(fitting)
        return [
            PictureBlock(self.picture, self.width, self.top, cut),
            PictureBlock(self.picture, self.width, cut, self.bottom),
        ]

    def draw(self) -> None:
        drawing = Drawing(self.width, self.height, initialFontName=faces.TEXT)
        band = Group(transform=(self.scale, 0, 0, -self.scale, 0, self.bottom * self.scale))
        for shape in self.picture.shapes:
            if self.top <= _height_at(shape) < self.bottom:
                for drawn in _drawn(shape):
                    band.add(drawn)
        drawing.add(band)
        renderPDF.draw(drawing, self.canv, 0, 0)


def _height_at(shape: Shape) -> float:
    """Where the shape begins."""
    return min(shape.y1, shape.y2) if isinstance(shape, Line) else shape.y


def _drawn(shape: Shape) -> Iterator[DrawnRect | DrawnLine | Group | Path]:
    match shape:
        case Rect():
            yield _rect(shape)
        case Line():
            yield _line(shape.x1, shape.y1, shape.x2, shape.y2, shape.paint.value, shape.thickness)
        case Hatch():
            for stroke in shape.strokes():
                yield _line(*stroke, shape.paint.value, shape.THICKNESS)
        case Text():
            yield _text(shape)
        case Symbol():
            yield _symbol(shape)


def _rect(rect: Rect) -> DrawnRect:
    return DrawnRect(
        rect.x, rect.y, rect.width, rect.height,
        rx=rect.radius, ry=rect.radius,
        fillColor=HexColor(rect.fill.value) if rect.fill else None,
        strokeColor=HexColor(rect.stroke.value) if rect.stroke else None,
        strokeWidth=1 if rect.stroke else 0,
    )  # fmt: skip


def _line(x1: float, y1: float, x2: float, y2: float, color: str, thickness: float) -> DrawnLine:
    return DrawnLine(x1, y1, x2, y2, strokeColor=HexColor(color), strokeWidth=thickness)


def _text(text: Text) -> Group:
    """The words in the faces that can write them, upright in a picture that is drawn from the top."""
    face = faces.BOLD if text.is_bold else faces.TEXT
    runs = [
        ("".join(signs), font)
        for font, signs in groupby(
            plain(text.text), key=lambda sign: faces.font_for(sign, face) or faces.STAND_IN[face]
        )
    ]
    wide = sum(faces.width(run, font, text.size) for run, font in runs)
    x = -{Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[text.anchor]
    group = Group(transform=(1, 0, 0, -1, text.x, text.y))
    for run, font in runs:
        group.add(String(x, 0, run, fontName=font, fontSize=text.size, fillColor=HexColor(text.paint.value)))
        x += faces.width(run, font, text.size)
    return group


def _symbol(symbol: Symbol) -> Group:
    scale = symbol.size / BOXES.get(symbol.name, 24)
    path = Path(fillColor=HexColor(symbol.paint.value), strokeColor=None, strokeWidth=0, fillMode=FILL_EVEN_ODD)
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.closePath}
    for command, at in strokes(SHAPES[symbol.name]):
        draw[command](*at)
    return Group(path, transform=(scale, 0, 0, scale, symbol.x, symbol.y))
