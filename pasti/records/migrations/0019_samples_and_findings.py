import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0018_roots_and_heartbeat"),
    ]

    operations = [
        migrations.AddField(
            model_name='ledgerroot',
            name='drawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ledger_length', models.PositiveIntegerField(default=0)),
                ('ledger_head', models.CharField(default='', max_length=64)),
                ('fact', models.CharField(max_length=64, unique=True)),
                ('fact_kind', models.CharField(max_length=60)),
                ('fact_at', models.DateTimeField()),
                ('fact_after', models.JSONField()),
                ('kind', models.CharField(max_length=10)),
                ('tier', models.CharField(max_length=32)),
                ('way', models.CharField(max_length=4)),
                ('why', models.JSONField()),
                ('drawn_at', models.DateTimeField()),
                ('review_by', models.DateField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('result', models.CharField(blank=True, max_length=10)),
                ('words', models.TextField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.application')),
                ('fact_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='records.ledgerroot')),
            ],
            options={
                'db_table': 'sample',
            },
        ),
        migrations.CreateModel(
            name='OversightFinding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ledger_length', models.PositiveIntegerField(default=0)),
                ('ledger_head', models.CharField(default='', max_length=64)),
                ('as_role', models.CharField(max_length=32)),
                ('raised_at', models.DateTimeField()),
                ('words', models.TextField()),
                ('owner', models.CharField(max_length=32)),
                ('due_on', models.DateField()),
                ('stage', models.CharField(max_length=10)),
                ('result', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closing', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.application')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sample', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='finding', to='records.sample')),
            ],
            options={
                'db_table': 'oversight_finding',
            },
        ),
        migrations.AddIndex(
            model_name='sample',
            index=models.Index(condition=models.Q(('reviewed_at', None)), fields=['tier', 'drawn_at', 'id'], name='sample_open'),
        ),
        migrations.AddIndex(
            model_name='sample',
            index=models.Index(fields=['drawn_at'], name='sample_drawn'),
        ),
        migrations.AddIndex(
            model_name='oversightfinding',
            index=models.Index(condition=models.Q(('stage', 'closed'), _negated=True), fields=['due_on', 'id'], name='finding_open'),
        ),
    ]
