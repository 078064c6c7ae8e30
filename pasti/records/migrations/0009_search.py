"""Cases found by number, name, NIB and place, typing errors forgiven (51.2): the text to search, and its indexes."""

from typing import Any

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Coalesce, Concat, Lower


def fill_places(apps: Any, schema: Any) -> None:
    """The places of the applications there are, from their answers."""
    from pasti import standards

    districts = dict(standards.load().office().districts)
    for row in apps.get_model("records", "Application").objects.only("answers").iterator():
        answers = row.answers.get("place", {})
        words = (str(answers.get("village", "")), districts.get(str(answers.get("district", "")), ""))
        type(row).objects.filter(pk=row.pk).update(place=" ".join(filter(None, words)))


class Migration(migrations.Migration):
    dependencies = [("records", "0008_assisted_by")]

    operations = [
        TrigramExtension(),
        migrations.AddField("application", "place", models.CharField(blank=True, default="", max_length=400), preserve_default=False),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=400, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'search_word',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='learn_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nINSERT INTO search_word (word)\nSELECT DISTINCT word FROM regexp_split_to_table(lower(NEW.business_name || ' ' || NEW.place), '[^[:alnum:]]+') AS word\nWHERE length(word) >= 3\nON CONFLICT DO NOTHING;\nRETURN NULL;\n", hash='d925978f832429ee9ae139580666947d226cf433', operation='INSERT OR UPDATE OF "business_name", "place"', pgid='pgtrigger_learn_words_16fb8', table='application', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='searchword',
            index=django.contrib.postgres.indexes.GistIndex(fields=['word'], name='search_word_alike', opclasses=['gist_trgm_ops']),
        ),
        migrations.RunPython(fill_places, migrations.RunPython.noop),  # and the trigger learns their words
        migrations.AddField(
            "application",
            "search_text",
            models.GeneratedField(
                db_persist=True,
                expression=Lower(
                    Concat(
                        Coalesce("number", models.Value("")),
                        models.Value(" "),
                        "business_name",
                        models.Value(" "),
                        "nib",
                        models.Value(" "),
                        "place",
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            "application",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search_text"], name="application_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex("application", models.Index(fields=["-submitted_at", "id"], name="application_newest")),
        migrations.AddIndex("application", models.Index(fields=["nib"], name="application_nib")),
    ]
