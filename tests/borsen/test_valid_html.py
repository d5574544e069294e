"""Every page that the organiser can open is valid HTML, and keeps to the Content-Security-Policy."""

import re
from collections import Counter

import html5lib
import pytest

from tests.borsen.addresses import address, client_for, make_world, patterns

INLINE = re.compile(r"^(style|on[a-z]+)$")


def faults(html):
    """What is wrong with a page: parse errors, ids that stand twice, inline style or script, labels for nothing."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html)
    found = [f"{code} at {place}" for place, code, _data in parser.errors]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    found += [f"id {name} stands {number} times" for name, number in ids.items() if number > 1]
    for element in elements:
        found += [f"<{element.tag} {name}>" for name in element.attrib if INLINE.match(str(name))]
        if element.tag == "style" or (element.tag == "script" and not _is_allowed_script(element)):
            found.append(f"inline <{element.tag}>")
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            found += [f"{name}={target} leads nowhere" for target in element.get(name, "").split() if target not in ids]
    return found


def _is_allowed_script(element):
    return element.get("src") or element.get("type") == "application/json"


def test_the_faults_are_found():
    page = '<!doctype html><title>x</title><p id="a" style="x"></p><p id="a"><label for="b"></label><ul></p></ul>'
    assert faults(page) != []
    assert "id a stands 2 times" in faults(page)
    assert "<p style>" in faults(page)
    assert "for=b leads nowhere" in faults(page)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({pattern.name for pattern, _ in patterns()}))
def test_the_page_is_valid_html_for_the_organiser_and_for_who_is_not_signed_in(name):
    world = make_world()
    world.organiser.may_create_events = True
    world.organiser.save()
    for user in (world.organiser, None):
        response = client_for(user).get(address(name, world))
        if response["Content-Type"].startswith("text/html") and response.status_code == 200:
            assert faults(response.content.decode()) == []
