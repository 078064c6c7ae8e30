import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0026_search_word_triples"),
    ]

    operations = [
        migrations.RemoveField(
            model_name='surveyanswer',
            name='procedure',
        ),
        migrations.AlterField(
            model_name='surveyanswer',
            name='channel',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='surveyrun',
            name='on_paper',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='SurveyPaper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('taken_on', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('mark', models.CharField(db_index=True, max_length=64)),
                ('rows', models.JSONField(default=list)),
                ('serials', models.JSONField(default=list)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='records.surveyrun')),
            ],
            options={
                'db_table': 'survey_paper',
            },
        ),
    ]
