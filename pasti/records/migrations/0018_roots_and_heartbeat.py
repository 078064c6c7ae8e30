import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0017_survey"),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('duty', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('ran_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'heartbeat',
            },
        ),
        migrations.CreateModel(
            name='LedgerRoot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ledger_length', models.PositiveIntegerField(default=0)),
                ('ledger_head', models.CharField(default='', max_length=64)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('through', models.BigIntegerField()),
                ('size', models.BigIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('peaks', models.JSONField()),
                ('proof', models.TextField()),
                ('stamp', models.BinaryField(null=True)),
                ('stamped_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'ledger_root',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerroot',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='951abc5297a287e16e35c76a3c691c6e9db6a86e', operation='DELETE', pgid='pgtrigger_kept_f3803', table='ledger_root', when='BEFORE')),
        ),
    ]
