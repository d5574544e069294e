"""The storskjerm's switches in the control room: which scene stands, and what stands beside the latest agreements."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Panel, Scene
from borsen.models import MESSAGE_MAX
from display.scenes import choose_panel, choose_scene


class SceneForm(forms.Form):
    scene = forms.ChoiceField(choices=Scene.choices)
    message = forms.CharField(max_length=MESSAGE_MAX, required=False)


class PanelForm(forms.Form):
    panel = forms.ChoiceField(choices=Panel.choices)
    most_agreements_shown = forms.BooleanField(required=False)


@allow()
@require_POST
def scene(request: EventRequest) -> HttpResponse:
    """Show a scene; the message is the one that «Pause» has."""
    form = SceneForm(request.POST)
    if form.is_valid():
        chosen = Scene(form.cleaned_data["scene"])
        choose_scene(event=request.event, scene=chosen, message=form.cleaned_data["message"], now=timezone.now())
        messages.success(request, _("Storskjermen viser nå: %s.") % chosen.label)
    else:
        messages.error(request, _("Skjermen ble ikke endret. En melding kan ha 120 tegn."))
    return redirect("control", request.event.slug)


@allow()
@require_POST
def panel(request: EventRequest) -> HttpResponse:
    """Choose the panel, and whether «Flest avtaler» is shown."""
    form = PanelForm(request.POST)
    if form.is_valid():
        most = form.cleaned_data["most_agreements_shown"]
        choose_panel(event=request.event, panel=Panel(form.cleaned_data["panel"]), most_agreements_shown=most)
        messages.success(request, _("Sidefeltet på storskjermen er endret."))
    else:
        messages.error(request, _("Skjermen ble ikke endret."))
    return redirect("control", request.event.slug)
