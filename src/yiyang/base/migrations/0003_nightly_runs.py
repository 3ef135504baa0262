"""Steps of the night, each once a day."""

from django.db import migrations, models

SQL = "GRANT SELECT, INSERT, UPDATE ON base_nightlyrun TO yiyang_job;"


class Migration(migrations.Migration):
    dependencies = [("base", "0002_rights")]

    operations = [
        migrations.CreateModel(
            name="NightlyRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("step", models.TextField()),
                ("day", models.DateField()),
                ("began", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("ok", models.BooleanField(null=True)),
                ("said", models.TextField(default="")),
            ],
            options={
                "db_table": "base_nightlyrun",
                "constraints": [models.UniqueConstraint(fields=("step", "day"), name="base_nightlyrun_once")],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
