"""Nothing of the storskjerm travels in an event's file (borsen/moving/): what it shows is the event itself."""

from borsen.moving.tables import register

from .models import NetTest, ScreenSign


def name_tables() -> None:
    register(
        staying={
            NetTest: "of the way from a device to this server",
            ScreenSign: "the last sign of life of a screen at this server",
        }
    )
