"""A picture as a PNG, to be pasted into a document: at twice its size, on white, in the report's faces."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from borsen.symbol_paths import strokes
from borsen.templatetags.components import BOXES, SHAPES

from .picture import Anchor, Hatch, Line, Paint, Picture, Rect, Shape, Symbol, Text
from .words import BOLD_FACE, TEXT_FACE, face, width

SCALE = 2
MARGIN = 8
# What slants or bends is drawn this much larger and then made smaller, so that its edges are smooth.
FINER = 4
CURVE_STEPS = 12

Point = tuple[float, float]


def png_of(picture: Picture) -> bytes:
    """The picture as a file. Takes some tenths of a second for a large one, and holds no connection."""
    size = (round((picture.width + 2 * MARGIN) * SCALE), round((picture.height + 2 * MARGIN) * SCALE))
    image = Image.new("RGB", size, Paint.PAPER.value)
    sheet = _Sheet(image)
    for shape in picture.shapes:
        sheet.draw(shape)
    file = BytesIO()
    # 144 points per inch: a word processor then shows it as wide as it was laid out.
    image.save(file, "PNG", optimize=True, dpi=(72 * SCALE, 72 * SCALE))
    return file.getvalue()


class _Sheet:
    """Draws shapes in the picture's own measures."""

    def __init__(self, image: Image.Image) -> None:
        self.image, self.pen = image, ImageDraw.Draw(image)

    def draw(self, shape: Shape) -> None:
        match shape:
            case Rect():
                self._rect(shape)
            case Line():
                self._line(shape)
            case Hatch():
                self._hatch(shape)
            case Text():
                self._text(shape)
            case Symbol():
                self._symbol(shape)

    def _rect(self, rect: Rect) -> None:
        if rect.radius:
            box = (rect.x - 1, rect.y - 1, rect.width + 2, rect.height + 2)
            for paint, is_outline in ((rect.fill, False), (rect.stroke, True)):
                if paint is None:
                    continue

                def corners(pen: ImageDraw.ImageDraw, scale: float, is_outline: bool = is_outline) -> None:
                    pen.rounded_rectangle(
                        [scale, scale, (rect.width + 1) * scale, (rect.height + 1) * scale],
                        rect.radius * scale,
                        fill=None if is_outline else 255,
                        outline=255 if is_outline else None,
                        width=round(scale) if is_outline else 0,
                    )

                self._smooth(box, paint, corners)
            return
        edges = [_pixel(rect.x), _pixel(rect.y), _pixel(rect.x + rect.width) - 1, _pixel(rect.y + rect.height) - 1]
        edges[2], edges[3] = max(edges[2], edges[0]), max(edges[3], edges[1])
        self.pen.rectangle(
            edges,
            fill=rect.fill.value if rect.fill else None,
            outline=rect.stroke.value if rect.stroke else None,
            width=SCALE if rect.stroke else 0,
        )

    def _line(self, line: Line) -> None:
        ends = [(_pixel(line.x1), _pixel(line.y1)), (_pixel(line.x2), _pixel(line.y2))]
        self.pen.line(ends, fill=line.paint.value, width=max(round(line.thickness * SCALE), 1))

    def _hatch(self, hatch: Hatch) -> None:
        def slanting(pen: ImageDraw.ImageDraw, scale: float) -> None:
            for x1, y1, x2, y2 in hatch.strokes():
                ends = [
                    ((x1 - hatch.x) * scale, (y1 - hatch.y) * scale),
                    ((x2 - hatch.x) * scale, (y2 - hatch.y) * scale),
                ]
                pen.line(ends, fill=255, width=round(hatch.THICKNESS * scale))

        self._smooth((hatch.x, hatch.y, hatch.width, hatch.height), hatch.paint, slanting)

    def _text(self, text: Text) -> None:
        font = face(BOLD_FACE if text.is_bold else TEXT_FACE, text.size * SCALE)
        wide = width(text.text, text.size, is_bold=text.is_bold)
        x = text.x - {Anchor.START: 0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[text.anchor]
        at = ((x + MARGIN) * SCALE, (text.y + MARGIN) * SCALE)
        self.pen.text(at, text.text, fill=text.paint.value, font=font, anchor="ls")

    def _symbol(self, symbol: Symbol) -> None:
        box = BOXES.get(symbol.name, 24)

        def outlines(pen: ImageDraw.ImageDraw, scale: float) -> None:
            for outline in _outlines(SHAPES[symbol.name]):
                unit = symbol.size / box * scale
                pen.polygon([(x * unit, y * unit) for x, y in outline], fill=255)

        self._smooth((symbol.x, symbol.y, symbol.size, symbol.size), symbol.paint, outlines)

    def _smooth(
        self,
        box: tuple[float, float, float, float],
        paint: Paint,
        draw: Callable[[ImageDraw.ImageDraw, float], None],
    ) -> None:
        """Draw a stencil larger than it will be, and put the paint on through it."""
        left, top = _pixel(box[0]), _pixel(box[1])
        size = (max(_pixel(box[0] + box[2]) - left, 1), max(_pixel(box[1] + box[3]) - top, 1))
        stencil = Image.new("L", (size[0] * FINER, size[1] * FINER))
        draw(ImageDraw.Draw(stencil), SCALE * FINER)
        self.image.paste(paint.value, (left, top), stencil.resize(size, Image.Resampling.BOX))


def _pixel(number: float) -> int:
    return round((number + MARGIN) * SCALE)


def _outlines(data: str) -> list[list[Point]]:
    """The path's closed lines as corners. The symbols' do not lie inside each other, so each is filled for itself."""
    found: list[list[Point]] = []
    for command, at in strokes(data):
        if command == "M":
            found.append([(at[0], at[1])])
        elif command == "L":
            found[-1].append((at[0], at[1]))
        elif command == "C":
            points = [found[-1][-1], *_points(at)]
            found[-1] += [_on_curve(points, step / CURVE_STEPS) for step in range(1, CURVE_STEPS + 1)]
    return found


def _points(at: tuple[float, ...]) -> list[Point]:
    """Six numbers as three points."""
    return [(at[place], at[place + 1]) for place in range(0, len(at), 2)]


def _on_curve(points: list[Point], share: float) -> Point:
    """De Casteljau: half-way points of half-way points."""
    while len(points) > 1:
        points = [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for (x1, y1), (x2, y2) in pairwise(points)]
    return points[0]
