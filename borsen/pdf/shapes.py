"""The product's symbols (borsen/templatetags/components.py) drawn as paths, tiles and the hat."""

import re
from collections.abc import Iterator
from math import atan2, cos, pi, sin

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from borsen.enums import Sector
from borsen.templatetags.components import BOXES, SECTOR_SHAPES, SHAPES

from . import styles

_COMMAND = re.compile(r"([MLHVCSAZ])([^MLHVCSAZ]*)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
HAT_ANGLE = 13
TILE_UNITS = 20


def draw_shape(canvas: Canvas, name: str, *, x: float, y: float, size: float, color: Color) -> None:
    """Draw a symbol into the square of `size` whose lower left corner is (x, y)."""
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(size / BOXES.get(name, 24), -size / BOXES.get(name, 24))
    canvas.setFillColor(color)
    canvas.drawPath(path_of(canvas, SHAPES[name]), stroke=0, fill=1, fillMode=0)
    canvas.restoreState()


def draw_tile(canvas: Canvas, sector: Sector, *, x: float, y: float, size: float) -> None:
    """A sector's tile: colour and symbol. The words stand in the key on the first inner page.

    Drawn once in each document and pointed at from everywhere else: a report has thousands of them.
    """
    name = f"tile-{sector.value}"
    if not canvas.hasForm(name):
        _tile_form(canvas, name, sector)
    canvas.saveState()
    canvas.transform(size / TILE_UNITS, 0, 0, size / TILE_UNITS, x, y)
    canvas.doForm(name)
    canvas.restoreState()


def _tile_form(canvas: Canvas, name: str, sector: Sector) -> None:
    canvas.beginForm(name, 0, 0, TILE_UNITS, TILE_UNITS)
    canvas.setFillColor(styles.SECTOR[sector])
    canvas.roundRect(0, 0, TILE_UNITS, TILE_UNITS, TILE_UNITS * 0.22, stroke=0, fill=1)
    inset = TILE_UNITS * 0.2
    draw_shape(canvas, SECTOR_SHAPES[sector], x=inset, y=inset, size=TILE_UNITS - 2 * inset, color=styles.INK)
    canvas.endForm()


def draw_tilted_hat(canvas: Canvas, *, x: float, y: float, size: float) -> None:
    """The hat around the point (x, y), tilted, with an outline in the background's colour."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(-HAT_ANGLE)
    canvas.scale(size / 64, -size / 64)
    canvas.translate(-32, -32)
    canvas.setFillColor(styles.CREAM)
    canvas.setStrokeColor(styles.HALL)
    canvas.setLineWidth(5)
    canvas.setLineJoin(1)
    # The outline first and the hat on top of it, so that the band between crown and brim stays open.
    canvas.drawPath(path_of(canvas, SHAPES["hat"]), stroke=1, fill=0)
    canvas.drawPath(path_of(canvas, SHAPES["hat"]), stroke=0, fill=1, fillMode=0)
    canvas.restoreState()


def path_of(canvas: Canvas, data: str) -> PDFPathObject:
    """An SVG path of the kinds that the symbols use: absolute M L H V C S A Z, and A only as half a circle."""
    path = canvas.beginPath()
    x = y = control_x = control_y = 0.0
    for command, at in _steps(data):
        before_x, before_y = x, y
        match command:
            case "M":
                x, y = at
                path.moveTo(x, y)
            case "L" | "H" | "V":
                x = at[0] if command != "V" else x
                y = at[-1] if command != "H" else y
                path.lineTo(x, y)
            case "C" | "S":
                first = at[:2] if command == "C" else (2 * x - control_x, 2 * y - control_y)
                control_x, control_y, x, y = at[-4:]
                path.curveTo(*first, control_x, control_y, x, y)
            case "A":
                x, y = at[-2:]
                _half_circle(path, before_x, before_y, at)
            case "Z":
                path.close()
        if command not in {"C", "S"}:
            control_x, control_y = x, y
    return path


def _steps(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    for command, arguments in _COMMAND.findall(data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        size = _ARGUMENTS[command]
        yield command, tuple(numbers[:size])
        for start in range(size, len(numbers), size or 1):
            yield ("L" if command == "M" else command), tuple(numbers[start : start + size])


def _half_circle(path: PDFPathObject, x: float, y: float, at: tuple[float, ...]) -> None:
    """The arc from (x, y) to its opposite, in two pieces; `sweep` is the way of the clock."""
    radius, _ry, _turn, _large, sweep, end_x, end_y = at
    center_x, center_y = (x + end_x) / 2, (y + end_y) / 2
    start, step = atan2(y - center_y, x - center_x), pi / 2 if sweep else -pi / 2
    reach = 4 / 3 * radius * (1 - cos(step / 2)) / sin(step / 2)
    for a in (start, start + step):
        b = a + step
        path.curveTo(
            center_x + radius * cos(a) - reach * sin(a),
            center_y + radius * sin(a) + reach * cos(a),
            center_x + radius * cos(b) + reach * sin(b),
            center_y + radius * sin(b) - reach * cos(b),
            center_x + radius * cos(b),
            center_y + radius * sin(b),
        )
