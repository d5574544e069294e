import uuid

import django.db.models.deletion
from django.db import migrations, models


def give_keys(apps, _schema_editor):
    """A default is asked once for all old rows; each must get its own."""
    events = apps.get_model("borsen", "Event")
    for pk in events.objects.order_by().values_list("pk", flat=True):
        events.objects.filter(pk=pk).update(key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("borsen", "0007_hours_of_hosts")]

    operations = [
        migrations.AddField("event", "key", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField("event", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        migrations.AddField("event", "moved_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "event", "moved_to", models.CharField(blank=True, default="", editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Travel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("refs", models.JSONField(default=dict)),
                ("lineage", models.JSONField(default=list)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("people", models.JSONField(default=dict)),
                ("members", models.JSONField(default=list)),
                ("handed_out_by", models.CharField(blank=True, max_length=120)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="travel", to="borsen.event"
                    ),
                ),
            ],
            options={"verbose_name": "flytting"},
        ),
    ]
