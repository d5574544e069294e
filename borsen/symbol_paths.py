"""The symbols' SVG paths as moves, lines and curves, for those who draw without a browser."""

import re
from collections.abc import Iterator
from math import atan2, cos, pi, sin

_COMMAND = re.compile(r"([MLHVCSAZlhvz])([^MLHVCSAZlhvz]*)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}

# "M" and "L" with a point, "C" with its two control points and its end, "Z" with nothing.
Stroke = tuple[str, tuple[float, ...]]


def strokes(data: str) -> Iterator[Stroke]:
    """A path of the kinds that the symbols use: M L H V C S A Z and l h v, with A only as half a circle."""
    x = y = control_x = control_y = 0.0
    for command, at in _steps(data):
        before_x, before_y = x, y
        match command:
            case "M":
                x, y = at
                yield "M", (x, y)
            case "L" | "H" | "V":
                x = at[0] if command != "V" else x
                y = at[-1] if command != "H" else y
                yield "L", (x, y)
            case "l" | "h" | "v":
                x += at[0] if command != "v" else 0
                y += at[-1] if command != "h" else 0
                yield "L", (x, y)
            case "C" | "S":
                first = at[:2] if command == "C" else (2 * x - control_x, 2 * y - control_y)
                control_x, control_y, x, y = at[-4:]
                yield "C", (*first, control_x, control_y, x, y)
            case "A":
                x, y = at[-2:]
                yield from _half_circle(before_x, before_y, at)
            case "Z" | "z":
                yield "Z", ()
        if command not in {"C", "S"}:
            control_x, control_y = x, y


def _steps(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    for command, arguments in _COMMAND.findall(data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        size = _ARGUMENTS[command.upper()]
        yield command, tuple(numbers[:size])
        for start in range(size, len(numbers), size or 1):
            yield ("L" if command == "M" else command), tuple(numbers[start : start + size])


def _half_circle(x: float, y: float, at: tuple[float, ...]) -> Iterator[Stroke]:
    """The arc from (x, y) to its opposite, in two pieces; `sweep` is the way of the clock."""
    radius, _ry, _turn, _large, sweep, end_x, end_y = at
    center_x, center_y = (x + end_x) / 2, (y + end_y) / 2
    start, step = atan2(y - center_y, x - center_x), pi / 2 if sweep else -pi / 2
    reach = 4 / 3 * radius * (1 - cos(step / 2)) / sin(step / 2)
    for a in (start, start + step):
        b = a + step
        yield (
            "C",
            (
                center_x + radius * cos(a) - reach * sin(a),
                center_y + radius * sin(a) + reach * cos(a),
                center_x + radius * cos(b) + reach * sin(b),
                center_y + radius * sin(b) - reach * cos(b),
                center_x + radius * cos(b),
                center_y + radius * sin(b),
            ),
        )
