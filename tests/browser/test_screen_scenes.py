"""The scenes of the storskjerm in a real browser: each in every size, legible, and chosen from afar."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in, watch
from .screens import LONG, choose_scene, loose_in_every_size, open_screen, register, root, set_event
from .server import Server

pytestmark = [pytest.mark.browser, pytest.mark.patient]

SCENES = ["test", "welcome", "trading", "pause", "result"]
# The smallest text that the room has to read, in hundredths of the height of the screen (shared look «Type»).
LEAST = 5.5
MEASURE = """() => {
  const unit = innerHeight / 100;
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
  };
  const found = [];
  for (const element of document.querySelectorAll('.screen *')) {
    const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    const isSeen = box.width > 1 && element.checkVisibility() && !element.closest('svg, .visually-hidden');
    if (!says || !isSeen) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgb(style.color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize) / unit;
    found.push({text: element.textContent.trim().slice(0, 30), size, contrast});
  }
  return found;
}"""

# What the buttons of the control room post.
CHOOSE = """async fields => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const body = new URLSearchParams({...fields, csrfmiddlewaretoken: token});
  return (await fetch('/demo/kontrollrom/scene/', {method: 'POST', body})).status;
}"""


@pytest.mark.parametrize("scene", SCENES)
def test_each_scene_keeps_to_its_boxes_and_is_accessible(page: Page, server: Server, scene: str):
    set_event(server, f"name={LONG!r}, theme={LONG!r}")
    register(server, [LONG, "Sámi giellaguovddáš", "جمعية المتطوعين"], ["Lån av lokale " * 13, "Ŋ ŧ đ č", "دورة طبخ"])
    choose_scene(server, scene, LONG)
    for query in ("", "?lys"):
        open_screen(page, query)
        expect(root(page)).to_have_attribute("data-scene", scene)
        assert loose_in_every_size(page) == {}
        assert axe(page) == []


@pytest.mark.parametrize("scene", SCENES)
def test_letters_are_large_and_stand_out_in_every_scene(page: Page, server: Server, scene: str):
    choose_scene(server, scene, "Nå snakker ordføreren")
    for size in ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720}, {"width": 1024, "height": 768}):
        page.set_viewport_size(size)
        for query in ("", "?lys"):
            open_screen(page, query)
            page.wait_for_timeout(700)
            texts = page.evaluate(MEASURE)
            assert len(texts) > 1
            assert [text for text in texts if text["size"] < LEAST - 0.01] == []
            assert [text for text in texts if text["contrast"] < 7] == []


def test_a_scene_chosen_in_the_control_room_stands_within_a_second(
    page: Page, server: Server, browser: Browser, browser_context_args, no_errors_in_the_browser
):
    context = browser.new_context(**browser_context_args)
    watch(context, no_errors_in_the_browser)
    control = context.new_page()
    sign_in(control, "arrangor")
    open_screen(page)
    page.evaluate("window.neverReloaded = true")
    control.goto("/demo/kontrollrom/")
    assert control.evaluate(CHOOSE, {"scene": "pause", "message": "Nå snakker ordføreren"}) == 200
    expect(root(page)).to_have_attribute("data-scene", "pause", timeout=1500)
    expect(page.get_by_text("Nå snakker ordføreren")).to_be_visible()
    assert page.evaluate("window.neverReloaded") is True
    context.close()


def test_offers_and_needs_take_turns_and_stand_still_when_asked(page: Page, server: Server):
    choose_scene(server, "welcome")
    page.clock.install()
    open_screen(page)
    names = page.locator("[data-rotation] [data-current] h2")
    expect(names).to_have_count(2)
    first = names.all_inner_texts()
    page.clock.run_for(8500)
    second = names.all_inner_texts()
    assert all(one != other for one, other in zip(first, second, strict=True))
    page.keyboard.press("Space")
    expect(root(page)).to_have_attribute("data-still", "")
    page.clock.run_for(30_000)
    assert names.all_inner_texts() == second
    page.keyboard.press("Space")
    page.clock.run_for(8500)
    assert names.all_inner_texts() != second


def test_panels_take_turns(page: Page, server: Server):
    set_event(server, "side_panel='turns', most_agreements_shown=True")
    page.clock.install()
    open_screen(page)
    faces = page.locator(".panel [data-face]")
    number = faces.count()
    assert number >= 4
    seen = []
    for _ in range(number):
        expect(page.locator(".panel [data-current]")).to_have_count(1)
        seen.append(page.locator(".panel [data-current]").inner_text())
        assert loose_in_one_size(page) == []
        page.clock.run_for(12_100)
    assert len(set(seen)) == number
    expect(page.get_by_text("Flest avtaler")).not_to_be_visible()


def loose_in_one_size(page: Page) -> list[str]:
    return [line for lines in loose_in_every_size(page, [(1920, 1080)]).values() for line in lines]


def test_the_start_button_asks_for_the_whole_screen_and_no_sound_is_on(page: Page, server: Server):
    open_screen(page)
    page.mouse.move(5, 5)
    expect(page.get_by_role("button", name="Lyd")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(":root:fullscreen")).to_have_count(1)
    page.get_by_role("button", name="Lyd").click()
    expect(page.get_by_role("button", name="Lyd")).to_have_attribute("aria-pressed", "true")


def test_the_test_picture_tells_of_link_and_size_and_sounds(page: Page, server: Server):
    choose_scene(server, "test")
    page.set_viewport_size({"width": 1280, "height": 720})
    open_screen(page)
    expect(page.get_by_text("Forbindelsen er i orden")).to_be_visible()
    expect(page.get_by_text(re.compile(r"1280 × 720"))).to_be_visible()
    page.get_by_role("button", name="Prøv lyden").click()
    expect(page.get_by_text("Hørte du gongen?")).to_be_visible()
