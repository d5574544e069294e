"""The organiser's page of categories: one form, in which every button also saves the names that stand there."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow
from borsen.public_texts import seen_by_all

from ..categories import (
    MOST_CATEGORIES,
    NAME_MAX,
    WrongCategory,
    add_category,
    in_use,
    merge_category,
    move_category,
    remove_category,
    rename_categories,
)
from ..models import Category

# The buttons that are about one row: their value is its key.
ROW_BUTTONS = ("up", "down", "merge", "remove")


@allow()
@require_http_methods(["GET", "POST"])
def categories(request: EventRequest) -> HttpResponseBase:
    """Rename, reorder, add, merge and remove. What can't be done is told at its row, and nothing typed is lost."""
    if request.method == "GET":
        names = request.event.categories.values_list("name", flat=True)
        for remark in seen_by_all((name, name) for name in names):
            messages.warning(request, remark)
        return _page(request)
    try:
        rename_categories(event=request.event, names=_names(request.POST))
        _do(request)
    except WrongCategory as wrong:
        return _page(request, wrong=wrong, status=422)
    back = reverse("category.list", args=[request.event.slug])
    moved = next((f"{way}-{_pk(request.POST[way])}" for way in ("up", "down") if way in request.POST), "")
    # The focus comes back to the button, so that a category is moved several places from the keyboard; and to the field
    # for a new one, so that one can be written after the other.
    if not moved and request.POST.get("new"):
        return redirect(f"{back}?ny=1")
    return redirect(f"{back}?flyttet={moved}" if moved else back)


def _do(request: EventRequest) -> None:
    """The button that was pressed; without one the names are all there is to save."""
    event, data = request.event, request.POST
    button = next((name for name in ROW_BUTTONS if name in data), "")
    pk = _pk(data.get(button, "")) if button else 0
    new = data.get("new", "").replace("\x00", "").strip()
    if button in {"up", "down"}:
        place = move_category(event=event, pk=pk, steps=-1 if button == "up" else 1)
        if place is not None:
            messages.success(request, _("Flyttet til plass %d.") % place)
    elif button == "merge":
        into = _pk(data.get(f"into-{pk}", ""))
        kept = merge_category(event=event, pk=pk, into=into, by=request.user, now=timezone.now())
        messages.success(request, _("Slått sammen med «%s».") % kept)
    elif button == "remove":
        remove_category(event=event, pk=pk)
        messages.success(request, _("Kategorien er fjernet."))
    if new:
        added = add_category(event=event, name=new)
        messages.success(request, _("«%s» er lagt til.") % added)
    elif not button and "add" in data:
        raise WrongCategory(_("Skriv et navn."))
    elif not button:
        messages.success(request, _("Kategoriene er lagret."))


def _names(data: QueryDict) -> dict[int, str]:
    return {
        _pk(name.removeprefix("name-")): text.replace("\x00", "")
        for name, text in data.items()
        if name.startswith("name-") and isinstance(text, str)
    }


def _pk(text: str) -> int:
    """0, which is nobody's key, for anything but a number that a database can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _focus(moved: str, order: Sequence[int]) -> str:
    """The button that has the focus after a move: the same one, or its neighbour when it can go no further."""
    way, _dash, key = moved.partition("-")
    pk = _pk(key)
    if pk not in order:
        return ""
    if pk in {order[0], order[-1]}:
        way = "down" if pk == order[0] else "up"
    return f"{way}-{pk}"


def _others(rows: Sequence[Category], row: Category, chosen: str) -> list[tuple[Category, bool]]:
    """What a category can be merged with, and whether that one was chosen in a form that is shown again."""
    return [(other, str(other.pk) == chosen) for other in rows if other is not row]


def _page(request: EventRequest, *, wrong: WrongCategory | None = None, status: int = 200) -> HttpResponse:
    rows = list(in_use(request.event))
    typed = _names(request.POST) if wrong else {}
    context: dict[str, Any] = {
        "rows": [
            (row, typed.get(row.pk, row.name), _others(rows, row, request.POST.get(f"into-{row.pk}", "")))
            for row in rows
        ],
        "wrong": wrong,
        "focus": _focus(request.GET.get("flyttet", ""), [row.pk for row in rows]),
        "new": request.POST.get("new", "") if wrong else "",
        "writes_another": wrong is None and "ny" in request.GET,
        "name_max": NAME_MAX,
        "is_full": len(rows) >= MOST_CATEGORIES,
    }
    return render(request, "participants/categories.html", context, status=status)
