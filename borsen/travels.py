"""What an installation remembers of an event that has been handed out or read in (borsen/moving/)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Travel(models.Model):
    """`refs` are the numbers that rows have in the event's file, by table and primary key: they stay the same from
    installation to installation, so that a row that comes back is known again. `lineage` are the keys of all
    hand-outs that the copy here descends from, the last one last; `digest` is of the content at that one. `people` and
    `members` are what the file said of users of another installation: they have no account and no role here.
    """

    event = models.OneToOneField("borsen.Event", models.CASCADE, related_name="travel")
    refs = models.JSONField(default=dict)
    lineage = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    people = models.JSONField(default=dict)
    members = models.JSONField(default=list)
    handed_out_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("flytting")

    def __str__(self) -> str:
        return f"{self.event_id}"
