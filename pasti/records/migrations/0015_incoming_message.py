import pasti.records.encryption
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0014_complaints"),
    ]

    operations = [
        migrations.CreateModel(
            name='IncomingMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ledger_length', models.PositiveIntegerField(default=0)),
                ('ledger_head', models.CharField(default='', max_length=64)),
                ('medium', models.CharField(max_length=10)),
                ('fate', models.CharField(max_length=12)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('words', pasti.records.encryption.EncryptedJSONField(null=True)),
                ('number', models.CharField(blank=True, db_index=True, max_length=30)),
                ('received_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField()),
                ('original', models.CharField(max_length=64)),
                ('envelope', pasti.records.encryption.EncryptedJSONField(default=dict)),
                ('sender_digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'incoming_message',
                'indexes': [models.Index(condition=models.Q(('sender_digest', ''), _negated=True), fields=['sender_digest', 'taken_at'], name='message_of_a_day'), models.Index(condition=models.Q(('fate', 'filed'), _negated=True), fields=['-taken_at', '-id'], name='message_to_look_at')],
            },
        ),
    ]
