"""Which of the things that a clause names a facility is; and the kept statuses are reckoned anew from the first fact on."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def reckon_again(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """They follow from the facts alone; until now they began with the first night that was kept."""
    apps.get_model("records", "ClauseState").objects.all().delete()
    apps.get_model("records", "ScoreDay").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0028_sanction")]

    operations = [
        migrations.AddField(
            model_name="facility",
            name="part",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.RunPython(reckon_again, migrations.RunPython.noop),
    ]
