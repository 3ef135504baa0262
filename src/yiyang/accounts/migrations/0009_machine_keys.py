"""Keys of other systems, what was heard from them, what they were answered."""

from django.db import migrations, models

SQL = """
GRANT SELECT, INSERT, UPDATE ON accounts_machinekey TO yiyang_work;
GRANT SELECT ON accounts_machinekey TO yiyang_web;
GRANT SELECT, UPDATE (secret) ON accounts_machinekey TO yiyang_job;
GRANT SELECT, INSERT, DELETE ON accounts_machinenonce TO yiyang_web, yiyang_work;
GRANT SELECT, INSERT, UPDATE ON accounts_machineanswer TO yiyang_app;
GRANT SELECT (id, asked_at), DELETE ON accounts_machineanswer TO yiyang_work;
-- A system reads and keeps its own answers alone; whoever cleans up sees how old they are.
ALTER TABLE accounts_machineanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_machineanswer FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts_machineanswer TO yiyang_app
  USING (machine = (SELECT nullif(current_setting('app.actor', true), '')))
  WITH CHECK (machine = (SELECT nullif(current_setting('app.actor', true), '')));
CREATE POLICY old ON accounts_machineanswer TO yiyang_work USING (asked_at < now() - interval '1 day');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_mandate_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="MachineKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("name", models.TextField()),
                ("source", models.CharField(default="", max_length=32)),
                ("rights", models.JSONField(default=list)),
                ("prefix", models.TextField(db_collation="C")),
                ("secret", models.TextField(null=True)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MachineAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("machine", models.TextField()),
                ("request_key", models.CharField(max_length=64)),
                ("digest", models.BinaryField()),
                ("answer", models.JSONField(null=True)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("machine", "request_key"), name="accounts_machineanswer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MachineNonce",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key_id", models.CharField(max_length=32)),
                ("nonce", models.CharField(max_length=64)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["key_id", "seen_at"], name="accounts_machinenonce_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("key_id", "nonce"), name="accounts_machinenonce_once")
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
