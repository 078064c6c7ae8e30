"""How many days were left when a finding's owner was last warned."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0029_facility_part")]

    operations = [
        migrations.AddField(model_name="oversightfinding", name="warned", field=models.SmallIntegerField(null=True)),
    ]
