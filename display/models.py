"""What the screens and the net are remembered by."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from borsen.enums import Scene
from borsen.models import Event


class NetTest(models.Model):
    """What a device found of the way to this server (display/nettest.py), the last time it was tried.

    Nothing personal: `key` is random and made by the browser, so that a second try takes the place of the first, and
    `number` is what the device shows, so that people find it in the list. Times are milliseconds.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="net_tests")
    key = models.CharField(max_length=32)
    number = models.PositiveIntegerField(_("nummer"))
    label = models.CharField(_("enhet"), max_length=60)
    tested_at = models.DateTimeField(_("prøvd"))
    socket_opened = models.BooleanField()
    storage_kept = models.BooleanField()
    held_seconds = models.PositiveSmallIntegerField()
    round_trip = models.PositiveIntegerField()
    clock_difference = models.BigIntegerField()

    class Meta:
        verbose_name = _("nettprøve")
        verbose_name_plural = _("nettprøver")
        ordering: ClassVar = ["-tested_at", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "key"], name="one_net_test_per_device"),
            models.UniqueConstraint(fields=["event", "number"], name="one_net_test_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"


class ScreenSign(models.Model):
    """The last sign of life of a page that shows the storskjerm, written by the room it hangs on (display/rooms.py).

    `key` is random and made by the page; it stays when the page is loaded again. `version` is what the page has been
    given, `scene` what it shows, and `number` the agreement that stands large there. `has_started` tells the hall's own
    machine from somebody's laptop: «Start» has been tapped there.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="screen_signs")
    key = models.CharField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    scene = models.CharField(max_length=10, choices=Scene.choices, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    has_started = models.BooleanField()
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = _("skjerm")
        verbose_name_plural = _("skjermer")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "key"], name="one_sign_per_screen")]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"
