"""What the tests of the participants' pages share: signing in, and a page's form as the browser would send it."""

import uuid

import html5lib
from django.test import Client
from django.urls import reverse

from borsen.enums import Role
from tests.factories import make_member


def client_of(event, role=Role.ORGANISER) -> Client:
    client = Client()
    client.force_login(make_member(event, role))
    return client


def url_of(name, event, *args) -> str:
    return reverse(f"participant.{name}", args=[event.slug, *args])


def sent(*, contacts=(), offers=(), needs=(), **fields) -> dict[str, str]:
    """The form of a new participant as it is posted; each row is a dict of its fields."""
    data = {"key": str(uuid.uuid4()), "name": "Granfjord Kajakklubb", "sector": "voluntary", "expected": "1", **fields}
    for prefix, rows in {"contacts": contacts, "offers": offers, "needs": needs}.items():
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for index, row in enumerate(rows):
            data |= {f"{prefix}-{index}-{name}": str(value) for name, value in row.items()}
    return data


def tree_of(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def form_of(response, css_class="entry-form") -> dict[str, str]:
    """Everything that a browser would post of the page's form, hidden things and row numbers included."""
    form = next(each for each in tree_of(response).iter("form") if css_class in each.get("class", ""))
    data = {}
    for element in form.iter():
        name = element.get("name")
        if name is None or element.tag == "button":
            continue
        if element.tag == "textarea":
            # A browser leaves out the first line break.
            data[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            data[name] = next((each.get("value") for each in element.iter("option") if "selected" in each.attrib), "")
        elif element.get("type") not in {"checkbox", "radio"}:
            data[name] = element.get("value", "")
        elif "checked" in element.attrib:
            data[name] = element.get("value", "on")
    return data


def seen_on(client, event, status="registered") -> str:
    """What the list's forms carry of those with this status, as the organiser has them before their eyes; nothing where
    there is nobody to see, or who asks may not."""
    page = client.get(url_of("list", event) + f"?status={status}")
    return form_of(page, "bulk")["seen"] if 'id="bulk"' in page.content.decode() else ""


def errors_of(response) -> list[tuple[str, str]]:
    """The summary's links and texts."""
    summary = next(tree_of(response).iter("ds-error-summary"))
    return [(link.get("href"), link.text) for link in summary.iter("a")]


def text_of(response) -> str:
    return " ".join("".join(tree_of(response).itertext()).split())
