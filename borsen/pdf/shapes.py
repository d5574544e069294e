"""The product's symbols (borsen/templatetags/components.py) drawn as paths, tiles and the hat."""

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from borsen.enums import Sector
from borsen.symbol_paths import strokes
from borsen.templatetags.components import BOXES, SECTOR_SHAPES, SHAPES

from . import styles

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
    """A symbol's path on the canvas."""
    path = canvas.beginPath()
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for command, at in strokes(data):
        draw[command](*at)
    return path
