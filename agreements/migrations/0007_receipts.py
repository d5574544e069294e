from django.db import migrations, models

import participants.models


def give_tokens(apps, _schema_editor):
    """A default is asked once for all old rows; each must get its own."""
    agreements = apps.get_model("agreements", "Agreement")
    for pk in agreements.objects.order_by().values_list("pk", flat=True).iterator():
        agreements.objects.filter(pk=pk).update(receipt_token=participants.models.new_token())


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_one_mail_queue"),
        ("participants", "0005_not_doubles"),
    ]

    operations = [
        migrations.AddField(
            "agreement",
            "receipt_token",
            models.CharField(default="", editable=False, max_length=40),
        ),
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
        migrations.AlterField(
            "agreement",
            "receipt_token",
            models.CharField(
                default=participants.models.new_token,
                editable=False,
                max_length=40,
                unique=True,
            ),
        ),
    ]
