"""A picture as SVG elements, each number written as SVG wants it: templates/agreements/picture.svg sets them out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from borsen.templatetags.components import BOXES, SHAPES

from .picture import Anchor, Hatch, Line, NamedPicture, Paint, Rect, Shape, Symbol, Text

FAMILY = "Inter, system-ui, Arial, sans-serif"
MARGIN = 8


@dataclass(frozen=True)
class Element:
    """One element with its presentation attributes; no style, which the pages' policy would not let through."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""


def svg_of(named: NamedPicture, *, variant: str = "", is_file: bool = False) -> SafeString:
    """The picture as markup. On a page it has the colour of the words around it, and ids with the `variant`, since a
    page may show a picture in two widths. As a file it stands alone, on white."""
    picture = named.picture
    margin = MARGIN if is_file else 0
    corner = _number(-margin)
    size = [_number(picture.width + 2 * margin), _number(picture.height + 2 * margin)]
    context = {
        "picture": picture,
        "elements": list(map(_element, picture.shapes)),
        "key": "-".join(filter(None, ["figur", named.name, variant])),
        "variant": variant,
        "family": FAMILY,
        "is_file": is_file,
        "width": size[0],
        "height": size[1],
        "view": " ".join([corner, corner, *size]),
        "corner": corner,
    }
    return render_to_string("agreements/picture.svg", context)


def _element(shape: Shape) -> Element:
    match shape:
        case Rect():
            return Element("rect", tuple(_rect(shape)))
        case Line():
            return Element("path", tuple(_line(shape)))
        case Hatch():
            return Element("path", tuple(_hatch(shape)))
        case Text():
            return Element("text", tuple(_text(shape)), shape.text)
        case Symbol():
            return Element("path", tuple(_symbol(shape)))


def _rect(rect: Rect) -> Iterator[tuple[str, str]]:
    yield "x", _number(rect.x)
    yield "y", _number(rect.y)
    yield "width", _number(rect.width)
    yield "height", _number(rect.height)
    if rect.radius:
        yield "rx", _number(rect.radius)
    yield "fill", _color(rect.fill) if rect.fill else "none"
    if rect.stroke:
        yield "stroke", _color(rect.stroke)


def _line(line: Line) -> Iterator[tuple[str, str]]:
    yield "d", _move(line.x1, line.y1, line.x2, line.y2)
    yield "stroke", _color(line.paint)
    yield "stroke-width", _number(line.thickness)


def _hatch(hatch: Hatch) -> Iterator[tuple[str, str]]:
    yield "d", "".join(_move(*stroke) for stroke in hatch.strokes())
    yield "stroke", _color(hatch.paint)
    yield "stroke-width", _number(hatch.THICKNESS)


def _text(text: Text) -> Iterator[tuple[str, str]]:
    yield "x", _number(text.x)
    yield "y", _number(text.y)
    yield "font-size", _number(text.size)
    if text.anchor is not Anchor.START:
        yield "text-anchor", text.anchor.value
    if text.is_bold:
        yield "font-weight", "600"
    if text.paint is not Paint.INK:
        yield "fill", _color(text.paint)


def _symbol(symbol: Symbol) -> Iterator[tuple[str, str]]:
    scale = symbol.size / BOXES.get(symbol.name, 24)
    yield "d", SHAPES[symbol.name]
    yield "transform", f"translate({_number(symbol.x)} {_number(symbol.y)}) scale({scale:.4g})"
    yield "fill", _color(symbol.paint)
    yield "fill-rule", "evenodd"


def _move(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}"


def _color(paint: Paint) -> str:
    return "currentColor" if paint is Paint.INK else paint.value


def _number(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
