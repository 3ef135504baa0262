"""How far a rotation of keys has come: background work's own business, ids of keys and counts."""

from django.db import migrations, models

SQL = """
GRANT SELECT, INSERT, UPDATE ON base_rotation TO yiyang_job;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0009_followed_tables")]
    operations = [
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("keys", models.JSONField()),
                (
                    "phase",
                    models.TextField(
                        choices=[("FILL", "Fill"), ("SEAL", "Seal"), ("CHECK", "Check")], default="FILL"
                    ),
                ),
                ("progress", models.JSONField(default=dict)),
                ("fields", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finished_at",),
                        condition=models.Q(("finished_at", None)),
                        nulls_distinct=False,
                        name="base_rotation_one_at_a_time",
                    )
                ]
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
