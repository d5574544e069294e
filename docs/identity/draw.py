"""Draws the pictures in static/identity from the SVGs in this folder and static/favicon.svg, in Chromium.

Run it from the project's folder when a drawing has changed: `.venv/bin/python -m docs.identity.draw`.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import find_chromium

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "static"
ICON, FAVICON, SOCIAL = HERE / "icon.svg", STATIC / "favicon.svg", HERE / "social.svg"
SQUARES = {"apple-touch-icon.png": (ICON, 180), "icon-192.png": (ICON, 192), "icon-512.png": (ICON, 512)}
ICO_SIZES = (16, 32, 48)


def drawn(browser: Browser, drawing: Path, width: int, height: int) -> Image.Image:
    """The drawing as a picture; what it leaves open is see-through."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(drawing.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = Image.open(BytesIO(page.screenshot(omit_background=True)))
    page.close()
    return picture


def save(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").quantize(128).save(STATIC / "identity" / name, optimize=True)


def draw() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        for name, (drawing, size) in SQUARES.items():
            save(drawn(browser, drawing, size, size), name)
        save(drawn(browser, SOCIAL, 1200, 630), "social.png")
        icons = [drawn(browser, FAVICON, size, size) for size in ICO_SIZES]
        sizes = [(size, size) for size in ICO_SIZES]
        icons[-1].save(STATIC / "identity/favicon.ico", sizes=sizes, append_images=icons[:-1])
        browser.close()


if __name__ == "__main__":
    draw()
