"""An errand no longer calls the worker, which looks by itself: NOTIFY makes every commit wait for the one before it."""

from django.db import migrations

CALL = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("records", "0023_staff"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {CALL}",
            f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {CALL}",
        )
    ]
