"""Which scene the storskjerm shows: chosen by hand until the gong is struck next, else by the strokes themselves."""

from datetime import datetime

from borsen.enums import Panel, Scene
from borsen.feed_version import advance, locked
from borsen.models import Event


def choose_scene(*, event: Event, scene: Scene, message: str | None = "", now: datetime) -> Event:
    """Show `scene` on every screen, and keep `message` for «Pause»; None is the one that is kept already. The next
    stroke of the gong takes over."""
    with locked(event) as event:
        event.scene, event.scene_chosen_at = scene, now
        event.screen_message = event.screen_message if message is None else message
        event.save(update_fields=["scene", "scene_chosen_at", "screen_message"])
        advance(event)
    return event


def choose_panel(*, event: Event, panel: Panel | None = None, most_agreements_shown: bool | None = None) -> Event:
    """What stands beside the latest agreements, and whether those with the most agreements are named; None leaves it as
    it is."""
    with locked(event) as event:
        event.side_panel = event.side_panel if panel is None else panel
        if most_agreements_shown is not None:
            event.most_agreements_shown = most_agreements_shown
        event.save(update_fields=["side_panel", "most_agreements_shown"])
        advance(event)
    return event


def scene_of(event: Event) -> Scene:
    """The scene that stands on the screens now, never AUTO."""
    if event.scene != Scene.AUTO and not _struck_since(event):
        return Scene(event.scene)
    return by_itself(event)


def choice_of(event: Event) -> Scene:
    """What is chosen in the control room: a scene that still stands, or AUTO."""
    return Scene.AUTO if event.scene == Scene.AUTO or _struck_since(event) else Scene(event.scene)


def by_itself(event: Event) -> Scene:
    """The scene that follows from the strokes."""
    if event.closed_at:
        return Scene.RESULT
    return Scene.TRADING if event.opened_at else Scene.WELCOME


def _struck_since(event: Event) -> bool:
    """A scene that somebody forgot must not hide the hour: the gong has been struck after it was chosen."""
    stroke = event.closed_at or event.opened_at
    return stroke is not None and (event.scene_chosen_at is None or event.scene_chosen_at <= stroke)
