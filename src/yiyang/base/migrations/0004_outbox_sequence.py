"""News of one instant is heard in the order in which it was published."""

from django.db import migrations, models
from django.db.models import Func, Value

SQL = """
CREATE SEQUENCE base_outbox_number;
GRANT USAGE ON SEQUENCE base_outbox_number TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job;
"""
# who may only add news is told the number of what was added, and nothing else
RETURNED = "GRANT SELECT (number) ON base_outbox TO yiyang_person, yiyang_provider"


class Migration(migrations.Migration):
    dependencies = [("base", "0003_nightly_runs")]
    operations = [
        migrations.RunSQL(SQL, "DROP SEQUENCE base_outbox_number"),
        migrations.AddField(
            model_name="outboxentry",
            name="number",
            field=models.BigIntegerField(
                db_default=Func(Value("base_outbox_number"), function="nextval"),
            ),
        ),
        migrations.RemoveIndex(model_name="outboxentry", name="base_outbox_waiting"),
        migrations.AddIndex(
            model_name="outboxentry",
            index=models.Index(
                fields=["occurred_at", "number"],
                condition=models.Q(done_at=None),
                name="base_outbox_waiting",
            ),
        ),
        migrations.RunSQL(RETURNED, migrations.RunSQL.noop),
    ]
