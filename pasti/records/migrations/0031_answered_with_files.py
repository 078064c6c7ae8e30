"""A file may come with the answer to an officer's question (51.3)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0030_finding_warned")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="clarification",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="files", to="records.clarification"
            ),
        ),
    ]
