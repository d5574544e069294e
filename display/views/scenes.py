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
    # What the page showed: only what somebody has changed there is changed (several control rooms may be open).
    message_was = forms.CharField(required=False)


class PanelForm(forms.Form):
    panel = forms.ChoiceField(choices=Panel.choices)
    most_agreements_shown = forms.BooleanField(required=False)
    panel_was = forms.CharField(required=False)
    most_was = forms.CharField(required=False)


@allow()
@require_POST
def scene(request: EventRequest) -> HttpResponse:
    """Show a scene; the message is the one that «Pause» has."""
    form = SceneForm(request.POST)
    if form.is_valid():
        chosen = Scene(form.cleaned_data["scene"])
        message = form.cleaned_data["message"]
        written = None if message == form.cleaned_data["message_was"] else message
        choose_scene(event=request.event, scene=chosen, message=written, now=timezone.now())
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
        said = form.cleaned_data
        panel_is_new = said["panel"] != said["panel_was"]
        most_is_new = said["most_was"] != ("1" if said["most_agreements_shown"] else "0")
        choose_panel(
            event=request.event,
            panel=Panel(said["panel"]) if panel_is_new else None,
            most_agreements_shown=said["most_agreements_shown"] if most_is_new else None,
        )
        messages.success(request, _("Sidefeltet på storskjermen er endret."))
    else:
        messages.error(request, _("Skjermen ble ikke endret."))
    return redirect("control", request.event.slug)
