"""Buckets of tokens: every role that answers a request may take one; nothing personal stands in them."""

from django.db import migrations, models

SQL = """
GRANT SELECT, INSERT, UPDATE ON base_limit TO yiyang_web, yiyang_work, yiyang_app, yiyang_person, yiyang_provider,
  yiyang_job, yiyang_audit;
GRANT DELETE ON base_limit TO yiyang_job;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0004_outbox_sequence")]
    operations = [
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("allowed", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "base_limit"},
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
